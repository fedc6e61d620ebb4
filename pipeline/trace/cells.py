"""The cells that figures come from, read out of a warehouse."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from pipeline.trace.lineage import list_inner, list_sums, load_lineage
from pipeline.trace.own import AREA, OwnRows

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

Number = Decimal | float | int
Keys = Mapping[str, str | None]
_CELLS = """
SELECT c.*, f.path AS at_path, s.sheet_number
FROM ({sql}) AS c
LEFT JOIN (SELECT file_id, path FROM raw_file) AS f USING (file_id)
LEFT JOIN (SELECT file_id, sheet AS at_sheet, min(sheet_number) AS sheet_number FROM raw_sheet GROUP BY ALL) AS s
    USING (file_id, at_sheet)
ORDER BY at_path, at_sheet, length(at_cell), at_cell"""
_SUMS = """
SELECT {names}count(*), {sums} FROM {view} WHERE {condition} GROUP BY ALL"""
_TEXTS = """
SELECT n.file_id, n.sheet, n.cell,
       json_extract_string(r.cells, '$."' || nullif(regexp_extract(n.cell, '^[A-Z]+'), '') || '"') AS received,
       q.to_text
FROM (SELECT unnest($files) AS file_id, unnest($sheets) AS sheet, unnest($cells) AS cell) AS n
JOIN raw_row AS r
    ON r.file_id = n.file_id AND r.sheet = n.sheet
    AND r.row_number = TRY_CAST(regexp_extract(n.cell, '[0-9]+$') AS INTEGER)
LEFT JOIN quality_correction AS q
    ON q.file_id = n.file_id AND q.sheet = n.sheet AND q.cell = n.cell AND q.is_applied"""


@dataclass(frozen=True)
class Cell:
    """One received cell.

    Attributes:
        subject: what it is counted as, with the keys that tell it apart.
        value: what was read, in `unit`.
        sheet_number: the sheet's number in its file; None where it is not known.
        is_hidden: the value is one that no page may show.
        is_divisor: it stands below the line of a rate or a share.
        text: as received, what is personal masked; None as long as it was not asked for.
        corrected: what is read instead, where an analyst has corrected it.
        is_minus: the value is taken away from the others, and below nought for that.
        province_code: of whom it is; None where the set does not say.
    """

    subject: tuple[str | None, ...]
    value: Number
    unit: str | None
    path: str
    file_id: str
    sheet: str
    cell: str
    sheet_number: int | None
    is_hidden: bool
    is_divisor: bool = False
    text: str | None = None
    corrected: str | None = None
    is_minus: bool = False
    province_code: str | None = None

    @property
    def place(self) -> tuple[str, str, str]:
        """File, sheet and cell."""
        return self.file_id, self.sheet, self.cell


@dataclass(frozen=True)
class Reader:
    """Reads cells; each set of them is read once for an area, and sorted once by each choice of keys.

    Attributes:
        connection: a warehouse, read-only.
        own: finds rows of views that were read before.
        read: the sets by name and area, each its rows by column name.
        laid_out: how to select the sets that others are made from, by name and area.
        sorted_by: the rows of a set by the values of some keys.
        made: the cells that were made of such rows, which many figures share.
        sums: how many rows of an area a view has, and their sums, by the values of some keys.
    """

    connection: DuckDBPyConnection
    own: OwnRows = field(default_factory=OwnRows)
    read: dict[tuple[Any, ...], list[dict[str, Any]]] = field(default_factory=dict)
    laid_out: dict[tuple[Any, ...], str] = field(default_factory=dict)
    sorted_by: dict[tuple[Any, ...], dict[tuple[Any, ...], list[dict[str, Any]]]] = field(
        default_factory=dict
    )
    made: dict[tuple[Any, ...], tuple[Cell, ...]] = field(default_factory=dict)
    sums: dict[tuple[Any, ...], dict[tuple[str | None, ...], tuple[Any, ...]]] = field(default_factory=dict)

    def sum_rows(self, view: str, inside: str, keys: Keys) -> tuple[int, Any]:
        """Count the rows of a view that have these keys, and sum them up.

        Args:
            view: the view.
            inside: the sum, as SQL: one of `list_sums`.
            keys: names and values of the view's columns.

        Returns:
            How many rows, and the sum; 0 and None where there is none.
        """
        if (known := self.own.sum_rows(view, inside, keys)) is not None:
            return known
        area = {name: keys[name] for name in (AREA,) if keys.get(name) is not None}
        place, sums = (view, *area.values(), *keys), list_sums(view)
        if place not in self.sums:
            condition, values = match_keys(area)
            names = "".join(f'CAST("{name}" AS VARCHAR), ' for name in keys)
            sql = _SUMS.format(names=names, sums=", ".join(sums), view=view, condition=condition)
            rows = self.connection.execute(sql, values).fetchall()
            self.sums[place] = {row[: len(keys)]: row[len(keys) :] for row in rows}
        n_rows, *found = self.sums[place].get(tuple(keys.values()), (0, *([None] * len(sums))))
        return n_rows, found[sums.index(inside)]

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
        wanted = (place, tuple(keys.values()), tuple(apart), is_divisor)
        if wanted in self.made:
            return self.made[wanted]
        if place not in self.sorted_by:
            by_keys: dict[tuple[Any, ...], list[dict[str, Any]]] = defaultdict(list)
            for row in self._read_set(source, area):
                by_keys[_as_texts(row, keys)].append(row)
            self.sorted_by[place] = by_keys
        found = self.sorted_by[place].get(tuple(keys.values()), [])
        cells = tuple(_make_cell(row, (*apart, "subject"), is_divisor=is_divisor) for row in found)
        return self.made.setdefault(wanted, cells)

    def _read_set(self, source: str, area: tuple[str | None, ...]) -> list[dict[str, Any]]:
        """Read all cells of an area."""
        if (source, area) not in self.read:
            sql, values = self._lay_out(source, area) if source in list_inner() else self._write(source, area)
            result = self.connection.execute(_CELLS.format(sql=sql), values)
            names = [column[0] for column in result.description]
            self.read[source, area] = [dict(zip(names, row, strict=True)) for row in result.fetchall()]
        return self.read[source, area]

    def _write(self, source: str, area: tuple[str | None, ...]) -> tuple[str, list[str]]:
        """Write the SQL of a set's cells of an area, and its values; of sets within it, theirs of the same area."""
        sources = load_lineage().sources
        known, inner, values = sources[source], dict[str, str](), list[str]()
        for name in known.inner:
            write = self._lay_out if sources[name].by == known.by else self._write_whole
            inner[name], more = write(name, area)
            values += more
        condition, wanted = match_keys(dict(zip(known.by, area, strict=True)), of="c.")
        return f"SELECT c.* FROM ({known.write(inner)}) AS c WHERE {condition}", [*values, *wanted]

    def _write_whole(self, source: str, area: tuple[str | None, ...] = ()) -> tuple[str, list[str]]:
        """Write the SQL of all cells of a set."""
        known = load_lineage().sources[source]
        return known.write({name: self._write_whole(name)[0] for name in known.inner}), []

    def _lay_out(self, source: str, area: tuple[str | None, ...]) -> tuple[str, list[str]]:
        """Keep a set's cells of an area in a table of this connection, for the sets that are made from it."""
        if (source, area) not in self.laid_out:
            name = f"cells_{len(self.laid_out)}"
            sql, values = self._write(source, area)
            self.connection.execute(f"CREATE OR REPLACE TEMP TABLE {name} AS {sql}", values)
            self.laid_out[source, area] = f"SELECT * FROM temp.{name}"
        return self.laid_out[source, area], []


def _make_cell(row: Mapping[str, Any], subject: Iterable[str], *, is_divisor: bool) -> Cell:
    return Cell(
        subject=_as_texts(row, subject),
        value=row["value"],
        unit=row["unit"],
        path=row["at_path"],
        file_id=row["file_id"],
        sheet=row["at_sheet"],
        cell=row["at_cell"],
        sheet_number=row["sheet_number"],
        is_hidden=row["is_hidden"],
        is_divisor=is_divisor,
        is_minus=row.get("is_minus", False),
        province_code=row.get("province_code"),
    )


def _as_texts(row: Mapping[str, Any], names: Iterable[str]) -> tuple[str | None, ...]:
    """The values of some columns, as text; a call for each of thousands of rows, and none for each value."""
    return tuple([None if (value := row[name]) is None else str(value) for name in names])


def match_keys(keys: Keys, *, of: str = "") -> tuple[str, list[str]]:
    """Write the condition that rows (of a table, as "c.") have these keys, and its values."""
    tests = [
        f'{of}"{name}" IS NULL' if value is None else f'CAST({of}"{name}" AS VARCHAR) = ?'
        for name, value in keys.items()
    ]
    return " AND ".join(tests) or "true", [value for value in keys.values() if value is not None]


def add_texts(connection: DuckDBPyConnection, cells: Sequence[Cell]) -> tuple[Cell, ...]:
    """Put in what each cell holds, as received and as corrected; what may not be shown stays without."""
    shown = dict.fromkeys(cell.place for cell in cells if not cell.is_hidden)
    files, sheets, names = zip(*shown, strict=True) if shown else ((), (), ())
    asked = {"files": list(files), "sheets": list(sheets), "cells": list(names)}
    held = {
        (file_id, sheet, cell): {"text": received, "corrected": corrected}
        for file_id, sheet, cell, received, corrected in (
            connection.execute(_TEXTS, asked).fetchall() if shown else ()
        )
    }
    return tuple(replace(cell, **held.get(cell.place, {})) for cell in cells)
