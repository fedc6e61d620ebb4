"""Every view against the same figures worked out anew in pandas: the pilots and ten provinces drawn from a seed."""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from pathlib import Path

import duckdb
import pandas as pd
import pytest

from pipeline import store
from pipeline.alignment import analyse
from pipeline.brief_text.reading import read_rows
from pipeline.provinces import load_gazetteer
from pipeline.settings import SQL
from tests.conftest import shared_folder
from tests.integration.again import amounts, beside, figures, lists, made, money, need, projects, readings
from tests.integration.again.frames import Frames, load_frames, tell_apart
from tests.integration.view_keys import KEYS

PILOTS = {"64", "48", "83", "70"}
CODES = sorted(load_gazetteer().provinces)
DRAWN = PILOTS | set(random.Random(2565).sample([code for code in CODES if code not in PILOTS], 10))
AGAIN: Mapping[str, Callable[[Frames], pd.DataFrame]] = {
    "out_budget_by_category": partial(lists.budget_by, columns=("category_1",)),
    "out_budget_by_plan": partial(lists.budget_by, columns=("plan",)),
    "out_budget_by_project": partial(lists.budget_by, columns=("project", "output")),
    "out_budget_by_province": lists.budget_by_province,
    "out_chosen_value": lambda frames: figures.chosen_value(frames).drop(columns=["indicator_name", "topic"]),
    "out_clean_time": readings.clean_time,
    "out_concentration": money.concentration,
    "out_crime_rate": lists.crime_rate,
    "out_crime_rate_by_area": lists.crime_rate_by_area,
    "out_execution": money.execution,
    "out_failed_identity": lists.failed_identity,
    "out_feedback": readings.feedback,
    "out_figure": need.figure,
    "out_gap": projects.gap,
    "out_indicator": figures.chosen_value,
    "out_indicator_area": figures.indicator_area,
    "out_indicator_rate": beside.indicator_rate,
    "out_indicator_trend": beside.trend,
    "out_issue_summary": lists.issue_summary,
    "out_justice_chain": beside.justice_chain,
    "out_kpi_quality": projects.kpi_quality,
    "out_kpi_quality_by_province": projects.kpi_quality_by_province,
    "out_likely_duplicate": projects.likely_duplicate,
    "out_money_by_part": money.money_by_part,
    "out_money_by_stage": money.money_by_stage,
    "out_need_money": need.need_money,
    "out_overlap": projects.overlap,
    "out_peer": beside.peer,
    "out_peer_variable": beside.peer_variable,
    "out_population": lists.population,
    "out_project_amount": lambda frames: amounts.project_amount(frames).iloc[:, [0, 1, 2, 5, 6, 7, 8]],
    "out_project_by_agency": amounts.project_by_agency,
    "out_project_by_plan": amounts.project_by_plan,
    "out_project_life": projects.project_life,
    "out_project_part": amounts.project_part,
    "out_project_place": amounts.project_amount,
    "out_project_summary": amounts.project_summary,
    "out_province_profile": lists.profile,
    "out_refused_row": lists.refused_row,
    "out_source": lists.source,
    "out_stated_total": lists.stated_total,
    "out_submission_change": lists.submission_change,
    "out_table_reading": readings.table_reading,
}  # fmt: skip
# These are held against hand-written rows: in test_views_study, test_finding_changes, test_corrections and test_board.
BY_HAND = {
    "out_release_change", "out_finding_change", "out_submission_history", "out_correction", "out_submission_board",
    "out_quality_grade", "out_submission_file",
}  # fmt: skip
Warehouse = tuple[duckdb.DuckDBPyConnection, Frames]


def test_every_view_is_worked_out_again() -> None:
    assert set(AGAIN) | BY_HAND == {script.stem for script in SQL.glob("out_*.sql")}
    assert len(DRAWN) == 14


@pytest.fixture(scope="module", params=["made", "published"])
def warehouse(request: pytest.FixtureRequest, build_once: Callable[..., Path]) -> Iterator[Warehouse]:
    """Two warehouses with their views kept: one of the published data, one made up with all that these lack."""
    if request.param == "made":
        folder = build_once("made-study", lambda folder: made.build(folder / "baseline.duckdb"))
    else:
        shared_folder("data")
        request.getfixturevalue("shared_warehouse")
        folder = build_once("shared-study", partial(_study, build_once("shared-data", _no_build)))
    connection = duckdb.connect(str(folder / "baseline.duckdb"), read_only=True)
    yield connection, load_frames(connection, DRAWN)
    connection.close()


def _no_build(folder: Path) -> None:
    raise AssertionError(f"{folder} was to be built before")


def _study(ingested: Path, folder: Path) -> None:
    database = folder / "baseline.duckdb"
    shutil.copy2(ingested / "baseline.duckdb", database)
    analyse(database, folder, [])
    store.keep_views(database, near_score=projects.NEAR, previous=None)


def _of_drawn(connection: duckdb.DuckDBPyConnection, view: str) -> str:
    columns = [row[0] for row in connection.execute(f"DESCRIBE {view}").fetchall()]
    drawn = f" WHERE province_code IN {tuple(sorted(DRAWN))} OR province_code IS NULL"
    return drawn if "province_code" in columns else ""


@pytest.mark.parametrize("view", AGAIN)
def test_a_view_is_what_pandas_says(warehouse: Warehouse, view: str) -> None:
    connection, frames = warehouse
    rows = read_rows(connection, f"SELECT * FROM {view}{_of_drawn(connection, view)}")
    assert tell_apart(rows, AGAIN[view](frames), KEYS[view], DRAWN)[:5] == []
