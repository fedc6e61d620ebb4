"""Provinces that were read by anything but their exact name, and codes that are not those of provinces."""

from __future__ import annotations

from collections.abc import Iterable

from pipeline.findings import Finding, make_finding
from pipeline.layout import Column
from pipeline.records.source import Source
from pipeline.workbook import cell_text


def tell_spellings(source: Source) -> list[Finding]:
    """Tell that a title, a sheet's or a file's name was read as a province by other than its name."""
    code = source.province.value
    if code is None:
        return []
    gazetteer = source.gazetteer
    return [
        make_finding(
            "province_named",
            sheet=source.sheet.name,
            value=spelling,
            province_code=str(code),
            where=where,
            name=gazetteer.provinces[str(code)].name_th,
            how=gazetteer.how_th[how],
        )
        for where, spelling, how in source.province.spellings
        if how in gazetteer.how_told
    ]


def find_other_coding(source: Source, column: Column, rows: Iterable[int]) -> Finding | None:
    """Tell a column of codes that holds any code of no province: its numbers are another list's, and none is used.

    Lists that number the provinces from 1 to 77 share most of their numbers with the official codes.
    """
    if column.field != "province_code":
        return None
    for row in rows:
        text = cell_text(source.cell(row, column)).strip()
        if text and source.gazetteer.resolve(text) is None:
            return source.finding("province_code_other", row, column, value=text)
    return None
