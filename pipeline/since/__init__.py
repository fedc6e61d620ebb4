"""What is otherwise than in the release before: findings gone, still there and new, and submissions that are gone."""

from __future__ import annotations

from pathlib import Path

from pipeline.previous import attached
from pipeline.since.findings import compare_releases, forget_comparison
from pipeline.store import open_for_writing

__all__ = ["compare_with"]


def compare_with(database: Path, previous: Path | None) -> None:
    """Compare a warehouse, its findings complete, with the release before; nothing is told where there is none.

    Args:
        database: the warehouse that is being built.
        previous: the warehouse of the release before; only read.
    """
    with open_for_writing(database) as connection:
        forget_comparison(connection)
        if previous is not None:
            with attached(connection, previous):
                compare_releases(connection)
