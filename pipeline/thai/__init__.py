"""Thai text, digits, Buddhist years and baht as offices write them; pure functions."""

from __future__ import annotations

from pipeline.thai.baht import BAHT, UNIT_BAHT, Unit, parse_baht, parse_number
from pipeline.thai.proposals import read_product
from pipeline.thai.text import (
    clean_text,
    has_marks,
    pad_text,
    squeeze,
    strip_marks,
    to_arabic_digits,
    to_thai_digits,
    width_of,
)
from pipeline.thai.years import BUDDHIST_ERA, fiscal_year_of, thai_date, to_buddhist_year

__all__ = [
    "BAHT",
    "BUDDHIST_ERA",
    "UNIT_BAHT",
    "Unit",
    "clean_text",
    "fiscal_year_of",
    "has_marks",
    "pad_text",
    "parse_baht",
    "parse_number",
    "read_product",
    "squeeze",
    "strip_marks",
    "thai_date",
    "to_arabic_digits",
    "to_buddhist_year",
    "to_thai_digits",
    "width_of",
]
