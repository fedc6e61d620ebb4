"""Readings -> the warehouse's tables."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

import pandas as pd

from pipeline import store
from pipeline.findings import Finding, make_finding
from pipeline.ingest.reading import REFUSED_ROLE, FileReading
from pipeline.provinces import load_gazetteer
from pipeline.records import load_catalogue

if TYPE_CHECKING:
    import duckdb

_CORE = ("core_project", "core_amount", "core_budget_line", "core_indicator")


def load_reference(connection: duckdb.DuckDBPyConnection) -> None:
    """Fill the tables that come from specs/: provinces and the meaning of indicators."""
    provinces = load_gazetteer().provinces.values()
    store.append(connection, "core_province", pd.DataFrame([vars(province) for province in provinces]))
    definitions = load_catalogue().definitions.values()
    store.append(
        connection, "core_indicator_definition", pd.DataFrame([vars(entry) for entry in definitions])
    )


def load_readings(connection: duckdb.DuckDBPyConnection, readings: list[FileReading]) -> None:
    """Fill raw_, core_ and quality_ tables, ordered so that the same input gives the same warehouse."""
    ordered = sorted(readings, key=lambda reading: reading.file.path)
    store.append(connection, "raw_file", pd.DataFrame([file_row(reading) for reading in ordered]))
    store.append(
        connection, "raw_table", pd.DataFrame([row for reading in ordered for row in _table_rows(reading)])
    )
    store.append(
        connection,
        "raw_row",
        pd.DataFrame(
            [(reading.file.file_id, *row) for reading in ordered for row in _raw_rows(reading)],
            columns=["file_id", "sheet", "row_number", "role", "cells"],
        ),
    )
    for name in _CORE:
        _load_core(connection, name, ordered)
    store.append(
        connection,
        "quality_issue",
        pd.DataFrame([row for reading in ordered for row in _issue_rows(reading)]),
    )
    _load_totals(connection, ordered)


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
    }


def file_status(reading: FileReading) -> tuple[str, str | None]:
    """Tell what became of a file: loaded where any table was, else what its tables came to."""
    if reading.file.ignored:
        return "ignored", reading.file.ignored
    statuses = {table.status: table.reason for table in reversed(reading.tables)}
    for status in ("loaded", "superseded", "duplicate"):
        if status in statuses:
            return status, None if status == "loaded" else statuses[status]
    return "refused", reading.reason or statuses.get("refused") or "ไม่มีตารางในไฟล์นี้"


def _table_rows(reading: FileReading) -> Iterable[dict[str, Any]]:
    """The file's raw_table rows."""
    import json

    for table in reading.tables:
        records = sum(len(table.extract.rows.get(name, ())) for name in ("core_project", "core_budget_line"))
        yield {
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
            "fingerprint": table.fingerprint,
            "records": records or len(table.extract.rows.get("core_indicator", ())),
        }


def _raw_rows(reading: FileReading) -> Iterable[tuple[str, int, str, str]]:
    """The file's raw_row rows; every row of a table that is refused is refused, the leftmost table deciding."""
    status: dict[tuple[str, int], str] = {}
    for table in reading.tables:
        for row in table.rows:
            status.setdefault((table.sheet, row + 1), table.status)
    for sheet, row_number, role, cells in reading.raw_rows:
        is_refused = status.get((sheet, row_number), REFUSED_ROLE) == REFUSED_ROLE
        yield sheet, row_number, REFUSED_ROLE if is_refused else role, cells


def _load_core(connection: duckdb.DuckDBPyConnection, name: str, readings: list[FileReading]) -> None:
    """Fill one core_ table from every table that counts."""
    rows = [
        {**row, "file_id": reading.file.file_id, **_currency(name, table.status)}
        for reading in readings
        for table in reading.tables
        if table.status in ("loaded", "superseded")
        for row in table.extract.rows.get(name, ())
    ]
    store.append(connection, name, _frame(rows))


def _frame(rows: list[dict[str, Any]]) -> pd.DataFrame:
    """Make a frame whose satang stay whole numbers although some are missing."""
    frame = pd.DataFrame(rows)
    satang = [name for name in frame.columns if name.endswith("_satang")]
    return frame.astype(dict.fromkeys(satang, "Int64"))


def _currency(name: str, status: str) -> dict[str, bool]:
    """Whether a project belongs to a submission that still counts."""
    return {"is_current": status == "loaded"} if name == "core_project" else {}


def _issue_rows(reading: FileReading) -> Iterable[dict[str, Any]]:
    """The file's quality_issue rows: of the file, of each table, of each cell."""
    for finding in _findings(reading):
        yield {**vars(finding), "file_id": reading.file.file_id, "path": reading.file.path, "stage": "ingest"}


def _findings(reading: FileReading) -> Iterable[Finding]:
    """Everything to tell of a file; cells of a table that is not loaded are not told one by one."""
    if reading.reason and not reading.file.ignored:
        yield make_finding("file_refused", detail=reading.reason)
    yield from reading.findings
    for table in reading.tables:
        if table.status == "refused":
            yield make_finding("table_refused", sheet=table.sheet, detail=table.reason or "")
        elif table.status == "loaded":
            yield from table.extract.findings


def _load_totals(connection: duckdb.DuckDBPyConnection, readings: list[FileReading]) -> None:
    """Fill quality_total."""
    rows = [
        {**total, "file_id": reading.file.file_id}
        for reading in readings
        for table in reading.tables
        if table.status == "loaded"
        for total in table.extract.totals
    ]
    store.append(connection, "quality_total", _frame(rows))
