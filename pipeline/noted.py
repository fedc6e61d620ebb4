"""Files as they were made: what a release notes of them, whether they still are so, and the same files elsewhere."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Iterable, Mapping
from pathlib import Path

from pipeline.able import link_hard


def note_files(folder: Path) -> dict[str, str]:
    """Note the files of a folder by name: the SHA-256 of each, its bytes, and when it was written in nanoseconds."""
    return {
        path.name: f"{_digest(path)} {_look(path)}" for path in sorted(folder.glob("*")) if path.is_file()
    }


def are_as_noted(folder: Path, noted: Mapping[str, str]) -> bool:
    """Whether a folder has these files and no others, none of them changed.

    One of as many bytes that was written when it was noted is the same; of another the content tells, for a copy of
    a release has its own times.
    """
    paths = {path.name: path for path in folder.glob("*") if path.is_file()}
    return paths.keys() == noted.keys() and all(
        _is_as_noted(paths[name], note) for name, note in noted.items()
    )


def _is_as_noted(path: Path, note: str) -> bool:
    digest, _, seen = note.partition(" ")
    return _look(path) == seen or _digest(path) == digest


def link_files(source: Path, target: Path, names: Iterable[str]) -> None:
    """Have the same files in another folder, twice on the disk only where it cannot link."""
    target.mkdir(parents=True, exist_ok=True)
    for name in names:
        try:
            link_hard(source / name, target / name)
        except OSError:
            shutil.copy2(source / name, target / name)


def _look(path: Path) -> str:
    """What can be seen of a file without opening it."""
    seen = path.stat()
    return f"{seen.st_size} {seen.st_mtime_ns}"


def _digest(path: Path) -> str:
    with path.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()
