"""specs/lineage.yml: of each view's column, from which cells it comes and how."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from pipeline.errors import UsageError
from pipeline.specs import load_yaml, require
from pipeline.trace.address import EXAMPLE, Address
from pipeline.trace.formula import OPERATIONS

SPEC = "lineage.yml"
HOWS = ("sum", "count", "count_zero", "share", "count_share", "rate")
_SECTIONS = ("sources", "operations", "views", "untraced_views", "without_address", "not_data")
_INNER = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True)
class Source:
    """A set of received cells, one row a cell.

    Attributes:
        told: what they are, in Thai.
        by: the keys that an address must give.
        sql: gives the keys, subject, value, unit, file_id, at_sheet, at_cell and is_hidden; and is_minus where some of
            the values are taken away; another source's name in braces stands for its SQL.
        is_lazy: too many or too dear to read for a page; a page names the row, and `trace` reads the cells.
        inner: the other sources that its SQL names.
    """

    told: str
    by: tuple[str, ...]
    sql: str
    is_lazy: bool = False
    inner: tuple[str, ...] = ()

    def write(self, inner: Mapping[str, str]) -> str:
        """Write its SQL, with that of the others in the place of their names."""
        return _INNER.sub(lambda found: inner[found[1]], self.sql)


@dataclass(frozen=True)
class Path:
    """How one column of a view comes about; the fields are described at the head of the spec."""

    how: str
    of: str
    where: Mapping[str, str] = field(default_factory=dict)
    by: Mapping[str, str] = field(default_factory=dict)
    within: tuple[str, ...] = ()
    per: int | str = 1
    is_single: bool = False
    stated: str = ""
    drop: tuple[str, ...] = ()
    only: str = ""
    only_th: str = ""


@dataclass(frozen=True)
class Derived:
    """A column that is worked out of other figures; the fields are described at the head of the spec."""

    op: str
    parts: tuple[str, ...]
    rows: str = ""
    constants: tuple[float | str, ...] = ()
    is_single: bool = True


@dataclass(frozen=True)
class Operation:
    """How an operation is told, in Thai, and written with the values of its operands."""

    told: str
    written: str


@dataclass(frozen=True)
class View:
    """The keys of a view, those that must be given, how its keys are called among the cells, and its columns.

    A row whose column `only` is NULL or false has no way back, as `only_th` says.
    """

    keys: tuple[str, ...]
    needs: tuple[str, ...]
    match: Mapping[str, str | None]
    columns: Mapping[str, Path | Derived]
    untraced: Mapping[str, str]
    only: str = ""
    only_th: str = ""


@dataclass(frozen=True)
class Lineage:
    """The whole spec."""

    sources: Mapping[str, Source]
    views: Mapping[str, View]
    untraced_views: Mapping[str, str]
    operations: Mapping[str, Operation]
    without_address: Mapping[str, str]
    not_data: Mapping[str, str]


@cache
def load_lineage() -> Lineage:
    """Read the spec.

    Raises:
        SpecError: a part is missing, or a column's way or cells are unknown.
    """
    spec: Mapping[str, Any] = load_yaml(SPEC)
    require(set(spec) == set(_SECTIONS), SPEC, ", ".join(_SECTIONS))
    require(set(spec["operations"]) == set(OPERATIONS), f"{SPEC}: operations", ", ".join(OPERATIONS))
    sources = {name: _read_source(name, entry, spec["sources"]) for name, entry in spec["sources"].items()}
    views = {name: _read_view(name, entry, sources) for name, entry in spec["views"].items()}
    operations = {name: Operation(**entry) for name, entry in spec["operations"].items()}
    return Lineage(
        sources, views, spec["untraced_views"], operations, spec["without_address"], spec["not_data"]
    )


def _read_source(name: str, entry: Mapping[str, Any], known: Mapping[str, Any]) -> Source:
    inner = tuple(dict.fromkeys(_INNER.findall(entry["sql"])))
    require(set(inner) <= set(known), f"{SPEC}: sources: {name}", "names of sources in braces")
    return Source(entry["told"], tuple(entry["by"]), entry["sql"], entry.get("is_lazy", False), inner)


@cache
def list_inner() -> frozenset[str]:
    """The sources that others are made from."""
    return frozenset(name for source in load_lineage().sources.values() for name in source.inner)


def _read_view(name: str, entry: Mapping[str, Any], sources: Mapping[str, Source]) -> View:
    columns = {column: _read_path(path) for column, path in entry["columns"].items()}
    for column, path in columns.items():
        where = f"{SPEC}: {name}.{column}"
        if isinstance(path, Derived):
            require(path.op in OPERATIONS, where, f"op is one of {', '.join(OPERATIONS)}")
            continue
        require(path.how in HOWS, where, f"how is one of {', '.join(HOWS)}")
        require(path.of in sources, where, f"of is one of {', '.join(sources)}")
    keys = tuple(entry["keys"])
    needs = tuple(entry.get("needs", keys))
    more = {part: entry[part] for part in ("only", "only_th") if part in entry}
    return View(keys, needs, entry.get("match", {}), columns, entry.get("untraced", {}), **more)


def _read_path(path: Mapping[str, Any]) -> Path | Derived:
    return Derived(**_tuples(path)) if "op" in path else Path(**_tuples(path))


def _tuples(path: Mapping[str, Any]) -> dict[str, Any]:
    return {name: tuple(value) if isinstance(value, list) else value for name, value in path.items()}


def list_keys_of(view: str) -> tuple[str, ...]:
    """The keys of a view's rows.

    Raises:
        UsageError: the spec has no such view.
    """
    known = load_lineage().views.get(view)
    if known is None:
        raise UsageError(f"ไม่มีมุมมอง {view}")
    return known.keys


def say_sum(column: str, path: Path) -> str:
    """How a view's rows are put together for a column that is of several, as SQL."""
    return path.stated or (f'sum("{column}")' if path.how != "rate" else f'any_value("{column}")')


@cache
def list_sums(view: str) -> tuple[str, ...]:
    """What is asked of several rows of a view, as SQL; all of it is read by one question."""
    paths = {
        column: path for column, path in load_lineage().views[view].columns.items() if isinstance(path, Path)
    }
    per = [f"any_value({path.per})" for path in paths.values() if isinstance(path.per, str)]
    return tuple(dict.fromkeys([*(say_sum(column, path) for column, path in paths.items()), *per]))


def find_path(address: Address) -> tuple[View, Path | Derived]:
    """Find how an address's figure comes about.

    Raises:
        UsageError: the view, the column or a key is unknown, cannot be traced, or a key is missing; says what there is.
    """
    lineage = load_lineage()
    view = lineage.views.get(address.view)
    if view is None:
        why = lineage.untraced_views.get(address.view)
        known = f"มุมมอง {address.view} ย้อนกลับไม่ได้: {why}" if why else f"ไม่มีมุมมอง {address.view}"
        raise UsageError(f"{known}  มุมมองที่ย้อนกลับได้คือ {', '.join(lineage.views)}  เช่น {EXAMPLE}")
    path = view.columns.get(address.column)
    if path is None:
        why = view.untraced.get(address.column)
        known = f"คอลัมน์ {address.column} ย้อนกลับไม่ได้: {why}" if why else f"ไม่มีคอลัมน์ {address.column}"
        raise UsageError(f"{known}  คอลัมน์ของ {address.view} ที่ย้อนกลับได้คือ {', '.join(view.columns)}")
    _check_keys(address, view, path)
    return view, path


def _check_keys(address: Address, view: View, path: Path | Derived) -> None:
    given = dict(address.keys)
    unknown = [name for name in given if name not in view.keys]
    missing = [name for name in (view.keys if path.is_single else view.needs) if name not in given]
    told = f"คีย์ของ {address.view} คือ {', '.join(view.keys)}"
    if unknown:
        raise UsageError(f"ไม่มีคีย์ {', '.join(unknown)}  {told}")
    if missing:
        raise UsageError(f"ขาดคีย์ {', '.join(missing)} ซึ่งต้องระบุ  {told}")
