"""Which figures and totals may not be shown, so that no small number of a sensitive indicator can be worked out.

A figure below the limit is not shown. Of those, any that the totals still shown would give back is covered by hiding
the smallest other figure of one such total, and where a total has none, the total. Afterwards no sum or difference of
what is shown gives such a figure (the rows of the shown totals do not span it), nor do its bounds.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy
    from duckdb import DuckDBPyConnection

Cell = tuple[str, str]
_FIGURES = """
WITH sensitive AS (
    SELECT d.indicator_code FROM core_indicator_definition AS d WHERE d.is_sensitive
),
family AS (
    SELECT indicator_code, indicator_code AS head FROM sensitive
    UNION
    SELECT unnest([p.indicator_code, p.part_code]), p.indicator_code
    FROM core_indicator_part AS p
    WHERE p.part_kind = 'indicator'
      AND (p.part_code IN (FROM sensitive) OR p.indicator_code IN (FROM sensitive))
),
headed AS (
    SELECT indicator_code, max_by(head, head <> indicator_code) AS head FROM family GROUP BY indicator_code
)
SELECT h.head, y.year_be, y.period_basis, y.province_code, y.indicator_code, y.value
FROM core_yearly_value AS y
JOIN headed AS h USING (indicator_code)
WHERE y.province_code IS NOT NULL AND y.value IS NOT NULL AND y.is_event
ORDER BY ALL
"""
_AREAS = "SELECT area_kind, area, list(province_code ORDER BY province_code) FROM core_area GROUP BY ALL ORDER BY ALL"
_PARTS = """
SELECT indicator_code, list(part_code ORDER BY part_code) FROM core_indicator_part
WHERE part_kind = 'indicator' GROUP BY ALL ORDER BY ALL"""
_LIMIT = "SELECT value FROM core_setting WHERE setting = 'suppress_below'"


@dataclass(frozen=True)
class Total:
    """A sum that a reader knows: of an area's provinces, or of a figure's parts.

    Attributes:
        cells: what adds up, and where it is a figure itself, the sum among them.
        area: kind, name and indicator where it is the total of an area, which can be withheld.
    """

    cells: tuple[Cell, ...]
    area: tuple[str, str, str] | None = None


@dataclass
class Hidden:
    """What is not shown of one group of figures: cells with why, and totals of areas."""

    cells: dict[Cell, str]
    areas: set[tuple[str, str, str]] = field(default_factory=set)


def lay_suppression(connection: DuckDBPyConnection) -> None:
    """Lay out the figures and totals that may not be shown, besides those that are small."""
    areas = [(kind, area, codes) for kind, area, codes in connection.execute(_AREAS).fetchall()]
    parts = dict(connection.execute(_PARTS).fetchall())
    limit = connection.execute(_LIMIT).fetchall()[0][0]
    groups: dict[tuple[Any, ...], dict[Cell, float]] = defaultdict(dict)
    for head, year, basis, province, indicator, value in connection.execute(_FIGURES).fetchall():
        groups[head, year, basis][province, indicator] = value
    connection.execute("DELETE FROM core_suppression")
    rows: list[tuple[Any, ...]] = []
    for (_, year, basis), values in groups.items():
        hidden = hide(values, [*list_totals(values, areas), *list_sums(values, parts)], limit)
        rows += [(*cell[:1], None, None, cell[1], year, basis, why) for cell, why in hidden.cells.items()]
        rows += [(None, kind, area, code, year, basis, "margin") for kind, area, code in sorted(hidden.areas)]
    if rows:
        lists = list(map(list, zip(*rows, strict=True)))
        marks = ", ".join(f"unnest(${number})" for number in range(1, 7))
        connection.execute(f"INSERT INTO core_suppression SELECT {marks}, 'year', unnest($7)", lists)


def list_totals(values: Mapping[Cell, float], areas: Iterable[tuple[str, str, Sequence[str]]]) -> list[Total]:
    """List the totals of areas, of each indicator."""
    indicators = sorted({indicator for _, indicator in values})
    totals = []
    for kind, area, provinces in areas:
        for indicator in indicators:
            cells = tuple((province, indicator) for province in provinces if (province, indicator) in values)
            totals += [Total(cells, (kind, area, indicator))] if cells else []
    return totals


def list_sums(values: Mapping[Cell, float], parts: Mapping[str, Sequence[str]]) -> list[Total]:
    """List the figures of a province that are the sum of others of it; all of which it must have."""
    sums = []
    for total, codes in parts.items():
        for province in sorted({province for province, indicator in values if indicator == total}):
            cells = tuple((province, code) for code in (total, *codes))
            sums += [Total(cells)] if all(cell in values for cell in cells) else []
    return sums


def hide(values: Mapping[Cell, float], totals: Sequence[Total], limit: float) -> Hidden:
    """Hide figures below the limit, and as many others and totals as keep each of them from being worked out.

    Args:
        values: the figures by province and indicator.
        totals: what is known of their sums.
        limit: the least number that may be shown.
    """
    small = frozenset(cell for cell, value in values.items() if value < limit)
    hidden = Hidden(dict.fromkeys(sorted(small), "small"))
    while True:
        shown = [total for total in totals if total.area is None or total.area not in hidden.areas]
        known = find_known(values, shown, hidden.cells, small=small, limit=limit)
        if not known:
            return hidden
        covered: set[Cell] = set()
        for cell in sorted(known):
            if cell not in covered:
                covered |= _cover(cell, values, shown, hidden)


def _cover(cell: Cell, values: Mapping[Cell, float], totals: Sequence[Total], hidden: Hidden) -> set[Cell]:
    """Hide one more thing of the total that says most of a figure; gives the cells that this touches."""
    about = [total for total in totals if cell in total.cells and total.area not in hidden.areas]
    about.sort(key=lambda total: (sum(one in hidden.cells for one in total.cells), len(total.cells)))
    for total in about:
        others = [one for one in total.cells if one not in hidden.cells]
        if others:
            hidden.cells[min(others, key=lambda one: (values[one], one))] = "complement"
            return set(total.cells)
        if total.area is not None:
            hidden.areas.add(total.area)
            return set(total.cells)
    raise AssertionError(f"{cell[1]} of {cell[0]} is in no total, and yet known")


def find_known(
    values: Mapping[Cell, float],
    totals: Sequence[Total],
    hidden: Mapping[Cell, str],
    *,
    small: frozenset[Cell],
    limit: float,
) -> set[Cell]:
    """Find the hidden figures that the totals give away, by adding and subtracting or by their bounds."""
    # An ingest passes here without hiding a figure.
    import numpy

    places = {cell: place for place, cell in enumerate(hidden)}
    inside = ((total, [cell for cell in total.cells if cell in places]) for total in totals)
    told = [(total, cells) for total, cells in inside if cells]
    if not told:
        return set()
    matrix = numpy.zeros((len(told), len(places)))
    for row, (total, cells) in enumerate(told):
        matrix[row, [places[cell] for cell in cells]] = 1.0
        if total.area is None and total.cells[0] in places:
            matrix[row, places[total.cells[0]]] = -1.0
    return {*_spanned(matrix, list(places))} | _bounded(values, totals, hidden, small=small, limit=limit)


def _spanned(matrix: numpy.ndarray[Any, Any], cells: Sequence[Cell]) -> list[Cell]:
    """Give the cells whose value is a combination of the rows: those on which the null space says nothing."""
    import numpy

    _, sizes, directions = numpy.linalg.svd(matrix, full_matrices=True)
    rank = int((sizes > 1e-9).sum())
    free = numpy.abs(directions[rank:]).max(axis=0, initial=0.0)
    return [cell for cell, size in zip(cells, free, strict=True) if size < 1e-9]


def _bounded(
    values: Mapping[Cell, float],
    totals: Sequence[Total],
    hidden: Mapping[Cell, str],
    *,
    small: frozenset[Cell],
    limit: float,
) -> set[Cell]:
    """Find the small figures of a total whose hidden ones are all small and add up to their least or most."""
    known: set[Cell] = set()
    for total in totals:
        inside = [cell for cell in total.cells if cell in hidden]
        is_told = total.area is not None or total.cells[0] not in hidden
        if is_told and inside and all(cell in small for cell in inside):
            left = sum(values[cell] for cell in inside)
            known |= set(inside) if left in (0, (limit - 1) * len(inside)) else set()
    return known
