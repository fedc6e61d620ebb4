"""Names where people sign: known by where they stand, with or without a title; words in specs/personal.yml."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from pipeline import specs
from pipeline.personal import MASK_NAME, tree_of
from pipeline.thai import squeeze

_WORD = "(?:[\u0e01-\u0e2e\u0e40-\u0e44][\u0e01-\u0e4e]+|ณ|[A-Z][a-z]+)"
_NAME = rf"{_WORD}(?:\s+{_WORD}){{1,3}}"
_FILL = r"[\s._…·-]*"
# Where a line is drawn to sign on.
_DRAWN = re.compile(r"[._…]{4,}|…")
_BRACKETED = re.compile(rf"(\({_FILL})({_NAME})({_FILL}\))")
_PAIR = rf"{_WORD}\s+{_WORD}"


@dataclass(frozen=True)
class _Words:
    """The compiled words of the signature block.

    Attributes:
        signs: begins a line to sign on.
        beside: the same, with a name behind.
        any_word: any word of a place to sign.
        roles: who signs, without spaces.
        rows: how many used rows below belong to it.
        not_parts: what no name has in it.
        not_words: what no name is.
    """

    signs: tuple[str, ...]
    beside: re.Pattern[str]
    any_word: re.Pattern[str]
    roles: frozenset[str]
    rows: int
    not_parts: tuple[str, ...]
    not_words: frozenset[str]


@lru_cache(maxsize=1)
def _words() -> _Words:
    raw = specs.load_yaml("personal.yml")["signature"]
    signs = tuple(map(squeeze, raw["signs"]))
    beside = rf"^(\s*\(?(?:{'|'.join(map(re.escape, signs))})[\s._…·:)-]+)({_PAIR})(?![\u0e01-\u0e4e])"
    return _Words(
        signs=signs,
        beside=re.compile(beside),
        any_word=re.compile(tree_of([*raw["signs"], *raw["roles"]])),
        roles=frozenset(map(squeeze, raw["roles"])),
        rows=raw["rows"],
        not_parts=tuple(raw["not_parts"]),
        not_words=frozenset(raw["not_words"]),
    )


def signature_rows() -> int:
    """How many used rows below a place to sign may hold the name of who signs."""
    return _words().rows


def is_place_to_sign(text: str) -> bool:
    """Whether a text has a line on which somebody signs.

    >>> is_place_to_sign("ลงชื่อ ............ ผู้รายงาน"), is_place_to_sign("...........ผู้อนุมัติ")
    (True, True)
    >>> is_place_to_sign("ผู้รายงาน"), is_place_to_sign("ผู้รายงานตัวต่อศาล")
    (True, False)
    """
    return any(map(_is_line_to_sign, text.split("\n")))


def _is_line_to_sign(line: str) -> bool:
    plain = squeeze(line).lstrip("(")
    words = _words()
    if plain.startswith(words.signs):
        return True
    if not any(role in plain for role in words.roles):
        return False
    return bool(_DRAWN.search(plain)) or plain.strip("():") in words.roles


def mask_signed(text: str, *, below: bool) -> str:
    """Take the name of who signs out of a text where people sign.

    Args:
        text: a cell's text, of one line or several.
        below: whether it stands below a place to sign; else it is one.

    >>> mask_signed("(สมชาย ใจดี)", below=True), mask_signed("(ผู้ว่าราชการ จังหวัดสุโขทัย)", below=True)
    ('([ชื่อบุคคล])', '(ผู้ว่าราชการ จังหวัดสุโขทัย)')
    >>> mask_signed("ลงชื่อ สมชาย ใจดี ผู้รายงาน", below=False)
    'ลงชื่อ [ชื่อบุคคล] ผู้รายงาน'
    """
    lines = []
    is_below = below
    for line in text.split("\n"):
        signs = _is_line_to_sign(line)
        if signs or (is_below and line.lstrip().startswith("(")):
            line = _BRACKETED.sub(_masked, line)
        if signs:
            line = _words().beside.sub(_masked, line)
        is_below = is_below or signs
        lines.append(line)
    return "\n".join(lines)


def _masked(found: re.Match[str]) -> str:
    """What stands instead of a name; a post, an office or a project stays."""
    words = _words()
    name = found[2]
    if any(part in name for part in words.not_parts) or not words.not_words.isdisjoint(name.split()):
        return found[0]
    return found[1] + MASK_NAME + (found[3] if found.re.groups > 2 else "")


def may_be_signed(joined: str) -> bool:
    """Whether a text, or many joined, is worth looking at for places to sign; fast, and never wrongly no."""
    return bool(_words().any_word.search(joined.replace(" ", "")))


def find_places_to_sign(texts: Iterable[str]) -> frozenset[str]:
    """Those of a sheet's different texts that are places to sign."""
    return frozenset(text for text in texts if may_be_signed(text) and is_place_to_sign(text))


def mask_lines(lines: Sequence[str]) -> list[str]:
    """Take the names of who sign out of lines of text, one below the other."""
    masked = []
    left = 0
    for line in lines:
        if is_place_to_sign(line):
            left = signature_rows() + 1
        masked.append(mask_signed(line, below=0 < left <= signature_rows()) if left else line)
        left = max(left - 1, 0)
    return masked
