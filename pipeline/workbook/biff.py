"""The records of an .xls and an .xlsb: how far each sheet reaches, and what its calculated cells show.

Read before calamine is, which makes the whole grid at once ([MS-XLS] 2.3 and 2.4, [MS-XLSB] 2.3 and 2.4).
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field

from pipeline.workbook.marks import ERROR_TEXTS, NO_VALUE, UNKNOWN_ERROR, Marks
from pipeline.workbook.ole2 import read_stream

_BOF, _EOF, _FILEPASS, _BOUNDSHEET = 0x0809, 0x000A, 0x002F, 0x0085
_DIMENSIONS, _BOOLERR, _FORMULA, _STRING, _MULRK = 0x0200, 0x0205, 0x0006, 0x0207, 0x00BD
# NUMBER, LABEL, LABELSST, RK, RSTRING: row and column first, then what is in the cell.
_PLAIN = {0x0203, 0x0204, 0x00FD, 0x027E, 0x00D6}
_BETWEEN = {0x0221, 0x0021, 0x04BC, 0x0236}  # ARRAY, SHRFMLA and TABLE stand between a formula and its text
_XLSB_ROW, _XLSB_BLANK, _XLSB_ERROR, _XLSB_FORMULA_ERROR, _XLSB_SHEET = 0, 1, 3, 11, 156
_TEXT_FORMULA, _ERROR_FORMULA = 0, 2


@dataclass
class Survey:
    """What is known of one sheet before it is read.

    Attributes:
        height: rows from row 1 to the last cell that holds something.
        width: columns in the same way.
        claimed: rows and columns that the sheet says it has.
        marks: texts of its errors and of its formulas without a value.
    """

    height: int = 0
    width: int = 0
    claimed: tuple[int, int] = (0, 0)
    marks: Marks = field(default_factory=dict)

    def reach(self, row: int, column: int) -> None:
        """Take a cell in, by zero-based row and column."""
        if row >= self.height:
            self.height = row + 1
        if column >= self.width:
            self.width = column + 1


def workbook_stream(content: bytes) -> bytes:
    """Take the records out of an .xls; BIFF8 calls its stream Workbook, BIFF5 Book."""
    return read_stream(content, ("Workbook", "Book"))


def is_protected(stream: bytes) -> bool:
    """Tell whether the records are encrypted."""
    for kind, _, _ in _records(stream, 0):
        if kind in {_FILEPASS, _BOUNDSHEET, _EOF}:
            return kind == _FILEPASS
    return False


def survey_xls(stream: bytes) -> list[Survey]:
    """Survey every sheet of an .xls in the workbook's order."""
    starts = []
    for kind, at, length in _records(stream, 0):
        if kind == _BOUNDSHEET and length >= 4:
            starts.append(struct.unpack_from("<I", stream, at)[0])
        if kind == _EOF:
            break
    return [_survey_sheet(stream, start) for start in starts]


def _records(stream: bytes, at: int) -> Iterator[tuple[int, int, int]]:
    """Walk the records: kind, where the content starts, its length; stops where the stream is cut."""
    end, read = len(stream) - 4, struct.Struct("<HH").unpack_from
    while at <= end:
        kind, length = read(stream, at)
        at += 4
        if at + length > end + 4:
            return
        yield kind, at, length
        at += length


def _survey_sheet(stream: bytes, start: int) -> Survey:
    """Survey one sheet; charts within it are passed over."""
    survey, depth, pending = Survey(), 0, (-1, -1)
    place = struct.Struct("<HH").unpack_from
    for kind, at, length in _records(stream, start):
        if pending[0] >= 0 and kind not in _BETWEEN:
            if kind != _STRING:
                survey.marks[pending] = NO_VALUE
            pending = (-1, -1)
        if kind == _BOF:
            depth += 1
        elif kind == _EOF:
            depth -= 1
            if depth <= 0:
                break
        elif depth > 1 or length < 4:
            continue
        elif kind in _PLAIN:
            survey.reach(*place(stream, at))
        else:
            pending = _survey_other(stream[at : at + length], kind, survey)
    return survey


def _survey_other(record: bytes, kind: int, survey: Survey) -> tuple[int, int]:
    """Take in a record that is more than a cell; returns the cell of a formula whose text should follow."""
    row, column = struct.unpack_from("<HH", record)
    if kind == _MULRK:
        survey.reach(row, struct.unpack_from("<H", record, len(record) - 2)[0])
    elif kind == _DIMENSIONS:
        survey.claimed = _claimed(record)
    elif kind == _BOOLERR and len(record) >= 8:
        survey.reach(row, column)
        if record[7]:
            survey.marks[row, column] = ERROR_TEXTS.get(record[6], UNKNOWN_ERROR)
    elif kind == _FORMULA and len(record) >= 14:
        survey.reach(row, column)
        if record[12:14] == b"\xff\xff" and record[6] == _ERROR_FORMULA:
            survey.marks[row, column] = ERROR_TEXTS.get(record[8], UNKNOWN_ERROR)
        if record[12:14] == b"\xff\xff" and record[6] == _TEXT_FORMULA:
            return row, column
    return -1, -1


def _claimed(record: bytes) -> tuple[int, int]:
    """Read what a sheet says of its size: BIFF8 with rows of four bytes, BIFF5 of two."""
    layout = "<IIHH" if len(record) >= 14 else "<HHHH"
    if len(record) < struct.calcsize(layout):
        return 0, 0
    top, bottom, left, right = struct.unpack_from(layout, record)
    return max(bottom - top, 0), max(right - left, 0)


def survey_xlsb(part: bytes) -> Survey:
    """Survey one sheet's part of an .xlsb."""
    survey, row = Survey(), 0
    for kind, at, length in _parts(part):
        if kind == _XLSB_ROW and length >= 4:
            row = struct.unpack_from("<I", part, at)[0]
        elif _XLSB_BLANK < kind <= _XLSB_FORMULA_ERROR and length >= 8:
            column = struct.unpack_from("<I", part, at)[0]
            survey.reach(row, column)
            if kind in {_XLSB_ERROR, _XLSB_FORMULA_ERROR} and length >= 9:
                survey.marks[row, column] = ERROR_TEXTS.get(part[at + 8], UNKNOWN_ERROR)
    return survey


def xlsb_sheets(workbook: bytes) -> list[tuple[str, str]]:
    """List an .xlsb's sheets in order: name and relation."""
    sheets = []
    for kind, at, length in _parts(workbook):
        if kind == _XLSB_SHEET:
            relation, after = _wide_text(workbook, at + 8, at + length)
            name, _ = _wide_text(workbook, after, at + length)
            sheets.append((name, relation))
    return sheets


def _wide_text(part: bytes, at: int, end: int) -> tuple[str, int]:
    """Read a counted text and where it ends."""
    length = int.from_bytes(part[at : min(at + 4, end)], "little")
    after = min(at + 4 + length * 2, end)
    return part[at + 4 : after].decode("utf-16-le", errors="replace"), after


def _parts(part: bytes) -> Iterator[tuple[int, int, int]]:
    """Walk the records of an .xlsb: kind and length are numbers of seven bits a byte."""
    at = 0
    while at < len(part):
        kind, at = part[at], at + 1
        if kind & 0x80 and at < len(part):
            kind, at = (kind & 0x7F) | (part[at] & 0x7F) << 7, at + 1
        length = shift = 0
        while at < len(part) and shift < 28:
            byte, at = part[at], at + 1
            length |= (byte & 0x7F) << shift
            shift += 7
            if not byte & 0x80:
                break
        if at + length > len(part):
            return
        yield kind, at, length
        at += length
