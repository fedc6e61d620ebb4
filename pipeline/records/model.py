"""What is taken out of one table, as plain rows ready for the warehouse."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import Any

from pipeline.findings import Finding

Row = dict[str, Any]


@dataclass
class Extract:
    """The records of one table, filled as it is read.

    Attributes:
        rows: by warehouse table, its rows without file_id.
        totals: rows of quality_total without file_id; money in satang.
        findings: what a person should look at.
        refused: zero-based rows that could not be loaded.
    """

    rows: dict[str, list[Row]] = field(default_factory=dict)
    totals: list[Row] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    refused: set[int] = field(default_factory=set)

    def add(self, table: str, row: Row) -> None:
        """Add one row to a warehouse table."""
        self.rows.setdefault(table, []).append(row)


def stable_id(*parts: object) -> str:
    """Make an id of 16 hex digits that is the same in every run on the same input."""
    return hashlib.blake2b("\x1f".join(map(str, parts)).encode(), digest_size=8).hexdigest()
