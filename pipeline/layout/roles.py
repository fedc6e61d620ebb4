"""The role of every row: words and what stands beside them decide together."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.layout.headers import is_number
from pipeline.layout.model import HEADER, NOTE, RECORD, SECTION, SUBTOTAL, TITLE, TOTAL, Column, Header
from pipeline.layout.vocabulary import Vocabulary
from pipeline.thai import clean_text, squeeze, to_arabic_digits
from pipeline.workbook import Cell, Sheet, cell_text

_COUNT = re.compile(r"(?:จำนวน)?\d+(?:โครงการ|รายการ|กิจกรรม|แห่ง|คน)?(?:เป็นเงิน|เป็นเงินทั้งสิ้น)?")
_EDGE = " :：*."


def assign_roles(
    sheet: Sheet, header: Header, columns: tuple[Column, ...], vocabulary: Vocabulary
) -> dict[int, str]:
    """Give every used row of a sheet one role, by zero-based row.

    Rows above the head are titles; below it, rows with a subject are records, rows whose words are those
    of a total and that have no running number are totals; what stands below the last of them is a note.
    """
    roles: dict[int, str] = {}
    head_texts = [squeeze(cell_text(cell)) for cell in sheet.rows[header.rows[-1]] if cell is not None]
    for number, row in enumerate(sheet.rows):
        if not any(cell is not None and cell_text(cell).strip() for cell in row):
            continue
        if number < header.first:
            roles[number] = TITLE
        elif (
            number <= header.last
            or [squeeze(cell_text(cell)) for cell in row if cell is not None] == head_texts
        ):
            roles[number] = HEADER
        else:
            roles[number] = _body_role(row, columns, vocabulary)
    return _settle_notes(roles)


def total_role(row: Sequence[Cell], columns: tuple[Column, ...], vocabulary: Vocabulary) -> str | None:
    """Tell a total or subtotal by its words; a row with a running number is neither."""
    for column in columns:
        if column.measure or column.is_percent or column.index >= len(row) or row[column.index] is None:
            continue
        text = cell_text(row[column.index])
        if column.field == "row_no" and is_number(text):
            return None
        return _total_words(text, vocabulary)
    return None


def _total_words(text: str, vocabulary: Vocabulary) -> str | None:
    """Look a text up among the words of totals, with a count taken off: "รวม 32 โครงการ"."""
    plain = squeeze(to_arabic_digits(text)).strip(_EDGE)
    bare = _COUNT.sub("", plain).strip(_EDGE)
    if plain in vocabulary.totals or bare in vocabulary.totals:
        return TOTAL
    if bare in vocabulary.subtotals or plain.startswith(vocabulary.subtotal_starts):
        return SUBTOTAL
    return None


def _body_role(row: Sequence[Cell], columns: tuple[Column, ...], vocabulary: Vocabulary) -> str:
    """Decide a row below the head on its own."""
    role = total_role(row, columns, vocabulary)
    if role:
        return role
    filled = [index for index, cell in enumerate(row) if cell is not None and cell_text(cell).strip()]
    if len(filled) == 1 and not is_number(row[filled[0]]):
        return _lone_text_role(clean_text(cell_text(row[filled[0]])), vocabulary)
    return RECORD


def _lone_text_role(text: str, vocabulary: Vocabulary) -> str:
    """A text that stands alone in its row is a note by its words, else it heads what follows."""
    plain = squeeze(text).lstrip("( ")
    return NOTE if plain.startswith(vocabulary.notes) else SECTION


def _settle_notes(roles: dict[int, str]) -> dict[int, str]:
    """A section with no record below it heads nothing: it is a note."""
    last = max((number for number, role in roles.items() if role in (RECORD, SUBTOTAL, TOTAL)), default=-1)
    return {number: NOTE if role == SECTION and number > last else role for number, role in roles.items()}
