"""Readings -> the warehouse's tables."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from pipeline import store
from pipeline.findings import Finding, make_finding
from pipeline.ingest.again.changes import CHANGE_COLUMNS
from pipeline.ingest.again.replaced import compare_replaced
from pipeline.ingest.beside.lines import Beside
from pipeline.ingest.gate import ROWS_REFUSED
from pipeline.ingest.place import EARLY, place_rows
from pipeline.ingest.reading import FileReading
from pipeline.ingest.set_aside import SET_ASIDE
from pipeline.ingest.table_reading import TableReading
from pipeline.spool import Layout, Spooled

if TYPE_CHECKING:
    import duckdb

_CELL = {"cell": "letters || row_number"}
# A project and a line are named by their table and row: the same in every run on the same input.
_COMPUTED = {
    "raw_row": {},
    "core_project": {"project_id": "h.table_id || '-' || owner_row"},
    "core_amount": {**_CELL, "project_id": "project_table || '-' || owner_row"},
    "quality_percent": {**_CELL, "project_id": "project_table || '-' || owner_row"},
    "core_budget_line": {**_CELL, "line_id": "h.table_id || '-' || row_number"},
    "core_feedback": _CELL,
    "core_indicator": {**_CELL, "source_rank": "h.source_rank + h.rank_behind"},
}
_SUPERSEDE = """
UPDATE core_project SET is_current = false
WHERE list_contains(?, file_id) AND list_contains(?, regexp_replace(project_id, '-[0-9]+$', ''))"""


def load_rows(connection: duckdb.DuckDBPyConnection, parts: Iterable[Spooled]) -> None:
    """Fill tables from what the reading processes left, one layout of a table after the other.

    Args:
        connection: the new warehouse.
        parts: rows in the order that the warehouse is to have them; see `place_rows`.
    """
    by_table: dict[str, dict[Layout, list[Spooled]]] = {}
    for part in parts:
        by_table.setdefault(part.layout.table, {}).setdefault(part.layout, []).append(part)
    for table, layouts in by_table.items():
        for spooled in layouts.values():
            store.append_batches(connection, spooled, computed=_COMPUTED[table])


def load_readings(
    connection: duckdb.DuckDBPyConnection, readings: list[FileReading], *, beside: Beside
) -> list[dict[str, Any]]:
    """Fill what is left of raw_, core_ and quality_ tables once all files are settled; returns the raw_file rows.

    Ordered, so that the same input gives the same warehouse.

    Args:
        connection: the new warehouse, with the rows of the EARLY tables.
        readings: what became of each file.
        beside: what came of the files that an analyst keeps beside the data.
    """
    ordered = sorted(readings, key=lambda reading: reading.file.path)
    replaced = {
        old: table.table_id for reading in ordered for table in reading.tables for old in table.replaces
    }
    tables = [row for reading in ordered for row in _table_rows(reading, replaced)]
    files = [file_row(reading) for reading in ordered]
    store.append_records(connection, "raw_file", files)
    store.append_records(connection, "raw_table", tables)
    load_rows(
        connection,
        [part for reading in ordered for part in place_rows(reading) if part.layout.table not in EARLY],
    )
    _settle_early(connection, ordered)
    _load_told(connection, ordered, beside)
    return files


def _settle_early(connection: duckdb.DuckDBPyConnection, readings: list[FileReading]) -> None:
    """Settle what is loaded already of the tables that a later file has superseded or put out."""
    tables = [(reading.file.file_id, table) for reading in readings for table in reading.tables]
    superseded = [(file_id, table.table_id) for file_id, table in tables if table.status == "superseded"]
    if superseded:
        connection.execute(_SUPERSEDE, [list(each) for each in zip(*superseded, strict=True)])
    put_out = [table.table_id for _, table in tables if _is_put_out(table)]
    if put_out:
        connection.execute("UPDATE raw_row SET role = 'refused' WHERE list_contains(?, table_id)", [put_out])


def _is_put_out(table: TableReading) -> bool:
    """Whether a table was refused for what another file says, and not when it was read."""
    return table.status == "refused" and "refused" not in table.decided_by


def _load_told(connection: duckdb.DuckDBPyConnection, ordered: list[FileReading], beside: Beside) -> None:
    """Fill the tables of sheets, changes, findings, corrections and stated sums."""
    sheets = [{**row, "file_id": reading.file.file_id} for reading in ordered for row in reading.sheets]
    changes = [
        *(row for reading in ordered for row in reading.changes),
        *compare_replaced(connection, ordered),
    ]
    issues = [row for reading in ordered for row in _issue_rows(reading)]
    issues += [
        {**vars(finding), "file_id": None, "path": name, "stage": "ingest"}
        for name, findings in beside.findings.items()
        for finding in findings
    ]
    filled = {
        "raw_sheet": sheets,
        "quality_change": [dict.fromkeys(CHANGE_COLUMNS) | row for row in changes],
        "quality_issue": issues,
        "quality_correction": beside.corrections,
        "quality_total": [row for reading in ordered for row in _stated(reading, "totals")],
        "quality_count": [row for reading in ordered for row in _stated(reading, "counts")],
    }
    for table, rows in filled.items():
        store.append_records(connection, table, rows)


def file_row(reading: FileReading) -> dict[str, Any]:
    """One raw_file row; a file is what most of its tables came to."""
    file = reading.file
    status, reason = file_status(reading)
    return {
        "file_id": file.file_id,
        "path": file.path,
        "sha256": file.sha256,
        "bytes": file.size,
        "status": status,
        "reason": reason,
        "container": reading.container,
        "received_on": file.received.date(),
        "received_how": file.received_how,
        "named_province_code": reading.named_province_code,
    }


def file_status(reading: FileReading) -> tuple[str, str | None]:
    """Tell what became of a file: loaded where any table was, else what its tables came to."""
    if reading.file.ignored:
        return "ignored", reading.file.ignored
    left_out = [
        line for line in reading.file.overrides if line.what == "skip" and line.place in reading.outcomes
    ]
    if left_out and not reading.tables:
        return "ignored", f"ไม่อ่านตาม {left_out[0].told}"
    statuses = {table.status: table.reason for table in reversed(reading.tables)}
    for status in ("loaded", "superseded", "duplicate"):
        if status in statuses:
            return status, None if status == "loaded" else statuses[status]
    return "refused", reading.reason or statuses.get("refused") or "ไม่มีตารางในไฟล์นี้"


def _table_rows(reading: FileReading, replaced: Mapping[str, str]) -> Iterable[dict[str, Any]]:
    """The file's raw_table rows; `replaced` gives the table that replaces another."""
    import json

    for table in reading.tables:
        yield {
            "table_id": table.table_id,
            "file_id": reading.file.file_id,
            "sheet": table.sheet,
            "table_number": table.number,
            "cell_range": table.cell_range,
            "is_hidden": table.is_hidden,
            "kind": table.kind,
            "status": table.status,
            "reason": table.reason,
            "title": table.title,
            "decided_by": json.dumps(table.decided_by, ensure_ascii=False),
            "confidence": table.confidence,
            "fingerprint": table.fingerprint,
            "form": json.dumps(table.form, ensure_ascii=False),
            "records": table.records,
            "province_code": table.province_code,
            "year_be": table.year_be,
            "replaced_by": replaced.get(table.table_id),
        }


def _issue_rows(reading: FileReading) -> Iterable[dict[str, Any]]:
    """The file's quality_issue rows: of the file, of each table, of each cell."""
    for finding in _findings(reading):
        yield {**vars(finding), "file_id": reading.file.file_id, "path": reading.file.path, "stage": "ingest"}


def _findings(reading: FileReading) -> Iterable[Finding]:
    """Everything to tell of a file; cells of a table that is not loaded are not told one by one."""
    if reading.reason and not reading.file.ignored:
        rule = "file_purged" if reading.file.buried else "file_refused"
        yield make_finding(rule, detail=reading.reason)
    if reading.file.is_waiting:
        yield make_finding("file_waiting", detail=reading.file.ignored or "")
    yield from reading.findings
    for table in reading.tables:
        if table.status == "refused":
            code = table.decided_by.get("refused")
            rule = "table_set_aside" if code == SET_ASIDE else "table_refused"
            yield make_finding(
                rule, sheet=table.sheet, detail=table.reason or "", province_code=table.province_code
            )
            if code == ROWS_REFUSED:
                yield from table.extract.findings
        elif table.status == "loaded":
            yield from table.extract.findings


def _stated(reading: FileReading, what: str) -> Iterable[dict[str, Any]]:
    """The file's quality_total or quality_count rows."""
    for table in reading.tables:
        if table.status == "loaded":
            for row in getattr(table.extract, what):
                yield {**row, "file_id": reading.file.file_id}
