"""Received workbooks with faults, given back; no name in them is a person's."""

from __future__ import annotations

import zipfile
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import openpyxl
import xlsxwriter

from pipeline.ingest import ingest
from pipeline.ingest.files import find_files
from pipeline.returns import Returned, Run, return_files
from pipeline.workbook import Cell, read_workbook

RUN = Run("20220401T000000Z", date(2022, 4, 1), date(2022, 4, 16), is_sample=False)
HEAD = ("ลำดับ", "ชื่อโครงการ", "ผู้รับผิดชอบ", "ได้รับจัดสรร (บาท)", "เบิกจ่าย (บาท)", "คงเหลือ (บาท)")
PERSON = "นายสมมติ อุปโลกน์"
Issue = tuple[str, str, str | None, str | None, str]


def ingest_and_find(raw: Path, database: Path, issues: Sequence[Issue] = ()) -> None:
    """Ingest a folder of one file, and add findings as a check would leave them."""
    database.unlink(missing_ok=True)
    ingest(raw, database, jobs=1, progress=lambda stage, done, total: None)
    with duckdb.connect(str(database)) as connection:
        ((file_id, path),) = connection.execute("SELECT file_id, path FROM raw_file LIMIT 1").fetchall()
        for rule, severity, sheet, cell, message in issues:
            connection.execute(
                "INSERT INTO quality_issue (rule, severity, file_id, path, sheet, cell, message_th, stage) "
                "VALUES (?, ?, ?, ?, ?, ?, ?, 'check')",
                [rule, severity, file_id, path, sheet, cell, message],
            )


def give_back(raw: Path, folder: Path, issues: Sequence[Issue] = (), *, jobs: int = 1) -> list[Returned]:
    """Ingest a folder and give its files back under folder/returns."""
    folder.mkdir(parents=True, exist_ok=True)
    database = folder / "baseline.duckdb"
    ingest_and_find(raw, database, issues)
    sources = {file.file_id: file.absolute for file in find_files(raw)[0]}
    return return_files(
        database, folder / "returns", RUN, sources, jobs=jobs, progress=lambda done, total: None
    )


def query(folder: Path, sql: str) -> list[tuple[Any, ...]]:
    """Ask the warehouse of a folder that give_back was given."""
    with duckdb.connect(str(folder / "baseline.duckdb"), read_only=True) as connection:
        return connection.execute(sql).fetchall()


def write_plan(path: Path, *, province: str = "สุโขทัย") -> Path:
    """Two sheets and a hidden one: formulas with values, a merged title, widths, a comment, a text like a formula."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with xlsxwriter.Workbook(str(path)) as book:
        book.set_properties({"author": "Madeup Person", "title": PERSON, "company": "Madeup"})
        title = book.add_format({"bold": True, "font_size": 16, "bg_color": "#CCE5FF"})
        money = book.add_format({"num_format": "#,##0.00", "border": 1})
        sheet = book.add_worksheet("แผน")
        sheet.merge_range("A1:F1", f"แผนงานโครงการ จังหวัด{province} ปีงบประมาณ 2565", title)
        sheet.write_row("A2", HEAD)
        sheet.set_column("B:B", 45)
        rows: list[tuple[str, Any, float]] = [
            ("โครงการหนึ่ง", 1000, 400),
            ("โครงการสอง", "ประมาณ 5 แสน", 100),
            ("โครงการสาม", 3000, 500.5),
        ]
        for number, (name, allocated, disbursed) in enumerate(rows, start=1):
            row = number + 1
            sheet.write_row(row, 0, [number, name, "สำนักงานยุติธรรมจังหวัด"])
            sheet.write(row, 3, allocated, money)
            sheet.write(row, 4, disbursed, money)
            value = "#VALUE!" if isinstance(allocated, str) else allocated - disbursed
            sheet.write_formula(row, 5, f"=D{row + 1}-E{row + 1}", money, value)
        sheet.write("B6", "รวมทั้งสิ้น")
        sheet.write_formula("D6", "=SUM(D3:D5)", money, 4000)
        sheet.write_formula("E6", "=SUM(E3:E5)", money, 1000.5)
        sheet.write_comment("D3", "Madeup:\nดูเอกสารแนบ", {"author": "Madeup"})
        other = book.add_worksheet("อื่นๆ")
        other.set_column("A:A", 33)
        other.write_string("A1", "=1+1 ข้อความ", title)
        other.write_formula("A2", "=แผน!D6*2", money, 8000)
        hidden = book.add_worksheet("ซ่อน")
        hidden.write("A1", "ตัวช่วย")
        hidden.hide()
    return path


def open_returned(folder: Path, returned: Returned) -> tuple[Path, openpyxl.Workbook]:
    """The workbook that went back, opened."""
    path = folder / "returns" / returned.slug / str(returned.name)
    return path, openpyxl.load_workbook(path)


def read_cells(path: Path) -> dict[str, list[list[Cell]]]:
    """A workbook's cells as a reader without calculation sees them, by sheet."""
    return {sheet.name: sheet.rows for sheet in read_workbook(path).sheets}


def unzipped(path: Path) -> str:
    """Every byte of a workbook, its parts unpacked."""
    with zipfile.ZipFile(path) as archive:
        return "\n".join(f"{name} {archive.read(name).decode('utf-8')}" for name in archive.namelist())
