"""Marks that say "as above": read as what the cell above says, for texts; never for names and money."""

from __future__ import annotations

from pipeline.layout import Column, Table, Vocabulary
from pipeline.thai import squeeze
from pipeline.workbook import Cell, Sheet, cell_text

LONGEST_DITTO = 6


def is_ditto(value: Cell, vocabulary: Vocabulary) -> bool:
    """Whether a cell holds only a mark for "as above"."""
    return (
        isinstance(value, str)
        and len(value) <= LONGEST_DITTO
        and (value in vocabulary.dittos or squeeze(value) in vocabulary.dittos)
    )


def resolve_ditto(sheet: Sheet, table: Table, row: int, column: Column, vocabulary: Vocabulary) -> Cell:
    """What a ditto mark stands for: the nearest cell above it in its table that is no mark; None where it is blank."""
    for above in range(row - 1, table.header.last, -1):
        cells = sheet.rows[above]
        value = cells[column.index] if column.index < len(cells) else None
        if above not in table.roles or (value is not None and is_ditto(value, vocabulary)):
            continue
        return value if value is not None and cell_text(value).strip() else None
    return None
