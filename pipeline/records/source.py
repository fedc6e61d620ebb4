"""One table with what was decided about it, and its cells by column."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from operator import itemgetter
from typing import TypeVar

from pipeline.context import Answer
from pipeline.findings import Finding, make_finding
from pipeline.layout import Column, Table, Vocabulary
from pipeline.provinces import Gazetteer
from pipeline.records.dittos import LONGEST_DITTO, is_ditto, resolve_ditto
from pipeline.records.sections import provinces_of_sections
from pipeline.thai import UNIT_BAHT, Unit, clean_text
from pipeline.workbook import Cell, Sheet, address, cell_text, cell_texts

_T = TypeVar("_T")
# What a merge down says of every row that it covers; a name or a number it says of the first alone.
_FILLED_DOWN = frozenset({"province", "agency", "plan_group", "budgetary_unit", "ministry", "fund_source"})


@dataclass(frozen=True)
class Source:
    """A table as the record readers see it.

    Attributes:
        sheet: the sheet, personal data already masked.
        table: its layout.
        kind: budget_line, project or indicator.
        province: what titles, sheet, file and folders say; used where no column decides.
        year: likewise the fiscal year.
        stage: likewise the stage of a budget document.
    """

    sheet: Sheet
    table: Table
    kind: str
    province: Answer
    year: Answer
    stage: Answer
    gazetteer: Gazetteer
    vocabulary: Vocabulary

    def cell(self, row: int, column: Column) -> Cell:
        """The cell of a record in a column."""
        cells = self.sheet.rows[row]
        return cells[column.index] if column.index < len(cells) else None

    def cell_or_merged(self, row: int, column: Column) -> Cell:
        """The cell of a record in a column, or that of the merge that covers it from above."""
        value = self.cell(row, column)
        if value is None and (row, column.index) in self.merged_down:
            return self.cell(self.merged_down[row, column.index], column)
        return value

    def cells(self, column: Column) -> tuple[Cell, ...]:
        """The cells of all records in a column, in their order."""
        return self.at_records(self.sheet.columns[column.index])

    def at_records(self, values: Sequence[_T]) -> tuple[_T, ...]:
        """Pick what belongs to the records out of one value a row of the sheet."""
        records = self.table.records
        if len(records) < 2:
            return tuple(values[row] for row in records)
        picked: tuple[_T, ...] = itemgetter(*records)(values)
        return picked

    def texts(self, field: str) -> list[str | None]:
        """The cleaned texts of a field in all records, as `text` gives each; not to be changed."""
        if field not in self._texts:
            self._texts[field] = self._read_texts(field)
        return self._texts[field]

    @cached_property
    def _texts(self) -> dict[str, list[str | None]]:
        """The texts that were asked for already, by field."""
        return {}

    def _read_texts(self, field: str) -> list[str | None]:
        """Clean the texts of a field in all records."""
        column = self.table.fields.get(field)
        if column is None:
            return [None] * len(self.table.records)
        cells = self.cells(column)
        is_filled_down = field in _FILLED_DOWN and any(index == column.index for _, index in self.merged_down)
        if is_filled_down or self.table.continued or self._has_ditto(cells):
            return [self.text(row, field) for row in self.table.records]
        return [text and (clean_text(text) or None) for text in cell_texts(cells)]

    def texts_at(self, field: str, rows: list[int]) -> list[str | None] | None:
        """The cleaned texts of a field in some of the records, in order; None where the table has no such field."""
        if field not in self.table.fields:
            return None
        texts = self.texts(field)
        if len(rows) == len(texts):
            return texts
        by_row = dict(zip(self.table.records, texts, strict=True))
        return [by_row[row] for row in rows]

    def text(self, row: int, field: str) -> str | None:
        """The cleaned text of a field in a record; None where the field or the text is missing."""
        column = self.table.fields.get(field)
        if column is None:
            return None
        value = self.cell(row, column)
        if value is None and field in _FILLED_DOWN and (row, column.index) in self.merged_down:
            value = self.cell(self.merged_down[row, column.index], column)
        if is_ditto(value, self.vocabulary):
            value = self._as_above(row, column) if field != "project_name" else None
        if value is None:
            return None
        if row in self.table.continued:
            return self._continued_text(row, column)
        return clean_text(cell_text(value)) or None

    def _has_ditto(self, cells: tuple[Cell, ...]) -> bool:
        """Whether any of the cells says "as above"."""
        texts = {cell for cell in cells if type(cell) is str and len(cell) <= LONGEST_DITTO}
        return any(is_ditto(text, self.vocabulary) for text in texts)

    def _as_above(self, row: int, column: Column) -> Cell:
        """What a ditto mark in a record stands for."""
        return resolve_ditto(self.sheet, self.table, row, column, self.vocabulary)

    def _continued_text(self, row: int, column: Column) -> str:
        """The text of a record's cell and of those that continue it in the rows below."""
        rows = (row, *self.table.continued[row])
        return clean_text(" ".join(cell_text(self.cell(each, column)) for each in rows))

    @cached_property
    def merged_down(self) -> dict[tuple[int, int], int]:
        """The first row of the merge that covers a cell below the head from above, by row and column."""
        return {
            (row, index): merge.top
            for merge in self.sheet.merges
            if merge.bottom > self.table.header.last
            for row in range(merge.top + 1, merge.bottom + 1)
            for index in range(merge.left, merge.right + 1)
        }

    @cached_property
    def section_provinces(self) -> dict[int, str]:
        """The province of each record whose section names one."""
        return provinces_of_sections(self.sheet, self.table, self.gazetteer)

    def unit_of(self, column: Column) -> tuple[Unit, str]:
        """What 1 means in a column of money, and what says so: the column, a title, or baht by default."""
        if column.unit in self.vocabulary.money_units:
            return self.vocabulary.money_units[str(column.unit)], "column"
        if self.table.unit:
            return self.table.unit, "title"
        return UNIT_BAHT, "default"

    def finding(self, rule: str, row: int, column: Column, **words: str) -> Finding:
        """Word a finding at a record's cell."""
        value = words.pop("value", None) or cell_text(self.cell(row, column)) or None
        province = words.pop("province_code", None) or self.province_of(row)
        cell = address(row, column.index)
        return make_finding(
            rule, sheet=self.sheet.name, cell=cell, value=value, province_code=province, **words
        )

    def province_of(self, row: int) -> str | None:
        """Whose a row is, as far as is known: its own column's, else the table's."""
        for field in ("province", "budgetary_unit"):
            text = self.text(row, field)
            answer = self.gazetteer.resolve(text) if text else None
            if answer:
                return answer.province_code
        if row in self.section_provinces:
            return self.section_provinces[row]
        return None if self.province.value is None else str(self.province.value)
