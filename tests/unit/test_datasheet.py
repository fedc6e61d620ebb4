"""data.xlsx of one province, read back cell by cell."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import duckdb
import openpyxl
import pandas as pd
import pytest
from openpyxl.workbook import Workbook

from pipeline import store
from pipeline.datasheet import SHEETS, VIEW_SHEETS, write_datasheet

FORMULA = '=HYPERLINK("http://example.org","กดที่นี่")'
HEADERS = {sheet.name: [column.header for column in sheet.columns] for sheet in SHEETS}


def fill(database: Path, *, is_sample: bool = False) -> None:
    place = {"file_id": "f1", "sheet": "แผน"}
    project = {
        "province_code": "64",
        "fiscal_year_be": 2565,
        "agency_name": "เรือนจำจังหวัด",
        "is_current": True,
    }
    amount = {"fiscal_year_be": 2565, "measure": "allocated", "period": "year", "unit": "บาท"}
    line = {"fiscal_year_be": 2565, "stage": "bill", "unit": "บาท", "row_number": 2, "is_obligation": False}
    tables = {
        "core_province": [
            {"province_code": code, "iso_code": code, "name_th": name, "name_en": name, "slug": code,
             "region4": "เหนือ", "region6": "เหนือ", "is_pilot": False}
            for code, name in (("64", "สุโขทัย"), ("48", "นครพนม"))
        ],
        "core_release": [{
            "release_name": "r1", "built_on": date(2022, 12, 1), "data_cutoff": date(2022, 11, 5),
            "fiscal_year_be": 2565, "is_sample": is_sample, "pipeline_version": "0.1.0",
        }],
        "raw_file": [
            {"file_id": "f1", "path": "สุโขทัย/แผน65.xlsx", "bytes": 1000, "status": "loaded",
             "received_on": date(2022, 3, 13)},
            {"file_id": "f2", "path": "นครพนม.xlsx", "bytes": 1, "status": "loaded", "received_on": None},
        ],
        "core_project": [
            project | place | {"project_id": "p1", "project_name": FORMULA, "row_number": 5},
            project | place | {"project_id": "p2", "project_name": "โครงการที่ไม่มีวงเงิน", "row_number": 6},
        ],
        "core_amount": [
            amount | place | {"project_id": "p1", "amount_baht": Decimal("1234567.50"), "text": "๑,๒๓๔,๕๖๗.๕๐",
                              "cell": "F5"},
            amount | place | {"project_id": "p1", "period": "Q1", "amount_baht": None, "text": "-", "cell": "G5"},
        ],
        "core_budget_line": [
            line | {"line_id": "l1", "province_code": "64", "item": "ถนน", "category_1": "งบลงทุน",
                    "category_2": "ค่าที่ดิน", "amount_baht": Decimal("20000000"), "file_id": "f1", "sheet": "",
                    "cell": "S2"},
            line | {"line_id": "l2", "province_code": "48", "item": "ของจังหวัดอื่น", "category_1": None,
                    "category_2": None, "amount_baht": Decimal("1"), "file_id": "f2", "sheet": "", "cell": "S3"},
        ],
        "core_indicator": [
            place | {"province_code": "64", "indicator_code": "population_registered_persons", "year_be": 2556,
                     "period_basis": "point", "period": "year", "value": 602713.0, "unit": "คน",
                     "source": "กรมการปกครอง", "source_rank": 1, "cell": "C3"},
        ],
        "quality_issue": [
            place | {"rule": "amount_unreadable", "severity": "error", "province_code": "64",
                     "path": "สุโขทัย/แผน65.xlsx", "cell": "E14", "value": "ประมาณ 5 แสน", "message_th": "อ่านไม่ได้",
                     "stage": "ingest"},
        ],
    }  # fmt: skip
    with store.open_for_writing(database) as connection:
        store.create_tables(connection)
        for table, rows in tables.items():
            store.append(connection, table, pd.DataFrame(rows))
        store.create_views(connection)


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("datasheet") / "baseline.duckdb"
    fill(place)
    return place


@pytest.fixture(scope="module")
def workbook(database: Path) -> Workbook:
    write_datasheet(database, database.with_name("data.xlsx"), province_code="64")
    return openpyxl.load_workbook(database.with_name("data.xlsx"))


def rows_of(workbook: Workbook, name: str) -> list[dict[str, object]]:
    head, *rows = workbook[name].iter_rows(values_only=True)
    return [dict(zip(map(str, head), row, strict=True)) for row in rows]


def test_the_sheets_are_the_agreed_ones(workbook: Workbook) -> None:
    views = [sheet.name for sheet in VIEW_SHEETS if sheet.name in workbook.sheetnames]
    assert workbook.sheetnames == [
        "สรุป", *views, "บรรทัดงบประมาณ", "โครงการและวงเงิน", "ตัวชี้วัด", "ข้อค้นพบ", "แหล่งข้อมูล",
    ]  # fmt: skip
    for name, headers in HEADERS.items():
        assert [cell.value for cell in workbook[name][1]] == headers
        assert workbook[name].freeze_panes == "B2"


def test_each_amount_has_its_file_sheet_and_cell(workbook: Workbook) -> None:
    rows = rows_of(workbook, "โครงการและวงเงิน")
    places = [(row["วงเงิน (บาท)"], row["ไฟล์"], row["ชีต"], row["เซลล์"]) for row in rows]
    assert places == [
        (None, "สุโขทัย/แผน65.xlsx", "แผน", "G5"),
        (1234567.5, "สุโขทัย/แผน65.xlsx", "แผน", "F5"),
        (None, "สุโขทัย/แผน65.xlsx", "แผน", "แถว 6"),
    ]
    assert [row["งวด"] for row in rows] == ["ไตรมาส 1", "ทั้งปี", None]
    assert [row["ที่มา (ไฟล์ › ชีต!เซลล์)"] for row in rows] == [
        "สุโขทัย/แผน65.xlsx › แผน!G5", "สุโขทัย/แผน65.xlsx › แผน!F5", None,
    ]  # fmt: skip
    assert rows_of(workbook, "บรรทัดงบประมาณ")[0]["ที่มา (ไฟล์ › ชีต!เซลล์)"] == "สุโขทัย/แผน65.xlsx › S2"
    assert {row["ขั้นของวงเงิน"] for row in rows[:2]} == {"ได้รับจัดสรร"}


@pytest.mark.parametrize("start", ["=1+1", "+66", "-5", "@ก", "http://example.org", "0123"])
def test_no_text_is_read_as_anything_else(tmp_path: Path, start: str) -> None:
    fill(tmp_path / "odd.duckdb")
    with duckdb.connect(str(tmp_path / "odd.duckdb")) as connection:
        connection.execute("UPDATE core_project SET project_name = $text", {"text": start})
    write_datasheet(tmp_path / "odd.duckdb", tmp_path / "odd.xlsx", province_code="64")
    cell = openpyxl.load_workbook(tmp_path / "odd.xlsx")["โครงการและวงเงิน"]["A2"]
    assert (cell.value, cell.data_type, cell.hyperlink) == (start, "s", None)


def test_a_text_is_never_a_formula(workbook: Workbook) -> None:
    cell = workbook["โครงการและวงเงิน"]["A2"]
    assert (cell.value, cell.data_type, cell.hyperlink) == (FORMULA, "s", None)


def test_money_is_a_number_with_its_format(workbook: Workbook) -> None:
    sheet = workbook["บรรทัดงบประมาณ"]
    column = HEADERS["บรรทัดงบประมาณ"].index("วงเงิน (บาท)") + 1
    cell = sheet.cell(2, column)
    assert (cell.value, cell.data_type, cell.number_format) == (20_000_000, "n", "#,##0.00")


def test_what_no_spec_names_is_counted_and_left_out(tmp_path: Path) -> None:
    fill(tmp_path / "odd.duckdb")
    with duckdb.connect(str(tmp_path / "odd.duckdb")) as connection:
        connection.execute("UPDATE core_indicator SET indicator_code = 'unnamed_1'")
    write_datasheet(tmp_path / "odd.duckdb", tmp_path / "odd.xlsx", province_code="64")
    made = openpyxl.load_workbook(tmp_path / "odd.xlsx")
    assert rows_of(made, "ตัวชี้วัด") == []
    assert ("ค่าของตัวชี้วัดที่ยังไม่ได้ตั้งชื่อ (อยู่ในคลังข้อมูลเท่านั้น)", 1) in [
        row[:2] for row in made["สรุป"].iter_rows(values_only=True)
    ]


def test_only_the_province_itself_is_in_it(workbook: Workbook) -> None:
    rows = rows_of(workbook, "บรรทัดงบประมาณ")
    assert [row["รายการ"] for row in rows] == ["ถนน"]
    assert rows[0]["งบรายจ่าย"] == "งบลงทุน › ค่าที่ดิน"
    assert [row["ไฟล์"] for row in rows_of(workbook, "แหล่งข้อมูล")] == ["สุโขทัย/แผน65.xlsx"]


def test_codes_are_in_thai_and_dates_are_dates(workbook: Workbook) -> None:
    issue = rows_of(workbook, "ข้อค้นพบ")[0]
    assert (issue["ระดับ"], issue["รหัสข้อค้นพบ"]) == ("ต้องแก้ไข", "amount_unreadable")
    source = rows_of(workbook, "แหล่งข้อมูล")[0]
    assert (source["สถานะ"], str(source["ได้รับเมื่อ"])) == ("นำเข้าแล้ว", "2022-03-13 00:00:00")
    assert rows_of(workbook, "ตัวชี้วัด")[0]["ค่า"] == 602713


def test_the_summary_adds_up(workbook: Workbook) -> None:
    rows = [row for row in workbook["สรุป"].iter_rows(values_only=True) if row[4]]
    assert rows == [
        ("ชุดข้อมูล", "ปีงบประมาณ", "ขั้น", "จำนวนรายการ", "รวม (บาท)"),
        ("โครงการ", 2565, "ได้รับจัดสรร", 1, 1234567.5),
        ("บรรทัดงบประมาณ", 2565, "ร่าง พ.ร.บ. งบประมาณรายจ่าย", 1, 20_000_000),
    ]


def test_sample_data_says_so_on_every_sheet(tmp_path: Path) -> None:
    fill(tmp_path / "sample.duckdb", is_sample=True)
    write_datasheet(tmp_path / "sample.duckdb", tmp_path / "data.xlsx", province_code="64")
    workbook = openpyxl.load_workbook(tmp_path / "data.xlsx")
    assert workbook["สรุป"]["A1"].value == "ข้อมูลตัวอย่าง"
    assert all("ข้อมูลตัวอย่าง" in str(sheet.oddHeader.right.text) for sheet in workbook)


def test_equal_data_makes_equal_files(database: Path, tmp_path: Path) -> None:
    made = [tmp_path / "a.xlsx", tmp_path / "b.xlsx"]
    for target in made:
        write_datasheet(database, target, province_code="64")
    assert made[0].read_bytes() == made[1].read_bytes()
