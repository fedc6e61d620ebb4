"""Finds personal data and keeps it out: it never leaves the received file."""

from __future__ import annotations

import re

from pipeline.thai import to_arabic_digits

MASK_ID = "[เลขบัตร]"
MASK_PHONE = "[โทรศัพท์]"
MASK_EMAIL = "[อีเมล]"
MASK_NAME = "[ชื่อบุคคล]"
MASK_CELL = "[ข้อมูลส่วนบุคคล]"

_SEPARATED = r"[\s.\-–]?"
_CITIZEN_ID = re.compile(r"(?<![\d,.])[1-8](?:" + _SEPARATED + r"\d){12}(?![\d,])")
_PHONE = re.compile(r"(?<![\d,.])(?:\+66|0)" + _SEPARATED + r"[2-9](?:" + _SEPARATED + r"\d){7,8}(?![\d,])")
_EMAIL = re.compile(r"[\w.+-]+@[\w-]+\.[\w.-]+")
_LETTER = "[\u0e01-\u0e2e\u0e30-\u0e3a\u0e40-\u0e4e]"
# Thai writes words together, so a title counts only at a word's start: after no Thai letter, or after a word
# that leads to a name. Otherwise "นาง" inside a place's name (ทุ่งนางาม, อ่าวนาง) would read as a title.
_WORD_START = (
    "(?:(?<![\u0e01-\u0e4e])|(?<=โดย)|(?<=ชื่อ)|(?<=คือ)|(?<=และ)|(?<=กับ)|(?<=ประสานงาน)"
    "|(?<=รับผิดชอบ)|(?<=รายงาน)|(?<=ลงชื่อ))"
)
_TITLE = (
    "(?:นางสาว|น\\.ส\\.|นาย(?!อำเภอ|ก|ทะเบียน|จ้าง|ช่าง|แพทย์|ทหาร|ตรวจ|ประกัน|หน้า)"
    "|นาง(?!รอง|แบบ|เลิ้ง|พญา)|ด\\.ช\\.|ด\\.ญ\\.|เด็กชาย|เด็กหญิง|ว่าที่\\s?ร\\.[ตทอ]\\.|[พร]\\.ต\\.[ตทอ]\\.|ด\\.ต\\."
    "|จ\\.ส\\.[ตทอ]\\.|คุณ(?!ภาพ|ธรรม|วุฒิ|สมบัติ|ค่า|ประโยชน์|ลักษณะ|แม่|พ่อ|ครู))"
)
_NOT_SURNAME = "(?!ตำบล|อำเภอ|จังหวัด|หมู่|บ้าน|และ|เพื่อ|ใน|ที่|ของ|ให้)"
_NAME = re.compile(_WORD_START + _TITLE + "\\s?" + _LETTER + "{2,}\\s+" + _NOT_SURNAME + _LETTER + "{2,}")
_TRIGGER = re.compile(
    r"[1-8](?:[\s.\-–]?\d){12}|0[\s.\-–]?[2-9](?:[\s.\-–]?\d){7}|\+66|@|นาย|นาง|น\.ส\.|ด\.[ชญต]\."
    r"|เด็กชาย|เด็กหญิง|ว่าที่|\.ต\.|จ\.ส\.|คุณ"
)


def may_hold_personal_data(text: str) -> bool:
    """Whether a text, or many joined, is worth looking at more closely; fast, and never wrongly no."""
    return bool(_TRIGGER.search(to_arabic_digits(text)))


def mask(text: str) -> str:
    """Take personal data out of a text and leave a word for what was there.

    >>> mask("ติดต่อ 081-234-5678")
    'ติดต่อ [โทรศัพท์]'
    """
    plain = to_arabic_digits(text)
    masked = _CITIZEN_ID.sub(lambda found: MASK_ID if is_citizen_id(found.group()) else found.group(), plain)
    masked = _PHONE.sub(MASK_PHONE, masked)
    masked = _EMAIL.sub(MASK_EMAIL, masked)
    masked = _NAME.sub(MASK_NAME, masked)
    return text if masked == plain else masked


def is_citizen_id(text: str) -> bool:
    """Check thirteen digits by the check digit of the Thai citizen ID (mod 11).

    >>> is_citizen_id("1-1018-00000-00-3"), is_citizen_id("1101800000004")
    (True, False)
    """
    digits = [int(character) for character in to_arabic_digits(text) if character.isdecimal()]
    if len(digits) != 13 or digits[0] in (0, 9):
        return False
    total = sum(digit * (13 - place) for place, digit in enumerate(digits[:12]))
    return (11 - total % 11) % 10 == digits[12]
