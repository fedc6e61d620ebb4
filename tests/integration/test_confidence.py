"""How sure each decision is, forms beside each other, and what a replacing file changes, through to the warehouse."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import duckdb

from tests.integration.workbooks import HEAD, ingest_folder, plan, write_sheet

TITLE = "แผนงานโครงการ จังหวัดสุโขทัย ปีงบประมาณ พ.ศ. {}"


def ingest(tmp_path: Path) -> duckdb.DuckDBPyConnection:
    return ingest_folder(tmp_path / "raw", tmp_path / "baseline.duckdb")[1]


def decisions(connection: duckdb.DuckDBPyConnection) -> dict[str, list[dict[str, Any]]]:
    """The decisions of the one table, by what they are about."""
    ((text, _),) = connection.execute("SELECT decided_by, confidence FROM raw_table").fetchall()
    found: dict[str, list[dict[str, Any]]] = {}
    for entry in json.loads(text)["decisions"]:
        found.setdefault(entry["what"], []).append(entry)
    return found


def messages(connection: duckdb.DuckDBPyConnection, rule: str) -> list[tuple[Any, ...]]:
    sql = "SELECT path, severity, message_th FROM quality_issue WHERE rule = ? ORDER BY path"
    return connection.execute(sql, [rule]).fetchall()


def test_every_decision_says_how_sure_it_is_and_why(tmp_path: Path) -> None:
    head = ["ลำดับ", "ชื่อโครงการ", "วงเงินงบประมาณทั้งโครงการ", "ไตรมาส 1", "ไตรมาส 2", "สีที่ชอบ"]
    write_sheet(tmp_path / "raw" / "สุโขทัย.xlsx", [["ปีงบประมาณ 2565"], head, [1, "หนึ่ง", 10, 10, 4, "แดง"]])
    with ingest(tmp_path) as connection:
        found = decisions(connection)
        confidence = connection.execute("SELECT confidence FROM raw_table").fetchone()
    assert [(one["cell"], one["value"], one["confidence"]) for one in found["column"]] == [
        ("A", "row_no", 1.0), ("B", "project_name", 1.0), ("C", "budget", 0.8), ("D", "budget", 0.6),
        ("E", "budget", 0.6), ("F", None, 0.0),
    ]  # fmt: skip
    assert {one["confidence"] for one in found["unit"]} == {0.7}
    assert (found["province"][0]["value"], found["province"][0]["confidence"]) == ("64", 0.85)
    assert (found["year"][0]["value"], found["year"][0]["why"]) == (2565, "หัวเรื่องแถว 1")
    assert found["header"][0]["value"] == [2]
    assert all(one["why"] for entries in found.values() for one in entries)
    assert confidence == (0.6,)


def test_a_printed_total_proves_the_rows_and_a_wrong_one_does_not(tmp_path: Path) -> None:
    for total, level in ((3000, 1.0), (3001, 0.6)):
        rows = [*plan(TITLE.format(2565), 1000, 2000), [None, "รวม", None, total]]
        write_sheet(tmp_path / "raw" / "a.xlsx", rows)
        with ingest(tmp_path) as connection:
            (roles,) = decisions(connection)["roles"]
        assert roles["confidence"] == level
        assert roles["value"] == {"header": 1, "record": 2, "title": 1, "total": 1}
        (tmp_path / "baseline.duckdb").unlink()


def test_places_that_agree_make_a_province_sure(tmp_path: Path) -> None:
    write_sheet(tmp_path / "raw" / "สุโขทัย" / "a.xlsx", plan(TITLE.format(2565), 1000))
    with ingest(tmp_path) as connection:
        (province,) = decisions(connection)["province"]
    assert (province["value"], province["confidence"]) == ("64", 1.0)
    assert "โฟลเดอร์ สุโขทัย" in province["why"]


def test_a_refused_table_keeps_what_was_understood(tmp_path: Path) -> None:
    write_sheet(tmp_path / "raw" / "a.xlsx", [HEAD, [1, "หนึ่ง", "ก", 5]])
    with ingest(tmp_path) as connection:
        found = decisions(connection)
        code = connection.execute("SELECT decided_by->>'$.refused' FROM raw_table").fetchone()
    assert code == ("no_province",)
    assert len(found["column"]) == 4
    assert found["province"][0]["confidence"] == 0.0


def test_a_form_that_changed_since_the_year_before_is_shown_as_columns(tmp_path: Path) -> None:
    write_sheet(tmp_path / "raw" / "64.xlsx", plan(TITLE.format(2564), 1000))
    head = ["ลำดับ", "ชื่อโครงการ", "หน่วยงานรับผิดชอบ", "งบประมาณที่ได้รับจัดสรร (บาท)", "ตัวชี้วัด"]
    write_sheet(tmp_path / "raw" / "65.xlsx", [[TITLE.format(2565)], head, [1, "หนึ่ง", "ก", 5, "ราย"]])
    write_sheet(tmp_path / "raw" / "66.xlsx", [[TITLE.format(2566)], head, [1, "หนึ่ง", "ก", 7, "ราย"]])
    with ingest(tmp_path) as connection:
        ((path, severity, message),) = messages(connection, "form_changed")
    assert (path, severity) == ("65.xlsx", "info")
    assert 'เปลี่ยนชื่อ "หน่วยงาน" เป็น "หน่วยงานรับผิดชอบ"' in message
    assert 'เพิ่ม "ตัวชี้วัด"' in message
    assert "2564" in message


def test_equal_heads_that_were_read_in_two_ways_are_told(tmp_path: Path) -> None:
    for number, title in enumerate(("สุโขทัย", "ภูเก็ต")):
        rows = plan(f"แผนงานโครงการ จังหวัด{title} ปีงบประมาณ พ.ศ. 2565", 1000)
        write_sheet(tmp_path / "raw" / f"{number}.xlsx", rows)
    lines = "path,sheet,range,what,value,who,why\n1.xlsx,,D,column,disbursed,ก,ข\n"
    (tmp_path / "raw" / "overrides.csv").write_text(lines, encoding="utf-8")
    with ingest(tmp_path) as connection:
        ((path, severity, message),) = messages(connection, "form_read_differently")
    assert severity == "warning"
    assert {path, "0.xlsx" if path == "1.xlsx" else "1.xlsx"} == {"0.xlsx", "1.xlsx"}
    assert "allocated" in message
    assert "disbursed" in message


def test_a_replacing_file_is_compared_row_by_row(tmp_path: Path) -> None:
    names = ("หนึ่ง", "สอง", "สาม")
    write_sheet(tmp_path / "raw" / "20220101.xlsx", plan(TITLE.format(2565), 1, 2, 3, names=names))
    later = plan(TITLE.format(2565), 1, 5, 7, names=("หนึ่ง", "สอง", "โครงการใหม่"))
    write_sheet(tmp_path / "raw" / "20220201.xlsx", later)
    with ingest(tmp_path) as connection:
        ((path, _, message),) = messages(connection, "submission_changed")
        changes = connection.execute(
            """SELECT change, subject, field, old_value, new_value, name_th, earlier_path, path
               FROM out_submission_change"""
        ).fetchall()
    assert path == "20220201.xlsx"
    assert "เพิ่ม 1 หาย 1 แก้ไข 1" in message
    place = ("สุโขทัย", "20220101.xlsx", "20220201.xlsx")
    assert changes == [
        ("removed", "สาม", None, "2565 allocated year 3.00", None, *place),
        ("added", "โครงการใหม่", None, None, "2565 allocated year 7.00", *place),
        ("changed", "สอง", "2565 allocated year", "2.00", "5.00", *place),
    ]


def test_the_child_fund_of_february_beside_that_of_january(
    shared_warehouse: duckdb.DuckDBPyConnection,
) -> None:
    sql = """SELECT change, field, count(*) FROM out_submission_change WHERE path LIKE '%childfund%' GROUP BY ALL
             ORDER BY ALL"""
    assert shared_warehouse.execute(sql).fetchall() == [("changed", "project_name", 10), ("removed", None, 1)]
    gone = """SELECT old_value, earlier_row_number FROM out_submission_change
              WHERE path LIKE '%childfund%' AND change = 'removed'"""
    assert shared_warehouse.execute(gone).fetchall() == [("2554 allocated year 1,441,600.00", 868)]


def test_two_extractions_of_volume_9_disagree_on_four_units_of_justice(
    shared_warehouse: duckdb.DuckDBPyConnection,
) -> None:
    sql = """SELECT subject, old_value, new_value FROM out_submission_change
             WHERE change = 'conflict' AND subject LIKE 'กระทรวงยุติธรรม ›%' ORDER BY subject"""
    found = shared_warehouse.execute(sql).fetchall()
    assert [subject.partition(" › ")[2] for subject, _, _ in found] == [
        "กรมคุ้มครองสิทธิและเสรีภาพ",
        "กรมพินิจและคุ้มครองเด็กและเยาวชน",
        "สถาบันเพื่อการยุติธรรมแห่งประเทศไทย (องค์การมหาชน)",
        "สำนักงานกิจการยุติธรรม",
    ]
    assert found[0][1:] == ("674,020,100.00", "630,341,400.00")
    sql = "SELECT message_th FROM quality_issue WHERE rule = 'document_conflict' AND message_th LIKE '%ยุติธรรมต่างกัน%'"
    ((message,),) = shared_warehouse.execute(sql).fetchall()
    assert "4 จาก 12 หน่วย" in message
    assert "สำนักงานกิจการยุติธรรม 124,570,700.00 กับ 105,122,700.00 บาท" in message
