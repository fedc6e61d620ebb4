"""A received workbook goes back with each finding marked at its cell, and everything else as it was."""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from pipeline.workbook import Cell
from tests.integration.office import convert, needs_office
from tests.integration.returned import (
    PERSON,
    Issue,
    give_back,
    open_returned,
    query,
    read_cells,
    unzipped,
    write_plan,
)
from tests.integration.workbooks import plan, write_sheet

TOTAL: Issue = ("total_differs", "warning", "แผน", "E6", "=ยอดรวมไม่เท่ากัน โปรดตรวจยอดรวม")
ROW: Issue = ("row_odd", "warning", "แผน", "5:5", "แถวนี้ผิดปกติ  ตรวจทั้งแถว")
NOTED: Issue = ("noted", "info", "แผน", "B3", "แจ้งเท่านั้น")


@pytest.fixture
def returned(tmp_path: Path) -> tuple[Path, openpyxl.Workbook, Path]:
    source = write_plan(tmp_path / "raw" / "สุโขทัย" / "แผน65.xlsx")
    (one,) = give_back(tmp_path / "raw", tmp_path / "out", [TOTAL, ROW, NOTED])
    assert (one.slug, one.name, one.failure) == ("64-sukhothai", "แผน65.xlsx", None)
    path, book = open_returned(tmp_path / "out", one)
    return path, book, source


def test_each_finding_is_coloured_and_noted_at_its_cell(
    returned: tuple[Path, openpyxl.Workbook, Path],
) -> None:
    _, book, _ = returned
    page = book["แผน"]
    looks = {
        place: (page[place].fill.fgColor.rgb, page[place].border.left.style) for place in ("D4", "E6", "B5")
    }
    assert looks == {
        "D4": ("00FFC7CE", "thick"),
        "E6": ("00FFEB9C", "mediumDashed"),
        "B5": ("00FFEB9C", "mediumDashed"),
    }
    assert "ประมาณ 5 แสน" in page["D4"].comment.text
    assert "สิ่งที่ควรทำ" in page["D4"].comment.text
    assert "แถวนี้ผิดปกติ" in page["A5"].comment.text
    assert page["D4"].comment.author == "ระบบตรวจข้อมูล"
    # An information is listed and not coloured; what the sender noted stays, without the sender's name.
    assert page["B3"].fill.fill_type is None
    assert (page["D3"].comment.text, page["D3"].comment.author) == ("ดูเอกสารแนบ", "หน่วยงาน")


def test_the_first_sheet_lists_and_links_both_ways(returned: tuple[Path, openpyxl.Workbook, Path]) -> None:
    _, book, _ = returned
    front = book.worksheets[0]
    assert front.title == "ผลการตรวจ"
    rows = {row[2].value: row for row in front.iter_rows() if row[0].data_type == "n" and row[0].value}
    assert {"D4", "E6", "แถว 5", "B3"} <= set(rows)
    line = rows["D4"]
    assert line[2].hyperlink.location == "'แผน'!D4"
    assert book["แผน"]["D4"].hyperlink.location == f"'ผลการตรวจ'!A{line[0].row}"
    assert [cell.value for cell in line[1:4]] == ["แผน", "D4", "ผิดพลาด"]
    assert line[5].value == "ประมาณ 5 แสน"
    assert all(line[index].value for index in (4, 6))
    assert front.freeze_panes == f"A{min(row[0].row for row in rows.values())}"
    assert front.page_setup.orientation == "landscape"
    assert (front.page_setup.paperSize, front.page_setup.fitToHeight) == (9, 0)
    assert front.sheet_properties.pageSetUpPr.fitToPage
    assert front.print_title_rows


def test_a_total_says_what_was_computed(tmp_path: Path) -> None:
    title = "แผนงานโครงการ จังหวัดสุโขทัย ปีงบประมาณ 2565"
    rows: list[list[Any]] = [*plan(title, 1000, 2000), [None, "รวม", None, 3500]]
    write_sheet(tmp_path / "raw" / "แผน.xlsx", rows)
    total: Issue = ("total_differs", "warning", "แผน", "D5", "ยอดรวมไม่เท่ากัน โปรดตรวจยอดรวม")
    (one,) = give_back(tmp_path / "raw", tmp_path / "out", [total])
    assert query(tmp_path / "out", "SELECT cell FROM quality_total WHERE difference_baht <> 0") == [("D5",)]
    _, book = open_returned(tmp_path / "out", one)
    assert "ระบุไว้ 3,500.00 บาท  คำนวณได้ 3,000.00 บาท  ต่างกัน 500.00 บาท" in book["แผน"]["D5"].comment.text


def test_everything_else_is_as_it_was(returned: tuple[Path, openpyxl.Workbook, Path]) -> None:
    path, book, source = returned
    before = openpyxl.load_workbook(source)
    assert book.sheetnames == ["ผลการตรวจ", *before.sheetnames]
    for name in before.sheetnames:
        then, now = before[name], book[name]
        assert now.sheet_state == then.sheet_state
        assert {str(merge) for merge in now.merged_cells.ranges} == {str(m) for m in then.merged_cells.ranges}
        widths = {key: column.width for key, column in then.column_dimensions.items()}
        assert {key: column.width for key, column in now.column_dimensions.items()} == widths
        assert now.dimensions == then.dimensions
        for row in then.iter_rows():
            for cell in row:
                again = now[cell.coordinate]
                assert (again.value, again.data_type) == (cell.value, cell.data_type)
                assert (repr(again.font), again.number_format) == (repr(cell.font), cell.number_format)
                if again.comment is None and again.fill.fgColor.rgb not in ("00FFC7CE", "00FFEB9C"):
                    assert repr(again.fill) + repr(again.border) == repr(cell.fill) + repr(cell.border)
    # A reader without calculation sees the same values of formulas, errors too.
    cells = read_cells(path)
    assert {name: cells[name] for name in before.sheetnames} == read_cells(source)
    assert cells["แผน"][5][3] == 4000
    assert cells["แผน"][3][5] == "#VALUE!"


def test_no_text_becomes_a_formula(returned: tuple[Path, openpyxl.Workbook, Path]) -> None:
    path, book, _ = returned
    formulas = {
        (page.title, cell.coordinate)
        for page in book.worksheets
        for row in page.iter_rows()
        for cell in row
        if cell.data_type == "f"
    }
    known = {("แผน", place) for place in ("F3", "F4", "F5", "D6", "E6")} | {("อื่นๆ", "A2")}
    assert formulas == known
    assert book["อื่นๆ"]["A1"].quotePrefix
    listed = [
        cell for row in book.worksheets[0].iter_rows() for cell in row if str(cell.value).startswith("=")
    ]
    assert [cell.value for cell in listed] == ["=ยอดรวมไม่เท่ากัน"]
    assert all(cell.quotePrefix for cell in listed)
    assert "Madeup" not in unzipped(path)
    assert PERSON not in unzipped(path)


def test_the_same_input_gives_the_same_bytes_and_nothing_received_changes(tmp_path: Path) -> None:
    source = write_plan(tmp_path / "raw" / "สุโขทัย" / "แผน65.xlsx")
    received = source.read_bytes()
    made = []
    for name in ("one", "two"):
        (one,) = give_back(tmp_path / "raw", tmp_path / name, jobs=2)
        folder = tmp_path / name / "returns"
        made.append({path.name: path.read_bytes() for path in sorted((folder / one.slug).iterdir())})
    assert made[0] == made[1]
    assert len(made[0]) == 2
    assert source.read_bytes() == received


def test_the_letter_is_a_draft_with_what_is_asked(returned: tuple[Path, openpyxl.Workbook, Path]) -> None:
    path, _, _ = returned
    with zipfile.ZipFile(path.with_name("หนังสือนำส่ง-ร่าง.docx")) as archive:
        text = archive.read("word/document.xml").decode("utf-8")
    for words in ("ร่าง", "เรียน", "จังหวัดสุโขทัย", "แผน65.xlsx", "๑๖ เมษายน ๒๕๖๕", "........", "ขอแสดงความนับถือ"):
        assert words in text, words


@needs_office
def test_libreoffice_opens_what_goes_back_with_every_value(
    returned: tuple[Path, openpyxl.Workbook, Path], tmp_path: Path
) -> None:
    path, _, _ = returned
    before = read_cells(path)
    for form in ("ods", "xlsx"):
        again = read_cells(convert(path, form, tmp_path / form))
        assert list(again) == list(before)
        for name, rows in before.items():
            assert _filled(again[name]) == _filled(rows), (form, name)
    assert convert(path, "pdf", tmp_path / "pdf").read_bytes().startswith(b"%PDF")


def _filled(rows: list[list[Cell]]) -> dict[tuple[int, int], Cell]:
    """The cells that hold something, by row and column; an ods does not say which error a cell shows."""
    return {
        (row, column): "#" if str(cell).startswith("#") else cell
        for row, cells in enumerate(rows)
        for column, cell in enumerate(cells)
        if cell not in (None, "")
    }
