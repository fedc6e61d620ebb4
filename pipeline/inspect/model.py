"""One sheet as an analyst looks at it: its grid, what was understood and what was found; read from a warehouse."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from pipeline import specs
from pipeline.provinces import load_gazetteer

if TYPE_CHECKING:
    import duckdb

_SHEETS = """
SELECT s.file_id, f.path, f.status AS file_status, s.sheet, s.sheet_number, s.is_hidden, s.merges
FROM raw_sheet AS s JOIN raw_file AS f USING (file_id)
WHERE list_contains($files, s.file_id) ORDER BY s.file_id, s.sheet_number"""
_TABLES = """
SELECT file_id, sheet, table_number, cell_range, kind, status, reason, decided_by, confidence, fingerprint, records,
       form
FROM raw_table WHERE list_contains($files, file_id) ORDER BY file_id, sheet, table_number"""
_ROWS = """
SELECT file_id, sheet, row_number, role, cells FROM raw_row
WHERE list_contains($files, file_id) ORDER BY file_id, sheet, row_number"""
_FINDINGS = """
SELECT file_id, sheet, cell, rule, severity, message_th FROM quality_issue
WHERE list_contains($files, file_id)
ORDER BY list_position(['error', 'warning', 'info'], severity), rule, length(cell), cell, message_th"""
CHANGES = """
SELECT c.*, coalesce(e.path, h.path) AS earlier_path
FROM quality_change AS c LEFT JOIN raw_file AS e ON e.file_id = c.earlier_file_id
LEFT JOIN (SELECT file_id, any_value(path) AS path FROM quality_former_submission GROUP BY file_id) AS h
    ON h.file_id = c.earlier_file_id"""
_CHANGES = f"""{CHANGES}
WHERE list_contains($files, c.file_id)
ORDER BY list_position(['conflict', 'removed', 'added', 'changed'], change), earlier_row_number, row_number, subject"""
_CORRECTIONS = """
SELECT * FROM quality_correction WHERE list_contains($files, file_id) AND is_applied ORDER BY length(cell), cell"""

Row = dict[str, Any]
GridRow = tuple[int, str, dict[str, str]]


@dataclass(frozen=True)
class SheetView:
    """What is shown of one sheet.

    Attributes:
        file_id: its file.
        path: the file's path, personal data masked.
        name: the sheet's name.
        number: its place in the file, from 1.
        is_hidden: whether a spreadsheet program hides it.
        merges: merged ranges as top, left, bottom, right, from 1.
        rows: number, role and the used cells by column letters, of each used row.
        tables: what raw_table says of its tables, decisions as `decisions`.
        findings: what quality_issue says of it and of its file as a whole.
        changes: what it changes in the submission that it replaces.
        corrections: the cells of it that an analyst corrected.
        siblings: number and name of every sheet of the file.
    """

    file_id: str
    path: str
    name: str
    number: int
    is_hidden: bool
    merges: tuple[tuple[int, int, int, int], ...]
    rows: Sequence[GridRow]
    tables: Sequence[Row]
    findings: Sequence[Row]
    changes: Sequence[Row]
    corrections: Sequence[Row]
    siblings: Sequence[tuple[int, str]]


@lru_cache(maxsize=1)
def load_words() -> dict[str, dict[str, str]]:
    """Load specs/inspect_words.yml: the Thai word of each code, by what it is a code of."""
    return dict(specs.load_yaml("inspect_words.yml"))


def load_views(connection: duckdb.DuckDBPyConnection, file_ids: Sequence[str]) -> Iterable[SheetView]:
    """Read every sheet of some files, one after the other."""
    sheets = _fetch(connection, _SHEETS, file_ids)
    tables = _by_sheet(_with_decisions(row) for row in _fetch(connection, _TABLES, file_ids))
    findings = _by_sheet(_fetch(connection, _FINDINGS, file_ids))
    changes = _by_sheet(_fetch(connection, _CHANGES, file_ids))
    corrections = _by_sheet(_fetch(connection, _CORRECTIONS, file_ids))
    rows: dict[tuple[str, str], list[GridRow]] = {}
    for file_id, sheet, number, role, cells in connection.execute(
        _ROWS, {"files": list(file_ids)}
    ).fetchall():
        rows.setdefault((file_id, sheet), []).append((number, role, json.loads(cells)))
    for sheet in sheets:
        place = (sheet["file_id"], sheet["sheet"])
        yield SheetView(
            file_id=sheet["file_id"],
            path=sheet["path"],
            name=sheet["sheet"],
            number=sheet["sheet_number"],
            is_hidden=sheet["is_hidden"],
            merges=tuple(
                (top, left, bottom, right) for top, left, bottom, right in json.loads(sheet["merges"])
            ),
            rows=rows.get(place, ()),
            tables=tables.get(place, ()),
            findings=[*findings.get(place, ()), *findings.get((sheet["file_id"], None), ())],
            changes=changes.get(place, ()),
            corrections=corrections.get(place, ()),
            siblings=[
                (other["sheet_number"], other["sheet"])
                for other in sheets
                if other["file_id"] == sheet["file_id"]
            ],
        )


def decision(table: Row, what: str) -> Row | None:
    """One decision about a table; None where it was refused before it came to that."""
    return next((entry for entry in table["decisions"] if entry["what"] == what), None)


def columns(table: Row) -> list[Row]:
    """The decisions about a table's columns, each with the unit that its money was read in."""
    units = {entry["cell"]: entry for entry in table["decisions"] if entry["what"] == "unit"}
    told = []
    for entry in table["decisions"]:
        if entry["what"] == "column":
            unit = units.get(entry["cell"], {})
            shown = unit.get("value") or entry.get("unit")
            told.append({**entry, "shown_unit": shown, "unit_why": unit.get("why")})
    return told


def column_word(column: Row) -> str:
    """What a column is, in Thai; with its year, period and category."""
    words = load_words()
    name = column["value"]
    if name is None:
        return "ไม่รู้จัก"
    told = words["measures"].get(name) or words["fields"].get(name) or name
    parts = [column.get("year"), column.get("period"), column.get("category")]
    return " · ".join([told, *(str(part) for part in parts if part and part != "year")])


def value_word(entry: Row) -> str:
    """What a decision came to, in Thai."""
    if entry["value"] is None:
        return "ตามคอลัมน์ของแต่ละแถว" if entry["confidence"] else "ไม่พบ"
    if entry["what"] == "province":
        return f"{load_gazetteer().provinces[entry['value']].name_th} ({entry['value']})"
    return ", ".join(map(str, entry["value"])) if isinstance(entry["value"], list) else str(entry["value"])


def _with_decisions(table: Row) -> Row:
    """A table with its decisions unpacked."""
    decided = json.loads(table["decided_by"] or "{}")
    return {**table, "decisions": decided.get("decisions", []), "form": json.loads(table["form"] or "{}")}


def _fetch(connection: duckdb.DuckDBPyConnection, sql: str, file_ids: Sequence[str]) -> list[Row]:
    """Run a query for some files and give each row by column name."""
    result = connection.execute(sql, {"files": list(file_ids)})
    names = [column[0] for column in result.description]
    return [dict(zip(names, row, strict=True)) for row in result.fetchall()]


def _by_sheet(rows: Iterable[Row]) -> dict[tuple[str, str | None], list[Row]]:
    """Sort rows by file and sheet."""
    sorted_rows: dict[tuple[str, str | None], list[Row]] = {}
    for row in rows:
        sorted_rows.setdefault((row["file_id"], row["sheet"]), []).append(row)
    return sorted_rows
