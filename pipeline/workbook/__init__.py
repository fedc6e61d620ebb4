"""Any file -> sheets of cells, told by its content and not by its name."""

from __future__ import annotations

from pathlib import Path

from pipeline.errors import SourceError
from pipeline.workbook.excel import read_excel
from pipeline.workbook.grid import (
    LARGEST_WHOLE,
    Cell,
    Merge,
    Sheet,
    Workbook,
    address,
    cell_text,
    cell_texts,
    column_index,
    column_letters,
)
from pipeline.workbook.html import looks_like_html, read_html
from pipeline.workbook.limits import LIMITS, Limits, check_limit
from pipeline.workbook.marks import NO_VALUE
from pipeline.workbook.ole2 import MAGIC
from pipeline.workbook.survey import survey_ole2, survey_zip
from pipeline.workbook.text import read_delimited

__all__ = [
    "LARGEST_WHOLE",
    "LIMITS",
    "NO_VALUE",
    "Cell",
    "Limits",
    "Merge",
    "Sheet",
    "Workbook",
    "address",
    "cell_text",
    "cell_texts",
    "column_index",
    "column_letters",
    "read_workbook",
]

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


def read_workbook(path: Path, limits: Limits = LIMITS) -> Workbook:
    """Read a file as sheets of cells.

    Args:
        path: the file, told by its content and not by its name.
        limits: what it may hold; the defaults are beyond what any office sends.

    Raises:
        SourceError: the file is empty, of another kind, damaged, protected or too large; says what to send instead.
    """
    advice = "ลบรูปภาพและชีตที่ไม่ใช้ หรือแบ่งเป็นหลายไฟล์ แล้วส่งอีกครั้ง"
    check_limit("ขนาดไฟล์ (ไบต์)", found=path.stat().st_size, limit=limits.file_bytes, advice=advice)
    content = path.read_bytes()
    if not content.strip(b"\0 \t\r\n"):
        raise SourceError("file_empty", "ไฟล์ว่างเปล่า  ตรวจว่าบันทึกครบแล้วส่งอีกครั้ง")
    if content.startswith(MAGIC):
        return read_excel(content, "xls", survey_ole2(content, limits), limits)
    if content.startswith(_ZIP):
        package = survey_zip(content, limits)
        return read_excel(content, package.container, package.sheet_marks(), limits)
    kind = next((kind for magic, kind in _KNOWN_OTHERS.items() if content.startswith(magic)), None)
    if kind:
        raise SourceError("file_kind", f"ไฟล์นี้เป็น{kind} ไม่ใช่ตาราง  ส่งเป็น .xlsx หรือ .csv")
    if looks_like_html(content):
        return read_html(content, limits)
    return read_delimited(content, path.stem, limits)
