"""Any file -> sheets of cells, told by its content and not by its name."""

from __future__ import annotations

import zipfile
from io import BytesIO
from pathlib import Path

from pipeline.errors import SourceError
from pipeline.workbook.excel import read_excel
from pipeline.workbook.grid import Cell, Merge, Sheet, Workbook, address, cell_text, column_letters
from pipeline.workbook.html import looks_like_html, read_html
from pipeline.workbook.text import read_delimited

__all__ = ["Cell", "Merge", "Sheet", "Workbook", "address", "cell_text", "column_letters", "read_workbook"]

_OLE2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = b"PK\x03\x04"
_KNOWN_OTHERS = {
    b"%PDF": "PDF",
    b"\x89PNG": "รูปภาพ",
    b"\xff\xd8\xff": "รูปภาพ",
    b"GIF8": "รูปภาพ",
    b"Rar!": "ไฟล์บีบอัด",
    b"7z\xbc\xaf": "ไฟล์บีบอัด",
    b"SQLi": "ฐานข้อมูล",
}


def read_workbook(path: Path) -> Workbook:
    """Read a file as sheets of cells.

    Raises:
        SourceError: the file is empty, of another kind, damaged or protected; says what to send instead.
    """
    content = path.read_bytes()
    if not content.strip(b"\0 \t\r\n"):
        raise SourceError("file_empty", "ไฟล์ว่างเปล่า  ตรวจว่าบันทึกครบแล้วส่งอีกครั้ง")
    if content.startswith(_OLE2):
        return read_excel(content, "xls")
    if content.startswith(_ZIP):
        return read_excel(content, _zip_container(content))
    kind = next((kind for magic, kind in _KNOWN_OTHERS.items() if content.startswith(magic)), None)
    if kind:
        raise SourceError("file_kind", f"ไฟล์นี้เป็น{kind} ไม่ใช่ตาราง  ส่งเป็น .xlsx หรือ .csv")
    if looks_like_html(content):
        return read_html(content)
    return read_delimited(content, path.stem)


def _zip_container(content: bytes) -> str:
    """Tell which spreadsheet a zip is, by its members."""
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            names = set(archive.namelist())
    except zipfile.BadZipFile as error:
        raise SourceError("file_unreadable", "เปิดไฟล์นี้ไม่ได้: ไฟล์เสีย  ส่งใหม่อีกครั้ง") from error
    if "xl/workbook.bin" in names:
        return "xlsb"
    if "xl/workbook.xml" in names:
        return "xlsm" if "xl/vbaProject.bin" in names else "xlsx"
    if "content.xml" in names:
        return "ods"
    raise SourceError("file_kind", "ไฟล์บีบอัดนี้ไม่ใช่ไฟล์ตาราง  แตกไฟล์แล้วส่งเฉพาะ .xlsx หรือ .csv")
