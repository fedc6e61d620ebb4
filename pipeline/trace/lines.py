"""A traced figure in words, to print."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from decimal import Decimal
from pathlib import Path

from pipeline.trace.address import Address, Formula
from pipeline.trace.cells import Cell, Number
from pipeline.trace.figure import Traced
from pipeline.trace.lineage import load_lineage
from pipeline.trace.record import Shown

CELLS_PRINTED = 20
OPERANDS_WRITTEN = 12
HIDDEN_TH = "ไม่แสดง (จำนวนน้อยของเรื่องอ่อนไหว)"
_CSV_HEAD = ("path", "sheet", "cell", "text", "value", "unit", "part", "corrected", "operand")


def format_value(value: Number | None) -> str:
    """Write a number as exactly as it is known.

    >>> format_value(Decimal("1234.50")), format_value(586830.0), format_value(2.0449)
    ('1,234.50', '586,830', '2.0449')
    """
    if value is None:
        return "ไม่มี"
    if isinstance(value, float):
        return f"{value:,.10f}".rstrip("0").rstrip(".") if value else "0"
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
    part = " (ตัวหาร)" if cell.is_divisor else " (หักออก)" if cell.is_minus else ""
    return f"{received}{format_value(cell.value)} {cell.unit or ''}".rstrip() + part


def say_result(traced: Traced) -> str:
    """Say what the cells give, and whether it is the figure."""
    if traced.is_named and not traced.operation:
        return f"ค่าในมุมมอง {format_value(traced.stated)}"
    of, anew = ("ค่าในมุมมอง" if traced.is_named else "ช่อง"), format_value(traced.recomputed)
    told = f"ค่าในมุมมอง {format_value(traced.stated)} คำนวณใหม่จาก{of}ได้ {anew}"
    return f"{told}: {'เท่ากัน' if traced.is_equal else 'ไม่เท่ากัน แจ้งผู้ดูแลระบบพร้อมที่อยู่นี้'}"


def describe_figure(traced: Traced, grain: str, *, shows_all: bool = False) -> list[str]:
    """Tell a figure's view, row, way and cells.

    Args:
        traced: the figure.
        grain: what one row of its view is.
        shows_all: print every cell, not only the first ones.
    """
    most = len(traced.cells) + len(traced.operands) if shows_all else CELLS_PRINTED
    return [
        f"ที่อยู่: {traced.address}",
        *_say_row(traced, grain),
        f"วิธีคำนวณ: {traced.how_th}",
        *([f"สูตร: {say_formula(traced)}"] if traced.operation else []),
        f"ผล: {say_result(traced)}",
        *_say_provinces(traced.cells),
        f"ช่องที่มา {len(traced.cells):,} ช่อง:",
        *_say_origin(traced, most, "  "),
    ]


def _say_row(traced: Traced, grain: str) -> list[str]:
    """Name the view and the row; a figure of no view has none."""
    if not isinstance(traced.address, Address):
        return []
    keys = ", ".join(f"{name} = {'ไม่ระบุ' if value is None else value}" for name, value in traced.address.keys)
    return [
        f"มุมมอง: {traced.address.view} ({grain})",
        f"แถว: {keys} (ตรงกับ {traced.n_rows:,} แถวของมุมมอง)",
    ]


def _say_provinces(cells: Iterable[Cell]) -> list[str]:
    """Name the provinces whose cells make a figure, where they are several."""
    codes = sorted({cell.province_code for cell in cells if cell.province_code})
    return [f"จังหวัดที่ประกอบเป็นตัวเลขนี้ {len(codes):,} จังหวัด: {' '.join(codes)}"] if len(codes) > 1 else []


def _say_origin(traced: Traced, most: int, indent: str) -> list[str]:
    """List the first cells, or the operands with theirs."""
    lines = [f"{indent}{format_place(cell)}: {say_cell(cell)}" for cell in traced.cells[:most]]
    count, what = len(traced.cells), "ช่อง"
    if traced.operation:
        count, what, few = len(traced.parts), "ตัวเลข", max(1, most // max(1, len(traced.parts)))
        lines = [line for part in traced.parts[:most] for line in _say_operand(part, few, indent)]
    left = count - most
    more = f"{indent}... อีก {left:,} {what}  ดูทั้งหมดด้วย --all หรือเขียนเป็นไฟล์ด้วย --csv"
    return [*lines, *([more] if left > 0 else [])]


def _say_operand(part: Traced, most: int, indent: str) -> list[str]:
    return [
        f"{indent}{format_value(part.stated)} = {part.address} ({part.how_th})",
        *_say_origin(part, most, indent + "  "),
    ]


def _say_value(operand: Traced | float) -> str:
    """Write an operand's value; of one that is itself an operation, how it is worked out."""
    if not isinstance(operand, Traced):
        return format_value(operand)
    return say_formula(operand) if isinstance(operand.address, Formula) else format_value(operand.stated)


def say_formula(traced: Traced) -> str:
    """Write how a figure is worked out with the values of its operands."""
    values = [_say_value(one) for one in traced.operands]
    shown = (
        values
        if len(values) <= OPERANDS_WRITTEN
        else [*values[:OPERANDS_WRITTEN], f"... (รวม {len(values):,} ตัว)"]
    )
    written = load_lineage().operations[traced.operation].written
    return written.format(*values, all="; ".join(shown), all_plus=" + ".join(shown))


def describe_brief(figures: Iterable[Shown]) -> list[str]:
    """List the figures of a brief with their addresses, by table."""
    lines: list[str] = []
    table = None
    for figure in figures:
        if not figure.table_id:
            lines.append(f"ข้อความ {figure.text}")
            lines.append(f"  {figure.shown}  {figure.address}")
            table = None
            continue
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
        writer.writerows(_csv_row(cell, operand) for operand, cell in _list_cells(traced))


def _list_cells(traced: Traced) -> Iterator[tuple[str, Cell]]:
    """Each cell with the address of the operand that it is of; of a figure that has none, an empty one."""
    if not traced.operation:
        yield from (("", cell) for cell in traced.cells)
    for part in traced.parts:
        yield from ((operand or str(part.address), cell) for operand, cell in _list_cells(part))


def _csv_row(cell: Cell, operand: str) -> tuple[object, ...]:
    text, value = (HIDDEN_TH, "") if cell.is_hidden else (cell.text, cell.value)
    part = "divisor" if cell.is_divisor else "minus" if cell.is_minus else ""
    return cell.path, cell.sheet, cell.cell, text, value, cell.unit, part, cell.corrected, operand
