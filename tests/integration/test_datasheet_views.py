"""data.xlsx: its figures are those of the views, and each amount names a cell that was received."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import openpyxl
import pytest
from openpyxl.workbook import Workbook

from pipeline.brief_text.reading import SHARED
from pipeline.datasheet import NO_ROWS, SHEETS, VIEW_SHEETS, write_datasheet
from pipeline.store import open_for_reading
from tests.integration import view_rows
from tests.integration.office import convert, needs_office
from tests.integration.view_rows import EMPTY_PROVINCE

# A sheet, one of its columns, and the figures as the warehouse itself gives them.
OWN = "WHERE province_code = '64'"
SHARED_64 = SHARED.replace("$province_code", "'64'")
FIGURES = (
    ("ประชากร", "ประชากร (คน)", f"SELECT population FROM out_population {OWN}"),
    ("เทียบพื้นที่", "ประเทศ", f"SELECT nation_value FROM out_province_profile {OWN} AND value IS NOT NULL "
                         "AND item NOT LIKE 'crime%'"),
    ("อัตราตัวชี้วัด", "อัตรา", f"SELECT rate FROM out_indicator_rate {OWN} AND indicator_name IS NOT NULL"),
    ("แนวโน้ม", "เปลี่ยนแปลง (ร้อยละ)", f"SELECT change_pct FROM out_indicator_trend {OWN} AND indicator_name IS NOT NULL"),
    ("ขั้นตอนงานยุติธรรม", "จำนวน", f"SELECT value FROM out_justice_chain {OWN} AND status = 'value'"),
    ("เงินรายปี", "จำนวนเงิน (บาท)", f"SELECT amount_baht FROM out_money_by_stage {OWN} AND n > 0"),
    ("เงินรายปี", "ต่อหัว (บาท)", f"SELECT per_head_baht FROM out_money_by_stage {OWN} AND n > 0"),
    ("เงินตามส่วน", "จำนวนเงิน (บาท)", f"SELECT amount_baht FROM out_money_by_part {OWN}"),
    ("เงินตามหน่วยงาน", "จำนวนเงิน (บาท)", f"SELECT amount_baht FROM out_project_by_agency {OWN}"),
    ("มิติของแผนแม่บท", "จำนวนเงิน (บาท)", f"SELECT amount_baht FROM out_project_by_plan {OWN}"),
    ("การเบิกจ่าย", "จ่าย (บาท)", f"SELECT paid_baht FROM out_execution {OWN}"),
    ("การกระจุกตัว", "HHI (เต็ม 10,000)", f"SELECT hhi FROM out_concentration {OWN}"),
    ("ช่องว่าง", "โครงการที่มีเงิน", f"SELECT n_funded FROM out_gap {OWN}"),
    ("หลายหน่วยงานทำ", "จำนวนเงิน (บาท)", f"SELECT amount_baht FROM out_overlap {OWN}"),
    ("ชื่อคล้ายกัน", "คะแนน (100 คือเหมือนกัน)", f"SELECT score FROM out_likely_duplicate {OWN}"),
    ("โครงการหลายปี", "ได้รับจัดสรร (บาท)", f"SELECT allocated_baht FROM out_project_life {OWN} AND n_years > 1"),
    ("คุณภาพตัวชี้วัดโครงการ", "ไม่มีหน่วย", f"SELECT n_without_unit FROM out_kpi_quality_by_province {OWN}"),
    ("งบประมาณตามส่วน", "จำนวนเงิน (บาท)", f"SELECT amount_baht FROM out_budget_by_plan {OWN} UNION ALL "
                                          f"SELECT amount_baht FROM out_budget_by_project {OWN} UNION ALL "
                                          f"SELECT amount_baht FROM out_budget_by_category {OWN}"),
    ("โครงการในรายงาน", "จำนวนเงิน (บาท)", f"SELECT amount_baht FROM out_project_place {OWN}"),
    ("ยอดรวมที่ระบุไว้", "ผลต่าง (บาท)", f"SELECT difference_baht FROM out_stated_total {OWN}"),
    ("จำนวนข้อค้นพบ", "รายการ", f"SELECT count(*) FROM quality_issue {SHARED_64} GROUP BY severity, rule, path, "
                           "province_code IS NULL"),
    ("ชีตที่ใช้", "แถวหรือค่า", f"SELECT n_rows FROM out_source {OWN}"),
)  # fmt: skip
MONEY_SHEETS = ("บรรทัดงบประมาณ", "โครงการและวงเงิน", "โครงการในรายงาน", "ยอดรวมที่ระบุไว้")
ORIGIN = "ที่มา (ไฟล์ › ชีต!เซลล์)"
FACTORS = {"บาท": 1, "พันบาท": 1_000, "ล้านบาท": 1_000_000}
ADDRESS = re.compile(r"^(?P<path>.+) › (?:(?P<sheet>.*)!)?(?P<column>[A-Z]+)(?P<row>\d+)$")


def make(database: Path, target: Path, code: str) -> Workbook:
    write_datasheet(database, target, province_code=code)
    return openpyxl.load_workbook(target)


def rows_of(workbook: Workbook, name: str) -> list[dict[str, Any]]:
    if name not in workbook.sheetnames:
        return []
    head, *rows = workbook[name].iter_rows(values_only=True)
    return [dict(zip(map(str, head), row, strict=True)) for row in rows]


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("datasheet-views") / "baseline.duckdb"
    view_rows.build(place)
    return place


@pytest.fixture(scope="module")
def workbook(database: Path) -> Workbook:
    return make(database, database.with_name("data.xlsx"), "64")


@pytest.mark.parametrize(("sheet", "column", "sql"), FIGURES, ids=[f"{one[0]}-{one[1]}" for one in FIGURES])
def test_figures_are_those_of_the_view(
    workbook: Workbook, database: Path, sheet: str, column: str, sql: str
) -> None:
    with open_for_reading(database) as connection:
        expected = sorted(
            float(value) for (value,) in connection.execute(sql).fetchall() if value is not None
        )
    found = sorted(float(row[column]) for row in rows_of(workbook, sheet) if row[column] is not None)
    assert found == pytest.approx(expected, rel=1e-12)


def test_every_view_sheet_is_held_against_its_view(workbook: Workbook) -> None:
    assert {sheet.name for sheet in VIEW_SHEETS} - {one[0] for one in FIGURES} == {
        "จังหวัดคล้ายกัน",
        "ความจำเป็นกับเงิน",
    }
    filled = [sheet.name for sheet in VIEW_SHEETS if sheet.name in workbook.sheetnames]
    assert len(filled) > 12
    for name in filled:
        assert workbook[name].freeze_panes == "B2"
        assert workbook[name].auto_filter.ref


def test_a_column_of_codes_is_in_thai(workbook: Workbook) -> None:
    for sheet in (*VIEW_SHEETS, *SHEETS):
        coded = [column.header for column in sheet.columns if column.words]
        for row in rows_of(workbook, sheet.name):
            assert [row[head] for head in coded if re.fullmatch(r"[a-z_]{3,}", str(row[head] or ""))] == []


def test_without_rows_a_view_has_no_sheet_and_the_summary_says_so(database: Path, tmp_path: Path) -> None:
    empty = make(database, tmp_path / "empty.xlsx", EMPTY_PROVINCE)
    told = {row[0]: row[1] for row in empty["สรุป"].iter_rows(values_only=True)}
    for sheet in VIEW_SHEETS:
        assert (told[sheet.name] == NO_ROWS) == (sheet.name not in empty.sheetnames)
    assert told["โครงการในรายงาน"] == NO_ROWS


def test_texts_stay_texts(workbook: Workbook) -> None:
    kinds = Counter(cell.data_type for sheet in workbook for row in sheet.iter_rows() for cell in row)
    assert kinds["f"] == kinds["e"] == 0
    assert min(kinds["n"], kinds["s"]) > 100


@pytest.fixture(scope="module")
def sample(
    sample_warehouse: duckdb.DuckDBPyConnection, build_once: Callable[..., Path], tmp_path_factory: Any
) -> Workbook:
    built = build_once("sample", lambda folder: None) / "baseline.duckdb"
    return make(built, tmp_path_factory.mktemp("sample-data") / "data.xlsx", "64")


@pytest.mark.parametrize("name", MONEY_SHEETS)
def test_each_amount_names_a_cell_that_was_received(
    sample: Workbook, sample_warehouse: duckdb.DuckDBPyConnection, name: str
) -> None:
    rows = sample_warehouse.execute(
        "SELECT f.path, r.sheet, r.row_number, r.cells FROM raw_row AS r JOIN raw_file AS f USING (file_id)"
    ).fetchall()
    received = {(path, sheet, row): json.loads(cells) for path, sheet, row, cells in rows}
    listed = rows_of(sample, name)
    for row in listed:
        amount = row.get("วงเงิน (บาท)", row.get("จำนวนเงิน (บาท)", row.get("ที่ระบุไว้ (บาท)")))
        if amount is None:
            continue
        address = ADDRESS.match(str(row[ORIGIN]))
        assert address is not None, row[ORIGIN]
        cells = received[address["path"], address["sheet"] or "", int(address["row"])]
        assert str(cells[address["column"]]).strip()
        if "ข้อความในเซลล์" in row:
            text = str(cells[address["column"]])
            # A text that is a plain number is not kept a second time.
            if row["ข้อความในเซลล์"] is None:
                assert float(text) * FACTORS[row["หน่วยในต้นฉบับ"]] == pytest.approx(amount)
            else:
                assert text == row["ข้อความในเซลล์"]
            assert row[ORIGIN].startswith(row["ไฟล์"])
            assert row[ORIGIN].endswith(row["เซลล์"])


def test_the_sample_has_amounts_to_lead_back(sample: Workbook) -> None:
    assert sum(len(rows_of(sample, name)) for name in MONEY_SHEETS) > 20


@needs_office
def test_libreoffice_reads_the_same_sheets(workbook: Workbook, database: Path, tmp_path: Path) -> None:
    again = openpyxl.load_workbook(_through_office(database.with_name("data.xlsx"), tmp_path))
    assert again.sheetnames == workbook.sheetnames
    for name in ("เงินรายปี", "โครงการในรายงาน"):
        for read, written in zip(rows_of(again, name), rows_of(workbook, name), strict=True):
            assert read == pytest.approx(written)


def _through_office(path: Path, folder: Path) -> Path:
    flat = convert(path, "fods", folder)
    return convert(flat, "xlsx", folder)
