"""The role of every row of a statistical table: its words, and whether figures stand beside them."""

from __future__ import annotations

from collections.abc import Callable

from pipeline.layout.model import (
    HEADER,
    NOTE,
    RECORD,
    SECTION,
    SUBTOTAL,
    TITLE,
    TOTAL,
    Column,
    Header,
)
from pipeline.layout.statistics.heads import cell_at, filled
from pipeline.layout.statistics.words import FigureWords, is_figure
from pipeline.layout.words.vocabulary import Vocabulary
from pipeline.thai import clean_text
from pipeline.workbook import Sheet, cell_text

Subject = tuple[int, Callable[[str], bool] | None]


def row_texts(sheet: Sheet, row: int) -> list[str]:
    """The texts of one row, each once."""
    texts = [clean_text(cell_text(cell_at(sheet, row, index))) for index in filled(sheet, row)]
    return list(dict.fromkeys(texts))


def assign_figure_roles(
    sheet: Sheet,
    header: Header,
    subject: Subject,
    *,
    values: list[Column],
    words: FigureWords,
    vocabulary: Vocabulary,
) -> dict[int, str]:
    """Give every used row one role, by zero-based row.

    Args:
        sheet: the cells.
        header: the rows of the head.
        subject: the column that names the rows, and what tells a name that is known; None where any name is.
        values: the columns of figures.
        words: names of the nation and of regions.
        vocabulary: words of totals.
    """
    roles: dict[int, str] = {}
    for row in range(len(sheet.rows)):
        if not filled(sheet, row):
            continue
        if row <= header.last:
            roles[row] = HEADER if row >= header.first else TITLE
        else:
            roles[row] = _body_role(sheet, row, subject, values=values, words=words, vocabulary=vocabulary)
    return _settle_totals(sheet, _settle_notes(roles), subject[0])


def _body_role(
    sheet: Sheet,
    row: int,
    subject: Subject,
    *,
    values: list[Column],
    words: FigureWords,
    vocabulary: Vocabulary,
) -> str:
    """Decide a row below the head: provinces before totals, names with figures before those without."""
    index, known = subject
    name = cell_text(cell_at(sheet, row, index))
    has_figures = any(is_figure(cell_at(sheet, row, column.index)) for column in values)
    if known is not None and name and known(name) and not words.area_role(name, vocabulary):
        return RECORD
    area = words.area_role(name, vocabulary) if name else _area_beside(sheet, row, values, words, vocabulary)
    if area and (known is not None or area == TOTAL):
        return area if has_figures else SECTION
    return RECORD if has_figures and (name or known is not None) else SECTION


def _area_beside(
    sheet: Sheet, row: int, values: list[Column], words: FigureWords, vocabulary: Vocabulary
) -> str | None:
    """The area that another text of a row names, where the naming column is empty."""
    figures = {column.index for column in values}
    texts = [cell_text(cell_at(sheet, row, index)) for index in filled(sheet, row) if index not in figures]
    return next((role for text in texts if (role := words.area_role(text, vocabulary))), None)


def _settle_notes(roles: dict[int, str]) -> dict[int, str]:
    """A text with no record below it heads nothing: it is a note."""
    last = max((row for row, role in roles.items() if role in (RECORD, SUBTOTAL, TOTAL)), default=-1)
    return {row: NOTE if role == SECTION and row > last else role for row, role in roles.items()}


def _settle_totals(sheet: Sheet, roles: dict[int, str], subject: int) -> dict[int, str]:
    """A total among the records, or in a group that is merged down beside their names, is of a part of them."""
    grouped = {
        row
        for merge in sheet.merges
        if merge.right < subject and merge.bottom > merge.top
        for row in range(merge.top, merge.bottom + 1)
    }
    records = [row for row, role in roles.items() if role == RECORD]
    inside = range(records[0], records[-1]) if records else range(0)
    return {
        row: SUBTOTAL if role == TOTAL and (row in grouped or row in inside) else role
        for row, role in roles.items()
    }
