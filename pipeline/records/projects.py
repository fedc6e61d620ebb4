"""Rows of a project table -> core_project and core_amount."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pipeline.errors import SourceError
from pipeline.layout import Column
from pipeline.records.cells import read_provinces, read_satang, read_years, texts_as_written
from pipeline.records.counts import read_counts
from pipeline.records.leftovers import tell_continued, tell_unknown_columns
from pipeline.records.model import Extract, share
from pipeline.records.owners import Split, find_owners, find_parts, find_splits, part_name, split_rows
from pipeline.records.percents import read_percents
from pipeline.records.periods import NO_DAYS, Days, read_periods
from pipeline.records.source import Source
from pipeline.records.staged import by_stage, refuse_stageless
from pipeline.records.totals import read_totals
from pipeline.thai import squeeze
from pipeline.workbook import column_letters

_PART = "ส่วนย่อย"
_TEXT_FIELDS = {
    "agency": "agency_name",
    "plan_group": "plan_group",
    "activity": "activity",
    "objective": "objective",
    "target": "target",
    "target_group": "target_group",
    "kpi": "kpi",
    "area": "area",
    "period_text": "period_text",
    "fund_source": "fund_source",
    "expense_category": "expense_category",
    "note": "note",
}


@dataclass(frozen=True)
class Placed:
    """Where the amounts of a column's rows belong.

    Attributes:
        owners: the row of its project.
        years: the fiscal year of each project's row.
        parts: rows whose amount is in their project's own.
        split: rows whose amount is a part that nothing is the sum of, by category or source.
    """

    owners: dict[int, int]
    years: dict[int, int]
    parts: frozenset[int]
    split: dict[int, Split]


def read_projects(source: Source) -> Extract:
    """Read a project table: one core_project row a record, one core_amount row a money cell.

    Raises:
        SourceError: nothing says the province, or the year, of the rows.
    """
    extract = Extract()
    owners = find_owners(source)
    _refuse_nameless(source, owners, extract)
    named = tuple(row for row, owner in owners.items() if row == owner)
    provinces = _provinces(source, named, extract)
    years = _years(source, named, extract)
    periods = read_periods(source, named, years, extract)
    loaded = [row for row in named if row not in extract.refused]
    refuse_stageless(source, extract)
    _add_projects(source, loaded, provinces=provinces, years=years, periods=periods, to=extract)
    extract.refused.update(row for row, owner in owners.items() if owner in extract.refused)
    is_plain = len(named) == len(owners)
    splits = {} if is_plain else find_splits(source, owners)
    every = _places(source.table.records, owners, years) if is_plain and not extract.refused else None
    counted: list[tuple[Column, list[int | None], frozenset[int]]] = []
    for column in source.table.money:
        read = read_satang(source, column, extract)
        if every and not (read.unreadable or column.by_row):
            # As most tables are: each row a project, each cell of the column an amount of its own.
            _add_column(source, column, read.values, every, to=extract)
            counted.append((column, read.values, read.unreadable))
            continue
        amounts = dict(zip(source.table.records, read.values, strict=True))
        kept = [row for row in amounts if row not in extract.refused and row not in read.unreadable]
        for staged, rows in by_stage(source, column, kept):
            own = {row: amounts[row] for row in rows} if column.by_row else amounts
            split = split_rows(own, owners, splits)
            parts = frozenset() if is_plain else find_parts(source, own, owners, split)
            at = Placed(owners, years, parts, split)
            _add_amounts(source, staged, own, rows, at=at, to=extract)
            is_whole = not parts and not column.by_row
            counts = read.values if is_whole else _counted(source, own, owners, parts)
            counted.append((staged, counts, read.unreadable))
    firsts = [place for place, row in enumerate(source.table.records) if owners.get(row) == row]
    read_totals(source, counted, extract, firsts=firsts if splits else ())
    read_counts(source, named, extract)
    read_percents(source, loaded, years, extract)
    tell_unknown_columns(source, extract)
    tell_continued(source, extract)
    return extract


def _counted(
    source: Source, amounts: dict[int, int | None], owners: dict[int, int], parts: frozenset[int]
) -> list[int | None]:
    """What each record adds to a total: nothing where its amount is in its project's own already."""
    return [
        None if row in parts and amounts.get(owners.get(row, row)) is not None else amounts.get(row)
        for row in source.table.records
    ]


def _provinces(source: Source, rows: tuple[int, ...], extract: Extract) -> dict[int, str | None]:
    """The province of every record: its column's, else its section's, else the table's."""
    if "province" in source.table.fields:
        return read_provinces(source, "province", extract, rows=rows)
    if source.section_provinces.keys() >= set(rows):
        return {row: source.section_provinces[row] for row in rows}
    if source.province.value is None:
        raise SourceError(
            "no_province",
            "ไม่พบว่าตารางนี้เป็นของจังหวัดใด  ใส่ชื่อจังหวัดในหัวเรื่อง ชื่อชีต ชื่อไฟล์ หรือโฟลเดอร์ หรือตัดสินใน overrides.csv",
        )
    return {row: source.section_provinces.get(row, str(source.province.value)) for row in rows}


def _years(source: Source, rows: tuple[int, ...], extract: Extract) -> dict[int, int]:
    """The fiscal year of every record: its column's, else the table's; wide years stand in the columns themselves."""
    for field in ("fiscal_year", "year"):
        if field in source.table.fields:
            return read_years(source, field, extract, rows=rows)
    if source.year.value is not None:
        return dict.fromkeys(rows, int(source.year.value))
    if all(column.year_be for column in source.table.money):
        return {}
    raise SourceError(
        "no_year", "ไม่พบว่าตารางนี้เป็นของปีงบประมาณใด  ใส่ปีงบประมาณในหัวเรื่อง ชื่อชีต หรือชื่อไฟล์ หรือตัดสินใน overrides.csv"
    )


def _refuse_nameless(source: Source, owners: dict[int, int], extract: Extract) -> None:
    """Refuse a row that belongs to no project that has a name."""
    column = source.table.fields["project_name"]
    for row in source.table.records:
        if row not in owners:
            extract.refused.add(row)
            extract.findings.append(source.finding("project_name_missing", row, column))


def _add_projects(
    source: Source,
    rows: list[int],
    *,
    provinces: dict[int, str | None],
    years: dict[int, int],
    periods: dict[int, Days],
    to: Extract,
) -> None:
    """Add one core_project row for each of the rows."""
    texts = {name: source.texts_at(field, rows) for field, name in _TEXT_FIELDS.items()}
    if "person" in source.table.fields:
        agencies = texts["agency_name"] or [None] * len(rows)
        texts["agency_name"] = [
            agency or _office(source, row) for agency, row in zip(agencies, rows, strict=True)
        ]
    sections = source.table.sections
    to.add(
        "core_project",
        {
            "province_code": share([provinces[row] for row in rows]),
            "fiscal_year_be": share([years.get(row) for row in rows]),
            "project_name": source.texts_at("project_name", rows),
            **texts,
            "section": [sections.get(row) for row in rows] if sections else None,
            "start_date": [periods.get(row, NO_DAYS)[0] for row in rows] if periods else None,
            "end_date": [periods.get(row, NO_DAYS)[1] for row in rows] if periods else None,
            "owner_row": [row + 1 for row in rows],
            "row_number": [row + 1 for row in rows],
        },
        count=len(rows),
    )


def _office(source: Source, row: int) -> str | None:
    """The office that a column of responsible persons names; a person is never taken from there."""
    text = source.text(row, "person")
    return text if text and squeeze(text).startswith(source.vocabulary.offices) else None


def _add_amounts(
    source: Source,
    column: Column,
    amounts: dict[int, int | None],
    rows: list[int],
    *,
    at: Placed,
    to: Extract,
) -> None:
    """Add one core_amount row for each record's cell; a part of its project's own amount is named by its activity."""
    category: list[str | None] | str | None = column.category
    fund_source: list[str | None] | str | None = column.fund_source
    if at.parts:
        category = [(part_name(source, row) or _PART) if row in at.parts else column.category for row in rows]
    if at.split:
        whole = Split(None, None)
        repeated = category if isinstance(category, list) else [category] * len(rows)
        category = [
            at.split.get(row, whole).category or said for row, said in zip(rows, repeated, strict=True)
        ]
        fund_source = [at.split.get(row, whole).fund_source or column.fund_source for row in rows]
    places = _places(rows, at.owners, at.years)
    named = {"category": category, "fund_source": fund_source}
    _add_column(source, column, [amounts[row] for row in rows], places, to=to, named=named)


@dataclass(frozen=True)
class Places:
    """Where the amounts of a column stand, and which projects they are of.

    Attributes:
        rows: the zero-based rows.
        owner_rows: by amount, the number of its project's row, from 1.
        row_numbers: likewise that of its own.
        years: likewise its fiscal year, one where all share it; None where the columns say it.
    """

    rows: Sequence[int]
    owner_rows: list[int]
    row_numbers: list[int]
    years: list[int | None] | int | None


def _places(rows: Sequence[int], owners: dict[int, int], years: dict[int, int]) -> Places:
    """Say where amounts stand that are in these rows."""
    return Places(
        rows,
        [owners[row] + 1 for row in rows],
        [row + 1 for row in rows],
        share([years.get(owners[row]) for row in rows]),
    )


def _add_column(
    source: Source,
    column: Column,
    amounts: list[int | None],
    places: Places,
    *,
    to: Extract,
    named: Mapping[str, list[str | None] | str | None] | None = None,
) -> None:
    """Add one core_amount row for each cell of a column; `named` has the category and source of each, where several."""
    unit, _ = source.unit_of(column)
    to.add(
        "core_amount",
        {
            "owner_row": places.owner_rows,
            "row_number": places.row_numbers,
            "letters": column_letters(column.index),
            "fiscal_year_be": column.year_be or places.years,
            "measure": column.measure,
            "period": column.period,
            "category": column.category,
            "fund_source": column.fund_source,
            "amount_satang": amounts,
            "unit": unit.name,
            "text": texts_as_written(source, column, places.rows),
        }
        | dict(named or {}),
        count=len(places.rows),
    )
