"""Where a process that reads files leaves their rows."""

from __future__ import annotations

from array import array
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import chain
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

from pipeline.spool.columns import WHOLE, Layout, kind_of, make_array, make_batch, make_numbers, write_batch

# To make and to remove a file for each received one would cost more than to write its rows.
_FULL_BYTES = 16 << 20


@dataclass(frozen=True)
class Spooled:
    """The rows of one received file that have one layout.

    Attributes:
        layout: what their columns are.
        path: the file that holds them, batch after batch, and those of other received files.
        start: where in it they begin, in bytes.
        end: where they end.
        shared: by batch, its number and what all its rows share.
    """

    layout: Layout
    path: str
    start: int
    end: int
    shared: list[tuple[Any, ...]]


@dataclass
class _Shelf:
    """The file that this process writes rows to, and how many received files have left theirs in it."""

    path: str
    received: int = 0


@dataclass(frozen=True)
class _Gathered:
    """Batches of a table that have the same columns: the number of each row's batch, the rest of it, what is shared."""

    numbers: array[int]
    own: list[list[list[Any]]]
    shared: list[tuple[Any, ...]] = field(default_factory=list)


class Spool:
    """The rows of one received file, gathered by warehouse table and columns, and written once.

    Args:
        folder: where files of rows go.
        name: what sets this received file apart from every other, in hexadecimal digits.

    Attributes:
        filled: where these rows were the last that their file of rows takes, how many received files have left theirs
            in it; else None.
    """

    def __init__(self, folder: Path, name: str) -> None:
        self.filled: int | None = None
        self._folder = folder
        self._next_batch = int(name[:12], 16) << 14
        self._gathered: dict[tuple[str, tuple[str, ...], tuple[str, ...]], _Gathered] = {}

    def add(self, table: str, columns: dict[str, Any], *, count: int) -> None:
        """Add a batch of rows: by column a list of `count` values, not changed any more, or one that all rows share."""
        own = {name: values for name, values in columns.items() if isinstance(values, list)}
        shared = {name: value for name, value in columns.items() if name not in own}
        key = (table, tuple(shared), tuple(own))
        gathered = self._gathered.setdefault(key, _Gathered(array("q"), [[] for _ in own]))
        gathered.numbers.extend(array("q", [self._next_batch]) * count)
        for kept, values in zip(gathered.own, own.values(), strict=True):
            kept.append(values)
        gathered.shared.append((self._next_batch, *shared.values()))
        self._next_batch += 1

    def write(self) -> list[Spooled]:
        """Write what was added, after what this process has left before; no file where nothing was."""
        if not self._gathered:
            return []
        written = []
        shelf = _find_shelf(self._folder)
        with Path(shelf.path).open("ab") as file:
            for (table, shared, own), gathered in self._gathered.items():
                arrays = [make_array(_one(values)) for values in gathered.own]
                layout = Layout(table, shared, own, tuple(map(kind_of, own, (kind for kind, _ in arrays))))
                numbers = make_numbers(WHOLE, gathered.numbers)
                start = file.tell()
                rows = make_batch(layout, [numbers, *(made for _, made in arrays)])
                write_batch(file, rows, with_schema=False)
                written.append(Spooled(layout, shelf.path, start, file.tell(), gathered.shared))
            size = file.tell()
        shelf.received += 1
        if size >= _FULL_BYTES:
            self.filled = shelf.received
            _find_shelf.cache_clear()
        return written


@lru_cache(maxsize=1)
def _find_shelf(folder: Path) -> _Shelf:
    """Find the file that this process writes to, a new one where it has none in this folder."""
    with NamedTemporaryFile(suffix=".arrows", dir=folder, delete=False) as file:
        return _Shelf(file.name)


def _one(parts: list[list[Any]]) -> list[Any]:
    """Join the values of batches."""
    return parts[0] if len(parts) == 1 else list(chain.from_iterable(parts))
