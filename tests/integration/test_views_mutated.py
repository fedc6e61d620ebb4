"""One input cell changes, and exactly the figures that depend on it change: fifty cells, one at a time."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import pytest

from pipeline import store
from pipeline.brief_text.reading import read_rows
from pipeline.views.make import list_views
from pipeline.views.suppress import lay_suppression
from tests.integration import view_rows
from tests.integration.again.frames import load_frames
from tests.integration.test_views_again import AGAIN
from tests.integration.view_keys import KEYS
from tests.integration.workbooks import ingest_folder, write_sheet

Rows = dict[tuple[Any, ...], tuple[Any, ...]]
CODES = {code for code, *_ in view_rows.PROVINCES}
CELLS = 50
_ADD = Decimal("1.25")


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Iterator[duckdb.DuckDBPyConnection]:
    path = tmp_path_factory.mktemp("mutated") / "baseline.duckdb"
    view_rows.build(path)
    with store.open_for_writing(path) as connection:
        yield connection


def list_cells() -> list[tuple[str, Mapping[str, Any]]]:
    """Cells with a number, of both kinds, in an order drawn from a seed."""
    amounts = [("core_amount", row) for row in view_rows.AMOUNTS if row["amount_baht"] is not None]
    figures = [("core_indicator", row) for row in view_rows.INDICATORS if row["value"] is not None]
    drawn = random.Random(2565)
    return drawn.sample(amounts, 20) + drawn.sample(figures, CELLS - 20)


def change(connection: duckdb.DuckDBPyConnection, table: str, row: Mapping[str, Any]) -> int:
    """Add a little to one cell; gives how many rows that is."""
    column, key = ("amount_baht", ("project_id", "fiscal_year_be", "measure", "period", "cell"))
    if table == "core_indicator":
        column, key = "value", ("indicator_code", "year_be", "period_basis", "file_id", "province_code")
    where = " AND ".join(f"{name} IS NOT DISTINCT FROM ${name}" for name in key)
    values = {name: row[name] for name in key} | {"more": _ADD}
    done = connection.execute(f"UPDATE {table} SET {column} = {column} + $more WHERE {where}", values)
    return int(done.fetchall()[0][0])


def by_key(rows: pd.DataFrame, view: str, columns: list[str]) -> Rows:
    kept = rows.astype(object).where(rows.notna(), None)
    keys, values = kept[KEYS[view]].values.tolist(), kept[columns].values.tolist()
    return {tuple(map(_plain, key)): tuple(map(_plain, row)) for key, row in zip(keys, values, strict=True)}


def _plain(value: Any) -> Any:
    """A number to nine digits, so that both ways of working it out may differ beyond."""
    if isinstance(value, int | float | Decimal) and not isinstance(value, bool):
        return f"{float(value):.9g}"
    return value


def read_both(connection: duckdb.DuckDBPyConnection) -> tuple[dict[str, Rows], dict[str, Rows]]:
    """Every view as it is told, and as it is worked out anew, over the columns that both have."""
    frames = load_frames(connection, CODES)
    for name, sql in list_views().items():
        connection.execute(f"CREATE OR REPLACE TEMP TABLE {name} AS\n{sql}")
    told, again = {}, {}
    for view, work_out in AGAIN.items():
        rows = work_out(frames)
        columns = [name for name in rows.columns if name not in KEYS[view]]
        again[view] = by_key(rows, view, columns)
        told[view] = by_key(read_rows(connection, f"SELECT * FROM temp.{view}"), view, columns)
    for name in list_views():
        connection.execute(f"DROP TABLE temp.{name}")
    return told, again


def list_changed(before: dict[str, Rows], after: dict[str, Rows]) -> set[tuple[str, tuple[Any, ...]]]:
    """The figures that are new, gone or different."""
    return {
        (view, key)
        for view in before
        for key in before[view].keys() | after[view].keys()
        if before[view].get(key) != after[view].get(key)
    }


@pytest.mark.parametrize("batch", range(5))
def test_exactly_what_depends_on_a_cell_changes(small: duckdb.DuckDBPyConnection, batch: int) -> None:
    told, again = read_both(small)
    assert list_changed(told, again) == set()
    cells = list_cells()[batch::5]
    assert len(cells) == CELLS / 5
    for table, row in cells:
        small.execute("BEGIN")
        assert change(small, table, row) == 1
        lay_suppression(small)
        told_after, again_after = read_both(small)
        small.execute("ROLLBACK")
        changed = list_changed(told, told_after)
        assert changed == list_changed(again, again_after)
        assert all(_is_about(view, key, row) for view, key in changed), row


def _is_about(view: str, key: tuple[Any, ...], row: Mapping[str, Any]) -> bool:
    """Say whether a figure of a project is of the cell's project, and one of a measure of its measure and year."""
    parts = dict(zip(KEYS[view], key, strict=True))
    if "project_id" in parts and "project_id" in row:
        return bool(parts["project_id"] == row["project_id"])
    if "measure" in parts and "measure" in row:
        kin = {row["measure"], "disbursed", "spent"} if view == "out_execution" else {row["measure"]}
        return parts["measure"] in kin and int(parts["fiscal_year_be"]) == row["fiscal_year_be"]
    return True


def test_a_cell_of_the_workbook_moves_its_own_figures_only(tmp_path: Path) -> None:
    before = _ingest_plan(tmp_path / "a", {})
    for cell, moved in (("C5", ("โครงการ ก", "requested")), ("D6", ("โครงการ ข", "allocated"))):
        after = _ingest_plan(tmp_path / cell, {cell: 999})
        changed = {key for key in before if before[key] != after[key]}
        assert changed == {("project", *moved), ("stage", moved[1])}
        assert after["project", *moved] == Decimal("999.00")


def _ingest_plan(folder: Path, changes: Mapping[str, int]) -> dict[tuple[str, ...], Decimal]:
    """Ingest one workbook with some cells changed; gives each project's and each stage's money."""
    rows: list[list[object]] = [
        ["บัญชีโครงการ จังหวัดสุโขทัย ปีงบประมาณ พ.ศ. 2565"],
        ["หน่วย : บาท"],
        ["ลำดับที่", "ชื่อโครงการ", "คำขอ", "ได้รับจัดสรร"],
        ["", "", "(บาท)", "(บาท)"],
        [1, "โครงการ ก", 100, 80],
        [2, "โครงการ ข", 200, 150],
    ]
    for cell, value in changes.items():
        rows[int(cell[1:]) - 1]["ABCD".index(cell[0])] = value
    (folder / "raw").mkdir(parents=True)
    write_sheet(folder / "raw" / "แผน65.xlsx", rows)
    _, connection = ingest_folder(folder / "raw", folder / "b.duckdb")
    with connection:
        amounts = connection.execute(
            "SELECT project_name, measure, amount_baht FROM out_project_amount"
        ).fetchall()
        stages = connection.execute(
            "SELECT stage, amount_baht FROM out_money_by_stage WHERE amount_baht IS NOT NULL"
        ).fetchall()
    told = {("project", name, measure): baht for name, measure, baht in amounts}
    return told | {("stage", stage): baht for stage, baht in stages}
