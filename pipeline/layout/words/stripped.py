"""Words of heads that lost every mark above and below the line: read where only one word can have been meant."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

from pipeline.thai import strip_marks

_LEAST_LETTERS = 3
_Meaning = TypeVar("_Meaning")


def strip_words(words: Mapping[str, _Meaning]) -> dict[str, _Meaning]:
    """The words without their marks, those left out that could be two, are words themselves, or are too short.

    >>> strip_words({"จังหวัด": 1, "กัน": 2, "กีน": 3, "รวม": 4})
    {'จงหวด': 1}
    """
    meanings: dict[str, set[_Meaning]] = {}
    for word, meaning in words.items():
        meanings.setdefault(strip_marks(word), set()).add(meaning)
    return {
        word: next(iter(found))
        for word, found in meanings.items()
        if len(found) == 1 and word not in words and len(word) >= _LEAST_LETTERS
    }
