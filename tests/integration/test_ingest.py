"""Workbooks built by code, named by their defect, through to DuckDB."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
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
    assert "081" not in told
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
