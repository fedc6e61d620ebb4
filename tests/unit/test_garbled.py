"""Thai in the wrong encoding is read back where one reading is possible, and nothing else is touched."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.ingest.cleared.legible import put_back
from pipeline.ingest.cleared.privacy import prepare_sheet
from pipeline.layout import load_vocabulary
from pipeline.thai.garbled import may_be_garbled, read_back
from pipeline.workbook import Cell, Sheet

WORDS = [
    "จังหวัด", "สุโขทัย", "โครงการพัฒนาศักยภาพ", "งบประมาณ (บาท)", "สำนักงานยุติธรรมจังหวัด", "แผนงาน/โครงการ ปีงบประมาณ 2565",
    "เบิกจ่าย", "ลำดับที่", "หน่วยงานรับผิดชอบ", "เพชรบูรณ์",
]  # fmt: skip


def shown(text: str, codec: str, *, really: str) -> str:
    """Show the bytes of a text in another encoding; what that does not know as the control of its number."""
    letters = (bytes([byte]).decode(codec, errors="ignore") or chr(byte) for byte in text.encode(really))
    return "".join(letters)


WAYS = [
    ("latin-1", "cp874"),
    ("cp1252", "cp874"),
    ("cp1252", "utf-8"),
    ("latin-1", "utf-8"),
    ("cp874", "utf-8"),
]


@pytest.mark.parametrize("word", WORDS)
@pytest.mark.parametrize(("codec", "really"), WAYS)
def test_garbled_words_are_read_back(word: str, codec: str, really: str) -> None:
    found = read_back(shown(word, codec, really=really))
    assert found is not None
    assert found[0] == word


@pytest.mark.parametrize(
    "text",
    [
        "โครงการ",
        "เธอเธอไปไหน",
        "เนื้อเนื่องเนือง",
        "café à la carte",
        "São Tomé",
        "Müller & Söhne",
        "£500",
        "±5 °C",
        "½",
        "Ñandú",
        "ÅÄÖ",
        "",
    ],
)
def test_what_is_not_garbled_stays(text: str) -> None:
    assert read_back(text) is None


@given(st.text(alphabet="กขคงจชซตทนบปพมยรลวสหอะาิีุูเแโใไ่้๑๒ 12()/", max_size=30))
def test_thai_is_never_taken_for_garbled(text: str) -> None:
    assert read_back(text) is None


@pytest.mark.parametrize(("codec", "really"), WAYS)
def test_a_sheet_is_read_back_and_what_was_received_is_kept(codec: str, really: str) -> None:
    clean: list[list[Cell]] = [
        ["ชื่อโครงการ", "งบประมาณ"],
        ["โครงการพัฒนา", 100.0],
        ["รวม", 100.0],
        ["ปกติ", 5.0],
    ]
    received = [
        [
            shown(cell, codec, really=really) if isinstance(cell, str) and cell != "ปกติ" else cell
            for cell in row
        ]
        for row in clean
    ]
    prepared = prepare_sheet(Sheet("แผน", received), load_vocabulary())
    assert prepared.sheet.rows == clean
    assert put_back(prepared.sheet, prepared.originals).rows == received
    assert [(finding.rule, finding.cell) for finding in prepared.findings] == [("text_repaired", "A1")]
    assert "และอีก 3 ช่อง" in prepared.findings[0].message_th


def test_personal_data_that_is_garbled_is_taken_out_too() -> None:
    text = shown("ผู้ประสานงาน นายสมมติ ทดสอบ โทร 0812345678", "cp1252", really="utf-8")
    prepared = prepare_sheet(Sheet("แผน", [[text], ["ก"]]), load_vocabulary())
    kept = put_back(prepared.sheet, prepared.originals)
    assert kept.rows[0] == ["ผู้ประสานงาน [ชื่อบุคคล] โทร [โทรศัพท์]"]
    assert "0812345678" not in str(prepared.findings)


def test_an_amount_keeps_its_own_text() -> None:
    text = shown("100 บาท", "cp1252", really="cp874")
    rows: list[list[Cell]] = [[shown("โครงการพัฒนา", "cp1252", really="cp874"), text]]
    assert may_be_garbled(text)
    assert prepare_sheet(Sheet("แผน", rows), load_vocabulary()).sheet.rows[0][1] == text


def test_letters_that_are_lost_are_told() -> None:
    prepared = prepare_sheet(Sheet("แผน", [["โครงก\ufffd\ufffdร"]]), load_vocabulary())
    assert [finding.rule for finding in prepared.findings] == ["text_damaged"]
