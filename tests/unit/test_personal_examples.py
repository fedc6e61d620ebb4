"""What is personal data in every way of writing it, and what only looks like it; all names and numbers are made up."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.personal import is_citizen_id, mask, may_hold_personal_data
from pipeline.thai import to_thai_digits

ID = "1101800000003"


@pytest.mark.parametrize(
    "text",
    [
        ID,
        to_thai_digits(ID),
        "1-1018-00000-00-3",
        "1 1018 00000 00 3",
        "1 - 1018 - 00000 - 00 - 3",
        "1.1018.00000.00.3",
        "1-1-0-1-8-0-0-0-0-0-0-0-3",
        "1 1 0 1 8 0 0 0 0 0 0 0 3",
        f"{ID}.0",
        "1.101800000003E12",
        "1.101800000003e+12",
        f"เลขบัตร{ID}ครับ",
        f"ID:{ID},",
        f"({ID})",
        f"เลขที่ {ID}/2565",
    ],
)
def test_citizen_ids(text: str) -> None:
    assert may_hold_personal_data(text)
    masked = mask(text)
    assert "[เลขบัตร]" in masked
    assert sum(character.isdecimal() for character in masked) <= 4


@pytest.mark.parametrize(
    "text",
    [
        "081-234-5678", "0812345678", "081 234 5678", "08-1234-5678", "08 1234 5678",
        "081.234.5678", "๐๘๑-๒๓๔-๕๖๗๘",
        "(081) 234-5678", "(02) 123 4567", "02-123-4567", "0-2123-4567", "02 123 4567",
        "055-612345", "055 612 345",
        "+66 81 234 5678", "+66812345678", "+66(0)812345678", "+66-2-123-4567", "0 8123 45678",
    ],
)  # fmt: skip
@pytest.mark.parametrize(
    "form", ["{}", "โทร. {}", "โทร{} ต่อ 12", "ติดต่อ {}, ฝ่ายแผน", "มือถือ:{}ครับ", "{} ต่อ 101-2"]
)
def test_telephones(text: str, form: str) -> None:
    assert may_hold_personal_data(form.format(text))
    masked = mask(form.format(text))
    assert "[โทรศัพท์]" in masked
    assert not any(character.isdecimal() for character in masked.replace("-2", ""))


def test_two_telephones_in_one_cell() -> None:
    assert mask("0812345678, 0898765432") == "[โทรศัพท์], [โทรศัพท์]"
    assert mask("02-123-4567-9") == "[โทรศัพท์]"


@pytest.mark.parametrize(
    ("text", "gone"),
    [
        ("someone@example.go.th", "someone"),
        ("อีเมล some.one+x@example.com โทร", "some.one"),
        ("Line ID: made_up99", "made_up99"),
        ("line id made_up99", "made_up99"),
        ("ไลน์ : made.up", "made.up"),
        ("ID Line @madeup", "madeup"),
    ],
)
def test_addresses_on_the_net(text: str, gone: str) -> None:
    assert may_hold_personal_data(text)
    assert gone not in mask(text)


@pytest.mark.parametrize(
    "title",
    [
        "นาย", "นาง", "นางสาว", "น.ส.", "ด.ช.", "ด.ญ.", "เด็กชาย", "คุณ", "ดร.", "ผศ.",
        "ผศ.ดร.", "รศ.ดร.", "ศ.ดร.", "นพ.", "พญ.",
        "พ.ต.อ.", "พ.ต.ท.", "ร.ต.ต.", "ด.ต.", "จ.ส.ต.", "พล.ต.ต.", "พ.อ.", "ร.ท.",
        "ว่าที่ ร.ต.", "ว่าที่ร้อยตรี", "ว่าที่ พ.ต.", "พันตำรวจเอก",
        "ร้อยตำรวจเอก", "ดาบตำรวจ", "จ่าสิบเอก", "พระครู", "พระมหา", "ม.ล.", "Mr. ", "พ. ต. อ.",
    ],
)  # fmt: skip
@pytest.mark.parametrize(
    "form", ["{}สมมติ ทดสอบ", "{} สมมติ ทดสอบ", "ผู้ประสานงาน {}สมมติ ทดสอบ โทร", "ลงชื่อ({}สมมติ  ทดสอบ)"]
)
def test_names_with_titles(title: str, form: str) -> None:
    text = form.format(title)
    assert may_hold_personal_data(text)
    assert "สมมติ" not in mask(text)
    assert "ทดสอบ" not in mask(text)


@pytest.mark.parametrize(
    "text",
    [
        "ชื่อ-สกุล: สมมติ ทดสอบ",
        "ชื่อ – สกุล : สมมติ ทดสอบ",
        "ผู้รับผิดชอบ: สมมติ ทดสอบ",
        "ชื่อ สมมติ นามสกุล ทดสอบ",
        "คุณสมมติ 081-234-5678",
        "นายสมมติ โทร. 0812345678",
    ],
)
def test_names_that_a_label_or_a_telephone_gives_away(text: str) -> None:
    assert may_hold_personal_data(text)
    assert "สมมติ" not in mask(text)


@pytest.mark.parametrize(
    "text",
    [
        "โครงการนายอำเภอพบประชาชน ปี 2565", "อบรมนายทะเบียน อำเภอเมือง",
        "นายกเทศมนตรี เมืองสุโขทัย", "นายช่างโยธา ชำนาญงาน",
        "พัฒนาคุณภาพชีวิต ผู้สูงอายุ", "คุณธรรม จริยธรรม", "คุณสมบัติ ผู้สมัคร",
        "อำเภอนางรอง จังหวัดบุรีรัมย์", "ปี พ.ศ. นี้ จะดำเนินการ",
        "ต.ค. ถึง ก.ย. ของปี", "รพ.สต. บ้านสวน ตำบลบ้านสวน", "พ.ร.บ. งบประมาณ รายจ่าย",
        "พระมหากษัตริย์ ทรงเป็นประมุข", "พระครูสอน ศีลธรรม",
        "ด.ช. และ ด.ญ. ที่กระทำผิด", "ผู้รับผิดชอบ: สำนักงานยุติธรรม จังหวัดสุโขทัย",
        "ผู้รับผิดชอบ: กลุ่มอำนวย ความยุติธรรม", "อบต. หนองบัว เมือง",
        "สายด่วน 1111 กด 77", "1567", "3100000000000", "2,785,000,000,000.00", "1101800000004",
        "07004300100000000001",
        "2565.64.001.0001", "12345678901234567890", "0.333333333", "0.3333333333",
        "06 07 08 09 10", "01 02 03 04 05 06 07",
        "02-04-2564", "2/10/2564 - 30/09/2565", "500,000", "0800", "0000000000",
        "on-line: https", "offline : จัดประชุม", "ผ่านระบบออนไลน์ : ทุกเดือน",
        "เส้นทาง 4 เลน : กม.0+000", "ศ. 5 ม.ค. 2565", "ทพ. 1 นาย", "ร.ร. บ้านสวน วิทยาคม", "น.ต. 2 นาย",
    ],
)  # fmt: skip
def test_what_only_looks_like_it_stays(text: str) -> None:
    assert mask(text) == text


@given(st.integers(10**11, 9 * 10**11 - 1))
def test_any_citizen_id_is_taken_out_in_any_form(first: int) -> None:
    digits = str(first)
    check = (11 - sum(int(digit) * (13 - place) for place, digit in enumerate(digits)) % 11) % 10
    number = f"{digits}{check}"
    if number.endswith("00000"):
        return
    assert is_citizen_id(number)
    grouped = f"{number[0]}-{number[1:5]}-{number[5:10]}-{number[10:12]}-{number[12]}"
    for text in (
        number,
        to_thai_digits(number),
        grouped,
        grouped.replace("-", " "),
        f"{number}.0",
        f"ก{number}ข",
    ):
        assert number not in mask(text)
        assert mask(text).count("[เลขบัตร]") == 1


@given(st.text(max_size=60))
def test_masking_twice_is_masking_once(text: str) -> None:
    assert mask(mask(text)) == mask(text)
