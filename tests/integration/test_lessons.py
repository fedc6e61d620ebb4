"""What the submissions teach: refused forms, unknown headers, rules, days to a clean file, years, and the outlook."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import openpyxl
import pandas as pd
import pytest

from pipeline import lessons, release
from pipeline.brief_tables import Table
from pipeline.charts.chart import Chart
from pipeline.datasheet.lessons import LESSONS_SHEETS
from pipeline.national.items import Told

SOURCE = "ตัวอย่าง"
OLD, NEW = date(2021, 6, 1), date(2022, 6, 11)


def reading(path: str, **more: Any) -> dict[str, Any]:
    return {
        "province_code": "64", "path": path, "sheet": "แผน", "cell_range": "A1:F9", "kind": "project",
        "status": "loaded", "reason": None, "refused_rule": None, "confidence": 0.9, "n_records": 5,
        "n_unknown_heads": 0, "received_on": OLD,
    } | more  # fmt: skip


@pytest.fixture
def readings() -> pd.DataFrame:
    return pd.DataFrame(
        [
            reading("ก.xlsx"),
            reading(
                "ข.xlsx", status="refused", reason="ไม่พบหัวตาราง", refused_rule="no_header", confidence=None
            ),
            reading("ข.xlsx", sheet="ปก", status="refused", refused_rule="set_aside", confidence=None),
            reading("ค.xlsx", province_code="48", confidence=0.7, n_unknown_heads=3, received_on=NEW),
            reading("จ.xlsx", kind="feedback"),
            reading("ง.xlsx", province_code=None, status="duplicate", received_on=NEW),
        ]
    )


def texts(told: Told | tuple[str, ...]) -> str:
    return "\n".join(item for item in told if isinstance(item, str))


def cells(told: Told) -> list[list[str]]:
    (table,) = [item for item in told if isinstance(item, Table)]
    return table.cells


def test_refused_forms_are_told_with_their_reason(readings: pd.DataFrame) -> None:
    told = lessons.tell_forms(readings, source=SOURCE)
    assert "อ่าน 6 ตารางจาก 5 ไฟล์: นำเข้า 2 ซ้ำหรือมีฉบับใหม่แทน 1 ปฏิเสธ 1 ไม่ใช่ข้อมูล 2 ตาราง" in texts(told)
    assert "มี 1 ตารางที่ความมั่นใจ" in texts(told)
    assert [row[:4] for row in cells(told)] == [["no_\u200bheader", "1", "1", "ไม่พบหัวตาราง"]]
    assert "ทุกตารางที่เป็นข้อมูลอ่านได้" in texts(lessons.tell_forms(readings.head(1), source=SOURCE))
    assert texts(lessons.tell_forms(readings.head(0), source=SOURCE)).startswith("ยังไม่มีตาราง")


def test_unknown_headers_are_listed_by_files() -> None:
    heads = pd.DataFrame(
        {"value": ["เม็ดเงิน", "P1", "P1", "เม็ดเงิน"], "path": ["ก.xlsx", "ข.xlsx", "ข.xlsx", "ค.xlsx"]}
    )
    told = lessons.tell_heads(heads, source=SOURCE)
    assert "มี 2 ข้อความ พบ 4 ครั้งใน 3 ไฟล์" in texts(told)
    assert [row[:3] for row in cells(told)] == [["เม็ดเงิน", "2", "2"], ["P1", "1", "2"]]
    assert lessons.tell_heads(heads.head(0), source=SOURCE) == ("ไม่มีหัวคอลัมน์ที่ไม่รู้จัก",)


def test_rules_that_only_inform_are_left_out() -> None:
    issues = pd.DataFrame(
        {
            "severity": ["error", "warning", "info"], "rule": ["amount_unreadable", "total_mismatch", "province_alias"],
            "province_code": ["64", "48", "64"], "n_issues": [2, 5, 40], "example_th": ["ก", "ข", "ค"],
        }
    )  # fmt: skip
    told = lessons.tell_rules(issues, source=SOURCE)
    assert "มี 2 ข้อ" in texts(told)
    assert [row[2] for row in cells(told)] == ["2", "5"]
    (chart,) = [item for item in told if isinstance(item, Chart)]
    assert "total_mismatch 5; amount_unreadable 2" in chart.words.alt


def test_days_are_counted_to_the_first_clean_file() -> None:
    times = pd.DataFrame(
        {
            "province_code": ["64", "48", "83", "70"], "kind": ["project"] * 4, "year_be": [2565] * 4,
            "first_received_on": [OLD] * 4, "days_to_clean": [0, 10, 31, None],
        }
    )  # fmt: skip
    told = lessons.tell_days(times, source=SOURCE)
    assert "ไม่มีข้อผิดพลาดตั้งแต่ไฟล์แรก 1 ชุด ได้ไฟล์ที่ไม่มีข้อผิดพลาดในภายหลัง 2 ชุด ยังไม่ได้ 1 ชุด" in texts(told)
    assert "มัธยฐาน 21 วัน (น้อยที่สุด 10 มากที่สุด 31 วัน)" in texts(told)
    assert [row[1:] for row in cells(told)] == [["4", "1", "2", "1", "21"]]
    assert "ยังไม่มีจังหวัดใด" in texts(lessons.tell_days(times.head(0), source=SOURCE))


def test_years_stand_beside_each_other(readings: pd.DataFrame) -> None:
    errors = pd.DataFrame({"path": ["ข.xlsx", "ค.xlsx"], "n_errors": [2, 1]})
    told = lessons.tell_years(readings, errors, source=SOURCE)
    assert cells(told) == [
        ["2564", "2", "2", "1", "50.0", "0", "2"],
        ["2565", "2", "2", "0", "0.0", "3", "1"],
    ]
    assert any(isinstance(item, Chart) for item in told)
    assert "เพียงปีเดียว" in texts(lessons.tell_years(readings.head(2), errors, source=SOURCE))


def test_mending_counts_what_is_gone_corrected_and_sent_anew() -> None:
    changes = pd.DataFrame({"change": ["gone", "gone", "new"]})
    corrections = pd.DataFrame({"is_applied": [True, False]})
    history = pd.DataFrame(
        {
            "status": ["superseded", "loaded"],
            "n_added": [1, None],
            "n_removed": [0, None],
            "n_changed": [4, None],
        }
    )
    told = texts(lessons.tell_mending(changes, corrections, history))
    assert "หมดไป 2 เพิ่มมา 1 ยังอยู่ 0 รายการ" in told
    assert "แก้ค่าใน corrections.csv 1 ช่อง และมี 1 บรรทัด" in told
    assert "มี 1 ตาราง: เพิ่ม 1 หาย 0 แก้ไข 4 โครงการ" in told
    none = texts(lessons.tell_mending(changes.head(0), corrections.head(0), history.tail(1)))
    assert none.count("ไม่") == 3


def test_the_outlook_multiplies_means_and_says_so(readings: pd.DataFrame) -> None:
    issues = pd.DataFrame(
        {"province_code": ["64", "10", "48"], "severity": ["error", "error", "info"], "n_issues": [3, 9, 9]}
    )
    provinces = pd.DataFrame({"province_code": [f"{code}" for code in range(10, 87)]})
    told = lessons.tell_outlook(readings, issues, provinces, source=SOURCE)
    rows = {row[0]: row[1:] for row in cells(told)}
    assert rows["ไฟล์"] == ["3", "1.5", "114"]
    assert rows["ข้อค้นพบที่ต้องแก้ไข"] == ["3", "1.5", "114"]
    assert rows["หัวคอลัมน์ที่ไม่รู้จัก"] == ["3", "1.5", "114"]
    assert "76 จังหวัดส่งข้อมูลอย่างเดียวกับ 2 จังหวัด" in texts(told)


def test_a_release_holds_the_document_and_the_portal_leads_to_it(sample_release: Path) -> None:
    published = release.resolve_current(sample_release / "out")
    assert published is not None
    for name in ("brief.html", "brief.docx", "brief.pdf", "brief.ipynb", "data.xlsx"):
        assert (published / "national" / "lessons" / name).stat().st_size > 5000, name
    assert 'href="national/lessons/brief.html"' in (published / "index.html").read_text(encoding="utf-8")


def test_its_workbook_holds_what_the_document_counts(sample_release: Path) -> None:
    published = release.resolve_current(sample_release / "out")
    assert published is not None
    book = openpyxl.load_workbook(published / "national" / "lessons" / "data.xlsx", read_only=True)
    assert book.sheetnames == ["สรุป", *(sheet.name for sheet in LESSONS_SHEETS)]
    with duckdb.connect(str(published / release.WAREHOUSE), read_only=True) as warehouse:
        for name, table in (("ตารางที่อ่าน", "out_table_reading"), ("วันจนไม่มีข้อผิดพลาด", "out_clean_time")):
            (expected,) = warehouse.execute(f"SELECT count(*) FROM {table}").fetchone() or (0,)
            assert len(list(book[name].iter_rows(min_row=2))) == expected > 0
        (issues,) = warehouse.execute("SELECT count(*) FROM quality_issue").fetchone() or (0,)
    counts = [row[-1] for row in book["ข้อค้นพบตามไฟล์"].iter_rows(min_row=2, values_only=True)]
    assert sum(counts) == issues > 0
