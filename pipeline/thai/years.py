"""Buddhist years, fiscal years and dates as they are printed."""

from __future__ import annotations

from datetime import date

BUDDHIST_ERA = 543
_MONTHS = ("ม.ค.", "ก.พ.", "มี.ค.", "เม.ย.", "พ.ค.", "มิ.ย.", "ก.ค.", "ส.ค.", "ก.ย.", "ต.ค.", "พ.ย.", "ธ.ค.")


def to_buddhist_year(year: int) -> int | None:
    """Read a four-digit year, Buddhist or Christian, as a Buddhist one; None where it can be neither.

    >>> to_buddhist_year(2022), to_buddhist_year(2565), to_buddhist_year(65)
    (2565, 2565, None)
    """
    if 2400 <= year <= 2699:
        return year
    if 1900 <= year <= 2156:
        return year + BUDDHIST_ERA
    return None


def fiscal_year_of(day: date) -> int:
    """Name the Thai fiscal year, 1 October to 30 September, by the Buddhist year in which it ends.

    >>> fiscal_year_of(date(2021, 9, 30)), fiscal_year_of(date(2021, 10, 1))
    (2564, 2565)
    """
    return day.year + BUDDHIST_ERA + (day.month >= 10)


def thai_date(day: date) -> str:
    """Write a date as Thai documents do.

    >>> thai_date(date(2021, 4, 30))
    '30 เม.ย. 2564'
    """
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year + BUDDHIST_ERA}"
