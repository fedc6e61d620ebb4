"""Lists of people are taken out whole, and tables that are about something else stay; all names are made up."""

from __future__ import annotations

import pytest

from pipeline.ingest.cleared.privacy import Prepared, prepare_sheet
from pipeline.layout import load_vocabulary
from pipeline.personal import MASK_CELL
from pipeline.workbook import Cell, Sheet

PLAN: list[list[Cell]] = [
    ["แผนงานโครงการ จังหวัดสุโขทัย ปีงบประมาณ 2565", None, None, None],
    ["ลำดับ", "ชื่อโครงการ", "หน่วยงาน", "งบประมาณ"],
    [1, "โครงการหนึ่ง", "สำนักงาน", 100.0],
    [2, "โครงการสอง", "สำนักงาน", 200.0],
]
PEOPLE: list[list[Cell]] = [
    ["ลำดับ", "ชื่อ - สกุล", "ตำแหน่ง", "เบอร์โทร"],
    [1, "สมมติ ทดสอบ", "ครู", 812345678.0],
    [2, "อุปโลกน์ ลองดู", "กำนัน", "0898765432"],
]


def prepare(rows: list[list[Cell]], name: str = "Sheet1") -> Prepared:
    return prepare_sheet(Sheet(name, rows), load_vocabulary())


def texts(prepared: Prepared) -> str:
    return str(prepared.sheet.rows)


def assert_no_person(prepared: Prepared) -> None:
    for made_up in ("สมมติ", "ทดสอบ", "อุปโลกน์", "ลองดู", "812345678", "898765432", "กำนัน"):
        assert made_up not in texts(prepared)
    assert "สมมติ" not in "".join(finding.message_th for finding in prepared.findings)


def test_a_sheet_of_participants_is_emptied_and_nothing_is_left_to_read() -> None:
    prepared = prepare([["รายชื่อผู้เข้าร่วมประชุม", None, None, None], *PEOPLE])
    assert_no_person(prepared)
    assert prepared.is_people
    assert prepared.sheet.rows[0][0] == "รายชื่อผู้เข้าร่วมประชุม"
    assert prepared.sheet.rows[1][1] == "ชื่อ - สกุล"
    assert [
        (finding.rule, finding.cell) for finding in prepared.findings if finding.rule == "people_list"
    ] == [("people_list", "A3")]


@pytest.mark.parametrize("title", ["รายชื่อผู้เข้าอบรม", "ทะเบียนผู้เข้าร่วมโครงการ", "ใบลงทะเบียน รุ่นที่ 1"])
def test_a_title_or_the_sheet_s_name_is_enough(title: str) -> None:
    bare: list[list[Cell]] = [[1, "สมมติ ทดสอบ"], [2, "อุปโลกน์ ลองดู"]]
    assert_no_person(prepare([[title, None], *bare]))
    assert_no_person(prepare(bare, name=title))


def test_a_sheet_without_a_head_whose_rows_hold_telephones_is_a_list() -> None:
    prepared = prepare([["สมมติ ทดสอบ", "0812345678"], ["อุปโลกน์ ลองดู", "0898765432"]])
    assert_no_person(prepared)
    assert prepared.is_people


def test_a_list_with_money_and_no_project_is_a_list() -> None:
    head: list[Cell] = ["ลำดับ", "ชื่อ-สกุล", "ที่อยู่", "จำนวนเงิน"]
    assert_no_person(prepare([head, [1, "สมมติ ทดสอบ", "กำนัน", 500.0], [2, "อุปโลกน์ ลองดู", "x", 600.0]]))


def test_a_list_below_a_table_and_one_beside_it() -> None:
    below = prepare([*[list(row) for row in PLAN], [None] * 4, *[list(row) for row in PEOPLE]])
    assert_no_person(below)
    assert not below.is_people
    assert below.sheet.rows[2] == PLAN[2]
    beside = prepare([[*plan, None, *people] for plan, people in zip(PLAN[1:], PEOPLE, strict=True)])
    assert_no_person(beside)
    assert beside.sheet.rows[1][:4] == PLAN[2]


def test_a_table_below_a_list_keeps_its_titles() -> None:
    prepared = prepare([*[list(row) for row in PEOPLE], [None] * 4, *[list(row) for row in PLAN]])
    assert_no_person(prepared)
    assert prepared.sheet.rows[4:] == PLAN


@pytest.mark.parametrize(
    "rows",
    [
        PLAN,
        [["รายชื่อโครงการ จังหวัดสุโขทัย", None, None, None], *PLAN[1:]],
        [["รายชื่อหน่วยงาน"], ["สำนักงานยุติธรรมจังหวัด"], ["เรือนจำ"]],
        [["จำนวนผู้เข้าร่วมโครงการ", None], ["จังหวัด", "คน"], ["ตาก", 5.0]],
        [["ลำดับ", "ชื่อโครงการ", "ผู้เข้าร่วม", "งบประมาณ"], [1, "ก", "50 คน", 5.0]],
        [["ชื่อ", "จำนวน"], ["ตาก", 5.0], ["ตรัง", 6.0]],
    ],
)
def test_what_is_no_list_of_people_stays(rows: list[list[Cell]]) -> None:
    prepared = prepare([list(row) for row in rows])
    assert prepared.sheet.rows == rows
    assert not prepared.is_people
    assert MASK_CELL not in texts(prepared)


def test_a_head_of_two_rows_with_names_below_a_group_is_no_list() -> None:
    rows: list[list[Cell]] = [
        ["ลำดับ", "ชื่อโครงการ", "ผู้รับผิดชอบ", None, "งบประมาณ"],
        [None, None, "ชื่อ-สกุล", "โทรศัพท์", None],
        [1, "โครงการหนึ่ง", "สำนักงาน", None, 100.0],
    ]
    assert prepare([list(row) for row in rows]).sheet.rows == rows


def test_ten_digits_in_a_column_of_codes_are_a_code() -> None:
    rows: list[list[Cell]] = [["รหัสโครงการ", "โทรศัพท์"], ["0812345678", "0812345678"]]
    masked = prepare(rows).sheet.rows[1]
    assert masked == ["0812345678", "[โทรศัพท์]"]
