"""A run that is written down, however it ends, and told to whom the specs name."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import datetime

from pipeline.cluster.family import peak_mb
from pipeline.errors import EXIT_NOT_PUBLISHED, AlreadyRunning, PipelineError, StopAsked, UsageError
from pipeline.operation import Operation, load_operation
from pipeline.operation.diary import Run, note_run
from pipeline.operation.events import note_event, remove_old_events
from pipeline.operation.table import write_table
from pipeline.run_record import Outcome
from pipeline.settings import Settings
from pipeline.summary import summarize

_COUNTS = ("files", "rows", "findings", "returns", "briefs")
_STOPPED = "หยุดตามคำสั่ง"


@contextmanager
def recorded(
    settings: Settings, *, tells: bool, say: Callable[[str], None]
) -> Iterator[Callable[[Outcome], None]]:
    """Time a run and write it down; gives the function that takes what it came to.

    A run that was refused because of its words, or because another goes on, is no run.

    Args:
        settings: where the releases are.
        tells: whether those are told whom specs/operation.yml names.
        say: takes a line about whoever could not be told.
    """
    operation = load_operation()
    begun, started = time.monotonic(), datetime.now().astimezone().isoformat(timespec="seconds")

    def finish(run: Run, summary: Sequence[str]) -> None:
        done = replace(run, seconds=round(time.monotonic() - begun, 2), peak_mb=peak_mb(), is_scheduled=tells)
        _write(settings, operation, done, summary)
        for line in _tell(operation, done, summary) if tells else ():
            say(line)

    try:
        yield lambda outcome: finish(_run_of(outcome, started), _without_errors(outcome))
    except (UsageError, AlreadyRunning):
        raise
    except (PipelineError, OSError) as error:
        told = str(error)
        exit_code = error.exit_code if isinstance(error, PipelineError) else EXIT_NOT_PUBLISHED
        finish(Run(started, 0, exit_code, told=told), [told])
        raise
    except StopAsked:
        finish(Run(started, 0, EXIT_NOT_PUBLISHED, told=_STOPPED), [_STOPPED])
        raise


def _run_of(outcome: Outcome, started: str) -> Run:
    """What is written down of a run that came to its end."""
    counts = {name: outcome.counts[name] for name in _COUNTS if name in outcome.counts}
    failed = {name: len(outcome.counts.get(name, ())) for name in ("failed_briefs", "failed_returns")}
    return Run(
        started=started,
        seconds=0,
        exit_code=outcome.exit_code,
        release=outcome.release.name if outcome.release else None,
        is_same="same" in outcome.counts,
        stages=outcome.seconds,
        peaks=outcome.peaks,
        counts=counts | failed,
    )


def _without_errors(outcome: Outcome) -> list[str]:
    """The summary, with where to look in place of errors, which may quote a cell."""
    hidden = {
        name: dict.fromkeys(outcome.counts[name], "ดูหน้าแรกของฉบับ")
        for name in ("failed_briefs", "failed_returns")
        if name in outcome.counts
    }
    return summarize(replace(outcome, counts=outcome.counts | hidden))


def _write(settings: Settings, operation: Operation, run: Run, summary: Sequence[str]) -> None:
    """Write a run down; where even that cannot be written, the run's own error is what matters."""
    with suppress(OSError):
        note_run(settings.out, run, summary, days=operation.log_days)
        write_table(settings.out, operation)
        remove_old_events(settings.out, datetime.fromisoformat(run.started).date(), days=operation.log_days)
    note_event(
        settings.out,
        "ended",
        run=run.started,
        exit_code=run.exit_code,
        release=run.release,
        seconds=run.seconds,
        peak_mb=run.peak_mb,
        **run.counts,
    )


def _tell(operation: Operation, run: Run, summary: Sequence[str]) -> list[str]:
    from pipeline.operation.notify import tell

    return tell(operation, run, summary)
