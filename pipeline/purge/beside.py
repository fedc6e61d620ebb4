"""The lines about a file in what an analyst keeps beside the data: they quote its name and its cells."""

from __future__ import annotations

import csv
import io
from collections.abc import Collection
from pathlib import Path

from pipeline.settings import SAMPLE_FOLDER
from pipeline.thai import squeeze

_BY_PATH = ("manifest.csv", "overrides.csv", "corrections.csv")
_BY_PROJECT = "alignment.csv"


def find_lines(
    raw: Path,
    received: Collection[Path],
    paths: Collection[str],
    file_ids: Collection[str],
    names: Collection[str],
) -> dict[Path, frozenset[int]]:
    """Find the lines that speak of a file and of no other: by its path, or by a project that only it names.

    Args:
        raw: the folder of received files.
        received: the files.
        paths: the names by which they are known.
        file_ids: their ids.
        names: the projects that only they name.

    Returns:
        By file, the places of its lines among its rows, from 0; files without such lines are not in it.
    """
    plain = {squeeze(name) for name in names}
    found = {}
    for folder in (raw, raw / SAMPLE_FOLDER):
        own = {path.relative_to(folder).as_posix() for path in received if folder in path.parents} | set(
            paths
        )
        for name in _BY_PATH:
            rows = _read(folder / name)
            found[folder / name] = {number for number, row in enumerate(rows) if row.get("path") in own}
        rows = _read(folder / _BY_PROJECT)
        found[folder / _BY_PROJECT] = {
            number for number, row in enumerate(rows) if _is_about(row, file_ids, plain)
        }
    return {path: frozenset(numbers) for path, numbers in found.items() if numbers}


def _is_about(row: dict[str, str], file_ids: Collection[str], names: Collection[str]) -> bool:
    """Whether a line settles a project of the files."""
    project_id = row.get("project_id") or ""
    return project_id.partition("-")[0] in file_ids or squeeze(row.get("project_name") or "") in names


def remove_lines(path: Path, numbers: Collection[int]) -> None:
    """Take lines out of a file in one step; the others stay as they are written."""
    rows = _read(path)
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, fieldnames=list(rows[0]), extrasaction="ignore")
    writer.writeheader()
    writer.writerows(row for number, row in enumerate(rows) if number not in numbers)
    fresh = path.with_name(f".{path.name}.new")
    fresh.write_text(text.getvalue(), encoding="utf-8-sig")
    fresh.replace(path)


def _read(path: Path) -> list[dict[str, str]]:
    if not path.is_file():
        return []
    with path.open(encoding="utf-8-sig", newline="") as lines:
        return list(csv.DictReader(lines))
