"""Delimited text: the encoding and the delimiter found, not asked for."""

from __future__ import annotations

import csv
import io
import re

from pipeline.errors import SourceError
from pipeline.workbook.grid import Cell, Sheet, Workbook

_DELIMITERS = (",", "\t", ";", "|")
_PREFIX_LINES = 50
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f]")


def decode(content: bytes) -> tuple[str, str]:
    """Decode bytes as Thai offices write them; returns the text and the encoding's name.

    Tries a byte-order mark, UTF-8, then cp874 (a superset of TIS-620 as it really occurs).

    Raises:
        SourceError: no encoding gives text.
    """
    if content.startswith(b"\xef\xbb\xbf"):
        return content[3:].decode("utf-8", errors="strict"), "utf-8-sig"
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16"), "utf-16"
    for encoding in ("utf-8", "cp874"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if not _CONTROL.search(text):
            return text, encoding
    raise SourceError("file_unreadable", "อ่านไฟล์นี้ไม่ได้: ไม่ใช่ข้อความและไม่ใช่ไฟล์ตารางที่รู้จัก  ส่งเป็น .xlsx หรือ .csv")


def read_delimited(content: bytes, name: str) -> Workbook:
    """Read CSV, TSV or other delimited text as a workbook of one sheet; the file's first line is row 1.

    Raises:
        SourceError: the text has no delimiter that makes it a table.
    """
    text, encoding = decode(content)
    delimiter = find_delimiter(text)
    if delimiter is None:
        raise SourceError(
            "not_a_table", "ไฟล์ข้อความนี้ไม่มีตาราง (ไม่พบตัวคั่นคอลัมน์)  ถ้าเป็นข้อมูล ให้ส่งเป็น .xlsx หรือ .csv"
        )
    # A broken quote in one line must not swallow the rest, so no field may be larger than the file.
    csv.field_size_limit(max(len(text), 131072))
    rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    width = max((len(row) for row in rows), default=0)
    cells = [_padded(row, width) for row in rows]
    return Workbook(container=f"text {encoding}", sheets=(Sheet(name=name, rows=cells),))


def find_delimiter(text: str) -> str | None:
    """Find the delimiter that splits most of the first lines into the same number of columns.

    >>> find_delimiter("จังหวัด;พ.ศ.\\nตาก;2565\\n")
    ';'
    """
    lines = [line for line in text.splitlines()[:_PREFIX_LINES] if line.strip()]
    scores = {delimiter: _agreement(lines, delimiter) for delimiter in _DELIMITERS}
    best = max(scores, key=lambda delimiter: scores[delimiter])
    return best if scores[best] > 0 else None


def _agreement(lines: list[str], delimiter: str) -> float:
    """Score a delimiter: the share of lines with the commonest count of columns, weighted by that count."""
    counts = [len(row) - 1 for row in csv.reader(lines, delimiter=delimiter)]
    common = max(set(counts), key=counts.count, default=0)
    if common == 0 or counts.count(common) * 2 < len(counts):
        return 0
    return counts.count(common) / len(counts) * min(common, 5)


def _padded(row: list[str], width: int) -> list[Cell]:
    """Make a line as wide as the widest, its empty fields None."""
    cells: list[Cell] = [value or None for value in row]
    return cells + [None] * (width - len(row))
