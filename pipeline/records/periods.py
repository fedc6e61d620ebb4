"""When a project starts and ends: its columns of dates, else what its period says."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import TypeVar

from pipeline.errors import CellError
from pipeline.layout import Column
from pipeline.records.model import Extract
from pipeline.records.source import Source
from pipeline.thai import squeeze, thai_date
from pipeline.thai.dates import Period, is_buddhist, read_day, read_period
from pipeline.workbook import Cell, cell_text

_Read = TypeVar("_Read")
Days = tuple[date | None, date | None]
NO_DAYS: Days = (None, None)


def read_periods(
    source: Source, rows: Sequence[int], years: dict[int, int], extract: Extract
) -> dict[int, Days]:
    """Read the first and the last day of every project that states them.

    A cell that cannot be read, or that names a day that does not exist, leaves the day NULL and is told once for each
    text, at its first cell; the text itself stays in period_text and in raw_row.

    Args:
        source: the table.
        rows: the rows of projects.
        years: the fiscal year of each, which says the year of "ต.ค. - ธ.ค.".
        extract: what findings are added to.

    Returns:
        By row, the first and last day; a row without any is left out.
    """
    fields = source.table.fields
    days: dict[int, Days] = {}
    if "period_text" in fields:
        days = _read_texts(source, rows, years, extract)
    starts = _read_column(source, "start_date", rows, extract)
    ends = _read_column(source, "end_date", rows, extract)
    for row in starts.keys() | ends.keys():
        stated = (starts.get(row), ends.get(row))
        days[row] = _in_order(source, row, stated, extract)
    return days


def _read_column(source: Source, field: str, rows: Sequence[int], extract: Extract) -> dict[int, date]:
    """Read a column of days."""
    column = source.table.fields.get(field)
    if column is None:
        return {}
    read = _reader(source, column, extract, lambda value, _: read_day(value))
    return {row: day for row in rows if (day := read(row, None)) is not None}


def _read_texts(
    source: Source, rows: Sequence[int], years: dict[int, int], extract: Extract
) -> dict[int, Days]:
    """Read the column of periods."""
    column = source.table.fields["period_text"]
    read = _reader(source, column, extract, _read_period)
    periods = {row: period for row in rows if (period := read(row, years.get(row))) is not None}
    return {row: (period.start, period.end) for row, period in periods.items()}


def _read_period(value: date | str, year: int | None) -> Period | None:
    """Read a period with the row's fiscal year."""
    return read_period(value, fiscal_year_be=year)


def _reader(
    source: Source, column: Column, extract: Extract, read: Callable[[date | str, int | None], _Read | None]
) -> Callable[[int, int | None], _Read | None]:
    """Read a column's cells, each different one once, and tell each that cannot be read at its first cell."""
    known: dict[tuple[Cell, int | None], _Read | None] = {}

    def read_cell(row: int, year: int | None) -> _Read | None:
        value = source.cell(row, column)
        if value is None:
            return None
        if (value, year) not in known:
            known[value, year] = _read_value(source, column, row, extract, lambda given: read(given, year))
        return known[value, year]

    return read_cell


def _read_value(
    source: Source, column: Column, row: int, extract: Extract, read: Callable[[date | str], _Read | None]
) -> _Read | None:
    """Read one cell that has not been seen before; one that cannot be read is a finding."""
    value = source.cell(row, column)
    given = value if isinstance(value, date) else cell_text(value)
    if isinstance(given, str) and (not squeeze(given) or squeeze(given) in source.vocabulary.nil):
        return None
    try:
        days = read(given)
    except CellError as error:
        extract.findings.append(source.finding(error.code, row, column, detail=error.message_th))
        return None
    if isinstance(given, date) and is_buddhist(given):
        meant = thai_date(read_day(given))
        extract.findings.append(source.finding("date_buddhist_year", row, column, meant=meant))
    return days


def _in_order(source: Source, row: int, days: Days, extract: Extract) -> Days:
    """Leave out two days that stand the wrong way round, and tell it."""
    start, end = days
    if start is None or end is None or start <= end:
        return days
    detail = f"วันสิ้นสุด {thai_date(end)} อยู่ก่อนวันเริ่ม {thai_date(start)}  แก้วันที่ในไฟล์"
    column = source.table.fields["end_date"]
    extract.findings.append(source.finding("period_backwards", row, column, detail=detail))
    return NO_DAYS
