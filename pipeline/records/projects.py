"""Rows of a project table -> core_project and core_amount."""

from __future__ import annotations

from pipeline.errors import SourceError
from pipeline.layout import Column
from pipeline.records.cells import ColumnValues, read_provinces, read_satang, read_years
from pipeline.records.model import Extract, stable_id
from pipeline.records.source import Source
from pipeline.records.totals import read_totals
from pipeline.workbook import address, cell_text

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
    provinces = _provinces(source, extract)
    years = _years(source, extract)
    _refuse_nameless(source, extract)
    for row in source.table.records:
        if row not in extract.refused:
            extract.add("core_project", _project(source, row, provinces.get(row), years.get(row)))
    for column in source.table.money:
        amounts = read_satang(source, column, extract)
        _add_amounts(source, column, amounts, years=years, extract=extract)
        read_totals(source, column, amounts.values, extract)
    return extract


def project_id(source: Source, row: int) -> str:
    """Name a project by its place: the same in every run on the same input."""
    return stable_id(source.file_id, source.sheet.name, row)


def _provinces(source: Source, extract: Extract) -> dict[int, str | None]:
    """The province of every record: its column's, else the table's."""
    if "province" in source.table.fields:
        return read_provinces(source, "province", extract)
    if source.province.value is None:
        raise SourceError("no_province", "ไม่พบว่าตารางนี้เป็นของจังหวัดใด  ใส่ชื่อจังหวัดในหัวเรื่อง ชื่อชีต ชื่อไฟล์ หรือโฟลเดอร์")
    return dict.fromkeys(source.table.records, str(source.province.value))


def _years(source: Source, extract: Extract) -> dict[int, int]:
    """The fiscal year of every record: its column's, else the table's; wide years stand in the columns themselves."""
    for field in ("fiscal_year", "year"):
        if field in source.table.fields:
            return read_years(source, field, extract)
    if source.year.value is not None:
        return dict.fromkeys(source.table.records, int(source.year.value))
    if all(column.year_be for column in source.table.money):
        return {}
    raise SourceError("no_year", "ไม่พบว่าตารางนี้เป็นของปีงบประมาณใด  ใส่ปีงบประมาณในหัวเรื่อง ชื่อชีต หรือชื่อไฟล์")


def _refuse_nameless(source: Source, extract: Extract) -> None:
    """Refuse a row that has money but no project's name."""
    column = source.table.fields["project_name"]
    for row in source.table.records:
        if row not in extract.refused and source.text(row, "project_name") is None:
            extract.refused.add(row)
            extract.findings.append(source.finding("project_name_missing", row, column))


def _project(source: Source, row: int, province_code: str | None, year: int | None) -> dict[str, object]:
    """One core_project row."""
    texts = {name: source.text(row, field) for field, name in _TEXT_FIELDS.items()}
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


def _add_amounts(
    source: Source,
    column: Column,
    amounts: ColumnValues[int],
    *,
    years: dict[int, int],
    extract: Extract,
) -> None:
    """Add one core_amount row for every loaded record's cell in a money column."""
    unit, _ = source.unit_of(column)
    for row, satang in zip(source.table.records, amounts.values, strict=True):
        if row in extract.refused or row in amounts.unreadable:
            continue
        extract.add(
            "core_amount",
            {
                "project_id": project_id(source, row),
                "fiscal_year_be": column.year_be or years.get(row),
                "measure": column.measure,
                "period": column.period,
                "category": column.category,
                "fund_source": None,
                "amount_satang": satang,
                "unit": unit.name,
                "text": cell_text(source.cell(row, column)),
                "sheet": source.sheet.name,
                "cell": address(row, column.index),
            },
        )
