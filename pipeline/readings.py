"""What is asked of a warehouse once, and kept for all that is made of the answer."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any, TypeVar

OWN = "WHERE province_code = $province_code"
OWN_ROWS = f"SELECT * FROM {{view}} {OWN}"
_IN_ORDER = " ORDER BY "

_T = TypeVar("_T")
_KEPT: ContextVar[dict[Hashable, Any] | None] = ContextVar("kept", default=None)


@dataclass(frozen=True)
class Reading:
    """The rows that a question gave.

    Attributes:
        names: their columns.
        types: the columns' types, as DuckDB names them.
        rows: the values; nobody may change them.
    """

    names: tuple[str, ...]
    types: tuple[str, ...]
    rows: list[tuple[Any, ...]]


@contextmanager
def keep_readings() -> Iterator[None]:
    """Read everything once as long as this lasts, of one warehouse that nobody writes.

    A brief and the plan draft beside it are made from the same rows. What was read when it began is kept too: within
    another, as in a fork of a process that keeps its readings, only what is new is left behind at the end.
    """
    token = _KEPT.set(dict(_KEPT.get() or {}))
    try:
        yield
    finally:
        _KEPT.reset(token)


def read_once(place: Hashable, read: Callable[[], _T]) -> _T:
    """Read something, or give what was read already while readings are kept.

    Args:
        place: what tells it from all else that is read.
        read: reads it.
    """
    kept = _KEPT.get()
    if kept is None:
        return read()
    if place not in kept:
        kept[place] = read()
    known: _T = kept[place]
    return known


def ask(connection: Any, sql: str, values: Mapping[str, object]) -> Reading:
    """Ask a question, once while readings are kept; in order, the rows answer it without an order too.

    Args:
        connection: an open DuckDB connection.
        sql: one SELECT; a value stands in it as $name.
        values: the values, all of which it names.
    """
    answer = read_once(_place(sql, values), lambda: _ask(connection, sql, values))
    unordered = _without_order(sql)
    if unordered is not None:
        read_once(_place(unordered, values), lambda: answer)
    return answer


def keep_answer(sql: str, values: Mapping[str, object], answer: Reading) -> None:
    """Keep what a question would give, where readings are kept; whoever asks it is given that."""
    read_once(_place(sql, values), lambda: answer)


def find_answer(sql: str, values: Mapping[str, object]) -> Reading | None:
    """Give what a question that was asked already gave; None where it was not, or nothing is kept."""
    kept = _KEPT.get() or {}
    return kept.get(_place(sql, values))


def _ask(connection: Any, sql: str, values: Mapping[str, object]) -> Reading:
    result = connection.execute(sql, values)
    names, types = zip(*((column[0], str(column[1])) for column in result.description), strict=True)
    return Reading(names, types, result.fetchall())


def _without_order(sql: str) -> str | None:
    """The question without its order; None where it has none at its end, or one that says how many rows to give.

    >>> _without_order("SELECT a FROM t ORDER BY a"), _without_order("SELECT a FROM t ORDER BY a LIMIT 5")
    ('SELECT a FROM t', None)
    """
    unordered, found, order = sql.rpartition(_IN_ORDER)
    is_all = not any(sign in order.upper() for sign in (")", "LIMIT", "OFFSET"))
    return unordered if found and is_all and "DISTINCT ON" not in unordered.upper() else None


def _place(sql: str, values: Mapping[str, object]) -> Hashable:
    return (sql, *sorted(values.items()))
