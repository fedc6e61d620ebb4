"""Finding the rows of a table's head."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.layout.model import Header
from pipeline.layout.words.vocabulary import LONGEST_HEADER, Heading, Vocabulary
from pipeline.thai import clean_text, squeeze, to_arabic_digits, to_buddhist_year
from pipeline.workbook import Cell, Sheet, cell_text

_SURE = 2
# No year is written with fewer than four digits; most running numbers are told by that alone.
_FIRST_YEAR = 1000
_TITLE_CELLS, _TITLE_ROWS, _SHORTEST_TITLE = 3, 6, 25
# A head has so many cells more than a line of titles above it, or than a label and its answer.
_MORE_CELLS = 2
_LONGEST_UNIT = 20
_MOST_WORD_ROWS, _LONGEST_WORD = 3, 30
SUBJECTS = frozenset({"project_name", "province", "item", "kpi"})
_NAMING = SUBJECTS | {"row_no"}
_COLUMN_NUMBER = re.compile(r"\(?\d{1,2}\)?(?:=.*)?")
_NUMBER = re.compile(r"[-(]?[\d,]*\.?\d+%?\)?")


def find_header(sheet: Sheet, vocabulary: Vocabulary) -> Header | None:
    """Find the first rows of a sheet that read as a table's head; None where no row does."""
    rows = sheet.rows
    start = next((number for number in range(len(rows)) if begins_table(sheet, number, vocabulary)), None)
    if start is None:
        start = next(
            (
                number
                for number in range(len(rows) - 1)
                if _is_plain_head(rows[number], rows[number + 1], vocabulary)
            ),
            None,
        )
    return None if start is None else extend_header(sheet, start, vocabulary)


def begins_table(sheet: Sheet, number: int, vocabulary: Vocabulary) -> bool:
    """Whether a row is a head, and no line of titles above a better one."""
    row = sheet.rows[number]
    return is_head(row, vocabulary) and not _is_title_line(sheet, number, vocabulary)


def _is_title_line(sheet: Sheet, number: int, vocabulary: Vocabulary) -> bool:
    """Whether a row of a few texts, long ones or a label and its answer, stands soon above a head without doubt."""
    texts = _texts(sheet.rows[number])
    if len(texts) > _TITLE_CELLS or _has_subject(sheet.rows[number], vocabulary):
        return False
    is_long = max(map(len, texts)) >= _SHORTEST_TITLE and not any(
        vocabulary.read_heading(text).is_exact for text in texts
    )
    first = _first_used(sheet.rows[number])
    for row in sheet.rows[number + 1 : number + 1 + _TITLE_ROWS]:
        if has_number(row):
            return False
        below = _texts(row)
        if len(below) > len(texts) and is_head(row, vocabulary) and is_sure(row, vocabulary):
            return is_long or (
                first == _first_used(row)
                and len(below) >= len(texts) + _MORE_CELLS
                and _has_subject(row, vocabulary)
            )
    return False


def _first_used(row: Sequence[Cell]) -> int:
    """The first column of a row that holds anything."""
    return next((index for index, cell in enumerate(row) if cell is not None), -1)


def is_sure(row: Sequence[Cell], vocabulary: Vocabulary) -> bool:
    """Whether a row is a head without doubt: two of its words are a column's own, and not parts of texts.

    A record whose indicator says ร้อยละ 80 and whose period says ต.ค. - ก.ย. has words of a head, and is none.
    """
    return sum(vocabulary.read_heading(text).is_exact for text in _texts(row)) >= _SURE


def is_number(value: Cell) -> bool:
    """Whether a cell holds a number that is no year."""
    if type(value) is float or type(value) is int:
        if value < _FIRST_YEAR:
            return True
        return not (float(value).is_integer() and to_buddhist_year(int(value)))
    if type(value) is str:
        plain = to_arabic_digits(value.strip())
        return bool(_NUMBER.fullmatch(plain)) and not (plain.isdecimal() and to_buddhist_year(int(plain)))
    return False


def has_number(row: Sequence[Cell]) -> bool:
    """Whether any cell of a row holds a number that is no year; a loop: a generator costs three times more."""
    for cell in row:  # noqa: SIM110
        if cell is not None and is_number(cell):
            return True
    return False


def _texts(row: Sequence[Cell]) -> list[str]:
    """The row's cells that hold anything, as cleaned text."""
    return [clean_text(cell_text(cell)) for cell in row if cell is not None and cell_text(cell).strip()]


def is_head(row: Sequence[Cell], vocabulary: Vocabulary) -> bool:
    """Whether at least two cells, and at least half of all, say what a head says, and none is a number."""
    if has_number(row):
        return False
    texts = _texts(row)
    headings = [vocabulary.read_heading(text) for text in texts if len(text) <= LONGEST_HEADER]
    known = [heading for heading in headings if heading.is_known]
    return len(known) >= 2 and len(known) * 2 >= len(texts) and not _rests_on_years(texts, known)


def _rests_on_years(texts: list[str], known: list[Heading]) -> bool:
    """Whether a row reads as a head only by numbers that look like years: a running number, an amount."""
    years = [heading.year_be for heading in known if heading.is_bare_year]
    if not years or len(known) - len(years) >= _SURE:
        return False
    is_numbered = texts[0].isdecimal() and len(texts) > 1 and not texts[1].isdecimal()
    return is_numbered or len(set(years)) < len(years) or (len(years) < _SURE and len(known) < len(texts))


def _is_plain_head(row: Sequence[Cell], below: Sequence[Cell], vocabulary: Vocabulary) -> bool:
    """Whether a row of different short texts, one of them known, stands above a row with numbers."""
    texts = _texts(row)
    if len(texts) < 3 or len(set(texts)) < len(texts) or any(is_number(cell) for cell in row):
        return False
    if max(map(len, texts)) > LONGEST_HEADER or not any(is_number(cell) for cell in below):
        return False
    return any(vocabulary.read_heading(text).is_known for text in texts)


def extend_header(sheet: Sheet, start: int, vocabulary: Vocabulary) -> Header:
    """Take in the head's further rows below, a group row above, and pass over a row of column numbers."""
    rows = [start]
    if start and _is_group_row(sheet, start - 1, vocabulary):
        rows.insert(0, start - 1)
    last = start
    is_stacked = _leads_to_head(sheet, start, start + 1, vocabulary)
    while last + 1 < len(sheet.rows) and (
        _continues(sheet, last + 1, start, vocabulary)
        or _is_unit_row(sheet.rows[last + 1], vocabulary)
        or _is_lower_head(sheet, start, last + 1, vocabulary)
        or _leads_to_head(sheet, start, last + 1, vocabulary)
    ):
        last += 1
        rows.append(last)
    if last + 1 < len(sheet.rows) and is_number_row(sheet.rows[last + 1]):
        last += 1
    return Header(first=rows[0], last=last, rows=tuple(rows), is_stacked=is_stacked)


def _is_group_row(sheet: Sheet, row: int, vocabulary: Vocabulary) -> bool:
    """Whether a row above the head groups some of its columns, and is no title over all of them."""
    width = sum(cell is not None for cell in sheet.rows[row + 1])
    groups = [merge for merge in sheet.merges if merge.top == row == merge.bottom]
    if not groups or max(merge.right - merge.left + 1 for merge in groups) >= width * 0.8:
        return False
    if any(_is_money_over_names(sheet, row, index, vocabulary) for index in range(len(sheet.rows[row]))):
        return False
    return len(_texts(sheet.rows[row])) > 1


def _is_money_over_names(sheet: Sheet, row: int, index: int, vocabulary: Vocabulary) -> bool:
    """Whether words for money stand over a column that numbers or names the rows: a title, and no group."""
    said, below = sheet.rows[row][index], sheet.rows[row + 1]
    if said is None or not vocabulary.read_heading(clean_text(cell_text(said))).measure:
        return False
    right = next((m.right for m in sheet.merges if (m.top, m.left) == (row, index)), index)
    under = (clean_text(cell_text(cell)) for cell in below[index : right + 1] if cell is not None)
    return any(vocabulary.read_heading(text).field in _NAMING for text in under)


def _continues(sheet: Sheet, row: int, start: int, vocabulary: Vocabulary) -> bool:
    """Whether a row still belongs to the head: merged down from it, or only below its groups."""
    cells = sheet.rows[row]
    filled = [index for index, cell in enumerate(cells) if cell is not None]
    if not filled or any(is_number(cells[index]) for index in filled) or is_number_row(cells):
        return False
    if any(merge.top <= row - 1 and merge.bottom >= row and merge.top >= start for merge in sheet.merges):
        return True
    if len(filled) == 1 and _is_banner(sheet, row, filled[0], vocabulary):
        return False
    return all(_is_under_group(sheet, row, index) for index in filled)


def _is_banner(sheet: Sheet, row: int, index: int, vocabulary: Vocabulary) -> bool:
    """Whether the only text of a row heads the rows below it: it begins as a section, or is merged wide."""
    if squeeze(cell_text(sheet.rows[row][index])).startswith(vocabulary.sections):
        return True
    width = max(map(len, sheet.rows[: row + 1]))
    wide = (merge for merge in sheet.merges if merge.top == row and merge.left == index)
    return any((merge.right - merge.left + 1) * 2 > width for merge in wide)


def _is_unit_row(row: Sequence[Cell], vocabulary: Vocabulary) -> bool:
    """Whether a row holds only units in brackets: (บาท), (คน)."""
    texts = _texts(row)
    if not texts or not all(text.startswith("(") and len(text) < _LONGEST_UNIT for text in texts):
        return False
    headings = [vocabulary.read_heading(text) for text in texts]
    return all(heading.unit and not heading.text for heading in headings)


def _is_lower_head(sheet: Sheet, start: int, row: int, vocabulary: Vocabulary) -> bool:
    """Whether a row right below the head is a head for itself, in other words than those above it."""
    cells = sheet.rows[row]
    if not is_head(cells, vocabulary):
        return False
    texts = _texts(cells)
    above = {text for other in sheet.rows[start:row] for text in _texts(other)}
    exact = sum(vocabulary.read_heading(text).is_exact for text in texts)
    return exact >= _SURE and not above & set(texts)


def _leads_to_head(sheet: Sheet, start: int, row: int, vocabulary: Vocabulary) -> bool:
    """Whether a row stands between a head without a subject and the row of the same head that has it.

    So it is where words of a head are typed one below the other: งบประมาณ, ที่ได้รับ, จัดสรร, and โครงการ beside the last.
    Groups are told from such words by being heads for themselves.
    """
    is_grouped = any(
        merge.top == merge.bottom == start and merge.right > merge.left for merge in sheet.merges
    )
    if is_grouped or _has_subject(sheet.rows[start], vocabulary):
        return False
    has_fragment = row > start + 1
    for number in range(row, min(row + _MOST_WORD_ROWS, len(sheet.rows))):
        texts = _texts(sheet.rows[number])
        if not texts or any(map(is_number, sheet.rows[number])) or max(map(len, texts)) > _LONGEST_WORD:
            return False
        if _has_subject(sheet.rows[number], vocabulary):
            return has_fragment
        has_fragment |= any(not vocabulary.read_heading(text).is_known for text in texts)
    return False


def _has_subject(row: Sequence[Cell], vocabulary: Vocabulary) -> bool:
    """Whether a row of a head says by a whole word what the rows below are about."""
    headings = [vocabulary.read_heading(text) for text in _texts(row)]
    return any(heading.is_exact and heading.field in SUBJECTS for heading in headings)


def _is_under_group(sheet: Sheet, row: int, index: int) -> bool:
    """Whether the cell above is empty or stretches over this column and its neighbour, by a merge or by the eye."""
    above, below = sheet.rows[row - 1], sheet.rows[row]
    if above[index] is None:
        return True
    end = next((other for other in range(index + 1, len(above)) if above[other] is not None), len(above))
    if any(cell is not None for cell in below[index + 1 : end]):
        return True
    return any(
        merge.top <= row - 1 <= merge.bottom
        and merge.left <= index <= merge.right
        and merge.right > merge.left
        for merge in sheet.merges
    )


def is_number_row(row: Sequence[Cell]) -> bool:
    """Whether a row numbers the columns: (1) (2) (3)=(1)-(2), or 1 2 3 4 from the first on."""
    texts = [squeeze(to_arabic_digits(text)) for text in _texts(row)]
    if len(texts) < 3 or not all(_COLUMN_NUMBER.fullmatch(text) for text in texts):
        return False
    numbers = [int(found.group()) for text in texts if (found := re.search(r"\d+", text))]
    return numbers == list(range(numbers[0], numbers[0] + len(numbers))) and numbers[0] <= 1
