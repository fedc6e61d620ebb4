"""Nights on which a run was due and none began."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from pipeline.operation import Operation
from pipeline.operation.diary import Run

# A machine that was off at the time makes up for it when it is started.
GRACE = timedelta(hours=6)


def list_missed(runs: Sequence[Run], operation: Operation, *, now: datetime | None = None) -> list[date]:
    """List the days on which a run was due and none began until the next was.

    Only days between two runs that the schedule started, and after the last where it started that: nobody knows of
    others that the schedule stood.

    Args:
        runs: those that are written down, the oldest first.
        operation: when a run is due.
        now: until when; None for the last run.
    """
    scheduled = [_when(run) for run in runs if run.is_scheduled]
    if not scheduled:
        return []
    late = operation.random_delay_minutes * timedelta(minutes=1) + GRACE
    last = now - late if now and runs[-1].is_scheduled else scheduled[-1]
    begun = [_when(run) for run in runs]
    day = timedelta(days=1)
    return [
        due.date()
        for due in _list_due(scheduled[0], last, operation)
        if not any(due <= moment < due + day for moment in begun)
    ]


def _list_due(first: datetime, last: datetime, operation: Operation) -> list[datetime]:
    """The moments after one run, and on days before that of another, at which a run was due."""
    start = datetime.combine(first.date(), time(operation.hour, operation.minute), first.tzinfo)
    days = range((last.date() - first.date()).days + 1)
    due = [start + timedelta(days=number) for number in days]
    return [moment for moment in due if first < moment <= last]


def next_due(runs: Sequence[Run], operation: Operation) -> datetime | None:
    """When the next run should have begun at the latest; None where the last one was not started by the schedule."""
    if not runs or not runs[-1].is_scheduled:
        return None
    last = _when(runs[-1])
    due = datetime.combine(last.date(), time(operation.hour, operation.minute), last.tzinfo)
    due += timedelta(days=1 if due <= last else 0)
    return due + timedelta(minutes=operation.random_delay_minutes) + GRACE


def _when(run: Run) -> datetime:
    return datetime.fromisoformat(run.started)
