"""What became of one table of a sheet."""

from __future__ import annotations

import zlib
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from pipeline.ingest.digest import UnitKey
from pipeline.layout import Table
from pipeline.records import Extract

_TABLES_KEPT = 256


@dataclass
class TableReading:
    """What became of one table.

    Attributes:
        table_id: made of file, sheet and table, the same in every run on the same input.
        status: loaded, duplicate, superseded or refused.
        table: its layout, where it was understood.
        rows: the zero-based rows of the sheet that it covers.
        content: a digest of what its records say, whatever the container; equal tables are duplicates.
        about: what its records are about, a line each, to tell a submission that comes again; see `keys`.
        is_packed: whether `about` is packed.
        subjects: coarser than that: whose and which year's, or which document; tables that share none are unlike.
        units: of a budget document, the sum by year, ministry and budgetary unit in satang.
        figures: of statistics, what they say, by indicator, source, province and year.
        records: how many records it gave.
        decided_by: what was decided, each with how sure it is and why; see pipeline.ingest.confidence; the letters of
            its columns and of each field.
        confidence: that of the least sure decision that matters, 0 to 1.
        heads: each column's head, years taken out, and what it was read as.
        province_code: the table's one province, where titles and names say it.
        year_be: the table's one year, where titles and names or all its money columns say it.
        form: its head's rows and columns as known_forms.yml keeps them.
        replaces: the ids of the tables that it supersedes.
    """

    table_id: str
    sheet: str
    number: int
    cell_range: str
    is_hidden: bool
    kind: str | None = None
    status: str = "refused"
    reason: str | None = None
    title: str | None = None
    decided_by: dict[str, Any] = field(default_factory=dict)
    fingerprint: str | None = None
    content: str | None = None
    about: bytes = b""
    is_packed: bool = False
    subjects: frozenset[str] = frozenset()
    units: dict[UnitKey, int] = field(default_factory=dict)
    figures: dict[str, str] = field(default_factory=dict)
    records: int = 0
    table: Table | None = None
    rows: tuple[int, ...] = ()
    extract: Extract = field(default_factory=Extract)
    confidence: float | None = None
    heads: tuple[tuple[str, str | None], ...] = ()
    province_code: str | None = None
    year_be: int | None = None
    form: dict[str, Any] = field(default_factory=dict)
    replaces: tuple[str, ...] = ()

    @property
    def keys(self) -> frozenset[str]:
        """What its records are about, made only where two tables are compared: bytes travel faster, and are fewer."""
        return _split(self.about, self.is_packed) if self.about else frozenset()

    def pack(self) -> None:
        """Pack what its records are about, to a tenth: of many thousands of tables it would fill the memory."""
        if not self.is_packed:
            self.about, self.is_packed = zlib.compress(self.about, level=1), True

    def forget(self) -> None:
        """Forget what it is compared with other tables by, most of what it holds."""
        self.about, self.is_packed, self.units, self.figures = b"", False, {}, {}

    @property
    def decisions(self) -> list[dict[str, Any]]:
        """What was decided, as raw_table keeps it."""
        decisions: list[dict[str, Any]] = self.decided_by.get("decisions", [])
        return decisions


@lru_cache(maxsize=_TABLES_KEPT)
def _split(about: bytes, is_packed: bool) -> frozenset[str]:
    """Split what a table's records are about; a table is compared with several that came shortly before or after."""
    return frozenset((zlib.decompress(about) if is_packed else about).decode().split("\n"))
