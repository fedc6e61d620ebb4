"""Takes personal data out of a sheet before anything of it is stored."""

from __future__ import annotations

from dataclasses import replace

from pipeline.findings import Finding, make_finding
from pipeline.layout import Table, Vocabulary
from pipeline.personal import MASK_CELL, mask, may_hold_personal_data
from pipeline.thai import squeeze
from pipeline.workbook import Cell, Sheet, address, cell_text


def mask_sheet(sheet: Sheet) -> tuple[Sheet, list[Finding]]:
    """Mask every cell that holds personal data; a finding names each cell and not what stood there."""
    if not may_hold_personal_data("\n".join(_texts(sheet))):
        return sheet, []
    findings: list[Finding] = []
    rows = [_mask_row(sheet, number, row, findings) for number, row in enumerate(sheet.rows)]
    return replace(sheet, name=mask(sheet.name), rows=rows), findings


def _texts(sheet: Sheet) -> set[str]:
    """Every different text in a sheet, whole numbers of thirteen digits too, and its name."""
    texts = {sheet.name}
    for row in sheet.rows:
        for cell in row:
            if isinstance(cell, str):
                texts.add(cell)
            elif isinstance(cell, float | int) and cell >= 10**12:
                texts.add(cell_text(cell))
    return texts


def _mask_row(sheet: Sheet, number: int, row: list[Cell], findings: list[Finding]) -> list[Cell]:
    """Mask one row's cells."""
    masked: list[Cell] = []
    for index, cell in enumerate(row):
        text = (
            cell
            if isinstance(cell, str)
            else cell_text(cell)
            if isinstance(cell, float | int) and cell >= 10**12
            else ""
        )
        clean = mask(text) if text and may_hold_personal_data(text) else text
        masked.append(clean if clean != text else cell)
        if clean != text:
            findings.append(
                make_finding("personal_data", sheet=sheet.name, cell=address(number, index), others="")
            )
    return masked


def mask_people(sheet: Sheet, table: Table, vocabulary: Vocabulary) -> list[Finding]:
    """Empty the columns that hold people out of what will be stored of a sheet; an office named there stays.

    One finding a column names its first such cell and how many there are.
    """
    findings = []
    for column in table.columns:
        if column.field != "person":
            continue
        rows = [row for row in table.records if _names_a_person(sheet, row, column.index, vocabulary)]
        for row in rows:
            sheet.rows[row][column.index] = MASK_CELL
        if rows:
            others = f" (และอีก {len(rows) - 1} ช่องในคอลัมน์นี้)" if len(rows) > 1 else ""
            cell = address(rows[0], column.index)
            findings.append(make_finding("personal_data", sheet=sheet.name, cell=cell, others=others))
    return findings


def _names_a_person(sheet: Sheet, row: int, index: int, vocabulary: Vocabulary) -> bool:
    """Whether a cell of such a column holds anything but an office, a blank or what was masked already."""
    cells = sheet.rows[row]
    plain = squeeze(cell_text(cells[index])) if index < len(cells) else ""
    return bool(plain) and plain not in vocabulary.nil and not plain.startswith(("[", *vocabulary.offices))
