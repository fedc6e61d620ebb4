"""Provinces that rows above the records name, where no column does: จังหวัดสุโขทัย, and its projects below."""

from __future__ import annotations

import re

from pipeline.layout import Table
from pipeline.layout.model import RECORD, SECTION, TOTAL
from pipeline.provinces import Gazetteer
from pipeline.thai import clean_text, squeeze, to_arabic_digits
from pipeline.workbook import Sheet, cell_text

_NUMBERING = re.compile(r"^\(?\d+(?:\.\d+)*[.)]?")
_SAYS_PROVINCE = ("จังหวัด", "จ.")


def provinces_of_sections(sheet: Sheet, table: Table, gazetteer: Gazetteer) -> dict[int, str]:
    """The province of each record that stands below a row that names one; a grand total ends it."""
    provinces: dict[int, str] = {}
    current: str | None = None
    for row, role in table.roles.items():
        if role == SECTION:
            current = _named(sheet, row, gazetteer) or current
        elif role == TOTAL:
            current = None
        elif role == RECORD and current:
            provinces[row] = current
    return provinces


def _named(sheet: Sheet, row: int, gazetteer: Gazetteer) -> str | None:
    """The province that a section's row names and says to be one."""
    for cell in sheet.rows[row]:
        if not isinstance(cell, str):
            continue
        plain = _NUMBERING.sub("", to_arabic_digits(squeeze(cell)))
        if plain.startswith(_SAYS_PROVINCE):
            answer = gazetteer.resolve(clean_text(cell_text(plain)))
            return answer.province_code if answer else None
    return None
