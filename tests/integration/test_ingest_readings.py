"""Dates, provinces and text as offices write them, through to DuckDB."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from pipeline.ingest.table_reading import TableReading
from tests.integration.workbooks import HEAD, ingest_folder, plan, write_sheet

SUKHOTHAI = "แผนงานโครงการ จังหวัดสุโขทัย ปีงบประมาณ พ.ศ. 2565"


def query(raw: Path, tmp_path: Path, sql: str) -> list[tuple[Any, ...]]:
    _, connection = ingest_folder(raw, tmp_path / "baseline.duckdb")
    with connection:
        return connection.execute(sql).fetchall()


def test_periods_become_days_and_what_is_no_day_is_told(tmp_path: Path) -> None:
    raw = tmp_path / "raw"
    periods = ["1 ต.ค. 64 – 30 ก.ย. 65", "ไตรมาส 2-3", "60 วัน", "30 ก.พ. 65", None]
    rows = [
        [SUKHOTHAI],
        [*HEAD, "ระยะเวลาดำเนินการ"],
        *[[number, f"โครงการ {number}", "ก", 1, text] for number, text in enumerate(periods, start=1)],
    ]
    write_sheet(raw / "ก.xlsx", rows)
    _, connection = ingest_folder(raw, tmp_path / "b.duckdb")
    days = connection.execute("SELECT start_date, end_date FROM core_project ORDER BY row_number").fetchall()
    assert days == [
        (date(2021, 10, 1), date(2022, 9, 30)),
        (date(2022, 1, 1), date(2022, 6, 30)),
        *[(None, None)] * 3,
    ]
    findings = connection.execute("SELECT rule, severity, cell FROM quality_issue").fetchall()
    assert findings == [("date_impossible", "warning", "E6")]


def test_columns_of_dates_also_in_buddhist_years_and_backwards(tmp_path: Path) -> None:
    raw = tmp_path / "raw"
    lines = [
        SUKHOTHAI,
        "ลำดับ\tชื่อโครงการ\tงบประมาณ\tวันที่เริ่มต้น\tวันที่สิ้นสุด",
        "1\tก\t100\t1/10/2564\t30 ก.ย. 65",
        "2\tข\t100\t๒๙ ก.พ. ๒๕๖๓\t",
        "3\tค\t100\t1 ต.ค. 65\t1 ต.ค. 64",
    ]
    raw.mkdir()
    (raw / "ก.txt").write_text("\n".join(lines), encoding="utf-8")
    _, connection = ingest_folder(raw, tmp_path / "b.duckdb")
    days = connection.execute("SELECT start_date, end_date FROM core_project ORDER BY row_number").fetchall()
    assert days == [(date(2021, 10, 1), date(2022, 9, 30)), (date(2020, 2, 29), None), (None, None)]
    assert connection.execute("SELECT rule, cell FROM quality_issue").fetchall() == [
        ("period_backwards", "E5")
    ]


def test_a_column_of_codes_is_a_column_of_provinces_unless_it_is_another_list(tmp_path: Path) -> None:
    raw = tmp_path / "raw"
    head = ["ปีงบประมาณ", "รหัสจังหวัด", "ชื่อโครงการ", "งบประมาณ"]
    write_sheet(raw / "ก.xlsx", [head, [2565, 64, "ก", 1], [2565, "48", "ข", 2]])
    write_sheet(raw / "ข.xlsx", [head, [2565, 64, "ค", 1], [2565, "7", "ง", 2]])
    _, connection = ingest_folder(raw, tmp_path / "b.duckdb")
    codes = connection.execute("SELECT province_code FROM core_project ORDER BY ALL").fetchall()
    assert codes == [("48",), ("64",)]
    rules = connection.execute("SELECT path, rule FROM quality_issue WHERE severity = 'error'").fetchall()
    assert rules == [("ข.xlsx", "province_code_other")]


def test_a_sheet_named_by_a_misspelt_province_says_how_it_was_read(tmp_path: Path) -> None:
    raw = tmp_path / "raw"
    write_sheet(raw / "ก.xlsx", plan("แผน ปีงบประมาณ 2565", 1), sheet="พระเยา")
    write_sheet(raw / "ข.xlsx", plan("แผน ปีงบประมาณ 2565", 1), sheet="สโขทย")
    write_sheet(raw / "ค.xlsx", plan("แผน ปีงบประมาณ 2565", 1), sheet="โคราช")
    sql = """SELECT raw_file.path,
                 list_filter(json_extract(decided_by, '$.decisions[*]'), lambda one: one->>'what' = 'province')[1]
                     ->>'$.how[0]',
                 rule
             FROM raw_table JOIN raw_file USING (file_id) LEFT JOIN quality_issue USING (file_id) ORDER BY ALL"""
    assert query(raw, tmp_path, sql) == [
        ("ก.xlsx", "misspelling", "province_named"),
        ("ข.xlsx", "stripped", "province_named"),
        ("ค.xlsx", "alias", None),
    ]


def test_a_file_whose_thai_is_garbled_is_read_and_kept_as_received(tmp_path: Path) -> None:
    raw = tmp_path / "raw"

    def garble(value: Any) -> Any:
        return value.encode("cp874").decode("latin-1") if isinstance(value, str) else value

    rows = [[garble(value) for value in row] for row in plan(SUKHOTHAI, 100, 200)]
    write_sheet(raw / "ก.xlsx", rows)
    _, connection = ingest_folder(raw, tmp_path / "b.duckdb")
    projects = connection.execute(
        "SELECT province_code, project_name FROM core_project ORDER BY ALL"
    ).fetchall()
    assert projects == [("64", "โครงการที่ 1"), ("64", "โครงการที่ 2")]
    title = connection.execute("SELECT cells ->> 'A' FROM raw_row WHERE row_number = 1").fetchone()
    assert title == (garble(SUKHOTHAI),)
    assert connection.execute("SELECT rule, cell FROM quality_issue").fetchall() == [("text_repaired", "A1")]


def test_what_a_table_is_compared_by_is_the_same_when_it_is_packed() -> None:
    table = TableReading("0-1-1", "แผน", 1, "A1:B2", is_hidden=False)
    table.about = "budget|64|2565|โครงการก\nbudget|64|2565|โครงการข".encode()
    keys = table.keys
    table.pack()
    table.pack()
    assert table.keys == keys == {"budget|64|2565|โครงการก", "budget|64|2565|โครงการข"}
    table.forget()
    assert table.keys == frozenset()
