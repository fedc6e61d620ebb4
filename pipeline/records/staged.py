"""Tables whose rows say the stage of their money: one project in several rows, each amount of its row's measure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from pipeline.layout import Column
from pipeline.records.model import Extract
from pipeline.records.source import Source

# What tells two projects of one name apart.
_SAME = ("project_name", "province", "fiscal_year", "year", "agency")


def find_staged_owners(source: Source, merged: dict[int, int]) -> dict[int, int]:
    """Find the row of the project that each record belongs to, where rows say the stage of money.

    A row without a name goes with the project above; rows of one name, province, year and agency are one project as
    long as no stage comes twice.

    Args:
        source: the table.
        merged: the first row of the merge that covers a row's name from above.
    """
    owners: dict[int, int] = {}
    known: dict[tuple[str | None, ...], tuple[int, set[str | None]]] = {}
    current: int | None = None
    for row in source.table.records:
        stage = source.table.stages.get(row)
        if source.text(row, "project_name") is None:
            owner = owners.get(merged.get(row, row), current)
            if owner is not None:
                owners[row] = owner
            continue
        key = tuple(source.text(row, field) for field in _SAME)
        owner, stages = known.get(key, (row, set()))
        if stage in stages:
            owner, stages = row, set()
        stages.add(stage)
        known[key] = owner, stages
        owners[row] = current = owner
    return owners


def refuse_stageless(source: Source, extract: Extract) -> None:
    """Refuse a record whose row says no stage where the others do."""
    stages = source.table.stages
    if not stages:
        return
    for row in source.table.records:
        if row not in stages:
            extract.refused.add(row)
            extract.findings.append(source.finding("stage_missing", row, source.table.fields["project_name"]))


def by_stage(source: Source, column: Column, rows: Sequence[int]) -> Iterator[tuple[Column, list[int]]]:
    """Part a column of money by the stages that its rows name; a column that names its own is of one part."""
    if not column.by_row:
        yield column, list(rows)
        return
    stages = source.table.stages
    for measure in dict.fromkeys(stages[row] for row in rows if row in stages):
        yield replace(column, measure=measure), [row for row in rows if stages.get(row) == measure]
