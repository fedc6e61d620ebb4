"""How far a sheet reaches, told before it is read: a cell in the last corner would make a grid of 17 thousand million.

The reader below makes the whole grid at once and ends the process when there is no memory for it.
"""

from __future__ import annotations

import re

from pipeline.workbook.marks import UNKNOWN_ERROR, Marks, column_number

Extent = tuple[int, int]

# A first cell that is none of these ends the search: a sheet without one spans at most so many cells, and the
# reader of text patterns tells that five times faster than where each cell stands.
_NEAR = tuple(
    (height * width, re.compile(rb'<c(?! r="' + near + rb'")'))
    for height, width, near in (
        (99_999, 26, rb"[A-Za-z]\d{1,5}"),
        (29_999, 78, rb"[ABab]?[A-Za-z][12]?\d{1,4}"),
        (9_999, 260, rb"[A-Ia-i]?[A-Za-z]\d{1,4}"),
        (999, 702, rb"[A-Za-z]{1,2}\d{1,3}"),
    )
)
_PREFIXED = re.compile(rb":c[\s/>]")
_NOT_PLAIN = re.compile(rb'<c(?! r="[A-Za-z]{1,6}\d{1,18}")')
_PLAIN_CELL = re.compile(rb'<c r="([A-Za-z]{1,6})(\d{1,18})"[^>]*(?<!/)>')
_TOKEN = re.compile(rb"<(?:\w+:)?(row|c)(\s[^>]*)?>")
_REFERENCE = re.compile(rb"\sr\s*=\s*[\"']([A-Za-z]{0,6})(\d{1,18})")
_ODS_TOKEN = re.compile(
    rb"<(?:table:table[\s>]|(table:table-row)\b([^>]*)>|table:(?:covered-)?table-cell\b([^>]*)>)"
)
_ODS_TEXT = re.compile(rb"<text:p>(#[^<]{1,40})<")
_ROWS_REPEATED = re.compile(rb"number-rows-repeated\s*=\s*[\"'](\d{1,18})")
_COLUMNS_REPEATED = re.compile(rb"number-columns-repeated\s*=\s*[\"'](\d{1,18})")


def sheet_rows(part: bytes) -> bytes:
    """Cut the rows out of a sheet's XML; all of it where they are not plainly marked."""
    start, end = part.find(b"<sheetData>"), part.rfind(b"</sheetData>")
    return part[start:end] if 0 <= start < end else part


def sheet_extent(rows: bytes, *, cells: int) -> Extent:
    """Say how many rows and columns from A1 a sheet's XML reaches, counting only cells that hold something.

    Args:
        rows: the XML of a sheet's rows.
        cells: how many cells are no matter.

    Returns:
        Rows and columns; 0 and 0 for a sheet that surely spans no more than `cells`.
    """
    # Two bytes are found faster than a pattern, and most sheets do not have them.
    if b":c" in rows and _PREFIXED.search(rows):
        return _walk(rows)
    if any(spanned <= cells and not far.search(rows) for spanned, far in _NEAR):
        return 0, 0
    return _walk(rows) if _NOT_PLAIN.search(rows) else _plain_extent(_PLAIN_CELL.findall(rows))


def _plain_extent(references: list[tuple[bytes, bytes]]) -> Extent:
    """Reach of cells that all say where they stand."""
    columns = {letters for letters, _ in references}
    rows = {number for _, number in references}
    return max(map(int, rows), default=0), max(map(column_number, columns), default=0)


def _walk(rows: bytes) -> Extent:
    """Reach of cells of which some stand where the one before them ends."""
    row = column = height = width = 0
    for token in _TOKEN.finditer(rows):
        attributes = token.group(2) or b""
        place = _REFERENCE.search(attributes)
        if token.group(1) == b"row":
            row, column = int(place.group(2)) if place else row + 1, 0
            continue
        column += 1
        if place:
            row, column = int(place.group(2)), column_number(place.group(1))
        if not attributes.endswith(b"/"):
            height, width = max(height, row), max(width, column)
    return height, width


def survey_ods(content: bytes) -> list[tuple[Extent, Marks]]:
    """Say of each table of an ODS how far it reaches, repeated rows and cells written out, and what its errors say."""
    tables: list[tuple[Extent, Marks]] = []
    row = column = repeated = 0
    for token in _ODS_TOKEN.finditer(content):
        row_tag, row_attributes, cell_attributes = token.groups()
        if row_tag:
            row, column = row + repeated, 0
            repeated = _times(_ROWS_REPEATED, row_attributes)
        elif cell_attributes is None:
            tables.append(((0, 0), {}))
            row = repeated = column = 0
        elif tables:
            (height, width), marks = tables[-1]
            if b'value-type="error"' in cell_attributes:
                marks[row, column] = _ods_error(content, token.end())
            column += _times(_COLUMNS_REPEATED, cell_attributes)
            if not cell_attributes.endswith(b"/"):
                tables[-1] = (max(height, row + repeated), max(width, column)), marks
    return tables


def _ods_error(content: bytes, at: int) -> str:
    """Read the error that a cell shows."""
    shown = _ODS_TEXT.match(content, at)
    return shown.group(1).decode("utf-8", errors="replace") if shown else UNKNOWN_ERROR


def _times(pattern: re.Pattern[bytes], attributes: bytes) -> int:
    """Read how often something is repeated."""
    found = pattern.search(attributes)
    return int(found.group(1)) if found else 1
