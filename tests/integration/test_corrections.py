"""What an analyst corrects in corrections.csv, through to the warehouse; received texts stay as they came."""

from __future__ import annotations

import csv
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import duckdb
import pytest

from pipeline.errors import UsageError
from pipeline.ingest.beside.corrections import COLUMNS
from tests.integration.test_lineage import check_addresses
from tests.integration.workbooks import HEAD, ingest_folder, plan, write_sheet

TITLE = "แผนงานโครงการ จังหวัดสุโขทัย ปีงบประมาณ พ.ศ. 2565"
PERSON = "นายสมมติ อุปโลกน์"
ALONE = "สมมติ ทดลอง"
LINE = {
    "path": "สุโขทัย/แผน65.xlsx", "sheet": "แผน", "cell": "D4", "from": "ประมาณ 5 แสน", "to": "500000",
    "who": "นักวิเคราะห์ ก", "why": "โทรถามแล้ว", "when": "2022-03-31",
}  # fmt: skip


def write_lines(raw: Path, *lines: dict[str, str]) -> None:
    with (raw / "corrections.csv").open("w", encoding="utf-8-sig", newline="") as target:
        writer = csv.DictWriter(target, COLUMNS)
        writer.writeheader()
        writer.writerows(LINE | line for line in lines)


def ingest(
    tmp_path: Path, *lines: dict[str, str], rows: Sequence[Sequence[Any]] = ()
) -> duckdb.DuckDBPyConnection:
    """Ingest a plan of three projects, the second's amount no number, with these lines of corrections.csv."""
    write_sheet(tmp_path / "raw" / LINE["path"], rows or plan(TITLE, 1000, "ประมาณ 5 แสน", 3000))
    write_lines(tmp_path / "raw", *lines)
    return ingest_folder(tmp_path / "raw", tmp_path / "b.duckdb")[1]


def ask(connection: duckdb.DuckDBPyConnection, sql: str) -> list[tuple[Any, ...]]:
    return connection.execute(sql).fetchall()


def everything(connection: duckdb.DuckDBPyConnection) -> str:
    """Every value of every table as one text."""
    tables = [name for (name,) in ask(connection, "SELECT table_name FROM duckdb_tables()")]
    return "\n".join(str(ask(connection, f"SELECT * FROM {name}")) for name in tables)


def told(connection: duckdb.DuckDBPyConnection) -> list[tuple[Any, ...]]:
    sql = """SELECT rule, severity, path, sheet, cell, message_th FROM quality_issue
             WHERE rule LIKE '%correct%' ORDER BY ALL"""
    return ask(connection, sql)


AMOUNTS = "SELECT cell, amount_baht::DOUBLE FROM core_amount ORDER BY cell"


def test_a_cell_is_read_as_it_is_corrected_and_kept_as_it_was_received(tmp_path: Path) -> None:
    with ingest(tmp_path, {}) as connection:
        assert ask(connection, AMOUNTS) == [("D3", 1000.0), ("D4", 500000.0), ("D5", 3000.0)]
        ((cells,),) = ask(connection, "SELECT cells FROM raw_row WHERE row_number = 4")
        assert json.loads(cells)["D"] == "ประมาณ 5 แสน"
        ((rule, severity, path, sheet, cell, message),) = told(connection)
        assert (rule, severity, path, sheet, cell) == ("cell_corrected", "info", LINE["path"], "แผน", "D4")
        for part in (
            "ประมาณ 5 แสน",
            "500000",
            "corrections.csv บรรทัด 2",
            "นักวิเคราะห์ ก",
            "โทรถามแล้ว",
            "2022-03-31",
        ):
            assert part in message
        assert ask(connection, "SELECT severity FROM quality_issue WHERE severity <> 'info'") == []
        row = ask(
            connection,
            """SELECT from_text, to_text, who, why, corrected_on::VARCHAR, province_code, is_applied, reason,
                      table_id = (SELECT table_id FROM raw_table) FROM quality_correction""",
        )
        assert row == [
            ("ประมาณ 5 แสน", "500000", "นักวิเคราะห์ ก", "โทรถามแล้ว", "2022-03-31", "64", True, None, True)
        ]
        assert ask(connection, "SELECT status FROM raw_file WHERE path = 'corrections.csv'") == [("ignored",)]


def test_every_amount_leads_back_to_its_cell_through_the_correction(tmp_path: Path) -> None:
    with ingest(tmp_path, {}, {"cell": "D3", "from": "1000", "to": "2000.50"}) as connection:
        check_addresses(connection, tmp_path / "raw", count=10)


def test_numbers_and_empty_cells_are_corrected_too(tmp_path: Path) -> None:
    rows = [*plan(TITLE, 1000, 2000), [3, None, "สำนักงานยุติธรรมจังหวัด", 3000], [4, "โครงการสี่", None, 7]]
    lines = (
        {"cell": "D3", "from": "1000", "to": "๑,๕๐๐.-"},
        {"cell": "B5", "from": "", "to": "โครงการสาม"},
        {"cell": "$d$6", "from": "7", "to": "", "when": "2565-03-31"},
    )
    with ingest(tmp_path, *lines, rows=rows) as connection:
        assert ask(connection, AMOUNTS) == [("D3", 1500.0), ("D4", 2000.0), ("D5", 3000.0), ("D6", None)]
        names = ask(connection, "SELECT project_name FROM core_project ORDER BY row_number")
        assert names[2] == ("โครงการสาม",)
        assert [rule for rule, *_ in told(connection)] == ["cell_corrected"] * 3
        ((cells,),) = ask(connection, "SELECT cells FROM raw_row WHERE row_number = 5")
        assert "B" not in json.loads(cells)
        assert ask(connection, "SELECT max(corrected_on)::VARCHAR FROM quality_correction") == [
            ("2022-03-31",)
        ]


def test_titles_and_heads_are_corrected_before_anything_is_understood(tmp_path: Path) -> None:
    rows = [
        ["แผนงานโครงการ จังหวัดสุโขทัย ปีงบประมาณ พ.ศ. 2655"],
        [*HEAD[:3], "เม็ดเงิน"],
        [1, "โครงการหนึ่ง", "ก", 5],
    ]
    lines = (
        {"cell": "A1", "from": rows[0][0], "to": TITLE},
        {"cell": "D2", "from": "เม็ดเงิน", "to": "งบประมาณที่ได้รับจัดสรร (ล้านบาท)"},
    )
    with ingest(tmp_path, *lines, rows=rows) as connection:
        sql = """SELECT province_code, a.fiscal_year_be, measure, amount_baht::DOUBLE
                 FROM core_amount AS a JOIN core_project USING (project_id)"""
        assert ask(connection, sql) == [("64", 2565, "allocated", 5_000_000.0)]


@pytest.mark.parametrize(
    ("line", "rule", "reason"),
    [
        ({"path": "ไม่มี.xlsx"}, "correction_unmatched", "ไม่มีไฟล์ข้อมูลที่ path นี้"),
        ({"sheet": "อื่น"}, "correction_unmatched", "ไม่มีชีตชื่อนี้"),
        ({"cell": "D99"}, "correction_unmatched", "อยู่นอกส่วนที่มีข้อมูล"),
        ({"cell": "Z4", "from": ""}, "correction_unmatched", "อยู่นอกส่วนที่มีข้อมูล"),
        (
            {"from": "ประมาณ 6 แสน"},
            "correction_differs",
            'ช่องนี้มี "ประมาณ 5 แสน" แต่ from ของบรรทัดนี้คือ "ประมาณ 6 แสน"',
        ),
        ({"cell": "D3", "from": ""}, "correction_differs", 'ช่องนี้มี "1000" แต่ from ของบรรทัดนี้คือ "ว่าง"'),
    ],
)
def test_a_line_that_does_not_fit_is_an_error_and_changes_nothing(
    tmp_path: Path, line: dict[str, str], rule: str, reason: str
) -> None:
    with ingest(tmp_path, line) as connection:
        assert ask(connection, AMOUNTS) == [("D3", 1000.0), ("D5", 3000.0)]
        ((found, severity, path, *_, message),) = told(connection)
        assert (found, severity, path) == (rule, "error", "corrections.csv")
        assert "corrections.csv บรรทัด 2" in message
        assert reason in message
        row = "SELECT is_applied, from_text, to_text, reason FROM quality_correction"
        assert ask(connection, row) == [(False, None, None, message)]


@pytest.mark.parametrize(
    "line",
    [
        {"cell": "B4", "from": "โครงการที่ 2", "to": f"โครงการของ {PERSON}"},
        {"cell": "E3", "from": PERSON, "to": "-"},
        {"cell": "E4", "from": ALONE, "to": "สำนักงาน"},
        {"cell": "E5", "from": "-", "to": ALONE},
        {"cell": "E2", "from": "ผู้รับผิดชอบ", "to": "หมายเหตุ"},
    ],
)
def test_no_correction_brings_a_person_to_light(tmp_path: Path, line: dict[str, str]) -> None:
    rows = plan(TITLE, 1000, 2000, 3000)
    for row, cell in zip(rows[1:], ("ผู้รับผิดชอบ", PERSON, ALONE, "-"), strict=True):
        row.append(cell)
    with ingest(tmp_path, line, rows=rows) as connection:
        kept = everything(connection)
        assert "อุปโลกน์" not in kept
        assert ALONE not in kept
        rules = [(rule, severity) for rule, severity, *_ in told(connection)]
        assert rules == [
            ("cell_corrected", "info") if line["cell"] == "E2" else ("correction_personal", "error")
        ]


@pytest.mark.parametrize(
    ("line", "rule"),
    [
        ({"cell": "A4", "from": "ผู้รับผิดชอบ", "to": "หมายเหตุ"}, "cell_corrected"),
        ({"cell": "B4", "from": ALONE, "to": "สำนักงาน"}, "correction_personal"),
        ({"cell": "B5", "from": "50000", "to": "60000"}, "cell_corrected"),
    ],
)
def test_nor_does_one_in_a_form_that_stands_upright(tmp_path: Path, line: dict[str, str], rule: str) -> None:
    rows = [
        ["แบบเสนอโครงการ จังหวัดสุโขทัย ปีงบประมาณ 2565"],
        ["ชื่อโครงการ", "ค่ายเยาวชน"],
        ["หน่วยงาน", "สำนักงานยุติธรรมจังหวัด"],
        ["ผู้รับผิดชอบ", ALONE],
        ["งบประมาณที่ได้รับจัดสรร (บาท)", 50000],
        ["วัตถุประสงค์", "เพื่อป้องกัน"],
    ]
    with ingest(tmp_path, line, rows=rows) as connection:
        assert ALONE not in everything(connection)
        assert [found for found, *_ in told(connection)] == [rule]
        amount = 60000.0 if line["cell"] == "B5" else 50000.0
        assert ask(connection, AMOUNTS) == [("B5", amount)]


def test_a_correction_of_what_was_sent_again_says_that_it_has_no_effect(tmp_path: Path) -> None:
    write_sheet(tmp_path / "raw" / "สุโขทัย" / "20230101 แผน65.xlsx", plan(TITLE, 1000, 400000, 3000))
    first = "สุโขทัย/20220101 แผน65.xlsx"
    write_sheet(tmp_path / "raw" / first, plan(TITLE, 1000, "ประมาณ 5 แสน", 3000))
    write_lines(tmp_path / "raw", {"path": first})
    _, connection = ingest_folder(tmp_path / "raw", tmp_path / "b.duckdb")
    with connection:
        idle = [row for row in told(connection) if row[0] == "correction_idle"]
        assert [(row[1], row[2]) for row in idle] == [("warning", "corrections.csv")]
        assert "มีฉบับใหม่แทนไฟล์นี้แล้ว" in idle[0][-1]
        (row,) = ask(connection, "SELECT is_applied, reason FROM quality_correction")
        assert row == (True, idle[0][-1])


@pytest.mark.parametrize(
    ("lines", "words"),
    [
        (({"who": ""},), "บรรทัด 2: ช่อง who ว่าง"),
        (({"sheet": " "},), "บรรทัด 2: ช่อง sheet ว่าง"),
        (({"cell": "D4:D5"},), 'บรรทัด 2: cell "D4:D5" ไม่ใช่ช่องเดียว'),
        (({"cell": "D"},), "ไม่ใช่ช่องเดียว"),
        (({"to": "ประมาณ 5 แสน"},), "from กับ to เหมือนกัน"),
        (({"when": "เมื่อวาน"},), 'when "เมื่อวาน" ไม่ใช่วันที่'),
        (({}, {"to": "5"}), "บรรทัด 2 กับ corrections.csv บรรทัด 3 แก้ช่องเดียวกัน (D4)"),
        (({}, {"cell": "$D$4"}), "แก้ช่องเดียวกัน"),
    ],
)
def test_a_malformed_line_stops_the_run_and_is_named(
    tmp_path: Path, lines: tuple[dict[str, str], ...], words: str
) -> None:
    with pytest.raises(UsageError) as stopped:
        ingest(tmp_path, *lines)
    assert words in str(stopped.value)


@pytest.mark.parametrize("content", [b"path,sheet\n", "path,หมายเหตุ\n".encode("cp874")])
def test_a_file_that_is_no_such_table_is_told(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "raw").mkdir()
    (tmp_path / "raw" / "corrections.csv").write_bytes(content)
    with pytest.raises(UsageError, match=r"corrections\.csv"):
        ingest_folder(tmp_path / "raw", tmp_path / "b.duckdb")
