"""Delimited text: the encoding and the delimiter found, not asked for."""

from __future__ import annotations

import csv
import io
import re

from pipeline.errors import SourceError
from pipeline.workbook.grid import Cell, Sheet, Workbook
from pipeline.workbook.limits import Limits, check_area

_DELIMITERS = (",", "\t", ";", "|")
_PREFIX_LINES = 50
_UTF_8_MARK = b"\xef\xbb\xbf"
_MOST_NULS = 0.1
_LOST = "\ufffd"
_MOST_LOST = 0.02
_MOST_LINES = 0.8
_WIDE_SPACES = re.compile(r" {2,}|\u3000+")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f]")


def decode(content: bytes) -> tuple[str, str]:
    """Decode bytes as Thai offices write them; returns the text and the encoding's name.

    Where no encoding fits the whole, as in files that were pasted together, each line is read on its own, and a byte
    that is no letter at all becomes U+FFFD, which is told, as long as such bytes are few.

    Tries a byte-order mark, UTF-16 that shows by its every other byte, UTF-8, then cp874 (a superset of TIS-620
    as it really occurs). Single NUL bytes, which programs that write records of fixed length leave, are dropped.

    Raises:
        SourceError: no encoding gives text.
    """
    wide = _utf_16(content)
    if not wide and content.count(0) <= len(content) * _MOST_NULS:
        content = content.replace(b"\0", b"")
    mark = len(_UTF_8_MARK) if content.startswith(_UTF_8_MARK) else 0
    encodings = (wide,) if wide else ("utf-8-sig",) if mark else ("utf-8", "cp874")
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if not _CONTROL.search(text):
            return text, encoding
    mixed = "" if wide else _decode_lines(content)
    if mixed and not _CONTROL.search(mixed):
        return mixed, "mixed"
    raise SourceError("file_unreadable", "อ่านไฟล์นี้ไม่ได้: ไม่ใช่ข้อความและไม่ใช่ไฟล์ตารางที่รู้จัก  ส่งเป็น .xlsx หรือ .csv")


def _decode_lines(content: bytes) -> str:
    """Decode each line as UTF-8 or else as cp874; empty where more than a few letters are lost."""
    lines = [_decode_line(line) for line in content.removeprefix(_UTF_8_MARK).split(b"\n")]
    text = "\n".join(lines)
    letters = sum(not letter.isascii() for letter in text)
    return text if text.count(_LOST) <= letters * _MOST_LOST else ""


def _decode_line(line: bytes) -> str:
    """Decode one line."""
    for encoding in ("utf-8", "cp874"):
        try:
            return line.decode(encoding)
        except UnicodeDecodeError:
            continue
    options = [line.decode(encoding, errors="replace") for encoding in ("utf-8", "cp874")]
    return min(options, key=lambda text: text.count(_LOST))


def _utf_16(content: bytes) -> str:
    """Name the UTF-16 that bytes are in, with its mark or without: Thai and ASCII have 0x0E and 0 in every other."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    head = content[:65536]
    half = len(head) // 2
    if len(content) % 2 or not half:
        return ""
    for encoding, high in (("utf-16-le", head[1::2]), ("utf-16-be", head[::2])):
        if high.count(0) and high.count(0) + high.count(0x0E) > half * 0.9:
            return encoding
    return ""


def read_delimited(content: bytes, name: str, limits: Limits) -> Workbook:
    """Read CSV, TSV or other delimited text as a workbook of one sheet; the file's first line is row 1.

    Raises:
        SourceError: the text has no delimiter that makes it a table, or is over a limit.
    """
    text, encoding = decode(content)
    csv.field_size_limit(limits.field_chars)
    try:
        delimiter = find_delimiter(text)
        rows = _split(text, delimiter, limits) if delimiter else _split_by_spaces(text)
        if rows is None:
            raise SourceError(
                "not_a_table", "ไฟล์ข้อความนี้ไม่มีตาราง (ไม่พบตัวคั่นคอลัมน์)  ถ้าเป็นข้อมูล ให้ส่งเป็น .xlsx หรือ .csv"
            )
        check_area(len(rows), max(map(len, rows), default=0), limits)
    except csv.Error as error:
        raise SourceError(
            "file_too_large",
            f'มีช่องที่ยาวเกินขีดจำกัด {limits.field_chars:,} ตัวอักษร  ตรวจเครื่องหมายคำพูด (") ที่ไม่ปิด แล้วส่งอีกครั้ง',
        ) from error
    width = max((len(row) for row in rows), default=0)
    cells = [_padded(row, width) for row in rows]
    return Workbook(container=f"text {encoding}", sheets=(Sheet(name=name, rows=cells),))


def _split(text: str, delimiter: str, limits: Limits) -> list[list[str]]:
    """Split text into rows of fields, as far as the grid that they make is within the limits."""
    rows: list[list[str]] = []
    width = 0
    for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter):
        rows.append(row)
        width = max(width, len(row))
        check_area(len(rows), width, limits)
    return rows


def find_delimiter(text: str) -> str | None:
    """Find the delimiter that splits most of the first lines into the same number of columns.

    >>> find_delimiter("จังหวัด;พ.ศ.\\nตาก;2565\\n")
    ';'
    """
    lines = [line for line in text.splitlines()[:_PREFIX_LINES] if line.strip()]
    scores = {delimiter: _agreement(lines, delimiter) for delimiter in _DELIMITERS}
    best = max(scores, key=lambda delimiter: scores[delimiter])
    return best if scores[best] > 0 else None


def _split_by_spaces(text: str) -> list[list[str]] | None:
    """Split text that a program printed in columns: two spaces or more between them; None where it is no such table."""
    lines = text.splitlines()
    rows = [_WIDE_SPACES.split(line.strip()) if line.strip() else [] for line in lines]
    widths = [len(row) for row in rows if row]
    common = max(set(widths), key=widths.count, default=0)
    is_table = common > 1 and len(widths) > 2 and widths.count(common) >= len(widths) * _MOST_LINES
    return rows if is_table else None


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
