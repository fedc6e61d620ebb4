"""What this system can do; PIPELINE_WITHOUT="fork symlinks hardlinks" takes it away, to try here what others lack."""

from __future__ import annotations

import errno
import multiprocessing
import os
from pathlib import Path

FORK, SYMLINKS, HARDLINKS = "fork", "symlinks", "hardlinks"


def has(what: str) -> bool:
    """Whether a way of the system may be used, where it has it."""
    return what not in os.environ.get("PIPELINE_WITHOUT", "").split()


def may_fork() -> bool:
    """Whether a process can be forked: Windows cannot."""
    return has(FORK) and "fork" in multiprocessing.get_all_start_methods()


def link_symbolically(path: Path, target: str) -> None:
    """Make a symbolic link to a folder.

    Raises:
        OSError: links cannot be made there.
    """
    if not has(SYMLINKS):
        raise OSError(errno.ENOTSUP, os.strerror(errno.ENOTSUP), str(path))
    path.symlink_to(target, target_is_directory=True)


def link_hard(source: Path, target: Path) -> None:
    """Give a file a second name.

    Raises:
        OSError: links cannot be made there.
    """
    if not has(HARDLINKS):
        raise OSError(errno.ENOTSUP, os.strerror(errno.ENOTSUP), str(target))
    os.link(source, target)
