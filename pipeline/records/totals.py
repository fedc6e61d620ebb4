"""Totals that a sheet states, against the sum of the rows above them."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from itertools import accumulate

from pipeline.errors import CellError
from pipeline.layout import Column, Table
from pipeline.layout.model import RECORD, SECTION, SUBTOTAL, TOTAL
from pipeline.records.model import Extract
from pipeline.records.source import Source
from pipeline.thai import parse_baht, squeeze
from pipeline.workbook import address, cell_text

_STATING = frozenset({TOTAL, SUBTOTAL, SECTION})
# Some of the records that follow one another: the place of the first among all, and of the one after the last.
Span = tuple[int, int]


def read_totals(
    source: Source,
    values: Iterable[tuple[Column, list[int | None]]],
    extract: Extract,
    *,
    firsts: Sequence[int] = (),
) -> None:
    """Add one quality_total row for every stated total of each money column; money in satang.

    Which records a total covers, its place and its words leave open: those since the last total, since the last
    subtotal or section, or below a total that stands first. The first reading that its figure proves is taken.

    Args:
        source: the table.
        values: each column of money with what the records hold in it, in satang.
        extract: what the totals are added to.
        firsts: the places among the records where a project of several rows begins, in order.
    """
    readings = _readings(source.table, firsts)
    for column, amounts in values:
        sums = [0, *accumulate(amount or 0 for amount in amounts)]
        for row, spans in readings.items():
            stated = _stated(source, row, column)
            if column.by_row and source.table.stages.get(row) != column.measure:
                continue
            if stated is not None:
                covered = next((span for span in spans if _sum(sums, span) == stated), spans[0])
                _add_total(
                    source, column, row, stated, covered=covered, computed=_sum(sums, covered), to=extract
                )


def _readings(table: Table, firsts: Sequence[int]) -> dict[int, list[Span]]:
    """By row that states a total, the records that it may cover, the likeliest first."""
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


def _sum(sums: list[int], span: Span) -> int:
    """Add up what a span of records holds, in satang."""
    return sums[span[1]] - sums[span[0]]


def _add_total(
    source: Source, column: Column, row: int, stated: int, *, covered: Span, computed: int, to: Extract
) -> None:
    """Compare one stated total with the records that it covers."""
    records = source.table.records
    to.totals.append(
        {
            "sheet": source.sheet.name,
            "cell": address(row, column.index),
            "measure": column.measure,
            "stated_satang": stated,
            "computed_satang": computed,
            "difference_satang": stated - computed,
            "province_code": source.province.value,
            "first_row": records[covered[0]] + 1,
            "last_row": records[covered[1] - 1] + 1,
        }
    )


def _stated(source: Source, row: int, column: Column) -> int | None:
    """Read a total's cell in satang; None where there is none or it cannot be read."""
    value = source.cell(row, column)
    unit, _ = source.unit_of(column)
    if isinstance(value, float | int) and not isinstance(value, bool):
        return round(value * float(unit.baht * 100))
    text = cell_text(value)
    if not squeeze(text) or squeeze(text) in source.vocabulary.nil:
        return None
    try:
        return round(parse_baht(text, unit=unit) * 100)
    except CellError:
        return None
