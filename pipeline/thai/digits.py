"""The digits that briefs are printed with, Arabic or Thai, as specs/digits.yml asks; identifiers keep theirs."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from pipeline.errors import SpecError
from pipeline.specs import load_yaml
from pipeline.thai import to_thai_digits

SPEC = "digits.yml"
KINDS = ("arabic", "thai")
# Stands before a digit that stays, where a text is cut up before it is printed.
KEEP = "\u2060"
_DIGIT = re.compile("[0-9]")
_UNKEPT = re.compile(f"(?<!{KEEP})[0-9]+")
_TEXTS_KEPT = 20_000


@dataclass(frozen=True)
class _Wanted:
    """What the spec asks for: Thai digits or not, and what keeps its own in any text and in a table's cell."""

    is_thai: bool
    kept: re.Pattern[str]
    kept_in_cells: re.Pattern[str]


def are_thai() -> bool:
    """Whether Thai digits are printed.

    Raises:
        SpecError: the spec asks for other digits, or what stays is no regular expression.
    """
    return _wanted().is_thai


def set_digits(text: str, *, is_cell: bool = False) -> str:
    """Write a text with the digits that are asked for; it stays as long as it is.

    Args:
        text: as it was made, with Arabic digits.
        is_cell: it is the whole of a table's cell, which may be a file's name.
    """
    return _set_thai(text, is_cell) if are_thai() else text


def keep_names(text: str) -> str:
    """Mark the digits of a text that stay, before it is cut up; `print_marked` takes the marks out."""
    if not are_thai() or not _DIGIT.search(text):
        return text
    spans = _spans(text, is_cell=False)
    return _DIGIT.sub(
        lambda found: (
            found.group()
            if not any(start <= found.start() < end for start, end in spans)
            or text[: found.start()].endswith(KEEP)
            else KEEP + found.group()
        ),
        text,
    )


def print_marked(text: str) -> str:
    """Write a text, or a piece of one that `keep_names` marked, with the digits that are asked for."""
    if not are_thai():
        return text
    marked = keep_names(text)
    return _UNKEPT.sub(lambda found: to_thai_digits(found.group()), marked).replace(KEEP, "")


@lru_cache(maxsize=_TEXTS_KEPT)
def _set_thai(text: str, is_cell: bool) -> str:
    written, last = [], 0
    for start, end in _spans(text, is_cell=is_cell):
        written += [to_thai_digits(text[last:start]), text[start:end]]
        last = end
    return "".join([*written, to_thai_digits(text[last:])])


def _spans(text: str, *, is_cell: bool) -> list[tuple[int, int]]:
    """Where the names stand whose digits stay, in order."""
    wanted = _wanted()
    found = wanted.kept_in_cells.match(text) if is_cell else None
    start = found.end() if found else 0
    first = [(0, start)] if found else []
    return first + [one.span() for one in wanted.kept.finditer(text, start)]


@cache
def _wanted() -> _Wanted:
    spec = load_yaml(SPEC)
    digits = spec.get("digits") if isinstance(spec, dict) else None
    if digits not in KINDS:
        raise SpecError(f"{SPEC}, digits: {digits!r}: one of {', '.join(KINDS)} is expected")
    return make_wanted(spec)


def make_wanted(spec: dict[str, object]) -> _Wanted:
    """Read the spec.

    Raises:
        SpecError: what stays is no list of regular expressions.
    """
    try:
        kept, in_cells = (
            re.compile("|".join(f"(?:{one})" for one in list(spec[name])))  # type: ignore[call-overload]
            for name in ("kept", "kept_in_cells")
        )
    except (KeyError, TypeError, re.error) as error:
        raise SpecError(f"{SPEC}: {error}: lists of regular expressions are needed") from error
    return _Wanted(spec["digits"] == "thai", kept, in_cells)
