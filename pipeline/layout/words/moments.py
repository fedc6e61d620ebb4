"""Months and dates that stand in heads and cells, real dates and texts alike."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from pipeline.layout.words.vocabulary import Vocabulary
from pipeline.thai import squeeze, to_arabic_digits, to_buddhist_year
from pipeline.workbook import Cell

_ISO = re.compile(r"(\d{4})-(\d\d)(?:-\d\d)?(?:[t ].*)?")
_OCTOBER = 10
_TWO_DIGITS = 2


@dataclass(frozen=True)
class Moment:
    """A month, and the calendar year that it is in where one is named.

    Attributes:
        month: 1-12.
        calendar_be: the calendar year, Buddhist.
    """

    month: int
    calendar_be: int | None

    @property
    def period(self) -> str:
        """The month as core_indicator has it."""
        return f"M{self.month:02d}"

    def year_be(self, basis: str) -> int | None:
        """The year in which it is counted: the fiscal one of October and later is the next."""
        if self.calendar_be is None:
            return None
        return self.calendar_be + (basis == "FY" and self.month >= _OCTOBER)


def read_moment(value: Cell, vocabulary: Vocabulary) -> Moment | None:
    """Read a cell as a month: a date, "2005-10-01", "ต.ค. 48", "พย. 48", "มกราคม"; None where it is none."""
    if isinstance(value, date):
        return Moment(value.month, to_buddhist_year(value.year))
    if not isinstance(value, str) or not value:
        return None
    plain = to_arabic_digits(squeeze(value))
    iso = _ISO.fullmatch(plain)
    if iso and 1 <= int(iso.group(2)) <= 12:
        return Moment(int(iso.group(2)), to_buddhist_year(int(iso.group(1))))
    return _read_name(plain.replace(".", ""), vocabulary)


def _read_name(plain: str, vocabulary: Vocabulary) -> Moment | None:
    """Read a month's name, its full stops left out, with a year of two or four digits behind it or none."""
    for name, code in vocabulary.periods.codes.items():
        if not plain.startswith(name):
            continue
        rest = plain.removeprefix(name)
        if not rest:
            return Moment(int(code[1:]), None)
        if rest.isdecimal() and len(rest) in (_TWO_DIGITS, 4):
            year = 2500 + int(rest) if len(rest) == _TWO_DIGITS else to_buddhist_year(int(rest))
            return Moment(int(code[1:]), year)
    return None


def agrees(moment: Moment, year_be: int) -> bool:
    """Whether a month can stand under a year, fiscal or calendar."""
    return moment.calendar_be is None or year_be in (moment.year_be("FY"), moment.year_be("CY"))
