"""Every kind of received file goes back as a workbook, without personal data, and one file's fate is its own."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlsxwriter
from PIL import Image

from pipeline.personal import TAKEN_OUT
from pipeline.workbook import Limits
from tests.integration import returned as given
from tests.integration.returned import HEAD, PERSON, give_back, open_returned, query, read_cells, unzipped
from tests.integration.workbooks import plan, write_sheet

TITLE = "แผนงานโครงการ จังหวัดสุโขทัย ปีงบประมาณ 2565"
SECRETS = ("สมมติ", "อุปโลกน์", "Madeup", "1101800000003", "0812345678", "081-234-5678", "madeup99")


def write_people(path: Path) -> None:
    """A plan with a person in every place where a workbook can keep one."""
    path.parent.mkdir(parents=True)
    picture = io.BytesIO()
    Image.new("RGB", (4, 4)).save(picture, "png", comment="Madeup")
    with xlsxwriter.Workbook(str(path)) as book:
        book.set_properties(
            {"author": "Madeup Person", "manager": PERSON, "comments": PERSON, "title": PERSON}
        )
        book.set_custom_property("ผู้จัดทำ", PERSON)
        book.define_name("Madeup_Name", "=แผน!$A$1")
        book.define_name("Used_Name", "=แผน!$D$4:$D$6")
        sheet = book.add_worksheet("แผน")
        sheet.set_header(f"&C{PERSON} 081-234-5678")
        sheet.set_footer("&LMadeup 1101800000003")
        rows: list[list[Any]] = [
            [TITLE],
            [f"ผู้ประสานงาน {PERSON} โทร 081-234-5678"],
            list(HEAD),
            [1, "โครงการหนึ่ง", "สมมติ อุปโลกน์", 1000, 400, 600],
            [2, f"โครงการช่วยเหลือ{PERSON}", "สำนักงานยุติธรรมจังหวัด", 2000, 0, 2000],
            [3, "โครงการสาม", "ว่าที่ ร.ต.สมมติ อุปโลกน์", "ประมาณ 5 แสน โทร 0812345678", 0, 0],
        ]
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
        sheet.write_formula("G4", f'=IF(D4>0,"{PERSON}","")', None, "")
        sheet.write_formula("D7", "=SUM(Used_Name)", None, 3000)
        sheet.write_comment("A1", f"{PERSON} 0812345678", {"author": "Madeup"})
        sheet.write_url("H4", "mailto:madeup99@example.com", None, "ติดต่อ")
        sheet.data_validation("I4", {"validate": "list", "source": [PERSON], "input_message": PERSON})
        sheet.insert_image("J1", "picture.png", {"image_data": picture, "description": PERSON})
        people = book.add_worksheet("สมมติ อุปโลกน์ 0812345678")
        people.hide()
        people.write_row(0, 0, ["ที่", "ชื่อ-สกุล", "เบอร์โทร"])
        people.write_row(1, 0, [1, "สมมติ อุปโลกน์", 812345678])
        people.write_row(2, 0, [2, "อุปโลกน์ สมมติ", "0812345678"])
        chart = book.add_chart({"type": "column"})
        chart.add_series({"name": PERSON, "values": "='สมมติ อุปโลกน์ 0812345678'!$C$2:$C$3"})
        sheet.insert_chart("K1", chart)


def test_no_person_goes_back(tmp_path: Path) -> None:
    write_people(tmp_path / "raw" / "สุโขทัย" / f"แผน {PERSON} 1101800000003.xlsx")
    (one,) = give_back(tmp_path / "raw", tmp_path / "out")
    path, book = open_returned(tmp_path / "out", one)
    texts = unzipped(path) + path.name + str(one)
    assert {secret for secret in SECRETS if secret in texts} == set()
    page = book["แผน"]
    assert [page[place].value for place in ("A2", "C4", "B5", "D6")] == [TAKEN_OUT] * 4
    assert [page[place].value for place in ("B4", "C5", "D4", "D7")] == [
        "โครงการหนึ่ง", "สำนักงานยุติธรรมจังหวัด", 1000, "=SUM(Used_Name)",
    ]  # fmt: skip
    assert read_cells(path)["แผน"][6][3] == 3000
    assert "ข้อมูลส่วนบุคคล" in page["D6"].comment.text
    assert book.sheetnames[0] == "ผลการตรวจ"
    assert book[book.sheetnames[2]]["B2"].value == TAKEN_OUT
    lost = next(row[0].value for row in book.worksheets[0].iter_rows() if "ไม่อยู่ในสำเนา" in str(row[0].value))
    assert "รูปภาพ" in lost
    assert "ชื่อช่วง" in lost


def test_what_was_taken_out_is_not_found_again(tmp_path: Path) -> None:
    write_people(tmp_path / "raw" / "สุโขทัย" / "แผน.xlsx")
    (one,) = give_back(tmp_path / "raw", tmp_path / "out")
    path, _ = open_returned(tmp_path / "out", one)
    again = tmp_path / "again" / "สุโขทัย" / "แผน.xlsx"
    again.parent.mkdir(parents=True)
    again.write_bytes(path.read_bytes())
    give_back(tmp_path / "again", tmp_path / "second")
    rules = {rule for (rule,) in query(tmp_path / "second", "SELECT rule FROM quality_issue")}
    assert not rules & {"personal_data", "people_list"}
    amounts = "SELECT cell, amount_baht FROM core_amount ORDER BY cell, measure"
    assert query(tmp_path / "second", amounts) == query(tmp_path / "out", amounts)


def test_a_csv_and_an_html_table_go_back_as_workbooks(tmp_path: Path) -> None:
    raw = tmp_path / "raw" / "สุโขทัย 2565"
    raw.mkdir(parents=True)
    lines = ["ลำดับ,ชื่อโครงการ,ได้รับจัดสรร (บาท),หมายเหตุ", "1,โครงการหนึ่ง,ประมาณ 5 แสน,=1+1", "2,โครงการสอง,500,-"]
    (raw / "แผน.csv").write_bytes("\r\n".join(lines).encode("cp874"))
    cells = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in line.split(','))}</tr>" for line in lines)
    (raw / "รายงาน.xls").write_text(
        f"<html><meta charset=utf-8><table>{cells}</table></html>", encoding="utf-8"
    )
    returned = give_back(tmp_path / "raw", tmp_path / "out")
    # The same table twice counts once, so the one that counts goes back.
    (one,) = returned
    path, book = open_returned(tmp_path / "out", one)
    page = book.worksheets[1]
    assert path.suffix == ".xlsx"
    assert page["C2"].fill.fgColor.rgb == "00FFC7CE"
    assert (page["D2"].value, page["D2"].data_type, bool(page["D2"].quotePrefix)) == ("=1+1", "s", True)
    assert page.column_dimensions["B"].width > 9
    told = [str(row[0].value) for row in book.worksheets[0].iter_rows(max_row=9)]
    assert any("จึงทำใหม่เป็น .xlsx" in text for text in told)


def test_a_damaged_file_goes_back_as_its_list_alone(tmp_path: Path) -> None:
    write_sheet(tmp_path / "raw" / "ดี.xlsx", plan(TITLE, 1000, "หลายแสน"))
    (tmp_path / "raw" / "สุโขทัย.xlsx").write_bytes(b"PK\x03\x04" + b"\x00" * 100)
    returned = give_back(tmp_path / "raw", tmp_path / "out", jobs=2)
    assert [(one.path, one.failure) for one in returned] == [("ดี.xlsx", None), ("สุโขทัย.xlsx", None)]
    _, book = open_returned(tmp_path / "out", returned[1])
    assert book.sheetnames == ["ผลการตรวจ"]
    told = [str(row[0].value) for row in book.worksheets[0].iter_rows(max_row=9)]
    assert any(text.startswith("ไฟล์นี้เปิดไม่ได้ เพราะ") for text in told)


def test_one_file_that_cannot_be_copied_stops_no_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_sheet(tmp_path / "raw" / "ก" / "แผน.xlsx", plan(TITLE, 1000, "หลายแสน"))
    write_sheet(
        tmp_path / "raw" / "ข" / "แผน.xlsx", plan(TITLE, 2000, "หลายหมื่น", names=("โครงการ ก", "โครงการ ข"))
    )
    found = given.find_files

    def lose_one(raw: Path) -> Any:
        files, is_sample = found(raw)
        return [file for file in files if "ก/" not in file.path], is_sample

    monkeypatch.setattr(given, "find_files", lose_one)
    first, second = give_back(tmp_path / "raw", tmp_path / "out", jobs=2)
    assert first.failure is not None
    assert second.failure is None
    assert first.name != second.name
    assert open_returned(tmp_path / "out", first)[1].sheetnames == ["ผลการตรวจ"]


def test_a_file_that_takes_too_long_goes_back_as_its_list(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_sheet(tmp_path / "raw" / "แผน.xlsx", plan(TITLE, 1000, "หลายแสน"))
    monkeypatch.setitem(given.return_files.__kwdefaults__, "limits", Limits(seconds=0.001))
    (one,) = give_back(tmp_path / "raw", tmp_path / "out")
    assert one.failure is not None
    assert open_returned(tmp_path / "out", one)[1].sheetnames == ["ผลการตรวจ"]


def test_a_workbook_with_macros_comes_back_without_them(tmp_path: Path) -> None:
    source = write_sheet(tmp_path / "raw" / "แผน.xlsx", plan(TITLE, 1000, "หลายแสน"))
    with zipfile.ZipFile(source, "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"macro")
    source.rename(source.with_suffix(".xlsm"))
    (one,) = give_back(tmp_path / "raw", tmp_path / "out")
    path, book = open_returned(tmp_path / "out", one)
    assert path.name == "แผน.xlsx"
    with zipfile.ZipFile(path) as archive:
        assert not [name for name in archive.namelist() if "vba" in name]
    assert any("มาโคร" in str(row[0].value) for row in book.worksheets[0].iter_rows(max_row=9))
    assert isinstance(book.worksheets[1], openpyxl.worksheet.worksheet.Worksheet)
