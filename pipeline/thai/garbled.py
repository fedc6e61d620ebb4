"""Thai text that was read in the wrong encoding: read back where only one reading is possible."""

from __future__ import annotations

import re
from functools import lru_cache

_THAI = "\u0e01-\u0e3a\u0e3f-\u0e5b"
_LETTER = "\u0e01-\u0e2e"
_MARK = "\u0e31\u0e34-\u0e3a\u0e47-\u0e4e"
_PLAIN = re.compile(rf"[{_THAI}\x20-\x7e\s\u00a0–—‘’“”•…]*")
# A mark stands on a letter, at most two on one; a vowel that is written before its letter has one after it.
_IMPOSSIBLE = re.compile(
    rf"(?<![{_LETTER}{_MARK}])[{_MARK}]|[{_MARK}]{{4}}|(?<![{_LETTER}{_MARK}])[\u0e30\u0e32\u0e33]"
    rf"|[\u0e40-\u0e44](?![{_LETTER}])|[{_THAI}][A-Za-z]|[A-Za-z][{_THAI}]"
)
_FEWEST_LETTERS = 4
# Bytes of Thai shown as Western letters; UTF-8 bytes of Thai shown as Thai letters: every third a เ, then ธ or น.
_WESTERN = re.compile("[\u00a1-\u00ff][\u00a1-\u00ff]|\u00e0[\u00b8\u00b9]")
_DOUBLED = re.compile("\u0e40[\u0e18\u0e19][^\\s\\x21-\\x7e]\u0e40[\u0e18\u0e19][^\\s\\x21-\\x7e]")
_LOST = "\ufffd"
# How a text went wrong: what its letters are the bytes of, and what those bytes really were.
_WAYS = (
    ("cp1252", "utf-8", "UTF-8 ที่ถูกอ่านเป็นอักษรตะวันตก"),
    ("cp874", "utf-8", "UTF-8 ที่ถูกอ่านเป็น TIS-620"),
    ("cp1252", "cp874", "TIS-620 ที่ถูกอ่านเป็นอักษรตะวันตก"),
)


def may_be_garbled(text: str) -> bool:
    """Whether a text, or many joined, is worth looking at more closely; fast."""
    return bool(_WESTERN.search(text) or _DOUBLED.search(text) or _LOST in text)


def is_damaged(text: str) -> bool:
    """Whether letters of a text are lost for good."""
    return _LOST in text


@lru_cache(maxsize=4096)
def read_back(text: str, *, like: frozenset[str] = frozenset()) -> tuple[str, str] | None:
    """Read a garbled text as what it was.

    Args:
        text: the text as received.
        like: what had happened to longer texts beside it; a text of a few letters says too little alone.

    Returns:
        The text and what had happened to it, in Thai; None where it is not garbled, or not certainly so: every letter
        of the reading must be Thai or ASCII, marks must stand on letters, and no other reading may do as well.

    >>> read_back("¨Ñ§ËÇÑ´")
    ('จังหวัด', 'TIS-620 ที่ถูกอ่านเป็นอักษรตะวันตก')
    >>> read_back("โครงการ"), read_back("café à la carte")
    (None, None)
    """
    if not may_be_garbled(text) or is_damaged(text):
        return None
    readings: dict[str, str] = {}
    for shown_as, really, how in _WAYS:
        reading = _read_as(text, shown_as, really)
        if reading is not None and _is_plausible(reading, fewest=0 if how in like else _FEWEST_LETTERS):
            readings.setdefault(reading, how)
    return next(iter(readings.items())) if len(readings) == 1 else None


def _read_as(text: str, shown_as: str, really: str) -> str | None:
    """Take a text's letters for bytes and read those; None where that cannot be."""
    content = bytearray()
    for letter in text:
        code = _byte_of(letter, shown_as)
        if code is None:
            return None
        content.append(code)
    try:
        return content.decode(really)
    except UnicodeDecodeError:
        return None


@lru_cache(maxsize=1024)
def _byte_of(letter: str, codec: str) -> int | None:
    """The byte that a codec shows as a letter; a byte that it does not know is shown as the control of its number."""
    try:
        return letter.encode(codec)[0]
    except UnicodeEncodeError:
        return ord(letter) if ord(letter) < 256 else None


def _is_plausible(reading: str, *, fewest: int) -> bool:
    """Whether a text is Thai as it is written, and not garbled itself."""
    return (
        not reading.isascii()
        and len(re.findall(f"[{_LETTER}]", reading)) >= fewest
        and _PLAIN.fullmatch(reading) is not None
        and _IMPOSSIBLE.search(reading) is None
        and not may_be_garbled(reading)
    )
