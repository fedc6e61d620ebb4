"""The views for people: made from sql/out_*.sql on the limits of specs/study.yml, and at last kept as tables."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.views.districts import lay_districts
from pipeline.views.keep import keep_views, let_views_go
from pipeline.views.likeness import lay_likeness
from pipeline.views.make import in_one_step, make_views
from pipeline.views.previous import lay_previous_figures
from pipeline.views.suppress import lay_suppression

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

__all__ = ["in_one_step", "keep_views", "let_views_go", "make_views", "remake_views", "settle_views"]


def remake_views(connection: DuckDBPyConnection) -> None:
    """Make every view as the program now has it, in the place of tables that they were kept as."""
    let_views_go(connection)
    make_views(connection)


def settle_views(
    connection: DuckDBPyConnection,
    *,
    near_score: float,
    previous: Path | None = None,
    previous_name: str = "",
) -> None:
    """Work out what the views stand on and SQL alone does not give, and keep every view as a table.

    After the views are remade, again on the same warehouse gives the same. To be called when the last core_ and
    quality_ row is written.

    Args:
        connection: the warehouse that is being built, with its views.
        near_score: how alike names of projects must be, 0 to 100, to be told.
        previous: the warehouse of the release before, with whose figures today's are compared; only read.
        previous_name: its name.
    """
    lay_districts(connection)
    lay_likeness(connection, near_score)
    lay_suppression(connection)
    lay_previous_figures(connection, previous, previous_name)
    keep_views(connection)
