"""New workbooks of one look, the same bytes on every run."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

Cell = str | int | float

CREATED = datetime(2021, 4, 1)
A4 = 9
FONT = {"font_name": "TH SarabunPSK", "font_size": 16}
BOX = FONT | {"border": 1, "valign": "top", "text_wrap": True}
HEAD = BOX | {"bold": True, "align": "center", "valign": "vcenter", "bg_color": "#D9E2EC"}
STYLES: Mapping[str, Mapping[str, object]] = {
    "title": FONT | {"bold": True, "font_size": 18, "align": "center"},
    "heading": FONT | {"bold": True, "font_size": 18},
    "unit": FONT | {"align": "right"},
    "head": HEAD,
    "text": BOX,
    "center": BOX | {"align": "center"},
    "right": BOX | {"align": "right"},
    "number": BOX | {"align": "right", "num_format": "#,##0"},
    "million": BOX | {"num_format": "#,##0.0000"},
    "total": BOX | {"bold": True, "align": "right"},
    "total_number": BOX | {"bold": True, "num_format": "#,##0"},
    "total_million": BOX | {"bold": True, "num_format": "#,##0.0000"},
    "note": FONT | {"italic": True, "font_size": 14},
    "signature": FONT | {"align": "center"},
}


@dataclass(frozen=True)
class Sheet:
    """One sheet being written; rows and columns count from 0."""

    worksheet: Worksheet
    styles: Mapping[str, Format]

    def put(self, row: int, column: int, value: Cell, style: str) -> None:
        """Write one cell."""
        self.worksheet.write(row, column, value, self.styles[style])

    def put_row(self, row: int, values: Iterable[Cell], styles: Sequence[str]) -> None:
        """Write a row from the first column on, one style a cell."""
        for column, (value, style) in enumerate(zip(values, styles, strict=True)):
            self.put(row, column, value, style)

    def put_rows(self, row: int, records: Sequence[Iterable[Cell]], styles: Sequence[str]) -> int:
        """Write records one below the other, and return the row after the last."""
        for offset, values in enumerate(records):
            self.put_row(row + offset, values, styles)
        return row + len(records)

    def put_header(self, row: int, headers: Iterable[str]) -> None:
        """Write a header of one row."""
        for column, header in enumerate(headers):
            self.put(row, column, header, "head")

    def merge(self, first: tuple[int, int], last: tuple[int, int], value: Cell, style: str) -> None:
        """Write one value over a merged range, both corners included."""
        self.worksheet.merge_range(*first, *last, value, self.styles[style])

    def put_titles(self, titles: Iterable[str], columns: int) -> None:
        """Write the titles from the first row on, each merged over all the columns."""
        for row, title in enumerate(titles):
            self.merge((row, 0), (row, columns - 1), title, "title")


@contextmanager
def new_workbook(path: Path) -> Iterator[Workbook]:
    """Make a workbook whose properties hold no person and no time of the day it was made."""
    path.parent.mkdir(parents=True, exist_ok=True)
    workbook = Workbook(str(path))
    workbook.set_properties({"created": CREATED})
    yield workbook
    workbook.close()


def add_sheet(
    workbook: Workbook, name: str, *, widths: Sequence[float], header_rows: tuple[int, int]
) -> Sheet:
    """Add a sheet for A4 landscape, one page wide, its header repeated on each page.

    Args:
        workbook: a workbook of `new_workbook`.
        name: the sheet's name.
        widths: one width a column, in characters.
        header_rows: the header's first and last row, from 0.
    """
    worksheet = workbook.add_worksheet(name)
    worksheet.set_landscape()
    worksheet.set_paper(A4)
    worksheet.fit_to_pages(1, 0)
    worksheet.repeat_rows(*header_rows)
    for column, width in enumerate(widths):
        worksheet.set_column(column, column, width)
    return Sheet(worksheet, {name: workbook.add_format(dict(style)) for name, style in STYLES.items()})
