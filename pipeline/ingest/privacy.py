"""Takes personal data out of a sheet before anything of it is stored."""

from __future__ import annotations

from dataclasses import replace

from pipeline.findings import Finding, make_finding
from pipeline.personal import mask, may_hold_personal_data
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
