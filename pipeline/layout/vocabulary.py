"""Words of table heads -> what a column is; the words themselves are data in specs/vocabulary.yml."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache
from typing import Any

from pipeline import specs
from pipeline.thai import Unit, squeeze, to_arabic_digits, to_buddhist_year

LONGEST_HEADER = 80

_BRACKETS = re.compile(r"\(([^()]*)\)")
_LATIN_TAG = re.compile(r"[a-z_ ]+")
_NUMBER_TAG = re.compile(r"\d{1,2}")
_YEAR = re.compile(r"(?:ปีงบประมาณ|ปีงบ|ปี)?(?:พ\.?ศ\.?|ค\.?ศ\.?)?(?<!\d)((?:25|20|19)\d\d)(?!\d)")
_SHORT_YEAR = re.compile(r"(?:ปีงบประมาณ|ปีงบ|ปี|พ\.?ศ\.?)(\d\d)(?!\d)")
_EDGE = " *:：.;"


@dataclass(frozen=True)
class Heading:
    """What one level of a column's head says.

    Attributes:
        text: the words that are left when unit, year and period are taken out, squeezed.
        field: the canonical field, where the words are one.
        measure: the stage of money, where the words are one.
        is_exact: whether the words as a whole are in the vocabulary, and not only a part of them.
        is_percent: whether the column holds percentages, which are no money.
        category: the expense category of a column of its own.
        year_be: a year in the head, Buddhist.
        period: Q1-Q4 or M01-M12, where the head names one.
        unit: the unit in brackets, money or other, as printed.
    """

    text: str
    field: str | None = None
    measure: str | None = None
    is_exact: bool = False
    is_percent: bool = False
    category: str | None = None
    year_be: int | None = None
    period: str | None = None
    unit: str | None = None

    @property
    def is_known(self) -> bool:
        """Whether this level says anything that a table's head would say."""
        return bool(
            self.field or self.measure or self.is_percent or self.category or self.year_be or self.period
        )


@dataclass(frozen=True)
class Vocabulary:
    """The compiled words; see specs/vocabulary.yml for what each list means."""

    exact: dict[str, tuple[str, str]]
    words: tuple[tuple[str, tuple[str, str]], ...]
    percents: tuple[str, ...]
    categories: dict[str, str]
    money_units: dict[str, Unit]
    count_units: frozenset[str]
    months: tuple[tuple[str, str], ...]
    quarter: re.Pattern[str]
    totals: frozenset[str]
    subtotals: frozenset[str]
    subtotal_starts: tuple[str, ...]
    notes: tuple[str, ...]
    sections: tuple[str, ...]
    offices: tuple[str, ...]
    nil: frozenset[str]
    zero: frozenset[str]
    budget_stages: tuple[tuple[str, str], ...]
    document_stages: tuple[tuple[re.Pattern[str], str, str], ...]
    headings: dict[str, Heading] = field(default_factory=dict, compare=False, repr=False)

    def read_heading(self, text: str) -> Heading:
        """Read one level of a column's head; remembered, since a head's words come again and again."""
        known = self.headings.get(text)
        if known is None:
            known = self.headings[text] = _read_heading(text, self)
        return known

    def find_unit(self, text: str) -> Unit | None:
        """Find the unit of money that a title or a unit cell states: "หน่วย : ล้านบาท", "(ล้านบาท)"."""
        plain = squeeze(text)
        stated = re.search(r"หน่วย[:：]?\(?([^\s()]+)", plain)
        names = [stated.group(1)] if stated else _BRACKETS.findall(plain)
        return next(
            (self.money_units[name.strip(_EDGE)] for name in names if name.strip(_EDGE) in self.money_units),
            None,
        )


@lru_cache(maxsize=1)
def load_vocabulary() -> Vocabulary:
    """Load and compile specs/vocabulary.yml.

    Raises:
        SpecError: a word stands for two things, or a list is missing.
    """
    raw = specs.load_yaml("vocabulary.yml")
    exact, words = _compile_words(raw)
    return Vocabulary(
        exact=exact,
        words=tuple(sorted(words.items(), key=lambda item: -len(item[0]))),
        percents=tuple(squeeze(word) for word in raw["percent"]),
        categories={squeeze(word): word for word in raw["expense_categories"]},
        money_units={
            squeeze(name).strip(_EDGE): Unit(name, Decimal(baht)) for name, baht in raw["money_units"].items()
        },
        count_units=frozenset(raw["count_units"]),
        months=_compile_months(raw),
        quarter=_compile_quarter(raw),
        totals=frozenset(squeeze(word) for word in raw["totals"]),
        subtotals=frozenset(squeeze(word) for word in raw["subtotals"]),
        subtotal_starts=tuple(squeeze(word) for word in raw["subtotal_starts"]),
        notes=tuple(squeeze(word) for word in raw["notes"]),
        sections=tuple(squeeze(word) for word in raw["sections"]),
        offices=tuple(squeeze(word) for word in raw["offices"]),
        nil=frozenset(squeeze(word) for word in raw["nil"]),
        zero=frozenset(squeeze(word) for word in raw["zero"]),
        budget_stages=tuple(
            sorted(
                ((squeeze(word), stage) for stage, names in raw["budget_stages"].items() for word in names),
                key=lambda item: -len(item[0]),
            )
        ),
        document_stages=tuple(
            (re.compile(rule["pattern"]), rule["stage"], rule["source"]) for rule in raw["document_stages"]
        ),
    )


def _compile_words(raw: dict[str, Any]) -> tuple[dict[str, tuple[str, str]], dict[str, tuple[str, str]]]:
    """Split the lists into words that count only as a whole and words that count inside a longer head."""
    exact: dict[str, tuple[str, str]] = {}
    words: dict[str, tuple[str, str]] = {}
    for name, lists in raw["fields"].items():
        for word in lists.get("words", ()):
            _claim(words, word, ("field", name))
        for word in lists.get("exact", ()):
            _claim(exact, word, ("field", name))
    for name, measure_words in raw["measures"].items():
        for word in measure_words:
            _claim(words, word, ("measure", name))
    for name, measure_words in raw["measures_exact"].items():
        for word in measure_words:
            _claim(exact, word, ("measure", name))
    return {**words, **exact}, words


def _claim(table: dict[str, tuple[str, str]], word: str, meaning: tuple[str, str]) -> None:
    """Enter a word once; the same word for two things would be a guess."""
    key = squeeze(str(word)).strip(_EDGE) or squeeze(str(word))
    known = table.setdefault(key, meaning)
    specs.require(
        known == meaning, f'vocabulary.yml: "{word}"', f"stands for {known[1]} and {meaning[1]}; keep one"
    )


def _compile_months(raw: dict[str, Any]) -> tuple[tuple[str, str], ...]:
    """Pair each month's short and full name with its period code, M10 for October."""
    codes = [f"M{(9 + number) % 12 + 1:02d}" for number in range(12)]
    names = [*zip(raw["months_full"], codes, strict=True), *zip(raw["months"], codes, strict=True)]
    return tuple((squeeze(name), code) for name, code in names)


def _compile_quarter(raw: dict[str, Any]) -> re.Pattern[str]:
    """Match a word for a quarter and its number, the longest word first."""
    words = sorted((squeeze(word) for word in raw["quarters"]), key=len, reverse=True)
    return re.compile(rf"(?:{'|'.join(map(re.escape, words))})([1-4])(?!\d)")


def _read_heading(text: str, vocabulary: Vocabulary) -> Heading:
    """Take unit, year and period out of a head, then look up what is left."""
    if len(text) > LONGEST_HEADER:
        return Heading(text=squeeze(text))
    plain, unit = _take_unit(squeeze(to_arabic_digits(text)), vocabulary)
    plain, period = _take_period(plain, vocabulary)
    plain, year = _take_year(plain)
    rest = plain.strip(_EDGE)
    is_percent = any(word in rest for word in vocabulary.percents) or unit in ("%", "ร้อยละ")
    kind, name, is_exact = _look_up(rest, vocabulary)
    return Heading(
        text=rest,
        unit=unit,
        year_be=year,
        period=period,
        is_percent=is_percent,
        is_exact=is_exact,
        field=name if kind == "field" and not is_percent else None,
        measure=name if kind == "measure" and not is_percent else None,
        category=vocabulary.categories.get(rest),
    )


def _take_unit(plain: str, vocabulary: Vocabulary) -> tuple[str, str | None]:
    """Take bracketed units, latin tags and column numbers out of a head."""
    unit: str | None = None

    def keep_or_take(found: re.Match[str]) -> str:
        nonlocal unit
        inside = found.group(1).strip(_EDGE).removeprefix("หน่วย").strip(_EDGE)
        if inside in vocabulary.money_units or inside in vocabulary.count_units or inside in ("%", "ร้อยละ"):
            unit = inside
            return ""
        return "" if _LATIN_TAG.fullmatch(inside) or _NUMBER_TAG.fullmatch(inside) else found.group(0)

    return _BRACKETS.sub(keep_or_take, plain), unit


def _take_period(plain: str, vocabulary: Vocabulary) -> tuple[str, str | None]:
    """Take a quarter or a month out of a head."""
    quarter = vocabulary.quarter.search(plain)
    if quarter:
        return plain.replace(quarter.group(0), ""), f"Q{quarter.group(1)}"
    for name, code in vocabulary.months:
        if plain.startswith(name):
            return re.sub(r"^\d{2,4}", "", plain.removeprefix(name)), code
    return plain, None


def _take_year(plain: str) -> tuple[str, int | None]:
    """Take a year out of a head; a range of years names none."""
    found = [match for match in _YEAR.finditer(plain) if to_buddhist_year(int(match.group(1)))]
    if len(found) == 1:
        return plain.replace(found[0].group(0), ""), to_buddhist_year(int(found[0].group(1)))
    short = _SHORT_YEAR.search(plain)
    if not found and short:
        return plain.replace(short.group(0), ""), 2500 + int(short.group(1))
    return plain, None


def _look_up(rest: str, vocabulary: Vocabulary) -> tuple[str | None, str | None, bool]:
    """Find the words as a whole, else the longest known word in them."""
    if not rest:
        return None, None, False
    if rest in vocabulary.exact:
        return *vocabulary.exact[rest], True
    for word, (kind, name) in vocabulary.words:
        if word in rest:
            return kind, name, False
    return None, None, False
