"""Totals that a sheet states, against the sum of the rows above them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import accumulate
from math import sqrt

from pipeline.errors import CellError
from pipeline.layout import Column
from pipeline.records.explain import Claim, Explanation, explain
from pipeline.records.model import Extract
from pipeline.records.source import Source
from pipeline.records.spans import Span, list_readings
from pipeline.thai import Unit, parse_baht, squeeze
from pipeline.workbook import Cell, address, cell_text

# Rounding moves an amount printed in a unit by half of its second decimal.
_PRINTED = 0.005
Amounts = Sequence[int | None]


def read_totals(
    source: Source,
    values: Iterable[tuple[Column, Amounts, frozenset[int]]],
    extract: Extract,
    *,
    firsts: Sequence[int] = (),
) -> None:
    """Add one quality_total row for every stated total of each money column; money in satang.

    Which records a total covers, its place and its words leave open: those since the last total, since the last
    subtotal or section, or below a total that stands first. The first reading that its figure proves is taken.

    Args:
        source: the table.
        values: each column of money with what the records hold in it, in satang, and its unreadable rows.
        extract: what the totals are added to.
        firsts: the places among the records where a project of several rows begins, in order.
    """
    readings = list_readings(source.table, firsts)
    for column, amounts, unreadable in values:
        sums = [0, *accumulate(amount or 0 for amount in amounts)]
        for row, spans in readings.items():
            stated = _stated(source, row, column)
            if column.by_row and source.table.stages.get(row) != column.measure:
                continue
            if stated is not None:
                covered = next((span for span in spans if _sum(sums, span) == stated), spans[0])
                claim = _claim(source, stated, covered, amounts, unreadable)
                _add_total(source, column, row, claim, computed=_sum(sums, covered), to=extract)


def _claim(source: Source, stated: int, covered: Span, amounts: Amounts, unreadable: frozenset[int]) -> Claim:
    """A stated total beside the rows that it covers."""
    rows = source.table.records[covered[0] : covered[1]]
    return Claim(stated, rows, amounts[covered[0] : covered[1]], unreadable.intersection(rows))


def _numbers(source: Source, rows: Sequence[int]) -> tuple[int, ...]:
    """The whole running numbers of rows."""
    column = source.table.fields.get("row_no")
    if column is None:
        return ()
    cells = [source.cell(row, column) for row in rows]
    return tuple(number for cell in cells if (number := _whole(cell)) is not None)


def _whole(cell: Cell) -> int | None:
    """A cell as a whole number."""
    if isinstance(cell, float | int) and not isinstance(cell, bool):
        return int(cell) if float(cell).is_integer() else None
    text = squeeze(cell_text(cell)).rstrip(".)")
    return int(text) if text.isdecimal() else None


def _sum(sums: list[int], span: Span) -> int:
    """Add up what a span of records holds, in satang."""
    return sums[span[1]] - sums[span[0]]


def _add_total(source: Source, column: Column, row: int, claim: Claim, *, computed: int, to: Extract) -> None:
    """Compare one stated total with the records that it covers, and say what would explain a difference."""
    unit, _ = source.unit_of(column)
    explained = None if claim.stated == computed else _explain(source, claim, unit)
    at_row = None if explained is None or explained.row is None else address(explained.row, column.index)
    to.totals.append(
        {
            "sheet": source.sheet.name,
            "cell": address(row, column.index),
            "measure": column.measure,
            "stated_satang": claim.stated,
            "computed_satang": computed,
            "difference_satang": claim.stated - computed,
            "province_code": _province(source, claim) if claim.stated != computed else source.province.value,
            "first_row": claim.rows[0] + 1,
            "last_row": claim.rows[-1] + 1,
            "explanation_th": explained.text_th if explained else None,
            "explains_cell": at_row,
        }
    )


def _explain(source: Source, claim: Claim, unit: Unit) -> Explanation | None:
    """Explain a difference that is more than rounding."""
    rounding = float(unit.baht) * 100 * _PRINTED * sqrt(len(claim.rows)) if unit.baht > 1 else 99
    if abs(claim.difference) <= rounding:
        return None
    numbered = Claim(claim.stated, claim.rows, claim.amounts, claim.unreadable, _numbers(source, claim.rows))
    return explain(numbered)


def _province(source: Source, claim: Claim) -> object:
    """Whose a total that does not add up is: the table's province, else the only one of its rows."""
    if source.province.value is not None:
        return source.province.value
    provinces = {source.province_of(row) for row in claim.rows}
    return provinces.pop() if len(provinces) == 1 else None


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
