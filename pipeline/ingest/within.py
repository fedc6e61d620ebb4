"""Sheets of one file that repeat what its other sheets say: the sheet รวม beside the sheets that it joins."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.findings import Finding, make_finding
from pipeline.ingest.table_reading import TableReading
from pipeline.records import Extract

# One project alone may well stand in two sheets.
_FEWEST = 2


def say_amounts(extract: Extract) -> frozenset[int]:
    """Digest each amount with its project, province, year, measure and period; only for comparison in one process."""
    abouts: dict[int, tuple[object, object]] = {}
    said: set[int] = set()
    for batch in extract.batches:
        if batch.table == "core_project":
            about = zip(batch.values("province_code"), batch.values("project_name"), strict=True)
            abouts.update(zip(batch.values("row_number"), about, strict=True))
        elif batch.table == "core_amount":
            what = (batch.columns["measure"], batch.columns["period"])
            owners = map(abouts.get, batch.values("owner_row"))
            years, amounts = batch.values("fiscal_year_be"), batch.values("amount_satang")
            rows = zip(owners, years, amounts, strict=True)
            said.update(hash((*what, *row)) for row in rows if row[2] is not None)
    return frozenset(said)


def settle_sheets(tables: Sequence[TableReading]) -> list[Finding]:
    """Mark each table as a duplicate whose every amount the other sheets of its file hold too, the largest first.

    Args:
        tables: the tables of a file, with what was taken from them.

    Returns:
        What is told of them.
    """
    loaded = [table for table in tables if table.status == "loaded" and table.kind == "project"]
    if len({table.sheet for table in loaded}) < _FEWEST:
        return []
    amounts = {table.table_id: say_amounts(table.extract) for table in loaded}
    told = []
    for table in sorted(loaded, key=lambda table: -len(amounts[table.table_id])):
        own = amounts[table.table_id]
        others = [other for other in loaded if other.status == "loaded" and other.sheet != table.sheet]
        beside = [other for other in others if amounts[other.table_id] & own]
        held = frozenset[int]().union(*(amounts[other.table_id] for other in beside))
        if own and table.records >= _FEWEST and beside and own <= held:
            names = ", ".join(dict.fromkeys(other.sheet for other in beside))
            table.status, table.reason = "duplicate", f"ทุกโครงการและจำนวนเงินอยู่ในชีต {names} แล้ว"
            told.append(make_finding("sheet_repeats", sheet=table.sheet, others=names))
    return told
