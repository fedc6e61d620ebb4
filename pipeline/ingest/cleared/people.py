"""Lists of people in a sheet: found before anything else is understood, and taken out whole."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.findings import Finding, make_finding
from pipeline.layout import Vocabulary
from pipeline.layout.headers import is_head, is_number
from pipeline.personal import (
    MASK_CELL,
    MASK_EMAIL,
    MASK_ID,
    MASK_LINE,
    MASK_NAME,
    MASK_PHONE,
    TAKEN_OUT,
    list_patterns,
    list_words,
)
from pipeline.thai import clean_text, squeeze
from pipeline.workbook import Cell, Sheet, address, cell_text

_LONGEST_HEAD = 40
_HEAD_ROWS = 3
_TITLE_CELLS = 2
_SHARE_OF_PEOPLE = 0.5
_FEWEST_PEOPLE = 2
_TOKENS = (MASK_ID, MASK_PHONE, MASK_EMAIL, MASK_LINE, MASK_NAME)


@dataclass(frozen=True)
class People:
    """Where a list of people stands: from its first row to its last, zero-based and inclusive, without its head."""

    top: int
    bottom: int
    left: int
    right: int


def may_hold_people(joined: str) -> bool:
    """Whether the texts of a sheet, joined, have any word of a list of people; fast."""
    return bool(list_words().search(joined.replace(" ", "").replace("\n", "").lower()))


def empty_people(sheet: Sheet, vocabulary: Vocabulary) -> tuple[bool, list[Finding]]:
    """Empty every list of people in a sheet whose personal data is masked already; changes the sheet's rows.

    A list is a head of names without a head of projects, items or indicators in the same table; a title or a sheet's
    name that says so, down to the next table; or a sheet without any head whose rows mostly hold people.

    Returns:
        Whether nothing else is left to read in the sheet, and one finding for each list.
    """
    heads = _find_heads(sheet, vocabulary)
    found = _find_lists(sheet, heads, vocabulary)
    findings = []
    is_list = False
    for people in found:
        places, is_filled = _empty(sheet, people)
        is_list = is_list or is_filled
        if places:
            cell = address(*places[0])
            findings.append(
                make_finding("people_list", sheet=sheet.name, cell=cell, cells=f"{len(places):,}")
            )
    return is_list and not heads, findings


def _find_heads(sheet: Sheet, vocabulary: Vocabulary) -> list[int]:
    """The rows that head a table of something else than people."""
    _, _, subjects = list_patterns()
    return [
        number
        for number, row in enumerate(sheet.rows)
        if is_head(row, vocabulary)
        and not _is_list_head(row, vocabulary)
        and _speaks(row, subjects, vocabulary)
    ]


def _find_lists(sheet: Sheet, heads: list[int], vocabulary: Vocabulary) -> list[People]:
    """Find the lists from the top; each ends above the next table's titles."""
    width = max((len(row) for row in sheet.rows), default=1) - 1
    found: list[People] = []
    number = -1
    while number < len(sheet.rows):
        row = sheet.rows[number] if number >= 0 else [sheet.name]
        head = number >= 0 and _is_list_head(row, vocabulary) and not _continues_a_head(sheet, number, heads)
        if head or _is_list_title(sheet, number, row, heads, vocabulary):
            bottom = _end_of_list(sheet, number, heads)
            found.append(People(number + 1, bottom, *(_span(row, vocabulary) if head else (0, width))))
            number = bottom
        number += 1
    if not found and not heads and _is_mostly_people(sheet):
        found.append(People(0, len(sheet.rows) - 1, 0, width))
    return found


def _is_list_head(row: Sequence[Cell], vocabulary: Vocabulary) -> bool:
    """Whether a row heads a column of names, and no column of a table that is about something else."""
    left, right = _span(row, vocabulary)
    part = [cell for cell in row[left : right + 1] if cell is not None]
    _, _, subjects = list_patterns()
    if left > right or len(part) < 2 or any(is_number(cell) for cell in part):
        return False
    return not _speaks(part, subjects, vocabulary)


def _span(row: Sequence[Cell], vocabulary: Vocabulary) -> tuple[int, int]:
    """The columns of a head of names: all of the row, or its part without gaps where another table stands beside it."""
    _, names, subjects = list_patterns()
    at = next((index for index, cell in enumerate(row) if _is_name_head(cell, names)), None)
    if at is None:
        return 0, -1
    if not _speaks(row, subjects, vocabulary):
        return 0, len(row) - 1
    left = right = at
    while left > 0 and row[left - 1] is not None:
        left -= 1
    while right + 1 < len(row) and row[right + 1] is not None:
        right += 1
    return left, right


def _is_name_head(cell: Cell, names: tuple[str, ...]) -> bool:
    """Whether a cell heads a column of names of people."""
    if not isinstance(cell, str) or len(cell) > _LONGEST_HEAD:
        return False
    plain = squeeze(cell).replace("–", "-")
    return any(name in plain for name in names)


def _speaks(row: Sequence[Cell], subjects: frozenset[str], vocabulary: Vocabulary) -> bool:
    """Whether a row has a head of a table that is about something else than people."""
    headings = [
        vocabulary.read_heading(clean_text(cell)) for cell in row if isinstance(cell, str) and len(cell) < 80
    ]
    return any(heading.field in subjects for heading in headings)


def _continues_a_head(sheet: Sheet, number: int, heads: list[int]) -> bool:
    """Whether a row is the lower part of a table's head: one stands just above, with no number between."""
    above = [head for head in heads if 0 < number - head <= _HEAD_ROWS]
    return any(not any(is_number(cell) for row in sheet.rows[head:number] for cell in row) for head in above)


def _is_list_title(
    sheet: Sheet, number: int, row: Sequence[Cell], heads: list[int], vocabulary: Vocabulary
) -> bool:
    """Whether a row, or the sheet's name, is the title of a list that has no head of names below it."""
    texts = [squeeze(cell) for cell in row if isinstance(cell, str) and cell.strip()]
    pattern, _, _ = list_patterns()
    if not 0 < len(texts) <= _TITLE_CELLS or not any(pattern.search(text) for text in texts):
        return False
    following = [later for later in range(number + 1, len(sheet.rows)) if any(sheet.rows[later])][
        : _HEAD_ROWS + 1
    ]
    if any(later in heads for later in following):
        return False
    return not any(_is_list_head(sheet.rows[later], vocabulary) for later in following)


def _end_of_list(sheet: Sheet, start: int, heads: list[int]) -> int:
    """The last row of a list: above the titles of the next table, or the sheet's last."""
    head = next((head for head in heads if head > start), None)
    if head is None:
        return len(sheet.rows) - 1
    end = head - 1
    while end > start and 0 < sum(cell is not None for cell in sheet.rows[end]) <= _TITLE_CELLS:
        end -= 1
    return end


def _is_mostly_people(sheet: Sheet) -> bool:
    """Whether most used rows of a sheet had a person, a telephone or an ID taken out."""
    used = [row for row in sheet.rows if any(cell is not None for cell in row)]
    people = [
        row for row in used if any(isinstance(cell, str) and any(t in cell for t in _TOKENS) for cell in row)
    ]
    return len(people) >= _FEWEST_PEOPLE and len(people) > len(used) * _SHARE_OF_PEOPLE


def _empty(sheet: Sheet, people: People) -> tuple[list[tuple[int, int]], bool]:
    """Empty a list's cells; returns their places, and whether it has any, those that went back emptied too."""
    places = []
    is_filled = False
    for number in range(people.top, people.bottom + 1):
        row = sheet.rows[number]
        for index in range(people.left, min(people.right, len(row) - 1) + 1):
            text = cell_text(row[index]).strip()
            is_filled = is_filled or bool(text)
            if text and text != TAKEN_OUT:
                row[index] = MASK_CELL
                places.append((number, index))
    return places, is_filled
