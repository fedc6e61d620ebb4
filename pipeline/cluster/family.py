"""Processes that end together: a child with its parent, and whatever a brief's cells have started with the brief."""

from __future__ import annotations

import ctypes
import os
import signal
import sys
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path
from types import FunctionType
from typing import Any, TypeVar

Result = TypeVar("Result")

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


def with_room(work: Callable[[], Result]) -> Result:
    """Do work with room in one piece for the frames of all that it calls.

    CPython (push_chunk in Python/pystate.c, 3.11 and later) keeps frames in pieces of 16 KB, taken from the system and
    given back as calls go over the end of one and return: a loop that stands there does so in every call. To import
    Great Expectations took 18,000 such pieces and a quarter of its time more. A frame that is larger than that gets a
    piece of its own size, rounded up, and what is left of it is for the frames after it.
    """
    result: Result = _call_roomy(work)
    return result


def _call(work: Callable[[], Any]) -> Any:
    return work()


# The least that takes a piece of 1 MB, of which all but nothing stays free and is not touched until it is used.
_call_roomy: Callable[[Callable[[], Any]], Any] = FunctionType(
    _call.__code__.replace(co_stacksize=(512 << 10) // 8), {}
)


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
