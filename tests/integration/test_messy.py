"""Messy workbooks made by defect, alone and in seeded combination: every amount found, nothing extra."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import duckdb
import pytest

from tests.integration.workbooks import ingest_folder
from tests.messy import NOT_YET
from tests.messy.build import draw_combination, is_managed, make_folder
from tests.messy.catalogue import DEFECTS, with_needs
from tests.messy.score import compare, find_told

ALONE = {name: tuple(name.split("+")) for name in [*DEFECTS, *sorted(NOT_YET - DEFECTS.keys())]}
TOGETHER = {f"together-{seed:02}": draw_combination(seed, NOT_YET) for seed in range(30)}
CASES = {"plain": (), **ALONE, **TOGETHER}


def _xfail(case: str) -> list[pytest.MarkDecorator]:
    """What the reader does not manage must fail, until it is taken off the list."""
    names = {defect.name for defect in with_needs(CASES[case])}
    reason = f"the reader does not manage {case} yet"
    return [] if is_managed(names, NOT_YET) else [pytest.mark.xfail(strict=True, reason=reason)]


@pytest.fixture(scope="session")
def warehouse(
    build_once: Callable[[str, Callable[[Path], None]], Path],
) -> Iterator[duckdb.DuckDBPyConnection]:
    """All cases ingested once, each in a folder of its own."""

    def make(folder: Path) -> None:
        for case, names in CASES.items():
            make_folder(folder / "raw" / case, names, seed=1)
        ingest_folder(folder / "raw", folder / "b.duckdb")[1].close()

    with duckdb.connect(str(build_once("messy", make) / "b.duckdb"), read_only=True) as connection:
        yield connection


@pytest.mark.parametrize("case", [pytest.param(case, marks=_xfail(case)) for case in CASES])
def test_every_amount_is_found_and_nothing_extra(
    warehouse: duckdb.DuckDBPyConnection, tmp_path: Path, case: str
) -> None:
    truth, _ = make_folder(tmp_path, CASES[case], seed=1)
    assert truth
    missed, extra = compare(warehouse, truth, folder=case)
    assert (missed, extra) == ([], []), CASES[case]


def test_no_plan_becomes_statistics(warehouse: duckdb.DuckDBPyConnection) -> None:
    assert warehouse.execute("SELECT count(*) FROM core_indicator").fetchone() == (0,)


def test_planted_personal_data_is_in_no_table(warehouse: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    planted = [text for case in CASES for text in make_folder(tmp_path / case, CASES[case], seed=1)[1]]
    assert len(planted) > 10
    assert find_told(warehouse, planted) == []


def test_the_same_seed_makes_the_same_folder(tmp_path: Path) -> None:
    names = ("several_measures", "sections_with_subtotals", "thai_digits", "csv_utf8")
    first, second = (make_folder(tmp_path / folder, names, seed=7) for folder in ("a", "b"))
    assert first == second
    ours, theirs = (
        [file.read_bytes() for file in (tmp_path / folder).rglob("*.csv")] for folder in ("a", "b")
    )
    assert ours == theirs
    assert len(DEFECTS) >= 25
