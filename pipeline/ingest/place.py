"""Where the rows of a settled file are from and whether they count: what the warehouse adds to each."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from functools import lru_cache

from pipeline.ingest.beside.lines import Beside
from pipeline.ingest.reading import FileReading
from pipeline.spool import Layout, Spooled

# The tables that large submissions fill: they are loaded while other files are still being read. Of what they hold
# only whether a project still counts can change once its file is settled.
EARLY = frozenset({"raw_row", "core_project", "core_amount"})
_COUNTING = frozenset({"loaded", "superseded"})
_PLACE = ("file_id", "sheet", "is_current", "rank_behind")
# What a later file replaces stands behind every rank of the specs.
_BEHIND = 100


@dataclass(frozen=True)
class Left:
    """Rows that wait for the warehouse.

    Attributes:
        parts: the rows, in the order that the warehouse is to have them.
        done_with: the files of rows that nobody needs when these are loaded.
    """

    parts: list[Spooled] = field(default_factory=list)
    done_with: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Settled:
    """What all files came to.

    Attributes:
        readings: what became of each file, in the order in which they came.
        beside: what came of the files that an analyst keeps beside the data.
    """

    readings: list[FileReading]
    beside: Beside


class Shelves:
    """Tells when all rows of a file of rows are on their way to the warehouse: several received files share one."""

    def __init__(self) -> None:
        self._sent: Counter[str] = Counter()
        self._filled: dict[str, int] = {}

    def find_done(self, reading: FileReading) -> list[str]:
        """Find the file that nobody needs any more; none where a reading's rows are not all of EARLY tables."""
        if not reading.spooled:
            return []
        path = reading.spooled[0].path
        if reading.filled:
            self._filled[path] = reading.filled
        self._sent[path] += all(part.layout.table in EARLY for part in reading.spooled)
        return [path] if self._sent[path] == self._filled.get(path) else []


def place_rows(reading: FileReading) -> list[Spooled]:
    """Say of a settled file's rows where they are from and whether they count; those that do not are left out.

    The rows of a table that another file has put out stay in raw_row, as refused.
    """
    tables = {table.table_id: table for table in reading.tables}
    placed = []
    for part in reading.spooled:
        if part.layout.table == "raw_row":
            placed.append(part)
            continue
        of_table = part.layout.shared.index("table_id") + 1
        shared = [
            (*row, reading.file.file_id, table.sheet, is_current, 0 if is_current else _BEHIND)
            for row in part.shared
            for table in (tables[row[of_table]],)
            for is_current in (table.status == "loaded",)
            if table.status in _COUNTING
        ]
        if shared:
            placed.append(replace(part, layout=_placed_layout(part.layout), shared=shared))
    return placed


@lru_cache(maxsize=1024)
def _placed_layout(layout: Layout) -> Layout:
    """A layout whose batches share their place too; the same object each time, which travels as one."""
    return replace(layout, shared=(*layout.shared, *_PLACE))
