"""Which records a row that states something of them may cover: its place and its words leave it open."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence

from pipeline.layout import Table
from pipeline.layout.model import SECTION, SUBTOTAL, TOTAL

_STATING = frozenset({TOTAL, SUBTOTAL, SECTION})
# Some of the records that follow one another: the place of the first among all, and of the one after the last.
Span = tuple[int, int]


def list_readings(table: Table, firsts: Sequence[int] = ()) -> dict[int, list[Span]]:
    """Give, by row that states a total or a count, the records that it may cover, the likeliest first.

    Args:
        table: the layout.
        firsts: the places among the records where a project of several rows begins, in order.
    """
    stating = sorted((row, role) for row, role in table.roles.items() if role in _STATING)
    ends = {"stating": [row for row, _ in stating], "total": [row for row, role in stating if role == TOTAL]}
    records = sorted(table.records)
    readings: dict[int, list[Span]] = {}
    for row, role in stating:
        here = bisect_left(records, row)
        own = firsts[bisect_left(firsts, here) - 1] if firsts and role == SUBTOTAL else here
        spans = [(own, here), *_spans(row, role, ends, records)]
        spans = [span for span in spans if span[0] < span[1]]
        if spans:
            readings[row] = spans
    return readings


def _spans(row: int, role: str, ends: Mapping[str, list[int]], records: list[int]) -> list[Span]:
    """The spans of records that a row may cover, back to the last row that states something or on to the next."""
    here = bisect_left(records, row)
    above = {name: (_records_before(places, row, records), here) for name, places in ends.items()}
    below = {name: (here, _records_until(places, row, records)) for name, places in ends.items()}
    if role == SECTION:
        return [below["stating"], below["total"]]
    if role == SUBTOTAL:
        return [above["stating"], above["total"], (0, here)]
    return [above["total"], (0, here), below["total"], above["stating"]]


def _records_before(places: list[int], row: int, records: list[int]) -> int:
    """How many records stand above the last of the places that is above a row; none where there is no such place."""
    index = bisect_left(places, row)
    return bisect_left(records, places[index - 1]) if index else 0


def _records_until(places: list[int], row: int, records: list[int]) -> int:
    """How many records stand above the next of the places below a row; all where there is no such place."""
    index = bisect_right(places, row)
    return bisect_left(records, places[index]) if index < len(places) else len(records)
