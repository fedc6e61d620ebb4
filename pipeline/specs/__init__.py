"""What we know about messy files and the domain: data files that an analyst edits, and their loaders."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import yaml

from pipeline.errors import SpecError
from pipeline.settings import SPECS


def load_yaml(name: str, *, folder: Path = SPECS) -> Any:
    """Read one YAML spec, or every one of a folder as one mapping.

    Raises:
        SpecError: a file is missing or no YAML, or two of a folder have the same key; names file and line.
    """
    path = folder / name
    if path.is_dir():
        return _load_folder(path)
    try:
        return yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    except FileNotFoundError:
        raise SpecError(f"{name}: the file is missing from {folder.name}/") from None
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 0
        raise SpecError(f"{name}, line {line}: {error.problem}") from error


def _load_folder(folder: Path) -> dict[str, Any]:
    """Join the mappings of a folder's files."""
    joined: dict[str, Any] = {}
    for path in sorted(folder.glob("*.yml")):
        entries = load_yaml(path.name, folder=folder)
        for key in entries:
            require(key not in joined, f"{folder.name}/{path.name}: {key}", "a key that no other file has")
        joined |= entries
    require(joined, folder.name, "at least one file")
    return joined


def load_csv(name: str, *, folder: Path = SPECS, columns: tuple[str, ...] = ()) -> list[dict[str, str]]:
    """Read one CSV spec as a list of rows by column name; every value is text.

    Raises:
        SpecError: the file is missing, lacks a column, or has a row of another length.
    """
    path = folder / name
    if not path.exists():
        raise SpecError(f"{name}: the file is missing from {folder.name}/")
    with path.open(encoding="utf-8-sig", newline="") as lines:
        reader = csv.DictReader(lines)
        rows = list(reader)
    missing = set(columns) - set(reader.fieldnames or ())
    if missing:
        raise SpecError(f"{name}, line 1: column {', '.join(sorted(missing))} is missing")
    for number, row in enumerate(rows, start=2):
        if None in row or None in row.values():
            raise SpecError(f"{name}, line {number}: {len(reader.fieldnames or ())} values are expected")
    return rows


def locate(name: str, key: str, *, folder: Path = SPECS) -> str:
    """Tell where a YAML spec, or a file of a folder of them, has an entry of this name: its file and line.

    For an error only: the file is searched anew.
    """
    path = folder / name
    for file in sorted(path.glob("*.yml")) if path.is_dir() else [path]:
        lines = file.read_text(encoding="utf-8").splitlines() if file.exists() else []
        for number, line in enumerate(lines, start=1):
            if line.strip().strip("-").strip().startswith((f"{key}:", f'"{key}":')):
                return f"{file.relative_to(folder).as_posix()}, line {number}"
    return f"{name}: {key}"


def require(condition: object, where: str, expected: str) -> None:
    """Hold a spec to what it must say.

    Raises:
        SpecError: the condition does not hold; says where and what is expected.
    """
    if not condition:
        raise SpecError(f"{where}: {expected}")
