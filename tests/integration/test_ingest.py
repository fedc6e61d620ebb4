"""Workbooks built by code, named by their defect, through to DuckDB."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from pipeline.errors import UsageError
from pipeline.ingest import ingest
from pipeline.settings import BUNDLED_SAMPLE
from tests.integration.workbooks import HEAD, ingest_folder, plan, write_sheet

SUKHOTHAI = "แผนงานโครงการ จังหวัดสุโขทัย ปีงบประมาณ พ.ศ. 2565"


def query(raw: Path, tmp_path: Path, sql: str) -> list[tuple[Any, ...]]:
    _, connection = ingest_folder(raw, tmp_path / "baseline.duckdb")
    with connection:
        return connection.execute(sql).fetchall()


def test_a_bad_cell_is_a_finding_there_and_the_rest_is_loaded(tmp_path: Path) -> None:
    raw = tmp_path / "raw"
    write_sheet(raw / "แผน.xlsx", plan(SUKHOTHAI, 100, "7,863,52", None, "-", "๒๐๐"))
    _, connection = ingest_folder(raw, tmp_path / "b.duckdb")
    amounts = connection.execute("SELECT cell, amount_baht FROM core_amount ORDER BY cell").fetchall()
    assert amounts == [("D3", Decimal(100)), ("D5", None), ("D6", None), ("D7", Decimal(200))]
    findings = connection.execute("SELECT rule, severity, sheet, cell, value FROM quality_issue").fetchall()
    assert findings == [("amount_unreadable", "error", "แผน", "D4", "7,863,52")]
    assert connection.execute("SELECT count(*) FROM core_project").fetchone() == (5,)


def test_province_and_year_from_titles_names_and_folders_must_agree(tmp_path: Path) -> None:
    raw = tmp_path / "raw"
    write_sheet(raw / "เพชรบุรี" / "แผน.xlsx", plan("แผน จังหวัดเพชรบูรณ์ ปีงบประมาณ 2565", 1))
    write_sheet(raw / "ตรัง" / "แผน ปีงบประมาณ 2566.xlsx", plan("แผน ปีงบประมาณ 2565", 1))
    write_sheet(raw / "แผน.xlsx", plan("แผน ปีงบประมาณ 2565", 1))
    write_sheet(raw / "น่าน" / "แผน.xlsx", plan("แผน", 1))
    write_sheet(raw / "ตาก" / "แผน.xlsx", plan("แผน ปีงบประมาณ 2565", 1))
    rows = query(
        raw,
        tmp_path,
        "SELECT path, json_extract_string(decided_by, '$.refused') FROM raw_table JOIN raw_file USING (file_id)",
    )
    assert dict(rows) == {
        "เพชรบุรี/แผน.xlsx": "province_disagrees",
        "ตรัง/แผน ปีงบประมาณ 2566.xlsx": "year_disagrees",
        "แผน.xlsx": "no_province",
        "น่าน/แผน.xlsx": "no_year",
        "ตาก/แผน.xlsx": None,
    }


def test_every_used_row_is_kept_once_whatever_became_of_the_file(tmp_path: Path) -> None:
    raw = tmp_path / "raw"
    write_sheet(raw / "ดี.xlsx", [*plan(SUKHOTHAI, 1, 2), [], ["รวม", None, None, 3], ["หมายเหตุ ก"]])
    write_sheet(raw / "ไม่รู้จัก.xlsx", [["ก", "ข"], [1, 2], [], [3, 4]])
    rows = query(
        raw, tmp_path, "SELECT path, row_number, role FROM raw_row JOIN raw_file USING (file_id) ORDER BY ALL"
    )
    assert rows == [
        *[
            ("ดี.xlsx", row, role)
            for row, role in (
                (1, "title"),
                (2, "header"),
                (3, "record"),
                (4, "record"),
                (6, "total"),
                (7, "note"),
            )
        ],
        *[("ไม่รู้จัก.xlsx", row, "refused") for row in (1, 2, 4)],
    ]


def test_the_same_table_in_two_containers_counts_once(tmp_path: Path) -> None:
    raw = tmp_path / "raw"
    rows = plan(SUKHOTHAI, 100, 200.5)
    write_sheet(raw / "ก.xlsx", rows)
    text = "\n".join(
        ",".join("" if value is None else f'"{value}"' for value in [*row, *[None] * (4 - len(row))])
        for row in rows
    )
    (raw / "ข.csv").write_bytes(text.replace("200.5", "๒๐๐.๕๐").encode("cp874"))
    done, connection = ingest_folder(raw, tmp_path / "b.duckdb")
    assert done.files == {"duplicate": 1, "loaded": 1}
    assert connection.execute("SELECT count(*), sum(amount_baht) FROM out_project_amount").fetchone() == (
        2,
        Decimal("300.50"),
    )


def test_equal_rows_in_one_table_are_separate_rows(tmp_path: Path) -> None:
    raw = tmp_path / "raw"
    write_sheet(raw / "ก.xlsx", plan(SUKHOTHAI, 100, 100, names=("โครงการเดียวกัน", "โครงการเดียวกัน")))
    assert query(raw, tmp_path, "SELECT count(*), sum(amount_baht) FROM out_project_amount") == [
        (2, Decimal(200))
    ]


def test_a_submission_that_comes_again_replaces_the_first(tmp_path: Path) -> None:
    raw = tmp_path / "raw"
    write_sheet(raw / "แผน 2021-04-01.xlsx", plan(SUKHOTHAI, 1, 2, 3, 4))
    write_sheet(raw / "แผน 2021-05-01.xlsx", plan(SUKHOTHAI, 1, 2, 30, 4))
    write_sheet(raw / "อื่น 2021-06-01.xlsx", plan(SUKHOTHAI, 1, 2, names=("โครงการใหม่ ก", "โครงการใหม่ ข")))
    _, connection = ingest_folder(raw, tmp_path / "b.duckdb")
    statuses = dict(connection.execute("SELECT path, status FROM raw_file").fetchall())
    assert statuses == {
        "แผน 2021-04-01.xlsx": "superseded",
        "แผน 2021-05-01.xlsx": "loaded",
        "อื่น 2021-06-01.xlsx": "loaded",
    }
    assert connection.execute("SELECT sum(amount_baht) FROM out_project_amount").fetchone() == (Decimal(40),)
    assert connection.execute("SELECT count(*) FROM core_project").fetchone() == (10,)


def test_parts_are_never_added_to_a_stated_total(tmp_path: Path) -> None:
    raw = tmp_path / "raw"
    head = ["ลำดับ", "ชื่อโครงการ", "คำขอ งบดำเนินงาน", "งบลงทุน", "คำของบประมาณ"]
    write_sheet(raw / "ก.xlsx", [[SUKHOTHAI], head, [1, "โครงการ", None, 40, 100]])
    rows = query(raw, tmp_path, "SELECT measure, amount_baht FROM out_project_amount")
    assert ("requested", Decimal(100)) in rows


def test_totals_are_recomputed(tmp_path: Path) -> None:
    raw = tmp_path / "raw"
    write_sheet(raw / "ก.xlsx", [*plan(SUKHOTHAI, 100, 250), ["รวมทั้งสิ้น", None, None, 380]])
    sql = "SELECT cell, stated_baht, computed_baht, difference_baht FROM quality_total"
    assert query(raw, tmp_path, sql) == [("D5", Decimal(380), Decimal(350), Decimal(30))]


def test_an_unreadable_file_is_refused_and_the_others_go_on(tmp_path: Path) -> None:
    raw = tmp_path / "raw"
    write_sheet(raw / "ดี.xlsx", plan(SUKHOTHAI, 1))
    (raw / "เสีย.xlsx").write_bytes(b"PK\x03\x04" + b"damaged" * 50)
    (raw / "สแกน.pdf").write_bytes(b"%PDF-1.4")
    (raw / "~$ดี.xlsx").write_bytes(b"lock")
    (raw / ".hidden.csv").write_text("a,b\n1,2\n")
    done, connection = ingest_folder(raw, tmp_path / "b.duckdb")
    assert done.files == {"ignored": 2, "loaded": 1, "refused": 2}
    reasons = connection.execute("SELECT reason FROM raw_file WHERE status = 'refused'").fetchall()
    assert all("ส่ง" in reason for (reason,) in reasons)


def test_an_unknown_province_refuses_its_row_and_proposes(tmp_path: Path) -> None:
    raw = tmp_path / "raw"
    rows = [
        ["ปีงบประมาณ", "จังหวัด", "ชื่อโครงการ", "ได้รับจัดสรร"],
        [2565, "สุโขทัย", "ก", 1],
        [2565, "เพชรบุรณ", "ข", 2],
    ]
    write_sheet(raw / "ก.xlsx", rows)
    _, connection = ingest_folder(raw, tmp_path / "b.duckdb")
    assert connection.execute("SELECT province_code FROM core_project").fetchall() == [("64",)]
    (message,) = connection.execute("SELECT message_th FROM quality_issue WHERE cell = 'B3'").fetchone() or (
        "",
    )
    assert "เพชรบุรี" in message
    assert "เพชรบูรณ์" in message
    assert connection.execute("SELECT role FROM raw_row WHERE row_number = 3").fetchall() == [("refused",)]


def test_personal_data_never_leaves_the_file(tmp_path: Path) -> None:
    raw = tmp_path / "raw"
    rows = [
        [SUKHOTHAI, "ผู้ประสานงาน นางสาวสมมติ ทดสอบ 081-234-5678"],
        list(HEAD),
        [1, "โครงการ 1101800000003", "ก", 1],
    ]
    write_sheet(raw / "นายสมมติ ทดสอบ.xlsx", rows)
    ingest_folder(raw, tmp_path / "b.duckdb")
    _, connection = ingest_folder(raw, tmp_path / "c.duckdb")
    tables = [
        name for (name,) in connection.execute("SELECT table_name FROM information_schema.tables").fetchall()
    ]
    told = "\n".join(str(connection.execute(f"SELECT * FROM {name}").fetchall()) for name in tables)
    assert "สมมติ" not in told
    assert "1101800000003" not in told
    assert "081-234" not in told
    assert connection.execute(
        "SELECT count(*) FROM quality_issue WHERE rule = 'personal_data'"
    ).fetchone() == (2,)


def test_a_hidden_sheet_is_read_and_said_to_be_hidden(tmp_path: Path) -> None:
    raw = tmp_path / "raw"
    write_sheet(raw / "ก.xlsx", plan(SUKHOTHAI, 5), hidden=True)
    sql = "SELECT (SELECT count(*) FROM core_amount), rule FROM quality_issue"
    assert query(raw, tmp_path, sql) == [(1, "sheet_hidden")]


def test_the_sample_is_read_only_where_there_is_nothing_else(tmp_path: Path) -> None:
    raw = tmp_path / "raw"
    write_sheet(raw / "sample" / "ก.xlsx", plan(SUKHOTHAI, 5))
    (raw / "README.md").write_text("เอกสาร")
    done, _ = ingest_folder(raw, tmp_path / "b.duckdb")
    assert done.is_sample
    assert done.files == {"ignored": 1, "loaded": 1}
    write_sheet(raw / "จริง.xlsx", plan(SUKHOTHAI, 7))
    done, connection = ingest_folder(raw, tmp_path / "c.duckdb")
    assert not done.is_sample
    assert connection.execute("SELECT sum(amount_baht) FROM core_amount").fetchone() == (Decimal(7),)


def test_the_manifest_says_when_a_file_came(tmp_path: Path) -> None:
    raw = tmp_path / "raw"
    write_sheet(raw / "ก.xlsx", plan(SUKHOTHAI, 5))
    (raw / "manifest.csv").write_text(
        "path,received_on,sender,note\nก.xlsx,2021-04-30,สำนักงาน,\n", encoding="utf-8"
    )
    rows = query(
        raw, tmp_path, "SELECT received_on::VARCHAR, received_how FROM raw_file WHERE path = 'ก.xlsx'"
    )
    assert rows == [("2021-04-30", "manifest")]


def test_a_missing_raw_folder_is_wrong_usage(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="RAW="):
        ingest(tmp_path / "nowhere", tmp_path / "b.duckdb", jobs=1, progress=lambda stage, done, total: None)


def test_ids_are_the_same_in_every_run(tmp_path: Path) -> None:
    raw = tmp_path / "raw"
    write_sheet(raw / "ก.xlsx", plan(SUKHOTHAI, 5, 6))
    first = query(raw, tmp_path, "SELECT project_id FROM core_project ORDER BY ALL")
    (tmp_path / "baseline.duckdb").unlink()
    assert query(raw, tmp_path, "SELECT project_id FROM core_project ORDER BY ALL") == first


def test_words_for_no_money_are_zero_and_what_is_finer_than_a_satang_is_rounded_and_told(
    tmp_path: Path,
) -> None:
    raw = tmp_path / "raw"
    write_sheet(raw / "ก.xlsx", plan(SUKHOTHAI, "ไม่ใช้งบประมาณ", 10.005, "3,864,033.3333", 1234.56))
    _, connection = ingest_folder(raw, tmp_path / "b.duckdb")
    amounts = connection.execute("SELECT amount_baht FROM core_amount ORDER BY cell").fetchall()
    assert [amount for (amount,) in amounts] == [
        0,
        Decimal("10.01"),
        Decimal("3864033.33"),
        Decimal("1234.56"),
    ]
    findings = connection.execute("SELECT rule, severity, cell FROM quality_issue ORDER BY cell").fetchall()
    assert findings == [
        ("zero_words", "info", "D3"),
        ("amount_rounded", "info", "D4"),
        ("amount_rounded", "info", "D5"),
    ]


def test_the_bundled_sample_says_so_even_where_it_is_named_itself(tmp_path: Path) -> None:
    done, _ = ingest_folder(BUNDLED_SAMPLE, tmp_path / "b.duckdb")
    assert done.is_sample
    assert done.files == {"ignored": 1, "loaded": 12}
