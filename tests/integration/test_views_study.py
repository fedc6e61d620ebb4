"""The study's views against figures worked out by hand, on the small warehouse; and what must never be told."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from itertools import combinations
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from pipeline import store
from pipeline.brief_text.reading import read_rows
from pipeline.views.suppress import Hidden, Total, hide
from tests.integration import view_rows
from tests.integration.view_keys import KEYS
from tests.integration.view_study import SENSITIVE

Rows = list[dict[str, Any]]


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("study") / "baseline.duckdb"
    view_rows.build(path)
    return path


@pytest.fixture(scope="module")
def read(database: Path) -> Iterator[Any]:
    with store.open_for_reading(database) as connection:

        def rows(sql: str) -> Rows:
            found = read_rows(connection, sql).astype(object)
            return found.where(found.notna(), None).to_dict("records")

        yield rows


def test_twelve_cases_of_586_830_by_byar(read: Any) -> None:
    (row,) = read(
        """SELECT * FROM out_indicator_rate WHERE province_code = '64' AND year_be = 2554
           AND indicator_code = 'crime_violent_reported'"""
    )
    assert [round(row[name], 2) for name in ("rate", "rate_low", "rate_high")] == [2.04, 1.06, 3.57]
    assert (row["status"], row["value"], row["denominator"], row["is_small_number"], row["band"]) == (
        "value", 12, 586_830, True, None,
    )  # fmt: skip


def test_a_small_number_of_children_is_not_shown_anywhere(read: Any) -> None:
    """สุโขทัย has 3, which พิษณุโลก's 40 covers: their cluster and region have only those two."""
    for view in ("out_chosen_value", "out_indicator", "out_indicator_rate"):
        told = {
            row["province_code"]: row["value"]
            for row in read(f"SELECT * FROM {view} WHERE indicator_code = '{SENSITIVE}' AND year_be = 2554")
        }
        assert (told["64"], told["65"]) == (None, None), view
        assert (told["48"], told["38"], told["10"]) == (12, 7, 90), view
    areas = {
        row["area"]: row["value"]
        for row in read(f"SELECT * FROM out_indicator_area WHERE indicator_code = '{SENSITIVE}'")
    }
    assert areas["nation"] == 152
    assert areas["เหนือล่าง 1"] == 43
    figures = read(f"SELECT * FROM out_figure WHERE code = '{SENSITIVE}' AND province_code IN ('64', '65')")
    assert [row["value"] for row in figures] == [None, None]


@pytest.mark.parametrize("seed", range(8))
def test_no_sum_of_what_is_shown_gives_a_small_number_back(seed: int) -> None:
    """Whatever is hidden, the rows of the shown totals leave every small figure free to be another."""
    dice = np.random.default_rng(seed)
    values = {(f"{number:02d}", "x"): float(dice.poisson(6)) for number in range(24)}
    cells = list(values)
    areas = [("cluster", f"c{start}", cells[start : start + 4]) for start in range(0, 24, 4)]
    areas += [("region", f"r{start}", cells[start : start + 12]) for start in (0, 12)] + [
        ("nation", "n", cells)
    ]
    totals = [Total(tuple(inside), (kind, name, "x")) for kind, name, inside in areas]
    hidden: Hidden = hide(values, totals, 5)
    small = [cell for cell in cells if values[cell] < 5]
    assert set(small) <= set(hidden.cells)
    dark = list(hidden.cells)
    shown = [total for total in totals if total.area not in hidden.areas]
    matrix = np.array([[float(cell in total.cells) for cell in dark] for total in shown]).reshape(
        len(shown), -1
    )
    for place, cell in enumerate(dark):
        wanted = np.eye(len(dark))[place]
        solution = np.linalg.lstsq(matrix.T, wanted, rcond=None)[0]
        assert np.abs(matrix.T @ solution - wanted).max() > 1e-6, cell


def test_hiding_hides_no_more_than_it_must() -> None:
    values = {(code, "x"): value for code, value in (("a", 3.0), ("b", 9.0), ("c", 50.0))}
    hidden = hide(values, [Total(tuple(values), ("nation", "n", "x"))], 5)
    assert hidden == Hidden({("a", "x"): "small", ("b", "x"): "complement"}, set())
    alone = hide({("a", "x"): 3.0}, [Total((("a", "x"),), ("nation", "n", "x"))], 5)
    assert alone.areas == {("nation", "n", "x")}
    parts = {
        ("a", name): value for name, value in (("all", 53.0), ("few", 3.0), ("more", 20.0), ("most", 30.0))
    }
    assert hide(parts, [Total(tuple(parts))], 5).cells == {("a", "few"): "small", ("a", "more"): "complement"}


def test_two_small_numbers_that_add_up_to_nothing_are_covered() -> None:
    values = {("a", "x"): 0.0, ("b", "x"): 0.0, ("c", "x"): 70.0}
    assert set(hide(values, [Total(tuple(values), ("nation", "n", "x"))], 5).cells) == set(values)


def test_the_trend_stops_at_a_break_and_at_small_numbers(read: Any) -> None:
    rows = read(
        "SELECT * FROM out_indicator_trend WHERE province_code = '64' AND topic = 'crime' ORDER BY ALL"
    )
    told = {(row["indicator_code"], row["year_be"]): row for row in rows}
    person, violent = told["crime_person_reported", 2554], told["crime_violent_reported", 2554]
    assert (person["no_change"], person["is_break"], person["change_value"]) == ("break", True, None)
    assert (violent["no_change"], violent["before_value"], violent["change_pct"]) == ("gap", 20, None)


def test_no_share_across_units(read: Any) -> None:
    rows = read(
        "SELECT * FROM out_justice_chain WHERE province_code = '64' AND year_be = 2554 AND step = 'arrested'"
    )
    told = {row["chain"]: row for row in rows}
    assert (told["person"]["value"], told["person"]["share_pct"], told["person"]["no_share"]) == (
        141,
        None,
        "other_unit",
    )
    assert told["violent"]["no_share"] == "other_unit"


def test_money_of_a_quarter_and_what_is_left_open(read: Any) -> None:
    rows = read(
        """SELECT * FROM out_money_by_part
           WHERE province_code = '65' AND measure = 'disbursed' AND fiscal_year_be = 2566"""
    )
    told = {(row["dimension"], row["code"]): (row["n_projects"], row["amount_baht"]) for row in rows}
    assert told["quarter", "Q3"] == (1, Decimal("400.50"))
    assert told["quarter", None] == (1, Decimal("300.00"))
    assert told["agency", "a1"] == (1, Decimal("700.50"))
    assert told["agency", "หน่วย ข"] == (1, Decimal("300.00"))
    assert told["source", "area"] == (1, Decimal("300.00"))
    assert told["district", "6501"] == (1, Decimal("700.50"))
    assert told["district", "whole"] == (1, Decimal("300.00"))


def test_per_head_and_constant_baht(read: Any) -> None:
    (row,) = read(
        """SELECT * FROM out_money_by_stage WHERE province_code = '65' AND stage = 'net_allocated'"""
    )
    assert (row["amount_baht"], row["population_year_be"], row["constant_base"]) == (
        Decimal("600.00"),
        None,
        "2565",
    )
    assert row["constant_baht"] == pytest.approx(600 / 1.04)
    (row,) = read("SELECT * FROM out_money_by_stage WHERE province_code = '64' AND stage = 'act'")
    assert row["per_head_baht"] is None, "the newest population is more than five years old"


def test_execution_beside_the_dated_target(read: Any) -> None:
    rows = {row["quarter"]: row for row in read("SELECT * FROM out_execution WHERE province_code = '65'")}
    third = rows["Q3"]
    assert (third["n_projects"], third["given_baht"], third["paid_baht"]) == (
        1,
        Decimal("1000.00"),
        Decimal("700.50"),
    )
    assert (third["execution_pct"], third["target_pct"], third["note_th"]) == (
        pytest.approx(70.05),
        72,
        "หมายเหตุ",
    )
    assert third["difference_points"] == pytest.approx(-1.95)
    assert (rows["Q4"]["given_baht"], rows["Q4"]["target_pct"]) == (Decimal("600.00"), None)


def test_concentration(read: Any) -> None:
    rows = read(
        "SELECT * FROM out_concentration WHERE province_code = '65' AND stage = 'disbursed' AND holder = 'agency'"
    )
    ((row),) = rows
    shares = (100 * 700.5 / 1000.5, 100 * 300 / 1000.5)
    assert (row["n_holders"], row["top_share_pct"]) == (2, pytest.approx(100))
    assert row["hhi"] == pytest.approx(shares[0] ** 2 + shares[1] ** 2)


def test_likely_duplicates_years_and_overlaps(read: Any) -> None:
    pairs = {
        (row["project_id"], row["how"], row["like_project_id"])
        for row in read("SELECT * FROM out_likely_duplicate WHERE province_code = '65'")
    }
    assert pairs == {("q2", "same_name_other_agency", "q4"), ("q3", "near_name", "q4")}
    years = read(
        "SELECT * FROM out_project_life WHERE province_code = '65' AND n_years > 1 ORDER BY fiscal_year_be"
    )
    assert [(row["fiscal_year_be"], row["n_rows"], row["allocated_baht"]) for row in years] == [
        (2565, 1, Decimal("900.00")), (2566, 2, Decimal("1500.00")),
    ]  # fmt: skip
    (overlap,) = read("SELECT * FROM out_overlap WHERE province_code = '65'")
    assert (overlap["tag_code"], overlap["n_agencies"], overlap["n_projects"]) == ("patrol", 2, 2)


def test_gaps(read: Any) -> None:
    rows = read("SELECT * FROM out_gap WHERE province_code = '64' AND fiscal_year_be = 2566")
    told = {(row["dimension"], row["code"]): (row["n_projects"], row["is_without_project"]) for row in rows}
    assert told == {
        ("plan", "plan:1"): (2, False), ("plan", "plan:2"): (0, True), ("theme", "crime"): (2, False),
        ("theme", "juvenile"): (1, False),
    }  # fmt: skip
    assert {row["n_unmapped"] for row in rows if row["dimension"] == "plan"} == {1}


def test_what_a_kpi_lacks(read: Any) -> None:
    told = {
        row["project_id"]: row for row in read("SELECT * FROM out_kpi_quality WHERE province_code = '65'")
    }
    assert not any(
        told["q1"][name]
        for name in ("is_without_kpi", "is_without_number", "is_without_unit", "is_activity_only")
    )
    assert (told["q2"]["is_activity_only"], told["q2"]["is_without_number"]) == (True, True)
    assert told["q3"]["is_without_kpi"]


def test_what_changed_since_the_release_before_and_why(read: Any) -> None:
    rows = read("SELECT * FROM out_release_change")
    told = {
        (row["province_code"], row["code"], row["year_be"]): (row["why"], row["old_value"], row["new_value"])
        for row in rows
    }
    assert told["64", "crime_person_reported", 2554] == ("corrected_data", 170, 178)
    assert told["48", "requested", 2565] == ("changed_rule", 8, 9)
    assert told["91", "bill", 2565] == ("withdrawn_data", 5, None)
    assert told["64", "bill", 2565][0] == "new_data"
    assert {row["release_name"] for row in rows} == {"r0"}


def test_kept_as_tables_the_views_say_the_same(database: Path, tmp_path: Path, read: Any) -> None:
    path = tmp_path / "kept.duckdb"
    view_rows.build(path)
    for _ in range(2):
        store.keep_views(path, near_score=88, previous=None)
    with store.open_for_reading(path) as connection:
        tables = dict(
            connection.execute(
                "SELECT table_name, comment FROM duckdb_tables() WHERE table_name LIKE 'out_%'"
            ).fetchall()
        )
        blank = connection.execute(
            "SELECT * FROM duckdb_columns() WHERE comment IS NULL AND NOT internal"
        ).fetchall()
        assert set(tables) == set(KEYS)
        assert all(comment.startswith("one row per ") for comment in tables.values())
        assert blank == []
        for view in set(KEYS) - {"out_release_change"}:
            kept = read_rows(connection, f"SELECT * FROM {view}").astype(object)
            kept_rows = kept.where(kept.notna(), None).to_dict("records")
            key = KEYS[view]
            assert _sorted(kept_rows, key) == _sorted(read(f"SELECT * FROM {view}"), key), view


def _sorted(rows: Rows, key: list[str]) -> Rows:
    rounded = [
        {name: f"{value:.9g}" if isinstance(value, float) else value for name, value in row.items()}
        for row in rows
    ]
    return sorted(rounded, key=lambda row: [str(row[name]) for name in key])


def test_figures_of_the_release_before_are_taken_from_its_own_views(tmp_path: Path) -> None:
    before, now = tmp_path / "r1" / "baseline.duckdb", tmp_path / "now.duckdb"
    before.parent.mkdir()
    view_rows.build(before)
    store.keep_views(before, near_score=88, previous=None)
    view_rows.build(now)
    with store.open_for_writing(now) as connection:
        connection.execute("UPDATE core_amount SET amount_baht = 10 WHERE project_id = 'p4'")
    store.keep_views(now, near_score=88, previous=before)
    with store.open_for_reading(now) as connection:
        rows = connection.execute(
            "SELECT province_code, code, why, release_name FROM out_release_change"
        ).fetchall()
    assert rows == [("48", "requested", "changed_rule", "r1")]


def test_pairs_of_peers_are_as_far_one_way_as_the_other(read: Any) -> None:
    rows = read("SELECT * FROM out_peer WHERE peer_code IS NOT NULL")
    distances = {(row["province_code"], row["peer_code"]): row["distance"] for row in rows}
    assert len(distances) == 20
    for one, other in combinations({row["province_code"] for row in rows}, 2):
        assert distances[one, other] == pytest.approx(distances[other, one])
    (empty,) = read("SELECT * FROM out_peer WHERE province_code = '91'")
    assert (empty["peer_code"], empty["n_variables"], empty["variables_th"]) == (None, 0, None)
    assert "ประชากรตามทะเบียน" in empty["lacking_th"]
