"""Rows on their way from the processes that read files to the one that fills the warehouse: Arrow batches in files.

What is read stays out of memory, and the warehouse takes Arrow's columns as they are, without reading a text again.
"""

from __future__ import annotations

import io
from array import array
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from pathlib import Path
from typing import Any, BinaryIO

import nanoarrow as na
from nanoarrow.c_array import CArray
from nanoarrow.c_schema import CSchema
from nanoarrow.ipc import InputStream, StreamWriter

BATCH = "batch"
_TEXT, _WHOLE, _FLOAT, _JSON = "text", "whole", "float", "json"
# DuckDB takes what says that it is JSON as it is; a text it would read once more.
_TYPES = {
    _TEXT: na.string(),
    _WHOLE: na.int64(),
    _FLOAT: na.float64(),
    _JSON: na.extension_type(na.string(), "arrow.json", ""),
}
_JSON_COLUMNS = frozenset({"cells"})
_C_TYPES = {kind: na.c_schema(schema) for kind, schema in _TYPES.items()}
_KINDS = {int: _WHOLE, float: _FLOAT}
_CODES = {_WHOLE: "q", _FLOAT: "d"}


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


@dataclass(frozen=True)
class Spooled:
    """The rows of one received file that have one layout.

    Attributes:
        layout: what their columns are.
        path: the file that holds them, batch after batch.
        start: where in it they begin, in bytes.
        end: where they end.
        shared: by batch, its number and what all its rows share.
    """

    layout: Layout
    path: Path
    start: int
    end: int
    shared: list[tuple[Any, ...]]


@dataclass(frozen=True)
class _Gathered:
    """Batches of a table that have the same columns: the number of each row's batch, the rest of it, what is shared."""

    numbers: array[int]
    own: list[list[Any]]
    shared: list[tuple[Any, ...]]


class Spool:
    """The rows of one received file, gathered by warehouse table and columns, and written once.

    Args:
        folder: where the file of rows goes.
        name: what sets this received file apart from every other, in hexadecimal digits.
    """

    def __init__(self, folder: Path, name: str) -> None:
        self._path = folder / f"{name}.arrows"
        self._next_batch = int(name[:12], 16) << 14
        self._gathered: dict[tuple[str, tuple[str, ...], tuple[str, ...]], _Gathered] = {}

    def add(self, table: str, columns: dict[str, Any], *, count: int) -> None:
        """Add a batch of rows: by column a list of `count` values, or one value that all rows share."""
        own = {name: values for name, values in columns.items() if isinstance(values, list)}
        shared = {name: value for name, value in columns.items() if name not in own}
        key = (table, tuple(shared), tuple(own))
        gathered = self._gathered.setdefault(key, _Gathered(array("q"), [[] for _ in own], []))
        gathered.numbers.extend(array("q", [self._next_batch]) * count)
        for kept, values in zip(gathered.own, own.values(), strict=True):
            kept.extend(values)
        gathered.shared.append((self._next_batch, *shared.values()))
        self._next_batch += 1

    def write(self) -> list[Spooled]:
        """Write what was added; no file where nothing was."""
        written = []
        if not self._gathered:
            return []
        with self._path.open("wb") as file:
            for (table, shared, own), gathered in self._gathered.items():
                arrays = [_make_array(values) for values in gathered.own]
                layout = Layout(table, shared, own, tuple(map(_kind, own, (kind for kind, _ in arrays))))
                numbers = _numbers(_WHOLE, gathered.numbers)
                start = file.tell()
                rows = _make_batch(layout, [numbers, *(made for _, made in arrays)])
                _write(file, rows, with_schema=False)
                written.append(Spooled(layout, self._path, start, file.tell(), gathered.shared))
        return written


class OwnRows:
    """What rows have of their own, in the order of the files: an Arrow stream that reads them as it is asked to."""

    def __init__(self, spooled: Sequence[Spooled]) -> None:
        self._spooled = spooled

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object:
        """Give the stream, from the beginning each time."""
        stream = InputStream.from_readable(_Joined(self._spooled))
        return stream.__arrow_c_stream__(requested_schema)


class Rows:
    """Rows in memory as an Arrow stream.

    Args:
        columns: by name, as many values each.
    """

    def __init__(self, columns: dict[str, Sequence[Any]]) -> None:
        self.names = tuple(columns)
        self._columns = columns

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object:
        """Give the stream, from the beginning each time."""
        arrays = [_make_array(values) for values in self._columns.values()]
        schema = na.struct({name: _TYPES[kind] for name, (kind, _) in zip(self.names, arrays, strict=True)})
        count = len(next(iter(self._columns.values())))
        made = na.c_array_from_buffers(schema, count, [None], children=[each for _, each in arrays])
        return na.c_array_stream(made).__arrow_c_stream__(requested_schema)


def shared_rows(spooled: Sequence[Spooled]) -> Rows:
    """What the rows of each batch share, one row a batch."""
    names = (BATCH, *spooled[0].layout.shared)
    rows = [row for part in spooled for row in part.shared]
    return Rows(dict(zip(names, zip(*rows, strict=True), strict=True)))


class _Joined(io.RawIOBase):
    """The bytes of one Arrow stream: its schema, then the batches of one file after the other."""

    def __init__(self, spooled: Sequence[Spooled]) -> None:
        header = io.BytesIO()
        layout = spooled[0].layout
        empty = [_make_array([], kind)[1] for kind in (_WHOLE, *layout.kinds)]
        _write(header, _make_batch(layout, empty), with_schema=True)
        self._parts = self._open(header, spooled)
        self._part: tuple[io.BufferedIOBase, int] = (io.BytesIO(), 0)

    @staticmethod
    def _open(header: io.BytesIO, spooled: Sequence[Spooled]) -> Iterator[tuple[io.BufferedIOBase, int]]:
        """Go through what is joined, each with how many bytes of it count."""
        size = header.tell()
        header.seek(0)
        yield header, size
        for part in spooled:
            with part.path.open("rb") as file:
                file.seek(part.start)
                yield file, part.end - part.start

    def readable(self) -> bool:
        """It is read and never written."""
        return True

    def readinto(self, buffer: Any) -> int:
        """Fill a buffer as far as the bytes go, over the ends of files."""
        view = memoryview(buffer).cast("B")
        filled = 0
        while filled < len(view):
            file, left = self._part
            if not left:
                following = next(self._parts, None)
                if following is None:
                    break
                self._part = following
                continue
            count = file.readinto(view[filled : filled + left])
            self._part = (file, left - count)
            filled += count
        return filled


def _make_array(values: Sequence[Any], kind: str | None = None) -> tuple[str, CArray]:
    """Make a column, and tell what it holds: text wherever its values are not all whole numbers or all floats.

    >>> _make_array(["ก", None])[0], _make_array([1, None])[0], _make_array([1, "ก"])[0]
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


def _kind(name: str, found: str) -> str:
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


def _numbers(kind: str, values: Sequence[Any]) -> CArray:
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
    _WHOLE: partial(_numbers, _WHOLE),
    _FLOAT: partial(_numbers, _FLOAT),
    _JSON: _texts,
}


@lru_cache(maxsize=1024)
def _batch_schema(layout: Layout) -> CSchema:
    """The Arrow schema of a layout's own columns."""
    types = [na.int64(), *(_TYPES[kind] for kind in layout.kinds)]
    return na.c_schema(na.struct(dict(zip((BATCH, *layout.own), types, strict=True))))


def _make_batch(layout: Layout, arrays: list[CArray]) -> CArray:
    """Put columns beside one another."""
    count = len(arrays[0])
    return na.c_array_from_buffers(_batch_schema(layout), count, [None], children=arrays, null_count=0)


def _write(file: BinaryIO, batch: CArray, *, with_schema: bool) -> None:
    """Write a batch after what a file holds."""
    writer = StreamWriter.from_writable(file)
    writer.write_stream(batch, write_schema=with_schema)
    writer.release()
