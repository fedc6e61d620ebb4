"""specs/ -> the gazetteer: names, what stands around them, and how they look without their marks."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable
from functools import lru_cache

from pipeline import specs
from pipeline.provinces.gazetteer import Gazetteer, Province, Resolved, Words
from pipeline.thai import squeeze, strip_marks

_NOT_A_MARK = "(?![\u0e30-\u0e3a\u0e47-\u0e4e])"
_NOT_IN_A_WORD = "(?![\u0e01-\u0e4e])"


@lru_cache(maxsize=1)
def load_gazetteer() -> Gazetteer:
    """Load the provinces and their aliases from specs/.

    Raises:
        SpecError: there are not 77, a code or a name stands twice, or an alias names another province.
    """
    rows = specs.load_csv(
        "provinces.csv", columns=("province_code", "name_th", "name_en", "abbr_th", "abbr_en")
    )
    provinces = {row["province_code"]: _read_province(row) for row in rows}
    specs.require(len(provinces) == 77, "provinces.csv", "77 provinces, each code once")
    names = {squeeze(province.name_th): Resolved(code, "exact") for code, province in provinces.items()}
    specs.require(len(names) == 77, "provinces.csv", "77 different names")
    for province in provinces.values():
        names.setdefault(squeeze(province.name_en), Resolved(province.province_code, "english"))
    stripped = _strip_names(names)
    _add_aliases(names, provinces)
    raw = specs.load_yaml("province_words.yml")
    words, bare_words = _compile_words(raw, squeeze), _compile_words(raw, _squeeze_stripped)
    return Gazetteer(
        provinces=provinces,
        names=names,
        short=_read_short(rows),
        stripped={name: found for name, found in stripped.items() if name not in names},
        words=words,
        stripped_words=bare_words,
        mention=_compile_mention(raw, words, names, _NOT_A_MARK),
        stripped_mention=_compile_mention(raw, bare_words, stripped, _NOT_IN_A_WORD),
        how_th=raw["how"],
        how_told=frozenset(raw["how_told"]),
    )


def _add_aliases(names: dict[str, Resolved], provinces: dict[str, Province]) -> None:
    """Add what specs/province_aliases.csv lists."""
    lines = specs.load_csv("province_aliases.csv", columns=("alias", "province_code", "kind"))
    for number, row in enumerate(lines, start=2):
        key = squeeze(row["alias"])
        where = f"province_aliases.csv, line {number}"
        specs.require(row["province_code"] in provinces, where, "a province_code of provinces.csv")
        specs.require(
            key not in names or names[key].province_code == row["province_code"],
            where,
            "an alias of one province only",
        )
        names.setdefault(key, Resolved(row["province_code"], row["kind"]))
    hows = {found.how for found in names.values()}
    known = specs.load_yaml("province_words.yml")["how"]
    specs.require(
        hows <= set(known), "province_aliases.csv", f"kinds of province_words.yml: {', '.join(known)}"
    )


def _strip_names(names: dict[str, Resolved]) -> dict[str, Resolved]:
    """The official names that have marks, without them; forms that two names share are left out."""
    forms = Counter(strip_marks(name) for name in names)
    return {
        form: Resolved(found.province_code, "stripped")
        for name, found in names.items()
        if (form := strip_marks(name)) != name and forms[form] == 1
    }


def _read_short(rows: list[dict[str, str]]) -> dict[str, Resolved]:
    """Codes and abbreviations of every province, squeezed.

    Raises:
        SpecError: one stands for two provinces.
    """
    short: dict[str, Resolved] = {}
    for row in rows:
        code = row["province_code"]
        forms = {code: "code", row["iso_code"]: "code", f"{code}-{row['name_en']}": "code"}
        keys = {squeeze(form.replace(" ", "-")): how for form, how in forms.items()}
        keys |= {squeeze(row["abbr_th"]): "abbreviation", row["abbr_en"].upper(): "abbreviation"}
        for key, how in keys.items():
            specs.require(key not in short, f'provinces.csv: "{key}"', "one province only")
            short[key] = Resolved(code, how)
    return short


def _squeeze_stripped(text: str) -> str:
    """Squeeze a text and take its marks off."""
    return strip_marks(squeeze(text))


def _compile_words(raw: dict[str, list[str]], form: Callable[[str], str]) -> Words:
    """Compile what stands around a name, in a form; the longest word first."""
    before = [form(word) for word in (*raw["prefixes"], *raw["offices"])]
    return Words(
        before=re.compile(_any_of(before)),
        offices=frozenset(form(word) for word in raw["offices"]),
        suffix=re.compile(f"(?:{_any_of([form(word) for word in raw['suffixes']])})"),
        documents=tuple(sorted(map(form, raw["documents"]), key=len, reverse=True)),
        cased={squeeze(word): word for word in raw["cased"]},
    )


def _compile_mention(
    raw: dict[str, list[str]], words: Words, names: dict[str, Resolved], end: str
) -> re.Pattern[str]:
    """Match a word that says province, and the name after it."""
    guards = "".join(f"(?<!{re.escape(word)})" for word in raw["not_after"])
    return re.compile(rf"{guards}(?:{words.before.pattern})\s?({_any_of(names)}){end}")


def _any_of(words: Iterable[str]) -> str:
    """A pattern of any of these words, the longest first."""
    return "|".join(re.escape(word) for word in sorted(set(words), key=len, reverse=True))


def _read_province(row: dict[str, str]) -> Province:
    """Read one line of provinces.csv."""
    slug = f"{row['province_code']}-{row['name_en'].lower().replace(' ', '-')}"
    return Province(
        row["province_code"],
        row["iso_code"],
        row["name_th"],
        row["name_en"],
        slug,
        row["cluster"] or None,
        row["region4"],
        row["region6"],
        row["is_pilot"] == "yes",
    )
