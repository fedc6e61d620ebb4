"""A worksheet that takes its cells a column at a time, and writes the same bytes as XlsxWriter cell by cell."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Sequence
from datetime import date

from xlsxwriter.format import Format
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

LONGEST_TEXT = 32_767
# Rows of a block say between which columns they have cells.
BLOCK_ROWS = 16

Cell = tuple[Format, str | float | date]


class ColumnSheet(Worksheet):  # type: ignore[misc]
    """A worksheet of texts, numbers and dates; all that is not cells is set as on any other."""

    def __init__(self) -> None:
        super().__init__()
        self._rows: defaultdict[int, list[tuple[int, Format, str, str]]] = defaultdict(list)

    def put_column(self, column: int, cells: Sequence[Cell | None], *, first_row: int) -> None:
        """Put cells below one another; columns are put from left to right.

        Args:
            column: its number, from 0.
            cells: each with its format; None leaves a cell empty.
            first_row: the row of the first, from 0.

        Raises:
            ValueError: a number is infinite or none.
        """
        letters = xl_col_to_name(column)
        for row, cell in enumerate(cells, start=first_row):
            if cell is not None:
                look, value = cell
                self._rows[row].append((column, look, f'<c r="{letters}{row + 1}" s="', self._write(value)))
                self._check_dimensions(row, column)

    def _write(self, value: str | float | date) -> str:
        """Write what stands in a cell, behind the number of its format."""
        if isinstance(value, str):
            return f'" t="s"><v>{self.str_table._get_shared_string_index(_shorten(value))}</v></c>'
        number = self._convert_date_time(value) if isinstance(value, date) else value
        if not math.isfinite(number):
            raise ValueError(f"{number} cannot stand in a workbook")
        return f'"><v>{number:.16G}</v></c>'

    def _write_rows(self) -> None:
        """Write the rows; a format has its number from where it is met first."""
        spans = self._list_spans()
        for row, cells in sorted(self._rows.items()):
            self._write_row(row, spans[row // BLOCK_ROWS], self.row_info.get(row))
            written = [f"{begin}{look._get_xf_index()}{rest}" for _column, look, begin, rest in cells]
            self.fh.write("".join(written) + "</row>")

    def _list_spans(self) -> dict[int, str]:
        """Say of each block of rows between which columns it has cells."""
        blocks: defaultdict[int, list[int]] = defaultdict(list)
        for row, cells in self._rows.items():
            blocks[row // BLOCK_ROWS] += (cells[0][0] + 1, cells[-1][0] + 1)
        return {block: f"{min(columns)}:{max(columns)}" for block, columns in blocks.items()}


def _shorten(text: str) -> str:
    """As much of a text as a cell holds, in units of UTF-16."""
    if len(text) <= LONGEST_TEXT // 2:
        return text
    return text.encode("utf-16-le", "surrogatepass")[: 2 * LONGEST_TEXT].decode("utf-16-le", "ignore")
