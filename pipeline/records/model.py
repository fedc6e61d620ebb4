"""What is taken out of one table, by column and ready for the warehouse."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, TypeVar

from pipeline.findings import Finding

_T = TypeVar("_T")
Row = dict[str, Any]
Values = list[Any]


@dataclass(frozen=True)
class Batch:
    """Some rows of one warehouse table.

    Attributes:
        table: the warehouse table, whose column names the keys below are; money is in satang, as *_satang.
        count: how many rows.
        columns: a list of `count` values, or one value that all rows share.
    """

    table: str
    count: int
    columns: dict[str, Values | str | int | float | bool | None]

    def values(self, name: str) -> Values:
        """One column as a list, a shared value repeated."""
        values = self.columns[name]
        return values if isinstance(values, list) else [values] * self.count


@dataclass
class Extract:
    """The records of one table, filled as it is read.

    Attributes:
        batches: rows of warehouse tables.
        totals: rows of quality_total without file_id; money in satang.
        counts: rows of quality_count without file_id.
        findings: what a person should look at.
        refused: zero-based rows that could not be loaded.
    """

    batches: list[Batch] = field(default_factory=list)
    totals: list[Row] = field(default_factory=list)
    counts: list[Row] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    refused: set[int] = field(default_factory=set)

    def add(self, table: str, columns: dict[str, Any], *, count: int) -> None:
        """Add rows to a warehouse table; nothing where there are none."""
        if count:
            self.batches.append(Batch(table, count, columns))

    def count(self, table: str) -> int:
        """How many rows of a warehouse table there are."""
        return sum(batch.count for batch in self.batches if batch.table == table)


def share(values: list[_T]) -> list[_T] | _T:
    """Give one value where all rows share it, else the values.

    >>> share([2565, 2565]), share([2565, 2566])
    (2565, [2565, 2566])
    """
    return values[0] if values and values.count(values[0]) == len(values) else values
