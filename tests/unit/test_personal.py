import pytest

from pipeline.ingest.cleared.privacy import prepare_sheet
from pipeline.layout import load_vocabulary
from pipeline.personal import is_citizen_id, mask, may_hold_personal_data
from pipeline.workbook import Sheet


@pytest.mark.parametrize("number", ["1101800000003", "3640100000010", "8480100123459", "5700100999993"])
def test_citizen_ids_are_known_by_their_check_digit(number: str) -> None:
    assert is_citizen_id(number)
    assert mask(f"เลข {number} ครับ") == "เลข [เลขบัตร] ครับ"
    assert mask(f"{number[0]}-{number[1:5]}-{number[5:10]}-{number[10:12]}-{number[12]}") == "[เลขบัตร]"
    wrong = number[:-1] + str((int(number[-1]) + 1) % 10)
    assert mask(wrong) == wrong


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("โทร. 081-234-5678", "โทร. [โทรศัพท์]"),
        ("โทร ๐๘๑๒๓๔๕๖๗๘", "โทร [โทรศัพท์]"),
        ("ส่งที่ someone@example.go.th", "ส่งที่ [อีเมล]"),
        ("ผู้ประสานงานนางสาวสมมติ ทดสอบ", "ผู้ประสานงาน[ชื่อบุคคล]"),
        ("นายสมมติ ทดสอบ", "[ชื่อบุคคล]"),
        ("ด.ช.สมมติ ทดสอบ", "[ชื่อบุคคล]"),
    ],
)
def test_personal_data_is_taken_out(text: str, masked: str) -> None:
    assert may_hold_personal_data(text)
    assert mask(text) == masked


@pytest.mark.parametrize(
    "text",
    [
        "1,160,100",
        "20,000,000",
        "นายอำเภอเมืองสุโขทัย และ ปลัดอำเภอ",
        "อำเภอนางรอง จังหวัดบุรีรัมย์",
        "ตำบลทุ่งนางาม อำเภอลานสัก",
        "คุณภาพชีวิต ของประชาชน",
        "โครงการพัฒนาคุณธรรม จริยธรรม",
        "สำนักนายกรัฐมนตรี ทำเนียบ",
        "กม.ที่ 0+000 - กม.ที่ 4+000",
        "2565",
    ],
)
def test_what_is_no_personal_data_stays(text: str) -> None:
    assert mask(text) == text


def test_a_masked_sheet_tells_the_cell_and_not_the_content() -> None:
    sheet = Sheet("แผน", [["ชื่อ", None], ["ติดต่อ 081-234-5678", 1101800000003.0]])
    prepared = prepare_sheet(sheet, load_vocabulary())
    findings = prepared.findings
    assert prepared.sheet.rows == [["ชื่อ", None], ["ติดต่อ [โทรศัพท์]", "[เลขบัตร]"]]
    assert [(finding.rule, finding.cell, finding.value) for finding in findings] == [
        ("personal_data", "A2", None),
        ("personal_data", "B2", None),
    ]
    assert "081" not in "".join(finding.message_th for finding in findings)


def test_a_sheet_that_only_looks_as_if_it_named_somebody_stays_as_it_is() -> None:
    sheet = Sheet("แผน", [["เรือนจำจังหวัดนครนายก", 1.0], ["ที่ทำการปกครองจังหวัดนครนายก", 2.0]])
    prepared = prepare_sheet(sheet, load_vocabulary())
    assert prepared.sheet is sheet
    assert prepared.findings == []
