"""HTML tables that Thai systems export under the name .xls, in UTF-8 or TIS-620."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pipeline.errors import SourceError
from pipeline.workbook.grid import Cell, Merge, Sheet, Workbook
from pipeline.workbook.limits import Limits, check_area, check_limit
from pipeline.workbook.text import decode

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([\w-]+)", re.IGNORECASE)
_THAI_CHARSETS = {"tis-620", "tis620", "windows-874", "iso-8859-11", "cp874"}
_MAX_SPAN = 1000
# What begins and ends a line of text outside tables, and what is not shown.
_BLOCKS = frozenset(
    {
        "table",
        "p",
        "div",
        "br",
        "hr",
        "center",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "li",
        "ul",
        "ol",
        "pre",
        "body",
    }
)
_MOST_LINES = 50
_UNSEEN = frozenset({"head", "script", "style", "title", "noscript"})


def looks_like_html(content: bytes) -> bool:
    """Tell an HTML table by its content, whatever the file's name."""
    head = content[:65536].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    return head.startswith(b"<") and (b"<table" in head or b"<html" in head)


def read_html(content: bytes, limits: Limits) -> Workbook:
    """Read every table of an HTML document, one below the other as a spreadsheet program shows them.

    Raises:
        SourceError: the document has no table, or is over a limit.
    """
    from lxml import etree, html

    text, encoding = _decode_html(content)
    parser = html.HTMLParser(no_network=True, remove_comments=True, recover=True)
    try:
        document = html.document_fromstring(text, parser=parser) if text.strip() else None
    except (etree.ParserError, ValueError) as error:
        raise SourceError("file_unreadable", "อ่านไฟล์ HTML นี้ไม่ได้: ไฟล์เสีย  ส่งเป็น .xlsx หรือ .csv") from error
    tables = [] if document is None else document.findall(".//table")
    _check_depth(tables, parser.error_log, limits)
    if not tables:
        raise SourceError("not_a_table", "ไฟล์ HTML นี้ไม่มีตาราง  ส่งเป็น .xlsx หรือ .csv")
    canvas = _Canvas(limits)
    for table in tables:
        _place_table(table, canvas)
    rows = [
        [canvas.cells.get((row, column)) for column in range(canvas.width)] for row in range(canvas.height)
    ]
    sheet = Sheet("Sheet1", rows, tuple(canvas.merges), captions=_texts_outside(document))
    return Workbook(container=f"html {encoding}", sheets=(sheet,))


@dataclass
class _Canvas:
    """The grid as far as it is laid out."""

    limits: Limits
    cells: dict[tuple[int, int], Cell] = field(default_factory=dict)
    merges: list[Merge] = field(default_factory=list)
    height: int = 0
    width: int = 0
    merged: int = 0

    def place(self, column: int, text: str | None, down: int, across: int) -> None:
        """Put a cell in the last row, within the limits."""
        self.cells[self.height - 1, column] = text
        self.width = max(self.width, column + 1)
        check_area(self.height, self.width, self.limits)
        if down > 1 or across > 1:
            row = self.height - 1
            self.merges.append(Merge(row, column, row + down - 1, column + across - 1))
            self.merged += down * across
            check_area(self.merged, 1, self.limits)


def _check_depth(tables: list[HtmlElement], problems: Iterable[object], limits: Limits) -> None:
    """Refuse tables within tables beyond any real layout, and what the parser cut off because it nests too deep."""
    advice = "เปิดในโปรแกรมตาราง บันทึกใหม่เป็น .xlsx แล้วส่งอีกครั้ง"
    deepest = max((sum(1 for _ in table.iterancestors("table")) + 1 for table in tables), default=0)
    check_limit("ตารางซ้อนในตาราง (ชั้น)", found=deepest, limit=limits.html_table_depth, advice=advice)
    if any("depth" in str(problem) for problem in problems):
        raise SourceError("file_too_large", f"ส่วนต่าง ๆ ใน HTML นี้ซ้อนกันเกิน 256 ชั้น  {advice}")


def _decode_html(content: bytes) -> tuple[str, str]:
    """Decode by the document's own charset where it is a Thai one, else as any text."""
    declared = _CHARSET.search(content[:4096])
    name = declared.group(1).decode("ascii").lower() if declared else ""
    if name in _THAI_CHARSETS:
        return content.decode("cp874", errors="replace"), "cp874"
    text, encoding = decode(content)
    return text, encoding


def _texts_outside(document: HtmlElement) -> tuple[str, ...]:
    """The lines of text outside tables, in order: titles, units and notes that a system prints around its table."""
    from lxml import etree

    lines = [""]
    depth = 0
    for event, element in etree.iterwalk(document, events=("start", "end")):
        tag = element.tag if isinstance(element.tag, str) else ""
        if tag in _BLOCKS:
            lines.append("")
        if tag == "table" or tag in _UNSEEN:
            depth += 1 if event == "start" else -1
        if depth == 0:
            lines[-1] += (element.text if event == "start" else element.tail) or ""
    captions = (caption.text_content() for caption in document.iter("caption"))
    cleaned = (" ".join(str(line).split()) for line in (*lines, *captions))
    return tuple(line for line in cleaned if line)[:_MOST_LINES]


def _place_table(table: HtmlElement, canvas: _Canvas) -> None:
    """Put a table's cells in the grid below what is there."""
    taken: set[tuple[int, int]] = set()
    level = sum(1 for _ in table.iterancestors("table")) + 1
    for row in table.iter("tr"):
        if next(row.iterancestors("table")) is not table:
            continue
        canvas.height += 1
        row_number, column = canvas.height - 1, 0
        for cell in row.iterchildren("td", "th"):
            while (row_number, column) in taken:
                column += 1
            down, across = _span(cell, "rowspan"), _span(cell, "colspan")
            canvas.place(column, _text(cell, level) or None, down, across)
            if down > 1 or across > 1:
                taken.update((row_number + i, column + j) for i in range(down) for j in range(across))
            column += across


def _text(cell: HtmlElement, level: int) -> str:
    """Read a cell's text without that of a table within it, which is read as a table."""
    if cell.find(".//table") is None:
        return str(cell.text_content()).strip()
    return "".join(cell.xpath(".//text()[count(ancestor::table) = $level]", level=level)).strip()


def _span(cell: HtmlElement, attribute: str) -> int:
    """Read a span, within bounds."""
    text = cell.get(attribute, "1")
    return min(max(int(text), 1), _MAX_SPAN) if text.isdecimal() and len(text) < 10 else 1
