"""The published data in the views: totals that others have printed, and provinces that have no data saying so."""

from __future__ import annotations

import csv
from decimal import Decimal
from pathlib import Path

import duckdb

from pipeline.inputs import digest_tables
from pipeline.views.make import list_views
from tests.integration.test_published_data import PILOTS

CHILD_FUND = Decimal("201144545.20")
WITHOUT_BILL = {"10", "22", "23"}
SUMS_OF_FRACTIONS = (
    "core_peer_value",
    "out_peer",
    "out_peer_variable",
    "out_indicator_area",
    "out_need_money",
)


def test_the_bill_of_the_pilots_and_of_those_that_it_lacks(
    shared_warehouse: duckdb.DuckDBPyConnection,
) -> None:
    sql = """SELECT province_code, n, amount_baht FROM out_money_by_stage
             WHERE figure = 'budget_line' AND stage = 'bill' AND fiscal_year_be = 2565"""
    rows = {code: (n, baht) for code, n, baht in shared_warehouse.execute(sql).fetchall()}
    assert len(rows) == 77
    assert {code: rows[code][1] for code in PILOTS} == PILOTS
    assert {code for code, (n, baht) in rows.items() if n == 0 and baht is None} == WITHOUT_BILL


def test_the_child_fund_is_summed_once(shared_warehouse: duckdb.DuckDBPyConnection) -> None:
    sql = "SELECT sum(amount_baht), sum(n_projects) FROM out_project_summary WHERE measure = 'allocated'"
    assert shared_warehouse.execute(sql).fetchone() == (CHILD_FUND, 1073)
    parts = """SELECT dimension, sum(amount_baht) FROM out_money_by_part
               WHERE dimension IN ('agency', 'plan', 'quarter') GROUP BY 1 ORDER BY 1"""
    assert shared_warehouse.execute(parts).fetchall() == [
        (name, CHILD_FUND) for name in ("agency", "plan", "quarter")
    ]


def test_police_cases_of_every_year(
    shared_warehouse: duckdb.DuckDBPyConnection, shared_expected: Path
) -> None:
    with (shared_expected / "police_crime_2545_2554_long.csv").open(
        encoding="utf-8-sig", newline=""
    ) as lines:
        printed = [
            float(row["value_as_stored"])
            for row in csv.DictReader(lines)
            if row["group_sheet"] == "ชีวิต ร่างกาย"
            and row["measure"] == "รับแจ้ง"
            and row["value_as_stored"].strip() != "-"
        ]
    sql = """SELECT sum(value), count(DISTINCT province_code), min(year_be), max(year_be),
                    count(*) FILTER (status = 'void') FROM out_indicator_rate
             WHERE indicator_code = 'crime_person_reported'"""
    # บึงกาฬ was no province before 2554.
    assert shared_warehouse.execute(sql).fetchone() == (sum(printed), 77, 2545, 2554, 9)


def test_sums_of_fractions_are_the_same_however_many_threads_add_them_up(
    shared_warehouse: duckdb.DuckDBPyConnection,
) -> None:
    views = list_views()
    tables = [f"again_{name}" for name in SUMS_OF_FRACTIONS]
    seen = []
    for threads in (1, 4, 4):
        with shared_warehouse.cursor() as connection:
            connection.execute(f"SET threads = {threads}")
            for name in SUMS_OF_FRACTIONS:
                connection.execute(f"CREATE OR REPLACE TEMP TABLE again_{name} AS {views[name]}")
            seen.append(digest_tables(connection, tables))
    assert seen[0] == seen[1] == seen[2]
