"""What each column of a table of statistics holds: names, years, months, codes, texts or figures."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.layout.model import Column, Header
from pipeline.layout.statistics.heads import cell_at, filled, leaf_moment, read_figure_column, read_paths
from pipeline.layout.statistics.words import FigureWords, is_figure, is_year_cell
from pipeline.layout.words.moments import Moment, read_moment
from pipeline.layout.words.periods import SPAN
from pipeline.layout.words.vocabulary import Vocabulary
from pipeline.thai import squeeze
from pipeline.workbook import Cell, Sheet

_LEAST_RUN = 3
_MOSTLY = 0.5
_NEARLY_ALL = 0.9
_NEVER_FIGURES = frozenset(
    {"row_no", "province_code", "person", "project_code", "line_code", "page", "document"}
)


def read_figure_columns(
    sheet: Sheet, header: Header, subject: int, *, body: list[int], vocabulary: Vocabulary
) -> tuple[list[Column], dict[int, Moment]]:
    """Read every column that the body uses, and which of them are months."""
    used = sorted(
        {index for row in body for index in filled(sheet, row)}
        | {index for row in header.rows for index in filled(sheet, row)}
    )
    left = [index for index in used if index <= subject]
    paths = read_paths(sheet, header, own=left, columns=used)
    found = {index: leaf_moment(sheet, header, index, vocabulary) for index in used if index > subject}
    moments = {index: moment for index, moment in found.items() if moment}
    return [
        read_figure_column(index, paths[index], moments.get(index), vocabulary) for index in used
    ], moments


def sort_columns(
    sheet: Sheet,
    columns: list[Column],
    rows: list[int],
    *,
    subject: tuple[str, int],
    words: FigureWords,
    vocabulary: Vocabulary,
) -> tuple[dict[str, Column], dict[str, list[Column]]]:
    """Tell the columns that name rows, years and months, and sort the others by what they hold."""
    fields: dict[str, Column] = {}
    kinds: dict[str, list[Column]] = {"value": [], "empty": [], "code": [], "text": []}
    for column in columns:
        if column.index == subject[1]:
            fields[subject[0]] = column
            continue
        kind = _kind_of(
            sheet, column, rows, is_left=column.index < subject[1], words=words, vocabulary=vocabulary
        )
        if kind in kinds:
            kinds[kind].append(column)
        else:
            fields.setdefault(kind, column)
    return fields, kinds


def _kind_of(
    sheet: Sheet,
    column: Column,
    rows: list[int],
    *,
    is_left: bool,
    words: FigureWords,
    vocabulary: Vocabulary,
) -> str:
    """Decide what a column is by its cells beside names: year, month, code, text, value, or nearly empty."""
    if column.period == SPAN:
        return "text"
    cells = [cell for row in rows if (cell := cell_at(sheet, row, column.index)) is not None]
    heads = [squeeze(text) for text in column.path]
    figures = sum(is_figure(cell) for cell in cells)
    if len(cells) <= (1 - _NEARLY_ALL) * len(rows) and figures == len(cells):
        return "code" if words.is_code(heads) else "empty"
    if words.is_year(heads) and all(is_year_cell(cell) for cell in cells):
        return "year"
    if column.field in _NEVER_FIGURES or words.is_code(heads) or (is_left and _is_running(cells)):
        return "code"
    if figures == 0:
        months = sum(read_moment(cell, vocabulary) is not None for cell in cells)
        return "month" if months >= _NEARLY_ALL * len(cells) else "text"
    nil = sum(isinstance(cell, str) and squeeze(cell) in vocabulary.nil for cell in cells)
    return "value" if figures + nil >= _MOSTLY * len(cells) else "text"


def _is_running(cells: Sequence[Cell]) -> bool:
    """Whether cells count the rows from one."""
    numbers = [int(cell) for cell in cells if isinstance(cell, float | int) and float(cell).is_integer()]
    return len(numbers) == len(cells) >= _LEAST_RUN and numbers == list(range(1, len(numbers) + 1))
