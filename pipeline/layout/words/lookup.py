"""What the words of a head stand for: as a whole, as alternatives, in two languages, else by the longest known part."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

from pipeline.layout.words.word_lists import EDGE

if TYPE_CHECKING:
    from pipeline.layout.words.vocabulary import Vocabulary

GENERIC = "budget"
_PROJECT = ("field", "project_name")
# What a name may stand in one column with: ยุทธศาสตร์/โครงการ; งบประมาณ/โครงการ is money, and no name.
_BESIDE_NAMES = frozenset({"project_name", "plan_group", "activity", "item", "output", "agency"})
_LATIN = re.compile(r"\(?[a-z][a-z.]*\)?")
_THAI = re.compile(r"[ก-๙]")
_BRACKETS = re.compile(r"\([^()]*\)")

Found = tuple[str | None, str | None, bool]


def look_up(rest: str, vocabulary: Vocabulary, *, is_money: bool = False) -> Found:
    """Find what squeezed words stand for.

    Args:
        rest: the words, without unit, year and period.
        vocabulary: what words mean.
        is_money: whether a unit of money stood beside them.

    Returns:
        "field" or "measure", its name, and whether the words as a whole are known; None twice where nothing is.
    """
    if not rest:
        return None, None, False
    whole = _whole(rest, vocabulary)
    if whole:
        return *whole, True
    if _names_projects(rest, vocabulary):
        return *_PROJECT, False
    leads = () if is_money else vocabulary.leads
    found = _beginning(rest, leads) or _part(rest, vocabulary) or _beginning(rest, vocabulary.starts)
    found = found or next((meant for word, meant in vocabulary.ends if rest.endswith(word)), None)
    return (*found, False) if found else (None, None, False)


def _beginning(rest: str, words: Iterable[tuple[str, tuple[str, str]]]) -> tuple[str, str] | None:
    """What the first of some words stands for with which a head begins."""
    return next((meant for word, meant in words if rest.startswith(word)), None)


def _part(rest: str, vocabulary: Vocabulary) -> tuple[str, str] | None:
    """What the longest known word in a head stands for."""
    for word, (kind, name) in vocabulary.words:
        if word in rest:
            return kind, _stage(rest.replace(word, ""), vocabulary) if name == GENERIC else name
    return None


def find_category(rest: str, vocabulary: Vocabulary) -> str | None:
    """The expense category that a head names, with or without what it is made of: งบลงทุน(ค่าครุภัณฑ์)."""
    return vocabulary.categories.get(rest) or vocabulary.categories.get(_BRACKETS.sub("", rest))


def _whole(rest: str, vocabulary: Vocabulary) -> tuple[str, str] | None:
    """What the words as a whole stand for: with their marks or without any, or one of two languages."""
    found = vocabulary.exact.get(rest) or vocabulary.stripped.get(rest)
    if found or not _THAI.search(rest):
        return found
    thai = _LATIN.sub("", rest).strip(EDGE + "/")
    return None if thai == rest else vocabulary.exact.get(thai)


def _names_projects(rest: str, vocabulary: Vocabulary) -> bool:
    """Whether one of alternatives is a project's own word, and the others only what may head projects."""
    parts = [part.strip(EDGE) for part in rest.split("/")]
    meant = [vocabulary.exact.get(part) for part in parts]
    if len(parts) < 2 or _PROJECT not in meant:
        return False
    return all(
        found in (None, _PROJECT) or found[1] in _BESIDE_NAMES or part.startswith(vocabulary.sections)
        for part, found in zip(parts, meant, strict=True)
    ) and not any(
        found is None and not part.startswith(vocabulary.sections) and _holds_a_word(part, vocabulary)
        for part, found in zip(parts, meant, strict=True)
    )


def _holds_a_word(part: str, vocabulary: Vocabulary) -> bool:
    """Whether any known word stands in one of the alternatives."""
    return any(word in part for word, _ in vocabulary.words)


def _stage(rest: str, vocabulary: Vocabulary) -> str:
    """The stage that words beside a generic one for money say: งบประมาณคงเหลือ remains, วงเงินที่ขอ was asked for."""
    stages = (name for word, (kind, name) in vocabulary.words if kind == "measure" and word in rest)
    kind, name = vocabulary.exact.get(rest.strip(EDGE).removeprefix("ที่"), ("", GENERIC))
    return next(stages, name if kind == "measure" else GENERIC)
