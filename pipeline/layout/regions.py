"""Where each table of a sheet starts and ends: one below the other, or side by side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from pipeline.layout.headers import (
    SUBJECTS,
    begins_table,
    extend_header,
    has_number,
    is_head,
    is_number,
    is_sure,
)
from pipeline.layout.rows.roles import CONTINUED
from pipeline.layout.turned.upright import find_forms
from pipeline.layout.words.vocabulary import Vocabulary
from pipeline.thai import clean_text, squeeze, to_arabic_digits
from pipeline.workbook import Cell, Sheet, cell_text

_TITLE_CELLS = 2


@dataclass(frozen=True)
class Region:
    """A rectangle of a sheet that holds one table with its titles and notes, zero-based and inclusive."""

    top: int
    bottom: int
    left: int
    right: int


def split_sheet(sheet: Sheet, vocabulary: Vocabulary) -> list[Region]:
    """Split a sheet into the regions of its tables, from the top, then from the left; or into its upright forms.

    A head that repeats the one before is a printed page's, unless a new title stands above it. A sheet in which
    no head is known is one region.
    """
    last_row = len(sheet.rows) - 1
    right = max((len(row) for row in sheet.rows), default=1) - 1
    forms = find_forms(sheet, vocabulary)
    if forms:
        ends = [start - 1 for start in forms[1:]] + [last_row]
        return [Region(top, end, 0, right) for top, end in zip([0, *forms[1:]], ends, strict=True)]
    heads = _find_heads(sheet, vocabulary)
    if not heads:
        return [Region(0, last_row, 0, right)]
    tops = [0, *(_top_of(sheet, head, vocabulary) for head in heads[1:])]
    bottoms = [top - 1 for top in tops[1:]] + [last_row]
    regions = []
    for head, top, bottom in zip(heads, tops, bottoms, strict=True):
        spans = _spans(sheet, head, bottom, vocabulary)
        regions += [Region(top, bottom, left, end) for left, end in spans or [(0, right)]]
    return regions


def crop(sheet: Sheet, region: Region) -> Sheet:
    """Empty everything outside a region, so that addresses stay as they are; a region of all is the sheet itself."""
    widest = max(map(len, sheet.rows), default=0)
    if (
        not (region.top or region.left)
        and region.bottom >= len(sheet.rows) - 1
        and region.right >= widest - 1
    ):
        return sheet
    blank: list[Cell] = [None] * region.left
    rows = [
        [*blank, *row[region.left : region.right + 1]] if region.top <= number <= region.bottom else []
        for number, row in enumerate(sheet.rows)
    ]
    merges = tuple(
        merge
        for merge in sheet.merges
        if region.top <= merge.top <= region.bottom and region.left <= merge.left <= region.right
    )
    return replace(sheet, rows=rows, merges=merges)


def _find_heads(sheet: Sheet, vocabulary: Vocabulary) -> list[int]:
    """Find the first row of every table's head, printed pages' repetitions left out."""
    heads: list[int] = []
    titles: set[str] = set()
    number = 0
    while number < len(sheet.rows):
        row = sheet.rows[number]
        if (
            has_number(row)
            or not begins_table(sheet, number, vocabulary)
            or (heads and not is_sure(row, vocabulary))
        ):
            number += 1
            continue
        above = _titles_above(sheet, number, vocabulary)
        is_new = (
            not heads or _words(sheet.rows[number]) != _words(sheet.rows[heads[-1]]) or bool(above - titles)
        )
        if is_new:
            heads.append(number)
            titles = above | (titles if len(heads) == 1 else set())
        number = extend_header(sheet, number, vocabulary).last + 1
    return heads


def _words(row: Sequence[Cell]) -> list[str]:
    """A head's words, to tell its repetition."""
    return [squeeze(cell_text(cell)) for cell in row if cell is not None and cell_text(cell).strip()]


def _titles_above(sheet: Sheet, head: int, vocabulary: Vocabulary) -> set[str]:
    """The texts of the title rows that stand directly above a head."""
    top = _top_of(sheet, head, vocabulary)
    words = {word.removesuffix(CONTINUED) for row in sheet.rows[top:head] for word in _words(row)}
    return {
        word
        for word in words
        if not (word.startswith("หน่วย") or vocabulary.page_line.fullmatch(to_arabic_digits(word)))
    }


def _top_of(sheet: Sheet, head: int, vocabulary: Vocabulary) -> int:
    """Find the first title row that belongs to a head: rows of a text or two, one blank row at most between."""
    top = head
    number = head - 1
    has_blank = False
    while number >= 0:
        words = _words(sheet.rows[number])
        if not words:
            if has_blank or top < head:
                break
            has_blank = True
        elif _is_title(sheet.rows[number], words, vocabulary):
            top = number
        else:
            break
        number -= 1
    return top


def _is_title(row: Sequence[Cell], words: list[str], vocabulary: Vocabulary) -> bool:
    """Whether a row can be a title: few texts, no number, no note, no section, no total."""
    if len(words) > _TITLE_CELLS or any(is_number(cell) for cell in row):
        return False
    first = words[0].lstrip("(")
    if first in vocabulary.totals or first in vocabulary.subtotals:
        return False
    return not first.startswith((*vocabulary.notes, *vocabulary.sections, *vocabulary.subtotal_starts))


def _spans(sheet: Sheet, head: int, bottom: int, vocabulary: Vocabulary) -> list[tuple[int, int]]:
    """Find the columns of tables that stand side by side; none where there is only one.

    A line above their heads that says of each its year or its matter is no head of one table.
    """
    below = extend_header(sheet, head, vocabulary).rows
    fullest = max(below, key=lambda number: sum(cell is not None for cell in sheet.rows[number]))
    starts = _repeated_starts(sheet.rows[head]) or _repeated_starts(sheet.rows[fullest])
    if not starts or _repeated_starts(sheet.rows[head]):
        fullest = head
    row = sheet.rows[fullest]
    starts = starts or _starts_after_gaps(sheet, head, bottom)
    if len(starts) < 2:
        return []
    ends = [start - 1 for start in starts[1:]] + [max(len(cells) for cells in sheet.rows) - 1]
    spans = list(zip(starts, ends, strict=True))
    parts = [row[left : right + 1] for left, right in spans]
    if not all(_stands_alone(part, vocabulary) for part in parts) or _is_torn(parts, vocabulary):
        return []
    return [(0, spans[0][1]), *spans[1:]]


def _stands_alone(row: Sequence[Cell], vocabulary: Vocabulary) -> bool:
    """Whether part of a head is a table's whole head: it says what its rows are about."""
    headings = [vocabulary.read_heading(clean_text(cell_text(cell))) for cell in row if cell is not None]
    return is_head(row, vocabulary) and any(heading.field in SUBJECTS for heading in headings)


def _is_torn(parts: Sequence[Sequence[Cell]], vocabulary: Vocabulary) -> bool:
    """Whether only one part of a head names projects, and only another money: they are one table's."""
    said = [
        {vocabulary.read_heading(clean_text(cell_text(cell))) for cell in part if cell is not None}
        for part in parts
    ]
    named = [any(heading.field == "project_name" for heading in part) for part in said]
    money = [any(heading.measure for heading in part) for part in said]
    return any(named) and any(money) and not any(a and b for a, b in zip(named, money, strict=True))


def _repeated_starts(row: Sequence[Cell]) -> list[int]:
    """Where a head begins again with its own first two words."""
    words = [squeeze(clean_text(cell_text(cell))) for cell in row]
    filled = [index for index, word in enumerate(words) if word]
    if len(filled) < 4:
        return []
    first = [words[index] for index in filled[:2]]
    starts = [
        index
        for index, following in zip(filled, filled[1:], strict=False)
        if [words[index], words[following]] == first
    ]
    return starts if len(starts) > 1 else []


def _starts_after_gaps(sheet: Sheet, head: int, bottom: int) -> list[int]:
    """Where a head goes on after a column that is empty from the head down."""
    row = sheet.rows[head]
    filled = [index for index, cell in enumerate(row) if cell is not None and cell_text(cell).strip()]
    starts = filled[:1]
    for before, after in zip(filled, filled[1:], strict=False):
        if after - before > 1 and any(
            _is_gap(sheet, head, bottom, index) for index in range(before + 1, after)
        ):
            starts.append(after)
    return starts


def _is_gap(sheet: Sheet, head: int, bottom: int, index: int) -> bool:
    """Whether a column is empty from a head to the end of its rows, and under no merged group."""
    if any(
        merge.top <= head <= merge.bottom and merge.left <= index <= merge.right for merge in sheet.merges
    ):
        return False
    return all(index >= len(row) or row[index] is None for row in sheet.rows[head : bottom + 1])
