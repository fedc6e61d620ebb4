"""Numbers, money, years and dates as a Thai reader of a government brief expects them; pure functions."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

import pandas as pd

from pipeline.brief_text.said import figure, join_said

MISSING = "ไม่มีข้อมูล"
MILLION = 1_000_000
MONTHS = (
    "มกราคม", "กุมภาพันธ์", "มีนาคม", "เมษายน", "พฤษภาคม", "มิถุนายน",
    "กรกฎาคม", "สิงหาคม", "กันยายน", "ตุลาคม", "พฤศจิกายน", "ธันวาคม",
)  # fmt: skip


def is_missing(value: object) -> bool:
    """Say whether a cell of a frame holds nothing (None, NaN, NaT or NA)."""
    return value is None or value is pd.NA or value is pd.NaT or value != value


def format_number(value: object, decimals: int = 0) -> str:
    """Write a number with thousands separators, halves rounded up; what is missing says so and is never 0.

    >>> format_number(Decimal("1234.5"), 2)
    '1,234.50'
    >>> format_number(None)
    'ไม่มีข้อมูล'
    """
    if is_missing(value):
        return MISSING
    rounded = Decimal(str(value)).quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)
    return figure(f"{abs(rounded) if rounded == 0 else rounded:,}")


def format_baht(value: object) -> str:
    """Write an amount in baht to the satang, as tables show it."""
    return format_number(value, 2)


def format_money(value: object) -> str:
    """Write an amount of baht for a sentence: millions to two decimals, smaller amounts in baht.

    >>> format_money(Decimal("130244000"))
    '130.24 ล้านบาท'
    >>> format_money(Decimal("96500.50"))
    '96,500.50 บาท'
    """
    if is_missing(value):
        return MISSING
    exact = Decimal(str(value))
    if abs(exact) >= MILLION:
        return figure(f"{format_number(exact / MILLION, 2)} ล้านบาท")
    return figure(f"{format_number(exact, 0 if exact == exact.to_integral_value() else 2)} บาท")


def format_share(value: object, decimals: int = 1) -> str:
    """Write a percentage as Thai documents do.

    >>> format_share(12.345)
    'ร้อยละ 12.3'
    """
    return MISSING if is_missing(value) else join_said(("ร้อยละ ", format_number(value, decimals)))


def format_year(value: object) -> str:
    """Write a Buddhist year; it takes no thousands separator."""
    return MISSING if is_missing(value) else str(int(Decimal(str(value))))


def format_years(years: Iterable[int]) -> str:
    """Write years as runs.

    >>> format_years([2545, 2546, 2547, 2550])
    '2545–2547 และ 2550'
    """
    runs: list[list[int]] = []
    for year in sorted({int(year) for year in years}):
        if runs and year == runs[-1][-1] + 1:
            runs[-1].append(year)
        else:
            runs.append([year])
    return join_thai(f"{run[0]}–{run[-1]}" if len(run) > 1 else str(run[0]) for run in runs)


def format_date_be(day: object) -> str:
    """Write a date in full with its Buddhist year.

    >>> format_date_be(date(2022, 11, 5))
    '5 พฤศจิกายน 2565'
    """
    if not isinstance(day, date) or is_missing(day):
        return MISSING
    return f"{day.day} {MONTHS[day.month - 1]} {day.year + 543}"


def join_thai(parts: Iterable[str]) -> str:
    """Join names for a sentence.

    >>> join_thai(["ก", "ข", "ค"])
    'ก ข และ ค'
    """
    *head, last = [*parts] or [""]
    return f"{' '.join(head)} และ {last}" if head else last


def shorten(text: str, limit: int) -> str:
    """Cut a long text at `limit` characters, never between a consonant and its vowel or tone mark."""
    if len(text) <= limit:
        return text
    end = limit - 1
    while end > 1 and (unicodedata.category(text[end]) == "Mn" or text[end] in "ะาำ"):
        end -= 1
    return text[:end].rstrip() + "…"
