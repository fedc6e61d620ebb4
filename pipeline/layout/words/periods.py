"""Periods and years in the words of a head: months, quarters, years, and the days that are none of these."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from pipeline.thai import squeeze, to_buddhist_year

SPAN = "span"
_YEAR = re.compile(r"(?:ปีงบประมาณ|ปีงบ|ปี)?(?:พ\.?ศ\.?|ค\.?ศ\.?)?(?<!\d)((?:25|20|19)\d\d)(?!\d)")
_SHORT_YEAR = re.compile(r"(?:ปีงบประมาณ|ปีงบ|ปี|พ\.?ศ\.?)(\d\d)(?!\d)")
_PART_OF_YEAR = re.compile(
    r"(?:ผล|แผน)?(?:รวม)?(?:รอบ)?(?:ครึ่งปี(?:แรก|หลัง)?|(?<!\d)(?:[1-9]|1[01])เดือน(?:แรก|หลัง)?)"
)
_ERA = r"(?:พ\.?ศ\.?)?"
_CALENDAR_YEAR = r"(?:\d{4}|\d{2})?(?!\d)"
_QUARTERS_OF_SPANS = {
    ("M10", "M12"): "Q1",
    ("M01", "M03"): "Q2",
    ("M04", "M06"): "Q3",
    ("M07", "M09"): "Q4",
}


@dataclass(frozen=True)
class PeriodWords:
    """The compiled words of periods.

    Attributes:
        codes: month's name, squeezed and without dots -> M10 for October.
        month: a month at the start of a head, and the year after it.
        span: from one month to another.
        as_of: the day, month or quarter up to which something is told.
        quarter: a quarter and its number.
        titled_month: a month that a title names as one.
        flows: measures that each period has of its own, and that add up to the year's.
    """

    codes: dict[str, str]
    month: re.Pattern[str]
    span: re.Pattern[str]
    as_of: re.Pattern[str]
    quarter: re.Pattern[str]
    titled_month: re.Pattern[str]
    flows: frozenset[str]


@dataclass(frozen=True)
class Period:
    """What a head says of time.

    Attributes:
        rest: the words that are left.
        code: Q1-Q4, M01-M12, or span for several months that are no quarter.
        year_be: a year that stands in the head for itself.
        month_year_be: the year beside a month, which may be the calendar's or the budget's.
    """

    rest: str
    code: str | None = None
    year_be: int | None = None
    month_year_be: int | None = None


def compile_periods(raw: dict[str, Any]) -> PeriodWords:
    """Compile the lists of months and quarters of vocabulary.yml."""
    codes = [f"M{(9 + number) % 12 + 1:02d}" for number in range(12)]
    short = dict(zip(map(squeeze, raw["months"]), codes, strict=True))
    full = dict(zip(map(squeeze, raw["months_full"]), codes, strict=True))
    misspelt = {squeeze(word): short[squeeze(month)] for word, month in raw["months_misspelt"].items()}
    names = {name.replace(".", ""): code for name, code in (short | full | misspelt).items()}
    words = [re.escape(name) for name in (*full, *misspelt)] + [
        re.escape(name).removesuffix(r"\.") + r"\.?" for name in short
    ]
    dotless = "|".join(re.escape(name.replace(".", "")) for name in short)
    month = rf"(?:{'|'.join(words)}|(?:{dotless})(?![ก-๎]))"
    tail = rf"{_ERA}{_CALENDAR_YEAR}"
    quarters = "|".join(sorted((re.escape(squeeze(word)) for word in raw["quarters"]), key=len, reverse=True))
    return PeriodWords(
        codes=names,
        month=re.compile(rf"(?:ประจำ)?(?:เดือน)?({month}){_ERA}((?:\d{{4}}|\d{{2}})?)(?!\d)"),
        span=re.compile(rf"\(?({month}){tail}(?:[-–—]|ถึง)({month}){tail}\)?"),
        as_of=re.compile(
            rf"\(?(?:ข้อมูล)?(?:(?:ณ|ถึง)(?:วันที่|สิ้นเดือน|เดือน|สิ้น)?(?:\d{{0,2}}{month}{tail}|(?:{quarters})[1-4])"
            rf"|\d{{1,2}}{month}{tail})\)?"
        ),
        quarter=re.compile(rf"(?:{quarters})([1-4])(?!\d)"),
        titled_month=re.compile(rf"เดือน({month})"),
        flows=frozenset(raw["flows"]),
    )


def take_period(plain: str, words: PeriodWords) -> Period:
    """Take what a head says of time out of its squeezed words; a day up to which something is told is no period."""
    plain = words.as_of.sub("", plain)
    quarter = words.quarter.search(plain)
    if quarter:
        rest, year = take_year(words.span.sub("", plain.replace(quarter.group(0), "")))
        return Period(rest, f"Q{quarter.group(1)}", year)
    span = words.span.search(plain)
    if span:
        ends = (_code(span.group(1), words), _code(span.group(2), words))
        rest, year = take_year(plain.replace(span.group(0), ""))
        return Period(rest, _QUARTERS_OF_SPANS.get(ends, SPAN), year)
    if _PART_OF_YEAR.search(plain):
        rest, year = take_year(_PART_OF_YEAR.sub("", plain))
        return Period(rest, SPAN, year)
    month = words.month.match(plain)
    if month:
        rest, year = take_year(plain[month.end() :])
        return Period(rest, _code(month.group(1), words), year, _full_year(month.group(2)))
    rest, year = take_year(plain)
    return Period(rest, None, year)


def take_year(plain: str) -> tuple[str, int | None]:
    """Take a year out of a head; a range of years names none.

    >>> take_year("งบประมาณปี2566"), take_year("พ.ศ.2566-2570")
    (('งบประมาณ', 2566), ('พ.ศ.2566-2570', None))
    """
    found = [match for match in _YEAR.finditer(plain) if to_buddhist_year(int(match.group(1)))]
    if len(found) == 1:
        return plain.replace(found[0].group(0), ""), to_buddhist_year(int(found[0].group(1)))
    short = _SHORT_YEAR.search(plain)
    if not found and short:
        return plain.replace(short.group(0), ""), 2500 + int(short.group(1))
    return plain, None


def _code(name: str, words: PeriodWords) -> str:
    """The code of a month's name."""
    return words.codes[name.replace(".", "")]


def _full_year(digits: str) -> int | None:
    """Complete the year beside a month."""
    return None if not digits else 2500 + int(digits) if len(digits) == 2 else to_buddhist_year(int(digits))
