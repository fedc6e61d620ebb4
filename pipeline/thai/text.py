"""Thai text and digits: repaired without changing what they say."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache

_THAI_DIGIT = re.compile("[๐-๙]")
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


def to_arabic_digits(text: str) -> str:
    """Write Thai digits as Arabic ones.

    >>> to_arabic_digits("พ.ศ. ๒๕๖๕")
    'พ.ศ. 2565'
    """
    return text.translate(_TO_ARABIC) if _THAI_DIGIT.search(text) else text


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


def width_of(text: str) -> int:
    """Count the columns that a text takes on a terminal: vowels and tones above and below take none.

    >>> width_of("สุโขทัย"), width_of("รับ 12"), width_of("คำ")
    (5, 5, 2)
    """
    return sum(unicodedata.category(sign) not in ("Mn", "Me", "Cf") for sign in text)


def pad_text(texts: Sequence[str]) -> list[str]:
    """Fill texts with spaces behind to the width of the widest.

    >>> pad_text(["ผู้", "ab"])
    ['ผู้ ', 'ab']
    """
    widths = [width_of(text) for text in texts]
    return [text + " " * (max(widths) - width) for text, width in zip(texts, widths, strict=True)]
