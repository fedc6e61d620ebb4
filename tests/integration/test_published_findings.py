"""What is wrong in the published data is told at its cell, by the whole ingest and check."""

from __future__ import annotations

import doctest
import shutil
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest

from pipeline import near
from pipeline.checks import run_checks
from pipeline.records import explain

KNOWN = {
    "the malformed amount of volume 13": ("amount_unreadable", "2022-3-13(1).csv", "S481", "300,0"),
    "four units of Justice in volume 9": (
        "document_conflict",
        "2022.3.9.csv",
        None,
        "กระทรวงยุติธรรมต่างกัน 4 จาก 12 หน่วย",
    ),
    "the total of the juvenile table": ("indicator_total_differs", "child_offense_list.xls", "D89", "7,078"),
    "its neighbour": ("indicator_total_differs", "child_offense_list.xls", "I89", "4,696"),
    "two populations of Saraburi": (
        "indicator_sources_disagree",
        "PopulationByProvince.txt",
        "B42",
        "629,261",
    ),
}


@pytest.fixture(scope="module")
def checked(shared_warehouse: duckdb.DuckDBPyConnection, build_once: Callable[..., Path]) -> Path:
    built = shared_warehouse.execute("SELECT path FROM duckdb_databases() WHERE NOT internal").fetchall()[0][
        0
    ]

    def make(folder: Path) -> None:
        shutil.copy2(built, folder / "checked.duckdb")
        run_checks(folder / "checked.duckdb", folder / "quality", progress=lambda line: None)

    return build_once("shared-checked", make) / "checked.duckdb"


@pytest.mark.parametrize("known", KNOWN)
def test_what_is_known_to_be_wrong_is_a_finding(checked: Path, known: str) -> None:
    rule, name, cell, says = KNOWN[known]
    with duckdb.connect(str(checked), read_only=True) as connection:
        told = connection.execute(
            "SELECT cell, message_th FROM quality_issue WHERE rule = ? AND path LIKE '%' || ?", [rule, name]
        ).fetchall()
    assert [message for place, message in told if place == cell and says in message], told


def test_two_populations_of_one_year_are_both_said(checked: Path) -> None:
    with duckdb.connect(str(checked), read_only=True) as connection:
        sql = "SELECT province_code, message_th FROM quality_issue WHERE rule = 'indicator_sources_disagree'"
        ((province, message),) = connection.execute(sql).fetchall()
    assert province == "19"
    assert "629,216" in message
    assert "629,261" in message


@pytest.mark.parametrize("module", [explain, near])
def test_examples_in_the_docstrings_hold(module: object) -> None:
    result = doctest.testmod(module)  # type: ignore[arg-type]
    assert (result.failed, result.attempted > 0) == (0, True)
