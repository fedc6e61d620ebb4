"""A text that knows where its figures stand and what their addresses are; to all who do not ask, it is a text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from string import Formatter
from typing import Any

from pipeline.trace import Address, Formula, list_keys_of, make_address

# Signs of no language, set about figures while a text is changed; none is left in what is returned.
_OPEN, _CLOSE = "\ue000", "\ue001"
# An address of more than so many others would be longer than the page it stands in.
MOST_OPERANDS = 40
_NUMBER = re.compile(r"[0-9][0-9,]*(?:\.[0-9]+)?")
_MARKS = re.compile(f"[{_OPEN}{_CLOSE}]")


@dataclass(frozen=True)
class Figure:
    """A figure in a text.

    Attributes:
        start: its first character.
        end: the one behind its last.
        address: its address; empty where it has none.
        slot: the template and the place in it that it fills, where it has no address; as "quality.counts.error".
    """

    start: int
    end: int
    address: str = ""
    slot: str = ""


class Said(str):
    """A text with its figures, in order; what is made of it by other means than those here is plain text."""

    figures: tuple[Figure, ...]

    def __new__(cls, text: str, figures: Iterable[Figure] = ()) -> Said:
        """Make it of a text and its figures."""
        said = super().__new__(cls, text)
        said.figures = tuple(figures)
        return said

    def __add__(self, other: str) -> Said:
        """Put a text behind."""
        return join_said((self, other))

    def __radd__(self, other: str) -> Said:
        """Put a text before."""
        return join_said((other, self))


def figure(text: str) -> Said:
    """Say that a text is a figure, whose address is not known yet."""
    return Said(text, (Figure(0, len(text)),))


def figures_of(text: str) -> tuple[Figure, ...]:
    """The figures of a text; none of one that does not know."""
    return text.figures if isinstance(text, Said) else ()


def cite(text: str, row: Any, at: str, **keys: object) -> Said:
    """Give the figures of a text the address of a view's column.

    Args:
        text: as a format_ function made it.
        row: a row with the view's keys by their names; None where all are given.
        at: view and column, as "out_population.male".
        **keys: the keys that the row does not hold by their names.
    """
    return cite_as(text, address_of(row, at, **keys))


def cite_as(text: str, address: Address | Formula | None) -> Said:
    """Give the figures of a text an address; of a text without figures the whole is one."""
    found = figures_of(text) or ((Figure(0, len(text)),) if text else ())
    written = "" if address is None else str(address)
    return Said(text, (replace(one, address=one.address or written) for one in found))


def cite_formula(text: str, operation: str, *operands: Address | Formula | float) -> Said:
    """Give the figures of a text the address of what is worked out of other figures."""
    return cite_as(text, Formula(operation, operands))


def address_of(row: Any, at: str, **keys: object) -> Address:
    """The address of a row's figure, or of the sum of all that have the keys given; see cite."""
    view, column = at.split(".")
    known = {
        name: keys[name] if name in keys else row[name]
        for name in list_keys_of(view)
        if name in keys or name in row
    }
    return make_address(view, column, known)


def sum_of(rows: Any, at: str, **keys: object) -> Formula | None:
    """The address of the sum over a frame's rows; None over none, and over more than an address can name."""
    if not 0 < len(rows) <= MOST_OPERANDS:
        return None
    return Formula("sum", tuple(address_of(row, at, **keys) for row in rows.to_dict("records")))


def count_of(rows: Any, at: str, **keys: object) -> Formula | None:
    """The address of how many rows of a frame there are, each told by one of its figures; None as of a sum."""
    found = sum_of(rows, at, **keys)
    return None if found is None else replace(found, operation="count")


def join_said(parts: Iterable[str], by: str = "") -> Said:
    """Join texts, and keep their figures."""
    text, figures = "", list[Figure]()
    for number, part in enumerate(parts):
        text += by if number else ""
        figures += [
            replace(one, start=one.start + len(text), end=one.end + len(text)) for one in figures_of(part)
        ]
        text += str(part)
    return Said(text, figures)


@lru_cache(maxsize=1024)
def _read_template(template: str) -> tuple[tuple[str, str | None, str | None, str | None], ...]:
    return tuple(Formatter().parse(template))


def mark_figures(text: str) -> Said:
    """Say that every number in a text is a figure, of one that was made where figures are not known."""
    return Said(text, (Figure(*found.span()) for found in _NUMBER.finditer(text)))


def fill(template: str, values: Mapping[str, object], *, key: str = "") -> str:
    """Fill a template's places as str.format does, and keep the figures of the values.

    Args:
        template: with names in braces.
        values: what stands in their places.
        key: the template's path, by which a figure without an address can be told.

    Raises:
        KeyError: a place has no value.
        IndexError: a place has no name.
        ValueError: it is no template.
    """
    parts = _read_template(template)
    if any(name == "" or spec or how for _, name, spec, how in parts):
        return template.format(**values)
    filled: list[str] = []
    for before, name, _, _ in parts:
        filled.append(before)
        if name is not None:
            value = values[name]
            filled.append(_placed(value, f"{key}.{name}") if isinstance(value, Said) else str(value))
    return join_said(filled)


def _placed(text: Said, slot: str) -> Said:
    """Say of the figures without an address which slot they fill, the innermost one."""
    return Said(text, (one if one.address or one.slot else replace(one, slot=slot) for one in text.figures))


def tidy(text: str) -> Said:
    """Write a text with single blanks, as a page shows it."""
    marked = "".join(_marked(text))
    pieces = _MARKS.split(" ".join(marked.split()))
    figures, length, known = [], len(pieces[0]), figures_of(text)
    for number, piece in enumerate(pieces[1:]):
        if number % 2 == 0:
            figures.append(replace(known[number // 2], start=length, end=length + len(piece)))
        length += len(piece)
    return Said("".join(pieces), figures)


def _marked(text: str) -> Iterable[str]:
    """A text with a sign before and behind each figure."""
    done = 0
    for one in figures_of(text):
        yield from (str(text[done : one.start]), _OPEN, str(text[one.start : one.end]), _CLOSE)
        done = one.end
    yield str(text[done:])
