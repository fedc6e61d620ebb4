"""What a cell of money that is no single amount may mean: proposed to a person, and never used unconfirmed."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal
from functools import lru_cache
from math import prod

from pipeline import specs
from pipeline.thai.text import squeeze

_COMMA_FOR_POINT = re.compile(r"(\d{1,3}(?:,\d{3})*),(\d{1,2})")
_AMOUNT = r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?(?:ล้าน|แสน|หมื่น|พัน)?"
_BAHT_WORD = r"(?:\(?บาท\)?|บ\.|฿)?"
_ONE = re.compile(rf"(?<![\d,.])({_AMOUNT})(?![\d,.])")
_TIMES = re.compile(r"[^\dx*×✕]*[x*×✕]")
_PRODUCT = re.compile(rf"{_BAHT_WORD}{_AMOUNT}(?:{_TIMES.pattern}{_AMOUNT})+[^\dx*×✕]*")
_COMPOUND = re.compile(rf"(?:\d+(?:\.\d+)?(?:ล้าน|แสน|หมื่น|พัน)){{2,}}{_BAHT_WORD}")
_RANGE = re.compile(rf"({_AMOUNT}){_BAHT_WORD}(?:-|–|—|ถึง)({_AMOUNT}){_BAHT_WORD}")
_SUM = re.compile(rf"{_AMOUNT}{_BAHT_WORD}(?:\+{_AMOUNT}{_BAHT_WORD})+")
_SCALES = {"ล้าน": 1_000_000, "แสน": 100_000, "หมื่น": 10_000, "พัน": 1_000}


def propose_amount(plain: str) -> str | None:
    """Propose how a text could be meant; None where nothing in it can be.

    Args:
        plain: the text, squeezed, with Arabic digits.

    >>> propose_amount("300,000x3รุ่น"), propose_amount("7,863,52"), propose_amount("ประมาณ5แสน")
    ('900,000 (300,000 x 3)', '7,863.52 หรือ 786,352', '500,000')
    """
    for read in _WAYS:
        proposal = read(plain)
        if proposal:
            return proposal
    return None


def _wrong_comma(plain: str) -> str | None:
    """A comma where a point may be meant, or a digit may be missing."""
    found = _COMMA_FOR_POINT.fullmatch(plain)
    return f"{found.group(1)}.{found.group(2)} หรือ {int(plain.replace(',', '')):,}" if found else None


def read_product(plain: str) -> Decimal | None:
    """Multiply so much each by so many times; None where a text is no product.

    Args:
        plain: the text, squeezed, with Arabic digits.

    >>> read_product("300,000x3รุ่น"), read_product("300,000")
    (Decimal('900000'), None)
    """
    if not _PRODUCT.fullmatch(plain):
        return None
    return prod(map(_value, re.findall(_AMOUNT, plain)), start=Decimal(1))


def _product(plain: str) -> str | None:
    """So much each, so many times."""
    amount = read_product(plain)
    return None if amount is None else f"{amount:,f} ({' x '.join(re.findall(_AMOUNT, plain))})"


def _range(plain: str) -> str | None:
    """From so much to so much."""
    found = _RANGE.fullmatch(plain)
    return f"{_value(found.group(1)):,f} หรือ {_value(found.group(2)):,f}" if found else None


def _sum(plain: str) -> str | None:
    """So much and so much, or one amount in two words: 1 ล้าน 5 แสน."""
    if not (_SUM.fullmatch(plain) or _COMPOUND.fullmatch(plain)):
        return None
    return f"{sum(map(_value, re.findall(_AMOUNT, plain)), Decimal(0)):,f} ({plain})"


def _words_only(plain: str) -> str | None:
    """A word that stands for no number yet, or for the cell above."""
    pending, ditto = _words()
    if plain in ditto:
        return "ใส่จำนวนเดียวกับช่องข้างบน"
    return "เว้นว่าง หรือใส่ - จนกว่าจะทราบจำนวน" if plain.startswith(pending) else None


def _only_number(plain: str) -> str | None:
    """The one amount among words: about so much, so much a piece."""
    found = _ONE.findall(plain)
    return f"{_value(found[0]):,f}" if len(found) == 1 and not re.search(r"\d[x*×/]", plain) else None


_WAYS: tuple[Callable[[str], str | None], ...] = (
    _wrong_comma,
    _product,
    _range,
    _sum,
    _words_only,
    _only_number,
)


def _value(amount: str) -> Decimal:
    """Read an amount with its word."""
    word = next((word for word in _SCALES if amount.endswith(word)), "")
    value = Decimal(amount.removesuffix(word).replace(",", "")) * _SCALES.get(word, 1)
    return value.quantize(Decimal(1)) if value == value.to_integral_value() else value.normalize()


@lru_cache(maxsize=1)
def _words() -> tuple[tuple[str, ...], frozenset[str]]:
    """Load the words of specs/amounts.yml: those that begin what is not known yet, and those for the cell above."""
    raw = specs.load_yaml("amounts.yml")
    return tuple(squeeze(word) for word in raw["pending"]), frozenset(squeeze(word) for word in raw["ditto"])
