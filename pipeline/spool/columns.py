"""Columns of rows as Arrow's, and batches of them."""

from __future__ import annotations

import io
from array import array
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from typing import Any, BinaryIO

import nanoarrow as na
from nanoarrow.c_array import CArray
from nanoarrow.c_schema import CSchema
from nanoarrow.ipc import StreamWriter

BATCH = "batch"
_TEXT, WHOLE, _FLOAT, _JSON = "text", "whole", "float", "json"
# DuckDB takes what says that it is JSON as it is; a text it would read once more.
TYPES = {
    _TEXT: na.string(),
    WHOLE: na.int64(),
    _FLOAT: na.float64(),
    _JSON: na.extension_type(na.string(), "arrow.json", ""),
}
_JSON_COLUMNS = frozenset({"cells"})
_C_TYPES = {kind: na.c_schema(schema) for kind, schema in TYPES.items()}
_KINDS = {int: WHOLE, float: _FLOAT}
_CODES = {WHOLE: "q", _FLOAT: "d"}


@dataclass(frozen=True)
class Layout:
    """What the columns of batches are, in order.

    Attributes:
        table: the warehouse table.
        shared: columns that all rows of a batch share; they stand once a batch.
        own: columns that each row has.
        kinds: what each of these holds: text, whole numbers, floats or JSON.
    """

    table: str
    shared: tuple[str, ...]
    own: tuple[str, ...]
    kinds: tuple[str, ...]


def make_array(values: Sequence[Any], kind: str | None = None) -> tuple[str, CArray]:
    """Make a column, and tell what it holds: text wherever its values are not all whole numbers or all floats.

    >>> make_array(["ก", None])[0], make_array([1, None])[0], make_array([1, "ก"])[0]
    ('text', 'whole', 'text')
    """
    if kind is None:
        first = next((value for value in values if value is not None), "")
        kind = _KINDS.get(type(first), _TEXT)
    try:
        return kind, _MAKERS[kind](values)
    except (TypeError, ValueError, OverflowError):
        # Not all of its values are of the first one's type, or one cannot be written.
        return _TEXT, _texts([None if value is None else _as_text(value) for value in values])


def kind_of(name: str, found: str) -> str:
    """Say what a column holds, of which its values alone say `found`."""
    return _JSON if found == _TEXT and name in _JSON_COLUMNS else found


def _texts(values: Sequence[str | None]) -> CArray:
    """Make a column of texts.

    Raises:
        TypeError: a value is no text; ValueError where it holds half a character pair.
    """
    return na.c_array(values, _C_TYPES[_TEXT])


def _as_text(value: Any) -> str:
    """A value as text that can be written; half a character pair cannot and becomes a question mark."""
    text = repr(value) if isinstance(value, float) else str(value)
    return text.encode("utf-8", errors="replace").decode("utf-8")


def make_numbers(kind: str, values: Sequence[Any]) -> CArray:
    """Make a column of numbers.

    Raises:
        TypeError: a value is no number of this kind; OverflowError where it is too large.
    """
    try:
        numbers = values if isinstance(values, array) else array(_CODES[kind], values)
    except TypeError:
        return na.c_array(_only_numbers(kind, values), _C_TYPES[kind])
    return na.c_array_from_buffers(_C_TYPES[kind], len(values), [None, numbers], null_count=0)


def _only_numbers(kind: str, values: Sequence[Any]) -> Sequence[Any]:
    """Hold values to numbers of one kind, or missing ones: Arrow's own maker would cut a float short."""
    if any(value is not None and _KINDS.get(type(value)) != kind for value in values):
        raise TypeError(kind)
    return values


_MAKERS: dict[str, Callable[[Sequence[Any]], CArray]] = {
    _TEXT: _texts,
    WHOLE: partial(make_numbers, WHOLE),
    _FLOAT: partial(make_numbers, _FLOAT),
    _JSON: _texts,
}


@lru_cache(maxsize=1024)
def _batch_schema(layout: Layout) -> CSchema:
    """The Arrow schema of a layout's own columns."""
    types = [na.int64(), *(TYPES[kind] for kind in layout.kinds)]
    return na.c_schema(na.struct(dict(zip((BATCH, *layout.own), types, strict=True))))


@lru_cache(maxsize=1024)
def make_header(layout: Layout) -> bytes:
    """How an Arrow stream of a layout begins: its schema, and a batch of no rows."""
    header = io.BytesIO()
    empty = [make_array([], kind)[1] for kind in (WHOLE, *layout.kinds)]
    write_batch(header, make_batch(layout, empty), with_schema=True)
    return header.getvalue()


def make_batch(layout: Layout, arrays: list[CArray]) -> CArray:
    """Put columns beside one another."""
    count = len(arrays[0])
    return na.c_array_from_buffers(_batch_schema(layout), count, [None], children=arrays, null_count=0)


def write_batch(file: BinaryIO, batch: CArray, *, with_schema: bool) -> None:
    """Write a batch after what a file holds."""
    writer = StreamWriter.from_writable(file)
    writer.write_stream(batch, write_schema=with_schema)
    writer.release()
