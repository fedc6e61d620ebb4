"""Which records a row that states something of them may cover: its place and its words leave it open."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from itertools import accumulate

from pipeline.layout import Table
from pipeline.layout.model import RECORD, SECTION, SUBTOTAL, TOTAL

_STATING = frozenset({TOTAL, SUBTOTAL, SECTION})
# Some of the records that follow one another: the place of the first among all, and of the one after the last.
Span = tuple[int, int]


def list_readings(table: Table, firsts: Sequence[int] = ()) -> dict[int, list[Span]]:
    """Give, by row that states a total or a count, the records that it may cover, the likeliest first.

    Args:
        table: the layout.
        firsts: the places among the records where a project of several rows begins, in order.
    """
    records = frozenset(table.records)
    rows = sorted((row, role) for row, role in table.roles.items() if role != RECORD or row in records)
    ends = {
        name: [place for place, (_, role) in enumerate(rows) if role in roles]
        for name, roles in (("stating", _STATING), ("total", {TOTAL}))
    }
    before = [0, *accumulate(role == RECORD for _, role in rows)]
    readings: dict[int, list[Span]] = {}
    for place in ends["stating"]:
        row, role = rows[place]
        own = firsts[bisect_left(firsts, before[place]) - 1] if firsts and role == SUBTOTAL else before[place]
        spans = [(own, before[place]), *_spans(place, role, ends, before)]
        spans = [span for span in spans if span[0] < span[1]]
        if spans:
            readings[row] = spans
    return readings


def _spans(place: int, role: str, ends: Mapping[str, list[int]], before: list[int]) -> list[Span]:
    """The spans of records that a row may cover; `before` counts the records above each place."""
    last = len(before) - 1
    since, until = (
        {name: _neighbour(places, place, step, nothing) for name, places in ends.items()}
        for step, nothing in ((-1, 0), (1, last))
    )
    here = before[place]
    above = {name: (before[end], here) for name, end in since.items()}
    below = {name: (here, before[end]) for name, end in until.items()}
    if role == SECTION:
        return [below["stating"], below["total"]]
    if role == SUBTOTAL:
        return [above["stating"], above["total"], (0, here)]
    return [above["total"], (0, here), below["total"], above["stating"]]


def _neighbour(places: list[int], place: int, step: int, nothing: int) -> int:
    """The next of the places, in order, before or after a place; `nothing` where there is none."""
    if step < 0:
        index = bisect_left(places, place)
        return places[index - 1] if index else nothing
    index = bisect_right(places, place)
    return places[index] if index < len(places) else nothing
