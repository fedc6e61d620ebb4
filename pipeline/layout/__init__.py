"""A sheet -> its table: what each row and each column is."""

from __future__ import annotations

from pipeline.errors import SourceError
from pipeline.layout.columns import read_columns
from pipeline.layout.headers import find_header
from pipeline.layout.model import RECORD, SECTION, TITLE, TOTAL, Column, Header, Table
from pipeline.layout.roles import assign_roles
from pipeline.layout.vocabulary import Vocabulary, load_vocabulary
from pipeline.thai import clean_text
from pipeline.workbook import Sheet, cell_text

__all__ = ["Column", "Header", "Table", "Vocabulary", "load_vocabulary", "read_layout", "used_rows"]


def read_layout(sheet: Sheet, vocabulary: Vocabulary) -> Table:
    """Understand a sheet as one table.

    Raises:
        SourceError: no row reads as a table's head.
    """
    header = find_header(sheet, vocabulary)
    if header is None:
        raise SourceError("no_header", "ไม่พบหัวตารางที่รู้จักในชีตนี้  ตรวจว่ามีแถวหัวตาราง เช่น ชื่อโครงการ และ งบประมาณ")
    columns = read_columns(sheet, header, vocabulary)
    roles = assign_roles(sheet, header, columns, vocabulary)
    titles = tuple(
        (row, text) for row, role in roles.items() if role == TITLE for text in _row_texts(sheet, row)
    )
    return Table(
        number=1,
        header=header,
        columns=columns,
        roles=roles,
        records=tuple(row for row, role in roles.items() if role == RECORD),
        sections=_sections(sheet, roles),
        titles=titles,
        unit=next((unit for _, text in titles if (unit := vocabulary.find_unit(text))), None),
        fields=_fields(columns),
    )


def used_rows(sheet: Sheet) -> list[int]:
    """The zero-based rows with anything in them."""
    return [
        number
        for number, row in enumerate(sheet.rows)
        if any(cell is not None and cell_text(cell).strip() for cell in row)
    ]


def _row_texts(sheet: Sheet, row: int) -> list[str]:
    """The texts of one row, each once, although a merge may repeat them."""
    texts = [clean_text(cell_text(cell)) for cell in sheet.rows[row] if cell is not None]
    return list(dict.fromkeys(text for text in texts if text))


def _sections(sheet: Sheet, roles: dict[int, str]) -> dict[int, str]:
    """Give each record the section that it stands under; a grand total ends every section."""
    sections: dict[int, str] = {}
    current: str | None = None
    for row, role in roles.items():
        if role == SECTION:
            current = _row_texts(sheet, row)[0]
        elif role == TOTAL:
            current = None
        elif role == RECORD and current:
            sections[row] = current
    return sections


def _fields(columns: tuple[Column, ...]) -> dict[str, Column]:
    """Find each field's column: an exact head before a part of one, the left before the right."""
    fields: dict[str, Column] = {}
    ranked = sorted(
        (column for column in columns if column.field),
        key=lambda column: (not column.headings[-1].is_exact, column.index),
    )
    for column in ranked:
        fields.setdefault(str(column.field), column)
    return fields
