"""The cells that figures come from, read out of a warehouse."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from pipeline.trace.lineage import load_lineage

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

Number = Decimal | float | int
Keys = Mapping[str, str | None]
_CELLS = """
SELECT c.* EXCLUDE (text), f.path AS at_path, s.sheet_number, q.from_text AS received,
       CASE WHEN q.is_applied THEN q.to_text ELSE c.text END AS text
FROM ({sql}) AS c
LEFT JOIN (SELECT file_id, path FROM raw_file) AS f USING (file_id)
LEFT JOIN (SELECT file_id, sheet AS at_sheet, min(sheet_number) AS sheet_number FROM raw_sheet GROUP BY ALL) AS s
    USING (file_id, at_sheet)
LEFT JOIN (SELECT file_id, sheet AS at_sheet, cell AS at_cell, from_text, to_text, is_applied
           FROM quality_correction WHERE is_applied) AS q
    USING (file_id, at_sheet, at_cell)
WHERE {condition}
ORDER BY at_path, at_sheet, length(at_cell), at_cell"""
_OF_CELL = (
    "value", "unit", "text", "at_path", "file_id", "at_sheet", "at_cell", "sheet_number", "is_hidden",
    "received",
)  # fmt: skip


@dataclass(frozen=True)
class Cell:
    """One received cell; what may not be shown keeps its place and loses its text.

    Attributes:
        subject: what it is counted as, with the keys that tell it apart.
        value: what was read, in `unit`.
        text: as it is read: as received, or as corrected.
        sheet_number: the sheet's number in its file; None where it is not known.
        is_hidden: the value is one that no page may show.
        received: what was received, where it was corrected.
        is_divisor: it stands below the line of a rate or a share.
    """

    subject: tuple[str | None, ...]
    value: Number
    unit: str | None
    text: str | None
    path: str
    file_id: str
    sheet: str
    cell: str
    sheet_number: int | None
    is_hidden: bool
    received: str | None = None
    is_divisor: bool = False


@dataclass(frozen=True)
class Reader:
    """Reads cells; each set of them is read once for an area, and sorted once by each choice of keys.

    Attributes:
        connection: a warehouse, read-only.
        read: the sets by name and area, each its rows by column name.
        sorted_by: the rows of a set by the values of some keys.
    """

    connection: DuckDBPyConnection
    read: dict[tuple[Any, ...], list[dict[str, Any]]] = field(default_factory=dict)
    sorted_by: dict[tuple[Any, ...], dict[tuple[Any, ...], list[dict[str, Any]]]] = field(
        default_factory=dict
    )

    def read_cells(
        self, source: str, keys: Keys, *, apart: Sequence[str], is_divisor: bool = False
    ) -> tuple[Cell, ...]:
        """Read the cells of a set that have these keys.

        Args:
            source: the set, of specs/lineage.yml.
            keys: names and values of the set's columns.
            apart: columns by which one subject is counted apart.
            is_divisor: they stand below the line.
        """
        area = tuple(keys[name] for name in load_lineage().sources[source].by)
        place = (source, area, *keys)
        if place not in self.sorted_by:
            by_keys: dict[tuple[Any, ...], list[dict[str, Any]]] = defaultdict(list)
            for row in self._read_set(source, area):
                by_keys[tuple(_as_text(row[name]) for name in keys)].append(row)
            self.sorted_by[place] = by_keys
        found = self.sorted_by[place].get(tuple(keys.values()), [])
        return tuple(_make_cell(row, (*apart, "subject"), is_divisor=is_divisor) for row in found)

    def _read_set(self, source: str, area: tuple[str | None, ...]) -> list[dict[str, Any]]:
        """Read all cells of an area."""
        if (source, area) not in self.read:
            known = load_lineage().sources[source]
            condition, values = match_keys(dict(zip(known.by, area, strict=True)), of="c.")
            result = self.connection.execute(_CELLS.format(sql=known.sql, condition=condition), values)
            names = [column[0] for column in result.description]
            self.read[source, area] = [dict(zip(names, row, strict=True)) for row in result.fetchall()]
        return self.read[source, area]


def _make_cell(row: Mapping[str, Any], subject: Iterable[str], *, is_divisor: bool) -> Cell:
    return Cell(
        tuple(_as_text(row[name]) for name in subject),
        *(row[name] for name in _OF_CELL),
        is_divisor=is_divisor,
    )


def _as_text(value: object) -> str | None:
    return None if value is None else str(value)


def match_keys(keys: Keys, *, of: str = "") -> tuple[str, list[str]]:
    """Write the condition that rows (of a table, as "c.") have these keys, and its values."""
    tests = [
        f'{of}"{name}" IS NULL' if value is None else f'CAST({of}"{name}" AS VARCHAR) = ?'
        for name, value in keys.items()
    ]
    return " AND ".join(tests) or "true", [value for value in keys.values() if value is not None]
