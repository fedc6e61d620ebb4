"""What a calculated cell says when it has no value to give: its error, or that it was never calculated.

Calamine reads both as empty text, and a total that is an error is not a total that was left blank.
"""

from __future__ import annotations

import re

from pipeline.workbook.grid import column_index

NO_VALUE = "#NO_VALUE!"
UNKNOWN_ERROR = "#ERROR!"
# [MS-XLS] 2.5.10 BErr, the same in xlsb.
ERROR_TEXTS = {
    0x00: "#NULL!",
    0x07: "#DIV/0!",
    0x0F: "#VALUE!",
    0x17: "#REF!",
    0x1D: "#NAME?",
    0x24: "#NUM!",
    0x2A: "#N/A",
    0x2B: "#GETTING_DATA",
}
Marks = dict[tuple[int, int], str]

_ERROR_TYPE = re.compile(rb"\st\s*=\s*[\"']e[\"']")
_STRING_TYPE = re.compile(rb"\st\s*=\s*[\"']str[\"']")
_FORMULA = re.compile(rb"<(?:\w+:)?f[\s>/]")
_VALUE = re.compile(rb"<(?:\w+:)?v(?:\s[^>]*)?(?:/>|>([^<]*)<)")
_ERROR_TEXT = re.compile(r"#[A-Z0-9/_]{1,20}[!?]?")
_CELL = re.compile(
    rb"<(?:\w+:)?c(\s(?:[^>]*[^>/])?)>"
    rb"((?:<(?:\w+:)?f(?:\s[^>]*)?(?:/>|>[^<]*</(?:\w+:)?f>))?"
    rb"(?:<(?:\w+:)?v(?:\s[^>]*)?(?:/>|>(?:#[^<]*)?</(?:\w+:)?v>))?)</(?:\w+:)?c>"
)
_REFERENCE = re.compile(rb"\sr\s*=\s*[\"']([A-Za-z]{1,3})(\d{1,7})[\"']")


def may_hold_marks(rows: bytes) -> bool:
    """Tell cheaply whether a sheet's rows can hold an error or a formula at all."""
    # One byte is found many times faster than several: most sheets have neither of these.
    return (b"#" in rows and bool(_ERROR_TYPE.search(rows))) or (b"f" in rows and bool(_FORMULA.search(rows)))


def find_marks(rows: bytes) -> Marks:
    """Find the errors and the formulas without a value in a sheet's XML, by zero-based row and column."""
    marks: Marks = {}
    for cell in _CELL.finditer(rows):
        text = _mark(cell.group(1), cell.group(2))
        place = _REFERENCE.search(cell.group(1)) if text else None
        if text and place:
            marks[int(place.group(2)) - 1, column_number(place.group(1)) - 1] = text
    return marks


def column_number(letters: bytes) -> int:
    """Number a column from 1.

    >>> column_number(b"A"), column_number(b"xfd")
    (1, 16384)
    """
    return column_index(letters.decode("ascii").upper()) + 1


def _mark(attributes: bytes, inner: bytes) -> str | None:
    """Say what a cell without a plain value shows, or that it is merely empty."""
    value = _VALUE.search(inner)
    text = (value.group(1) or b"").decode("utf-8", errors="replace").strip() if value else ""
    if _ERROR_TYPE.search(attributes):
        return text if _ERROR_TEXT.fullmatch(text) else UNKNOWN_ERROR
    is_empty_text = value is not None and _STRING_TYPE.search(attributes)
    return NO_VALUE if not text and not is_empty_text and _FORMULA.search(inner) else None
