"""Rows of a project table -> core_project and core_amount."""

from __future__ import annotations

from pipeline.errors import SourceError
from pipeline.layout import Column
from pipeline.records.cells import read_provinces, read_satang, read_years
from pipeline.records.leftovers import tell_unknown_columns
from pipeline.records.model import Extract, stable_id
from pipeline.records.owners import find_owners, find_parts
from pipeline.records.periods import NO_DAYS, read_periods
from pipeline.records.source import Source
from pipeline.records.totals import read_totals
from pipeline.thai import squeeze
from pipeline.workbook import address, cell_text

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
    for row in named:
        if row not in extract.refused:
            start, end = periods.get(row, NO_DAYS)
            project = _project(source, row, provinces.get(row), years.get(row))
            extract.add("core_project", {**project, "start_date": start, "end_date": end})
    extract.refused.update(row for row, owner in owners.items() if owner in extract.refused)
    for column in source.table.money:
        read = read_satang(source, column, extract)
        amounts = dict(zip(source.table.records, read.values, strict=True))
        parts = find_parts(amounts, owners)
        for row in amounts.keys() - extract.refused - read.unreadable:
            _add_amount(
                source,
                column,
                row,
                amounts[row],
                owner=owners[row],
                years=years,
                part=row in parts,
                to=extract,
            )
        whole = [None if row in parts else amount for row, amount in amounts.items()]
        read_totals(source, column, whole, extract)
    tell_unknown_columns(source, extract)
    return extract


def project_id(source: Source, row: int) -> str:
    """Name a project by its place: the same in every run on the same input."""
    return stable_id(source.file_id, source.sheet.name, row, source.table.fields["project_name"].index)


def _provinces(source: Source, rows: tuple[int, ...], extract: Extract) -> dict[int, str | None]:
    """The province of every record: its column's, else the table's."""
    if "province" in source.table.fields:
        return read_provinces(source, "province", extract, rows=rows)
    if source.province.value is None:
        raise SourceError("no_province", "ไม่พบว่าตารางนี้เป็นของจังหวัดใด  ใส่ชื่อจังหวัดในหัวเรื่อง ชื่อชีต ชื่อไฟล์ หรือโฟลเดอร์")
    return dict.fromkeys(rows, str(source.province.value))


def _years(source: Source, rows: tuple[int, ...], extract: Extract) -> dict[int, int]:
    """The fiscal year of every record: its column's, else the table's; wide years stand in the columns themselves."""
    for field in ("fiscal_year", "year"):
        if field in source.table.fields:
            return read_years(source, field, extract, rows=rows)
    if source.year.value is not None:
        return dict.fromkeys(rows, int(source.year.value))
    if all(column.year_be for column in source.table.money):
        return {}
    raise SourceError("no_year", "ไม่พบว่าตารางนี้เป็นของปีงบประมาณใด  ใส่ปีงบประมาณในหัวเรื่อง ชื่อชีต หรือชื่อไฟล์")


def _refuse_nameless(source: Source, owners: dict[int, int], extract: Extract) -> None:
    """Refuse a row that belongs to no project that has a name."""
    column = source.table.fields["project_name"]
    for row in source.table.records:
        if row not in owners:
            extract.refused.add(row)
            extract.findings.append(source.finding("project_name_missing", row, column))


def _project(source: Source, row: int, province_code: str | None, year: int | None) -> dict[str, object]:
    """One core_project row."""
    texts = {name: source.text(row, field) for field, name in _TEXT_FIELDS.items()}
    texts["agency_name"] = texts["agency_name"] or _office(source, row)
    return {
        "project_id": project_id(source, row),
        "province_code": province_code,
        "fiscal_year_be": year,
        "project_name": source.text(row, "project_name"),
        **texts,
        "section": source.table.sections.get(row),
        "sheet": source.sheet.name,
        "row_number": row + 1,
    }


def _office(source: Source, row: int) -> str | None:
    """The office that a column of responsible persons names; a person is never taken from there."""
    text = source.text(row, "person")
    return text if text and squeeze(text).startswith(source.vocabulary.offices) else None


def _add_amount(
    source: Source,
    column: Column,
    row: int,
    satang: int | None,
    *,
    owner: int,
    years: dict[int, int],
    part: bool,
    to: Extract,
) -> None:
    """Add one core_amount row for a record's cell; a part of its project's own amount is named by its activity."""
    unit, _ = source.unit_of(column)
    category = (source.text(row, "activity") or _PART) if part else column.category
    to.add(
        "core_amount",
        {
            "project_id": project_id(source, owner),
            "fiscal_year_be": column.year_be or years.get(owner),
            "measure": column.measure,
            "period": column.period,
            "category": category,
            "fund_source": None,
            "amount_satang": satang,
            "unit": unit.name,
            "text": cell_text(source.cell(row, column)),
            "sheet": source.sheet.name,
            "cell": address(row, column.index),
        },
    )
