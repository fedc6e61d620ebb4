"""Any figure's address -> what it is and what it is worked out of, down to the cells or to the rows of the views."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from pipeline.errors import UsageError
from pipeline.trace.address import Address, Formula, make_address
from pipeline.trace.cells import Reader
from pipeline.trace.figure import Traced, read_stated, trace_figure
from pipeline.trace.formula import OPERATIONS, operate
from pipeline.trace.lineage import Derived, Path, find_path, load_lineage
from pipeline.trace.rows import Row, Rows

_PLACE = re.compile(r"\{(\w+)\}")
_SETTING = "setting:"
_SETTINGS = "SELECT setting, value FROM core_setting"


@dataclass(frozen=True)
class Tracer:
    """Traces figures of one warehouse.

    Attributes:
        reader: reads the cells, and keeps what it has read.
        rows: reads rows of the views.
        is_deep: read cells, however many; else those of lazy sources and of operands are left to who asks.
    """

    reader: Reader
    rows: Rows
    is_deep: bool = True

    def prepare(self, figures: Iterable[Address | Formula]) -> None:
        """Read the rows of many figures and of what they are worked out of, few questions for all."""
        waiting = [leaf for figure in figures for leaf in _leaves(figure)]
        while waiting:
            known = [one for one in waiting if _has_all_keys(one)]
            self.rows.load(known)
            waiting = [
                operand
                for one in known
                if isinstance(path := load_lineage().views[one.view].columns.get(one.column), Derived)
                for operand in self._expect(path, one)
            ]

    def _expect(self, path: Derived, figure: Address) -> list[Address]:
        """The operands of a derived column; none where it has no figure or no way back, which tracing will say."""
        try:
            row = self.rows.find(figure)
            return [one for one in self._list_operands(path, row) if isinstance(one, Address)]
        except UsageError:
            return []

    def trace(self, figure: Address | Formula) -> Traced:
        """Follow a figure back, and work it out anew.

        Raises:
            UsageError: it is of nothing that is known, of no row, of a row without the figure, or has no way back.
        """
        if isinstance(figure, Formula):
            return self._work_out(figure, figure.operation, tuple(map(self._trace_operand, figure.operands)))
        path = self._find_path(figure)
        if isinstance(path, Derived):
            row = self.rows.find(figure)
            stated = _stated(figure, row)
            parts = [self._trace_operand(operand) for operand in self._list_operands(path, row)]
            return replace(self._work_out(figure, path.op, tuple(parts)), n_rows=1, stated=stated)
        if not self.is_deep and load_lineage().sources[path.of].is_lazy:
            return self._name(figure, path)
        return trace_figure(self.reader, figure)

    def _trace_operand(self, operand: Address | Formula | float) -> Traced | float:
        """Trace one operand; of a page only what the views say of it."""
        if isinstance(operand, float):
            return operand
        if self.is_deep or isinstance(operand, Formula):
            return self.trace(operand)
        path = self._find_path(operand)
        if isinstance(path, Path):
            return self._name(operand, path)
        row = self.rows.find(operand)
        stated = _stated(operand, row)
        return Traced(operand, load_lineage().operations[path.op].told, 1, stated, stated, (), is_named=True)

    def _name(self, figure: Address, path: Path) -> Traced:
        """Say what the view says of a figure, and of which cells it is, without reading them."""
        n_rows, stated = (
            (1, _stated(figure, self.rows.find(figure)))
            if _has_all_keys(figure) and not path.stated
            else read_stated(self.reader, figure, path)
        )
        told = f"ดู{load_lineage().sources[path.of].told}ด้วยคำสั่ง trace"
        return Traced(figure, told, n_rows, stated, stated, (), is_named=True)

    def _work_out(
        self, figure: Address | Formula, operation: str, operands: tuple[Traced | float, ...]
    ) -> Traced:
        if operation not in OPERATIONS:
            raise UsageError(f"ไม่มีวิธีคำนวณชื่อ {operation}  ที่มีคือ {', '.join(OPERATIONS)}")
        parts = tuple(one for one in operands if isinstance(one, Traced))
        stated = operate(operation, [one if isinstance(one, float) else one.stated for one in operands])
        anew = [one if isinstance(one, float) else one.recomputed for one in operands]
        recomputed = None if None in anew else operate(operation, [one for one in anew if one is not None])
        if stated is None:
            raise UsageError(f"{figure} ไม่มีตัวเลขในฉบับนี้ (ตัวหารเป็นศูนย์)")
        cells = tuple(cell for one in parts for cell in one.cells)
        how = load_lineage().operations[operation].told
        is_named = any(one.is_named for one in parts)
        return Traced(figure, how, 0, stated, recomputed, cells, operation, operands, is_named)

    def _list_operands(self, path: Derived, row: Row) -> Iterator[Address | float]:
        """The operands of a derived column: those of each row that belongs to it, and its constants."""
        belong = self.rows.select(path.rows, row) if path.rows else [{}]
        if not belong:
            raise UsageError("คอลัมน์นี้ของแถวนี้ย้อนกลับไม่ได้: ไม่มีแถวของมุมมองอื่นที่ประกอบเป็นตัวเลขนี้")
        for more in belong:
            yield from (_fill(part, row | more) for part in path.parts)
        for constant in path.constants:
            yield self._read_constant(constant, row | belong[-1])

    def _read_constant(self, constant: float | str, row: Mapping[str, Any]) -> float:
        if not isinstance(constant, str):
            return float(constant)
        if constant.startswith(_SETTING):
            known = {one["setting"]: one["value"] for one in self.rows.select(_SETTINGS, {})}
            return float(known[constant.removeprefix(_SETTING)])
        return float(row[constant])

    def _find_path(self, figure: Address) -> Path | Derived:
        """Find how a figure comes about; refuses a row that is outside what can be traced of its view or column."""
        view, path = find_path(figure)
        limits = [(view.only, view.only_th)]
        limits += [(path.only, path.only_th)] if isinstance(path, Path) else []
        for only, only_th in limits:
            if only and self.rows.find(figure)[only] in (None, False):
                raise UsageError(f"{figure} ย้อนกลับไม่ได้: {only_th}")
        return path


def _leaves(figure: Address | Formula | float) -> Iterator[Address]:
    """The addresses in a figure's address."""
    if isinstance(figure, Address):
        yield figure
    elif isinstance(figure, Formula):
        for operand in figure.operands:
            yield from _leaves(operand)


def _has_all_keys(figure: Address) -> bool:
    view = load_lineage().views.get(figure.view)
    return view is not None and bool(figure.keys) and {name for name, _ in figure.keys} == set(view.keys)


def _stated(figure: Address, row: Mapping[str, Any]) -> Any:
    if row[figure.column] is None:
        raise UsageError(f"{figure} ไม่มีตัวเลขในฉบับนี้ (ไม่มีข้อมูล หรือไม่แสดงเพราะจำนวนน้อย)")
    return row[figure.column]


def _fill(part: str, row: Mapping[str, Any]) -> Address:
    """Fill a part's address: keys that it does not name are those of the row by the same name."""
    head, _, tail = part.partition("?")
    view, _, column = _PLACE.sub(lambda found: str(row[found[1]]), head).partition(".")
    given = dict(key.partition("=")[::2] for key in tail.split("&") if key)
    keys = {
        name: _value(given[name], row) if name in given else row[name]
        for name in load_lineage().views[view].keys
    }
    return make_address(view, column, keys)


def _value(text: str, row: Mapping[str, Any]) -> Any:
    """The value of a key: what the row holds of the column in braces, else the text itself."""
    found = _PLACE.fullmatch(text)
    return row[found[1]] if found else text
