"""Days and periods as Thai offices write them: Buddhist years, two digits, months in every spelling; pure functions."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache

from pipeline import specs
from pipeline.errors import CellError
from pipeline.thai import BUDDHIST_ERA, clean_text, squeeze, thai_date, to_arabic_digits, to_buddhist_year

_FIRST_MONTH_OF_YEAR = 10
_TIME = re.compile(r"[ T]\d{1,2}:\d\d(?::\d\d(?:\.\d+)?)?(?: ?น\.)?$")
_NUMERIC = re.compile(r"(\d{1,2})[/.\-](\d{1,2})[/.\-](\d{4}|\d\d)")
_ISO = re.compile(r"(\d{4})[/.\-](\d{1,2})[/.\-](\d{1,2})")
_NUMERIC_WITHIN = re.compile(r"\d{1,4}[/.\-]\d{1,2}[/.\-]\d{2,4}")
_BRACKETED = re.compile(r"(.*)\((.*)\)")
_ERA = r"(?:พ\.?ศ\.?|ปี)*"
_YEAR = rf"{_ERA}(\d{{4}}|\d\d)"


@dataclass(frozen=True)
class Period:
    """From a day to a day, both included."""

    start: date
    end: date


@dataclass(frozen=True)
class _Point:
    """One end of a period as far as it is stated; the year is Buddhist."""

    day: int | None
    month: int | None
    year: int | None


@dataclass(frozen=True)
class _Words:
    """The compiled words of specs/dates.yml and the months of specs/vocabulary.yml."""

    months: dict[str, int]
    day_of_month: re.Pattern[str]
    whole_year: re.Pattern[str]
    quarters: re.Pattern[str]
    until: re.Pattern[str]
    before: re.Pattern[str]
    speaking: re.Pattern[str]


@lru_cache(maxsize=1)
def load_months() -> dict[str, int]:
    """Load every spelling of a month, squeezed: full, short, and the typos that are listed; January is 1.

    Raises:
        SpecError: a spelling stands for two months.
    """
    raw = specs.load_yaml("vocabulary.yml")
    numbers = [(9 + place) % 12 + 1 for place in range(12)]
    listed = [*zip(raw["months_full"], numbers, strict=True), *zip(raw["months"], numbers, strict=True)]
    also = specs.load_yaml("dates.yml")["months_also"]
    listed += [(word, number) for number, words in also.items() for word in words]
    months: dict[str, int] = {}
    for word, number in listed:
        key = squeeze(word)
        known = months.setdefault(key, number)
        specs.require(known == number, f'dates.yml: "{word}"', "one month only")
    return months


def read_day(value: date | str) -> date:
    """Read a cell that holds one day: a date, or a text such as "1 ต.ค. 63", "29 ก.พ. 2563", "๑/๑๐/๒๕๖๓".

    Args:
        value: a date typed in Buddhist years ("2564-10-01" as the spreadsheet has it) is taken for what was meant.

    Raises:
        CellError: `date_impossible`, there is no such day (30 February); `date_unreadable`, it is no day.

    >>> read_day("29 ก.พ. 2563"), read_day(date(2564, 10, 1)), read_day("30 ก.ย. 64")
    (datetime.date(2020, 2, 29), datetime.date(2021, 10, 1), datetime.date(2021, 9, 30))
    """
    if isinstance(value, date):
        return _real_day(value)
    point = _read_point(_plain(value))
    if point is None or not (point.day and point.month and point.year):
        raise _unreadable(value)
    return _day(value, point.day, point.month, point.year)


def is_buddhist(value: date) -> bool:
    """Whether a date of a spreadsheet was typed with a Buddhist year."""
    return to_buddhist_year(value.year) == value.year


def read_period(value: date | str, *, fiscal_year_be: int | None) -> Period | None:
    """Read a cell that says when something is done; None where it names no month and no day ("60 วัน", "ตามแผน").

    Args:
        value: the cell: "1 ต.ค. 63 – 30 ก.ย. 64", "มี.ค. – พ.ค.65", "ไตรมาส 2-3", "ตลอดปีงบประมาณ", or one date.
        fiscal_year_be: the row's fiscal year, which says the year where the text does not.

    Raises:
        CellError: `date_impossible`, `period_backwards`, or `date_unreadable` where it does name months or days.

    >>> read_period("มี.ค. – พ.ค.65", fiscal_year_be=None)
    Period(start=datetime.date(2022, 3, 1), end=datetime.date(2022, 5, 31))
    >>> read_period("ไตรมาส 2-3", fiscal_year_be=2565)
    Period(start=datetime.date(2022, 1, 1), end=datetime.date(2022, 6, 30))
    """
    if isinstance(value, date):
        day = _real_day(value)
        return Period(day, day)
    plain = _plain(value)
    bracketed = _BRACKETED.fullmatch(plain)
    for part in (plain, *(bracketed.groups() if bracketed else ())):
        points = _read_points(part, fiscal_year_be)
        if points:
            return _settle(value, *points, fiscal_year_be=fiscal_year_be)
    if _words().speaking.search(plain) or _NUMERIC_WITHIN.search(plain):
        raise _unreadable(value)
    return None


def _real_day(value: date) -> date:
    """Take a date of a spreadsheet for what was meant: a Buddhist year is no year to come."""
    day = value.date() if isinstance(value, datetime) else value
    return _day(str(day), day.day, day.month, day.year) if is_buddhist(day) else day


def _plain(text: str) -> str:
    """Bring a text into the form in which dates are read."""
    plain = squeeze(_TIME.sub("", to_arabic_digits(clean_text(text))))
    return plain.replace("–", "-").replace("—", "-").replace("−", "-")


def _read_points(plain: str, fiscal_year_be: int | None) -> tuple[_Point, _Point] | None:
    """Read a text as two ends: of a year, of quarters, of one day or month, or of a range."""
    words = _words()
    whole = words.whole_year.fullmatch(plain)
    if whole:
        return _months_of_year(1, 4, _year(whole.group(1)) or fiscal_year_be)
    quarters = words.quarters.fullmatch(plain)
    if quarters:
        first, last, year = quarters.groups()
        return _months_of_year(int(first), int(last or first), _year(year) or fiscal_year_be)
    point = _read_point(plain)
    if point and point.month:
        return point, point
    for separator in words.until.finditer(plain):
        first_end, last_end = plain[: separator.start()], plain[separator.end() :]
        start, end = _read_point(first_end), _read_point(last_end)
        if start and end and end.month:
            return start, end
    return None


def _months_of_year(first: int, last: int, year: int | None) -> tuple[_Point, _Point] | None:
    """The first and last month of quarters of a fiscal year; nothing where no year is known."""
    if year is None or last < first:
        return None
    start, end = ((quarter * 3 + 6 + place) % 12 + 1 for quarter, place in ((first, 0), (last, 2)))
    return tuple(_Point(None, month, _year_of_month(month, year)) for month in (start, end))  # type: ignore[return-value]


def _year_of_month(month: int, fiscal_year_be: int) -> int:
    """The Buddhist year in which a month of a fiscal year lies."""
    return fiscal_year_be - (month >= _FIRST_MONTH_OF_YEAR)


def _read_point(plain: str) -> _Point | None:
    """Read one end: a day in figures, or a month with or without day and year, or a bare day of a range."""
    bare = _words().before.sub("", plain)
    iso = _ISO.fullmatch(bare)
    if iso:
        return _Point(int(iso.group(3)), int(iso.group(2)), _year(iso.group(1)))
    numeric = _NUMERIC.fullmatch(bare)
    if numeric:
        return _Point(int(numeric.group(1)), int(numeric.group(2)), _year(numeric.group(3)))
    worded = _words().day_of_month.fullmatch(bare)
    if worded:
        day, month, year = worded.groups()
        if year and _year(year) is None:
            return None
        return _Point(int(day) if day else None, _words().months[_undotted(month)], _year(year))
    return _Point(int(bare), None, None) if bare.isdecimal() and len(bare) <= 2 else None


def _year(digits: str | None) -> int | None:
    """Complete a Buddhist year; two digits are one of the 2500s from 2550 on, and what else is none."""
    if not digits:
        return None
    number = int(digits)
    return 2500 + number if 50 <= number <= 99 else to_buddhist_year(number)


def _settle(text: object, start: _Point, end: _Point, *, fiscal_year_be: int | None) -> Period | None:
    """Fill what one end leaves to the other or to the fiscal year; None where nothing says the year."""
    last_month = end.month or 0
    first_month = start.month or last_month
    last_year = end.year or (
        _year_of_month(last_month, fiscal_year_be) if fiscal_year_be and not start.year else None
    )
    first_year = start.year
    if last_year is None and first_year is not None:
        last_year = first_year + (last_month < first_month)
    if last_year is None:
        return None
    if first_year is None:
        first_year = last_year - ((first_month, start.day or 1) > (last_month, end.day or 31))
    last_day = end.day or _last_day(last_month, last_year)
    period = Period(
        _day(text, start.day or 1, first_month, first_year), _day(text, last_day, last_month, last_year)
    )
    if period.end < period.start:
        detail = f'"{text}" สิ้นสุดก่อนวันเริ่ม ({thai_date(period.start)} ถึง {thai_date(period.end)})  แก้วันที่ในไฟล์'
        raise CellError("period_backwards", detail)
    return period


def _last_day(month: int, year: int) -> int:
    """The last day of a month of a Buddhist year; any number where there is no such month."""
    return calendar.monthrange(year - BUDDHIST_ERA, month)[1] if 1 <= month <= 12 else 31


def _day(text: object, day: int, month: int, year: int) -> date:
    """Make a day of a Buddhist year.

    Raises:
        CellError: there is no such day.
    """
    try:
        return date(year - BUDDHIST_ERA, month, day)
    except ValueError:
        raise CellError("date_impossible", f'"{text}" ไม่มีในปฏิทิน  แก้วันที่ในไฟล์ เช่น 30 ก.ย. 2565') from None


def _unreadable(text: object) -> CellError:
    """Say that a text is no day and no period."""
    return CellError(
        "date_unreadable", f'อ่าน "{text}" เป็นวันที่ไม่ได้  ใช้รูปแบบ เช่น 1 ต.ค. 2564 หรือ ต.ค. 64 - ก.ย. 65'
    )


def _undotted(month: str) -> str:
    """Spell a month as in the table of months."""
    return month.replace(".", "")


@lru_cache(maxsize=1)
def _words() -> _Words:
    """Compile the words."""
    raw, vocabulary = specs.load_yaml("dates.yml"), specs.load_yaml("vocabulary.yml")
    months = {_undotted(word): number for word, number in load_months().items()}
    spelt = "|".join(_with_dots(word) for word in _longest_first(months))
    quarter = f"(?:{_any_of(vocabulary['quarters'])})"
    until = f"(?:-|{_any_of(raw['until'])})"
    spoken = _any_of(word for word in load_months() if "." in word or len(word) > 4)
    return _Words(
        months=months,
        day_of_month=re.compile(rf"(\d{{1,2}})?(?:เดือน)?({spelt})(?:{_YEAR})?"),
        whole_year=re.compile(rf"(?:{_any_of(raw['whole_year'])})(?:{_YEAR})?"),
        quarters=re.compile(
            rf"{quarter}([1-4])(?:(?:{until}|,|และ){quarter}?([1-4]))?(?:/?(?:ปีงบประมาณ)?{_YEAR})?"
        ),
        until=re.compile(until),
        before=re.compile(rf"^(?:{_any_of(raw['before'])})"),
        speaking=re.compile(rf"{spoken}|{quarter}"),
    )


def _with_dots(word: str) -> str:
    """Match a short month with or without each of its dots."""
    return r"\.?".join(re.escape(letter) for letter in word) + r"\.?" if len(word) <= 4 else re.escape(word)


def _any_of(words: Iterable[str]) -> str:
    """A pattern of any of these words, the longest first."""
    return "|".join(re.escape(word) for word in _longest_first(map(squeeze, words)))


def _longest_first(words: Iterable[str]) -> list[str]:
    """Sort words so that a longer one is tried before one that begins it."""
    return sorted(set(words), key=lambda word: (-len(word), word))
