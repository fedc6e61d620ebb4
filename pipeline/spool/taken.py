"""What the process that fills the warehouse takes: rows as Arrow streams."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import nanoarrow as na
from nanoarrow.ipc import InputStream

from pipeline.spool.columns import BATCH, TYPES, make_array, make_header
from pipeline.spool.written import Spooled


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
        arrays = [make_array(values) for values in columns.values()]
        schema = na.struct({name: TYPES[kind] for name, (kind, _) in zip(self.names, arrays, strict=True)})
        count = len(next(iter(columns.values())))
        self._array = na.c_array_from_buffers(schema, count, [None], children=[each for _, each in arrays])

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object:
        """Give the stream, from the beginning each time: it is asked for more than once."""
        return na.c_array_stream(self._array).__arrow_c_stream__(requested_schema)


def shared_rows(spooled: Sequence[Spooled]) -> Rows:
    """What the rows of each batch share, one row a batch."""
    names = (BATCH, *spooled[0].layout.shared)
    rows = [row for part in spooled for row in part.shared]
    return Rows(dict(zip(names, zip(*rows, strict=True), strict=True)))


class _Joined(io.RawIOBase):
    """The bytes of one Arrow stream: its schema, then the batches of one file after the other."""

    def __init__(self, spooled: Sequence[Spooled]) -> None:
        self._parts = self._open(make_header(spooled[0].layout), spooled)
        self._part: tuple[io.BufferedIOBase, int] = (io.BytesIO(), 0)

    @staticmethod
    def _open(header: bytes, spooled: Sequence[Spooled]) -> Iterator[tuple[io.BufferedIOBase, int]]:
        """Go through what is joined, each with how many bytes of it count."""
        yield io.BytesIO(header), len(header)
        with ExitStack() as stack:
            files: dict[str, io.BufferedReader] = {}
            for part in spooled:
                if part.path not in files:
                    files[part.path] = stack.enter_context(Path(part.path).open("rb"))
                files[part.path].seek(part.start)
                yield files[part.path], part.end - part.start

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
