"""Numbers and baht as offices write them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from pipeline.errors import CellError
from pipeline.thai.proposals import propose_amount, read_product
from pipeline.thai.text import clean_text, to_arabic_digits

BAHT = Decimal(1)
_GROUPED = re.compile(r"\d{1,3}(?:,\d{3})*(?:\.\d*)?|\d+(?:\.\d*)?|\.\d+")
_AMOUNT_TAIL = re.compile(r"(?:\.-|\.=|/-)$")
# Accounting systems print the minus behind; behind whole baht it is how offices end an amount: 500,000-
_MINUS_BEHIND = re.compile(r"[\d,]+\.\d\d-")
_BAHT_BEFORE = re.compile(r"^(?:\(บาท\)|บาท|฿)(?=[\d.(-])")
_SCALES = {
    "ล้านบาท": 1_000_000,
    "ล้าน": 1_000_000,
    "ลบ.": 1_000_000,
    "แสนบาท": 100_000,
    "แสน": 100_000,
    "หมื่นบาท": 10_000,
    "หมื่น": 10_000,
    "พันบาท": 1_000,
    "พัน": 1_000,
    "บาท": 1,
    "บ.": 1,
}


@dataclass(frozen=True)
class Unit:
    """What 1 means in a column of money.

    Attributes:
        name: as printed, "ล้านบาท".
        baht: how many baht 1 stands for.
    """

    name: str
    baht: Decimal


UNIT_BAHT = Unit("บาท", BAHT)


def parse_number(text: str) -> Decimal:
    """Read one number as written: "๑,๒๓๔.๕๐", " 18,237.94 ", "(1,000)", "12,500.00-".

    Raises:
        CellError: the text is no number, or its thousands are grouped wrongly ("7,863,52").

    >>> parse_number("(1,000)")
    Decimal('-1000')
    """
    plain = to_arabic_digits(clean_text(text)).replace(" ", "")
    if _MINUS_BEHIND.fullmatch(plain):
        plain = f"-{plain[:-1]}"
    is_negative = plain.startswith("(") and plain.endswith(")")
    digits = plain[1:-1] if is_negative else plain[1:] if plain.startswith(("-", "+")) else plain
    if not _GROUPED.fullmatch(digits):
        raise _unreadable(text, plain)
    value = Decimal(digits.replace(",", "").rstrip(".") or "0")
    return -value if is_negative or plain.startswith("-") else value


def parse_baht(text: str, *, unit: Unit = UNIT_BAHT) -> Decimal:
    """Read one Thai money cell as baht.

    Args:
        text: the cell as written; "๑,๒๓๔.๕๐", "500,000.-", "(1,000)", "๗๖,๘๐๐ บาท" and "1.2 ล้าน" all occur.
        unit: what 1 means in this column.

    Returns:
        Baht, exact to the satang.

    Raises:
        CellError: the text is no amount ("7,863,52"), or it states a unit that the column's contradicts.

    >>> parse_baht("๑,๒๓๔.๕๐")
    Decimal('1234.50')
    >>> parse_baht("1.2 ล้าน"), parse_baht("300,000 x 3 รุ่น")
    (Decimal('1200000.0'), Decimal('900000'))
    """
    plain = _AMOUNT_TAIL.sub("", to_arabic_digits(clean_text(text)).replace(" ", ""))
    bare = _BAHT_BEFORE.sub("", plain).removesuffix("ถ้วน")
    stated = "บาท" if _BAHT_BEFORE.search(plain) else None
    word = next((scale for scale in _SCALES if bare.endswith(scale)), stated)
    digits = _AMOUNT_TAIL.sub("", bare.removesuffix(word)) if word else bare
    try:
        number = parse_number(digits)
    except CellError:
        product = read_product(plain) if unit.baht == BAHT else None
        if product is None:
            raise _unreadable(text, plain) from None
        return product
    factor = Decimal(_SCALES[word]) if word else unit.baht
    if word and unit.baht != BAHT and factor != unit.baht:
        raise CellError(
            "amount_unit_conflict",
            f'"{clean_text(text)}" ระบุหน่วยต่างจากหัวตาราง ({unit.name})  ใส่เฉพาะตัวเลขตามหน่วยของหัวตาราง',
        )
    if word and factor > 1 and number >= 100_000:
        raise CellError(
            "amount_unit_suspect",
            f'"{clean_text(text)}" มีค่าสูงผิดปกติสำหรับหน่วย {word}  ตรวจว่าเป็นบาทหรือไม่ แล้วใส่ตัวเลขเป็นบาท',
            proposal=f"{number:,} บาท",
        )
    return number * factor


def _unreadable(text: str, plain: str) -> CellError:
    """Say why a text is no number, and propose a reading where there is one."""
    proposal = propose_amount(plain)
    hint = f"  ข้อเสนอ (โปรดยืนยัน): {proposal}" if proposal else ""
    return CellError(
        "amount_unreadable",
        f'อ่าน "{clean_text(text)}" เป็นตัวเลขไม่ได้{hint}  ใช้ตัวเลข เช่น 500,000 หรือ ๕๐๐,๐๐๐',
        proposal=proposal,
    )
