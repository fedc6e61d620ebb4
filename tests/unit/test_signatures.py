"""Who signs is a person, known by where the name stands; all names are made up."""

from __future__ import annotations

import pytest

from pipeline.ingest.cleared.privacy import prepare_sheet
from pipeline.layout import load_vocabulary
from pipeline.personal.signatures import is_place_to_sign, mask_lines, mask_signed
from pipeline.workbook import Sheet

NAME = "สมมติ อุปโลกน์"
LINE = "ลงชื่อ ........................ ผู้รายงาน"


@pytest.mark.parametrize(
    "text",
    [
        LINE, "ลงชื่อ", "(ลงชื่อ)", "ลงลายมือชื่อ ______", "........................ผู้อนุมัติ", "……ผู้รับรองข้อมูล",
        "ผู้จัดทำ", "ลงนาม................", "ผู้เห็นชอบโครงการ",
    ],
)  # fmt: skip
def test_where_people_sign(text: str) -> None:
    assert is_place_to_sign(text)


@pytest.mark.parametrize(
    "text",
    [
        "โครงการลงนามความร่วมมือ", "ลงนามบันทึกความเข้าใจ ระหว่างหน่วยงาน", "ผู้ประสานงานโครงการสิบแห่ง",
        "ผู้จัดทำแผนพัฒนาจังหวัด 4 ปี", "รวมทั้งสิ้น",
    ],
)  # fmt: skip
def test_where_nobody_signs(text: str) -> None:
    assert not is_place_to_sign(text)


@pytest.mark.parametrize(
    "text",
    [
        "({})",
        "( {} )",
        "(......{}......)",
        "({}) นักวิชาการยุติธรรม",
        "(Madeup Person)",
        "(สมมติ ณ อุปโลกน์)",
        " ({})",
    ],
)
def test_a_name_in_brackets_below_is_taken_out(text: str) -> None:
    masked = mask_signed(text.format(NAME), below=True)
    assert "[ชื่อบุคคล]" in masked
    assert not any(part in masked for part in ("สมมติ", "อุปโลกน์", "Madeup"))


@pytest.mark.parametrize(
    "text",
    [
        "(ผู้ว่าราชการจังหวัด)", "(ผู้ว่าราชการจังหวัด สุโขทัย)", "(ยุติธรรมจังหวัด สุโขทัย)", "(โครงการ ยุติธรรมชุมชน)",
        "(เรือนจำกลาง สุโขทัย)", "(หัวหน้า กลุ่มอำนวยการ)", "(หน่วย บาท)", "(ต่อ หน้า 2)", "(ชื่อ นามสกุล)",
        "(ปลัด อำเภอเมือง)", "(ร่าง)", "(..............)", "โครงการอบรม (เยาวชน ต้นแบบ)", "(สำเนา ถูกต้อง)",
        "(ปฏิบัติราชการแทน ผู้ว่าราชการ)", "(นักวิชาการยุติธรรม ชำนาญการ)",
    ],
)  # fmt: skip
def test_a_post_an_office_and_a_project_stay(text: str) -> None:
    assert mask_signed(text, below=True) == text


@pytest.mark.parametrize("text", [f"ลงชื่อ {NAME} ผู้รายงาน", f"(ลงชื่อ) {NAME}", f"ลงชื่อ....({NAME})....ผู้รายงาน"])
def test_a_name_on_the_line_is_taken_out(text: str) -> None:
    masked = mask_signed(text, below=False)
    assert "[ชื่อบุคคล]" in masked
    assert "สมมติ" not in masked


def _prepare(*rows: list[object]) -> tuple[list[list[object]], list[str]]:
    prepared = prepare_sheet(Sheet("แผน", [list(row) for row in rows], ()), load_vocabulary())  # type: ignore[arg-type]
    places = [str(finding.cell) for finding in prepared.findings]
    return [list(row) for row in prepared.sheet.rows], places


def test_names_below_and_beside_one_another_are_found_in_a_sheet() -> None:
    rows, places = _prepare(
        ["ลำดับ", "ชื่อโครงการ", "งบประมาณ"],
        [1, "โครงการหนึ่ง (เยาวชน ต้นแบบ)", 100],
        [None, LINE, "ลงชื่อ.............ผู้ตรวจสอบ"],
        [None, None, None],
        [None, f"({NAME})", "(อุปโลกน์ สมมติ)"],
        [None, "ตำแหน่ง นักวิชาการ", "(ยุติธรรมจังหวัด สุโขทัย)"],
        [None, f"{LINE}\n({NAME})\n(หัวหน้า กลุ่มงาน)", None],
    )
    assert rows[1][1] == "โครงการหนึ่ง (เยาวชน ต้นแบบ)"
    assert rows[4] == [None, "([ชื่อบุคคล])", "([ชื่อบุคคล])"]
    assert rows[5][2] == "(ยุติธรรมจังหวัด สุโขทัย)"
    assert rows[6][1] == f"{LINE}\n([ชื่อบุคคล])\n(หัวหน้า กลุ่มงาน)"
    assert places == ["B5", "C5", "B7"]


def test_far_below_a_signature_a_bracket_is_no_name() -> None:
    far = ["(คำอธิบาย เพิ่มเติม)"]
    rows, places = _prepare([LINE], ["(............)"], ["ตำแหน่ง"], ["วันที่"], far)
    assert rows[4] == far
    assert places == []


def test_names_in_lines_around_a_table_are_taken_out() -> None:
    told = mask_lines(["โครงการ (เยาวชน ต้นแบบ)", LINE, f"({NAME})", "ตำแหน่ง", "วันที่", "(คำอธิบาย เพิ่มเติม)"])
    assert told == ["โครงการ (เยาวชน ต้นแบบ)", LINE, "([ชื่อบุคคล])", "ตำแหน่ง", "วันที่", "(คำอธิบาย เพิ่มเติม)"]


def test_a_place_to_sign_that_was_seen_before_is_seen_again() -> None:
    plain = [["ลำดับ", "ชื่อโครงการ"], [1, "โครงการหนึ่ง"], [None, LINE]]
    assert _prepare(*plain)[1] == []
    assert _prepare(*plain, [None, f"({NAME})"])[1] == ["B4"]
