"""One file -> everything that is taken out of it; runs in a worker process and touches no database."""

from __future__ import annotations

import json
from dataclasses import dataclass, field

from pipeline.errors import SourceError
from pipeline.findings import Finding, make_finding
from pipeline.ingest.files import FoundFile
from pipeline.ingest.legible import put_back
from pipeline.ingest.privacy import mask_people, prepare_sheet
from pipeline.ingest.tables import TableReading, read_table
from pipeline.layout import crop, load_vocabulary, split_sheet, used_rows
from pipeline.records import Extract
from pipeline.workbook import Sheet, Workbook, address, cell_text, column_letters, read_workbook

REFUSED_ROLE = "refused"


@dataclass
class FileReading:
    """What became of one file: its tables, and every used row with its role."""

    file: FoundFile
    container: str | None = None
    reason: str | None = None
    code: str | None = None
    tables: list[TableReading] = field(default_factory=list)
    raw_rows: list[tuple[str, int, str, str]] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)


def read_file(file: FoundFile) -> FileReading:
    """Read one file; whatever is wrong with it becomes a reason or a finding, never an exception."""
    reading = FileReading(file)
    try:
        workbook = read_workbook(file.absolute)
    except SourceError as error:
        reading.code, reading.reason = error.code, error.message_th
        return reading
    reading.container = workbook.container
    _read_sheets(workbook, reading)
    if not reading.raw_rows:
        reading.code, reading.reason = "file_empty", "ไฟล์นี้ไม่มีข้อมูลในชีตใดเลย  ตรวจว่าบันทึกครบแล้วส่งอีกครั้ง"
    return reading


def _read_sheets(workbook: Workbook, reading: FileReading) -> None:
    """Read every sheet that has anything in it."""
    for received in workbook.sheets:
        rows = used_rows(received)
        if not rows:
            continue
        prepared = prepare_sheet(received, load_vocabulary())
        sheet = prepared.sheet
        reading.findings.extend(prepared.findings)
        if sheet.is_hidden:
            reading.findings.append(make_finding("sheet_hidden", sheet=sheet.name))
        roles = {} if prepared.is_people else _read_sheet(sheet, reading)
        kept = put_back(sheet, prepared.originals) if prepared.originals else sheet
        reading.raw_rows.extend(
            (sheet.name, row + 1, roles.get(row, REFUSED_ROLE), _cells_json(kept, row)) for row in rows
        )


def _read_sheet(sheet: Sheet, reading: FileReading) -> dict[int, str]:
    """Read a sheet's tables; returns the role of each row, that of the leftmost table where two stand side by side."""
    roles: dict[int, str] = {}
    sheet_titles: tuple[tuple[int, str], ...] = ()
    for number, region in enumerate(split_sheet(sheet, load_vocabulary()), start=1):
        part = crop(sheet, region)
        rows = used_rows(part)
        if not rows:
            continue
        cell_range = f"{address(rows[0], region.left)}:{address(rows[-1], region.right)}"
        result = TableReading(sheet.name, number, cell_range, sheet.is_hidden, rows=frozenset(rows))
        reading.tables.append(result)
        try:
            table = read_table(part, reading.file, result, sheet_titles=sheet_titles)
        except SourceError as error:
            _refuse(result, error)
            roles = {**dict.fromkeys(rows, REFUSED_ROLE), **roles}
            continue
        sheet_titles = sheet_titles or table.titles
        result.status = "loaded"
        roles = {**table.roles, **dict.fromkeys(result.extract.refused, REFUSED_ROLE), **roles}
    for result in reading.tables:
        if result.sheet == sheet.name and result.table:
            reading.findings.extend(mask_people(sheet, result.table, load_vocabulary()))
            result.table = None
    return roles


def _refuse(result: TableReading, error: SourceError) -> None:
    """Keep why a table is not used, and nothing of what was taken from it."""
    result.reason = error.message_th
    result.extract = Extract()
    result.decided_by["refused"] = error.code


def _cells_json(sheet: Sheet, row: int) -> str:
    """Write a row's used cells as JSON by column letter."""
    return json.dumps(
        {
            column_letters(index): cell_text(cell)
            for index, cell in enumerate(sheet.rows[row])
            if cell is not None
        },
        ensure_ascii=False,
    )
