"""A release on its way to the disk: what has not changed is shared with the release before, the rest is written out."""

from __future__ import annotations

import filecmp
import os
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from stat import S_ISREG

from pipeline.able import link_hard

_AT_ONCE = 16


def share_unchanged(build: Path, before: Path) -> int:
    """Make files that are byte for byte those of the release before into hard links to them; returns how many.

    Where links cannot be made, the copies stay.
    """
    shared, inside = 0, len(str(build))
    for path in _list_files(build):
        twin = Path(f"{before}{str(path)[inside:]}")
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
    try:
        ours, theirs = path.stat(), twin.stat()
    except OSError:
        return False
    if not S_ISREG(theirs.st_mode) or ours.st_ino == theirs.st_ino or ours.st_size != theirs.st_size:
        return False
    return filecmp.cmp(path, twin, shallow=False)


def write_out(folder: Path) -> None:
    """Have the disk hold every file of a folder and the folders themselves, so that a power cut takes none of them.

    Raises:
        OSError: the disk would not take it.
    """
    with ThreadPoolExecutor(_AT_ONCE) as threads:
        # A file with several names was written out under its first.
        list(threads.map(_flush_file, (path for path in _list_files(folder) if path.stat().st_nlink == 1)))
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


def _list_files(folder: Path) -> list[Path]:
    """List the files under a folder but symbolic links; a release has so many that pathlib's own search takes long."""
    paths = (Path(top, name) for top, _, names in os.walk(folder) for name in names)
    return [path for path in paths if S_ISREG(path.lstat().st_mode)]
