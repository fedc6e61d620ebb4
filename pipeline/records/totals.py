"""Totals that a sheet states, against the sum of the rows above them."""

from __future__ import annotations

from pipeline.errors import CellError
from pipeline.layout import SUBTOTAL, TOTAL, Column
from pipeline.records.cells import read_satang
from pipeline.records.model import Extract
from pipeline.records.source import Source
from pipeline.thai import parse_baht, squeeze
from pipeline.workbook import address, cell_text


def read_totals(source: Source, extract: Extract) -> None:
    """Add one quality_total row for every stated total or subtotal in a money column; money in satang.

    A total covers the records since the last total, a subtotal those since the last total, subtotal or section.
    """
    for column in source.table.money:
        amounts = dict(zip(source.table.records, read_satang(source, column, Extract()), strict=True))
        whole: list[int] = []
        part: list[int] = []
        for row, role in sorted(source.table.roles.items()):
            if role == "record":
                whole.append(row)
                part.append(row)
            elif role == "section":
                part = []
            elif role in (TOTAL, SUBTOTAL):
                _add_total(source, column, row, whole if role == TOTAL else part, amounts, extract)
                part = []
                whole = [] if role == TOTAL else whole


def _add_total(source: Source, column: Column, row: int, covered: list[int], amounts: dict[int, int | None],
               extract: Extract) -> None:
    """Compare one stated total with the records that it covers."""
    stated = _stated(source, row, column)
    if stated is None or not covered:
        return
    computed = sum(amounts[record] or 0 for record in covered)
    extract.totals.append({
        "sheet": source.sheet.name, "cell": address(row, column.index), "measure": column.measure,
        "stated_satang": stated, "computed_satang": computed,
        "difference_satang": stated - computed, "province_code": source.province.value,
        "first_row": covered[0] + 1, "last_row": covered[-1] + 1})


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
