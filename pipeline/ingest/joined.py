"""One project told in several sheets of a file, a sheet a quarter or a month: one project with an amount a period."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from pipeline.findings import make_finding
from pipeline.ingest.table_reading import TableReading
from pipeline.records import Batch
from pipeline.thai import squeeze
from pipeline.workbook import address, column_index

# Of a project: the table and the row that name it; of an amount given once for the year: what it was first.
_Named = dict[tuple[str, int | None, str], tuple[str, int]]
_Given = dict[tuple[str, int, str], int | None]
_YEAR = "year"


def join_periods(tables: list[TableReading]) -> None:
    """Join the projects of a file's tables that are one form and differ in their period alone.

    The first table keeps the projects. A later one gives its periods' amounts to them, and keeps only projects that
    are new; what it says again of the whole year is not counted again, and told where it differs.
    """
    groups: dict[str | None, list[TableReading]] = {}
    for table in tables:
        if table.status == "loaded" and table.kind == "project" and _periods(table) - {_YEAR}:
            groups.setdefault(table.fingerprint, []).append(table)
    for group in groups.values():
        periods = Counter(period for table in group for period in _periods(table) - {_YEAR})
        if len(group) > 1 and max(periods.values()) == 1:
            _join(group)


def _periods(table: TableReading) -> set[str]:
    """The periods of a table's amounts."""
    return {str(batch.columns["period"]) for batch in table.extract.batches if batch.table == "core_amount"}


def _join(group: list[TableReading]) -> None:
    """Give the amounts of later tables to the projects of the first that names them."""
    named: _Named = {}
    given: _Given = {}
    for table in group:
        owners = _name_projects(table, named)
        if owners is None:
            continue
        known = {row: owner for row, owner in owners.items() if owner[0] != table.table_id}
        table.extract.batches[:] = [
            kept
            for batch in table.extract.batches
            if (kept := _joined(batch, table, owners, known, given)).count
        ]


def _name_projects(table: TableReading, named: _Named) -> dict[int, tuple[str, int]] | None:
    """By row of a table's projects, the table and the row that named each first; None where it names one twice."""
    rows: dict[int, tuple[str, int | None, str]] = {}
    for batch in table.extract.batches:
        if batch.table == "core_project":
            about = zip(*map(batch.values, ("province_code", "fiscal_year_be", "project_name")), strict=True)
            keys = [(str(province), year, squeeze(name)) for province, year, name in about]
            rows.update(zip(batch.values("owner_row"), keys, strict=True))
    if len(set(rows.values())) < len(rows):
        return None
    return {row: named.setdefault(key, (table.table_id, row)) for row, key in rows.items()}


def _joined(
    batch: Batch,
    table: TableReading,
    owners: dict[int, tuple[str, int]],
    known: dict[int, tuple[str, int]],
    given: _Given,
) -> Batch:
    """A batch with its amounts given to the first project of each name, and without projects named before."""
    rows: list[int] = batch.values("owner_row")
    if batch.table == "core_project":
        return _picked(batch, [place for place, row in enumerate(rows) if row not in known])
    if batch.table != "core_amount":
        return batch
    kept = list(range(batch.count))
    if batch.columns["period"] == _YEAR:
        kept = _said_first(batch, table, owners, given)
    batch = _picked(batch, kept)
    first = [owners.get(row, (table.table_id, row)) for row in batch.values("owner_row")]
    columns = {
        **batch.columns,
        "project_table": [table_id for table_id, _ in first],
        "owner_row": [row for _, row in first],
    }
    return replace(batch, columns=columns)


def _said_first(
    batch: Batch, table: TableReading, owners: dict[int, tuple[str, int]], given: _Given
) -> list[int]:
    """The places of amounts of the whole year that no earlier table gave; one that differs from the first is told."""
    kept, differing = [], []
    about = f"{batch.columns['measure']}|{batch.columns['category']}|{batch.columns['fund_source']}"
    amounts = zip(batch.values("owner_row"), batch.values("amount_satang"), strict=True)
    for place, (row, satang) in enumerate(amounts):
        key = (*owners.get(row, (table.table_id, row)), about)
        if key not in given:
            given[key] = satang
            kept.append(place)
        elif given[key] != satang and satang is not None:
            differing.append(place)
    for place in differing:
        cell = address(
            batch.values("row_number")[place] - 1, column_index(str(batch.values("letters")[place]))
        )
        table.extract.findings.append(make_finding("year_amount_differs", sheet=table.sheet, cell=cell))
    return kept


def _picked(batch: Batch, places: list[int]) -> Batch:
    """A batch of some of the rows."""
    if len(places) == batch.count:
        return batch
    columns = {
        name: [values[place] for place in places] if isinstance(values, list) else values
        for name, values in batch.columns.items()
    }
    return Batch(batch.table, len(places), columns)
