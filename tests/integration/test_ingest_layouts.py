"""Layouts that offices use, built by code, through to DuckDB."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.integration.workbooks import HEAD, ingest_folder, plan, write_sheet

SUKHOTHAI = "แผนงานโครงการ จังหวัดสุโขทัย ปีงบประมาณ พ.ศ. 2565"


def query(raw: Path, tmp_path: Path, sql: str) -> list[tuple[Any, ...]]:
    _, connection = ingest_folder(raw, tmp_path / "baseline.duckdb")
    with connection:
        return connection.execute(sql).fetchall()


ACTIVITIES = ["ที่", "ชื่อโครงการ", "กิจกรรม", "คำของบประมาณ"]


def test_activities_under_a_project_are_its_own(tmp_path: Path) -> None:
    raw = tmp_path / "raw"
    rows = [
        [SUKHOTHAI],
        ACTIVITIES,
        [1, "โครงการ ก", "กิจกรรม 1", 100],
        [None, None, "กิจกรรม 2", 50],
        [2, "โครงการ ข", None, 70],
        [None, None, "กิจกรรม 1", 30],
        [None, None, "กิจกรรม 2", 40],
        ["รวม", None, None, 220],
    ]
    write_sheet(raw / "ก.xlsx", rows)
    _, connection = ingest_folder(raw, tmp_path / "b.duckdb")
    amounts = connection.execute(
        "SELECT project_name, amount_baht FROM out_project_amount ORDER BY ALL"
    ).fetchall()
    assert amounts == [("โครงการ ก", Decimal(150)), ("โครงการ ข", Decimal(70))]
    assert connection.execute("SELECT count(*) FROM core_amount").fetchone() == (5,)
    assert connection.execute("SELECT difference_baht FROM quality_total").fetchall() == [(Decimal(0),)]
    assert connection.execute("SELECT count(*) FROM quality_issue").fetchone() == (0,)


def test_a_row_with_money_and_no_project_is_refused(tmp_path: Path) -> None:
    raw = tmp_path / "raw"
    write_sheet(raw / "ก.xlsx", [[SUKHOTHAI], list(HEAD), [1, "โครงการ", "ก", 5], [2, None, "ข", 7]])
    sql = "SELECT rule, cell FROM quality_issue"
    assert query(raw, tmp_path, sql) == [("project_name_missing", "B4")]


@pytest.mark.parametrize(
    ("head", "cells", "found"),
    [
        (["ไตรมาส 1", "ไตรมาส 2", "รวม"], [10, 20, 30], {(2565, "budget", 30)}),
        (["ต.ค.", "พ.ย.", "ธ.ค."], [1, 2, 4], {(2565, "budget", 7)}),
        (["งบดำเนินงาน", "งบลงทุน", "รวม"], [10, 20, 30], {(2565, "budget", 30)}),
        (["งบดำเนินงาน", "งบลงทุน"], [10, 20], {(2565, "budget", 30)}),
        (["ร้อยละ", "ผลเบิกจ่าย"], [50.5, 20], {(2565, "disbursed", 20)}),
        (
            ["เบิกจ่าย", "PO", "รวมเบิกจ่าย"],
            [1, 2, 3],
            {(2565, "disbursed", 1), (2565, "committed", 2), (2565, "spent", 3)},
        ),
        (["โอน(+/-)", "รวมเบิกจ่าย"], [-5, 3], {(2565, "transferred", -5), (2565, "disbursed", 3)}),
    ],
)
def test_wide_columns(
    tmp_path: Path, head: list[str], cells: list[float], found: set[tuple[int, str, int]]
) -> None:
    raw = tmp_path / "raw"
    first = ["งบประมาณ"] if head[0] in ("ไตรมาส 1", "ต.ค.") and "รวม" not in head else []
    rows = [[SUKHOTHAI], ["ที่", "ชื่อโครงการ", *first, *head], [1, "โครงการ", *([7] if first else []), *cells]]
    write_sheet(raw / "ก.xlsx", rows)
    sql = "SELECT fiscal_year_be, measure, amount_baht FROM out_project_amount"
    assert {(year, measure, int(amount)) for year, measure, amount in query(raw, tmp_path, sql)} == found


def test_tables_one_below_the_other_each_with_its_title(tmp_path: Path) -> None:
    raw = tmp_path / "raw"
    rows = [
        *plan("แผน จังหวัดสุโขทัย ปีงบประมาณ 2565", 1, 2),
        ["รวม", None, None, 3],
        [],
        *plan("แผน จังหวัดตาก ปีงบประมาณ 2566", 10, 20),
        ["รวม", None, None, 30],
        ["หมายเหตุ ก"],
    ]
    write_sheet(raw / "ก.xlsx", rows)
    _, connection = ingest_folder(raw, tmp_path / "b.duckdb")
    sql = "SELECT province_code, fiscal_year_be, sum(amount_baht) FROM out_project_amount GROUP BY ALL ORDER BY ALL"
    assert connection.execute(sql).fetchall() == [("63", 2566, Decimal(30)), ("64", 2565, Decimal(3))]
    roles = [
        role for (role,) in connection.execute("SELECT role FROM raw_row ORDER BY row_number").fetchall()
    ]
    table = ["title", "header", "record", "record", "total"]
    assert roles == [*table, *table, "note"]
    assert connection.execute("SELECT count(*) FROM quality_total WHERE difference_baht = 0").fetchone() == (
        2,
    )


def test_tables_side_by_side(tmp_path: Path) -> None:
    raw = tmp_path / "raw"
    head = ["ที่", "ชื่อโครงการ", "คำของบประมาณ"]
    rows = [
        [SUKHOTHAI],
        [*head, None, *head],
        [1, "ก", 5, None, 1, "ข", 7],
        [2, "ค", 6],
        ["รวม", None, 11, None, "รวม", None, 7],
    ]
    write_sheet(raw / "ก.xlsx", rows)
    _, connection = ingest_folder(raw, tmp_path / "b.duckdb")
    amounts = connection.execute(
        "SELECT project_name, amount_baht FROM out_project_amount ORDER BY ALL"
    ).fetchall()
    assert amounts == [("ก", Decimal(5)), ("ข", Decimal(7)), ("ค", Decimal(6))]
    assert connection.execute("SELECT count(*) FROM raw_row").fetchone() == (5,)
    assert connection.execute("SELECT sum(difference_baht) FROM quality_total").fetchone() == (Decimal(0),)


def test_a_head_repeated_on_every_page_is_no_new_table(tmp_path: Path) -> None:
    raw = tmp_path / "raw"
    page = plan(SUKHOTHAI, 1, 2)
    rows = [
        *page,
        ["รวมหน้านี้", None, None, 3],
        *page[:2],
        [3, "โครงการที่ 3", "ก", 4],
        ["รวมทั้งสิ้น", None, None, 7],
    ]
    write_sheet(raw / "ก.xlsx", rows)
    _, connection = ingest_folder(raw, tmp_path / "b.duckdb")
    assert connection.execute("SELECT count(*) FROM raw_table").fetchone() == (1,)
    assert connection.execute("SELECT sum(amount_baht) FROM out_project_amount").fetchone() == (Decimal(7),)
    assert connection.execute("SELECT sum(difference_baht) FROM quality_total").fetchone() == (Decimal(0),)


def test_totals_of_pages_sections_and_a_total_that_stands_first(tmp_path: Path) -> None:
    raw = tmp_path / "raw"
    rows = [
        [SUKHOTHAI],
        list(HEAD),
        ["รวมทั้งสิ้น", None, None, 100],
        [None, "ยุทธศาสตร์ที่ 1 ความเป็นธรรม", None, 30],
        [1, "โครงการ ก", "ก", 10],
        [2, "โครงการ ข", "ก", 20],
        ["รวมหน้านี้", None, None, 30],
        ["ยอดยกมา", None, None, 30],
        [None, "ยุทธศาสตร์ที่ 2 เครือข่าย", None, 70],
        [3, "โครงการ ค", "ก", 70],
    ]
    write_sheet(raw / "ก.xlsx", rows)
    _, connection = ingest_folder(raw, tmp_path / "b.duckdb")
    totals = connection.execute("SELECT cell, difference_baht FROM quality_total ORDER BY ALL").fetchall()
    assert totals == [(cell, Decimal(0)) for cell in ("D3", "D4", "D7", "D8", "D9")]
    sections = connection.execute("SELECT DISTINCT section FROM core_project ORDER BY ALL").fetchall()
    assert sections == [("ยุทธศาสตร์ที่ 1 ความเป็นธรรม",), ("ยุทธศาสตร์ที่ 2 เครือข่าย",)]
    assert connection.execute("SELECT sum(amount_baht) FROM out_project_amount").fetchone() == (Decimal(100),)


def test_a_column_of_people_is_emptied_and_an_office_in_it_stays(tmp_path: Path) -> None:
    raw = tmp_path / "raw"
    head = ["ที่", "ชื่อโครงการ", "คำของบประมาณ", "ผู้รับผิดชอบ", "เบอร์โทร"]
    rows = [
        [SUKHOTHAI],
        head,
        [1, "ก", 5, "สมมติ ทดสอบ", "ต่อ 1234"],
        [2, "ข", 6, "สำนักงานยุติธรรมจังหวัดสุโขทัย", None],
    ]
    write_sheet(raw / "ก.xlsx", rows)
    _, connection = ingest_folder(raw, tmp_path / "b.duckdb")
    tables = [
        name for (name,) in connection.execute("SELECT table_name FROM information_schema.tables").fetchall()
    ]
    told = "\n".join(str(connection.execute(f"SELECT * FROM {name}").fetchall()) for name in tables)
    assert "ทดสอบ" not in told
    assert "1234" not in told
    agencies = connection.execute("SELECT agency_name FROM core_project ORDER BY project_name").fetchall()
    assert agencies == [(None,), ("สำนักงานยุติธรรมจังหวัดสุโขทัย",)]
    findings = connection.execute(
        "SELECT cell FROM quality_issue WHERE rule = 'personal_data' ORDER BY cell"
    ).fetchall()
    assert findings == [("D3",), ("E3",)]


def test_a_column_that_fits_nothing_is_kept_raw_and_told(tmp_path: Path) -> None:
    raw = tmp_path / "raw"
    head = ["ที่", "ชื่อโครงการ", "คำของบประมาณ", "สีประจำโครงการ", "ช่องว่าง"]
    write_sheet(raw / "ก.xlsx", [[SUKHOTHAI], head, [1, "ก", 5, "ฟ้า", None]])
    _, connection = ingest_folder(raw, tmp_path / "b.duckdb")
    findings = connection.execute("SELECT rule, severity, cell, value FROM quality_issue").fetchall()
    assert findings == [("column_unknown", "info", "D2", "สีประจำโครงการ")]
    cells = connection.execute("SELECT cells ->> 'D' FROM raw_row WHERE row_number = 3").fetchone()
    assert cells == ("ฟ้า",)


def test_failed_formulas_and_formulas_that_were_never_calculated_are_findings(tmp_path: Path) -> None:
    raw = tmp_path / "raw"
    raw.mkdir()
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in [[SUKHOTHAI], list(HEAD), [1, "ก", "ก", "=1+2"], [2, "ข", "ก", "#REF!"], [3, "ค", "ก", 7]]:
        sheet.append(row)
    book.save(raw / "ก.xlsx")
    _, connection = ingest_folder(raw, tmp_path / "b.duckdb")
    findings = connection.execute("SELECT rule, cell FROM quality_issue ORDER BY cell").fetchall()
    assert findings == [("formula_without_value", "D3"), ("cell_error", "D4")]
    assert connection.execute("SELECT cell, amount_baht FROM core_amount").fetchall() == [("D5", Decimal(7))]
