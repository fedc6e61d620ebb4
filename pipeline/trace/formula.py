"""The operations of derived figures: plain functions of numbers; their words are in specs/lineage.yml."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from statistics import median
from typing import Any

Number = Decimal | float | int
Values = Sequence[Any]


def operate(operation: str, values: Sequence[Number]) -> Number | None:
    """Apply an operation; None where it has no result, as over nought."""
    try:
        result: Number | None = OPERATIONS[operation](values)
    except ZeroDivisionError:
        return None
    return result


def bound_rate(value: float, denominator: float, per: float, z: float, *, is_high: bool) -> float:
    """Bound a rate by Byar's approximation (Breslow & Day 1987, p. 69).

    >>> round(bound_rate(12, 586830, 100000, 1.96, is_high=False), 2)
    1.06
    """
    events = value + 1 if is_high else value
    if not events:
        return 0.0
    side = 1 if is_high else -1
    return per / denominator * events * (1 - 1 / (9 * events) + side * z / (3 * math.sqrt(events))) ** 3


def _add(values: Values) -> Any:
    return sum(values[1:], values[0])


def _floats(values: Values) -> list[float]:
    return [float(value) for value in values]


def _share_of_top(values: Values) -> float:
    """The share of the largest few of what is above nought, in per cent; the last number says how many."""
    *held, count = _floats(values)
    known = sorted((value for value in held if value > 0), reverse=True)
    return 100 * sum(known[: int(count)]) / sum(known)


def _concentration(values: Values) -> float:
    """Sum the squared shares in per cent (Herfindahl and Hirschman)."""
    known = [value for value in _floats(values) if value > 0]
    return sum((100 * value / sum(known)) ** 2 for value in known)


def _pool(values: Values) -> float:
    """Divide the sum of what stands at odd places by the sum of the rest, times the last number."""
    *pairs, per = _floats(values)
    return per * sum(pairs[::2]) / sum(pairs[1::2])


def _bound(values: Values, *, is_high: bool) -> float:
    value, denominator, per, z = _floats(values)
    return bound_rate(value, denominator, per, z, is_high=is_high)


OPERATIONS: Mapping[str, Callable[[Values], Any]] = {
    "same": lambda values: values[0],
    "sum": _add,
    "count": len,
    "difference": lambda values: values[0] - values[1],
    "size": lambda values: abs(values[0]),
    "median": lambda values: median(_floats(values)),
    "change_pct": lambda values: 100 * (float(values[1]) - float(values[0])) / float(values[0]),
    "share_pct": lambda values: 100 * float(values[0]) / float(values[1]),
    "part_pct": lambda values: 100 * float(values[0]) / float(_add(values)),
    "times": lambda values: float(values[0]) * float(values[1]),
    "ratio": lambda values: float(values[0]) / float(values[1]),
    "pooled_rate": _pool,
    "byar_low": lambda values: _bound(values, is_high=False),
    "byar_high": lambda values: _bound(values, is_high=True),
    "top_share_pct": _share_of_top,
    "hhi": _concentration,
}
