"""Tables whose rows, and not columns, say the stage of money: a row แผน and a row ผล for every project."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from pipeline.errors import SourceError
from pipeline.layout.model import RECORD, SECTION, SUBTOTAL, TOTAL, Column
from pipeline.layout.words.vocabulary import Vocabulary
from pipeline.thai import squeeze
from pipeline.workbook import Sheet, cell_text, column_letters

STAGE = "stage"
_FIRST_RECORDS = 40
_FEWEST = 2
_GENERIC = "budget"


@dataclass(frozen=True)
class Stages:
    """What the rows of a table say of the stage of their money.

    Attributes:
        columns: the table's columns, those told whose amounts are of their row's stage.
        roles: the role of every row.
        by_row: the measure that a row names, of records and totals.
    """

    columns: tuple[Column, ...]
    roles: dict[int, str]
    by_row: dict[int, str] = field(default_factory=dict)


def read_stages(
    sheet: Sheet, columns: tuple[Column, ...], roles: dict[int, str], vocabulary: Vocabulary
) -> Stages:
    """Read the stage of each row, where a column says it; months, bare amounts and totals are of their row's stage.

    Raises:
        SourceError: no column of money can be of its row's stage, or one that names its own holds those of several.
    """
    records = [row for row, role in roles.items() if role == RECORD]
    index = find_stage_column(sheet, columns, records, vocabulary) if records else None
    if index is None or not any(column.measure for column in columns):
        return Stages(columns, roles)
    settled = _settle_roles(sheet, columns, roles, index)
    by_row = {
        row: measure
        for row, role in settled.items()
        if role in (RECORD, TOTAL, SUBTOTAL) and (measure := _stage(sheet, row, index, vocabulary))
    }
    told = tuple(
        replace(column, field=STAGE, measure=None)
        if column.index == index
        else replace(column, by_row=_is_open(column, _stages_held(sheet, column, by_row), vocabulary))
        for column in columns
    )
    is_settled = all(
        column.by_row or len(_stages_held(sheet, column, by_row)) < _FEWEST
        for column in told
        if column.measure
    )
    if not is_settled or not any(column.by_row for column in told):
        raise SourceError(
            "stages_in_rows",
            f"คอลัมน์ {column_letters(index)} บอกขั้นของเงินเป็นแถว (เช่น แถวแผน แถวผล) แต่หัวคอลัมน์เงินบอกขั้นอื่นไว้แล้ว  "
            "จัดให้แต่ละขั้นเป็นคอลัมน์ หนึ่งโครงการหนึ่งแถว",
        )
    return Stages(told, settled, by_row)


def find_stage_column(
    sheet: Sheet, columns: tuple[Column, ...], records: list[int], vocabulary: Vocabulary
) -> int | None:
    """Find the column, with a head or without, whose every text is a word for a stage, and not always the same one."""
    held: dict[int, set[str]] = {}
    named = {column.index for column in columns if column.field == "project_name"}
    for row in records[:_FIRST_RECORDS]:
        for index, cell in enumerate(sheet.rows[row]):
            if isinstance(cell, str) and index not in named and cell.strip():
                held.setdefault(index, set()).add(squeeze(cell))
    for index, words in held.items():
        if len(words) >= _FEWEST and all(_measure(word, vocabulary) for word in words):
            return index
    return None


def _measure(word: str, vocabulary: Vocabulary) -> str | None:
    """The stage of money that a squeezed text as a whole is a word for."""
    kind, name = vocabulary.exact.get(word.strip(" :."), ("", ""))
    return name if kind == "measure" and word not in vocabulary.fund_sources else None


def _stage(sheet: Sheet, row: int, index: int, vocabulary: Vocabulary) -> str | None:
    """The stage that a row names."""
    cells = sheet.rows[row]
    return _measure(squeeze(cell_text(cells[index])), vocabulary) if index < len(cells) else None


def _is_open(column: Column, held: set[str], vocabulary: Vocabulary) -> bool:
    """Whether a column's amounts are of their row's stage: its head names none, and it is filled in rows of several."""
    if column.measure is None:
        return False
    is_part = column.period != "year" or column.headings[-1].text in vocabulary.totals
    return is_part or ((column.measure == _GENERIC or bool(column.stage_by)) and len(held) >= _FEWEST)


def _stages_held(sheet: Sheet, column: Column, by_row: dict[int, str]) -> set[str]:
    """The stages of the rows in which a column holds anything."""
    rows = {row: sheet.rows[row] for row in by_row}
    return {
        by_row[row]
        for row, cells in rows.items()
        if column.index < len(cells) and cells[column.index] is not None
    }


def _settle_roles(
    sheet: Sheet, columns: tuple[Column, ...], roles: dict[int, str], index: int
) -> dict[int, str]:
    """Give the second row of a total its total's role; a row that holds a stage alone is a record, and no section."""
    places = [column.index for column in columns if column.field in ("project_name", "row_no")]
    settled = dict(roles)
    above = ""
    for row, role in roles.items():
        cells = sheet.rows[row]
        is_bare = index < len(cells) and not any(
            place < len(cells) and cells[place] is not None for place in places if place != index
        )
        if is_bare and cells[index] is not None and role in (RECORD, SECTION):
            settled[row] = above if above in (TOTAL, SUBTOTAL) else RECORD
        above = settled[row]
    return settled
