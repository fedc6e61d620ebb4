"""Marks findings at their cells: colour, border, a note that says what to do, and a link back to the list."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, Cell, MergedCell
from openpyxl.comments import Comment
from openpyxl.styles import Border, PatternFill, Side
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.worksheet import Worksheet

from pipeline.returns.model import Remark, load_words
from pipeline.workbook import column_index

_PLACE = re.compile(r"([A-Z]{1,3})?(\d{1,7})(?::([A-Z]{1,3})?(\d{1,7}))?")
_MOST_CELLS = 2000
_NOTE_WIDTH, _LINE_HEIGHT, _LETTERS_A_LINE = 340, 20, 44


def mark_cells(
    pages: Mapping[str, Worksheet], remarks: Sequence[Remark], *, front: str, rows: Mapping[int, int]
) -> None:
    """Mark every remark that has a cell and is to be marked.

    Args:
        pages: the sheets by the name that the warehouse has for them.
        remarks: the remarks, the gravest first.
        front: the title of the sheet that lists them.
        rows: the row of each remark there.
    """
    by_place: dict[tuple[str, str], list[Remark]] = {}
    for remark in remarks:
        if remark.sheet in pages and remark.cell and remark.is_marked:
            by_place.setdefault((str(remark.sheet), remark.cell), []).append(remark)
    for (sheet, place), found in by_place.items():
        cells = list_cells(pages[sheet], place)
        for cell in cells:
            _colour(cell, found[0].severity)
        anchor = next((cell for cell in cells if not isinstance(cell, MergedCell)), None)
        if anchor is not None:
            _note(anchor, found)
            _link_back(anchor, front, found[0].number, rows[found[0].number])


def list_cells(page: Worksheet, place: str) -> list[Cell | MergedCell]:
    """The cells of F12, F12:H12 or 12:12 (the row's cells that hold something); the whole merged range of a part."""
    match = _PLACE.fullmatch(place)
    if match is None:
        return []
    left, top, right, bottom = match.groups()
    first, last = int(top), int(bottom or top)
    if left is None:
        cells: list[Cell | MergedCell] = [cell for row in page.iter_rows(first, last) for cell in row]
        return [cell for cell in cells if cell.value is not None] or [page.cell(first, 1)]
    start, end = column_index(left) + 1, column_index(right or left) + 1
    for merged in page.merged_cells.ranges:
        if merged.min_row <= first <= merged.max_row and merged.min_col <= start <= merged.max_col:
            first, last = merged.min_row, max(last, merged.max_row)
            start, end = merged.min_col, max(end, merged.max_col)
    if (last - first + 1) * (end - start + 1) > _MOST_CELLS:
        return [page.cell(first, start)]
    rows, columns = range(first, last + 1), range(start, end + 1)
    return [page.cell(row, column) for row in rows for column in columns]


def severity_look(severity: str) -> tuple[PatternFill, Border]:
    """The fill and the border of a severity."""
    look = load_words()["severities"][severity]
    side = Side(style=look["border"], color=look["line"])
    return PatternFill("solid", fgColor=look["fill"]), Border(left=side, right=side, top=side, bottom=side)


def _colour(cell: Cell | MergedCell, severity: str) -> None:
    """Give a cell the look of a severity, unless it has that of a graver one."""
    graver = {"error": (), "warning": ("error",), "info": ("error", "warning")}[severity]
    if any(cell.fill == severity_look(other)[0] for other in graver):
        return
    cell.fill, cell.border = severity_look(severity)


def _note(cell: Cell, remarks: Sequence[Remark]) -> None:
    """Write the note; what the sender had noted, or another finding of the row did, stays below it."""
    words = load_words()
    parts = [note_text(remark) for remark in remarks]
    if cell.comment is not None:
        earlier = cell.comment.text
        is_ours = cell.comment.author == words["author"]
        parts.append(earlier if is_ours else words["note"]["earlier"].format(text=earlier))
    text = ILLEGAL_CHARACTERS_RE.sub("", "\n\n".join(parts))
    lines = sum(len(line) // _LETTERS_A_LINE + 1 for line in text.splitlines())
    cell.comment = Comment(text, words["author"], height=(lines + 1) * _LINE_HEIGHT, width=_NOTE_WIDTH)


def note_text(remark: Remark) -> str:
    """What a note says of one finding: its severity, what was found, what was computed, what to do."""
    words = load_words()
    name = words["severities"][remark.severity]["name"]
    lines = [
        words["note"]["head"].format(severity=name, number=remark.number),
        remark.message,
        remark.computed,
        words["note"]["todo"].format(todo=remark.todo),
    ]
    return "\n".join(filter(None, lines))


def _link_back(cell: Cell, front: str, number: int, row: int) -> None:
    """Link a cell that has no link of its own to its line in the list."""
    words = load_words()
    if not words["links_back"] or cell.hyperlink is not None:
        return
    is_empty = cell.value is None
    tip = words["front"]["back"].format(number=number, sheet=front)
    cell.hyperlink = Hyperlink(ref=cell.coordinate, location=f"'{front}'!A{row}", tooltip=tip)
    if is_empty:
        # An empty cell that gets a link is given the link's target as a text.
        cell.value = None
