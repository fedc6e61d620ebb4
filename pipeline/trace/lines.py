"""A traced figure in words, to print."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from decimal import Decimal
from pathlib import Path

from pipeline.trace.cells import Cell, Number
from pipeline.trace.figure import Traced
from pipeline.trace.record import Shown

CELLS_PRINTED = 20
HIDDEN_TH = "ไม่แสดง (จำนวนน้อยของเรื่องอ่อนไหว)"
_CSV_HEAD = ("path", "sheet", "cell", "text", "value", "unit", "part", "corrected")


def format_value(value: Number | None) -> str:
    """Write a number as exactly as it is known.

    >>> format_value(Decimal("1234.50")), format_value(586830.0), format_value(2.0449)
    ('1,234.50', '586,830', '2.0449')
    """
    if value is None:
        return "ไม่มี"
    if isinstance(value, float):
        return f"{value:,.10f}".rstrip("0").rstrip(".")
    return f"{value:,.2f}" if isinstance(value, Decimal) else f"{value:,}"


def format_place(cell: Cell) -> str:
    """Name the file, sheet and cell."""
    return " › ".join(part for part in (cell.path, cell.sheet, cell.cell) if part)


def say_cell(cell: Cell) -> str:
    """Say what a cell held and what was read; not what may not be shown."""
    if cell.is_hidden:
        return HIDDEN_TH
    corrected = "" if cell.corrected is None else f' แก้ใน corrections.csv เป็น "{cell.corrected}"'
    received = "" if cell.text is None else f'"{cell.text}"{corrected} = '
    part = " (ตัวหาร)" if cell.is_divisor else ""
    return f"{received}{format_value(cell.value)} {cell.unit or ''}".rstrip() + part


def say_result(traced: Traced) -> str:
    """Say what the cells give, and whether it is the figure."""
    told = f"ค่าในมุมมอง {format_value(traced.stated)} คำนวณใหม่จากช่องได้ {format_value(traced.recomputed)}"
    return f"{told}: {'เท่ากัน' if traced.is_equal else 'ไม่เท่ากัน แจ้งผู้ดูแลระบบพร้อมที่อยู่นี้'}"


def describe_figure(traced: Traced, grain: str, *, shows_all: bool = False) -> list[str]:
    """Tell a figure's view, row, way and cells.

    Args:
        traced: the figure.
        grain: what one row of its view is.
        shows_all: print every cell, not only the first ones.
    """
    keys = ", ".join(f"{name} = {'ไม่ระบุ' if value is None else value}" for name, value in traced.address.keys)
    cells = traced.cells if shows_all else traced.cells[:CELLS_PRINTED]
    left = len(traced.cells) - len(cells)
    return [
        f"ที่อยู่: {traced.address}",
        f"มุมมอง: {traced.address.view} ({grain})",
        f"แถว: {keys} (ตรงกับ {traced.n_rows:,} แถวของมุมมอง)",
        f"วิธีคำนวณ: {traced.how_th}",
        f"ผล: {say_result(traced)}",
        f"ช่องที่มา {len(traced.cells):,} ช่อง:",
        *(f"  {format_place(cell)}: {say_cell(cell)}" for cell in cells),
        *([f"  ... อีก {left:,} ช่อง  ดูทั้งหมดด้วย --all หรือเขียนเป็นไฟล์ด้วย --csv"] if left else []),
    ]


def describe_brief(figures: Iterable[Shown]) -> list[str]:
    """List the figures of a brief with their addresses, by table."""
    lines: list[str] = []
    table = None
    for figure in figures:
        if figure.table_id != table:
            table = figure.table_id
            lines.append(figure.caption)
        lines.append(f"  แถวที่ {figure.row + 1} คอลัมน์ที่ {figure.column + 1}: {figure.shown}  {figure.address}")
    return lines


def write_cells(traced: Traced, target: Path) -> None:
    """Write all cells of a figure as CSV, with a BOM, as spreadsheet programs want it."""
    with target.open("w", encoding="utf-8-sig", newline="") as lines:
        writer = csv.writer(lines)
        writer.writerow(_CSV_HEAD)
        writer.writerows(_csv_row(cell) for cell in traced.cells)


def _csv_row(cell: Cell) -> tuple[object, ...]:
    text, value = (HIDDEN_TH, "") if cell.is_hidden else (cell.text, cell.value)
    part = "divisor" if cell.is_divisor else ""
    return cell.path, cell.sheet, cell.cell, text, value, cell.unit, part, cell.corrected
