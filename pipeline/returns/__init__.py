"""Received files with findings -> workbooks that go back to the provinces, each finding marked at its cell."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from pipeline.cluster.processes import in_child, map_unordered
from pipeline.provinces import load_gazetteer
from pipeline.returns.gather import list_tasks
from pipeline.returns.model import Returned, Run, Task, load_words
from pipeline.workbook import LIMITS, Limits

__all__ = ["RETURNS_FOLDER", "Returned", "Run", "list_returned", "return_files"]

RETURNS_FOLDER = "returns"
_LIST = "returns.json"


def return_files(
    database: Path,
    folder: Path,
    run: Run,
    sources: Mapping[str, Path],
    *,
    jobs: int,
    progress: Callable[[int, int], None],
    limits: Limits = LIMITS,
) -> list[Returned]:
    """Write back every received file with an error or a warning, and a letter for each province's.

    Args:
        database: the checked warehouse; nobody may be writing it.
        folder: where they go: a folder a province, and one for files of several provinces or none.
        run: what they say of the run.
        sources: the received files by id; only read.
        jobs: processes at once.
        progress: told how many files are done, and of how many.
        limits: how long one file may take, and how much memory; then its list of findings goes back alone.

    Returns:
        What came of each file, by folder and path; the same is kept in the folder for whoever links to them.
    """
    tasks = in_child(lambda _: list_tasks(database, folder, run, sources))
    folder.mkdir(parents=True, exist_ok=True)
    progress(0, len(tasks))
    load_words()
    returned: list[Returned] = []
    for one in _mark(tasks, jobs=jobs, limits=limits):
        returned.append(one)
        progress(len(returned), len(tasks))
    returned.sort(key=lambda one: (one.slug, one.path))
    _write_letters(folder, returned, run)
    text = json.dumps([asdict(one) for one in returned], ensure_ascii=False, indent=1)
    (folder / _LIST).write_text(text + "\n", encoding="utf-8")
    return returned


def _mark(tasks: list[Task], *, jobs: int, limits: Limits) -> Iterator[Returned]:
    """Write back each file; what writes workbooks is not even imported where there is none."""
    if not tasks:
        return
    from pipeline.returns.giveback import give_back

    yield from map_unordered(
        give_back,
        tasks,
        jobs=jobs,
        died=_give_back_list,
        seconds=limits.seconds,
        memory_bytes=limits.memory_bytes,
    )


def list_returned(build: Path) -> list[dict[str, Any]]:
    """The folders of returned workbooks of a release, each with its letter and its files, for links."""
    path = build / RETURNS_FOLDER / _LIST
    entries = json.loads(path.read_text(encoding="utf-8")) if path.exists() else []
    folders: dict[str, dict[str, Any]] = {}
    for entry in entries:
        place = f"{RETURNS_FOLDER}/{entry['slug']}"
        found = folders.setdefault(
            entry["slug"],
            {"slug": entry["slug"], "letter": f"{place}/{load_words()['letter']['file']}", "files": []},
        )
        found["files"].append({**entry, "link": f"{place}/{entry['name']}"})
    return list(folders.values())


def _give_back_list(task: Task) -> Returned:
    """Answer for a file whose copy takes too long or kills its process."""
    from pipeline.returns.giveback import give_back_list

    return in_child(lambda _: give_back_list(task))


def _write_letters(folder: Path, returned: list[Returned], run: Run) -> None:
    """Write the letter of each province's folder."""
    if not returned:
        return
    from pipeline.returns.letter import write_letter

    names = {province.slug: province.name_th for province in load_gazetteer().provinces.values()}
    for slug in dict.fromkeys(one.slug for one in returned):
        own = [one for one in returned if one.slug == slug]
        write_letter(folder / slug, own, run, province=names.get(slug))
