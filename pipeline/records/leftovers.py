"""Columns that nothing is known about: kept as raw text, and told."""

from __future__ import annotations

from collections.abc import Collection

from pipeline.layout import Column
from pipeline.layout.columns.twins import REPEATED
from pipeline.records.model import Extract
from pipeline.records.source import Source


def tell_unknown_columns(source: Source, extract: Extract, *, known: Collection[int] = ()) -> None:
    """Tell each column whose head says nothing that is known, and that holds anything, at its head's cell.

    Args:
        source: the table.
        extract: what the findings are added to.
        known: indexes of columns that are known by other means.
    """
    for column in source.table.columns:
        if column.field == REPEATED:
            row = source.table.header.rows[-1]
            extract.findings.append(source.finding("column_repeated", row, column, value=column.name))
        if column.index not in known and _is_unknown(column) and _holds_anything(source, column):
            row = source.table.header.rows[-1]
            extract.findings.append(source.finding("column_unknown", row, column, value=column.name))


def tell_continued(source: Source, extract: Extract) -> None:
    """Tell each record whose name was read over several rows, at the first row that continues it."""
    for row, rows in source.table.continued.items():
        name = source.text(row, "project_name")
        column = source.table.fields["project_name"]
        extract.findings.append(source.finding("name_continued", rows[0], column, name=name or ""))


def _is_unknown(column: Column) -> bool:
    """Whether a column's head says nothing that is known."""
    return not (column.field or column.measure or column.is_percent)


def _holds_anything(source: Source, column: Column) -> bool:
    """Whether any record has something in the column."""
    return any(source.cell(row, column) is not None for row in source.table.records)
