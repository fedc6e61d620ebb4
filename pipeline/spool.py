"""Rows on their way from the processes that read files to the one that fills the warehouse: as lines of text.

What is read stays out of memory, and the warehouse reads the lines by itself, many times faster than it takes
rows from Python.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

# Cleaned texts hold none of these; a text as received that does is quoted.
SEPARATOR, QUOTE, NULL = "\x1f", "\x02", "\x03"
_SPECIAL = (SEPARATOR, QUOTE, NULL, "\n", "\r")


@dataclass(frozen=True)
class Layout:
    """What the fields of lines are, in order.

    Attributes:
        table: the warehouse table.
        shared: columns that all lines of a batch share; they stand once a batch, in lines of their own.
        own: columns that each line has.
    """

    table: str
    shared: tuple[str, ...]
    own: tuple[str, ...]


@dataclass(frozen=True)
class Spooled:
    """Files of lines for one warehouse table; the first field of every line is the number of its batch."""

    layout: Layout
    shared: Path
    own: Path


class Spool:
    """The lines of one received file, gathered by warehouse table and written once.

    Args:
        folder: where the files of lines go.
        name: what sets this received file apart from every other, in hexadecimal digits.
    """

    def __init__(self, folder: Path, name: str) -> None:
        self._folder = folder
        self._name = name
        self._next_batch = int(name[:12], 16) << 14
        self._lines: dict[Layout, tuple[list[str], list[str]]] = {}

    def add(self, table: str, columns: dict[str, Any], *, count: int) -> None:
        """Add a batch of rows: by column a list of `count` values, or one value that all rows share."""
        own = {name: values for name, values in columns.items() if isinstance(values, list)}
        shared = {name: value for name, value in columns.items() if name not in own}
        layout = Layout(table, tuple(shared), tuple(own))
        shared_lines, own_lines = self._lines.setdefault(layout, ([], []))
        shared_lines.append(format_lines([self._next_batch, *shared.values()], count=1))
        own_lines.append(format_lines([self._next_batch, *own.values()], count=count))
        self._next_batch += 1

    def write(self) -> list[Spooled]:
        """Write what was added."""
        written = []
        for number, (layout, lines) in enumerate(self._lines.items()):
            shared, own = (self._folder / f"{self._name}-{number}-{kind}.txt" for kind in ("shared", "own"))
            for path, texts in zip((shared, own), lines, strict=True):
                path.write_bytes("".join(texts).encode("utf-8", errors="replace"))
            written.append(Spooled(layout, shared, own))
        return written


def format_lines(columns: Sequence[Any], *, count: int) -> str:
    """Write rows as lines.

    >>> format_lines(["ก", [1, None]], count=2).replace(SEPARATOR, "|")
    'ก|1\\nก|\\x03\\n'
    """
    if not count:
        return ""
    fields = ["%s" if isinstance(values, list) else _field(values).replace("%", "%%") for values in columns]
    varying = [_fields(values) for values in columns if isinstance(values, list)]
    line = SEPARATOR.join(fields) + "\n"
    if not varying:
        return (line % ()) * count
    return "".join(map(line.__mod__, zip(*varying, strict=True)))


def _fields(values: list[Any]) -> Sequence[Any]:
    """Write one column; numbers are left to the line."""
    kinds = set(map(type, values))
    if kinds <= {int}:
        return values
    has_missing = type(None) in kinds
    kinds.discard(type(None))
    if kinds == {str}:
        texts = [value for value in values if value is not None] if has_missing else values
        joined = "\x00".join(texts)
        if "" in texts or any(special in joined for special in _SPECIAL):
            return [_field(value) for value in values]
    elif not kinds <= {int}:
        return [_field(value) for value in values]
    return [NULL if value is None else value for value in values] if has_missing else values


def _field(value: Any) -> str:
    """Write one value; an empty text is not a missing one."""
    if value is None:
        return NULL
    text = value if isinstance(value, str) else repr(value) if isinstance(value, float) else str(value)
    if not text or any(special in text for special in _SPECIAL):
        return f"{QUOTE}{text.replace(QUOTE, '').replace(NULL, '')}{QUOTE}"
    return text
