"""Which digits a text is printed with: Thai where the spec asks for them, and never in the name of anything."""

from __future__ import annotations

from typing import Any

import pytest

from pipeline.charts.style import wrap_text
from pipeline.errors import SpecError
from pipeline.render.digits import set_tree_digits
from pipeline.render.pandoc import text_of
from pipeline.render.tree_read import read_tree
from pipeline.specs import load_yaml
from pipeline.thai import digits

SENTENCE = "พ.ศ. 2565: 1,234.50 บาท [ที่มา: เอกสาร 2022.3.13(1) แฟ้ม คำขอ 2566 สุโขทัย.xlsx; แฟ้ม 65.csv] เพิ่ม 3 ราย"
PRINTED = "พ.ศ. ๒๕๖๕: ๑,๒๓๔.๕๐ บาท [ที่มา: เอกสาร 2022.3.13(1) แฟ้ม คำขอ 2566 สุโขทัย.xlsx; แฟ้ม 65.csv] เพิ่ม ๓ ราย"


@pytest.fixture
def thai(monkeypatch: pytest.MonkeyPatch) -> None:
    wanted = digits.make_wanted(load_yaml(digits.SPEC) | {"digits": "thai"})
    monkeypatch.setattr(digits, "_wanted", lambda: wanted)


def test_arabic_digits_leave_every_text_as_it_is() -> None:
    assert not digits.are_thai()
    for change in (digits.set_digits, digits.keep_names, digits.print_marked):
        assert change(SENTENCE) == SENTENCE


@pytest.mark.usefixtures("thai")
@pytest.mark.parametrize(
    ("text", "printed"),
    [
        (SENTENCE, PRINTED),
        ("ฉบับ 20260101T000000Z มี 2 เล่ม", "ฉบับ 20260101T000000Z มี ๒ เล่ม"),
        ("ช่อง E14 ของ Sheet1 ได้ 5 คน", "ช่อง E14 ของ Sheet1 ได้ ๕ คน"),
        ("กฎ indicator_2 และ แผน65.xlsx 7 ครั้ง", "กฎ indicator_2 และ แผน65.xlsx ๗ ครั้ง"),
        ("ลดลง -36.5 (11.0–13.2)", "ลดลง -๓๖.๕ (๑๑.๐–๑๓.๒)"),
    ],
)
def test_thai_digits_leave_names_as_they_are(text: str, printed: str) -> None:
    assert digits.set_digits(text) == printed
    assert len(printed) == len(text)
    assert digits.print_marked(text) == printed


@pytest.mark.usefixtures("thai")
def test_a_cell_of_a_table_may_be_a_place() -> None:
    places = {
        "ส่ง 65/แผน 2565.xlsx › งบ 65 › E14": "ส่ง 65/แผน 2565.xlsx › งบ 65 › E14",
        "แผน 2565.xls › 2565 › 413:413 (ต่าง 3 บาท)": "แผน 2565.xls › 2565 › 413:413 (ต่าง ๓ บาท)",
        "แทนที่ แผน 65.xls › ก 1: เพิ่ม 10": "แทนที่ แผน 65.xls › ก 1: เพิ่ม ๑๐",
        "โฟลเดอร์ 1/แผน 2565.xlsx": "โฟลเดอร์ 1/แผน 2565.xlsx",
        "2565": "๒๕๖๕",
        'หัว "2549 › สัดส่วน" 3 ช่อง': 'หัว "๒๕๔๙ › สัดส่วน" ๓ ช่อง',
    }
    assert {text: digits.set_digits(text, is_cell=True) for text in places} == places


@pytest.mark.usefixtures("thai")
def test_a_tree_keeps_its_shape_and_the_names_of_its_parts() -> None:
    markdown = (
        "# 1. บท 2\n\n"
        "ใน **2565** แฟ้ม แผน 65 ใหม่.xlsx [ดู 3](#tbl-1)\n\n1. ข้อ 1\n\n"
        "::: {#tbl-1 .brief-table}\n| ที่ 1 | แฟ้ม |\n|---:|:---|\n| 12 | ก 1.csv › ข 2 |\n\n: ตาราง 1\n:::\n"
    )
    before = read_tree(markdown)
    after = set_tree_digits(before)
    told = text_of(after["blocks"])
    assert told == text_of(before["blocks"]).translate(str.maketrans("12356", "๑๒๓๕๖")).replace(
        "แผน ๖๕ ใหม่.xlsx", "แผน 65 ใหม่.xlsx"
    ).replace("ก ๑.csv › ข ๒", "ก 1.csv › ข 2")
    assert "12" not in told.replace("ก 1.csv › ข 2", "")
    assert _without_texts(after) == _without_texts(before)


@pytest.mark.usefixtures("thai")
def test_a_name_that_a_drawing_breaks_over_lines_keeps_its_digits() -> None:
    lines = wrap_text("2566 แฟ้ม คำของบประมาณ 2566 จังหวัดสุโขทัย.xlsx", width_cm=4.0, size=9.0)
    assert len(lines) > 1
    printed = " ".join(digits.print_marked(line) for line in lines)
    assert printed.replace(" ", "") == "๒๕๖๖แฟ้มคำของบประมาณ2566จังหวัดสุโขทัย.xlsx"


@pytest.mark.parametrize(
    "spec", [{"digits": "roman", "kept": [], "kept_in_cells": []}, {"digits": "thai"}, None]
)
def test_a_spec_that_cannot_be_followed_says_so(monkeypatch: pytest.MonkeyPatch, spec: Any) -> None:
    monkeypatch.setattr(digits, "load_yaml", lambda _: spec)
    with pytest.raises(SpecError, match=r"digits\.yml"):
        digits._wanted.__wrapped__()


def _without_texts(part: Any) -> Any:
    if isinstance(part, list):
        return [_without_texts(one) for one in part]
    if not isinstance(part, dict):
        return part
    if part.get("t") == "Str":
        return len(part["c"])
    return {name: _without_texts(one) for name, one in part.items()}
