"""Totals that a sheet states, against the sum of the rows above them."""

from __future__ import annotations

from collections.abc import Collection

from pipeline.errors import CellError
from pipeline.layout import Column
from pipeline.layout.model import RECORD, SECTION, SUBTOTAL, TOTAL
from pipeline.records.model import Extract
from pipeline.records.source import Source
from pipeline.thai import parse_baht, squeeze
from pipeline.workbook import address, cell_text

_STATING = frozenset({TOTAL, SUBTOTAL, SECTION})


def read_totals(source: Source, column: Column, values: list[int | None], extract: Extract) -> None:
    """Add one quality_total row for every stated total of a money column; money in satang.

    Which records a total covers, its place and its words leave open: those since the last total, since the last
    subtotal or section, or below a total that stands first. The first reading that its figure proves is taken.

    Args:
        source: the table.
        column: a column of money.
        values: what the records hold in it, in satang.
        extract: what the totals are added to.
    """
    amounts = dict(zip(source.table.records, values, strict=True))
    rows = sorted(source.table.roles.items())
    for place, (row, role) in enumerate(rows):
        if role not in _STATING:
            continue
        stated = _stated(source, row, column)
        readings = [covered for covered in _readings(rows, place) if covered]
        if stated is None or not readings:
            continue
        proved = [covered for covered in readings if _sum(amounts, covered) == stated]
        _add_total(
            source,
            column,
            row,
            stated,
            covered={row: amounts[row] for row in (proved or readings)[0]},
            to=extract,
        )


def _readings(rows: list[tuple[int, str]], place: int) -> list[list[int]]:
    """The records that a total, subtotal or section may cover, the likeliest first."""
    before, after = rows[:place][::-1], rows[place + 1 :]
    role = rows[place][1]
    if role == SECTION:
        return [_until(after, _STATING), _until(after, {TOTAL})]
    if role == SUBTOTAL:
        return [_until(before, _STATING), _until(before, {TOTAL}), _until(before, set())]
    return [_until(before, {TOTAL}), _until(before, set()), _until(after, {TOTAL}), _until(before, _STATING)]


def _until(rows: list[tuple[int, str]], ends: Collection[str]) -> list[int]:
    """The records from here to the first row with a role that ends them."""
    covered: list[int] = []
    for row, role in rows:
        if role in ends:
            break
        if role == RECORD:
            covered.append(row)
    return covered


def _sum(amounts: dict[int, int | None], rows: list[int]) -> int:
    """Add up what records hold, in satang."""
    return sum(amounts[row] or 0 for row in rows)


def _add_total(
    source: Source, column: Column, row: int, stated: int, *, covered: dict[int, int | None], to: Extract
) -> None:
    """Compare one stated total with the records that it covers."""
    computed = sum(amount or 0 for amount in covered.values())
    to.totals.append(
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
