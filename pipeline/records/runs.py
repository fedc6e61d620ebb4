"""Provinces that are named only in the first of their rows: filled down where nothing else can be meant."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.layout import Column
from pipeline.layout.model import SECTION, SUBTOTAL, TOTAL
from pipeline.records.model import Extract
from pipeline.records.source import Source
from pipeline.thai import to_arabic_digits

_ENDS = frozenset({SECTION, SUBTOTAL, TOTAL})
_FIRST = "1"


def fill_runs(source: Source, field: str, rows: Sequence[int], extract: Extract) -> dict[int, str]:
    """Fill blank cells of a column from the cell above, and tell it once.

    It is done only where the first row has a name, no name comes twice, and the blank rows are either as many as the
    names at least, or the running numbers begin anew at every name; a heading or a total ends what is filled.

    Returns:
        By row that is blank, what stands above it; empty where that would be a guess.
    """
    column = source.table.fields[field]
    texts = {row: source.text(row, field) for row in rows}
    named = {row: text for row, text in texts.items() if text}
    if not rows or rows[0] not in named or len(named) == len(texts) or len(set(named.values())) < len(named):
        return {}
    if len(texts) < 2 * len(named) and not _begin_anew(source, list(named)):
        return {}
    ends = {row for row, role in source.table.roles.items() if role in _ENDS}
    filled: dict[int, str] = {}
    above: str | None = None
    for row in sorted({*texts, *ends}):
        above = None if row in ends else texts[row] or above
        if above and row in texts and row not in named:
            filled[row] = above
    _tell(source, column, filled, extract)
    return filled


def _begin_anew(source: Source, rows: Sequence[int]) -> bool:
    """Whether each of the rows is numbered 1."""
    numbers = [source.text(row, "row_no") or "" for row in rows]
    return all(to_arabic_digits(number).strip("(). ") == _FIRST for number in numbers)


def _tell(source: Source, column: Column, filled: dict[int, str], extract: Extract) -> None:
    """Tell at the first filled cell how many were filled."""
    if filled:
        row = next(iter(filled))
        finding = source.finding(
            "province_filled_down", row, column, value=filled[row], count=str(len(filled))
        )
        extract.findings.append(finding)
