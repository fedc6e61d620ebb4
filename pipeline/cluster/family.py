"""Processes that end together: a child with its parent, and whatever a brief's cells have started with the brief."""

from __future__ import annotations

import ctypes
import os
import signal
import sys
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

_SIGNAL_AT_PARENTS_END, _ADOPT_ORPHANS = 1, 36
# mallopt's trim threshold, largest block of the heap and what the heap grows by, in bytes.
_KEEP = {-1: 512 << 20, -3: 32 << 20, -2: 16 << 20}
_CHILDREN = "/proc/self/task/*/children"


def die_with(parent: int) -> None:
    """Ask the system to end this process when its parent ends, where the system can."""
    if sys.platform != "linux":
        return
    ctypes.CDLL(None).prctl(_SIGNAL_AT_PARENTS_END, signal.SIGKILL)
    if os.getppid() != parent:
        os._exit(1)


def keep_memory() -> None:
    """Keep what this process lets go of for what it asks for next, where the C library can.

    Given back to the system and taken again, the memory of one file after the other is filled with zeros each time.
    """
    if sys.platform == "linux":
        for option, size in _KEEP.items():
            getattr(ctypes.CDLL(None), "mallopt", _do_nothing)(option, size)


def adopt_orphans() -> None:
    """Become the parent of every descendant whose own parent ends, where the system can make it so."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_ADOPT_ORPHANS, 1)


def peak_mb() -> int | None:
    """The most memory that this process or one that it waited for had so far, in MB; None where nobody tells."""
    try:
        import resource
    except ImportError:
        return None
    both = (resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return int(max(both)) // (1024 if sys.platform == "linux" else 1024 * 1024)


def list_children() -> set[int]:
    """List the processes whose parent is this one; none where the system does not tell."""
    texts = [path.read_text(encoding="ascii") for path in Path("/").glob(_CHILDREN[1:])]
    return {int(pid) for text in texts for pid in text.split()}


def count_threads() -> int | None:
    """Count the threads of this process; None where the system does not tell."""
    tasks = Path("/proc/self/task")
    return len(list(tasks.iterdir())) if tasks.is_dir() else None


def end_others(own: Iterable[int]) -> None:
    """End every child but the given ones: orphans that were adopted, and then theirs."""
    own = set(own)
    while strangers := list_children() - own:
        for pid in strangers:
            with suppress(ProcessLookupError, ChildProcessError):
                os.kill(pid, signal.SIGKILL)
                os.waitpid(pid, 0)


def _do_nothing(*_: int) -> None:
    """Stand for what another C library does not have."""
