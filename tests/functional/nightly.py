"""Nights on order: a process that has imported everything forks one refresh a line; its briefs are cheap ones.

All of the refresh is the real one but the making of briefs, which writes what the brief's rows come to.
"""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import duckdb

from pipeline import brief_stage
from pipeline.briefs import BriefResult, Task
from pipeline.checks.suites import start_engine
from pipeline.commands.terminal import errors_told
from pipeline.operation.events import noting
from pipeline.operation.recorded import recorded
from pipeline.refresh import refresh
from pipeline.settings import Settings


def make_cheaply(
    database: Path, tasks: Sequence[Task], *, progress: Callable[[str], None], **_: object
) -> list[BriefResult]:
    """Write a page of each brief's projects, where the real one would be."""
    with duckdb.connect(str(database), read_only=True) as connection:
        sql = (
            "SELECT project_name, amount_baht FROM out_project_amount "
            "WHERE province_code = ? OR ? = '' ORDER BY ALL"
        )
        for task in tasks:
            rows = connection.execute(sql, [task.province_code, task.province_code]).fetchall()
            folder = Path(task.folder)
            folder.mkdir(parents=True, exist_ok=True)
            shown = "".join(f"<tr><td>{name}</td><td>{amount}</td></tr>\n" for name, amount in rows)
            (folder / "brief.html").write_text(f"<table>{shown * 50}</table>", encoding="utf-8")
            progress(task.slug)
    return [BriefResult(task.province_code, task.slug, 0.0, None) for task in tasks]


def night(settings: Settings) -> None:
    """One refresh, as the command does it."""

    def progress(*_: object) -> None:
        """Nobody looks."""

    with errors_told(), recorded(settings, tells=True, say=print) as record:
        outcome = refresh(settings, noting(settings.out, progress))
        record(outcome)
    # Not by way of the loop that its parent is in.
    os._exit(outcome.exit_code)


def main(raw: str, out: str) -> None:
    """Do a night for each line that comes, and answer what it cost."""
    # So that no night pays for what it imports.
    start_engine(datetime.now(UTC))
    brief_stage.make_tasks = make_cheaply  # type: ignore[assignment]
    settings = replace(Settings(), raw=Path(raw), out=Path(out))
    for _line in sys.stdin:
        started = time.monotonic()
        child = os.fork()
        if child == 0:
            night(settings)
        _, status, used = os.wait4(child, 0)
        answer = {
            "code": os.waitstatus_to_exitcode(status),
            "seconds": round(time.monotonic() - started, 3),
            "cpu": round(used.ru_utime + used.ru_stime, 3),
            "peak_mb": used.ru_maxrss // 1024,
            "handles": len(list(Path("/proc/self/fd").iterdir())),
        }
        print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:3])
