"""One table of a sheet -> its records and everything that was decided about it."""

from __future__ import annotations

import hashlib
import marshal
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from pipeline.context import Answer, decide_province, decide_stage, decide_year, places, years_in
from pipeline.errors import SourceError
from pipeline.findings import make_finding
from pipeline.ingest.conflicts import digest_figures, say_figures
from pipeline.ingest.figures import read_figure_table
from pipeline.ingest.files import FoundFile
from pipeline.ingest.kinds import decide_kind
from pipeline.ingest.upright import form_table, lead_back
from pipeline.layout import Table, lay_down, load_vocabulary, read_layout, used_rows
from pipeline.provinces import load_gazetteer
from pipeline.records import (
    Extract,
    Source,
    read_budget,
    read_projects,
    tell_spellings,
)
from pipeline.records.sections import provinces_of_sections
from pipeline.thai import squeeze
from pipeline.workbook import Sheet, column_letters

_BLANK = "table_blank"
# Where a record stands, and what differs with the container it came in.
_PLACE = frozenset({"letters", "row_number", "owner_row", "text", "source", "source_rank"})

# The last version of marshal that writes a value the same however often the object is shared.
_NO_REFERENCES = 2


@dataclass
class TableReading:
    """What became of one table.

    Attributes:
        table_id: made of file, sheet and table, the same in every run on the same input.
        status: loaded, duplicate, superseded or refused.
        table: its layout, where it was understood.
        rows: the zero-based rows of the sheet that it covers.
        content: a digest of what its records say, whatever the container; equal tables are duplicates.
        keys: what its records are about, to tell a submission that comes again.
        subjects: coarser than keys: whose and which year's, or which document; tables that share none are unlike.
        units: of a budget document, the sum of each budgetary unit in satang.
        figures: of statistics, what they say, by indicator, source, province and year.
        records: how many records it gave.
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
    decided_by: dict[str, object] = field(default_factory=dict)
    fingerprint: str | None = None
    content: str | None = None
    keys: frozenset[str] = frozenset()
    subjects: frozenset[str] = frozenset()
    units: dict[str, int] = field(default_factory=dict)
    figures: dict[str, str] = field(default_factory=dict)
    records: int = 0
    table: Table | None = None
    rows: tuple[int, ...] = ()
    extract: Extract = field(default_factory=Extract)


def read_table(
    sheet: Sheet, file: FoundFile, result: TableReading, *, sheet_titles: tuple[tuple[int, str], ...]
) -> Table:
    """Understand a table, an upright form or statistics, and take its records into its reading.

    Args:
        sheet: what is left of the sheet when everything outside the table is emptied.
        file: where it is from.
        result: what is filled.
        sheet_titles: titles of the sheet's first table, which speak where its own are silent.

    Returns:
        The layout, with what its kind puts in for fields that it lacks.

    Raises:
        SourceError: the table cannot be used; says why.
    """
    upright = lay_down(sheet, load_vocabulary())
    laid = upright.sheet if upright else sheet
    try:
        table = read_layout(laid, load_vocabulary(), number=result.number, sheet_titles=sheet_titles)
        result.table = form_table(table, upright, used_rows(sheet)) if upright else table
        _describe(result, table)
        if not table.records:
            raise SourceError(_BLANK, "")
        result.kind, table = decide_kind(table)
    except SourceError as refusal:
        if upright:
            raise
        return _read_figures(sheet, file, result, sheet_titles=sheet_titles, refusal=refusal)
    source = _source(laid, file, table, kind=result.kind)
    result.decided_by = _decided_by(source)
    result.extract = read_budget(source) if result.kind == "budget_line" else read_projects(source)
    result.extract.findings.extend(tell_spellings(source))
    _summarise(source, result)
    if upright:
        lead_back(result.extract, upright, sheet)
        return result.table
    return table


def _read_figures(
    sheet: Sheet,
    file: FoundFile,
    result: TableReading,
    *,
    sheet_titles: tuple[tuple[int, str], ...],
    refusal: SourceError,
) -> Table:
    """Read what is no form of projects as statistics.

    Raises:
        SourceError: it holds no statistics that are known: the refusal again; a form without a record is only blank.
    """
    form = result.table
    try:
        source, result.extract = read_figure_table(
            sheet, file, number=result.number, sheet_titles=sheet_titles, form=form, refusal=refusal
        )
    except SourceError as error:
        if form is None or error is not refusal or error.code != _BLANK:
            raise
        result.extract.findings.append(make_finding(_BLANK, sheet=sheet.name))
        return form
    result.kind, result.table = source.kind, source.table
    _describe(result, source.table)
    result.decided_by = _decided_by(source)
    _summarise(source, result)
    return source.table


def _describe(result: TableReading, table: Table) -> None:
    """Keep a table's titles and the digest of its layout."""
    result.title = " ".join(text for _, text in table.titles if not squeeze(text).startswith("หน่วย")) or None
    result.fingerprint = _fingerprint(table)


def _summarise(source: Source, result: TableReading) -> None:
    """Keep of the records what other files are compared with."""
    extract = result.extract
    if source.kind == "indicator":
        result.figures = say_figures(extract)
        result.content, result.keys = digest_figures(result.figures), frozenset(result.figures)
    else:
        result.content, result.keys = _content(extract), _keys(source, extract)
    result.subjects = frozenset(key[: key.rindex("|")] for key in result.keys)
    result.units = _units(extract)
    result.records = sum(extract.count(name) for name in ("core_project", "core_budget_line"))
    result.records = result.records or extract.count("core_indicator")


def _source(sheet: Sheet, file: FoundFile, table: Table, *, kind: str) -> Source:
    """A table with its province, year and stage decided.

    Raises:
        SourceError: what speaks of the province or the year disagrees.
    """
    gazetteer, vocabulary = load_gazetteer(), load_vocabulary()
    spoken = places((*table.sheet_titles, *table.titles), sheet.name, file.path)
    sections = provinces_of_sections(sheet, table, gazetteer) if kind == "project" else {}
    has_sections = bool(table.records) and sections.keys() >= set(table.records)
    return Source(
        sheet=sheet,
        table=table,
        kind=kind,
        gazetteer=gazetteer,
        vocabulary=vocabulary,
        province=_province(
            table,
            kind,
            has_sections=has_sections,
            decide=lambda: decide_province(
                places(_speaking(table, gazetteer.find_all), sheet.name, file.path), gazetteer
            ),
        ),
        year=_year(table, lambda: decide_year(places(_speaking(table, years_in), sheet.name, file.path))),
        stage=decide_stage(spoken, vocabulary),
    )


def _speaking(table: Table, find: Callable[[str], frozenset[Any]]) -> tuple[tuple[int, str], ...]:
    """The titles that may answer a question: a table's own where one speaks, else the sheet's too."""
    if any(find(text) for _, text in table.titles):
        return table.titles
    return (*table.sheet_titles, *table.titles)


def _province(table: Table, kind: str, *, has_sections: bool, decide: Callable[[], Answer]) -> Answer:
    """Ask titles and names for the province only where no column, and no row above the records, decides."""
    if has_sections:
        return Answer(None, ("แถวหัวข้อของตาราง",))
    has_column = "province" in table.fields or (kind == "budget_line" and "budgetary_unit" in table.fields)
    return Answer(None, ("คอลัมน์ของตาราง",)) if has_column else decide()


def _year(table: Table, decide: Callable[[], Answer]) -> Answer:
    """Ask titles and names for the year only where no column decides."""
    has_column = bool({"fiscal_year", "year"} & table.fields.keys()) or all(
        column.year_be for column in table.money
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


def _content(extract: Extract) -> str:
    """Digest what the records say, whatever file and cell they stand in."""
    digest = hashlib.blake2b(digest_size=16)
    for batch in extract.batches:
        for name in sorted(batch.columns.keys() - _PLACE):
            digest.update(f"{batch.table}|{batch.count}|{name}|".encode())
            digest.update(_serialised(batch.columns[name]))
    return digest.hexdigest()


def _serialised(values: Any) -> bytes:
    """A column as bytes, the same for equal values; days and the like as their text."""
    try:
        return marshal.dumps(values, _NO_REFERENCES)
    except ValueError:
        return repr(values).encode(errors="replace")


def _keys(source: Source, extract: Extract) -> frozenset[str]:
    """List what the records are about: projects with their province, year and measures, or budget documents."""
    measures = ",".join(sorted({column.measure or "" for column in source.table.money}))
    keys: set[str] = set()
    for batch in extract.batches:
        if batch.table == "core_project":
            names = "\n".join(batch.values("project_name")).replace(" ", "").lower().split("\n")
            about = zip(batch.values("province_code"), batch.values("fiscal_year_be"), names, strict=True)
            keys.update(map(f"{measures.replace('%', '%%')}|%s|%s|%s".__mod__, about))
        elif batch.table == "core_budget_line":
            documents = zip(batch.values("document"), batch.values("ministry"), strict=True)
            keys.update(f"{document}|{ministry}" for document, ministry in documents if document)
    return frozenset(keys)


def _units(extract: Extract) -> dict[str, int]:
    """Sum a budget document's amounts by budgetary unit, in satang."""
    sums: dict[str, int] = {}
    for batch in extract.batches:
        if batch.table == "core_budget_line":
            for unit, satang in zip(
                batch.values("budgetary_unit"), batch.values("amount_satang"), strict=True
            ):
                sums[str(unit)] = sums.get(str(unit), 0) + satang
    return sums
