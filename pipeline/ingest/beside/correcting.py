"""Lines of corrections.csv at work on one sheet, and what came of each line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from pipeline.findings import Finding, make_finding
from pipeline.ingest.beside.area import Area, read_area
from pipeline.ingest.beside.corrections import Correction
from pipeline.ingest.cleared.legible import Originals, mask_name
from pipeline.ingest.table_reading import TableReading
from pipeline.layout import used_rows
from pipeline.personal import is_masked
from pipeline.workbook import Cell, Sheet, cell_text

APPLIED, NO_CELL, DIFFERS, PERSONAL = "applied", "no_cell", "differs", "personal"


@dataclass(frozen=True)
class Tried:
    """What came of one line.

    Attributes:
        line: the line.
        outcome: applied; or there is no such cell, another text stands there, or it is personal.
        sheet: the sheet's name, personal data masked.
        found: what stands in the cell, where that is not what the line expects.
        table_id: the table that the cell belongs to; None where it belongs to none.
        province_code: whose the cell is, where known.
    """

    line: Correction
    outcome: str
    sheet: str
    found: str | None = None
    table_id: str | None = None
    province_code: str | None = None


def lines_of_sheet(lines: tuple[Correction, ...], name: str) -> tuple[Correction, ...]:
    """Pick the lines that correct a sheet, which they name as it was received or as it is shown."""
    return tuple(line for line in lines if name in (line.sheet, mask_name(line.sheet)))


def correct_sheet(
    sheet: Sheet, lines: Sequence[Correction], originals: Originals
) -> tuple[Sheet, Originals, list[Tried]]:
    """Put what lines say into the cells of a sheet that still have what they correct.

    Args:
        sheet: the sheet, personal data masked.
        lines: the lines that correct it.
        originals: what was received where the sheet has another text.

    Returns:
        The sheet to read, what was received where that differs from it, and what came of each line.
    """
    width = max((len(row) for row in sheet.rows), default=0)
    used = set(used_rows(sheet))
    rows = [list(row) for row in sheet.rows]
    received = dict(originals)
    tried = []
    for line in lines:
        if line.row not in used or line.column >= width:
            tried.append(Tried(line, NO_CELL, sheet.name))
            continue
        row = rows[line.row]
        row.extend([None] * (line.column + 1 - len(row)))
        outcome = _judge(line, row[line.column], received.get((line.row, line.column)))
        found = cell_text(row[line.column]) if outcome == DIFFERS else None
        tried.append(Tried(line, outcome, sheet.name, found))
        if outcome == APPLIED:
            before = received.get((line.row, line.column), (row[line.column], None))[0]
            row[line.column] = _as_cell(line.after)
            received[line.row, line.column] = (before, row[line.column])
    return replace(sheet, rows=rows), received, tried


def tell_applied(
    sheet: Sheet, tried: Sequence[Tried], tables: Sequence[TableReading]
) -> tuple[list[Tried], list[Finding]]:
    """Say of each line whose cell it was, once the tables are read; one finding for each that was applied.

    A cell out of which the tables' layout took a person is personal after all.
    """
    settled = []
    for one in tried:
        table = _table_at(one.line, tables)
        whose = _province_at(one.line.row, table)
        outcome = one.outcome
        if outcome == APPLIED and sheet.rows[one.line.row][one.line.column] != _as_cell(one.line.after):
            outcome = PERSONAL
        table_id = table.table_id if table else None
        settled.append(replace(one, outcome=outcome, table_id=table_id, province_code=whose))
    return settled, [_finding(one) for one in settled if one.outcome == APPLIED]


def _judge(line: Correction, present: Cell, original: tuple[Cell, Cell] | None) -> str:
    """Say whether a line may be applied to a cell; a text that was read back may be named either way."""
    texts = {cell_text(cell).strip() for cell in (present, *(original or ())[:1])}
    if line.is_personal or any(map(is_masked, texts)):
        return PERSONAL
    return APPLIED if line.before in texts else DIFFERS


def _as_cell(text: str) -> Cell:
    """A correction's text as a cell: a plain number as one, so that it is read as if it had been typed."""
    if not text:
        return None
    try:
        number = float(text)
    except ValueError:
        return text
    return number if cell_text(number) == text else text


def _table_at(line: Correction, tables: Sequence[TableReading]) -> TableReading | None:
    """The table that a cell belongs to."""
    cell = Area(line.row, line.row, line.column, line.column)
    areas = ((table, read_area(table.cell_range)) for table in tables)
    return next((table for table, area in areas if area and area.overlaps(cell)), None)


def _province_at(row: int, table: TableReading | None) -> str | None:
    """The province of a row's records, else the table's one."""
    for batch in table.extract.batches if table else ():
        if {"row_number", "province_code"} <= batch.columns.keys():
            codes = dict(zip(batch.values("row_number"), batch.values("province_code"), strict=True))
            if codes.get(row + 1):
                return str(codes[row + 1])
    return table.province_code if table else None


def _finding(one: Tried) -> Finding:
    """Word what was corrected, at its cell."""
    line = one.line
    return make_finding(
        "cell_corrected",
        sheet=one.sheet,
        cell=line.cell,
        value=line.before,
        province_code=one.province_code,
        corrected=line.after,
        told=line.told,
    )
