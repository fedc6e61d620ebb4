"""One table with what was decided about it, and its cells by column."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from pipeline.context import Answer
from pipeline.findings import Finding, make_finding
from pipeline.layout import Column, Table, Vocabulary
from pipeline.provinces import Gazetteer
from pipeline.records.dittos import is_ditto, resolve_ditto
from pipeline.records.sections import provinces_of_sections
from pipeline.thai import UNIT_BAHT, Unit, clean_text
from pipeline.workbook import Cell, Sheet, address, cell_text

# What a merge down says of every row that it covers; a name or a number it says of the first alone.
_FILLED_DOWN = frozenset({"province", "agency", "plan_group", "budgetary_unit", "ministry", "fund_source"})


@dataclass(frozen=True)
class Source:
    """A table as the record readers see it.

    Attributes:
        file_id: the file's id.
        sheet: the sheet, personal data already masked.
        table: its layout.
        kind: budget_line, project or indicator.
        province: what titles, sheet, file and folders say; used where no column decides.
        year: likewise the fiscal year.
        stage: likewise the stage of a budget document.
    """

    file_id: str
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

    def _as_above(self, row: int, column: Column) -> Cell:
        """What a ditto mark in a record stands for."""
        return resolve_ditto(self.sheet, self.table, row, column, self.vocabulary)

    def _continued_text(self, row: int, column: Column) -> str:
        """The text of a record's cell and of those that continue it in the rows below."""
        rows = (row, *self.table.continued[row])
        return clean_text(" ".join(cell_text(self.cell(each, column)) for each in rows))

    @cached_property
    def merged_down(self) -> dict[tuple[int, int], int]:
        """The first row of the merge that covers a cell from above, by row and column."""
        return {
            (row, index): merge.top
            for merge in self.sheet.merges
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
