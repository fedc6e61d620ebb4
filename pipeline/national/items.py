"""What a chapter is made of, and the few sums that several chapters need."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import pandas as pd

from pipeline.brief_tables import Table
from pipeline.brief_text.numbers import is_missing
from pipeline.charts.chart import Chart

Item = str | Table | Chart
Told = tuple[Item, ...]


def known(rows: pd.DataFrame, column: str) -> pd.DataFrame:
    """The rows that have a value in a column."""
    return rows[[not is_missing(value) for value in rows[column]]]


def as_frame(rows: Iterable[dict[str, object]]) -> pd.DataFrame:
    """Make a frame of rows that keeps every value as it is."""
    return pd.DataFrame(list(rows), dtype=object)


def drawn(rows: pd.DataFrame, draw: Callable[[], Chart], *, at_least: int = 2) -> Told:
    """Draw rows where there are enough of them to see anything."""
    return (draw(),) if len(rows) >= at_least else ()
