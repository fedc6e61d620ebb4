"""Rows of the views that figures stand in: many figures' rows are read by one question a view."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from pipeline.errors import UsageError
from pipeline.trace.address import Address
from pipeline.trace.own import AREA, OwnRows

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

Row = dict[str, Any]
_MANY = """
SELECT {texts}, v.*
FROM {view} AS v
JOIN (SELECT {lists}) AS k ON {tests}
WHERE {area}"""


@dataclass(frozen=True)
class Rows:
    """Reads rows.

    Attributes:
        connection: a warehouse, read-only.
        own: finds rows of views that were read before.
        found: the rows that were read, by view and keys.
        selected: what was selected, by its SQL and values.
    """

    connection: DuckDBPyConnection
    own: OwnRows = field(default_factory=OwnRows)
    found: dict[tuple[Any, ...], Row | None] = field(default_factory=dict)
    selected: dict[tuple[Any, ...], list[Row]] = field(default_factory=dict)

    def load(self, figures: Iterable[Address]) -> None:
        """Read the rows of many figures; their keys are all those of their views."""
        alike: dict[tuple[str, ...], set[tuple[str | None, ...]]] = defaultdict(set)
        for figure in figures:
            names, values = zip(*figure.keys, strict=True) if figure.keys else ((), ())
            if (figure.view, names, values) not in self.found and not self._find_own(figure):
                alike[figure.view, *names].add(values)
        for (view, *named), asked in alike.items():
            if named:
                self._load_view(view, tuple(named), sorted(asked, key=str))

    def _find_own(self, figure: Address) -> bool:
        """Find the row in what was read before; says whether that settles it."""
        known = self.own.find(figure.view, dict(figure.keys)) if figure.keys else None
        if known is None:
            return False
        reading, rows = known
        names, values = zip(*figure.keys, strict=True)
        self.found[figure.view, names, values] = (
            dict(zip(reading.names, rows[-1], strict=True)) if rows else None
        )
        return True

    def _load_view(self, view: str, names: tuple[str, ...], asked: list[tuple[str | None, ...]]) -> None:
        lists = ", ".join(f"unnest(${name}) AS {name}" for name in names)
        texts = ", ".join(f"CAST(v.{name} AS VARCHAR)" for name in names)
        tests = " AND ".join(f"CAST(v.{name} AS VARCHAR) IS NOT DISTINCT FROM k.{name}" for name in names)
        values = {name: list(column) for name, column in zip(names, zip(*asked, strict=True), strict=True)}
        is_of_one = len(set(values.get(AREA, []))) == 1 and values[AREA][0] is not None
        area = f"CAST(v.{AREA} AS VARCHAR) = ${AREA}[1]" if is_of_one else "true"
        sql = _MANY.format(view=view, lists=lists, texts=texts, tests=tests, area=area)
        rows = self._read(sql, values, skip=len(names))
        self.found.update({(view, names, values): None for values in asked})
        self.found.update({(view, names, values): row for values, row in rows})

    def find(self, figure: Address) -> Row:
        """Find the one row that an address with all its keys is of.

        Raises:
            UsageError: there is none.
        """
        self.load([figure])
        names, values = zip(*figure.keys, strict=True)
        row = self.found[figure.view, names, values]
        if row is None:
            raise UsageError(f"ไม่มีแถวที่ตรงกับ {figure}")
        return row

    def select(self, sql: str, row: Mapping[str, Any]) -> list[Row]:
        """Select rows by a query in which a row's values stand as $name."""
        named = {name: value for name, value in row.items() if f"${name}" in sql}
        place = (sql, *named.items())
        if place not in self.selected:
            self.selected[place] = [found for _, found in self._read(sql, named)]
        return self.selected[place]

    def _read(self, sql: str, values: Any, *, skip: int = 0) -> list[tuple[tuple[Any, ...], Row]]:
        result = self.connection.execute(sql, values)
        names = [column[0] for column in result.description][skip:]
        return [(row[:skip], dict(zip(names, row[skip:], strict=True))) for row in result.fetchall()]
