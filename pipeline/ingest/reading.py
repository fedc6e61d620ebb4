"""One file -> everything that is taken out of it; runs in a worker process and touches no database."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from pipeline.context import Answer, decide_province, decide_stage, decide_year, places
from pipeline.errors import SourceError
from pipeline.findings import Finding, make_finding
from pipeline.ingest.files import FoundFile
from pipeline.ingest.kinds import decide_kind
from pipeline.ingest.privacy import mask_sheet
from pipeline.layout import Table, load_vocabulary, read_layout, used_rows
from pipeline.provinces import load_gazetteer
from pipeline.records import (
    Extract,
    Source,
    load_catalogue,
    match_columns,
    read_budget,
    read_indicators,
    read_projects,
)
from pipeline.thai import squeeze
from pipeline.workbook import Sheet, Workbook, address, cell_text, column_letters, read_workbook

REFUSED_ROLE = "refused"


@dataclass
class TableReading:
    """What became of one table.

    Attributes:
        status: loaded, duplicate, superseded or refused.
        content: a digest of what its records say, whatever the container; equal tables are duplicates.
        keys: what its records are about, to tell a submission that comes again.
    """

    sheet: str
    number: int
    cell_range: str
    is_hidden: bool
    kind: str | None = None
    status: str = "refused"
    reason: str | None = None
    title: str | None = None
    decided_by: dict[str, object] = field(default_factory=dict)
    fingerprint: str | None = None
    content: str | None = None
    keys: frozenset[str] = frozenset()
    extract: Extract = field(default_factory=Extract)


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
        sheet, findings = mask_sheet(received)
        reading.findings.extend(findings)
        if sheet.is_hidden:
            reading.findings.append(make_finding("sheet_hidden", sheet=sheet.name))
        roles = _read_sheet(sheet, rows, reading)
        reading.raw_rows.extend(
            (sheet.name, row + 1, roles.get(row, REFUSED_ROLE), _cells_json(sheet, row)) for row in rows
        )


def _read_sheet(sheet: Sheet, rows: list[int], reading: FileReading) -> dict[int, str]:
    """Read one sheet's table; returns the role of each of its rows, none of a table that is refused."""
    cell_range = f"A{rows[0] + 1}:{address(rows[-1], max(len(row) for row in sheet.rows) - 1)}"
    result = TableReading(sheet.name, 1, cell_range, sheet.is_hidden)
    reading.tables.append(result)
    try:
        table = _read_table(sheet, reading.file, result)
    except SourceError as error:
        result.reason = error.message_th
        result.extract = Extract()
        result.decided_by["refused"] = error.code
        return {}
    result.status = "loaded"
    return {**table.roles, **dict.fromkeys(result.extract.refused, REFUSED_ROLE)}


def _read_table(sheet: Sheet, file: FoundFile, result: TableReading) -> Table:
    """Understand a table and take its records."""
    vocabulary, gazetteer, catalogue = load_vocabulary(), load_gazetteer(), load_catalogue()
    table = read_layout(sheet, vocabulary)
    result.title = " ".join(text for _, text in table.titles if not squeeze(text).startswith("หน่วย")) or None
    result.fingerprint = _fingerprint(table)
    spoken = places(table, sheet.name, file.path)
    matched = match_columns(table, "\n".join(squeeze(place.text) for place in spoken), catalogue)
    kind, table = decide_kind(table, has_values=bool(matched))
    result.kind = kind
    source = Source(
        file_id=file.file_id,
        sheet=sheet,
        table=table,
        kind=kind,
        gazetteer=gazetteer,
        vocabulary=vocabulary,
        province=_province(table, kind, lambda: decide_province(spoken, gazetteer)),
        year=_year(table, kind, matched, lambda: decide_year(spoken)),
        stage=decide_stage(spoken, vocabulary),
    )
    result.decided_by = _decided_by(source)
    readers: dict[str, Callable[[], Extract]] = {
        "budget_line": lambda: read_budget(source),
        "project": lambda: read_projects(source),
        "indicator": lambda: read_indicators(source, matched),
    }
    result.extract = readers[kind]()
    result.content, result.keys = _content(source, result.extract)
    return replace(table)


def _province(table: Table, kind: str, decide: Callable[[], Answer]) -> Answer:
    """Ask titles and names for the province only where no column decides."""
    has_column = "province" in table.fields or (kind == "budget_line" and "budgetary_unit" in table.fields)
    return Answer(None, ("คอลัมน์ของตาราง",)) if has_column else decide()


def _year(
    table: Table, kind: str, matched: dict[int, object] | object, decide: Callable[[], Answer]
) -> Answer:
    """Ask titles and names for the year only where no column decides."""
    columns = (
        table.money
        if kind != "indicator"
        else tuple(
            column for column in table.columns if isinstance(matched, dict) and column.index in matched
        )
    )
    has_column = bool({"fiscal_year", "year"} & table.fields.keys()) or all(
        column.year_be for column in columns
    )
    return Answer(None, ("คอลัมน์ของตาราง",)) if has_column else decide()


def _decided_by(source: Source) -> dict[str, object]:
    """Keep what gave each answer."""
    units = {column.name: source.unit_of(column) for column in source.table.money}
    return {
        "province": {"value": source.province.value, "from": source.province.where},
        "fiscal_year_be": {"value": source.year.value, "from": source.year.where},
        "stage": {"value": source.stage.value, "from": source.stage.where},
        "unit": {name: {"value": unit.name, "from": how} for name, (unit, how) in units.items()},
        "columns": {
            column_letters(column.index): column.field or column.measure for column in source.table.columns
        },
    }


def _fingerprint(table: Table) -> str:
    """Digest a layout: the heads of its columns, whatever the year in them."""
    heads = "|".join(" ".join(heading.text for heading in column.headings) for column in table.columns)
    return hashlib.blake2b(heads.encode(), digest_size=8).hexdigest()


def _content(source: Source, extract: Extract) -> tuple[str, frozenset[str]]:
    """Digest what the records say, and list what they are about, whatever file and cell they stand in."""
    place = {
        "file_id",
        "sheet",
        "cell",
        "row_number",
        "project_id",
        "line_id",
        "text",
        "source",
        "source_rank",
    }
    lines = []
    for name, rows in sorted(extract.rows.items()):
        lines += sorted(
            f"{name}|"
            + "|".join(squeeze(str(value)) for key, value in sorted(row.items()) if key not in place)
            for row in rows
        )
    measures = ",".join(sorted({column.measure or "" for column in source.table.money}))
    keys = frozenset(
        f"{measures}|{row['province_code']}|{row['fiscal_year_be']}|{squeeze(str(row['project_name']))}"
        for row in extract.rows.get("core_project", ())
    )
    documents = frozenset(
        f"{row['document']}|{row['ministry']}"
        for row in extract.rows.get("core_budget_line", ())
        if row["document"]
    )
    return hashlib.sha256("\n".join(lines).encode()).hexdigest(), keys or documents


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
