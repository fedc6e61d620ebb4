"""Columns of cells -> typed values, a finding for each cell that cannot be read."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, time
from functools import lru_cache
from math import floor
from typing import Generic, TypeVar

from pipeline.errors import CellError
from pipeline.layout import Column
from pipeline.records.dittos import is_ditto
from pipeline.records.model import Extract
from pipeline.records.runs import fill_runs
from pipeline.records.source import Source
from pipeline.records.spellings import find_other_coding
from pipeline.thai import (
    Unit,
    parse_baht,
    parse_number,
    read_product,
    squeeze,
    to_arabic_digits,
    to_buddhist_year,
)
from pipeline.workbook import NO_VALUE, Cell, cell_text

_FLOAT_NOISE = 0.01
_YEAR_CELL = re.compile(r"(?:ปีงบประมาณ|ปีงบ|ปี)?(?:พ\.?ศ\.?|ค\.?ศ\.?|fy)?(\d{2}|\d{4})")
_SAY_THEMSELVES = frozenset({float, int, type(None)})
_T = TypeVar("_T")
_parse_baht = lru_cache(maxsize=65536)(parse_baht)
_parse_number = lru_cache(maxsize=65536)(parse_number)


@dataclass(frozen=True)
class ColumnValues(Generic[_T]):
    """One column of a table, read.

    Attributes:
        values: one for every record, in order; None where blank, nil or unreadable.
        unreadable: the zero-based rows whose cell could not be read; each has a finding.
    """

    values: list[_T | None]
    unreadable: frozenset[int]


def read_satang(source: Source, column: Column, extract: Extract) -> ColumnValues[int]:
    """Read one column of money for every record, in satang."""
    unit, _ = source.unit_of(column)
    factor = float(unit.baht * 100)
    cells = source.cells(column)
    amounts = [cell * factor if type(cell) is float or type(cell) is int else None for cell in cells]
    unreadable = _read_texts(source, column, extract, amounts, read=lambda cell: _satang(source, cell, unit))
    whole = _whole_satang(source, column, amounts, extract)
    if column.is_outflow:
        whole = [None if satang is None else -abs(satang) for satang in whole]
    return ColumnValues(whole, unreadable)


def read_values(source: Source, column: Column, extract: Extract) -> ColumnValues[float]:
    """Read one column of an indicator's values for every record."""
    cells = source.cells(column)
    values = [float(cell) if type(cell) is float or type(cell) is int else None for cell in cells]
    unreadable = _read_texts(source, column, extract, values, read=lambda cell: _number(source, cell))
    return ColumnValues(values, unreadable)


def _read_texts(
    source: Source,
    column: Column,
    extract: Extract,
    values: list[float | None],
    *,
    read: Callable[[Cell], float | None],
) -> frozenset[int]:
    """Fill in what the cells that are no numbers say; returns the rows of those that cannot be read, each told."""
    unreadable: set[int] = set()
    cells = source.cells(column)
    if _SAY_THEMSELVES.issuperset(map(type, cells)):
        return frozenset()
    for place, cell in enumerate(cells):
        if cell is None or values[place] is not None:
            continue
        try:
            values[place] = read(cell)
            _tell_product(source, column, source.table.records[place], extract)
        except CellError as error:
            row = source.table.records[place]
            unreadable.add(row)
            extract.findings.append(source.finding(error.code, row, column, detail=error.message_th))
    return frozenset(unreadable)


def _tell_product(source: Source, column: Column, row: int, extract: Extract) -> None:
    """Tell an amount that was multiplied: so much each, so many times."""
    product = read_product(squeeze(to_arabic_digits(cell_text(source.cell(row, column)))))
    if product is not None:
        extract.findings.append(source.finding("amount_product", row, column, amount=f"{product:,f}"))


def texts_as_written(source: Source, column: Column, rows: Sequence[int]) -> list[str | None] | None:
    """The texts of cells; None for a plain number, which says itself, and for an empty cell, or for all of them."""
    cells = list(map(source.sheet.columns[column.index].__getitem__, rows))
    if _SAY_THEMSELVES.issuperset(map(type, cells)):
        return None
    return [None if type(cell) in _SAY_THEMSELVES else cell_text(cell) for cell in cells]


def read_provinces(
    source: Source, field: str, extract: Extract, *, rows: tuple[int, ...] | None = None
) -> dict[int, str | None]:
    """Resolve the province column for rows, by default all records; a row whose name is unknown is refused.

    A name read by an alias is told once for each spelling, at its first cell.
    """
    column = source.table.fields[field]
    resolved: dict[int, str | None] = {}
    spellings: dict[str, list[int]] = {}
    rows = source.table.records if rows is None else rows
    other = find_other_coding(source, column, rows)
    if other:
        extract.refused.update(rows)
        extract.findings.append(other)
        return resolved
    blank = any(source.cell(row, column) is None for row in rows)
    filled = fill_runs(source, field, rows, extract) if blank else {}
    for row in rows:
        text = source.text(row, field) or filled.get(row)
        if text is None:
            extract.refused.add(row)
            extract.findings.append(source.finding("province_missing", row, column))
            continue
        answer = source.gazetteer.resolve(text)
        if answer is None:
            _refuse_province(source, row, column, text, extract)
            continue
        resolved[row] = answer.province_code
        if answer.how != "exact":
            spellings.setdefault(text, []).append(row)
    report_spellings(source, column, spellings, extract)
    return resolved


def report_spellings(
    source: Source, column: Column, spellings: dict[str, list[int]], extract: Extract
) -> None:
    """Tell once for each spelling that it was read by an alias, at its first cell."""
    for text, rows in spellings.items():
        answer = source.gazetteer.resolve(text)
        if answer is None:
            continue
        others = f" (และอีก {len(rows) - 1} แถว)" if len(rows) > 1 else ""
        extract.findings.append(
            source.finding(
                "province_alias",
                rows[0],
                column,
                value=text,
                province_code=answer.province_code,
                others=others,
                name=source.gazetteer.provinces[answer.province_code].name_th,
                how=source.gazetteer.how_th[answer.how],
            )
        )


def read_years(
    source: Source, field: str, extract: Extract, *, rows: tuple[int, ...] | None = None
) -> dict[int, int]:
    """Read a year column for rows, by default all records, as Buddhist years; an unreadable one is refused."""
    column = source.table.fields[field]
    years: dict[int, int] = {}
    for row in source.table.records if rows is None else rows:
        value = source.cell_or_merged(row, column)
        year = read_year(source.text(row, field) if is_ditto(value, source.vocabulary) else value)
        if year is None:
            extract.refused.add(row)
            extract.findings.append(source.finding("year_unreadable", row, column))
        else:
            years[row] = year
    return years


def read_year(value: Cell) -> int | None:
    """Read a cell of a year column as a Buddhist year; two digits are one of the 2500s.

    >>> read_year(2549.0), read_year("พ.ศ. ๒๕๖๕"), read_year("FY2022"), read_year("65"), read_year("ไม่ทราบ")
    (2549, 2565, 2565, 2565, None)
    """
    if isinstance(value, float | int) and not isinstance(value, bool):
        return _full_year(int(value)) if float(value).is_integer() else None
    found = _YEAR_CELL.fullmatch(to_arabic_digits(squeeze(cell_text(value))))
    return _full_year(int(found.group(1))) if found else None


def _full_year(number: int) -> int | None:
    """Complete a two-digit Buddhist year; a column of years holds no other two-digit numbers."""
    return 2500 + number if 40 <= number <= 99 else to_buddhist_year(number)


def _refuse_province(source: Source, row: int, column: Column, text: str, extract: Extract) -> None:
    """Refuse a row whose province is unknown, naming the nearest spellings for a person to choose from."""
    near = source.gazetteer.suggest(text)
    suggestion = f" (ใกล้เคียง: {', '.join(near)})" if near else ""
    extract.refused.add(row)
    extract.findings.append(
        source.finding("province_unknown", row, column, value=text, suggestion=suggestion)
    )


def _whole_satang(
    source: Source, column: Column, amounts: list[float | None], extract: Extract
) -> list[int | None]:
    """Round to whole satang, half up; where more than a float's noise is lost, a finding says so."""
    whole = [None if amount is None else floor(amount + 0.5) for amount in amounts]
    if amounts == whole and 0 not in whole:
        return whole
    for row, amount, satang in zip(source.table.records, amounts, whole, strict=True):
        if satang and amount and abs(amount - satang) > _FLOAT_NOISE:
            rounded = f"{satang / 100:,.2f}"
            extract.findings.append(source.finding("amount_rounded", row, column, rounded=rounded))
        elif satang == 0 and amount is not None:
            _tell_zero(source, column, row, amount, extract)
    return whole


def _tell_zero(source: Source, column: Column, row: int, amount: float, extract: Extract) -> None:
    """Tell an amount that words said is zero, or that rounding made zero."""
    if abs(amount) > _FLOAT_NOISE:
        extract.findings.append(source.finding("amount_rounded", row, column, rounded="0.00"))
    elif squeeze(cell_text(source.cell(row, column))) in source.vocabulary.zero:
        extract.findings.append(source.finding("zero_words", row, column))


def _satang(source: Source, value: Cell, unit: Unit) -> float | None:
    """Read one cell of money that is no number."""
    if isinstance(value, date | time):
        raise CellError("amount_is_date", "")
    text = cell_text(value)
    _refuse_error(text)
    plain = squeeze(text)
    if not plain or plain in source.vocabulary.nil:
        return None
    if plain in source.vocabulary.zero:
        return 0
    return float(_parse_baht(text, unit=unit) * 100)


def _refuse_error(text: str) -> None:
    """Refuse what a spreadsheet shows where a formula failed or was never calculated."""
    if text == NO_VALUE:
        raise CellError("formula_without_value", "")
    if text.startswith("#") and text.endswith(("!", "?", "/A")):
        raise CellError("cell_error", "")


def _number(source: Source, value: Cell) -> float | None:
    """Read one cell of an indicator that is no number."""
    text = cell_text(value)
    _refuse_error(text)
    if not squeeze(text) or squeeze(text) in source.vocabulary.nil:
        return None
    try:
        return float(_parse_number(text))
    except CellError as error:
        raise CellError("value_unreadable", error.message_th, proposal=error.proposal) from error
