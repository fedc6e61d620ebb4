"""A figure's address -> what the view says, the cells, and the figure worked out anew from them."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from pipeline.errors import UsageError
from pipeline.readings import read_once
from pipeline.trace.address import Address, Formula, make_address
from pipeline.trace.cells import Cell, Keys, Number, Reader, match_keys
from pipeline.trace.lineage import Derived, Path, View, find_path, load_lineage, say_sum

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_GRAINS = """
SELECT table_name, comment FROM duckdb_tables() WHERE comment IS NOT NULL UNION ALL
SELECT view_name, comment FROM duckdb_views() WHERE comment IS NOT NULL"""
_TOLERANCE = 1e-9
ROWS_OFFERED = 3
_HOW_TH = {
    "sum": "ผลรวมของช่อง",
    "count": "จำนวนที่นับได้จากช่อง โดยนับสิ่งเดียวกันครั้งเดียว",
    "count_zero": "จำนวนที่ผลรวมของช่องเป็น 0",
    "share": "ร้อยละของผลรวม: 100 x ผลรวมของช่องตัวตั้ง / ผลรวมของช่องตัวหาร",
    "count_share": "ร้อยละของจำนวน: 100 x จำนวนในช่องตัวตั้ง / จำนวนในช่องตัวหาร",
    "rate": "อัตรา: {per:,} x ผลรวมของช่องตัวตั้ง / ผลรวมของช่องตัวหาร",
}


@dataclass(frozen=True)
class Traced:
    """A figure with where it is from.

    Attributes:
        address: its address.
        how_th: how it is worked out, and from which cells, in Thai.
        n_rows: how many rows of the view have the address's keys.
        stated: what the view says.
        recomputed: what the cells give; None where they give nothing.
        cells: the cells, of all operands.
        operation: what is done with the operands, where it is worked out of other figures.
        operands: those figures, and plain numbers.
        is_named: its cells, or those of an operand, were not read; what is worked out anew is of what the views say.
    """

    address: Address | Formula
    how_th: str
    n_rows: int
    stated: Number
    recomputed: Number | None
    cells: tuple[Cell, ...]
    operation: str = ""
    operands: tuple[Traced | float, ...] = ()
    is_named: bool = False

    @property
    def parts(self) -> tuple[Traced, ...]:
        """The operands that are figures."""
        return tuple(one for one in self.operands if isinstance(one, Traced))

    @property
    def is_equal(self) -> bool:
        """Say whether the cells give the figure again: money and counts exactly, the rest to nine digits."""
        if self.recomputed is None or not all(part.is_equal for part in self.parts):
            return False
        if isinstance(self.stated, float) or isinstance(self.recomputed, float):
            return math.isclose(float(self.stated), float(self.recomputed), rel_tol=_TOLERANCE, abs_tol=1e-12)
        return self.stated == self.recomputed


def trace_figure(reader: Reader, address: Address) -> Traced:
    """Follow a figure back to its cells, and work it out anew from their values.

    Raises:
        UsageError: the address is of nothing that is known, of no row, or of a row without the figure.
    """
    view, path = find_path(address)
    if isinstance(path, Derived):
        raise UsageError(f"{address} คำนวณจากตัวเลขอื่น ไม่ได้มาจากช่องโดยตรง")
    keys = dict(address.keys)
    n_rows, stated = read_stated(reader, address, path)
    if isinstance(path.per, str):
        path = replace(path, per=int(reader.sum_rows(address.view, f"any_value({path.per})", keys)[1]))
    cells = _gather(reader, view, path, keys)
    source = load_lineage().sources[path.of]
    how = f"{_HOW_TH[path.how].format(per=path.per)} ({source.told})"
    recomputed = _RECOMPUTE[path.how](cells, path)
    return Traced(address, how, n_rows, stated, recomputed, cells)


def read_stated(reader: Reader, address: Address, path: Path) -> tuple[int, Number]:
    """Read what the view says, and of how many rows.

    Raises:
        UsageError: there is no such row, or it has no figure.
    """
    keys = dict(address.keys)
    inside = say_sum(address.column, path)
    n_rows, stated = reader.sum_rows(address.view, inside, keys)
    if path.stated and path.within:
        whole = reader.sum_rows(address.view, inside, {name: keys[name] for name in path.within})[1]
        stated = None if stated is None or not whole else float(100 * Decimal(stated) / Decimal(whole))
    if not n_rows:
        raise UsageError(f"ไม่มีแถวที่ตรงกับ {address}  {_offer_rows(reader.connection, address)}")
    if stated is None:
        raise UsageError(f"{address} ไม่มีตัวเลขในฉบับนี้ (ไม่มีข้อมูล หรือไม่แสดงเพราะจำนวนน้อย)")
    return n_rows, stated


def _offer_rows(connection: DuckDBPyConnection, address: Address) -> str:
    """Name some addresses that there are, of the same first key where it has any."""
    names = [name for name, _ in address.keys]
    for keys in (dict(address.keys[:1]), {}):
        condition, values = match_keys(keys)
        listed = f"SELECT DISTINCT {', '.join(names)} FROM {address.view} WHERE {condition}"
        rows = (
            connection.execute(f"{listed} ORDER BY ALL LIMIT {ROWS_OFFERED}", values).fetchall()
            if names
            else []
        )
        if rows:
            made = [
                make_address(address.view, address.column, dict(zip(names, row, strict=True))) for row in rows
            ]
            return f"ที่มี เช่น {' '.join(map(str, made))}"
    return "มุมมองนี้ไม่มีแถว"


def read_grains(connection: DuckDBPyConnection) -> dict[str, str]:
    """Read what one row of each view is, from their comments; in a release the views are kept as tables."""
    return dict(connection.execute(_GRAINS).fetchall())


def find_grains(connection: DuckDBPyConnection) -> dict[str, str]:
    """Give what one row of each view is, read once while readings are kept: to list all tables takes long."""
    return read_once("grains", lambda: read_grains(connection))


def _gather(reader: Reader, view: View, path: Path, keys: Keys) -> tuple[Cell, ...]:
    """Read the cells above the line, and those below it."""
    apart = list(_named(view, dict.fromkeys(name for name in view.keys if name not in path.drop)))
    own = _named(view, {name: value for name, value in keys.items() if name not in path.drop})
    cells = reader.read_cells(path.of, own | _fill(path.where, keys), apart=apart)
    if path.how == "rate":
        below = own | _fill(path.by, keys)
    elif path.within:
        below = _named(view, {name: keys[name] for name in path.within})
    else:
        return cells
    return cells + reader.read_cells(path.of, below, apart=apart, is_divisor=True)


def _named(view: View, keys: Keys) -> dict[str, str | None]:
    """Call a view's keys as the cells' columns are called; leaves out those that are none of theirs."""
    named = {view.match.get(name, name): value for name, value in keys.items()}
    return {name: value for name, value in named.items() if name is not None}


def _fill(where: Mapping[str, str], keys: Keys) -> dict[str, str | None]:
    """Put the values of keys into the values of a condition."""
    return {name: str(value).format(**keys) for name, value in where.items()}


def _add(cells: Iterable[Cell]) -> Number | None:
    """Add values up; money stays exact."""
    values: list[Any] = [cell.value for cell in cells if cell.value is not None]
    return sum(values[1:], values[0]) if values else None


def _add_each(cells: Iterable[Cell]) -> dict[tuple[str | None, ...], Any]:
    """Add the values of each subject up."""
    sums: dict[tuple[str | None, ...], Any] = defaultdict(int)
    for cell in cells:
        sums[cell.subject] += cell.value
    return sums


def _count(cells: Iterable[Cell]) -> int:
    return len({cell.subject for cell in cells})


def _divide(
    cells: Sequence[Cell], measure: Callable[[Iterable[Cell]], Number | None], times: int
) -> float | None:
    """Divide what the cells above the line give by what those below it do."""
    above = measure(cell for cell in cells if not cell.is_divisor)
    below = measure(cell for cell in cells if cell.is_divisor)
    return None if above is None or not below else times * float(above) / float(below)


_RECOMPUTE: Mapping[str, Callable[[Sequence[Cell], Path], Number | None]] = {
    "sum": lambda cells, path: _add(cells),
    "count": lambda cells, path: _count(cells),
    "count_zero": lambda cells, path: sum(total == 0 for total in _add_each(cells).values()),
    "share": lambda cells, path: _divide(cells, _add, 100),
    "count_share": lambda cells, path: _divide(cells, _count, 100),
    "rate": lambda cells, path: _divide(cells, _add, int(path.per)),
}
