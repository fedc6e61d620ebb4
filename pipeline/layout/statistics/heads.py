"""The head of a statistical table: the rows above its first figures, and what each column is from its path."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from pipeline.layout.model import Column, Header
from pipeline.layout.words.moments import Moment, read_moment
from pipeline.layout.words.vocabulary import Heading, Vocabulary
from pipeline.thai import clean_text
from pipeline.workbook import Cell, Merge, Sheet, cell_text, column_letters

_LONGEST_LONE_HEAD = 20
_WIDE = 0.8
_MOST_ROWS = 5


def cell_at(sheet: Sheet, row: int, index: int) -> Cell:
    """The cell at a row and a column; None beyond a row's end and for blank texts."""
    cells = sheet.rows[row]
    value = cells[index] if index < len(cells) else None
    return None if isinstance(value, str) and not value.strip() else value


def filled(sheet: Sheet, row: int) -> list[int]:
    """The columns of a row that hold anything."""
    return [
        index
        for index, cell in enumerate(sheet.rows[row])
        if cell is not None and (not isinstance(cell, str) or cell.strip())
    ]


def find_head_rows(sheet: Sheet, first: int, subject: int) -> Header:
    """Find the head above the first row of figures: from there up to a blank row or a title.

    A short text that stands alone directly above the figures may end the head; a long one is a section's name. A
    table may have no head at all: then the header is empty and ends above its first row.
    """
    rows: list[int] = []
    lone: list[int] = []
    for row in range(first - 1, -1, -1):
        used = filled(sheet, row)
        if not used and not rows:
            continue
        if not used or len(rows) == _MOST_ROWS:
            break
        if len(used) > 1 or _is_group(sheet, row, used[0], subject):
            rows.append(row)
        elif rows:
            break
        elif used[0] != subject and len(cell_text(cell_at(sheet, row, used[0]))) <= _LONGEST_LONE_HEAD:
            lone.append(row)
    if not rows:
        return Header(first, first - 1, ())
    rows += [row for row in lone if row > max(rows)]
    return Header(min(rows), max(rows), tuple(sorted(rows)))


def _is_group(sheet: Sheet, row: int, index: int, subject: int) -> bool:
    """Whether the one text of a row stands merged over some of the figures' columns, and not over the whole table."""
    width = max(len(cells) for cells in sheet.rows)
    merge = _merge_at(sheet, row, index)
    return merge is not None and index > subject and 1 < merge.right - merge.left + 1 < width * _WIDE


def _merge_at(sheet: Sheet, row: int, index: int) -> Merge | None:
    """The merge that covers a cell."""
    return next(
        (
            merge
            for merge in sheet.merges
            if merge.top <= row <= merge.bottom and merge.left <= index <= merge.right
        ),
        None,
    )


def read_paths(
    sheet: Sheet, header: Header, *, own: Collection[int], columns: Collection[int]
) -> dict[int, tuple[str, ...]]:
    """Read the head of each column from its outermost group to its leaf; a column without one is named by its letter.

    Args:
        sheet: the cells.
        header: the rows of the head.
        own: columns whose texts stand for themselves and are never spread to the right: those that name the rows.
        columns: the columns to read.
    """
    levels = [
        _level(sheet, row, own=own, is_last=place == len(header.rows) - 1)
        for place, row in enumerate(header.rows)
    ]
    paths = {}
    for index in columns:
        path: list[str] = []
        for level in levels:
            text = level.get(index, "")
            if text and (not path or path[-1] != text):
                path.append(text)
        paths[index] = tuple(path) or (_letter_name(index),)
    return paths


def _letter_name(index: int) -> str:
    """Name a column that has no head by its letter."""
    return f"คอลัมน์ {column_letters(index)}"


def is_headless(column: Column) -> bool:
    """Whether a column has no head of its own."""
    return column.path == (_letter_name(column.index),)


def _level(sheet: Sheet, row: int, *, own: Collection[int], is_last: bool) -> dict[int, str]:
    """Give every column the text that stands above it in one row of the head, groups spread over their columns."""
    texts = {index: clean_text(cell_text(cell_at(sheet, row, index))) for index in filled(sheet, row)}
    wide = [merge for merge in sheet.merges if merge.top <= row <= merge.bottom and merge.right > merge.left]
    for merge in sheet.merges:
        if merge.top <= row <= merge.bottom:
            origin = clean_text(cell_text(cell_at(sheet, merge.top, merge.left)))
            texts |= {index: origin for index in range(merge.left, merge.right + 1) if index not in texts}
    if not wide and not is_last:
        _spread_right(sheet, row, texts, own=own)
    return texts


def _spread_right(sheet: Sheet, row: int, texts: dict[int, str], *, own: Collection[int]) -> None:
    """Spread the texts of a row without merges over the empty cells to their right that have a head below."""
    below = sheet.rows[row + 1]
    group = ""
    for index in range(len(below)):
        if texts.get(index):
            group = "" if index in own else texts[index]
        elif cell_at(sheet, row + 1, index) is None:
            group = ""
        elif group:
            texts[index] = group


def read_figure_column(
    index: int, path: tuple[str, ...], moment: Moment | None, vocabulary: Vocabulary
) -> Column:
    """Read what a column of figures says of itself; the leaf goes before its group."""
    headings = tuple(_heading(text, vocabulary) for text in path)
    years = [heading.year_be for heading in reversed(headings) if heading.year_be]
    period = next((heading.period for heading in reversed(headings) if heading.period), "year")
    column = Column(
        index=index,
        path=path,
        headings=headings,
        field=next((heading.field for heading in reversed(headings) if heading.field), None),
        year_be=years[0] if years else None,
        period=period,
        unit=next((heading.unit for heading in reversed(headings) if heading.unit), None),
        is_percent=any(heading.is_percent for heading in headings),
    )
    return column if moment is None else replace(column, period=moment.period, year_be=_outer_year(headings))


def _outer_year(headings: tuple[Heading, ...]) -> int | None:
    """The year of the groups above a month."""
    return next((heading.year_be for heading in reversed(headings[:-1]) if heading.year_be), None)


def _heading(text: str, vocabulary: Vocabulary) -> Heading:
    """Read one level; what is a month or a date as a whole says nothing else."""
    return Heading(text="") if read_moment(text, vocabulary) else vocabulary.read_heading(text)


def leaf_moment(sheet: Sheet, header: Header, index: int, vocabulary: Vocabulary) -> Moment | None:
    """The month that a column's lowest head is, if it is one."""
    for row in reversed(header.rows):
        value = cell_at(sheet, row, index)
        if value is not None:
            return read_moment(value, vocabulary)
    return None
