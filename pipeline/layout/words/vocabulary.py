"""Words of table heads -> what a column is; the words themselves are data in specs/vocabulary.yml."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property, lru_cache
from typing import Any

from pipeline import specs
from pipeline.layout.words.lookup import find_category, look_up
from pipeline.layout.words.periods import PeriodWords, compile_periods, take_period
from pipeline.layout.words.stripped import strip_words
from pipeline.layout.words.word_lists import (
    EDGE,
    by_key,
    compile_documents,
    compile_ends,
    compile_stages,
    compile_words,
)
from pipeline.thai import Unit, squeeze, to_arabic_digits

LONGEST_HEADER = 80

_UNIT_WORDS = re.compile(
    r"(?:หน่วย(?:เงิน|นับ)?|(?:จำนวนเงิน|ตัวเลข|งบประมาณ|มูลค่า)(?:ในตาราง)?(?=เป็น))(?:เป็น|[:：])?\(?([^\s()]+)"
)
_BRACKETS = re.compile(r"\(([^()]*)\)")
_ROUND = str.maketrans("[]{}", "()()")
_LATIN_TAG = re.compile(r"[a-z_ ]+")
_NUMBER_TAG = re.compile(r"\d{1,2}")


@dataclass(frozen=True)
class Heading:
    """What one level of a column's head says.

    Attributes:
        text: the words that are left when unit, year and period are taken out, squeezed.
        field: the canonical field, where the words are one.
        measure: the stage of money, where the words are one.
        is_exact: whether the words as a whole are in the vocabulary, and not only a part of them.
        is_percent: whether the column holds percentages, which are no money.
        is_weak: whether the words name money only under a head, or with a unit, that does: แผน, ผล.
        is_bare: whether the words name money and no stage, so that a head above decides: จำนวนเงิน.
        category: the expense category of a column of its own.
        fund_source: the source of money of a column of its own.
        is_grouped: whether that source counts only under a head that speaks of money.
        month_year_be: a year beside a month, the calendar's or the budget's.
        year_be: a year in the head, Buddhist.
        period: Q1-Q4 or M01-M12, where the head names one.
        unit: the unit in brackets, money or other, as printed.
    """

    text: str
    field: str | None = None
    measure: str | None = None
    is_exact: bool = False
    is_percent: bool = False
    is_weak: bool = False
    is_bare: bool = False
    category: str | None = None
    fund_source: str | None = None
    is_grouped: bool = False
    year_be: int | None = None
    month_year_be: int | None = None
    period: str | None = None
    unit: str | None = None

    @property
    def is_bare_year(self) -> bool:
        """Whether it is a year and nothing else."""
        return bool(self.year_be) and not (self.text or self.period or self.unit)

    @property
    def is_known(self) -> bool:
        """Whether this level says anything that a table's head would say."""
        return bool(
            self.field
            or self.measure
            or self.is_percent
            or self.category
            or (self.fund_source and not self.is_grouped)
            or self.year_be
            or self.period
        )


@dataclass(frozen=True)
class Vocabulary:
    """The compiled words; see specs/vocabulary.yml for what each list means."""

    exact: dict[str, tuple[str, str]]
    words: tuple[tuple[str, tuple[str, str]], ...]
    leads: tuple[tuple[str, tuple[str, str]], ...]
    starts: tuple[tuple[str, tuple[str, str]], ...]
    ends: tuple[tuple[str, tuple[str, str]], ...]
    weak: frozenset[str]
    bare: frozenset[str]
    percents: tuple[str, ...]
    categories: dict[str, str]
    fund_sources: dict[str, str]
    fund_sources_in_groups: frozenset[str]
    money_units: dict[str, Unit]
    count_units: frozenset[str]
    unit_tail: re.Pattern[str]
    periods: PeriodWords
    totals: frozenset[str]
    subtotals: frozenset[str]
    total_starts: tuple[str, ...]
    subtotal_starts: tuple[str, ...]
    subtotal_ends: tuple[str, ...]
    shares: tuple[str, ...]
    notes: tuple[str, ...]
    signatures: tuple[str, ...]
    page_line: re.Pattern[str]
    outflows: tuple[str, ...]
    dittos: frozenset[str]
    bullets: tuple[str, ...]
    activity_starts: tuple[str, ...]
    project_starts: tuple[str, ...]
    sections: tuple[str, ...]
    first_letters: frozenset[str]
    offices: tuple[str, ...]
    nil: frozenset[str]
    zero: frozenset[str]
    budget_stages: tuple[tuple[str, str], ...]
    document_stages: tuple[tuple[re.Pattern[str], str, str], ...]
    headings: dict[str, Heading] = field(default_factory=dict, compare=False, repr=False)

    @cached_property
    def stripped(self) -> dict[str, tuple[str, str]]:
        """The words that count as a whole, without their marks."""
        return strip_words(self.exact)

    def read_heading(self, text: str) -> Heading:
        """Read one level of a column's head; remembered, since a head's words come again and again."""
        known = self.headings.get(text)
        if known is None:
            known = self.headings[text] = _read_heading(text, self)
        return known

    def find_unit(self, text: str) -> Unit | None:
        """Find the unit of money that a title or a unit cell states: "หน่วย : ล้านบาท", "(ล้านบาท)"."""
        plain = squeeze(text)
        names = [*_UNIT_WORDS.findall(plain), *_BRACKETS.findall(plain), plain]
        return next(
            (self.money_units[name.strip(EDGE)] for name in names if name.strip(EDGE) in self.money_units),
            None,
        )


# Lists of words with which a text begins, or ends.
_BEGINNINGS = (
    "total_starts", "subtotal_starts", "subtotal_ends", "shares", "notes", "signatures", "activity_starts",
    "project_starts", "sections", "offices", "outflows",
)  # fmt: skip


def _beginnings(raw: dict[str, Any]) -> dict[str, Any]:
    """Compile the lists of words with which a text begins."""
    return {name: tuple(sorted(_squeezed(raw[name]))) for name in _BEGINNINGS}


@lru_cache(maxsize=1)
def load_vocabulary() -> Vocabulary:
    """Load and compile specs/vocabulary.yml.

    Raises:
        SpecError: a word stands for two things, or a list is missing.
    """
    raw = specs.load_yaml("vocabulary.yml")
    exact, words = compile_words(raw)
    units = {
        squeeze(name).strip(EDGE): Unit(name, Decimal(baht)) for name, baht in raw["money_units"].items()
    }
    return Vocabulary(
        exact=exact,
        words=tuple(sorted(words.items(), key=lambda item: -len(item[0]))),
        leads=compile_ends(raw, "leads"),
        starts=compile_ends(raw, "starts"),
        ends=compile_ends(raw, "ends"),
        weak=_squeezed(raw["weak_measures"]),
        bare=_squeezed(raw["bare_amounts"]),
        percents=tuple(sorted(_squeezed(raw["percent"]))),
        categories=by_key(raw["expense_categories"]),
        fund_sources=by_key(raw["fund_sources"]),
        fund_sources_in_groups=frozenset(by_key(raw["fund_sources_in_groups"])),
        money_units=units,
        count_units=frozenset(raw["count_units"]),
        unit_tail=re.compile(rf"(?:หน่วย(?:เงิน|นับ)?[:：]?)?({'|'.join(map(re.escape, units))})\.?$"),
        periods=compile_periods(raw),
        totals=_squeezed(raw["totals"]),
        subtotals=_squeezed(raw["subtotals"]),
        page_line=re.compile("|".join(f"(?:{pattern})" for pattern in raw["page_lines"])),
        **_beginnings(raw),
        dittos=_squeezed(raw["dittos"]),
        bullets=tuple(raw["bullets"]),
        first_letters=frozenset(word[:1] for word in _squeezed([*raw["sections"], *raw["total_starts"]])),
        nil=_squeezed(raw["nil"]),
        zero=_squeezed(raw["zero"]),
        budget_stages=compile_stages(raw["budget_stages"]),
        document_stages=compile_documents(raw["document_stages"]),
    )


def _squeezed(words: list[str]) -> frozenset[str]:
    """A list of words in the form in which they are compared."""
    return frozenset(squeeze(word) for word in words)


def _read_heading(text: str, vocabulary: Vocabulary) -> Heading:
    """Take unit, year and period out of a head, then look up what is left."""
    if len(text) > LONGEST_HEADER:
        return Heading(text=squeeze(text))
    plain, unit = _take_unit(squeeze(to_arabic_digits(text)), vocabulary)
    period = take_period(plain, vocabulary.periods)
    rest = period.rest.strip(EDGE)
    is_percent = any(word in rest for word in vocabulary.percents) or unit in ("%", "ร้อยละ")
    kind, name, is_exact = look_up(rest, vocabulary, is_money=unit in vocabulary.money_units)
    return Heading(
        text=rest,
        unit=unit,
        year_be=period.year_be,
        month_year_be=period.month_year_be,
        period=period.code,
        is_percent=is_percent,
        is_exact=is_exact,
        is_weak=rest in vocabulary.weak,
        is_bare=rest in vocabulary.bare,
        field=name if kind == "field" and not is_percent else None,
        measure=name if kind == "measure" and not is_percent else None,
        category=find_category(rest, vocabulary),
        fund_source=vocabulary.fund_sources.get(rest),
        is_grouped=rest in vocabulary.fund_sources_in_groups,
    )


def _take_unit(plain: str, vocabulary: Vocabulary) -> tuple[str, str | None]:
    """Take bracketed units, latin tags and column numbers out of a head."""
    unit: str | None = None

    def keep_or_take(found: re.Match[str]) -> str:
        nonlocal unit
        inside = found.group(1).strip(EDGE).removeprefix("หน่วย").strip(EDGE)
        if inside in vocabulary.money_units or inside in vocabulary.count_units or inside in ("%", "ร้อยละ"):
            unit = inside
            return ""
        return "" if _LATIN_TAG.fullmatch(inside) or _NUMBER_TAG.fullmatch(inside) else found.group(0)

    plain = _BRACKETS.sub(keep_or_take, plain.translate(_ROUND))
    tail = None if unit else vocabulary.unit_tail.search(plain)
    return (plain[: tail.start()], tail.group(1)) if tail else (plain, unit)
