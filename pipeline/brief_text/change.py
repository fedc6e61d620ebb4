"""How a change between two years is put into words, and from which size on it is one."""

from __future__ import annotations

from enum import Enum

from pipeline.brief_text.numbers import format_number
from pipeline.brief_text.templates import say
from pipeline.trace import Address, Formula

SMALL_NUMBER = 20
STEADY_CASES_PCT = 5.0
STEADY_PERSONS_PCT = 1.0
COVERED_PCT = 90


class Change(Enum):
    """What a change comes to."""

    UP = "rise"
    DOWN = "fall"
    STEADY = "steady"
    TOO_SMALL = "too_small"


def classify_change(first: float, last: float, *, steady_pct: float) -> Change:
    """Classify a change between two counts of one unit.

    Counts under SMALL_NUMBER are too small for a percentage (DOMAIN 4.3: fewer than 20 events are not compared).

    >>> classify_change(100, 94, steady_pct=5)
    <Change.DOWN: 'fall'>
    """
    if min(first, last) < SMALL_NUMBER:
        return Change.TOO_SMALL
    pct = change_pct(first, last)
    if abs(pct) < steady_pct:
        return Change.STEADY
    return Change.UP if pct > 0 else Change.DOWN


def change_pct(first: float, last: float) -> float:
    """Give a change in per cent of the first value."""
    return 100 * (last - first) / first


def describe_change(first: float, last: float, *, steady_pct: float) -> str:
    """Put a change into words; the counts must be large enough for a percentage."""
    kind = classify_change(first, last, steady_pct=steady_pct)
    return say(f"common.{kind.value}", pct=format_number(abs(change_pct(first, last)), 1))


def size_of_change(first: Address, last: Address) -> Formula:
    """The address of how large a change in per cent is, whichever way it goes."""
    return Formula("size", (Formula("change_pct", (first, last)),))


def is_covered(known: object, members: object) -> bool:
    """Say whether an area may be compared with: at least COVERED_PCT of its provinces have the figure.

    >>> is_covered(4, 77), is_covered(76, 77)
    (False, True)
    """
    return bool(int(str(known)) * 100 >= COVERED_PCT * int(str(members)))
