"""Rows that arithmetic tells: headings that state their sum, totals without a word."""

from __future__ import annotations

from pipeline.layout.model import RECORD, SECTION, SUBTOTAL, TOTAL, Column
from pipeline.layout.rows.figures import proves
from pipeline.layout.rows.outline import (
    Outline,
    is_numbered_section,
    is_section_name,
    may_be_section,
    may_be_total,
)
from pipeline.layout.words.vocabulary import Vocabulary
from pipeline.workbook import Cell, Sheet, cell_text

# More rows of figures alone than any form has; a sheet of nothing else is not searched for sums.
_MANY = 200
# How many headings that stand within another are looked past for its sum.
_MOST_PLANS = 12


def settle_sums(
    sheet: Sheet, columns: tuple[Column, ...], roles: dict[int, str], outline: Outline, vocabulary: Vocabulary
) -> dict[int, str]:
    """Give records that are headings with their sum, or totals without a word, the role that their figures prove."""
    money = [column.index for column in columns if column.measure]
    headings, wordless = _candidates(sheet, columns, roles, outline, vocabulary)
    if not headings and not wordless or len(headings) + len(wordless) > _MANY:
        return roles
    settled = dict(roles)
    for row in headings:
        settled[row] = SECTION
    rows = [row for row, role in settled.items() if role == RECORD and row not in outline.parents]
    rows = [row for row in rows if row not in wordless]
    has_texts = _mostly_has_texts(sheet, columns, rows)
    for row in headings:
        named = cell_text(_only_text(sheet, columns, row))
        proved = any(proves(sheet, money, row, below) for below in _readings_below(row, settled))
        if not (proved or (has_texts and is_numbered_section(named, vocabulary))):
            settled[row] = RECORD
    for row in wordless:
        settled[row] = _wordless_role(sheet, money, row, settled, outline)
    return settled


def _candidates(
    sheet: Sheet, columns: tuple[Column, ...], roles: dict[int, str], outline: Outline, vocabulary: Vocabulary
) -> tuple[list[int], list[int]]:
    """Records whose only text begins as a heading's, and records without any text but perhaps a total's."""
    places = [column.index for column in columns if not (column.measure or column.is_percent)]
    name = next((column.index for column in columns if column.field == "project_name"), -1)
    in_outline = outline.parents.keys() | set(outline.parents.values())
    headings, wordless = [], []
    for row, role in roles.items():
        if role != RECORD or row in in_outline:
            continue
        cells = sheet.rows[row]
        named = cells[name] if 0 <= name < len(cells) else None
        if named is not None and not may_be_section(named, vocabulary):
            continue
        texts = [cells[index] for index in places if index < len(cells) and cells[index] is not None]
        texts = [text for text in texts if not isinstance(text, str) or text.strip()]
        if not texts or may_be_total(texts[0], vocabulary):
            wordless.append(row)
        elif len(texts) == 1 and isinstance(texts[0], str) and is_section_name(texts[0], vocabulary):
            headings.append(row)
    return headings, wordless


def _only_text(sheet: Sheet, columns: tuple[Column, ...], row: int) -> Cell:
    """The only text of a row."""
    cells = sheet.rows[row]
    held = (c.index for c in columns if not (c.measure or c.is_percent) and c.index < len(cells))
    return next((cells[index] for index in held if cells[index] is not None), None)


def _mostly_has_texts(sheet: Sheet, columns: tuple[Column, ...], rows: list[int]) -> bool:
    """Whether most records have more texts than a name."""
    places = [column.index for column in columns if not (column.measure or column.is_percent)]
    full = sum(
        sum(index < len(sheet.rows[row]) and sheet.rows[row][index] is not None for index in places) > 1
        for row in rows
    )
    return bool(rows) and full * 2 > len(rows)


def _readings_below(row: int, roles: dict[int, str]) -> list[list[int]]:
    """The records that a heading may sum: to the next heading, past plans within a strategy, to the end."""
    rows = [(other, role) for other, role in roles.items() if other > row]
    headings = [other for other, role in rows if role in (SECTION, SUBTOTAL, TOTAL)]
    records = [other for other, role in rows if role == RECORD]
    ends = [*headings[:_MOST_PLANS], max(roles) + 1]
    return [[other for other in records if other < end] for end in ends]


def _wordless_role(sheet: Sheet, money: list[int], row: int, roles: dict[int, str], outline: Outline) -> str:
    """A row of figures alone that sum the records above: all of them, or those since the last heading or total."""
    above = [number for number in roles if number < row and number not in outline.parents]
    records = [number for number in above if roles[number] == RECORD]
    ends = [number for number in above if roles[number] in (SECTION, SUBTOTAL, TOTAL)]
    since = [number for number in records if not ends or number > ends[-1]]
    if len(records) > 1 and proves(sheet, money, row, records):
        return TOTAL
    return SUBTOTAL if len(since) > 1 and proves(sheet, money, row, since) else RECORD
