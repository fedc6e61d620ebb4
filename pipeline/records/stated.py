"""Totals that a statistical table states, against the sum of its rows; a difference is told and nothing is mended."""

from __future__ import annotations

from collections.abc import Collection

from pipeline.errors import CellError
from pipeline.layout import Column
from pipeline.layout.model import RECORD, SUBTOTAL, TOTAL
from pipeline.layout.statistics.words import load_figure_words
from pipeline.records.model import Extract
from pipeline.records.source import Source
from pipeline.records.statistics import Statistics
from pipeline.thai import parse_number
from pipeline.workbook import Cell, cell_text

_STATING = frozenset({TOTAL, SUBTOTAL})


def tell_totals(table: Statistics, column: Column, unit: str | None, extract: Extract) -> None:
    """Tell each stated total of a column that adds up, and that none of its readings proves.

    Args:
        table: the table.
        column: a column of figures.
        unit: of its figures; a rate or an unknown unit is not added up.
        extract: what the findings are added to.
    """
    source = table.source
    if not _adds_up(source, unit):
        return
    rows = sorted(table.figures.table.roles.items())
    stating = [
        (place, row)
        for place, (row, role) in enumerate(rows)
        if role in (TOTAL, SUBTOTAL) and _says_total(source, row)
    ]
    if not stating:
        return
    values = {
        row: _number(source.cell(row, column)) for row, role in rows if role in (RECORD, TOTAL, SUBTOTAL)
    }
    for place, row in stating:
        stated = values[row]
        readings = [covered for covered in _readings(rows, place) if covered]
        if stated is None or not readings:
            continue
        sums = [_sum(values, covered) for covered in readings]
        slack = _slack([values[row], *(values[other] for other in readings[0])], len(readings[0]))
        if all(abs(total - stated) > slack for total in sums):
            nearest = min(sums, key=lambda total: abs(total - stated))
            words = {
                "stated": _write(stated),
                "computed": _write(nearest),
                "difference": _write(stated - nearest),
            }
            extract.findings.append(source.finding("indicator_total_differs", row, column, **words))


def _says_total(source: Source, row: int) -> bool:
    """Whether a row calls itself a total; a region's row says a name, and not what it adds up."""
    words = load_figure_words()
    return any(
        words.area_role(cell, source.vocabulary) == TOTAL
        for cell in source.sheet.rows[row]
        if isinstance(cell, str)
    )


def _adds_up(source: Source, unit: str | None) -> bool:
    """Whether figures of a unit can be added: things that are counted, and money."""
    known = source.vocabulary.count_units | source.vocabulary.money_units.keys()
    return unit in known and unit not in load_figure_words().not_added


def _readings(rows: list[tuple[int, str]], place: int) -> list[list[int]]:
    """The rows that a total may cover, the likeliest first; rows with their roles in order.

    Those since the last total or part, since the last total, all above, or all below one that stands first; or all
    rows above it, regions among them.
    """
    before, after = rows[:place][::-1], rows[place + 1 :]
    near = [_until(before, _STATING)] if rows[place][1] == SUBTOTAL else []
    above = [row for row, role in rows[:place] if role in (RECORD, SUBTOTAL)]
    return [*near, _until(before, {TOTAL}), _until(before, set()), _until(after, {TOTAL}), above]


def _until(rows: list[tuple[int, str]], ends: Collection[str]) -> list[int]:
    """The records from here to the first row with a role that ends them."""
    covered: list[int] = []
    for row, role in rows:
        if role in ends:
            break
        if role == RECORD:
            covered.append(row)
    return covered


def _number(value: Cell) -> float | None:
    """Read a cell as a number; None where it is none."""
    if isinstance(value, float | int) and not isinstance(value, bool):
        return float(value)
    try:
        return float(parse_number(cell_text(value))) if isinstance(value, str) and value.strip() else None
    except CellError:
        return None


def _sum(values: dict[int, float | None], rows: list[int]) -> float:
    """Add up what rows hold."""
    return sum(values[row] or 0 for row in rows)


def _slack(values: list[float | None], rows: int) -> float:
    """How far rounding may put a sum off: half of the last printed place for every row; nothing for whole numbers."""
    places = max((_places(value) for value in values if value is not None), default=0)
    return 0.5 * 10**-places * (rows + 1) if places else 1e-6


def _places(value: float) -> int:
    """How many decimals a number is written with."""
    text = cell_text(value)
    return len(text.partition(".")[2]) if "e" not in text else 0


def _write(value: float) -> str:
    """Write a number for a message."""
    return f"{value:,.2f}".removesuffix(".00")
