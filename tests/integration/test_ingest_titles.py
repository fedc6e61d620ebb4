"""What stands above and around a table: labels with their answers, titles beside years, provinces as headings."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import xlsxwriter

from tests.integration.workbooks import HEAD, ingest_folder, write_sheet

Found = set[tuple[str, str, int, str, int]]


def amounts(raw: Path, tmp_path: Path) -> Found:
    _, connection = ingest_folder(raw, tmp_path / "baseline.duckdb")
    sql = "SELECT province_code, project_name, fiscal_year_be, measure, amount_baht FROM out_project_amount"
    with connection:
        return {(*row[:4], int(row[4])) for row in connection.execute(sql).fetchall()}


def test_labels_and_their_answers_speak_as_one_title(tmp_path: Path) -> None:
    rows = [
        ["แบบรายงานความก้าวหน้า"],
        ["หน่วยงาน :", "", "สำนักงานบังคับคดีจังหวัดพังงา"],
        ["จังหวัด :", "", "พังงา"],
        ["ปีงบประมาณ :", "", "๒๕๖๗"],
        ["หน่วยเงิน :", "", "พันบาท"],
        [],
        ["ข้อ", "โครงการ/กิจกรรม", "สถานะโครงการ", "งบประมาณที่ได้รับจัดสรร", "ผลการเบิกจ่าย"],
        [1, "โครงการไกล่เกลี่ย", "ดำเนินการแล้ว", 180, 90],
    ]
    write_sheet(tmp_path / "raw" / "แบบรายงาน.xlsx", rows)
    name = "โครงการไกล่เกลี่ย"
    found = {("82", name, 2567, "allocated", 180_000), ("82", name, 2567, "disbursed", 90_000)}
    assert amounts(tmp_path / "raw", tmp_path) == found


def test_a_pivot_table_with_its_filters_above(tmp_path: Path) -> None:
    rows = [
        ["จังหวัด", "บุรีรัมย์"],
        ["ปีงบประมาณ", 2567],
        [],
        ["หน่วยงาน", "ชื่อโครงการ", "ผลรวม ของ งบจัดสรร (บาท)", "ผลรวม ของ เบิกจ่าย (บาท)"],
        ["เรือนจำกลางบุรีรัมย์", "โครงการหนึ่ง", 100, 50],
        ["", "โครงการสอง", 200, 60],
        ["เรือนจำกลางบุรีรัมย์ ผลรวม", "", 300, 110],
        ["ผลรวมทั้งหมด", "", 300, 110],
    ]
    write_sheet(tmp_path / "raw" / "pivot.xlsx", rows)
    assert amounts(tmp_path / "raw", tmp_path) == {
        ("31", "โครงการหนึ่ง", 2567, "allocated", 100), ("31", "โครงการหนึ่ง", 2567, "disbursed", 50),
        ("31", "โครงการสอง", 2567, "allocated", 200), ("31", "โครงการสอง", 2567, "disbursed", 60),
    }  # fmt: skip


def test_a_title_about_money_beside_a_merged_year_is_no_group_of_the_head(tmp_path: Path) -> None:
    path = tmp_path / "raw" / "ชัยภูมิ" / "คำขอ.xlsx"
    path.parent.mkdir(parents=True)
    with xlsxwriter.Workbook(str(path)) as book:
        page = book.add_worksheet("เปรียบเทียบ")
        page.write(0, 0, "คำขอและผลการจัดสรรงบประมาณ")
        page.merge_range(0, 4, 0, 5, "ปีงบประมาณ 2568")
        head = [
            "ลำดับ",
            "โครงการ",
            "งบประมาณเสนอขอ (ล้านบาท)",
            "งบจัดสรร (พันบาท)",
            "เบิกจ่ายจริง (บาท)",
            "แหล่งงบประมาณ",
        ]
        page.write_row(1, 0, head)
        page.write_row(2, 0, [1, "โครงการหนึ่ง", 3.62, 3258.5, 1564202.25, "งบบูรณาการ"])
    assert amounts(tmp_path / "raw", tmp_path) == {
        ("36", "โครงการหนึ่ง", 2568, "requested", 3_620_000),
        ("36", "โครงการหนึ่ง", 2568, "allocated", 3_258_500),
        ("36", "โครงการหนึ่ง", 2568, "disbursed", 1_564_202),
    }


def test_provinces_head_the_rows_below_them_with_their_sums(tmp_path: Path) -> None:
    rows = [
        ["โครงการของกลุ่มจังหวัด ปีงบประมาณ 2567 (บาท)"],
        ["ที่", "โครงการ", "งบจัดสรร"],
        ["", "จังหวัดชลบุรี", 300],
        [1, "โครงการหนึ่ง", 100],
        [2, "โครงการสอง", 200],
        ["", "จังหวัดฉะเชิงเทรา", 50],
        [1, "โครงการสาม", 50],
        ["", "รวมทั้งสิ้น", 350],
    ]
    write_sheet(tmp_path / "raw" / "กลุ่ม.xlsx", rows)
    assert amounts(tmp_path / "raw", tmp_path) == {
        ("20", "โครงการหนึ่ง", 2567, "allocated", 100), ("20", "โครงการสอง", 2567, "allocated", 200),
        ("24", "โครงการสาม", 2567, "allocated", 50),
    }  # fmt: skip


def test_a_year_merged_down_is_every_row_s(tmp_path: Path) -> None:
    path = tmp_path / "raw" / "โครงการ.xlsx"
    path.parent.mkdir(parents=True)
    with xlsxwriter.Workbook(str(path)) as book:
        page = book.add_worksheet()
        page.write_row(0, 0, ["จังหวัด", "ปีงบประมาณ", "ชื่อโครงการ", "งบตาม พ.ร.บ. (บาท)"])
        page.merge_range(1, 0, 2, 0, "มุกดาหาร")
        page.merge_range(1, 1, 2, 1, 2565)
        page.write_row(1, 2, ["โครงการหนึ่ง", 100])
        page.write_row(2, 2, ["โครงการสอง", 200])
    assert amounts(tmp_path / "raw", tmp_path) == {
        ("49", "โครงการหนึ่ง", 2565, "appropriated", 100),
        ("49", "โครงการสอง", 2565, "appropriated", 200),
    }


def test_a_list_of_applications_is_about_projects_and_its_people_are_taken_out(tmp_path: Path) -> None:
    rows = [
        ["บัญชีโครงการที่ขอรับการสนับสนุนจากกองทุนยุติธรรม จังหวัดสุรินทร์ ปีงบประมาณ 2562"],
        ["เลขรับ", "โครงการที่ขอรับการสนับสนุน", "เลขประจำตัวประชาชนผู้ยื่น", "งบประมาณที่ขอ (บาท)", "ค่าใช้จ่ายที่ได้รับ (บาท)"],
        ["11/2562", "โครงการหนึ่ง", "1101800000003", 671000, 600000],
        ["12/2562", "โครงการสอง", "3-6401-00000-01-0", 136200, 136200],
    ]
    write_sheet(tmp_path / "raw" / "กองทุน.xlsx", rows)
    assert amounts(tmp_path / "raw", tmp_path) == {
        ("32", "โครงการหนึ่ง", 2562, "requested", 671000), ("32", "โครงการหนึ่ง", 2562, "allocated", 600000),
        ("32", "โครงการสอง", 2562, "requested", 136200), ("32", "โครงการสอง", 2562, "allocated", 136200),
    }  # fmt: skip


def test_so_much_times_so_many_is_read_and_told(tmp_path: Path) -> None:
    rows: list[list[Any]] = [
        ["แผนงาน จังหวัดจันทบุรี ปีงบประมาณ 2566"],
        list(HEAD),
        [1, "โครงการหนึ่ง", "ก", "300,000 x 3"],
        [2, "โครงการสอง", "ก", "7,863,52"],
    ]
    write_sheet(tmp_path / "raw" / "แผน.xlsx", rows)
    _, connection = ingest_folder(tmp_path / "raw", tmp_path / "b.duckdb")
    with connection:
        found = connection.execute("SELECT cell, amount_baht, text FROM core_amount").fetchall()
        told = connection.execute("SELECT rule, cell FROM quality_issue ORDER BY cell").fetchall()
    assert found == [("D3", Decimal(900_000), "300,000 x 3")]
    assert told == [("amount_product", "D3"), ("amount_unreadable", "D4")]


def test_a_file_named_for_another_province_than_its_title_is_refused(tmp_path: Path) -> None:
    rows = [["แผนงานโครงการ จังหวัดเพชรบุรี ปีงบประมาณ 2566"], list(HEAD), [1, "โครงการหนึ่ง", "ก", 100]]
    write_sheet(tmp_path / "raw" / "แผนเพชรบูรณ์ ปีงบประมาณ 2566.xlsx", rows)
    assert amounts(tmp_path / "raw", tmp_path) == set()
