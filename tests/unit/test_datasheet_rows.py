"""A sheet whose cells are put by columns is part for part the file that XlsxWriter's own calls write."""

from __future__ import annotations

import zipfile
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path

import pytest
import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from pipeline.datasheet.rows import LONGEST_TEXT, Cell, ColumnSheet

MADE = datetime(2022, 1, 1)
TEXTS = ["หัว", "=1+1", "http://example.org", " ว่างหน้า", "บรรทัด\nใหม่ & <ป้าย>", "007", "ก" * (LONGEST_TEXT + 1)]
NUMBERS = [0.0, -1.5, 1234567.5, 1e-9, 1e20, 1 / 3, 100.0]
DAYS = [date(2022, 3, 13), date(1900, 1, 1), datetime(2022, 3, 13, 12, 30)]
Look = dict[str, Format]


def _columns(look: Look) -> list[list[Cell | None]]:
    """Columns with gaps, empty ones, and more rows than a block."""
    return [
        [(look["head"], "ข้อความ"), *((look["text"], text) for text in TEXTS)],
        [(look["head"], "จำนวน"), None, *((look["money"], number) for number in NUMBERS * 5)],
        [None] * 40,
        [None, (look["text"], "ซ้ำ"), (look["text"], "ซ้ำ"), *((look["date"], day) for day in DAYS)],
        [*[None] * 50, (look["money"], 7.0)],
    ]


def _write(target: Path, kind: type[Worksheet]) -> None:
    plain = dict.fromkeys(("strings_to_formulas", "strings_to_urls", "strings_to_numbers"), False)
    with xlsxwriter.Workbook(str(target), plain | {"in_memory": True}) as workbook:
        workbook.set_properties({"created": MADE})
        look = {
            "head": workbook.add_format({"bold": True, "bottom": 1}),
            "money": workbook.add_format({"num_format": "#,##0.00"}),
            "text": workbook.add_format({"text_wrap": True, "num_format": "@"}),
            "date": workbook.add_format({"num_format": "dd/mm/yyyy"}),
        }
        for name in ("หนึ่ง", "สอง"):
            sheet = workbook.add_worksheet(name, kind)
            sheet.set_default_row(16)
            sheet.freeze_panes(1, 1)
            sheet.autofilter(0, 0, 40, 4)
            columns = _columns(look)
            for number, cells in enumerate(columns):
                sheet.set_column(number, number, 10 + number)
                if isinstance(sheet, ColumnSheet):
                    sheet.put_column(number, cells, first_row=0)
            if not isinstance(sheet, ColumnSheet):
                _write_each(sheet, columns)
            sheet.set_row(0, 32)
            sheet.set_row(3, 48)


def _write_each(sheet: Worksheet, columns: Sequence[Sequence[Cell | None]]) -> None:
    """Write cells by XlsxWriter's own calls, column by column."""
    for number, cells in enumerate(columns):
        for row, cell in enumerate(cells):
            if cell is None:
                continue
            look, value = cell
            if isinstance(value, str):
                sheet.write_string(row, number, value[:LONGEST_TEXT], look)
            elif isinstance(value, date):
                sheet.write_datetime(row, number, value, look)
            else:
                sheet.write_number(row, number, value, look)


def _parts(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as opened:
        return {name: opened.read(name) for name in opened.namelist()}


def test_the_file_is_that_of_the_calls_for_single_cells(tmp_path: Path) -> None:
    _write(tmp_path / "columns.xlsx", ColumnSheet)
    _write(tmp_path / "cells.xlsx", Worksheet)
    by_columns, by_cells = _parts(tmp_path / "columns.xlsx"), _parts(tmp_path / "cells.xlsx")
    assert by_columns.keys() == by_cells.keys()
    assert [name for name in by_cells if by_columns[name] != by_cells[name]] == []
    assert len(by_cells["xl/worksheets/sheet1.xml"]) > 2000


def test_a_number_without_an_end_is_refused(tmp_path: Path) -> None:
    with xlsxwriter.Workbook(str(tmp_path / "some.xlsx"), {"in_memory": True}) as workbook:
        sheet = workbook.add_worksheet("หนึ่ง", ColumnSheet)
        with pytest.raises(ValueError, match="inf"):
            sheet.put_column(0, [(workbook.add_format(), float("inf"))], first_row=0)
