"""Percentages beside money: kept with their cells, so that they can be recomputed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pipeline.errors import CellError
from pipeline.layout import Column
from pipeline.records.model import Extract
from pipeline.records.source import Source
from pipeline.thai import parse_number, squeeze, to_arabic_digits
from pipeline.workbook import Cell, cell_text, column_letters


def read_percents(source: Source, rows: Sequence[int], years: Mapping[int, int], extract: Extract) -> None:
    """Add one quality_percent row for each cell of a column that is a percentage of the year's money.

    A percentage whose head speaks of something else than money, or of a quarter or month, is left alone.

    Args:
        source: the table.
        rows: the rows of projects that are loaded.
        years: the fiscal year of each, where the rows or the titles say it.
        extract: what the rows are added to.
    """
    for column in source.table.columns:
        if column.is_percent and column.period == "year" and _is_of_money(source, column):
            _add_column(source, column, rows, years, extract)


def _add_column(
    source: Source, column: Column, rows: Sequence[int], years: Mapping[int, int], extract: Extract
) -> None:
    """Add one column of percentages."""
    read = {row: number for row in rows if (number := _number(source.cell(row, column))) is not None}
    read = {row: number for row, number in read.items() if column.year_be or row in years}
    numbers = list(read.values())
    extract.add(
        "quality_percent",
        {
            "owner_row": [row + 1 for row in read],
            "row_number": [row + 1 for row in read],
            "letters": column_letters(column.index),
            "fiscal_year_be": column.year_be or [years[row] for row in read],
            "measure": _measure(source, column),
            "stated_pct": [number for number, _ in numbers],
            "decimals": [places for _, places in numbers],
        },
        count=len(read),
    )


def _is_of_money(source: Source, column: Column) -> bool:
    """Whether the words of a head that are left without ร้อยละ are a stage of money, or there are none."""
    return not _words_left(source, column) or _measure(source, column) is not None


def _measure(source: Source, column: Column) -> str | None:
    """The stage of money that a head names beside ร้อยละ, the leaf before its group."""
    for words in _words_left(source, column):
        measure = source.vocabulary.read_heading(words).measure
        if measure:
            return measure
    return None


def _words_left(source: Source, column: Column) -> list[str]:
    """The levels of a head, the leaf first, without the words of percentages."""
    left = []
    for heading in reversed(column.headings):
        text = heading.text
        for word in sorted(source.vocabulary.percents, key=len, reverse=True):
            text = text.replace(word, "")
        left.append(text.strip("() .").removeprefix("การ").removeprefix("ของ"))
    return [text for text in left if text]


def _number(cell: Cell) -> tuple[float, int] | None:
    """A percentage and how many decimals it is written with; None where the cell holds none."""
    text = to_arabic_digits(squeeze(cell_text(cell))).removesuffix("%")
    if isinstance(cell, str):
        try:
            number = float(parse_number(text))
        except CellError:
            return None
    elif isinstance(cell, float | int) and not isinstance(cell, bool):
        number = float(cell)
    else:
        return None
    return number, len(text.partition(".")[2])
