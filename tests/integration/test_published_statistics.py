"""Published statistics in their own layouts, each against an independent reading of the same file."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest
import xlrd

PPT = "unisexx-ppt/import_file"
FIT = "phat-ap-econvis/data/fpo_raw/FIT_D105.xls"
Sums = dict[str, tuple[int, float]]


def sums(warehouse: duckdb.DuckDBPyConnection, path: str, *, where: str = "true") -> Sums:
    """By indicator: how many values a file gave, and their sum."""
    sql = f"""SELECT indicator_code, count(value), sum(value) FROM core_indicator JOIN raw_file USING (file_id)
              WHERE path LIKE ? AND {where} GROUP BY indicator_code"""
    return {code: (count, total) for code, count, total in warehouse.execute(sql, [f"%{path}%"]).fetchall()}


def rules(warehouse: duckdb.DuckDBPyConnection, path: str, *names: str) -> list[tuple[str, str, str]]:
    """The findings of a file by some rules: rule, cell, value."""
    sql = "SELECT rule, cell, value FROM quality_issue WHERE path LIKE ? AND rule IN ? ORDER BY ALL"
    return warehouse.execute(sql, [f"%{path}%", list(names)]).fetchall()


def grid(folder: Path, path: str, sheet: int | str = 0) -> list[list[object]]:
    book = xlrd.open_workbook(folder / path)
    page = book.sheet_by_name(sheet) if isinstance(sheet, str) else book.sheet_by_index(sheet)
    return [page.row_values(row) for row in range(page.nrows)]


def column_sum(rows: list[list[object]], column: int, first: int, last: int) -> tuple[int, float]:
    """Count and sum the numbers of a column between two rows, both as a spreadsheet shows them."""
    numbers = [row[column] for row in rows[first - 1 : last] if isinstance(row[column], float)]
    return len(numbers), pytest.approx(sum(numbers))  # type: ignore[return-value]


def lines(folder: Path, path: str, encoding: str = "utf-8-sig") -> Iterator[dict[str, str]]:
    with (folder / path).open(encoding=encoding, newline="") as opened:
        yield from csv.DictReader(opened)


def test_juvenile_cases_without_marks(shared_warehouse: duckdb.DuckDBPyConnection, shared_data: Path) -> None:
    found = sums(shared_warehouse, "child_offense_list.xls")
    rows = grid(shared_data, f"{PPT}/offense/child_offense_list.xls")
    codes = ("total", "property", "person", "sex", "order", "drug", "weapon", "other")
    assert found == {
        f"juvenile_case_{code}": column_sum(rows, column, 12, 88)
        for column, code in enumerate(codes, start=1)
    }
    assert found["juvenile_case_total"] == (77, 35_049)
    blank = """SELECT cell FROM core_indicator JOIN raw_file USING (file_id)
               WHERE path LIKE '%child_offense%' AND value IS NULL AND text IS NULL ORDER BY cell"""
    assert shared_warehouse.execute(blank).fetchall() == [("I17",), ("I26",)]
    # The total of offence 1 stands under offence 2, and the two blanks are missing from that of offence 7.
    assert rules(shared_warehouse, "child_offense", "indicator_total_differs", "province_unknown") == [
        ("indicator_total_differs", "D89", "7078"),
        ("indicator_total_differs", "I89", "4696"),
    ]


@pytest.mark.parametrize(
    ("name", "first", "last"),
    [("danger_2556_2014_09_18_11_23_36.xls", 6, 82), ("danger_2013_11_22_09_34_15.xls", 6, 82)],
)
def test_work_injuries(
    shared_warehouse: duckdb.DuckDBPyConnection, shared_data: Path, name: str, first: int, last: int
) -> None:
    rows = grid(shared_data, f"{PPT}/danger/{name}")
    codes = (
        "work_insured_employee", "work_injury_dead", "work_injury_disabled", "work_injury_limb_lost",
        "work_injury_absent_over_3_days", "work_injury_absent_up_to_3_days", "work_injury_all_cases",
        "work_injury_serious_cases", "work_injury_all_cases_rate", "work_injury_serious_cases_rate",
    )  # fmt: skip
    found = sums(shared_warehouse, name)
    assert found == {
        code: column_sum(rows, column, first, last) for column, code in enumerate(codes, start=2)
    }
    assert found["work_insured_employee"][0] == 77
    years = "SELECT DISTINCT year_be, period_basis FROM core_indicator JOIN raw_file USING (file_id) WHERE path LIKE ?"
    year = 2556 if "2556" in name else 2554
    assert set(shared_warehouse.execute(years, [f"%{name}"]).fetchall()) == {(year, "CY"), (year, "point")}


def test_poverty_with_regions_among_the_provinces(
    shared_warehouse: duckdb.DuckDBPyConnection, shared_data: Path
) -> None:
    found = sums(shared_warehouse, "poor_province_49.xls", where="year_be = 2549")
    rows = [
        row for row in grid(shared_data, f"{PPT}/poor_province/poor_province_49.xls")[3:] if row[1] != "รวม"
    ]
    codes = ("poverty_line_baht_per_month", "poverty_people_share", "poverty_people_count")
    assert found == {
        code: column_sum(rows, column, 1, len(rows)) for column, code in enumerate(codes, start=2)
    }
    assert found["poverty_people_share"][0] == 76
    roles = """SELECT role, count(*) FROM raw_row JOIN raw_file USING (file_id)
               WHERE path LIKE '%poor_province_49%' GROUP BY role"""
    assert dict(shared_warehouse.execute(roles).fetchall()) == {
        "title": 1,
        "header": 2,
        "record": 76,
        "subtotal": 5,
    }
    assert rules(shared_warehouse, "poor_province", "indicator_unit_differs", "province_unknown") == [
        ("indicator_unit_differs", "D3", "2549 › สัดส่วน (พันคน)")
    ]


def test_road_cases_of_thirteen_sheets(
    shared_warehouse: duckdb.DuckDBPyConnection, shared_data: Path
) -> None:
    path = f"{PPT}/datapoint/vehicle/vehicle_25542013_04_29_11_09_41.xls"
    provinces = [
        row
        for sheet in range(3, 13)
        for row in grid(shared_data, path, sheet)
        if str(row[0]).strip().startswith("ภ.จว.")
    ]
    bangkok = next(row for row in grid(shared_data, path, 0) if str(row[0]).strip() == "บช.น.")
    found = sums(shared_warehouse, "vehicle_2554")
    for code, column in (("reported", 1), ("damage_baht", 16), ("dead_male", 17), ("unknown_suspect", 27)):
        numbers = [float(str(row[column]).strip().replace(",", "")) for row in [*provinces, bangkok]]
        assert found[f"road_case_{code}"] == (77, sum(numbers)), code
    assert len(found) == 27
    assert {count for count, _ in found.values()} == {77}
    totals = rules(shared_warehouse, "vehicle_2554", "indicator_total_differs", "province_unknown")
    assert totals == [
        ("indicator_total_differs", "B17", "68538"),
        ("indicator_total_differs", "Q17", "622166974"),
    ]


def test_road_harm(shared_warehouse: duckdb.DuckDBPyConnection, shared_data: Path) -> None:
    import openpyxl

    path = shared_data / PPT / "publicdanger/traffic/traffic_2555_2014_09_16_13_30_21.xlsx"
    rows = list(openpyxl.load_workbook(path).active.iter_rows(min_row=6, values_only=True))
    codes = ("event", "dead", "serious_injury", "slight_injury")
    assert sums(shared_warehouse, "traffic_2555", where="year_be = 2555 AND period_basis = 'FY'") == {
        f"road_harm_{code}": (77, sum(row[column] for row in rows))
        for column, code in enumerate(codes, start=2)
    }


def test_basic_needs_of_sheets_named_after_provinces(
    shared_warehouse: duckdb.DuckDBPyConnection, shared_data: Path
) -> None:
    sql = """SELECT province_code, count(DISTINCT indicator_code), count(*) FROM core_indicator
             WHERE indicator_code LIKE 'basic_need_%' AND year_be = 2554 AND period_basis = 'CY' GROUP BY ALL"""
    found = shared_warehouse.execute(sql).fetchall()
    assert len(found) == 19
    assert {(codes, values) for _, codes, values in found} == {(210, 210)}
    statuses = "SELECT status, count(*) FROM raw_file WHERE path LIKE '%/family/%' GROUP BY status"
    assert dict(shared_warehouse.execute(statuses).fetchall()) == {"loaded": 19, "duplicate": 2, "refused": 2}
    assert rules(shared_warehouse, "/family/", "province_named") == [("province_named", None, "กาฬสินธ์")]
    rows = grid(shared_data, f"{PPT}/family/family_2013_05_13_06_08_01.xls")
    for name, column in (("passed", 1), ("passed_pct", 2), ("target_pct", 3), ("to_mend", 5)):
        kalasin = sums(
            shared_warehouse, "06_08_01.xls", where=f"indicator_code LIKE '%\\_{name}' ESCAPE '\\'"
        )
        assert sum(total or 0 for _, total in kalasin.values()) == column_sum(rows, column, 4, 45)[1]
    safety = """SELECT value, unit FROM core_indicator JOIN raw_file USING (file_id)
                WHERE path LIKE ? AND indicator_code = ?"""
    assert shared_warehouse.execute(safety, ["%04_03_26.xls", "basic_need_20_passed"]).fetchall() == [
        (65_283.0, "ครัวเรือน")
    ]


def test_gross_provincial_product(shared_warehouse: duckdb.DuckDBPyConnection, shared_data: Path) -> None:
    sql = """SELECT year_be, count(value), sum(value) FROM core_indicator
             WHERE indicator_code = 'gpp_current_price' GROUP BY year_be"""
    rows = list(lines(shared_data, "pnithida-miniproject/gpp.csv"))
    assert {year: (count, total) for year, count, total in shared_warehouse.execute(sql).fetchall()} == {
        year: (77, pytest.approx(sum(float(row[str(year)]) for row in rows))) for year in range(2556, 2564)
    }
    assert len(rules(shared_warehouse, "gpp.csv", "indicator_unit_assumed")) == 1


def test_drug_tips_by_month(shared_warehouse: duckdb.DuckDBPyConnection, shared_data: Path) -> None:
    rows = list(lines(shared_data, "e27-thai-gov-open-data/ปปส/data/oncb_verify_monthly.csv"))
    sql = """SELECT province_code, year_be, period, value FROM core_indicator
             WHERE indicator_code = 'drug_tip_received' AND period_basis = 'CY'"""
    assert set(shared_warehouse.execute(sql).fetchall()) == {
        (
            row["PROV_ID"],
            int(row["NEWS_YEAR"]),
            f"M{int(row['NEWS_MONTH_CODE']):02d}",
            float(row["COMPLAIN_ALL"]),
        )
        for row in rows
    }
    found = sums(shared_warehouse, "oncb_verify_monthly")
    assert found["drug_tip_received"] == (8669, 194_795)
    unnamed = [code for code in found if code.startswith("unnamed_")]
    assert len(unnamed) == 27
    assert len(rules(shared_warehouse, "oncb_verify_monthly", "indicator_unnamed")) == 27


def test_budgets_of_provincial_organisations(
    shared_warehouse: duckdb.DuckDBPyConnection, shared_data: Path
) -> None:
    sql = """SELECT count(*), count(DISTINCT province_code), count(DISTINCT indicator_code), sum(value)
             FROM core_indicator WHERE indicator_code LIKE 'local_pao_budget_%' AND year_be = 2565 AND unit = 'บาท'"""
    assert shared_warehouse.execute(sql).fetchone() == (810, 76, 12, 57_312_949_370)
    rows = list(lines(shared_data, "extracts/pao_budget_2565.csv", "cp874"))
    peace = [float(row["งบประมาณ (บาท)"]) for row in rows if row["แผนงาน"].strip() == "การรักษาความสงบภายใน"]
    assert sums(shared_warehouse, "pao_budget")["local_pao_budget_peace"] == (len(peace), sum(peace))
    ours = (
        "SELECT count(*) FROM core_budget_line JOIN raw_file USING (file_id) WHERE path LIKE '%pao_budget%'"
    )
    assert shared_warehouse.execute(ours).fetchone() == (0,)


def test_disbursement_of_the_nation(shared_warehouse: duckdb.DuckDBPyConnection, shared_data: Path) -> None:
    sql = """SELECT indicator_code, year_be, period, value FROM core_indicator JOIN raw_file USING (file_id)
             WHERE path LIKE '%FIT_D105%' AND province_code IS NULL AND unit = 'ล้านบาท' AND period_basis = 'FY'"""
    found = {
        (code, year, period): value for code, year, period, value in shared_warehouse.execute(sql).fetchall()
    }
    names = {
        "current_current": "this_year_recurrent",
        "current_capital": "this_year_investment",
        "carry-over": "last_year",
    }
    months = list(lines(shared_data, "phat-ap-econvis/data/tha_budget_disbursement.csv"))
    assert len(months) == 207
    for month in months:
        year, number = int(month["date"][:4]), int(month["date"][5:7])
        for column, code in names.items():
            value = found[f"state_disbursement_{code}", year + 543 + (number >= 10), f"M{number:02d}"]
            assert value == pytest.approx(float(month[column]), rel=1e-9)
    assert len(found) == 15 * 207
    assert rules(shared_warehouse, "FIT_D105", "period_disagrees") == [
        ("period_disagrees", "CU5", "ปีงบประมาณ 2557 › 2016-11-02")
    ]


def test_what_stands_in_two_files_counts_once(shared_warehouse: duckdb.DuckDBPyConnection) -> None:
    sql = """SELECT count(*), max(n_sources), bool_or(is_conflict) FROM out_chosen_value
             WHERE indicator_code = 'state_disbursement_last_year'"""
    assert shared_warehouse.execute(sql).fetchone()[0] == 207  # type: ignore[index]
    statuses = "SELECT status FROM raw_file WHERE path LIKE '%tha_budget_disbursement%' ORDER BY status"
    assert shared_warehouse.execute(statuses).fetchall() == [("duplicate",), ("loaded",)]


def test_what_says_no_year_or_nothing_to_load_is_refused(
    shared_warehouse: duckdb.DuckDBPyConnection,
) -> None:
    sql = "SELECT reason FROM raw_file WHERE status = 'refused' AND path LIKE ?"
    for name, word in (
        ("birth_sample.xls", "overrides.csv"),
        ("th_province_population.csv", "ปีใด"),
        ("formats/csv/provinces.csv", "ไม่มีคอลัมน์ตัวเลข"),
        ("family_sample.xls", "จังหวัดใด"),
        ("family_2013_05_13_08_05_15.xls", "จังหวัดใด"),
    ):
        ((reason,),) = shared_warehouse.execute(sql, [f"%{name}"]).fetchall()
        assert word in reason, name


def test_a_blank_form_has_no_record_and_no_finding_but_that(
    shared_warehouse: duckdb.DuckDBPyConnection,
) -> None:
    sql = "SELECT rule, severity FROM quality_issue WHERE path LIKE '%unemployee%'"
    assert shared_warehouse.execute(sql).fetchall() == [("form_blank", "info")]
    assert sums(shared_warehouse, "unemployee") == {}


def test_statistics_are_not_said_to_be_forms_that_are_read_in_two_ways(
    shared_warehouse: duckdb.DuckDBPyConnection,
) -> None:
    sql = "SELECT count(*) FROM quality_issue WHERE rule = 'form_read_differently'"
    assert shared_warehouse.execute(sql).fetchone() == (0,)
