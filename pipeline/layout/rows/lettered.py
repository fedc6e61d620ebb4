"""Rows that are lettered ก. ข. ค. and stand above rows that are numbered."""

from __future__ import annotations

import re
from collections.abc import Iterable

# The letters with which lists are lettered, in order; จ. with a space behind it, since จ.สุโขทัย is a province.
_LETTER = re.compile(r"\(?([กขคงฉชซ]|จ(?=[.)](?:\s|$)))[.)](?:\s+|$|(?=[ก-ฮเแโใไ](?!\.)))")
_FIRST, _SECOND = "ก", "ข"
ABOVE = 0


def letter_of(text: str) -> str | None:
    """The letter that a text begins with as its number.

    >>> letter_of("ก. แผนงานพื้นฐาน"), letter_of("(ข) ด้านสังคม"), letter_of("ค."), letter_of("ก.พ.ร."), letter_of("กองทุน")
    ('ก', 'ข', 'ค', None, None)
    """
    found = _LETTER.match(text)
    return found.group(1) if found else None


def without_letter(text: str) -> str:
    """A text without the letter that is its number."""
    return _LETTER.sub("", text, count=1)


def are_lettered(texts: Iterable[str]) -> bool:
    """Whether texts are a list that is lettered: its first letter is ก, and ข comes after it."""
    letters = [letter for text in texts if (letter := letter_of(text))]
    return _SECOND in letters and letters[0] == _FIRST
