"""HTML tables that Thai systems export under the name .xls, in UTF-8 or TIS-620."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pipeline.errors import SourceError
from pipeline.workbook.grid import Cell, Merge, Sheet, Workbook
from pipeline.workbook.text import decode

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([\w-]+)", re.IGNORECASE)
_THAI_CHARSETS = {"tis-620", "tis620", "windows-874", "iso-8859-11", "cp874"}
_MAX_SPAN = 1000


def looks_like_html(content: bytes) -> bool:
    """Tell an HTML table by its content, whatever the file's name."""
    head = content[:65536].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    return head.startswith(b"<") and (b"<table" in head or b"<html" in head)


def read_html(content: bytes) -> Workbook:
    """Read every table of an HTML document, one below the other as a spreadsheet program shows them.

    Raises:
        SourceError: the document has no table.
    """
    from lxml import html

    text, encoding = _decode_html(content)
    parser = html.HTMLParser(no_network=True, remove_comments=True, recover=True)
    document = html.document_fromstring(text, parser=parser) if text.strip() else None
    tables = [] if document is None else document.findall(".//table")
    if not tables:
        raise SourceError("not_a_table", "ไฟล์ HTML นี้ไม่มีตาราง  ส่งเป็น .xlsx หรือ .csv")
    grid: dict[tuple[int, int], Cell] = {}
    merges: list[Merge] = []
    height = 0
    for table in tables:
        height = _place_table(table, grid, merges, top=height)
    width = max((column for _, column in grid), default=-1) + 1
    rows = [[grid.get((row, column)) for column in range(width)] for row in range(height)]
    return Workbook(container=f"html {encoding}", sheets=(Sheet("Sheet1", rows, tuple(merges)),))


def _decode_html(content: bytes) -> tuple[str, str]:
    """Decode by the document's own charset where it is a Thai one, else as any text."""
    declared = _CHARSET.search(content[:4096])
    name = declared.group(1).decode("ascii").lower() if declared else ""
    if name in _THAI_CHARSETS:
        return content.decode("cp874", errors="replace"), "cp874"
    text, encoding = decode(content)
    return text, encoding


def _place_table(
    table: HtmlElement, grid: dict[tuple[int, int], Cell], merges: list[Merge], *, top: int
) -> int:
    """Put a table's cells in the grid from a row on; returns the first row below it."""
    taken: set[tuple[int, int]] = set()
    row_number = top
    for row in table.iter("tr"):
        column = 0
        for cell in row.iterchildren("td", "th"):
            while (row_number, column) in taken:
                column += 1
            down, across = _span(cell, "rowspan"), _span(cell, "colspan")
            grid[row_number, column] = cell.text_content().strip() or None
            if down > 1 or across > 1:
                merges.append(Merge(row_number, column, row_number + down - 1, column + across - 1))
                taken.update((row_number + i, column + j) for i in range(down) for j in range(across))
            column += across
        row_number += 1
    return row_number


def _span(cell: HtmlElement, attribute: str) -> int:
    """Read a span, within bounds."""
    text = cell.get(attribute, "1")
    return min(max(int(text), 1), _MAX_SPAN) if text.isdecimal() else 1
