"""Tables whose rows, and not columns, say the stage of money: a row แผน and a row ผล for every project."""

from __future__ import annotations

from pipeline.layout.model import Column
from pipeline.layout.vocabulary import Vocabulary
from pipeline.thai import squeeze
from pipeline.workbook import Sheet

_FIRST_RECORDS = 40
_FEWEST = 2


def find_stage_column(
    sheet: Sheet, columns: tuple[Column, ...], records: tuple[int, ...], vocabulary: Vocabulary
) -> int | None:
    """Find the column, with a head or without, whose every text is a word for a stage, and not always the same one."""
    held: dict[int, set[str]] = {}
    named = {column.index for column in columns if column.field == "project_name"}
    for row in records[:_FIRST_RECORDS]:
        for index, cell in enumerate(sheet.rows[row]):
            if isinstance(cell, str) and index not in named and cell.strip():
                held.setdefault(index, set()).add(squeeze(cell))
    for index, words in held.items():
        if len(words) >= _FEWEST and all(_is_stage(word, vocabulary) for word in words):
            return index
    return None


def _is_stage(word: str, vocabulary: Vocabulary) -> bool:
    """Whether a text as a whole is a word for a stage of money."""
    kind, _ = vocabulary.exact.get(word.strip(" :."), ("", ""))
    return kind == "measure" and word not in vocabulary.fund_sources
