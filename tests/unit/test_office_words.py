"""What an office reads in a returned workbook is what an office can do."""

from __future__ import annotations

import pytest

from pipeline.checks.rules import load_rules
from pipeline.findings import load_messages
from pipeline.returns.gather import split_message
from pipeline.returns.model import load_words

MESSAGES = {rule: (severity, text) for rule, (severity, text) in load_messages().items()} | {
    rule.code: (rule.severity, rule.message_th) for rule in load_rules().rules
}
# What stands in "{detail}" is worded where it is found; these are the ones that speak to both.
DETAILS = [
    "ไม่พบว่าตารางนี้เป็นของจังหวัดใด  ใส่ชื่อจังหวัดในหัวเรื่อง ชื่อชีต ชื่อไฟล์ หรือตัดสินใน overrides.csv",
    "ไม่พบหัวตาราง  ตรวจว่ามีแถวหัวตาราง เช่น ชื่อโครงการ หรือบอกแถวหัวตารางใน overrides.csv (what = header)",
    "ต่างกัน 3 หน่วย (ดู out_submission_change)  ถ้าต้องใช้ไฟล์นี้ ให้นำไฟล์แรกออก หรือข้ามด้วย overrides.csv (what = skip)",
    "ยังไม่มีแบบสำหรับตารางนี้  เพิ่มคำใน vocabulary.yml หรือ specs/indicators หรือบอกคอลัมน์ใน overrides.csv",
]


def test_what_is_kept_from_offices_is_a_rule() -> None:
    assert [rule for rule in load_words()["not_for_offices"] if rule not in MESSAGES] == []


@pytest.mark.parametrize("rule", sorted(set(MESSAGES) - set(load_words()["not_for_offices"])))
def test_no_message_sends_an_office_to_what_it_does_not_have(rule: str) -> None:
    severity, text = MESSAGES[rule]
    told = " ".join(split_message(text, severity))
    assert not any(
        word in told for word in (*load_words()["analyst_words"], "ผู้ดูแลระบบ", "ข้อความดิบ", "unnamed")
    )
    # What to do is never folded into what was found.
    assert "โปรด" not in split_message(text, severity)[0].replace("(โปรดยืนยัน)", "")


@pytest.mark.parametrize("detail", DETAILS)
def test_what_an_analyst_would_do_is_left_out(detail: str) -> None:
    found, todo = split_message(detail, "error")
    assert not any(word in found + todo for word in load_words()["analyst_words"])
    assert todo
    assert "หรือ" not in todo[:5]
    assert found == detail.partition("  ")[0].replace(" (ดู out_submission_change)", "")


def test_what_only_an_analyst_can_do_says_whom_to_tell() -> None:
    assert split_message(DETAILS[-1], "error")[1] == load_words()["ask"]
    assert split_message(DETAILS[-1], "info")[1] == load_words()["severities"]["info"]["todo"]


def test_a_message_without_gaps_is_parted_at_what_to_do() -> None:
    assert split_message("ยอดไม่ตรง โปรดตรวจยอด", "warning") == ("ยอดไม่ตรง", "โปรดตรวจยอด")
    assert split_message("ยอดไม่ตรง  โปรดตรวจยอด", "warning") == ("ยอดไม่ตรง", "โปรดตรวจยอด")
    assert split_message("ยอดไม่ตรง", "warning") == ("ยอดไม่ตรง", load_words()["severities"]["warning"]["todo"])
