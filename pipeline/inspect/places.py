"""The place of a finding in a person's words, and the link to it on the page of its sheet."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.trace import INSPECT_FOLDER, ROWS_A_PAGE, page_name
from pipeline.trace.pages import row_anchor

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_ROWS = re.compile(r"(\d+):(\d+)")
_COLUMNS = re.compile(r"([A-Z]+):([A-Z]+)")
_CELL = re.compile(r"[A-Z]+(\d+)")
_SHEETS = "SELECT file_id, sheet, sheet_number FROM raw_sheet ORDER BY file_id, sheet_number"
_BEFORE = "SELECT count(*) FROM raw_row WHERE file_id = $file_id AND sheet = $sheet AND row_number < $row"


def say_cell(cell: str) -> str:
    """Say a cell, a run of rows or a run of columns as a person would.

    >>> say_cell("D9"), say_cell("19:19"), say_cell("4:6"), say_cell("D:F")
    ('D9', 'แถว 19', 'แถว 4-6', 'คอลัมน์ D-F')
    """
    for pattern, word in ((_ROWS, "แถว"), (_COLUMNS, "คอลัมน์")):
        if found := pattern.fullmatch(cell):
            first, last = found.groups()
            return f"{word} {first}" if first == last else f"{word} {first}-{last}"
    return cell


def say_place(path: str | None, sheet: str | None = None, cell: str | None = None) -> str:
    """Say a file, sheet and cell; what is known of no file is about all of them.

    >>> say_place("ก.xlsx", "Sheet1", "19:19"), say_place(None)
    ('ก.xlsx › Sheet1 › แถว 19', 'ทั้งชุดข้อมูล')
    """
    parts = (path or "ทั้งชุดข้อมูล", sheet, say_cell(cell) if cell else None)
    return " › ".join(part for part in parts if part)


def find_row(cell: str | None) -> tuple[int, str] | None:
    """Find the row that a cell or a run of rows begins in, and its name on the sheet's page; None for any other place.

    >>> find_row("D9"), find_row("19:20"), find_row("D:F")
    ((9, 'D9'), (19, 'r19'), None)
    """
    if found := _CELL.fullmatch(cell or ""):
        return int(found[1]), str(cell)
    if found := _ROWS.fullmatch(cell or ""):
        return int(found[1]), row_anchor(int(found[1]))
    return None


@dataclass(frozen=True)
class SheetPages:
    """Finds the page of a sheet, and a cell on it, in a release that is being made.

    Attributes:
        connection: its warehouse, read-only.
        build: its folder.
        numbers: each sheet's number by file and name; sheets without a page are not in it.
        parts: which of a sheet's pages shows a row, as far as that was asked.
    """

    connection: DuckDBPyConnection
    build: Path
    numbers: dict[tuple[str, str], int]
    parts: dict[tuple[str, str, int], int] = field(default_factory=dict)

    def of_file(self, file_id: str) -> list[tuple[str, str]]:
        """The sheets of a file that have a page: name and link."""
        return [(sheet, self.find(file_id, sheet)) for key, sheet in self.numbers if key == file_id]

    def find(self, file_id: str | None, sheet: str | None, cell: str | None = None) -> str:
        """The link to a sheet's page and the cell on it; empty where the sheet has none."""
        if file_id is None or sheet is None or (file_id, sheet) not in self.numbers:
            return ""
        row = find_row(cell)
        part = self._part(file_id, sheet, row[0]) if row else 1
        page = f"{INSPECT_FOLDER}/{file_id}/{page_name(self.numbers[file_id, sheet], part)}"
        return f"{page}#{row[1]}" if row else page

    def _part(self, file_id: str, sheet: str, row: int) -> int:
        """Which of a sheet's pages shows a row; pages hold so many used rows, so the first ones need no question."""
        if row <= ROWS_A_PAGE:
            return 1
        if (file_id, sheet, row) not in self.parts:
            keys = {"file_id": file_id, "sheet": sheet, "row": row}
            ((before,),) = self.connection.execute(_BEFORE, keys).fetchall()
            self.parts[file_id, sheet, row] = int(before) // ROWS_A_PAGE + 1
        return self.parts[file_id, sheet, row]


def open_pages(connection: DuckDBPyConnection, build: Path) -> SheetPages:
    """Learn which sheets of a release have a page."""
    numbers = {
        (file_id, sheet): number
        for file_id, sheet, number in connection.execute(_SHEETS).fetchall()
        if (build / INSPECT_FOLDER / file_id / page_name(number)).exists()
    }
    return SheetPages(connection, build, numbers)
