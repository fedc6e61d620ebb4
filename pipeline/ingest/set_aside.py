"""Sheets that certainly hold no projects: covers, contents, lists, summaries; nobody need do anything."""

from __future__ import annotations

from functools import lru_cache
from itertools import zip_longest

from pipeline import specs
from pipeline.errors import SourceError
from pipeline.layout import Table
from pipeline.layout.headers import is_number
from pipeline.layout.model import RECORD
from pipeline.thai import squeeze, to_arabic_digits
from pipeline.workbook import Cell, Sheet, cell_text

SET_ASIDE = "set_aside"
# Refusals that say no more than that no form fits.
_NO_FORM = frozenset({"no_header", "no_spec"})
# The largest running number or page; anything larger may be money.
_LARGEST_ORDINAL = 999
_PROJECT, _MONEY = "โครงการ", "บาท"
_SUMMARY = "ตารางนี้เป็นตารางสรุป ไม่มีคอลัมน์ชื่อโครงการ"


def refuse_or_set_aside(sheet: Sheet, table: Table | None, refusal: SourceError) -> None:
    """Set a table aside that is certain to hold no project; return where it may hold some.

    Args:
        sheet: what is left of the sheet when everything outside the table is emptied.
        table: its layout, where a head was found.
        refusal: why it is of no known form.

    Raises:
        SourceError: it holds none, in words that ask for nothing.
    """
    told = refusal.code in _NO_FORM and (_is_without_money(sheet, table) or _is_summary(sheet, table))
    if told:
        raise SourceError(
            SET_ASIDE, f"{told} จึงไม่มีโครงการให้นำเข้า และเก็บไว้เป็นข้อความดิบเท่านั้น  ไม่ต้องทำอะไร"
        ) from refusal


def _is_without_money(sheet: Sheet, table: Table | None) -> str | None:
    """Words for a sheet without a column of projects that holds texts, and no numbers but those of a list."""
    if table is not None and "project_name" in table.fields:
        return None
    columns = ([cell for cell in column if is_number(cell)] for column in zip_longest(*sheet.rows))
    numbers = [column for column in columns if column]
    says_money = any(isinstance(cell, str) and _MONEY in cell for row in sheet.rows for cell in row)
    if numbers and (says_money or not all(map(_are_ordinals, numbers))):
        return None
    return "ชีตนี้ไม่มีจำนวนเงิน (เช่น ปก สารบัญ คำอธิบาย รายการตัวเลือก)"


def _are_ordinals(cells: list[Cell]) -> bool:
    """Whether the numbers of a column are running numbers, or pages: whole, small, and none smaller than that above."""
    texts = [to_arabic_digits(cell_text(cell)).strip("(). ") for cell in cells]
    if not all(text.isdecimal() for text in texts):
        return False
    numbers = list(map(int, texts))
    return max(numbers) <= _LARGEST_ORDINAL and numbers == sorted(numbers)


@lru_cache(maxsize=1)
def _load_words() -> dict[str, frozenset[str]]:
    """Load specs/set_aside.yml, its words in the form in which they are compared."""
    raw = specs.load_yaml("set_aside.yml")
    pivots = frozenset(squeeze(word) for word in raw["pivots"])
    return {"pivots": pivots, "subjects": frozenset(raw["subjects"]), "names": frozenset(raw["names"])}


def _is_summary(sheet: Sheet, table: Table | None) -> str | None:
    """Words for a table of sums: it counts projects, or its rows are agencies, places or plans alone."""
    words = _load_words()
    body = sheet.rows[table.header.last + 1 if table else 1 :]
    if any(squeeze(cell).startswith(_PROJECT) for row in body for cell in row if isinstance(cell, str)):
        return None
    if any(squeeze(cell) in words["pivots"] for row in sheet.rows for cell in row if isinstance(cell, str)):
        return "ตารางนี้เป็นตารางสรุปที่โปรแกรมสร้าง (PivotTable) ไม่มีชื่อโครงการ"
    if table is None or not table.money or "project_name" in table.fields:
        return None
    if "project_count" in table.fields:
        return _SUMMARY
    if words["names"] & table.fields.keys() or not words["subjects"] & table.fields.keys():
        return None
    rows = [row for row, role in table.roles.items() if role == RECORD]
    known = {column.index for column in table.columns if column.field or column.measure or column.is_percent}
    held = (
        index
        for row in rows
        for index, cell in enumerate(sheet.rows[row])
        if isinstance(cell, str) and not is_number(cell)
    )
    return _SUMMARY if known.issuperset(held) else None
