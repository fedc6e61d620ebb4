"""xlsx, xlsm, xlsb, xls and ods through calamine."""

from __future__ import annotations

import io

from pipeline.errors import SourceError
from pipeline.workbook.grid import Cell, Merge, Sheet, Workbook

_UNREADABLE = "เปิดไฟล์นี้ไม่ได้: ไฟล์เสียหรือมีรหัสผ่าน  เปิดในโปรแกรมตาราง บันทึกใหม่เป็น .xlsx แล้วส่งอีกครั้ง"


def read_excel(content: bytes, container: str) -> Workbook:
    """Read every sheet of a workbook, cells where the file has them.

    Raises:
        SourceError: the file is damaged or protected by a password.
    """
    import python_calamine

    try:
        book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
        sheets = tuple(_read_sheet(book, index) for index in range(len(book.sheet_names)))
    except (python_calamine.CalamineError, python_calamine.PasswordError, OSError, ValueError) as error:
        raise SourceError("file_unreadable", _UNREADABLE) from error
    except BaseException as error:
        # A panic of the reader on a damaged file is no Exception; anything else goes on up.
        if type(error).__name__ != "PanicException":
            raise
        raise SourceError("file_unreadable", _UNREADABLE) from None
    return Workbook(container=container, sheets=sheets)


def _read_sheet(book: object, index: int) -> Sheet:
    """Read one sheet; charts and the like have no cells."""
    import python_calamine

    assert isinstance(book, python_calamine.CalamineWorkbook)
    metadata = book.sheets_metadata[index]
    is_hidden = metadata.visible != python_calamine.SheetVisibleEnum.Visible
    if metadata.typ != python_calamine.SheetTypeEnum.WorkSheet:
        return Sheet(metadata.name, [], is_hidden=is_hidden)
    sheet = book.get_sheet_by_index(index)
    rows: list[list[Cell]] = [
        [None if value == "" else value for value in row] for row in sheet.to_python(skip_empty_area=False)
    ]
    merges = tuple(
        Merge(top, left, bottom, right) for (top, left), (bottom, right) in sheet.merged_cell_ranges or ()
    )
    return Sheet(metadata.name, rows, merges, is_hidden)
