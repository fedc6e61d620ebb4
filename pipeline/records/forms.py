"""Forms that list provinces and were not filled in."""

from __future__ import annotations

from pipeline.findings import Finding, make_finding
from pipeline.records.statistics import Statistics


def tell_blank_form(table: Statistics) -> Finding | None:
    """Tell a form in which nothing was filled in, or hardly anything and no year; None for any other table."""
    figures, source = table.figures, table.source
    if figures.values or not figures.empty or not table.records or _has_other_texts(table):
        return None
    filled = sum(source.cell(row, column) is not None for row in table.records for column in figures.empty)
    if filled and source.year.value is not None:
        return None
    cells = len(table.records) * len(figures.empty)
    return make_finding("form_blank", sheet=source.sheet.name, filled=str(filled), cells=str(cells))


def _has_other_texts(table: Statistics) -> bool:
    """Whether the records say anything beside their names, numbers and the empty columns."""
    figures = table.figures
    known = {figures.subject_column.index, *(column.index for column in (*figures.empty, *figures.codes))}
    return any(
        cell is not None and index not in known
        for row in table.records
        for index, cell in enumerate(table.source.sheet.rows[row])
    )
