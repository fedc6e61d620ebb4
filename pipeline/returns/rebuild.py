"""A workbook of the cells that were read, for files that are no xlsx."""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import cast

import openpyxl
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from pipeline.workbook import Cell, Sheet, cell_text

RISKY = ("=", "+", "-", "@", "\t", "\r")
_FIRST_YEAR = 1900
_NARROWEST, _WIDEST = 9, 60
_DAY, _MOMENT = "yyyy-mm-dd", "yyyy-mm-dd hh:mm"


def cell_at(page: Worksheet, row: int, column: int) -> openpyxl.cell.Cell:
    """The cell of a sheet at a row and a column that are no covered part of a merged range."""
    return cast("openpyxl.cell.Cell", page.cell(row, column))


def put_text(cell: openpyxl.cell.Cell, text: str) -> None:
    """Write a text as text, whatever it begins with: a spreadsheet program never runs it as a formula."""
    clean = ILLEGAL_CHARACTERS_RE.sub("", text)
    cell.value = clean
    if clean:
        cell.data_type = "s"
    if clean.startswith(RISKY):
        cell.quotePrefix = True


def rebuild_workbook(sheets: Sequence[Sheet], titles: Sequence[str]) -> openpyxl.Workbook:
    """Write sheets into a new workbook: values, numbers and dates as they are, merged ranges, guessed widths.

    Args:
        sheets: the sheets as read.
        titles: their names, such as a spreadsheet program takes.
    """
    book = openpyxl.Workbook()
    for page in list(book.worksheets):
        book.remove(page)
    for sheet, title in zip(sheets, titles, strict=True):
        page = book.create_sheet(title)
        _write_cells(page, sheet)
        for merge in sheet.merges:
            corners = (merge.top + 1, merge.left + 1, merge.bottom + 1, merge.right + 1)
            if corners[:2] != corners[2:]:
                page.merge_cells(
                    start_row=corners[0], start_column=corners[1], end_row=corners[2], end_column=corners[3]
                )
        page.sheet_state = "hidden" if sheet.is_hidden else "visible"
    return book


def _write_cells(page: Worksheet, sheet: Sheet) -> None:
    """Write a sheet's cells, and make each column about as wide as what stands in it."""
    for column, cells in enumerate(sheet.columns, start=1):
        widest = 0
        for row, value in enumerate(cells, start=1):
            if value is None:
                continue
            _write_cell(cell_at(page, row, column), value)
            widest = max(widest, len(value) if isinstance(value, str) else 12)
        width = min(max(widest + 2, _NARROWEST), _WIDEST)
        page.column_dimensions[get_column_letter(column)].width = width


def _write_cell(cell: openpyxl.cell.Cell, value: Cell) -> None:
    """Write one value; what a spreadsheet program has no number for is written as text."""
    is_number = isinstance(value, bool | int | time | timedelta) or (
        isinstance(value, float) and math.isfinite(value)
    )
    is_day = isinstance(value, date) and value.year >= _FIRST_YEAR
    if not is_number and not is_day:
        put_text(cell, cell_text(value))
        return
    cell.value = value
    if is_day:
        has_time = isinstance(value, datetime) and value.time() != time()
        cell.number_format = _MOMENT if has_time else _DAY
