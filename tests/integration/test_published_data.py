"""The published data, against values that were read independently."""

from __future__ import annotations

import csv
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest

PILOTS = {"64": 130_244_000, "48": 156_913_300, "83": 119_053_400, "70": 195_774_300}
POLICE = {
    "อุกฉกรรจ์": "violent",
    "ชีวิต ร่างกาย": "person",
    "ประทุษร้ายต่อทรัพย์": "property",
    "คดีที่น่าสนใจ": "notable",
    "รัฐเป็นผู้เสียหาย": "state",
}
MEASURES = {"รับแจ้ง": "reported", "จับกุม": "arrested"}
MALFORMED = {
    ("2022.3.13(1)", "กลุ่มจังหวัดภาคใต้ฝั่งอ่าวไทย"): Decimal(3000)
}  # "300,0", read as 3,000 in the expected sum


def expected(folder: Path, name: str) -> list[dict[str, str]]:
    with (folder / name).open(encoding="utf-8-sig", newline="") as lines:
        return list(csv.DictReader(lines))


def test_the_bill_of_volume_13_by_unit(
    shared_warehouse: duckdb.DuckDBPyConnection, shared_expected: Path
) -> None:
    sql = """SELECT document, budgetary_unit, sum(amount_baht) FROM core_budget_line
             WHERE document LIKE '2022.3.13%' AND stage = 'bill' AND fiscal_year_be = 2565 GROUP BY ALL"""
    found = {(document, unit): total for document, unit, total in shared_warehouse.execute(sql).fetchall()}
    rows = expected(shared_expected, "vol13_by_unit.csv")
    keys = [(row["REF_DOC"], row["BUDGETARY_UNIT"]) for row in rows]
    assert {key for key, row in zip(keys, rows, strict=True) if row["malformed"] != "0"} == set(MALFORMED)
    assert found == {
        key: Decimal(row["fy2022_baht"]) - MALFORMED.get(key, 0) for key, row in zip(keys, rows, strict=True)
    }


def test_the_malformed_amount_is_a_finding_at_its_cell(shared_warehouse: duckdb.DuckDBPyConnection) -> None:
    sql = "SELECT path, cell, value, severity FROM quality_issue WHERE rule = 'amount_unreadable'"
    ((path, cell, value, severity),) = shared_warehouse.execute(sql).fetchall()
    assert path.endswith("2022-3-13(1).csv")
    assert (cell, value, severity) == ("S481", "300,0", "error")


def test_the_pilots_and_the_provinces_that_the_document_lacks(
    shared_warehouse: duckdb.DuckDBPyConnection,
) -> None:
    sql = "SELECT province_code, sum(amount_baht) FROM core_budget_line WHERE stage = 'bill' GROUP BY province_code"
    totals = dict(shared_warehouse.execute(sql).fetchall())
    assert {code: totals[code] for code in PILOTS} == PILOTS
    assert "22" not in totals
    assert "23" not in totals


def test_clusters_are_no_province_and_misspelt_units_resolve(
    shared_warehouse: duckdb.DuckDBPyConnection,
) -> None:
    sql = """SELECT DISTINCT budgetary_unit, province_code FROM core_budget_line
             WHERE budgetary_unit LIKE 'กลุ่มจังหวัด%' OR budgetary_unit IN ('จังหวัดสิงค์บุรี', 'จังหวัดสุราษฎ์ธานี')"""
    units = dict(shared_warehouse.execute(sql).fetchall())
    assert units.pop("จังหวัดสิงค์บุรี") == "17"
    assert units.pop("จังหวัดสุราษฎ์ธานี") == "84"
    assert len(units) == 12
    assert set(units.values()) == {None}
    aliases = shared_warehouse.execute(
        "SELECT value FROM quality_issue WHERE rule = 'province_alias' AND path LIKE '%13(1)%'"
    ).fetchall()
    assert {value for (value,) in aliases} == {"จังหวัดสิงค์บุรี", "จังหวัดสุราษฎ์ธานี"}


def test_volume_9_by_unit_of_justice(
    shared_warehouse: duckdb.DuckDBPyConnection, shared_expected: Path
) -> None:
    sql = """SELECT budgetary_unit, count(*), sum(amount_baht) FROM core_budget_line
             WHERE ministry = 'กระทรวงยุติธรรม' AND fiscal_year_be = 2565 GROUP BY budgetary_unit"""
    found = {unit: (count, total) for unit, count, total in shared_warehouse.execute(sql).fetchall()}
    rows = expected(shared_expected, "vol9_moj_by_unit.csv")
    assert found == {
        row["BUDGETARY_UNIT"]: (int(row["n_fy2022"]), Decimal(row["fy2022_baht"])) for row in rows
    }


def test_child_fund_projects_counted_once(shared_warehouse: duckdb.DuckDBPyConnection) -> None:
    sql = """SELECT count(DISTINCT p.project_id), sum(a.amount_baht), count(*) FILTER (a.amount_baht IS NULL)
             FROM core_project AS p JOIN core_amount AS a USING (project_id) JOIN raw_file AS f ON f.file_id = p.file_id
             WHERE f.path LIKE '%childfund/app4/%'"""
    assert shared_warehouse.execute(sql).fetchone() == (1076, Decimal("202586145.20"), 2)
    statuses = "SELECT status FROM raw_file WHERE path LIKE '%childfund/app4/%' ORDER BY status"
    assert shared_warehouse.execute(statuses).fetchall() == [("duplicate",), ("superseded",)]


def test_child_fund_by_year_and_province(
    shared_warehouse: duckdb.DuckDBPyConnection, shared_expected: Path
) -> None:
    sql = """SELECT p.fiscal_year_be, v.name_th, count(*), sum(coalesce(a.amount_baht, 0)),
                    count(*) FILTER (a.amount_baht IS NULL)
             FROM core_project AS p JOIN core_amount AS a USING (project_id) JOIN raw_file AS f ON f.file_id = p.file_id
             JOIN core_province AS v USING (province_code) WHERE f.path LIKE '%childfund/app4/%' GROUP BY ALL"""
    found = {
        (str(year), name): (count, total, blank)
        for year, name, count, total, blank in shared_warehouse.execute(sql).fetchall()
    }
    assert found == {
        (row["budget_year_be"], row["province"]): (
            int(row["n_projects"]),
            Decimal(row["sum_baht"]).quantize(Decimal("0.01")),
            int(row["n_blank_amount"]),
        )
        for row in expected(shared_expected, "childfund_by_year_province.csv")
    }


def test_every_police_figure(shared_warehouse: duckdb.DuckDBPyConnection, shared_expected: Path) -> None:
    sql = "SELECT indicator_code, province_code, year_be, value FROM core_indicator WHERE indicator_code LIKE 'crime_%'"
    found = {
        (code, province, year): value
        for code, province, year, value in shared_warehouse.execute(sql).fetchall()
    }
    codes = dict(shared_warehouse.execute("SELECT name_th, province_code FROM core_province").fetchall())
    codes |= {"ศรีษะเกษ": "33", "สุพรรณ": "72", "อยุธยา": "14"}
    wanted = {
        (
            f"crime_{POLICE[row['group_sheet']]}_{MEASURES[row['measure']]}",
            codes[row["province_as_written"].strip()],
            int(row["year_be"]),
        ): None if row["value_as_stored"].strip() == "-" else float(row["value_as_stored"])
        for row in expected(shared_expected, "police_crime_2545_2554_long.csv")
    }
    assert found == wanted
    assert sum(value is not None for value in found.values()) == 7652
    assert sum(value is None for value in found.values()) == 48


@pytest.mark.parametrize(
    ("source", "year", "provinces", "total"),
    [
        ("กรมการปกครอง ประชากรตามทะเบียนราษฎร ณ 31 ธ.ค.", 2556, 77, 64_785_909),
        ("ประชากรรายจังหวัด 2545-2556 (basic-dataset)", 2545, 76, None),
    ],
)
def test_population(
    shared_warehouse: duckdb.DuckDBPyConnection, source: str, year: int, provinces: int, total: int | None
) -> None:
    sql = """SELECT count(value), sum(value) FROM core_indicator
             WHERE indicator_code = 'population_registered_total' AND source = ? AND year_be = ?"""
    count, found = shared_warehouse.execute(sql, [source, year]).fetchone() or (0, 0)
    assert count == provinces
    assert total is None or found == total


def test_two_sources_for_one_figure_are_both_kept(shared_warehouse: duckdb.DuckDBPyConnection) -> None:
    sql = """SELECT value FROM core_indicator WHERE province_code = '19' AND year_be = 2556
             AND indicator_code = 'population_registered_total' ORDER BY value"""
    assert shared_warehouse.execute(sql).fetchall() == [(629216.0,), (629261.0,)]


def test_what_fits_no_spec_is_refused_with_its_reason(shared_warehouse: duckdb.DuckDBPyConnection) -> None:
    refused = dict(
        shared_warehouse.execute("SELECT path, reason FROM raw_file WHERE status = 'refused'").fetchall()
    )
    assert all(refused.values())
    assert any(path.endswith("birth_sample.xls") for path in refused)
    assert "ฉบับเดียวกับ" in next(
        reason for path, reason in refused.items() if path.endswith("tee4cute-pdfplumber/output/2022.3.9.csv")
    )
