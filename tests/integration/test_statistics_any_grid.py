"""Whatever a sheet holds: no crash, one role a row, and each figure that is loaded leads to the cell that it is."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.errors import SourceError
from pipeline.ingest.figures import read_figure_table
from pipeline.ingest.files import FoundFile
from pipeline.layout import used_rows
from pipeline.records import Extract, Source
from pipeline.workbook import Cell, Merge, Sheet

FILE = FoundFile(
    file_id="0" * 12,
    path="รายงาน 2564.xlsx",
    absolute=Path("x"),
    sha256="",
    size=1,
    received=datetime(2021, 1, 1, tzinfo=UTC),
    received_how="file",
    ignored=None,
)
WORDS: list[Cell] = [
    None, None, "", " ", "สุโขทัย", "นครพนม", "ภูเก็ต", "จ.ราชบุรี", "ภาคเหนือ", "รวม", "รวมทั่วประเทศ", "จังหวัด", "จงหวด",
    "จำนวน (คน)", "ร้อยละ", "ปี 2564", "ปีงบประมาณ 2565", "ต.ค. 64", "หมายเหตุ", "-", "1,234", "7,863,52", "#REF!", 1.0,
    2.5, 2564.0, 2565, 64.0, True, date(2021, 10, 1), "รหัส", "gpp",
]  # fmt: skip
CELLS = st.sampled_from(WORDS)
GRIDS = st.lists(st.lists(CELLS, min_size=3, max_size=5), min_size=1, max_size=12)
MERGES = st.lists(
    st.tuples(st.integers(0, 5), st.integers(0, 3), st.integers(0, 3), st.integers(0, 2)), max_size=3
)
HEADS = st.lists(st.lists(CELLS, min_size=3, max_size=3), min_size=0, max_size=3)


def read(sheet: Sheet) -> tuple[Source, Extract] | None:
    """Read a sheet as statistics; None where it is refused."""
    refusal = SourceError("no_header", "ไม่พบหัวตาราง")
    try:
        return read_figure_table(sheet, FILE, number=1, sheet_titles=(), form=None, refusal=refusal)
    except SourceError:
        return None


def hold(sheet: Sheet) -> int:
    """Hold a sheet to what must be; returns how many figures it gave."""
    done = read(sheet)
    if done is None:
        return 0
    source, extract = done
    assert sorted(source.table.roles) == used_rows(sheet)
    figures = 0
    for batch in extract.batches:
        rows, values = batch.values("row_number"), batch.values("value")
        figures += batch.count
        assert not {row - 1 for row in rows} & extract.refused
        column = "ABCDEFGH".index(str(batch.columns["letters"]))
        for row, value in zip(rows, values, strict=True):
            cell = sheet.rows[row - 1][column] if column < len(sheet.rows[row - 1]) else None
            if isinstance(cell, float | int):
                assert value == cell
    return figures


@settings(max_examples=300, deadline=None)
@given(GRIDS, MERGES)
def test_any_grid(rows: list[list[Cell]], merges: list[tuple[int, int, int, int]]) -> None:
    spans = tuple(Merge(top, left, top + down, left + right) for top, left, down, right in merges)
    hold(Sheet("1", rows, merges=spans))


@settings(max_examples=200, deadline=None)
@given(HEADS, st.lists(st.tuples(CELLS, CELLS), min_size=4, max_size=4))
def test_any_head_above_provinces(head: list[list[Cell]], cells: list[tuple[Cell, Cell]]) -> None:
    names = ("สุโขทัย", "นครพนม", "ภูเก็ต", "ราชบุรี")
    hold(Sheet("1", [*head, *[[name, *pair] for name, pair in zip(names, cells, strict=True)]]))


@pytest.mark.parametrize("name", ["1", "สุโขทัย"])
def test_a_plain_table_gives_every_figure(name: str) -> None:
    rows: list[list[Cell]] = [
        ["จังหวัด", "จำนวน (คน)"],
        *[[place, 5.0] for place in ("สุโขทัย", "นครพนม", "ภูเก็ต")],
    ]
    assert hold(Sheet(name, rows)) == 3
