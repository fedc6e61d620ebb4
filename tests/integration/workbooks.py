"""Small workbooks built by code, each named by its defect or layout."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import duckdb
import xlsxwriter

from pipeline.ingest import Ingested, ingest

HEAD = ("ลำดับ", "ชื่อโครงการ", "หน่วยงาน", "งบประมาณที่ได้รับจัดสรร (บาท)")


def write_sheet(
    path: Path, rows: Sequence[Sequence[Any]], *, sheet: str = "แผน", hidden: bool = False
) -> Path:
    """Write one sheet of plain cells."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with xlsxwriter.Workbook(str(path)) as book:
        if hidden:
            book.add_worksheet("ว่าง")
        page = book.add_worksheet(sheet)
        for number, row in enumerate(rows):
            page.write_row(number, 0, ["" if value is None else value for value in row])
        if hidden:
            page.hide()
    return path


def plan(title: str, *amounts: Any, names: Sequence[str] = ()) -> list[list[Any]]:
    """The rows of a plain plan sheet, one project an amount."""
    records = [
        [number, names[number - 1] if names else f"โครงการที่ {number}", "สำนักงานยุติธรรมจังหวัด", amount]
        for number, amount in enumerate(amounts, start=1)
    ]
    return [[title], list(HEAD), *records]


def ingest_folder(raw: Path, database: Path) -> tuple[Ingested, duckdb.DuckDBPyConnection]:
    """Ingest a folder and open what came of it."""
    done = ingest(raw, database, jobs=1, progress=lambda stage, count, total: None)
    return done, duckdb.connect(str(database), read_only=True)
