"""Tables that lie on their side, and one project told in a sheet a quarter or a month."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import xlsxwriter

from tests.integration.workbooks import ingest_folder

AMOUNTS = "SELECT project_name, measure, amount_baht FROM out_project_amount ORDER BY ALL"
QUARTER_HEAD = ["ที่", "โครงการ", "ได้รับจัดสรร (บาท)", "แผนการใช้จ่าย", "ผลการเบิกจ่าย"]


def write_book(path: Path, sheets: dict[str, list[list[Any]]]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with xlsxwriter.Workbook(str(path)) as book:
        for name, rows in sheets.items():
            page = book.add_worksheet(name)
            for number, row in enumerate(rows):
                page.write_row(number, 0, ["" if value is None else value for value in row])


def read(raw: Path, tmp_path: Path, *queries: str) -> list[list[tuple[Any, ...]]]:
    _, connection = ingest_folder(raw, tmp_path / "b.duckdb")
    with connection:
        return [connection.execute(sql).fetchall() for sql in queries]


SIDEWAYS = [
    ["สรุปโครงการ จังหวัดตาก ปีงบประมาณ 2566"],
    [None, None, None, "หน่วย : พันบาท"],
    ["ลำดับ", 1, 2],
    ["โครงการ", "โครงการ ก", "โครงการ ข"],
    ["หน่วยงาน", "สำนักงานคุมประพฤติ", "เรือนจำ"],
    ["ผู้ประสานงาน", "นายสมมติ ทดสอบ", "นางสาวสมมติ ตัวอย่าง"],
    ["เสนอขอ", 100, "๒๐๐"],
    ["ได้รับจัดสรร", 90.5, "ประมาณ 5 แสน"],
    ["หมายเหตุ", "เดิม"],
]


def test_a_table_on_its_side_is_turned_and_leads_back_to_its_own_cells(tmp_path: Path) -> None:
    raw = tmp_path / "raw"
    write_book(raw / "ก.xlsx", {"แผน": SIDEWAYS})
    amounts, cells, projects, refused = read(
        raw,
        tmp_path,
        AMOUNTS,
        "SELECT cell, text, amount_baht FROM core_amount ORDER BY ALL",
        "SELECT project_name, agency_name, row_number FROM core_project ORDER BY ALL",
        "SELECT rule, cell FROM quality_issue WHERE severity = 'error'",
    )
    assert amounts == [
        ("โครงการ ก", "allocated", Decimal(90500)),
        ("โครงการ ก", "requested", Decimal(100000)),
        ("โครงการ ข", "requested", Decimal(200000)),
    ]
    assert cells == [
        ("B7", None, Decimal(100000)),
        ("B8", None, Decimal(90500)),
        ("C7", "๒๐๐", Decimal(200000)),
    ]
    assert projects == [("โครงการ ก", "สำนักงานคุมประพฤติ", 3), ("โครงการ ข", "เรือนจำ", 3)]
    assert refused == [("amount_unreadable", "C8")]


def test_people_in_a_table_on_its_side_are_taken_out(tmp_path: Path) -> None:
    raw = tmp_path / "raw"
    write_book(raw / "ก.xlsx", {"แผน": SIDEWAYS})
    (cells,) = read(raw, tmp_path, "SELECT cells FROM raw_row")
    assert not any("สมมติ" in text for (text,) in cells)


def quarter(number: int, *rows: list[Any]) -> list[list[Any]]:
    return [
        [f"แผนและผลการใช้จ่าย ไตรมาสที่ {number} จังหวัดน่าน ปีงบประมาณ 2566"],
        QUARTER_HEAD,
        *rows,
    ]


def test_a_sheet_a_quarter_tells_one_project_with_an_amount_a_quarter(tmp_path: Path) -> None:
    raw = tmp_path / "raw"
    sheets = {
        "ไตรมาส 1": quarter(1, [1, "โครงการ ก", 1000, 100, 90], [2, "โครงการ ข", 500, 50, "-"]),
        "ไตรมาส 2": quarter(2, [1, "โครงการ ก", 1000, 200, 150], [2, "โครงการ ค", 70, 70, 70]),
    }
    write_book(raw / "ก.xlsx", sheets)
    amounts, periods, told = read(
        raw,
        tmp_path,
        AMOUNTS,
        "SELECT period, count(*) FROM core_amount GROUP BY ALL ORDER BY ALL",
        "SELECT rule FROM quality_issue WHERE severity <> 'info'",
    )
    assert amounts == [
        ("โครงการ ก", "allocated", Decimal(1000)),
        ("โครงการ ก", "disbursed", Decimal(240)),
        ("โครงการ ก", "planned", Decimal(300)),
        ("โครงการ ข", "allocated", Decimal(500)),
        ("โครงการ ข", "planned", Decimal(50)),
        ("โครงการ ค", "allocated", Decimal(70)),
        ("โครงการ ค", "disbursed", Decimal(70)),
        ("โครงการ ค", "planned", Decimal(70)),
    ]
    assert periods == [("Q1", 4), ("Q2", 4), ("year", 3)]
    assert told == []


def test_what_a_later_sheet_says_otherwise_of_the_year_is_told(tmp_path: Path) -> None:
    raw = tmp_path / "raw"
    sheets = {
        "ไตรมาส 1": quarter(1, [1, "โครงการ ก", 1000, 100, 90], [2, "โครงการ ข", 500, 50, 40]),
        "ไตรมาส 2": quarter(2, [1, "โครงการ ก", 1100, 200, 150], [2, "โครงการ ข", 500, 50, 40]),
    }
    write_book(raw / "ก.xlsx", sheets)
    amounts, told = read(
        raw,
        tmp_path,
        "SELECT amount_baht FROM out_project_amount WHERE measure = 'allocated' ORDER BY ALL",
        "SELECT rule, sheet, cell FROM quality_issue WHERE severity = 'warning'",
    )
    assert amounts == [(Decimal(500),), (Decimal(1000),)]
    assert told == [("year_amount_differs", "ไตรมาส 2", "C3")]


def test_a_day_up_to_which_something_is_told_is_no_period(tmp_path: Path) -> None:
    raw = tmp_path / "raw"
    rows = [
        ["ผลการเบิกจ่าย ณ สิ้นไตรมาสที่ 2 จังหวัดน่าน ปีงบประมาณ 2566"],
        ["ที่", "โครงการ", "เบิกจ่าย"],
        [1, "โครงการ ก", 5],
    ]
    write_book(raw / "ก.xlsx", {"ผล": rows})
    (periods,) = read(raw, tmp_path, "SELECT DISTINCT period FROM core_amount")
    assert periods == [("year",)]


def test_text_around_a_table_of_a_document_speaks_and_moves_no_row(tmp_path: Path) -> None:
    raw = tmp_path / "raw"
    raw.mkdir()
    page = (
        "<html><head><title>นนทบุรี</title></head><body><h3>แผนงาน จังหวัดแพร่</h3>ปีงบประมาณ 2566<br>(หน่วย : พันบาท)"
        "<table><tr><td>ที่</td><td>โครงการ</td><td>คำขอ</td></tr><tr><td>1</td><td>โครงการ ก</td><td>5</td></tr></table>"
        "<p>ผู้ประสานงาน นายสมมติ ทดสอบ 081-234-5678</p></body></html>"
    )
    (raw / "ก.xls").write_text(page, encoding="utf-8")
    amounts, kept = read(
        raw,
        tmp_path,
        """SELECT province_code, fiscal_year_be, amount_baht, cell
           FROM core_amount JOIN core_project USING (project_id, fiscal_year_be)""",
        "SELECT captions FROM raw_sheet",
    )
    assert amounts == [("54", 2566, Decimal(5000), "C2")]
    assert "(หน่วย : พันบาท)" in kept[0][0]
    assert "สมมติ" not in kept[0][0]
    assert "081" not in kept[0][0]
