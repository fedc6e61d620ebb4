"""What the study's tables have in common: the first rows only, and how many there are besides."""

from __future__ import annotations

import pandas as pd

from pipeline.brief_tables.table import Column, Origin, Table
from pipeline.brief_text.study.frames import limit


def list_first(
    frame: pd.DataFrame,
    table_id: str,
    *,
    caption: str,
    columns: tuple[Column, ...],
    source: str = "",
    note: str = "",
    origins: tuple[Origin, ...] = (),
) -> tuple[Table, ...]:
    """Make a table of the first rows, with how many more there are; none where there is no row.

    Args:
        frame: one row a row, in order.
        table_id: a name for links.
        caption: what is shown, where and when.
        columns: its columns.
        source: where its numbers are from.
        note: what a reader must know to read it.
        origins: where the figures of its columns are from, as far as they can be traced.
    """
    if frame.empty:
        return ()
    most = limit("listed_rows")
    more, first = max(len(frame) - most, 0), frame.head(most).reset_index(drop=True)
    return (Table(table_id, caption, columns, first, source=source, note=note, more=more, origins=origins),)
