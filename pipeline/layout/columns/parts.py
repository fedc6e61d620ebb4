"""Columns that are parts of others by month or by source of money, settled by all of them together."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace

from pipeline.layout.model import Column, Header
from pipeline.thai import to_arabic_digits
from pipeline.workbook import Cell, Sheet, cell_text

FUND_SOURCE = "fund_source"
FUND_MARK = "fund_source_mark"
_FIRST_ROWS = 200
_LAST_QUARTER = ("M10", "M11", "M12")


def settle_months(columns: list[Column]) -> list[Column]:
    """Give months with a year beside them their fiscal year, where those years are the calendar's.

    "ต.ค. 65" ... "ก.ย. 66" are fiscal year 2566; where October and January name the same year, the year beside the
    months is no calendar year, and what the table says of its year stands.
    """
    fiscal = {column.index: year for column in columns if (year := _fiscal_year(column))}
    halves: dict[int, set[bool]] = defaultdict(set)
    for column in columns:
        if column.index in fiscal:
            halves[fiscal[column.index]].add(column.period in _LAST_QUARTER)
    if not halves or any(len(half) < 2 for half in halves.values()):
        return columns
    return [replace(column, year_be=column.year_be or fiscal.get(column.index)) for column in columns]


def _fiscal_year(column: Column) -> int | None:
    """The fiscal year of a month whose head names its calendar year."""
    year = next((heading.month_year_be for heading in column.headings if heading.month_year_be), None)
    return None if year is None else year + (column.period in _LAST_QUARTER)


def settle_marks(sheet: Sheet, header: Header, columns: list[Column]) -> list[Column]:
    """Read columns of sources that hold no number as marks of where the money is from, not as money."""
    rows = sheet.rows[header.last + 1 : header.last + 1 + _FIRST_ROWS]
    return [
        replace(column, field=FUND_MARK, measure=None, fund_source=None)
        if column.fund_source and not _holds_a_number(rows, column.index)
        else column
        for column in columns
    ]


def _holds_a_number(rows: list[list[Cell]], index: int) -> bool:
    """Whether a column holds a figure in any of these rows, or nothing at all."""
    texts = [
        to_arabic_digits(cell_text(row[index])) for row in rows if index < len(row) and row[index] is not None
    ]
    return not texts or any(character.isdigit() for text in texts for character in text)


def settle_sources(columns: list[Column]) -> list[Column]:
    """Read a word that may be a category or a source as what the columns beside it in its group are."""
    return [_settle_source(column, columns) for column in columns]


def _settle_source(column: Column, columns: list[Column]) -> Column:
    """Settle one column."""
    if column.category and column.fund_source:
        group = [other for other in columns if other.path[:-1] == column.path[:-1] and other is not column]
        if any(other.fund_source and not other.category for other in group):
            return replace(column, category=None)
        return replace(column, fund_source=None)
    if column.fund_source and _is_among_categories(column, columns):
        return replace(column, category=column.fund_source, fund_source=None)
    if column.fund_source and column.field == FUND_SOURCE:
        return replace(column, field=None)
    return column


def _is_among_categories(column: Column, columns: list[Column]) -> bool:
    """Whether all parts beside a source under the same head are expense categories: เงินอุดหนุน beside งบลงทุน."""
    group = [
        other
        for other in columns
        if other is not column and len(other.path) > 1 and other.path[0] == column.path[0]
    ]
    parts = [other for other in group if other.category or other.fund_source]
    return len(column.path) > 1 and bool(parts) and all(other.category for other in parts)
