"""Thai text, digits, Buddhist years and baht as offices write them; pure functions."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache

from pipeline.errors import CellError

BUDDHIST_ERA = 543
BAHT = Decimal(1)

_TO_ARABIC = str.maketrans("๐๑๒๓๔๕๖๗๘๙", "0123456789")
_TO_THAI = str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")
_INVISIBLE = re.compile("[\u200b\u200c\u200d\u2060\ufeff\u00ad]")
_SPACES = re.compile(r"[\s\u00a0]+")
_MARKS = re.compile("[\u0e31\u0e34-\u0e3a\u0e47-\u0e4e]{2,}")
_ANY_MARK = re.compile("[\u0e31\u0e33-\u0e3a\u0e47-\u0e4e]")
_NIKHAHIT_AA = re.compile("\u0e4d([\u0e48-\u0e4c]*)\u0e32")
_AM_BEFORE_MARKS = re.compile("\u0e33([\u0e31\u0e34-\u0e3a\u0e47-\u0e4e]+)")
_DOUBLE_SARA_E = re.compile("เเ")
_TONES = "\u0e48\u0e49\u0e4a\u0e4b\u0e4c\u0e4e"
_GROUPED = re.compile(r"\d{1,3}(?:,\d{3})*(?:\.\d*)?|\d+(?:\.\d*)?|\.\d+")
_AMOUNT_TAIL = re.compile(r"(?:\.-|\.=|/-)$")
_MONTHS = ("ม.ค.", "ก.พ.", "มี.ค.", "เม.ย.", "พ.ค.", "มิ.ย.", "ก.ค.", "ส.ค.", "ก.ย.", "ต.ค.", "พ.ย.", "ธ.ค.")
_SCALES = {
    "ล้านบาท": 1_000_000,
    "ล้าน": 1_000_000,
    "ลบ.": 1_000_000,
    "แสนบาท": 100_000,
    "แสน": 100_000,
    "พันบาท": 1_000,
    "บาทถ้วน": 1,
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


def to_arabic_digits(text: str) -> str:
    """Write Thai digits as Arabic ones.

    >>> to_arabic_digits("พ.ศ. ๒๕๖๕")
    'พ.ศ. 2565'
    """
    return text.translate(_TO_ARABIC)


def to_thai_digits(text: str) -> str:
    """Write Arabic digits as Thai ones.

    >>> to_thai_digits("2565")
    '๒๕๖๕'
    """
    return text.translate(_TO_THAI)


@lru_cache(maxsize=65536)
def clean_text(text: str) -> str:
    """Normalise Thai text without changing what it says.

    Joins ํ + า into ำ (which neither NFC nor NFKC does), orders vowel before tone, drops doubled marks and
    invisible characters, and makes every run of white space one space.

    >>> clean_text("ลํ" + "าดับ\\u200b ที่\\u00a0 1 ")
    'ลำดับ ที่ 1'
    """
    if text.isascii():
        return " ".join(text.split())
    text = _INVISIBLE.sub("", text)
    while (repaired := _repair_marks(text)) != text:
        text = repaired
    return _SPACES.sub(" ", text).strip()


def _repair_marks(text: str) -> str:
    """Do each repair of vowels and tones once; one may make room for another."""
    text = _MARKS.sub(
        lambda run: "".join(sorted(set(run.group()), key=lambda mark: (mark in _TONES, mark))), text
    )
    text = _NIKHAHIT_AA.sub("\\1\u0e33", text)
    text = _AM_BEFORE_MARKS.sub("\\1\u0e33", text)
    return _DOUBLE_SARA_E.sub("แ", text)


@lru_cache(maxsize=65536)
def squeeze(text: str) -> str:
    """Clean a text and drop every space and case: the form in which words are compared.

    >>> squeeze(" หน่วย : บาท ")
    'หน่วย:บาท'
    """
    return clean_text(text).replace(" ", "").lower()


def has_marks(text: str) -> bool:
    """Whether a text has any vowel or tone above or below its letters, ำ included.

    >>> has_marks("สุโขทัย"), has_marks("สโขทย"), has_marks("ตราด")
    (True, False, False)
    """
    return bool(_ANY_MARK.search(text))


@lru_cache(maxsize=65536)
def strip_marks(text: str) -> str:
    """Take off every vowel and tone above and below, as some exports do; ำ leaves า.

    Only to be compared with a text that has no mark at all: see `has_marks`.

    >>> strip_marks("งบประมาณที่ได้รับ"), strip_marks("กำแพงเพชร")
    ('งบประมาณทไดรบ', 'กาแพงเพชร')
    """
    return _ANY_MARK.sub("", text.replace("\u0e33", "\u0e32"))


def to_buddhist_year(year: int) -> int | None:
    """Read a four-digit year, Buddhist or Christian, as a Buddhist one; None where it can be neither.

    >>> to_buddhist_year(2022), to_buddhist_year(2565), to_buddhist_year(65)
    (2565, 2565, None)
    """
    if 2400 <= year <= 2699:
        return year
    if 1900 <= year <= 2156:
        return year + BUDDHIST_ERA
    return None


def fiscal_year_of(day: date) -> int:
    """Name the Thai fiscal year, 1 October to 30 September, by the Buddhist year in which it ends.

    >>> fiscal_year_of(date(2021, 9, 30)), fiscal_year_of(date(2021, 10, 1))
    (2564, 2565)
    """
    return day.year + BUDDHIST_ERA + (day.month >= 10)


def thai_date(day: date) -> str:
    """Write a date as Thai documents do.

    >>> thai_date(date(2021, 4, 30))
    '30 เม.ย. 2564'
    """
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year + BUDDHIST_ERA}"


def parse_number(text: str) -> Decimal:
    """Read one number as written: "๑,๒๓๔.๕๐", " 18,237.94 ", "(1,000)".

    Raises:
        CellError: the text is no number, or its thousands are grouped wrongly ("7,863,52").

    >>> parse_number("(1,000)")
    Decimal('-1000')
    """
    plain = to_arabic_digits(clean_text(text)).replace(" ", "")
    is_negative = plain.startswith("(") and plain.endswith(")")
    digits = plain[1:-1] if is_negative else plain.removeprefix("-")
    if not _GROUPED.fullmatch(digits):
        raise _unreadable(text, digits)
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
    >>> parse_baht("1.2 ล้าน")
    Decimal('1200000.0')
    """
    plain = _AMOUNT_TAIL.sub("", to_arabic_digits(clean_text(text)).replace(" ", "").removeprefix("฿"))
    word = next((scale for scale in _SCALES if plain.endswith(scale)), None)
    digits = _AMOUNT_TAIL.sub("", plain.removesuffix(word)) if word else plain
    try:
        number = parse_number(digits)
    except CellError:
        raise _unreadable(text, digits) from None
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


def _unreadable(text: str, digits: str) -> CellError:
    """Say why a text is no number, and propose a reading where its commas alone are wrong."""
    proposal = None
    if re.fullmatch(r"\d{1,3}(?:,\d{3})*,\d{1,2}", digits):
        head, _, tail = digits.rpartition(",")
        proposal = f"{head}.{tail} หรือ {int(digits.replace(',', '')):,}"
    hint = f" (อาจหมายถึง {proposal} โปรดยืนยัน)" if proposal else ""
    return CellError(
        "amount_unreadable",
        f'อ่าน "{clean_text(text)}" เป็นตัวเลขไม่ได้{hint}  ใช้ตัวเลข เช่น 500,000 หรือ ๕๐๐,๐๐๐',
        proposal=proposal,
    )
