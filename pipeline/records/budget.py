"""Rows of a budget document -> core_budget_line."""

from __future__ import annotations

from pipeline.errors import SourceError
from pipeline.records.cells import read_satang, read_years, report_spellings, texts_as_written
from pipeline.records.counts import read_counts
from pipeline.records.leftovers import tell_unknown_columns
from pipeline.records.model import Extract
from pipeline.records.source import Source
from pipeline.records.totals import read_totals
from pipeline.thai import squeeze
from pipeline.workbook import column_letters

_TEXT_FIELDS = {
    "ministry": "ministry",
    "budgetary_unit": "budgetary_unit",
    "plan_group": "plan",
    "output": "output",
    "project_name": "project",
    "expense_category": "category_1",
    "category_2": "category_2",
    "category_3": "category_3",
    "category_4": "category_4",
    "category_5": "category_5",
    "category_6": "category_6",
    "item": "item",
    "document": "document",
    "page": "page",
}
_YES = {"true", "1", "yes", "ใช่", "ผูกพัน"}
_CLUSTER = "กลุ่มจังหวัด"
_PROVINCE = "จังหวัด"


def read_budget(source: Source) -> Extract:
    """Read a budget document: one core_budget_line row a record that has an amount.

    A unit named จังหวัด... is a province's; a cluster of provinces (กลุ่มจังหวัด...) or a department is nobody's
    province, and its province_code is NULL.

    Raises:
        SourceError: nothing says the year or the stage of the document.
    """
    extract = Extract()
    column = source.table.money[0]
    years = _years(source, extract)
    provinces = _provinces(source, extract)
    unit, _ = source.unit_of(column)
    amounts = read_satang(source, column, extract)
    by_row = dict(zip(source.table.records, amounts.values, strict=True))
    for row, satang in by_row.items():
        if row in amounts.unreadable:
            extract.refused.add(row)
        elif row not in extract.refused and satang is None:
            extract.refused.add(row)
            extract.findings.append(source.finding("item_amount_missing", row, column))
    rows = [row for row in by_row if row not in extract.refused]
    extract.add(
        "core_budget_line",
        {
            **_texts(source, rows),
            "province_code": [provinces.get(row) for row in rows],
            "fiscal_year_be": [years[row] for row in rows],
            "unit": unit.name,
            "amount_satang": [by_row[row] for row in rows],
            "text": texts_as_written(source, column, rows),
            "letters": column_letters(column.index),
        },
        count=len(rows),
    )
    read_totals(source, [(column, amounts.values, amounts.unreadable)], extract)
    read_counts(source, source.table.records, extract)
    tell_unknown_columns(source, extract)
    return extract


def _texts(source: Source, rows: list[int]) -> dict[str, object]:
    """The texts of core_budget_line rows, their stage and their place."""
    texts = {name: source.texts_at(field, rows) for field, name in _TEXT_FIELDS.items()}
    obligations = source.texts_at("is_obligation", rows) or [None] * len(rows)
    documents = texts["document"] or [None] * len(rows)
    return {
        **texts,
        "stage": [_stage(source, document) for document in documents],
        "is_obligation": [squeeze(text or "") in _YES for text in obligations],
        "row_number": [row + 1 for row in rows],
    }


def _stage(source: Source, document: str | None) -> str:
    """What the document is: by its code in the row, else by the table's titles."""
    for pattern, stage, _ in source.vocabulary.document_stages:
        if document and pattern.search(document):
            return stage
    if source.stage.value is None:
        raise SourceError("no_stage", "ไม่พบว่าเอกสารงบประมาณนี้เป็นร่าง พ.ร.บ. หรือ พ.ร.บ.  ระบุในหัวเรื่อง")
    return str(source.stage.value)


def _years(source: Source, extract: Extract) -> dict[int, int]:
    """The fiscal year of every record: its column's, Buddhist or Christian, else the table's."""
    if "fiscal_year" in source.table.fields:
        return read_years(source, "fiscal_year", extract)
    if source.year.value is None:
        raise SourceError(
            "no_year",
            "ไม่พบว่าเอกสารงบประมาณนี้เป็นของปีงบประมาณใด  ใส่ปีงบประมาณในหัวเรื่องหรือชื่อไฟล์ หรือตัดสินใน overrides.csv",
        )
    return dict.fromkeys(source.table.records, int(source.year.value))


def _provinces(source: Source, extract: Extract) -> dict[int, str | None]:
    """The province of every record: its budgetary unit's where that is a province, else the table's."""
    if "budgetary_unit" not in source.table.fields:
        if source.province.value is None:
            raise SourceError(
                "no_province",
                "ไม่พบว่าเอกสารงบประมาณนี้เป็นของจังหวัดใด  ใส่ชื่อจังหวัดในหัวเรื่องหรือชื่อไฟล์ หรือตัดสินใน overrides.csv",
            )
        return dict.fromkeys(source.table.records, str(source.province.value))
    provinces: dict[int, str | None] = {}
    spellings: dict[str, list[int]] = {}
    for row in source.table.records:
        provinces[row] = _province_of_unit(source, row, spellings, extract)
    report_spellings(source, source.table.fields["budgetary_unit"], spellings, extract)
    return provinces


def _province_of_unit(
    source: Source, row: int, spellings: dict[str, list[int]], extract: Extract
) -> str | None:
    """Resolve one budgetary unit; a unit that calls itself a province and is none of the 77 refuses its row."""
    name = source.text(row, "budgetary_unit")
    if name is None or name.startswith(_CLUSTER) or not name.startswith(_PROVINCE):
        return None
    answer = source.gazetteer.resolve(name)
    if answer is None:
        column = source.table.fields["budgetary_unit"]
        near = ", ".join(source.gazetteer.suggest(name))
        extract.refused.add(row)
        extract.findings.append(
            source.finding(
                "province_unknown", row, column, value=name, suggestion=f" (ใกล้เคียง: {near})" if near else ""
            )
        )
        return None
    if answer.how != "exact":
        spellings.setdefault(name, []).append(row)
    return answer.province_code
