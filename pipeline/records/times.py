"""When each figure of a statistical table is from: its column, its row, else what titles and names say."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.layout import Column
from pipeline.layout.statistics import DATE, Figures
from pipeline.layout.words.moments import Moment, agrees, read_moment
from pipeline.records.cells import read_years
from pipeline.records.model import Extract
from pipeline.records.source import Source
from pipeline.records.statistics import Statistics

_YEAR = "year"


@dataclass(frozen=True)
class RowTime:
    """What a row says of its time: a year from a column of years, a month from a column of months or dates."""

    year_be: int | None = None
    moment: Moment | None = None


def read_row_times(table: Statistics, extract: Extract) -> dict[int, RowTime]:
    """Read the time of every record from its own cells; a row whose year or month cannot be read is refused."""
    source, figures = table.source, table.figures
    years = read_years(source, _YEAR, extract) if _YEAR in figures.table.fields else {}
    column = figures.table.fields.get(DATE) or figures.table.fields.get("month")
    if column is None:
        return {row: RowTime(years.get(row)) for row in table.records}
    times = {}
    moments: dict[object, Moment | None] = {}
    for row in table.records:
        value = source.cell(row, column)
        if value not in moments:
            moments[value] = read_moment(value, source.vocabulary)
        if moments[value] is None and row not in extract.refused:
            extract.refused.add(row)
            extract.findings.append(source.finding("period_unreadable", row, column))
        times[row] = RowTime(years.get(row), moments[value])
    return times


def time_of(
    source: Source, figures: Figures, column: Column, row: RowTime, *, basis: str
) -> tuple[int, str] | None:
    """The year and period of a figure; None where nothing says the year.

    A month that is a head or a cell names a calendar year; a group above it or a column of years names the year in
    which the table counts it.
    """
    moment = figures.moments.get(column.index) or row.moment
    year = column.year_be or row.year_be
    if year is None and moment is not None:
        year = moment.year_be(basis)
    if year is None and source.year.value is not None:
        year = int(source.year.value)
    if year is None:
        return None
    return year, moment.period if moment else column.period


def disagrees(figures: Figures, column: Column) -> bool:
    """Whether a month's own year contradicts the year of the group above it."""
    moment = figures.moments.get(column.index)
    return moment is not None and column.year_be is not None and not agrees(moment, column.year_be)
