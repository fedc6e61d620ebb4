"""xlsx, xlsm, xlsb, xls and ods through calamine, after a survey that says they are within the limits."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from pipeline.errors import SourceError
from pipeline.workbook.grid import Cell, Merge, Sheet, Workbook
from pipeline.workbook.limits import Limits, check_area, check_cells, check_sheets
from pipeline.workbook.marks import Marks

if TYPE_CHECKING:
    from python_calamine import CalamineWorkbook

_ERROR_STREAM = 2
_FEW = 3
_UNREADABLE = "เปิดไฟล์นี้ไม่ได้: ไฟล์เสียหรือมีรหัสผ่าน  เปิดในโปรแกรมตาราง บันทึกใหม่เป็น .xlsx แล้วส่งอีกครั้ง"


def read_excel(content: bytes, container: str, marks: list[Marks], limits: Limits) -> Workbook:
    """Read every sheet of a workbook, cells where the file has them.

    Args:
        content: the file.
        container: what it was found to be.
        marks: by sheet, the texts of cells that show an error or have no value; may end early.
        limits: what a file may hold.

    Raises:
        SourceError: the file is damaged, protected by a password, or over a limit.
    """
    import python_calamine

    try:
        with _quiet():
            book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
            return Workbook(container=container, sheets=_read_sheets(book, marks, limits))
    except python_calamine.PasswordError as error:
        raise SourceError("file_protected", _UNREADABLE) from error
    except (python_calamine.CalamineError, OSError, ValueError) as error:
        raise SourceError("file_unreadable", _UNREADABLE) from error
    except BaseException as error:
        # A panic of the reader on a damaged file is no Exception; anything else goes on up.
        if type(error).__name__ != "PanicException":
            raise
        raise SourceError("file_unreadable", _UNREADABLE) from None


@contextmanager
def _quiet() -> Iterator[None]:
    """Keep what the reader below writes to the error stream by itself, where it panics, off the terminal."""
    sys.stderr.flush()
    kept = os.dup(_ERROR_STREAM)
    nowhere = os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(nowhere, _ERROR_STREAM)
        yield
    finally:
        os.dup2(kept, _ERROR_STREAM)
        os.close(kept)
        os.close(nowhere)


def _read_sheets(book: CalamineWorkbook, marks: list[Marks], limits: Limits) -> tuple[Sheet, ...]:
    """Read the sheets one after the other, as far as their cells together are within the limits."""
    count = len(book.sheet_names)
    check_sheets(count, limits)
    sheets, total = [], 0
    for index in range(count):
        sheet = _read_sheet(book, index, limits)
        total += len(sheet.rows) * len(sheet.rows[0]) if sheet.rows else 0
        check_cells(total, limits)
        if index < len(marks):
            _place_marks(sheet.rows, marks[index])
        sheets.append(sheet)
    return tuple(sheets)


def _read_sheet(book: CalamineWorkbook, index: int, limits: Limits) -> Sheet:
    """Read one sheet; charts and the like have no cells."""
    import python_calamine

    metadata = book.sheets_metadata[index]
    is_hidden = metadata.visible != python_calamine.SheetVisibleEnum.Visible
    if metadata.typ != python_calamine.SheetTypeEnum.WorkSheet:
        return Sheet(metadata.name, [], is_hidden=is_hidden)
    sheet = book.get_sheet_by_index(index)
    check_area(sheet.total_height, sheet.total_width, limits, sheet=metadata.name)
    rows = _without_empty(sheet.to_python(skip_empty_area=False))
    merges = tuple(
        Merge(top, left, bottom, right) for (top, left), (bottom, right) in sheet.merged_cell_ranges or ()
    )
    return Sheet(metadata.name, rows, merges, is_hidden)


def _without_empty(rows: list[list[Any]]) -> list[list[Cell]]:
    """Write None over the empty texts that the reader gives for empty cells; the same lists."""
    for row in rows:
        count = row.count("")
        if count > _FEW:
            row[:] = [value or (None if value == "" else value) for value in row]
            continue
        # One after the other is faster than cell by cell, as long as they are few.
        for _ in range(count):
            row[row.index("")] = None
    return rows


def _place_marks(rows: list[list[Cell]], marks: Marks) -> None:
    """Write the marks where the reader found nothing, on a grid that reaches as far as they do."""
    if not marks:
        return
    height = max(row for row, _ in marks) + 1
    width = max(max(column for _, column in marks) + 1, len(rows[0]) if rows else 0)
    rows.extend([] for _ in range(height - len(rows)))
    for row in rows:
        row.extend([None] * (width - len(row)))
    for (row_number, column), text in marks.items():
        if rows[row_number][column] is None:
            rows[row_number][column] = text
