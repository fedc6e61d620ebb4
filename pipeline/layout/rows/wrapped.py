"""Rows that continue the texts of the record above them, where a long name was typed over two rows."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.layout.headers import is_number
from pipeline.layout.model import RECORD, SECTION, Column
from pipeline.layout.rows.outline import is_section_name, stands_below
from pipeline.layout.words.vocabulary import Vocabulary
from pipeline.thai import squeeze
from pipeline.workbook import Cell, Sheet, cell_text


def join_wrapped(
    sheet: Sheet, columns: tuple[Column, ...], roles: dict[int, str], vocabulary: Vocabulary
) -> dict[int, tuple[int, ...]]:
    """Find the rows that continue a numbered record directly above: a name without number or figure.

    Such a row becomes a record's in `roles`. Where rows of one text head the records, or records bear no numbers, a
    text alone may be a heading as well, and nothing is joined.

    Returns:
        By the record's row, the rows that continue it, in order.
    """
    name = next((column.index for column in columns if column.field == "project_name"), None)
    number = next((column.index for column in columns if column.field == "row_no"), None)
    body = [row for row, role in roles.items() if role in (RECORD, SECTION)]
    if name is None or number is None or not body or roles[body[0]] == SECTION:
        return {}
    merged = {merge.top for merge in sheet.merges if merge.right > merge.left}
    continued: dict[int, tuple[int, ...]] = {}
    owner, last = -1, -1
    for row in body:
        cells = sheet.rows[row]
        value = cells[number] if number < len(cells) else None
        if value is not None and value != "":
            owner, last = row, row
        elif row == last + 1 and row not in merged and _continues(cells, sheet.rows[owner], name, vocabulary):
            continued[owner] = (*continued.get(owner, ()), row)
            last = row
        else:
            owner, last = -1, -1
    roles.update({row: RECORD for rows in continued.values() for row in rows})
    return continued


def _continues(cells: Sequence[Cell], above: Sequence[Cell], name: int, vocabulary: Vocabulary) -> bool:
    """Whether a row holds a piece of a name and nothing of its own."""
    held = [index for index in range(len(cells)) if _filled(cells, index)]
    if name not in held or any(is_number(cells[index]) or not _filled(above, index) for index in held):
        return False
    text = cell_text(cells[name]).strip()
    plain = squeeze(text)
    return not (
        stands_below(text, vocabulary)
        or is_section_name(text, vocabulary)
        or plain.startswith((*vocabulary.project_starts, *vocabulary.notes, *vocabulary.signatures, "("))
        or vocabulary.page_line.fullmatch(plain)
    )


def _filled(cells: Sequence[Cell], index: int) -> bool:
    """Whether a row has anything in a column."""
    return index < len(cells) and cells[index] is not None and bool(cell_text(cells[index]).strip())
