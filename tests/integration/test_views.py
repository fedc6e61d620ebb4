"""The views for people, against the same figures worked out with pandas from the rows that went in."""

from __future__ import annotations

import pandas as pd
import pytest

from pipeline.settings import SQL
from tests.integration import view_rows
from tests.integration.conftest import Read
from tests.integration.view_keys import EVERY_PROVINCE, INDICATOR_KEY, KEYS, NOTHING_IN
from tests.integration.view_rows import (
    EMPTY_PROVINCE,
    INDICATORS,
    TOTAL,
)


def test_every_view_is_tested_here() -> None:
    assert {script.stem for script in SQL.glob("out_*.sql")} == set(KEYS)


@pytest.mark.parametrize("view", KEYS)
def test_a_view_says_its_grain_and_keeps_it(read: Read, view: str) -> None:
    comment = read("SELECT comment FROM duckdb_views() WHERE view_name = $view", view=view)["comment"][0]
    rows = read(f"SELECT * FROM {view}")
    assert comment.startswith("one row per ")
    assert len(rows) > 0
    assert not rows.duplicated(KEYS[view]).any()


def test_the_preferred_source_gives_the_value(read: Read) -> None:
    chosen = read("SELECT * FROM core_chosen_value")
    told = pd.DataFrame(INDICATORS)
    groups = told.assign(is_empty=told["value"].isna()).groupby(INDICATOR_KEY, dropna=False)
    expected = groups.apply(
        lambda rows: rows.sort_values(["is_empty", "source_rank", "file_id"])["value"].iloc[0],
        include_groups=False,
    )
    found = chosen.set_index(INDICATOR_KEY)["value"]
    assert found.sort_index().to_dict() == pytest.approx(expected.sort_index().to_dict(), nan_ok=True)
    row = chosen.set_index(INDICATOR_KEY).loc[("64", TOTAL, 2554, "point", "year")]
    assert (row["value"], row["source"], row["n_sources"], row["is_conflict"]) == (586_830, "ปกครอง", 2, True)


def test_a_source_that_says_nothing_gives_way_and_is_no_conflict(read: Read) -> None:
    (row,) = read("SELECT * FROM out_population WHERE province_code = '64' AND year_be = 2555").to_dict(
        "records"
    )
    assert (row["population"], row["source"], row["n_sources"], row["is_conflict"]) == (
        602_601,
        "สำมะโน",
        1,
        False,
    )


def test_population_stands_beside_its_sexes_and_houses(read: Read) -> None:
    rows = read("SELECT * FROM out_population WHERE province_code = '64'").set_index("year_be")
    assert rows.loc[2554, ["population", "male", "female", "houses"]].tolist() == [
        586_830,
        290_000,
        296_830,
        200_000,
    ]
    assert rows.loc[2553, "population"] == 601_778
    assert rows.loc[2554, ["households"]].isna().all()


def test_the_rate_uses_the_years_own_population(read: Read) -> None:
    """12 cases of 586,830 people are 2.04 per 100,000 (1.06 to 3.57), Byar's interval as published."""
    rows = read("SELECT * FROM out_crime_rate WHERE province_code = '64'").set_index(
        ["year_be", "crime_group"]
    )
    row = rows.loc[(2554, "violent")]
    assert [round(row[name], 2) for name in ("rate_per_100000", "rate_low", "rate_high")] == [
        2.04,
        1.06,
        3.57,
    ]
    assert (row["population_year_be"], row["population"], bool(row["is_small_number"])) == (
        2554,
        586_830,
        True,
    )
    assert rows.loc[(2554, "person"), "rate_per_100000"] == pytest.approx(178 / 586_830 * 100_000)
    assert not rows.loc[(2552, "violent"), "is_small_number"]


def test_no_population_no_rate(read: Read) -> None:
    rows = read("SELECT * FROM out_crime_rate WHERE province_code = '64' AND year_be = 2552")
    assert rows["reported"].notna().all()
    assert (
        rows[["population", "population_year_be", "rate_per_100000", "rate_low", "rate_high"]]
        .isna()
        .all(axis=None)
    )


def test_people_are_never_divided_as_cases(read: Read) -> None:
    rows = read("SELECT * FROM out_crime_rate WHERE province_code = '48'").set_index("crime_group")
    assert rows.loc["person", ["reported", "population"]].tolist() == [100, 700_000]
    assert pd.isna(rows.loc["person", "rate_per_100000"])
    assert rows.loc["violent", "rate_per_100000"] == pytest.approx(50 / 7)


def test_zero_or_blank_in_every_group_is_no_data(read: Read) -> None:
    rows = read("SELECT * FROM out_crime_rate WHERE province_code = '38'").set_index(
        ["year_be", "crime_group"]
    )
    assert rows.loc[2553, ["reported", "arrested", "rate_per_100000"]].isna().all(axis=None)
    assert rows.loc[2553, "is_void"].all()
    # A zero beside another group's cases is a zero.
    assert rows.loc[(2554, "violent"), ["reported", "rate_per_100000", "rate_low"]].tolist() == [0, 0, 0]


def test_an_area_is_the_sum_of_the_provinces_that_have_both_figures(read: Read) -> None:
    rates = read(
        "SELECT r.*, p.cluster FROM out_crime_rate AS r JOIN core_province AS p USING (province_code)"
    )
    known = rates.dropna(subset=["rate_per_100000"])
    areas = (
        read("SELECT * FROM out_crime_rate_by_area")
        .set_index(["area", "year_be", "crime_group"])
        .sort_index()
    )
    for area, rows in {"nation": known, "เหนือล่าง 1": known[known["cluster"] == "เหนือล่าง 1"]}.items():
        for (year, group), part in rows.groupby(["year_be", "crime_group"]):
            found = areas.loc[(area, year, group)]
            expected = 100_000 * part["reported"].sum() / part["population"].sum()
            assert found["rate_per_100000"] == pytest.approx(expected)
            assert found["n_provinces"] == len(part)
    assert set(areas.loc["nation", "n_members"]) == {len(view_rows.PROVINCES)}
    assert set(areas.loc["เหนือล่าง 1", "n_members"]) == {2}


def test_the_profile_takes_the_newest_year_and_sums_its_areas(read: Read) -> None:
    rows = read("SELECT * FROM out_province_profile WHERE province_code = '64'").set_index("item")
    assert (rows.loc["population", "year_be"], rows.loc["population", "value"]) == (2555, 602_601)
    assert rows.loc["persons_per_house", "value"] == pytest.approx(586_830 / 200_000)
    rate = rows.loc["crime_person_rate"]
    assert rate["cluster_value"] == pytest.approx(100_000 * (178 + 322) / (586_830 + 850_000))
    assert (rate["n_cluster"], rate["n_cluster_members"], rate["n_nation"], rate["n_nation_members"]) == (
        2,
        2,
        4,
        6,
    )
    bangkok = read("SELECT * FROM out_province_profile WHERE province_code = '10'")
    assert bangkok[["cluster_value", "n_cluster", "n_cluster_members"]].isna().all(axis=None)


def test_sources_findings_and_totals(read: Read) -> None:
    sources = (
        read("SELECT * FROM out_source WHERE province_code = '64'").set_index(["kind", "path"]).sort_index()
    )
    assert set(sources.index) == {
        ("budget_line", "bill.xlsx"),
        ("indicator", "census.xlsx"),
        ("indicator", "dopa.xlsx"),
        ("indicator", "police.xlsx"),
        ("project", "plan.xlsx"),
    }
    assert sources.loc[("project", "plan.xlsx"), ["n_rows", "first_year_be"]].tolist() == [3, 2566]
    issues = read("SELECT * FROM out_issue_summary WHERE province_code = '64'").to_dict("records")
    assert [(row["rule"], row["n_issues"], row["example_th"]) for row in issues] == [
        ("amount_unreadable", 2, "ข้อความ 0")
    ]
    assert read("SELECT path FROM out_stated_total")["path"].tolist() == ["plan.xlsx"]


def test_a_province_without_data_says_so_where_every_province_is(read: Read) -> None:
    held = {}
    for view in KEYS:
        columns = read(f"SELECT * FROM {view} LIMIT 0").columns
        if "province_code" in columns:
            held[view] = read(f"SELECT * FROM {view} WHERE province_code = $code", code=EMPTY_PROVINCE)
    told = {view: rows for view, rows in held.items() if len(rows)}
    assert set(told) == EVERY_PROVINCE | {"out_release_change"}
    assert set(told["out_indicator_rate"]["status"]) == {"none"}
    for view, column in NOTHING_IN.items():
        assert told[view][column].isna().all(), view
    assert set(told["out_kpi_quality_by_province"]["n_projects"]) == {0}
