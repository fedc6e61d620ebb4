"""Where a release shows the sheets that it read: the pages' names, and the place of a row on them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pipeline.trace.cells import Cell

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

INSPECT_FOLDER = "inspect"
ROWS_A_PAGE = 2000
_BEFORE = "SELECT count(*) FROM raw_row WHERE file_id = $file_id AND sheet = $sheet AND row_number < $row"


def page_name(sheet_number: int, part: int = 1) -> str:
    """The file's name of one page of a sheet."""
    return f"{sheet_number}.html" if part == 1 else f"{sheet_number}-{part}.html"


def row_anchor(row_number: int) -> str:
    """The name of a row on its page."""
    return f"r{row_number}"


@dataclass(frozen=True)
class Pages:
    """Finds the page that shows a cell.

    Attributes:
        connection: a warehouse, read-only.
        known: the pages that were found, by file, sheet and row.
    """

    connection: DuckDBPyConnection
    known: dict[tuple[str, str, int], int] = field(default_factory=dict)

    def find(self, cell: Cell) -> str:
        """The page and the row on it, from the release's folder; empty where the sheet has no page."""
        row = re.search(r"\d+$", cell.cell)
        if cell.sheet_number is None or row is None:
            return ""
        number = int(row[0])
        page = page_name(cell.sheet_number, self._part(cell.file_id, cell.sheet, number))
        return f"{INSPECT_FOLDER}/{cell.file_id}/{page}#{row_anchor(number)}"

    def _part(self, file_id: str, sheet: str, row: int) -> int:
        """Which of a sheet's pages shows a row; pages hold so many used rows, so the first ones need no question."""
        if row <= ROWS_A_PAGE:
            return 1
        if (file_id, sheet, row) not in self.known:
            keys = {"file_id": file_id, "sheet": sheet, "row": row}
            ((before,),) = self.connection.execute(_BEFORE, keys).fetchall()
            self.known[file_id, sheet, row] = int(before) // ROWS_A_PAGE + 1
        return self.known[file_id, sheet, row]
