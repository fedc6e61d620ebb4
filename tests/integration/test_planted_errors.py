"""Planted errors in real workbooks, through the whole ingest and check: each is told at its cell, and nothing else."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import duckdb
import pandas as pd
import pytest

from pipeline import specs
from pipeline.checks import run_checks
from pipeline.ingest import ingest
from tests.planted.errors import ERRORS
from tests.planted.form import Planted, add_up, plant, rows_of, write
from tests.planted.others import OTHERS, write_others

CLEAN_FOLDER = "clean"
LOUD = ("error", "warning")


def _make(folder: Path) -> None:
    raw = folder / "raw"
    provinces = [row["name_th"] for row in specs.load_csv("provinces.csv")][1:]
    for number, error in enumerate(ERRORS):
        province = provinces[number % len(provinces)]
        write(raw / f"{number:02}" / f"{error.name}.xlsx", plant(province, error))
    for province in provinces[-8:]:
        write(raw / CLEAN_FOLDER / f"{province}.xlsx", add_up(rows_of(province)))
    write_others(raw / "others", provinces)
    ingest(raw, folder / "baseline.duckdb", jobs=2, progress=lambda stage, done, total: None)
    run_checks(folder / "baseline.duckdb", folder / "quality", progress=lambda line: None)


@pytest.fixture(scope="module")
def issues(build_once: Callable[[str, Callable[[Path], None]], Path]) -> pd.DataFrame:
    with duckdb.connect(
        str(build_once("planted-errors", _make) / "baseline.duckdb"), read_only=True
    ) as connection:
        return connection.execute("SELECT * FROM quality_issue").df()


def _of_file(issues: pd.DataFrame, name: str) -> pd.DataFrame:
    return issues[issues["path"].fillna("").str.endswith(f"/{name}.xlsx")]


def _found(issues: pd.DataFrame, error: Planted) -> pd.DataFrame:
    told = _of_file(issues, error.name)
    cell = told["cell"].isna() if error.cell is None else told["cell"] == error.cell
    return told[(told["rule"] == error.rule) & cell]


@pytest.mark.parametrize("error", [*ERRORS, *OTHERS], ids=lambda error: error.name)
def test_a_planted_error_is_told_at_its_cell(issues: pd.DataFrame, error: Planted) -> None:
    found = _found(issues, error)
    assert len(found) == 1, _of_file(issues, error.name)[["rule", "cell", "message_th"]].to_string()
    assert error.explains in found["message_th"].iloc[0]


@pytest.mark.parametrize("error", [*ERRORS, *OTHERS], ids=lambda error: error.name)
def test_nothing_else_is_told_of_its_workbook(issues: pd.DataFrame, error: Planted) -> None:
    told = _of_file(issues, error.name)
    loud = set(told[told["severity"].isin(LOUD)]["rule"])
    assert loud <= {error.rule, *error.also}, told[["rule", "cell", "message_th"]].to_string()


def test_of_clean_workbooks_no_error_and_no_warning_is_told(issues: pd.DataFrame) -> None:
    clean = issues[issues["path"].fillna("").str.contains(f"{CLEAN_FOLDER}/")]
    assert clean[clean["severity"].isin(LOUD)].to_dict("records") == []


def test_there_are_sixty_and_the_table_is_printed(issues: pd.DataFrame) -> None:
    errors = [*ERRORS, *OTHERS]
    rows = [
        {"planted": error.name, "rule": error.rule, "cell": error.cell, "found": len(_found(issues, error))}
        for error in errors
    ]
    print(
        f"\n{pd.DataFrame(rows).to_string()}\n{sum(row['found'] == 1 for row in rows)} of {len(rows)} found"
    )
    assert len({error.name for error in errors}) >= 60
    assert all(row["found"] == 1 for row in rows)
