"""Totals that a sheet states, against the sum of the rows above them."""

from __future__ import annotations

from pipeline.errors import CellError
from pipeline.layout import Column
from pipeline.layout.model import RECORD, SECTION, SUBTOTAL, TOTAL
from pipeline.records.model import Extract
from pipeline.records.source import Source
from pipeline.thai import parse_baht, squeeze
from pipeline.workbook import address, cell_text


def read_totals(source: Source, column: Column, values: list[int | None], extract: Extract) -> None:
    """Add one quality_total row for every stated total or subtotal of a money column; money in satang.

    A total covers the records since the last total, a subtotal those since the last total, subtotal or section.

    Args:
        source: the table.
        column: a column of money.
        values: what the records hold in it, in satang.
        extract: what the totals are added to.
    """
    amounts = dict(zip(source.table.records, values, strict=True))
    whole: list[int] = []
    part: list[int] = []
    for row, role in sorted(source.table.roles.items()):
        if role == RECORD:
            whole.append(row)
            part.append(row)
        elif role == SECTION:
            part = []
        elif role in (TOTAL, SUBTOTAL):
            covered = whole if role == TOTAL else part
            _add_total(source, column, row, {record: amounts[record] for record in covered}, extract)
            part = []
            whole = [] if role == TOTAL else whole


def _add_total(
    source: Source, column: Column, row: int, covered: dict[int, int | None], extract: Extract
) -> None:
    """Compare one stated total with the records that it covers."""
    stated = _stated(source, row, column)
    if stated is None or not covered:
        return
    computed = sum(amount or 0 for amount in covered.values())
    extract.totals.append(
        {
            "sheet": source.sheet.name,
            "cell": address(row, column.index),
            "measure": column.measure,
            "stated_satang": stated,
            "computed_satang": computed,
            "difference_satang": stated - computed,
            "province_code": source.province.value,
            "first_row": min(covered) + 1,
            "last_row": max(covered) + 1,
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
