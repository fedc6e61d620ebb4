"""One file -> everything that is taken out of it; runs in a worker process and touches no database."""

from __future__ import annotations

import json
from dataclasses import dataclass, field, replace
from itertools import repeat
from json.encoder import encode_basestring
from pathlib import Path
from typing import Any

from pipeline.errors import SourceError
from pipeline.findings import Finding, make_finding
from pipeline.ingest.beside.correcting import Tried, correct_sheet, lines_of_sheet, tell_applied
from pipeline.ingest.beside.rulings import (
    Rulings,
    given_regions,
    rulings_of_sheet,
    skip_areas,
    tell_outside,
)
from pipeline.ingest.cleared.legible import mask_sheet_names, put_back
from pipeline.ingest.cleared.privacy import PERSONAL_DATA, Prepared, mask_people, mask_unread, prepare_sheet
from pipeline.ingest.files import FoundFile
from pipeline.ingest.gate import hold_back, keep_reasons
from pipeline.ingest.joined import join_periods
from pipeline.ingest.returned import is_returned_sheet
from pipeline.ingest.table_reading import TableReading
from pipeline.ingest.tables import read_table
from pipeline.ingest.within import settle_sheets
from pipeline.layout import crop, load_vocabulary, split_sheet, used_rows
from pipeline.layout.forms import find_sheets_beside
from pipeline.layout.model import NOTE
from pipeline.personal import mask
from pipeline.spool import Spool, Spooled
from pipeline.workbook import LARGEST_WHOLE, Cell, Sheet, address, cell_text, column_letters, read_workbook

REFUSED_ROLE = "refused"
_BEFORE_FIELD = len(", ")


@dataclass
class FileReading:
    """What became of one file.

    Attributes:
        tables: what became of each of its tables.
        rows: how many used rows it has.
        spooled: its rows on their way to the warehouse.
        filled: where they were the last that their file of rows takes, how many received files have left theirs in it.
        findings: what to tell of the file and its sheets.
        sheets: rows of raw_sheet without file_id.
        outcomes: by line of overrides.csv, what came of it here; see pipeline.ingest.beside.rulings.
        changes: rows of quality_change, where a table of it contradicts another file's.
        corrected: what came of the lines of corrections.csv that correct it.
        named_province_code: the one province that its folders and name say; None where they say none or several.
    """

    file: FoundFile
    container: str | None = None
    reason: str | None = None
    code: str | None = None
    tables: list[TableReading] = field(default_factory=list)
    rows: int = 0
    spooled: list[Spooled] = field(default_factory=list)
    filled: int | None = None
    findings: list[Finding] = field(default_factory=list)
    sheets: list[dict[str, Any]] = field(default_factory=list)
    outcomes: dict[str, str] = field(default_factory=dict)
    changes: list[dict[str, Any]] = field(default_factory=list)
    corrected: list[Tried] = field(default_factory=list)
    named_province_code: str | None = None


def read_file(file: FoundFile, *, spool: Path) -> FileReading:
    """Read one file; whatever is wrong with it becomes a reason or a finding, never an exception.

    Args:
        file: the file.
        spool: the folder that its rows are left in for the warehouse.
    """
    reading = FileReading(file)
    try:
        workbook = read_workbook(file.absolute)
    except SourceError as error:
        reading.code, reading.reason = error.code, error.message_th
        return reading
    reading.container = workbook.container
    lines = Spool(spool, file.file_id)
    names = mask_sheet_names([sheet.name for sheet in workbook.sheets])
    beside = find_sheets_beside(workbook.sheets, load_vocabulary())
    for number, (sheet, name) in enumerate(zip(workbook.sheets, names, strict=True), start=1):
        _read_sheet(replace(sheet, name=name), number, reading, lines, form=beside.get(sheet.name))
    reading.findings.extend(settle_sheets(reading.tables))
    _spool_tables(reading.tables, lines)
    reading.spooled, reading.filled = lines.write(), lines.filled
    if not reading.rows:
        reading.code, reading.reason = "file_empty", "ไฟล์นี้ไม่มีข้อมูลในชีตใดเลย  ตรวจว่าบันทึกครบแล้วส่งอีกครั้ง"
    return reading


def _read_sheet(
    received: Sheet, number: int, reading: FileReading, lines: Spool, *, form: str | None
) -> None:
    """Read a sheet that has anything in it, its name masked already, and leave its rows and records.

    Args:
        received: the sheet.
        number: its place in the workbook, from 1.
        reading: what is filled.
        lines: where its rows are left.
        form: the known form that the sheet only comes with; it is then told and not read, unless overrides.csv speaks
            of it.
    """
    rows = used_rows(received)
    if not rows:
        return
    prepared = prepare_sheet(received, load_vocabulary())
    if is_returned_sheet(received):
        _keep_unread(prepared.sheet, rows, number, reading, lines)
        return
    reading.findings.extend(prepared.findings)
    reading.sheets.append(_sheet_row(prepared.sheet, number))
    rulings = rulings_of_sheet(reading.file.overrides, received.name, reading.outcomes)
    is_beside = bool(form) and not rulings
    if is_beside:
        reading.findings.append(make_finding("sheet_beside", sheet=received.name, form=form or ""))
    elif received.is_hidden:
        reading.findings.append(make_finding("sheet_hidden", sheet=received.name))
    is_read = not (prepared.is_people or is_beside)
    kept, tables = _read_corrected(prepared, number, reading, rulings, is_read=is_read)
    reading.tables.extend(tables)
    reading.rows += len(rows)
    other = NOTE if is_beside else REFUSED_ROLE
    columns = _raw_rows(kept, rows, tables, reading.file.file_id, other=other)
    lines.add("raw_row", columns, count=len(rows))


def _read_corrected(
    prepared: Prepared, number: int, reading: FileReading, rulings: Rulings, *, is_read: bool
) -> tuple[Sheet, list[TableReading]]:
    """Read a sheet's tables with what corrections.csv corrects; returns the sheet to keep, and the tables.

    Whom the tables name without the corrections is taken out first: no corrected head brings a person to light.
    """
    sheet, originals = prepared.sheet, prepared.originals
    own = lines_of_sheet(reading.file.corrections, sheet.name)
    tried: list[Tried] = []
    if own:
        sheet = replace(sheet, rows=[list(row) for row in sheet.rows])
        before = FileReading(reading.file)
        _understand(sheet, number, before, rulings.apart(), is_read=is_read)
        reading.findings.extend(found for found in before.findings if found.rule == PERSONAL_DATA)
        sheet, originals, tried = correct_sheet(sheet, own, originals)
    tables = _understand(sheet, number, reading, rulings, is_read=is_read)
    if own:
        tried, told = tell_applied(sheet, tried, tables)
        reading.corrected.extend(tried)
        reading.findings.extend(told)
    return put_back(sheet, originals) if originals else sheet, tables


def _understand(
    sheet: Sheet, number: int, reading: FileReading, rulings: Rulings, *, is_read: bool
) -> list[TableReading]:
    """Read a sheet's tables, and take out of it whom they name."""
    read, skipped = skip_areas(sheet, rulings) if rulings else (sheet, [])
    reading.findings.extend([*skipped, *(mask_unread(sheet, load_vocabulary()) if skipped else ())])
    tables = _read_tables(read, number, reading, rulings) if is_read else []
    for result in tables:
        if result.table:
            reading.findings.extend(mask_people(sheet, result.table, load_vocabulary()))
    return tables


def _keep_unread(sheet: Sheet, rows: list[int], number: int, reading: FileReading, lines: Spool) -> None:
    """Keep the rows of a sheet of ours that came back, and take nothing out of it."""
    reading.findings.append(make_finding("returned_sheet", sheet=sheet.name))
    reading.sheets.append(_sheet_row(sheet, number))
    reading.rows += len(rows)
    lines.add("raw_row", _raw_rows(sheet, rows, [], reading.file.file_id, other=NOTE), count=len(rows))


def _sheet_row(sheet: Sheet, number: int) -> dict[str, Any]:
    """One raw_sheet row; merges as [top, left, bottom, right], from 1."""
    merges = [[merge.top + 1, merge.left + 1, merge.bottom + 1, merge.right + 1] for merge in sheet.merges]
    return {
        "sheet": sheet.name,
        "sheet_number": number,
        "is_hidden": sheet.is_hidden,
        "merges": json.dumps(merges),
        "captions": json.dumps([mask(text) for text in sheet.captions], ensure_ascii=False),
    }


def _read_tables(
    sheet: Sheet, sheet_number: int, reading: FileReading, rulings: Rulings
) -> list[TableReading]:
    """Read a sheet's tables, from the top and then from the left, or those that overrides.csv states."""
    regions = given_regions(rulings, sheet, lambda: split_sheet(sheet, load_vocabulary()))
    reading.findings.extend(tell_outside(sheet, rulings, regions))
    tables: list[TableReading] = []
    captions = tuple((-1, mask(text)) for text in sheet.captions)
    sheet_titles: tuple[tuple[int, str], ...] = captions
    for number, region in enumerate(regions, start=1):
        part = crop(sheet, region)
        rows = used_rows(part)
        if not rows:
            continue
        cell_range = f"{address(rows[0], region.left)}:{address(rows[-1], region.right)}"
        table_id = f"{reading.file.file_id}-{sheet_number}-{number}"
        result = TableReading(table_id, sheet.name, number, cell_range, sheet.is_hidden, rows=tuple(rows))
        tables.append(result)
        try:
            own = rulings.within(region) if rulings else rulings
            read_table(part, reading.file, result, sheet_titles=sheet_titles, rulings=own)
            hold_back(result)
        except SourceError as error:
            _refuse(result, error)
        else:
            result.status = "loaded"
        if sheet_titles == captions and result.table:
            sheet_titles = (*captions, *result.table.titles)
    return tables


def _spool_tables(tables: list[TableReading], lines: Spool) -> None:
    """Leave the records of a file's tables for the warehouse, and keep of them what the other files must know."""
    join_periods(tables)
    for result in tables:
        # An amount belongs to a project of its own table, unless another sheet named that before.
        shared = {"table_id": result.table_id, "project_table": result.table_id}
        for batch in result.extract.batches:
            lines.add(batch.table, {**shared, **batch.columns}, count=batch.count)
        result.extract.batches.clear()


def _raw_rows(
    sheet: Sheet, rows: list[int], tables: list[TableReading], file_id: str, *, other: str
) -> dict[str, Any]:
    """The columns of a sheet's raw_row rows; of tables side by side the leftmost decides a row's role.

    A row of no table has the role `other`.
    """
    roles: dict[int, str] = {}
    table_ids: dict[int, str] = {}
    for result in reversed(tables):
        known = result.table.roles if result.table and result.status != REFUSED_ROLE else {}
        roles.update(dict.fromkeys(result.rows, REFUSED_ROLE))
        roles.update(known)
        roles.update(dict.fromkeys(result.extract.refused, REFUSED_ROLE))
        table_ids.update(dict.fromkeys(result.rows, result.table_id))
        result.table, result.rows = None, ()
    return {
        "file_id": file_id,
        "table_id": [table_ids.get(row) for row in rows],
        "sheet": sheet.name,
        "row_number": [row + 1 for row in rows],
        "role": [roles.get(row, other) for row in rows],
        "cells": cells_json(sheet, rows),
    }


def _refuse(result: TableReading, error: SourceError) -> None:
    """Keep why a table is not used, and nothing of what was taken from it."""
    result.reason = error.message_th
    result.extract = keep_reasons(result.extract, error.code)
    result.decided_by["refused"] = error.code


def cells_json(sheet: Sheet, rows: list[int]) -> list[str]:
    """Write rows as JSON, each used cell's text by column letter."""
    if not sheet.columns:
        return ["{}" for _ in rows]
    fields = [_json_fields(column_letters(index), cells) for index, cells in enumerate(sheet.columns)]
    fields[0] = [field[_BEFORE_FIELD:] for field in fields[0]]
    by_row = list(map("".join, zip(repeat("{"), *fields, repeat("}"), strict=False)))
    return [by_row[row] if fields[0][row] else "{" + by_row[row][1 + _BEFORE_FIELD :] for row in rows]


def _json_fields(letters: str, cells: tuple[Cell, ...]) -> list[str]:
    """Write one column's cells as fields of JSON objects, each after a comma; nothing for an empty cell.

    A column at once and its commonest types first, since a call a cell would cost several times more.
    """
    name = f', "{letters}": '
    return [
        ""
        if cell is None
        else name + encode_basestring(cell)
        if type(cell) is str
        else f'{name}"{int(cell)}"'
        if type(cell) is float and cell.is_integer() and abs(cell) < LARGEST_WHOLE
        else name + encode_basestring(cell_text(cell))
        for cell in cells
    ]
