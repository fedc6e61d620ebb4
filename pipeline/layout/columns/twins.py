"""Columns that would say the same amount twice: which of them is the amount, which are its parts, which is unclear."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import replace

from pipeline.layout.model import Column, Header
from pipeline.layout.words.vocabulary import Vocabulary
from pipeline.workbook import Cell, Sheet

REPEATED = "repeated"
# Stages of which a form may hold several that are all meant: carried over with and without a contract.
_ADDED_UP = frozenset({"transferred", "committed", "carried_over"})
_INSTALMENT = re.compile(r"(?:ครั้งที่|งวดที่|งวด|รอบที่|ระยะที่)\d")


def settle_twins(
    sheet: Sheet, header: Header, columns: tuple[Column, ...], vocabulary: Vocabulary
) -> tuple[Column, ...]:
    """Tell columns of the same measure, year, period and part apart.

    A leaf of its own words under a head of money is a part of it, and so is an instalment. What is left twice is
    one amount where both columns hold the same, and else unclear: read as neither.
    """
    twins: dict[tuple[object, ...], list[Column]] = defaultdict(list)
    for column in columns:
        if column.measure and _is_filled(sheet, header, column, columns):
            key = (column.measure, column.year_be, column.period, column.category, column.fund_source)
            twins[key].append(column)
    settled: dict[int, Column] = {}
    for group in twins.values():
        if len(group) > 1:
            settled.update((column.index, column) for column in _settle(sheet, header, group, vocabulary))
    return tuple(settled.get(column.index, column) for column in columns)


def _settle(sheet: Sheet, header: Header, group: list[Column], vocabulary: Vocabulary) -> list[Column]:
    """Settle the columns that share what they say."""
    summed = {column.path[:-1] for column in group if _is_sum(column, vocabulary)}
    parts = [
        replace(column, category=column.path[-1])
        if _is_part(column, vocabulary) or (column.path[:-1] in summed and not _is_sum(column, vocabulary))
        else column
        for column in group
    ]
    whole = [column for column in parts if column.category is None or column in group]
    if len(whole) < 2 or whole[0].measure in _ADDED_UP:
        return parts
    if len({tuple(_values(sheet, header, column)) for column in whole}) == 1:
        unclear = whole[1:]
    else:
        exact = [column for column in whole if column.headings[-1].is_exact]
        unclear = [column for column in whole if exact != [column]]
    return [
        replace(column, measure=None, field=REPEATED) if column in unclear else column for column in parts
    ]


def _is_part(column: Column, vocabulary: Vocabulary) -> bool:
    """Whether a leaf names a part in words of its own, or an instalment."""
    leaf = column.headings[-1]
    if _INSTALMENT.search(leaf.text):
        return True
    says = leaf.measure or leaf.field or leaf.period or leaf.year_be or leaf.text in vocabulary.totals
    return len(column.path) > 1 and bool(leaf.text) and not says


def _is_sum(column: Column, vocabulary: Vocabulary) -> bool:
    """Whether a column under a head sums those beside it."""
    return len(column.path) > 1 and column.headings[-1].text in vocabulary.totals


def _is_filled(sheet: Sheet, header: Header, column: Column, columns: tuple[Column, ...]) -> bool:
    """Whether a column is no empty second half of a head that is merged over it and the one before."""
    twin = any(other.index < column.index and other.path == column.path for other in columns)
    return not twin or any(value is not None for value in _values(sheet, header, column))


def _values(sheet: Sheet, header: Header, column: Column) -> list[Cell]:
    """What a column holds below the head."""
    return [
        row[column.index] if column.index < len(row) else None for row in sheet.rows[header.last + 1 :] if row
    ]
