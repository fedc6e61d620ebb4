"""What a table is about: its kind, province, year and stage, by overrides.csv, by itself, or by titles and names."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from pipeline.context import Answer, Spoken, decide_province, decide_stage, decide_year, places, years_in
from pipeline.errors import SourceError
from pipeline.ingest.beside.rulings import Rulings, drop_deciding_columns, rule
from pipeline.ingest.files import FoundFile
from pipeline.ingest.kinds import decide_kind
from pipeline.layout import Table, load_vocabulary
from pipeline.provinces import load_gazetteer
from pipeline.records import Source
from pipeline.records.sections import provinces_of_sections
from pipeline.workbook import Sheet


def settle_kind(table: Table, spoken: tuple[Spoken, ...], rulings: Rulings) -> tuple[str, Table]:
    """Decide the kind, by a line where one says it."""
    line = next(iter(rulings.of("kind")), None)
    has_stage = bool(rulings.of("stage")) or decide_stage(spoken, load_vocabulary()).value is not None
    decide = partial(decide_kind, table, has_stage=has_stage)
    kind, filled = decide(asked=line.value if line else None)
    if line:
        try:
            same = decide()[0] == kind
        except SourceError:
            same = False
        rulings.tell(line, same=same)
    return kind, drop_deciding_columns(rulings, filled, kind)


def _ask_province(table: Table, sheet: Sheet, file: FoundFile, rulings: Rulings) -> Answer:
    """The province by a line, else by titles and names."""
    gazetteer = load_gazetteer()
    return rule(
        rulings,
        "province",
        lambda: decide_province(
            places(_speaking(table, gazetteer.find_all), sheet.name, file.path), gazetteer
        ),
    )


def _ask_year(table: Table, sheet: Sheet, file: FoundFile, rulings: Rulings) -> Answer:
    """The year by a line, else by titles and names."""
    return rule(
        rulings, "year", lambda: decide_year(places(_speaking(table, years_in), sheet.name, file.path))
    )


def make_source(
    sheet: Sheet,
    file: FoundFile,
    table: Table,
    rulings: Rulings,
    *,
    kind: str,
) -> Source:
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
            decide=lambda: _ask_province(table, sheet, file, rulings),
        ),
        year=_year(table, lambda: _ask_year(table, sheet, file, rulings)),
        stage=rule(rulings, "stage", lambda: decide_stage(spoken, vocabulary)),
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
    has_column = (
        bool({"fiscal_year", "year"} & table.fields.keys())
        or all(column.year_be for column in table.money)
        and bool(table.money)
    )
    return Answer(None, ("คอลัมน์ของตาราง",)) if has_column else decide()
