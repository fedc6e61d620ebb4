"""What is written down of each run: a line of JSON under OUT/logs, and the last run's summary."""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

LOGS = "logs"
RUNS = "runs.jsonl"
SUMMARY = "summary.txt"
FORGOTTEN = "[ลบแล้ว]"


@dataclass(frozen=True)
class Run:
    """One run.

    Attributes:
        started: when, with its offset.
        seconds: how long it took.
        exit_code: see pipeline.errors.
        release: the release that it published or found to stand; None where it published none.
        is_same: whether nothing had changed.
        stages: seconds by stage.
        counts: how many files by status, findings by severity, briefs, and what failed.
        peak_mb: the most memory that one of its processes had; None where the system does not tell.
        peaks: the same until the end of each stage.
        is_scheduled: whether the schedule started it.
        told: the error, where there was one.
    """

    started: str
    seconds: float
    exit_code: int
    release: str | None = None
    is_same: bool = False
    stages: dict[str, float] = field(default_factory=dict)
    counts: dict[str, Any] = field(default_factory=dict)
    peak_mb: int | None = None
    told: str | None = None
    peaks: dict[str, int] = field(default_factory=dict)
    is_scheduled: bool = False


def note_run(out: Path, run: Run, summary: Sequence[str], *, days: int) -> None:
    """Write a run down, and drop lines that are older than so many days.

    The file is replaced in one step: a run that is killed meanwhile loses no line.
    """
    folder = out / LOGS
    folder.mkdir(parents=True, exist_ok=True)
    oldest = (datetime.fromisoformat(run.started) - timedelta(days=days)).isoformat()
    kept = [line for line in _read_lines(folder / RUNS) if json.loads(line)["started"] >= oldest]
    _replace(folder / RUNS, [*kept, json.dumps(asdict(run), ensure_ascii=False)])
    _replace(folder / SUMMARY, [f"{run.started[:16].replace('T', ' ')}  รหัส {run.exit_code}", *summary])


def read_runs(out: Path) -> list[Run]:
    """Read the runs that are written down, the oldest first."""
    return [Run(**json.loads(line)) for line in _read_lines(out / LOGS / RUNS)]


def forget_words(out: Path, words: Collection[str]) -> None:
    """Take words out of everything that is written down of runs; what stands beside them stays."""
    folder = out / LOGS
    forms = sorted({form for word in words if word for form in (word, _quoted(word))}, key=len, reverse=True)
    for path in sorted(folder.glob("*")) if folder.is_dir() else ():
        before = path.read_text(encoding="utf-8")
        after = before
        for form in forms:
            after = after.replace(form, FORGOTTEN)
        if after != before:
            _replace(path, after.splitlines())


def _quoted(word: str) -> str:
    """A word as it stands within a line of JSON."""
    return json.dumps(word, ensure_ascii=False)[1:-1]


def _read_lines(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8").splitlines() if path.is_file() else []


def _replace(path: Path, lines: Sequence[str]) -> None:
    replace_text(path, "".join(f"{line}\n" for line in lines))


def replace_text(path: Path, text: str) -> None:
    """Write a file in one step: who reads meanwhile reads the one before."""
    fresh = path.with_name(f".{path.name}.new")
    fresh.write_text(text, encoding="utf-8")
    fresh.replace(path)
