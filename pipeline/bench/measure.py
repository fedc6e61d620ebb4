"""Seconds by the clock, and the most memory of this process and its children together."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

_EVERY_SECONDS, _SELDOM_SECONDS = 0.1, 0.5
_PROC = Path("/proc/self/task")


@dataclass(frozen=True)
class Measured:
    """What a piece of work took.

    Attributes:
        seconds: by the clock.
        peak_mb: the most memory of all its processes together, shared pages once; None where the system does not tell.
    """

    seconds: float
    peak_mb: float | None


def measure(work: Callable[[], None]) -> Measured:
    """Do a piece of work and time it, then do it again and watch its memory.

    Whoever adds up a large process's pages holds it up, so what is timed is not watched.

    Args:
        work: what can be done twice over.
    """
    started = time.monotonic()
    work()
    seconds = time.monotonic() - started
    return Measured(seconds, _watched(work, every=_EVERY_SECONDS))


def measure_once(work: Callable[[], None]) -> Measured:
    """Do a long piece of work once, time it and watch its memory beyond what this process has before."""
    before = _memory_mb("self")
    started = time.monotonic()
    peak_mb = _watched(work, every=_SELDOM_SECONDS)
    return Measured(time.monotonic() - started, None if peak_mb is None else peak_mb - before)


def _watched(work: Callable[[], None], *, every: float) -> float | None:
    """Do a piece of work and watch its memory; returns the most of it in MB."""
    peaks: list[float] = []
    done = threading.Event()
    watcher = threading.Thread(target=_watch, args=(done, peaks, every), daemon=True)
    watcher.start()
    try:
        work()
    finally:
        done.set()
        watcher.join()
    return max(peaks, default=None)


def _watch(done: threading.Event, peaks: list[float], every: float) -> None:
    """Look at the memory again and again until the work is done."""
    while _PROC.is_dir() and not done.wait(every):
        peaks.append(sum(map(_memory_mb, _family("self"))))


def _family(process: str) -> list[str]:
    """List a process and its descendants."""
    family = [process]
    for task in Path(f"/proc/{process}/task").glob("*/children"):
        try:
            children = task.read_text().split()
        except OSError:
            continue
        for child in children:
            family += _family(child)
    return family


def _memory_mb(process: str) -> float:
    """A process's share of memory in MB; 0 where it has ended."""
    try:
        lines = Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    kilobytes = next((line.split()[1] for line in lines if line.startswith("Pss:")), "0")
    return int(kilobytes) / 1024
