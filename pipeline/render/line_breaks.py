"""Where a line of a PDF may not end: inside the words that the dictionary of line breaks does not know."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from pipeline.specs import load_csv, load_yaml

JOINER, BREAK, HARD_SPACE = "\u2060", "\u200b", "\u00a0"
PROVINCE = "จังหวัด"
THAI = re.compile("[ก-ฮเ-ไ\u0e30-\u0e4c]")
# A letter, or a vowel that stands before its letter, is where a cluster of Thai begins.
CLUSTER = re.compile("(?<![เ-ไ\u2060])(?=[ก-ฮเ-ไ])(?!^)")
INSIDE = re.compile(f"(?<=[\u0e00-\u0e7f]){CLUSTER.pattern}")
REPEATED = re.compile("(?<=[\u0e00-\u0e7f])(?P<space> ?)(?P<mark>[ๆฯ])")
# Headings are the bookmarks of the PDF too, which stay as typed.
HEADING = re.compile("^=+ .*$", re.MULTILINE)


def keep_words(text: str) -> str:
    """Mark where the lines of a Typst source may not end, and where they may beside its dictionary.

    >>> keep_words("คำขอใดๆ").replace(JOINER, "~")
    'คำ~ข~อใด~ๆ'
    >>> keep_words("จังหวัดกระบี่มี").replace(JOINER, "~").replace(BREAK, "|")
    'จั~ง~ห~วั~ด|ก~ระ~บี่|มี'
    >>> keep_words("(ภูเก็ต)").replace(JOINER, "~")
    '(ภู~เก็~ต)'
    >>> keep_words("รายการงบประมาณ").replace(JOINER, "~").replace(BREAK, "|")
    'รา~ย~กา~ร|ง~บ~ป~ระ~มา~ณ'
    >>> keep_words("= คำขอ")
    '= คำขอ'
    """
    parts, last = [], 0
    for heading in HEADING.finditer(text):
        parts += [_keep(text[last : heading.start()]), heading.group()]
        last = heading.end()
    return "".join([*parts, _keep(text[last:])])


def keep_whole(text: str) -> str:
    """Mark a text as having no place in its Thai where a line may end.

    >>> keep_whole("(คดี/คน)").replace(JOINER, "~")
    '(ค~ดี/ค~น)'
    """
    return INSIDE.sub(JOINER, text)


def warm_up() -> None:
    """Read once the words that every PDF keeps whole."""
    _words()
    _provinces()


def _keep(text: str) -> str:
    marked, pattern = _words()
    text = _provinces().sub(_whole, text)
    text = _keep_each(text, marked, pattern)
    return REPEATED.sub(lambda found: (HARD_SPACE if found["space"] else JOINER) + found["mark"], text)


def _keep_each(text: str, marked: Mapping[str, str], pattern: re.Pattern[str]) -> str:
    """Mark the words; two that stand together may part, where the dictionary sees one word without an end."""
    parts, last = list[str](), 0
    for found in pattern.finditer(text):
        between = BREAK if found.start() == last > 0 else text[last : found.start()]
        parts += [between, marked[found.group()]]
        last = found.end()
    return "".join([*parts, text[last:]])


def _whole(found: re.Match[str]) -> str:
    """A province's name without a place to break in it, but beside it where Thai goes on."""
    beside = found.string[found.start() - 1 : found.start()], found.string[found.end() : found.end() + 1]
    before, after = (BREAK if THAI.match(sign) else "" for sign in beside)
    return before + CLUSTER.sub(JOINER, found.group()) + after


@cache
def _words() -> tuple[Mapping[str, str], re.Pattern[str]]:
    written = [str(word) for word in load_yaml("whole_words.yml")["words"]]
    marked = {
        word.replace("|", ""): BREAK.join(CLUSTER.sub(JOINER, part) for part in word.split("|"))
        for word in written
    }
    longest_first = sorted(marked, key=len, reverse=True)
    return MappingProxyType(marked), re.compile("|".join(map(re.escape, longest_first)))


@cache
def _provinces() -> re.Pattern[str]:
    """A province's name after its word or at the start of a word; many are part of other words too."""
    names = "|".join(row["name_th"] for row in load_csv("provinces.csv", columns=("name_th",)))
    return re.compile(f"(?:(?<={PROVINCE})|(?<![\u0e00-\u0e7f]))(?:{names})(?![\u0e30-\u0e3a\u0e45-\u0e4e.])")
