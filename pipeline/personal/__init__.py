"""Finds personal data and keeps it out: it never leaves the received file."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from pipeline import specs
from pipeline.thai import squeeze, to_arabic_digits

MASK_ID = "[เลขบัตร]"
MASK_PHONE = "[โทรศัพท์]"
MASK_EMAIL = "[อีเมล]"
MASK_LINE = "[ไลน์]"
MASK_NAME = "[ชื่อบุคคล]"
MASK_CELL = "[ข้อมูลส่วนบุคคล]"
# What a cell of a returned workbook says; an office may send it again as it is.
TAKEN_OUT = "[ตัดข้อมูลส่วนบุคคลออกแล้ว]"
_MASKS = (MASK_ID, MASK_PHONE, MASK_EMAIL, MASK_LINE, MASK_NAME, MASK_CELL, TAKEN_OUT)

_GAP = r"[\s.\-–]{1,3}"
# Thirteen digits: in one run, grouped as on the card, with dashes or with one sign between all; or as a float.
_CITIZEN_ID = re.compile(
    r"(?<![\d,.])(?:"
    rf"[1-8]{_GAP}\d{{4}}{_GAP}\d{{5}}{_GAP}\d{{2}}{_GAP}\d"
    r"|[1-8](?:[\s.\-–]\d){12}|[1-8](?:-?\d){12}(?:\.0+(?!\d))?"
    r"|[1-8]\.\d{12}[eE]\+?12"
    r")(?!\d|,\d|\.\d)"
)
_ROUND = "00000"
_PHONE = re.compile(
    r"(?<![\d,.])(?:\+66|\(?0)[\s.\-–]?(?:\(0\))?[2-9]\)?(?:[\s.\-–)]{0,2}\d){7,8}(?!\d|,\d{3}(?!\d)|\.\d)"
    r"(?:\s?[-–/,]\s?\d{1,2}(?!\d))?(?:\s*(?:ต่อ|ext\.?|#)\s*\d{1,5})?"
)
_MOST_GAPS = 3
_EMAIL = re.compile(r"[\w.+-]+@[\w-]+\.[\w.-]+")
_LINE = re.compile(
    r"(?<![\w-])(?:line\s?id|id\s?line|ไลน์\s?ไอดี|line(?=\s*[:：])|ไลน์(?=\s*[:：]))\s*[:：]?\s*[a-z0-9@._\-]{3,}",
    re.IGNORECASE,
)
_LETTER = "[\u0e01-\u0e2e\u0e30-\u0e3a\u0e40-\u0e4e]"
_WORD = f"(?:{_LETTER}{{2,}}|[A-Z][a-z]+)"
_OFFICE = "(?!สำนัก|สนง|กลุ่ม|ฝ่าย|งาน|กอง|กรม|ศูนย์|เรือนจำ|สถานี|ที่ทำการ|เทศบาล|อบต|อบจ|คณะ|ส่วน|หน่วย)"
# Nine digits with little between them begin every telephone and every citizen ID.
_NINE_DIGITS = re.compile(r"\d(?:[\s.\-–)(]{0,3}\d){8}")
# Found several times faster, and never missing where nine digits stand.
_NINE_SIGNS = re.compile(r"\d[\d\s.\-–)(]{8}")
_SIGNS = ("@", "line", "Line", "LINE", "ไลน์", "สกุล")


@dataclass(frozen=True)
class _Patterns:
    """The compiled words of specs/personal.yml."""

    words: re.Pattern[str]
    name: re.Pattern[str]
    name_with_phone: re.Pattern[str]
    labelled: re.Pattern[str]


def may_hold_personal_data(text: str) -> bool:
    """Whether a text, or many joined, is worth looking at more closely; fast, and never wrongly no."""
    has_digits = _NINE_SIGNS.search(text) and _NINE_DIGITS.search(text)
    return bool(has_digits or _patterns().words.search(text))


def glance() -> str:
    """The pattern of `may_hold_personal_data`, for texts in a warehouse."""
    return f"{_patterns().words.pattern}|{_NINE_DIGITS.pattern}"


def mask(text: str) -> str:
    """Take personal data out of a text and leave a word for what was there.

    >>> mask("ติดต่อ 081-234-5678")
    'ติดต่อ [โทรศัพท์]'
    """
    patterns = _patterns()
    plain = to_arabic_digits(text)
    masked = _CITIZEN_ID.sub(lambda found: MASK_ID if is_citizen_id(found.group()) else found.group(), plain)
    masked = _PHONE.sub(lambda found: MASK_PHONE if _is_phone(found.group()) else found.group(), masked)
    masked = _EMAIL.sub(MASK_EMAIL, masked)
    masked = _LINE.sub(MASK_LINE, masked)
    masked = patterns.name.sub(MASK_NAME, masked)
    masked = patterns.name_with_phone.sub(MASK_NAME, masked)
    masked = patterns.labelled.sub(lambda found: (found[1] or found[2]) + MASK_NAME, masked)
    return text if masked == plain else masked


def is_masked(text: str) -> bool:
    """Whether personal data was taken out of a text."""
    return any(word in text for word in _MASKS)


def is_citizen_id(text: str) -> bool:
    """Check thirteen digits by the check digit of the Thai citizen ID (mod 11); a round sum of money is none.

    >>> is_citizen_id("1-1018-00000-00-3"), is_citizen_id("1101800000004"), is_citizen_id("1.101800000003E12")
    (True, False, True)
    """
    plain = re.sub(r"[eE]\+?12$|(?<=\d{13})\.0+$", "", to_arabic_digits(text))
    digits = [int(character) for character in plain if character.isdecimal()]
    if len(digits) != 13 or digits[0] in (0, 9) or plain.endswith(_ROUND):
        return False
    total = sum(digit * (13 - place) for place, digit in enumerate(digits[:12]))
    return (11 - total % 11) % 10 == digits[12]


def is_bare_number(text: str) -> bool:
    """Whether a text is nothing but the digits of a telephone: in a column of codes it is a code."""
    return to_arabic_digits(text).strip().isdecimal()


def _is_phone(text: str) -> bool:
    """Whether digits are grouped as telephones are: few gaps, a dot only between groups, a number's length."""
    number = re.split(r"ต่อ|ext|#", text)[0].strip()
    gaps = re.findall(r"[\s.\-–()]+", number.strip("()"))
    if len(gaps) > _MOST_GAPS or (any("." in gap for gap in gaps) and len(gaps) < 2):
        return False
    digits = re.sub(r"\D", "", number.replace("+66", "0").replace("(0)", ""))
    return digits[:1] == "0" and len(digits) >= (10 if digits[1] in "689" else 9)


@lru_cache(maxsize=1)
def _patterns() -> _Patterns:
    """Compile specs/personal.yml.

    Thai writes words together, so a title counts only at a word's start: after no Thai letter, or after a word
    that leads to a name. Otherwise "นาง" inside a place's name (ทุ่งนางาม, อ่าวนาง) would read as a title.
    """
    raw = specs.load_yaml("personal.yml")
    titles = _titles(raw)
    leads = "".join(f"|(?<={word})" for word in raw["leads"])
    start = f"(?:(?<![\u0e01-\u0e4eA-Za-z])(?<![\u0e01-\u0e2e]\\.){leads})"
    surname = f"(?!{'|'.join(raw['not_surnames'])}){_WORD}"
    labels = "|".join(re.escape(word).replace("\\-", r"\s?[-–]?\s?") for word in _longest(raw["labels"]))
    words = [*(title["word"] for title in raw["titles"]), *raw["ranks"], *raw["labels"], *_SIGNS]
    return _Patterns(
        words=re.compile(tree_of(words)),
        name=re.compile(rf"{start}{titles}\s*{_WORD}\s+{surname}"),
        name_with_phone=re.compile(rf"{start}{titles}\s*{_WORD}(?=\s*(?:โทร\S*\s*)?\[โทรศัพท์\])"),
        labelled=re.compile(
            rf"((?:{labels})\s*[:：]\s*){_OFFICE}{_WORD}\s+{surname}"
            rf"|(ชื่อ\s*[:：]?\s*){_WORD}\s+(?:นาม)?สกุล\s*[:：]?\s*{_WORD}"
        ),
    )


def _titles(raw: dict[str, Any]) -> str:
    """Match a title that no other word follows, or a rank, appointed or acting; the longest first."""
    ends = {title["word"]: title.get("not", ()) for title in raw["titles"]} | dict.fromkeys(raw["ranks"], ())
    forms = [_spaced(word) + (f"(?!{'|'.join(ends[word])})" if ends[word] else "") for word in _longest(ends)]
    return rf"(?:ว่าที่\s?)?(?:{'|'.join(forms)})"


def _spaced(word: str) -> str:
    """Match a title with or without a space after each dot."""
    return re.escape(word).replace(r"\.", r"\.\s?")


def tree_of(words: Iterable[str]) -> str:
    """Match any of these words by their common beginnings: four times faster than one after the other."""
    ends: dict[str, list[str]] = {}
    for word in words:
        if not word:
            return ""
        ends.setdefault(word[0], []).append(word[1:])
    forms = [_spaced(letter) + tree_of(rest) for letter, rest in sorted(ends.items())]
    return forms[0] if len(forms) == 1 else f"(?:{'|'.join(forms)})"


def _longest(words: Iterable[str]) -> list[str]:
    """Sort words so that a longer one is tried before one that begins it."""
    return sorted(set(words), key=lambda word: (-len(word), word))


@lru_cache(maxsize=1)
def list_patterns() -> tuple[re.Pattern[str], tuple[str, ...], frozenset[str]]:
    """What tells a list of people: a pattern of its title and heads of names, squeezed, and fields that no list has."""
    raw = specs.load_yaml("personal.yml")
    titles = "|".join(map(squeeze, _longest(raw["list_titles"])))
    followed = "|".join(map(squeeze, raw["list_not_followed"]))
    after = "".join(f"(?<!{squeeze(word)})" for word in raw["list_not_after"])
    heads = tuple(squeeze(word) for word in raw["name_heads"])
    return re.compile(f"{after}(?:{titles})(?!{followed})"), heads, frozenset(raw["subjects"])


@lru_cache(maxsize=1)
def list_words() -> re.Pattern[str]:
    """Match any word of a list of people in a text without spaces, in lower case."""
    raw = specs.load_yaml("personal.yml")
    words = [word.replace(" ", "").lower() for word in (*raw["list_titles"], *raw["name_heads"])]
    return re.compile(tree_of(words))
