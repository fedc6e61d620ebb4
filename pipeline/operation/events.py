"""What happens within a run, as lines of JSON, a file a day; counts and places, and nothing of what is in a cell."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import suppress
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from pipeline.operation.diary import LOGS

_NAME = "events-{day}.jsonl"
Progress = Callable[[str, int, int], None]


def note_event(out: Path, kind: str, **told: Any) -> None:
    """Add a line to the day's file; what cannot be written down stops nothing.

    Args:
        out: the folder of releases.
        kind: what happened: began, stage, stage_done, ended, purged.
        told: counts, names of stages and releases.
    """
    now = datetime.now().astimezone()
    line = json.dumps(
        {"at": now.isoformat(timespec="seconds"), "event": kind, **told}, ensure_ascii=False, default=str
    )
    with suppress(OSError):
        folder = out / LOGS
        folder.mkdir(parents=True, exist_ok=True)
        with (folder / _NAME.format(day=now.date().isoformat())).open("a", encoding="utf-8") as file:
            file.write(f"{line}\n")


def remove_old_events(out: Path, today: date, *, days: int) -> list[str]:
    """Remove the files of days that are longer ago than so many; returns their names."""
    oldest = _NAME.format(day=(today - timedelta(days=days)).isoformat())
    gone = sorted(path for path in (out / LOGS).glob(_NAME.format(day="*")) if path.name < oldest)
    for path in gone:
        path.unlink(missing_ok=True)
    return [path.name for path in gone]


def noting(out: Path, progress: Progress) -> Progress:
    """Take what is told of how far a run is, write down where each stage begins and ends, and pass it on."""
    seen: set[tuple[str, bool]] = set()

    def tell(stage: str, done: int, total: int) -> None:
        name, is_done = stage.partition(":")[0], bool(total) and done >= total
        if (name, is_done) not in seen:
            seen.add((name, is_done))
            note_event(out, "stage_done" if is_done else "stage", stage=name, done=done, total=total)
        progress(stage, done, total)

    return tell
