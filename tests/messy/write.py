"""Sheets -> files in a folder, in every container that is told by its content."""

from __future__ import annotations

import csv
import html
import io
from decimal import Decimal
from pathlib import Path

import xlsxwriter

from tests.messy.grid import Cell, Grid
from tests.messy.plan import Book

TEXTS = {
    "csv": (",", "utf-8", "csv"),
    "csv-sig": (",", "utf-8-sig", "csv"),
    "csv-cp874": (",", "cp874", "csv"),
    "csv-semicolon": (";", "utf-8", "csv"),
    "tab-utf16": ("\t", "utf-16", "txt"),
}
PAGES = {"html": "utf-8", "html-tis620": "tis-620"}


def write_book(book: Book, raw: Path) -> None:
    """Write a plan's files under a folder, with the province and the year in their names where they say them."""
    folder = raw / (book.place_words("folder") or "ส่งมา")
    folder.mkdir(parents=True, exist_ok=True)
    stem = " ".join(part for part in ("แผนงานโครงการ", book.place_words("file"), book.stamp) if part)
    sheets = {_sheet_name(book, name): grid for name, grid in book.grids.items()}
    hidden = {_sheet_name(book, name) for name in book.hidden}
    for container in book.containers:
        _write(sheets, hidden, container, folder / stem)


def _sheet_name(book: Book, name: str) -> str:
    """A sheet's name, which may say the province or the year; the second sheet has a number."""
    if name not in ("main", "other"):
        return name
    if name in book.sheet_names:
        return book.sheet_names[name]
    return (book.place_words("sheet") or "แผน") + (" (2)" if name == "other" else "")


def _write(sheets: dict[str, Grid], hidden: set[str], container: str, stem: Path) -> None:
    """Write one file; what cannot hold several sheets holds the first."""
    first = next(iter(sheets.values()))
    if container in TEXTS:
        delimiter, encoding, suffix = TEXTS[container]
        stem.with_name(f"{stem.name}.{suffix}").write_bytes(_delimited(first, delimiter).encode(encoding))
    elif container in PAGES:
        charset = PAGES[container]
        stem.with_name(f"{stem.name}.xls").write_bytes(
            _page(first, charset).encode(charset, errors="replace")
        )
    else:
        suffix = "xls" if container == "xlsx-as-xls" else "xlsx"
        stem.with_name(f"{stem.name}.{suffix}").write_bytes(workbook_bytes(sheets, hidden))


def workbook_bytes(sheets: dict[str, Grid], hidden: set[str]) -> bytes:
    """A workbook of these sheets."""
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True}) as book:
        for name, grid in sheets.items():
            page = book.add_worksheet(name)
            for top, left, bottom, right in grid.merges:
                page.merge_range(top, left, bottom, right, "")
            for number, row in enumerate(grid.rows):
                for index, cell in enumerate(row):
                    if cell is not None:
                        page.write(number, index, _plain(cell))
            if name in hidden:
                page.hide()
    return content.getvalue()


def _plain(cell: Cell) -> str | int | float | None:
    """An amount as a workbook holds it."""
    return float(cell) if isinstance(cell, Decimal) else cell


def _text(cell: Cell) -> str:
    """A cell as plain text holds it."""
    return "" if cell is None else f"{cell.normalize():f}" if isinstance(cell, Decimal) else str(cell)


def _delimited(grid: Grid, delimiter: str) -> str:
    """A sheet as delimited text; merges are lost."""
    page = io.StringIO()
    rows = [[_text(cell) for cell in row] + [""] * (grid.width - len(row)) for row in grid.rows]
    csv.writer(page, delimiter=delimiter).writerows(rows)
    return page.getvalue()


def _page(grid: Grid, charset: str) -> str:
    """A sheet as an HTML table, as Thai systems export them."""
    spans = {(a, b): (c - a + 1, d - b + 1) for a, b, c, d in grid.merges}
    covered = {
        (i, j)
        for a, b, c, d in grid.merges
        for i in range(a, c + 1)
        for j in range(b, d + 1)
        if (i, j) != (a, b)
    }
    rows = "".join(_page_row(grid, number, spans, covered) for number in range(len(grid.rows)))
    head = f'<meta http-equiv="Content-Type" content="text/html; charset={charset}">'
    return f"<html><head>{head}</head><body><table border=1>{rows}</table></body></html>"


def _page_row(
    grid: Grid, number: int, spans: dict[tuple[int, int], tuple[int, int]], covered: set[tuple[int, int]]
) -> str:
    """One row of an HTML table."""
    cells = []
    for index in range(grid.width):
        if (number, index) in covered:
            continue
        row = grid.rows[number]
        down, across = spans.get((number, index), (1, 1))
        text = html.escape(_text(row[index]) if index < len(row) else "").replace("\n", "<br>")
        cells.append(f'<td rowspan="{down}" colspan="{across}">{text}</td>')
    return f"<tr>{''.join(cells)}</tr>"
