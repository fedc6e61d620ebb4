"""What went back, was corrected and came again: the findings are gone, the amounts changed, the list is no data."""

from __future__ import annotations

import os
from pathlib import Path

import openpyxl
from openpyxl.comments import Comment

from tests.integration.office import correct_in_office, needs_office
from tests.integration.returned import give_back, open_returned, query, write_plan
from tests.integration.workbooks import plan, write_sheet

RECEIVED, CORRECTED = 1_640_995_200, 1_648_771_200


def send_again(path: Path, target: Path, **corrections: object) -> None:
    """Correct a returned workbook as an office would, and put it where files are received."""
    book = openpyxl.load_workbook(path)
    for cell, value in corrections.items():
        book["แผน"][cell] = value
    target.parent.mkdir(parents=True, exist_ok=True)
    book.save(target)
    os.utime(target, (CORRECTED, CORRECTED))


def test_a_corrected_workbook_replaces_what_it_corrects(tmp_path: Path) -> None:
    source = write_sheet(
        tmp_path / "raw" / "สุโขทัย" / "แผน65.xlsx",
        plan("แผนงานโครงการ จังหวัดสุโขทัย ปีงบประมาณ 2565", 1000, "ประมาณ 5 แสน", 3000),
    )
    os.utime(source, (RECEIVED, RECEIVED))
    (one,) = give_back(tmp_path / "raw", tmp_path / "out")
    path, _ = open_returned(tmp_path / "out", one)
    send_again(path, tmp_path / "raw" / "สุโขทัย" / "แก้ไข" / "แผน65.xlsx", D4=500000)
    assert give_back(tmp_path / "raw", tmp_path / "again") == []
    statuses = "SELECT path, status FROM raw_file ORDER BY path"
    assert query(tmp_path / "again", statuses) == [
        ("สุโขทัย/แก้ไข/แผน65.xlsx", "loaded"),
        ("สุโขทัย/แผน65.xlsx", "superseded"),
    ]
    amounts = "SELECT amount_baht FROM out_project_amount ORDER BY amount_baht"
    assert query(tmp_path / "again", amounts) == [(1000,), (3000,), (500000,)]
    errors = "SELECT rule, sheet FROM quality_issue WHERE severity = 'error'"
    assert query(tmp_path / "again", errors) == []
    told = "SELECT sheet FROM quality_issue WHERE rule = 'returned_sheet'"
    assert query(tmp_path / "again", told) == [("ผลการตรวจ",)]


def test_the_list_that_came_again_is_kept_and_read_as_nothing(tmp_path: Path) -> None:
    write_plan(tmp_path / "raw" / "สุโขทัย" / "แผน65.xlsx")
    (one,) = give_back(tmp_path / "raw", tmp_path / "out")
    path, book = open_returned(tmp_path / "out", one)
    used = sum(any(cell.value is not None for cell in row) for row in book.worksheets[0].iter_rows())
    send_again(path, tmp_path / "second" / "สุโขทัย" / "แผน65.xlsx")
    give_back(tmp_path / "second", tmp_path / "again")
    listed = "SELECT role, count(*), count(table_id) FROM raw_row WHERE sheet = 'ผลการตรวจ' GROUP BY role"
    assert query(tmp_path / "again", listed) == [("note", used, 0)]
    assert query(tmp_path / "again", "SELECT count(*) FROM raw_table WHERE sheet = 'ผลการตรวจ'") == [(0,)]


def test_marks_of_an_earlier_return_do_not_stay(tmp_path: Path) -> None:
    write_plan(tmp_path / "raw" / "สุโขทัย" / "แผน65.xlsx")
    (one,) = give_back(tmp_path / "raw", tmp_path / "out")
    path, _ = open_returned(tmp_path / "out", one)
    send_again(path, tmp_path / "second" / "สุโขทัย" / "แผน65.xlsx", D4=500, D5="มากกว่า 3 พัน")
    (two,) = give_back(tmp_path / "second", tmp_path / "again")
    _, book = open_returned(tmp_path / "again", two)
    page = book["แผน"]
    assert book.sheetnames == ["ผลการตรวจ", "แผน", "อื่นๆ", "ซ่อน"]
    assert (page["D4"].fill.fill_type, page["D4"].comment, page["D4"].hyperlink) == (None, None, None)
    assert page["D5"].fill.fgColor.rgb == "00FFC7CE"
    assert page["D5"].comment.text.count("ข้อ") >= 1
    assert page["D3"].comment.text == "ดูเอกสารแนบ"


@needs_office
def test_marks_do_not_stay_where_libreoffice_saved_the_workbook(tmp_path: Path) -> None:
    """It keeps no author of a note; what the sender had noted at a marked cell is the sender's again."""
    source = write_plan(tmp_path / "raw" / "สุโขทัย" / "แผน65.xlsx")
    received = openpyxl.load_workbook(source)
    received["แผน"]["D4"].comment = Comment("ถามกองคลัง", "ผู้ส่ง")
    received.save(source)
    (one,) = give_back(tmp_path / "raw", tmp_path / "out")
    path, book = open_returned(tmp_path / "out", one)
    assert "ถามกองคลัง" in book["แผน"]["D4"].comment.text
    again = correct_in_office(path, "แผน", {(3, 3): 500_000.0}, tmp_path / "office")
    send_again(again, tmp_path / "second" / "สุโขทัย" / "แผน65.xlsx", E5="มากกว่า 3 พัน")
    (two,) = give_back(tmp_path / "second", tmp_path / "again")
    page = open_returned(tmp_path / "again", two)[1]["แผน"]
    assert page["D4"].comment.text == "ถามกองคลัง"
    assert page["D4"].fill.fill_type is None
    assert "มากกว่า 3 พัน" in page["E5"].comment.text
    assert "หมายเหตุเดิม" not in page["E5"].comment.text
