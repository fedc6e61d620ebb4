"""What a name in a table of statistics stands for, and which columns are no figures: specs/figure_words.yml."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from pipeline import specs
from pipeline.layout.model import SUBTOTAL, TOTAL
from pipeline.layout.words.vocabulary import Vocabulary
from pipeline.thai import squeeze, to_arabic_digits, to_buddhist_year
from pipeline.workbook import Cell

_BRACKETS = re.compile(r"\([^()]*\)")
_NUMBER = re.compile(r"[-(]?(?:\d[\d,]*\.?\d*|\.\d+)%?\)?")
_EDGE = " *:：.;"


@dataclass(frozen=True)
class FigureWords:
    """The compiled words; see specs/figure_words.yml for what each list means."""

    nation: frozenset[str]
    regions: frozenset[str]
    region_starts: tuple[str, ...]
    region_pattern: re.Pattern[str]
    code_heads: frozenset[str]
    code_words: tuple[str, ...]
    year_words: tuple[str, ...]
    fiscal_words: tuple[str, ...]
    not_added: frozenset[str]

    def area_role(self, text: str, vocabulary: Vocabulary) -> str | None:
        """Tell the name of the nation or of a total, and that of a region; None for any other name."""
        plain = _BRACKETS.sub("", squeeze(text)) or squeeze(text)
        bare = plain.strip(_EDGE)
        if {plain, bare} & self.nation or bare in vocabulary.totals:
            return TOTAL
        is_region = {plain, bare} & self.regions or plain.startswith(self.region_starts)
        return SUBTOTAL if is_region or self.region_pattern.fullmatch(bare) else None

    def is_code(self, heads: Sequence[str]) -> bool:
        """Whether a column's head, squeezed and the leaf last, says that it holds codes, numbers of rows or places."""
        leaf = heads[-1].strip(_EDGE) if heads else ""
        return leaf in self.code_heads or any(word in leaf for word in self.code_words)

    def is_year(self, heads: Sequence[str]) -> bool:
        """Whether a column's head speaks of years."""
        return any(word in head for head in heads for word in self.year_words)

    def is_fiscal(self, text: str) -> bool:
        """Whether a squeezed text speaks of fiscal years."""
        return any(word in text for word in self.fiscal_words)


@lru_cache(maxsize=1)
def load_figure_words() -> FigureWords:
    """Load specs/figure_words.yml.

    Raises:
        SpecError: a list is missing.
    """
    raw = specs.load_yaml("figure_words.yml")
    lists = {}
    for name in (*FigureWords.__dataclass_fields__, "region_patterns"):
        if name != "region_pattern":
            specs.require(isinstance(raw.get(name), list), f"figure_words.yml: {name}", "a list of words")
            lists[name] = tuple(squeeze(str(word)) for word in raw[name])
    return FigureWords(
        nation=frozenset(lists["nation"]),
        regions=frozenset(lists["regions"]),
        region_starts=lists["region_starts"],
        region_pattern=re.compile("|".join(lists["region_patterns"])),
        code_heads=frozenset(lists["code_heads"]),
        code_words=lists["code_words"],
        year_words=lists["year_words"],
        fiscal_words=lists["fiscal_words"],
        not_added=frozenset(lists["not_added"]),
    )


def is_figure(value: Cell) -> bool:
    """Whether a cell holds a number, as a number or as text; a year is one too.

    >>> is_figure(2526.0), is_figure("1,106\\n"), is_figure("ปี 2554"), is_figure("-")
    (True, True, False, False)
    """
    if isinstance(value, float | int):
        return not isinstance(value, bool)
    return isinstance(value, str) and _is_number(value)


@lru_cache(maxsize=65536)
def _is_number(text: str) -> bool:
    """Whether a text is a number; remembered, since text files hold the same ones again and again."""
    return bool(_NUMBER.fullmatch(to_arabic_digits(squeeze(text))))


def is_year_cell(value: Cell) -> bool:
    """Whether a cell holds a year of four digits and nothing else."""
    if isinstance(value, str):
        digits = to_arabic_digits(squeeze(value))
        return digits.isdecimal() and to_buddhist_year(int(digits)) is not None
    if isinstance(value, float | int) and not isinstance(value, bool):
        return float(value).is_integer() and to_buddhist_year(int(value)) is not None
    return False
