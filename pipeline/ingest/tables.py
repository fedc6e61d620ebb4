"""One table of a sheet -> its records and everything that was decided about it."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from pipeline.context import Answer, decide_province, decide_stage, decide_year, places, years_in
from pipeline.ingest.files import FoundFile
from pipeline.ingest.kinds import decide_kind
from pipeline.layout import Table, load_vocabulary, read_layout
from pipeline.provinces import load_gazetteer
from pipeline.records import (
    Extract,
    Series,
    Source,
    load_catalogue,
    match_columns,
    read_budget,
    read_indicators,
    read_projects,
    tell_spellings,
)
from pipeline.thai import squeeze
from pipeline.workbook import Sheet, column_letters

# Where a record stands, and what differs with the container it came in.
_PLACE = frozenset(
    {"file_id", "sheet", "cell", "row_number", "project_id", "line_id", "text", "source", "source_rank"}
)


@dataclass
class TableReading:
    """What became of one table.

    Attributes:
        status: loaded, duplicate, superseded or refused.
        table: its layout, where it was understood.
        rows: the zero-based rows of the sheet that it covers.
        content: a digest of what its records say, whatever the container; equal tables are duplicates.
        keys: what its records are about, to tell a submission that comes again.
    """

    sheet: str
    number: int
    cell_range: str
    is_hidden: bool
    kind: str | None = None
    status: str = "refused"
    reason: str | None = None
    title: str | None = None
    decided_by: dict[str, object] = field(default_factory=dict)
    fingerprint: str | None = None
    content: str | None = None
    keys: frozenset[str] = frozenset()
    table: Table | None = None
    rows: frozenset[int] = frozenset()
    extract: Extract = field(default_factory=Extract)


def read_table(
    sheet: Sheet, file: FoundFile, result: TableReading, *, sheet_titles: tuple[tuple[int, str], ...]
) -> Table:
    """Understand a table and take its records into its reading.

    Args:
        sheet: what is left of the sheet when everything outside the table is emptied.
        file: where it is from.
        result: what is filled.
        sheet_titles: titles of the sheet's first table, which speak where its own are silent.

    Raises:
        SourceError: the table cannot be used; says why.
    """
    vocabulary, gazetteer, catalogue = load_vocabulary(), load_gazetteer(), load_catalogue()
    table = read_layout(sheet, vocabulary, number=result.number, sheet_titles=sheet_titles)
    result.table = table
    result.title = " ".join(text for _, text in table.titles if not squeeze(text).startswith("หน่วย")) or None
    result.fingerprint = _fingerprint(table)
    spoken = places((*sheet_titles, *table.titles), sheet.name, file.path)
    matched = match_columns(table, "\n".join(squeeze(place.text) for place in spoken), catalogue)
    kind, table = decide_kind(table, has_values=bool(matched))
    result.kind = kind
    source = Source(
        file_id=file.file_id,
        sheet=sheet,
        table=table,
        kind=kind,
        gazetteer=gazetteer,
        vocabulary=vocabulary,
        province=_province(
            table,
            kind,
            lambda: decide_province(
                places(_speaking(table, gazetteer.find_all), sheet.name, file.path), gazetteer
            ),
        ),
        year=_year(
            table,
            kind,
            matched,
            lambda: decide_year(places(_speaking(table, years_in), sheet.name, file.path)),
        ),
        stage=decide_stage(spoken, vocabulary),
    )
    result.decided_by = _decided_by(source)
    result.extract = _extract(source, matched)
    result.content, result.keys = _content(source, result.extract)
    return table


def _extract(source: Source, matched: dict[int, Series]) -> Extract:
    """Take the records out of a table by its kind, and tell how its province was read."""
    readers: dict[str, Callable[[], Extract]] = {
        "budget_line": lambda: read_budget(source),
        "project": lambda: read_projects(source),
        "indicator": lambda: read_indicators(source, matched),
    }
    extract = readers[source.kind]()
    extract.findings.extend(tell_spellings(source))
    return extract


def _speaking(table: Table, find: Callable[[str], frozenset[Any]]) -> tuple[tuple[int, str], ...]:
    """The titles that may answer a question: a table's own where one speaks, else the sheet's too."""
    if any(find(text) for _, text in table.titles):
        return table.titles
    return (*table.sheet_titles, *table.titles)


def _province(table: Table, kind: str, decide: Callable[[], Answer]) -> Answer:
    """Ask titles and names for the province only where no column decides."""
    has_column = "province" in table.fields or (kind == "budget_line" and "budgetary_unit" in table.fields)
    return Answer(None, ("คอลัมน์ของตาราง",)) if has_column else decide()


def _year(
    table: Table, kind: str, matched: dict[int, object] | object, decide: Callable[[], Answer]
) -> Answer:
    """Ask titles and names for the year only where no column decides."""
    columns = (
        table.money
        if kind != "indicator"
        else tuple(
            column for column in table.columns if isinstance(matched, dict) and column.index in matched
        )
    )
    has_column = bool({"fiscal_year", "year"} & table.fields.keys()) or all(
        column.year_be for column in columns
    )
    return Answer(None, ("คอลัมน์ของตาราง",)) if has_column else decide()


def _decided_by(source: Source) -> dict[str, object]:
    """Keep what gave each answer."""
    units = {column.name: source.unit_of(column) for column in source.table.money}
    how = sorted({how for _, _, how in source.province.spellings}) or ["exact"]
    province = {"value": source.province.value, "from": source.province.where}
    return {
        "province": {**province, "how": how} if source.province.value else province,
        "fiscal_year_be": {"value": source.year.value, "from": source.year.where},
        "stage": {"value": source.stage.value, "from": source.stage.where},
        "unit": {name: {"value": unit.name, "from": how} for name, (unit, how) in units.items()},
        "columns": {
            column_letters(column.index): column.field or column.measure for column in source.table.columns
        },
    }


def _fingerprint(table: Table) -> str:
    """Digest a layout: the heads of its columns, whatever the year in them."""
    heads = "|".join(" ".join(heading.text for heading in column.headings) for column in table.columns)
    return hashlib.blake2b(heads.encode(), digest_size=8).hexdigest()


def _content(source: Source, extract: Extract) -> tuple[str, frozenset[str]]:
    """Digest what the records say, and list what they are about, whatever file and cell they stand in."""
    lines = [line for name, rows in sorted(extract.rows.items()) for line in _said(name, rows)]
    measures = ",".join(sorted({column.measure or "" for column in source.table.money}))
    keys = frozenset(
        f"{measures}|{row['province_code']}|{row['fiscal_year_be']}|{squeeze(row['project_name'])}"
        for row in extract.rows.get("core_project", ())
    )
    documents = frozenset(
        f"{row['document']}|{row['ministry']}"
        for row in extract.rows.get("core_budget_line", ())
        if row["document"]
    )
    return hashlib.sha256("\n".join(lines).encode()).hexdigest(), keys or documents


def _said(name: str, rows: list[dict[str, Any]]) -> list[str]:
    """What each row of a warehouse table says, without its place; sorted, since the order says nothing."""
    keys = sorted(rows[0].keys() - _PLACE) if rows else []
    return sorted(
        name + "|".join([squeeze(row[key]) if isinstance(row[key], str) else str(row[key]) for key in keys])
        for row in rows
    )
