"""Names of agencies as offices write them -> the kind of agency; a name that several kinds have is refused."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from pipeline import specs
from pipeline.provinces import load_gazetteer
from pipeline.reference.tables import load_tables
from pipeline.thai import squeeze, to_arabic_digits

WORDS = "agency_words.yml"
_PROVINCE = "จังหวัด"
_OFFICE = "สำนักงาน"
_THAI = re.compile("[\u0e01-\u0e4e]")
_UNDOTTED = str.maketrans("", "", ".ฯ")


@dataclass(frozen=True)
class Resolved:
    """What a name of an agency came to.

    Attributes:
        agency_code: the kind of agency; None where it is not resolved.
        match_type: name, short, bare, start, ambiguous or unknown, as core_agency_name says.
        province_code: the province that the name holds.
        candidates: the kinds that have an ambiguous name.
    """

    agency_code: str | None
    match_type: str
    province_code: str | None
    candidates: tuple[str, ...] = ()


@dataclass(frozen=True)
class Book:
    """What names are compared with.

    Attributes:
        forms: match type -> plain form -> the kinds that have it.
        starts: squeezed names after which a place or a number stands, the longest first, with what follows and kind.
        place: matches the province at the end of a squeezed name.
        office: matches a word for office at the beginning.
        cut: matches from where a name is no name any more.
    """

    forms: dict[str, dict[str, frozenset[str]]]
    starts: tuple[tuple[str, str, str], ...]
    place: re.Pattern[str]
    office: re.Pattern[str]
    cut: re.Pattern[str]

    def resolve(self, text: str) -> Resolved:
        """Take off office, province and branch, and look what is left up; no near match is ever taken."""
        name = self.cut.sub("", squeeze(text))
        stems, province, has_word = self._part(name)
        for match_type, forms in self.forms.items():
            for stem in stems:
                kinds = forms.get(_plain(stem, self.office, is_bare=match_type == "bare"))
                if kinds:
                    return _answer(kinds, match_type, province)
        kinds = self._begin(name)
        if kinds:
            return _answer(kinds, "start", province if has_word else None)
        return Resolved(None, "unknown", province)

    def _part(self, name: str) -> tuple[list[str], str | None, bool]:
        """Part a name from its province: what may be its own, the province, and whether a word says that it is one."""
        found = self.place.search(name)
        if not found or not found.start():
            return [name, name.removesuffix(_PROVINCE)], None, False
        stem, code = name[: found.start()], load_gazetteer().names[found.group(2)].province_code
        if found.group(1) is None:
            return [name, stem], code, False
        # The จ. of สยจ. is its own.
        return [name, name[: found.start(2)], stem + _PROVINCE, stem], code, True

    def _begin(self, name: str) -> frozenset[str]:
        """The kinds with the longest name that this one begins with, where what follows is of its sort."""
        hits = [
            (start, kind)
            for start, followed_by, kind in self.starts
            if name.startswith(start) and _follows(name[len(start) :], followed_by)
        ]
        return frozenset(kind for start, kind in hits if start == hits[0][0])


def resolve_agencies(names: Iterable[str]) -> list[dict[str, Any]]:
    """Resolve names of agencies.

    Returns:
        One row per name, in its order; columns of core_agency_name.
    """
    book = load_book()
    return [_row(name, book.resolve(name)) for name in names]


@lru_cache(maxsize=1)
def load_book() -> Book:
    """Compile what names of agencies are compared with.

    Raises:
        SpecError: a file is wrong; names file and line.
    """
    words = specs.load_yaml(WORDS)
    office = re.compile(f"^(?:{_any_of(map(squeeze, words['offices']))})")
    names = [name for name in load_gazetteer().names if _THAI.search(name)]
    return Book(
        forms=_list_forms(load_tables()["core_agency"], office),
        starts=_list_starts(load_tables()["core_agency"]),
        place=re.compile(f"({_any_of(map(squeeze, words['provinces']))})?({_any_of(names)})$"),
        office=office,
        cut=re.compile(f"(?<=.)(?:{_any_of(words['cut_from'])}).*$"),
    )


def _list_forms(
    agencies: list[dict[str, Any]], office: re.Pattern[str]
) -> dict[str, dict[str, frozenset[str]]]:
    """Every form by match type: the name, its short forms, and both without office and province."""
    forms: dict[str, dict[str, set[str]]] = {"name": {}, "short": {}, "bare": {}}
    for agency in agencies:
        name, code = squeeze(agency["name_th"]), agency["agency_code"]
        short = [squeeze(word) for word in _short_forms(agency)]
        forms["name"].setdefault(_plain(name, office, is_bare=False), set()).add(code)
        # ภ. is a region of the police only before its number.
        for word in short if agency["followed_by"] != "number" else ():
            forms["short"].setdefault(_plain(word, office, is_bare=False), set()).add(code)
        for word in (name, *(short if agency["followed_by"] != "number" else ())):
            bare = _plain(word, office, is_bare=True).removesuffix(_PROVINCE)
            forms["bare"].setdefault(bare, set()).add(code)
    return {
        kind: {form: frozenset(codes) for form, codes in one.items() if form} for kind, one in forms.items()
    }


def _list_starts(agencies: list[dict[str, Any]]) -> tuple[tuple[str, str, str], ...]:
    """Every name and short form after which something but a province stands, of one kind alone."""
    owners = Counter(word for agency in agencies for word in {agency["name_th"], *_short_forms(agency)})
    starts = [
        (squeeze(word), agency["followed_by"], agency["agency_code"])
        for agency in agencies
        if agency["followed_by"] in ("place", "number")
        for word in (agency["name_th"], *_short_forms(agency))
        if owners[word] == 1
    ]
    return tuple(sorted(starts, key=lambda start: (-len(start[0]), start)))


def _short_forms(agency: dict[str, Any]) -> list[str]:
    """The short forms and other names of a kind."""
    return [word for word in (agency["short_forms"] or "").split("|") if word]


def _plain(name: str, office: re.Pattern[str], *, is_bare: bool) -> str:
    """A squeezed name without dots, with one word for office or none."""
    return office.sub("" if is_bare else _OFFICE, name).translate(_UNDOTTED)


def _follows(rest: str, followed_by: str) -> bool:
    """Whether what follows a name is what may follow it."""
    return to_arabic_digits(rest).isdecimal() if followed_by == "number" else bool(rest)


def _answer(kinds: frozenset[str], match_type: str, province: str | None) -> Resolved:
    """One kind, or that there are several."""
    if len(kinds) == 1:
        return Resolved(next(iter(kinds)), match_type, province)
    return Resolved(None, "ambiguous", province, tuple(sorted(kinds)))


def _row(name: str, found: Resolved) -> dict[str, Any]:
    """One row of core_agency_name."""
    return {"agency_name": name, **vars(found), "candidates": "|".join(found.candidates) or None}


def _any_of(words: Iterable[str]) -> str:
    """A pattern of any of these words, the longest first."""
    return "|".join(re.escape(word) for word in sorted(set(words), key=len, reverse=True))
