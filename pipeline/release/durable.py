"""A release on its way to the disk: what has not changed is shared with the release before, the rest is written out."""

from __future__ import annotations

import filecmp
import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

from pipeline.able import link_hard

_AT_ONCE = 16


def share_unchanged(build: Path, before: Path) -> int:
    """Make files that are byte for byte those of the release before into hard links to them; returns how many.

    Where links cannot be made, the copies stay.
    """
    shared = 0
    for path in _files(build):
        twin = before / path.relative_to(build)
        if _is_same(path, twin):
            fresh = path.with_name(f".{path.name}.shared")
            try:
                link_hard(twin, fresh)
            except OSError:
                return shared
            fresh.replace(path)
            shared += 1
    return shared


def _is_same(path: Path, twin: Path) -> bool:
    """Whether two files are not one yet, and could be."""
    if not twin.is_file():
        return False
    ours, theirs = path.stat(), twin.stat()
    if ours.st_ino == theirs.st_ino or ours.st_size != theirs.st_size:
        return False
    return filecmp.cmp(path, twin, shallow=False)


def write_out(folder: Path) -> None:
    """Have the disk hold every file of a folder and the folders themselves, so that a power cut takes none of them.

    Raises:
        OSError: the disk would not take it.
    """
    with ThreadPoolExecutor(_AT_ONCE) as threads:
        # A file with several names was written out under its first.
        list(threads.map(_flush_file, (path for path in _files(folder) if path.stat().st_nlink == 1)))
    for inner in [folder, *(path for path in folder.rglob("*") if path.is_dir() and not path.is_symlink())]:
        flush_folder(inner)


def flush_folder(folder: Path) -> None:
    """Have the disk hold which names a folder has, where the system can be asked to."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _flush_file(path: Path) -> None:
    with path.open("r+b") as file:
        os.fsync(file.fileno())


def _files(folder: Path) -> Iterator[Path]:
    return (path for path in folder.rglob("*") if path.is_file() and not path.is_symlink())
