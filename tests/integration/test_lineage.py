"""Each amount leads back to its cell, and every used row is kept once; both proved by other means than our readers."""

from __future__ import annotations

import csv
import json
import random
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from pathlib import Path

import duckdb
import openpyxl
import pytest
import xlrd
from lxml import html
from openpyxl.utils import column_index_from_string, get_column_letter
from openpyxl.utils.cell import coordinate_from_string

from pipeline.settings import PROJECT
from pipeline.thai import to_arabic_digits

Grid = dict[tuple[int, str], object]
AMOUNTS = """
SELECT f.path, a.sheet, a.cell, a.amount_baht, a.unit FROM core_amount AS a JOIN raw_file AS f USING (file_id)
WHERE a.amount_baht IS NOT NULL
UNION ALL
SELECT f.path, b.sheet, b.cell, b.amount_baht, b.unit FROM core_budget_line AS b JOIN raw_file AS f USING (file_id)
UNION ALL
SELECT f.path, i.sheet, i.cell, i.value, '' FROM core_indicator AS i JOIN raw_file AS f USING (file_id)
WHERE i.value IS NOT NULL
ORDER BY ALL"""
CORRECTED = "SELECT path, sheet, cell, [from_text, to_text] FROM quality_correction WHERE is_applied"
FACTORS = {"ล้านบาท": 1_000_000, "พันบาท": 1_000, "แสนบาท": 100_000, "บาท": 1, "": 1}


@lru_cache(maxsize=64)
def grids(path: Path) -> dict[str, Grid]:
    """Read a file's cells by sheet, with openpyxl, xlrd, lxml or csv; a CSV's or HTML's one sheet is named ''."""
    head = path.read_bytes()[:8]
    if head.startswith(b"PK"):
        book = openpyxl.load_workbook(path, data_only=True)
        return {
            sheet.title: {
                (cell.row, get_column_letter(cell.column)): cell.value
                for row in sheet.iter_rows()
                for cell in row
            }
            for sheet in book.worksheets
        }
    if head.startswith(b"\xd0\xcf"):
        return {
            sheet.name: {
                (row + 1, get_column_letter(column + 1)): sheet.cell_value(row, column)
                for row in range(sheet.nrows)
                for column in range(sheet.ncols)
            }
            for sheet in xlrd.open_workbook(path).sheets()
        }
    return {"": text_grid(path)}


def text_grid(path: Path) -> Grid:
    content = path.read_bytes()
    text = next(
        decoded for codec in ("utf-8-sig", "cp874") if (decoded := decode(content, codec)) is not None
    )
    if "<table" in text.lower():
        rows = [
            [cell.text_content() for cell in row.xpath("./td|./th")]
            for row in html.fromstring(text).iter("tr")
        ]
    else:
        first = text.splitlines()[0]
        delimiter = max(",\t;|", key=first.count)
        rows = list(csv.reader(text.splitlines(keepends=True), delimiter=delimiter))
    return {
        (number, get_column_letter(index)): value
        for number, row in enumerate(rows, start=1)
        for index, value in enumerate(row, start=1)
    }


def decode(content: bytes, codec: str) -> str | None:
    try:
        return content.decode(codec)
    except UnicodeDecodeError:
        return None


def figure(value: object, unit: str) -> Decimal:
    """Read a cell's figure in a way of the test's own."""
    text = to_arabic_digits(str(value)).replace(",", "").replace("บาท", "").strip().removesuffix(".-")
    return (Decimal(text) * FACTORS[unit]).quantize(Decimal("0.01"), ROUND_HALF_UP)


def check_addresses(connection: duckdb.DuckDBPyConnection, raw: Path, *, count: int) -> None:
    rows = connection.execute(AMOUNTS).fetchall()
    corrected = {tuple(place): texts for *place, texts in connection.execute(CORRECTED).fetchall()}
    for path, sheet, cell, amount, unit in random.Random(2564).sample(rows, min(count, len(rows))):
        sheets = grids(raw / path)
        letters, row = coordinate_from_string(cell)
        found = sheets.get(sheet, sheets.get("", {}))[row, letters]
        if (path, sheet, cell) in corrected:
            received, found = corrected[path, sheet, cell]
            assert str(sheets.get(sheet, sheets.get("", {}))[row, letters]) == received
        assert figure(found, unit) == Decimal(str(amount)).quantize(Decimal("0.01")), (path, sheet, cell)


def check_rows(connection: duckdb.DuckDBPyConnection, raw: Path) -> int:
    """Count used rows of every read sheet both ways; returns how many sheets were compared."""
    kept: dict[tuple[str, str], list[tuple[int, dict[str, str]]]] = {}
    sql = "SELECT path, sheet, row_number, cells FROM raw_row JOIN raw_file USING (file_id)"
    for path, sheet, row, cells in connection.execute(sql).fetchall():
        kept.setdefault((path, sheet), []).append((row, json.loads(cells)))
    for (path, sheet), rows in kept.items():
        sheets = grids(raw / path)
        grid = sheets.get(sheet, sheets.get("", {}))
        used = sorted({row for (row, _), value in grid.items() if value is not None and str(value).strip()})
        assert sorted(row for row, _ in rows) == used, (path, sheet)
        assert all(column_index_from_string(column) for _, cells in rows for column in cells)
    return len(kept)


def test_200_amounts_of_the_published_data_lead_back_to_their_cells(
    shared_warehouse: duckdb.DuckDBPyConnection, shared_data: Path
) -> None:
    check_addresses(shared_warehouse, shared_data, count=200)


def test_200_amounts_of_the_sample_lead_back_to_their_cells(
    sample_warehouse: duckdb.DuckDBPyConnection,
) -> None:
    check_addresses(sample_warehouse, PROJECT / "raw_data", count=200)


@pytest.mark.filterwarnings("ignore::UserWarning")
def test_every_used_row_of_the_published_data_is_kept_once(
    shared_warehouse: duckdb.DuckDBPyConnection, shared_data: Path
) -> None:
    assert check_rows(shared_warehouse, shared_data) > 80


def test_every_used_row_of_the_sample_is_kept_once(sample_warehouse: duckdb.DuckDBPyConnection) -> None:
    assert check_rows(sample_warehouse, PROJECT / "raw_data") == 16
