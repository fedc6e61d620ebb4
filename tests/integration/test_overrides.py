"""What an analyst settles in overrides.csv, through to the warehouse."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pytest

from pipeline.errors import UsageError
from tests.integration.workbooks import HEAD, ingest_folder, plan, write_sheet

TITLE = "แผนงานโครงการ จังหวัดสุโขทัย ปีงบประมาณ พ.ศ. 2565"
ROW = (1, "โครงการหนึ่ง", "สำนักงานยุติธรรมจังหวัด", 1000)


def ingest(tmp_path: Path, *lines: str) -> duckdb.DuckDBPyConnection:
    """Ingest what lies in raw/ with these lines of overrides.csv."""
    head = "path,sheet,range,what,value,who,why"
    text = "\n".join([head, *(f"{line},นักวิเคราะห์,ถามแล้ว" for line in lines)])
    (tmp_path / "raw" / "overrides.csv").write_text(text + "\n", encoding="utf-8-sig")
    return ingest_folder(tmp_path / "raw", tmp_path / "baseline.duckdb")[1]


def sheet(tmp_path: Path, rows: Sequence[Sequence[Any]], name: str = "a.xlsx") -> Path:
    return write_sheet(tmp_path / "raw" / name, rows)


def rows(connection: duckdb.DuckDBPyConnection, sql: str) -> list[tuple[Any, ...]]:
    return connection.execute(sql).fetchall()


def rules(connection: duckdb.DuckDBPyConnection) -> list[tuple[Any, ...]]:
    sql = "SELECT rule, severity, path FROM quality_issue WHERE rule LIKE 'override%' ORDER BY ALL"
    return rows(connection, sql)


AMOUNTS = """SELECT province_code, a.fiscal_year_be, measure, period, amount_baht::DOUBLE FROM core_amount AS a
             JOIN core_project USING (project_id) ORDER BY cell"""


def test_province_and_year_that_nothing_says(tmp_path: Path) -> None:
    sheet(tmp_path, [HEAD, ROW])
    with ingest(tmp_path, "a.xlsx,,,province,64", "*.xlsx,แผน,,year,2565") as connection:
        assert rows(connection, AMOUNTS) == [("64", 2565, "allocated", "year", 1000.0)]
        assert rules(connection) == []
        ((why,),) = rows(
            connection,
            """SELECT d->>'$.why' FROM (SELECT unnest(json_extract(decided_by, '$.decisions[*]')) AS d FROM raw_table)
               WHERE d->>'$.what' = 'year'""",
        )
    assert why == "overrides.csv บรรทัด 3 (นักวิเคราะห์: ถามแล้ว)"


def test_places_that_disagree_are_settled(tmp_path: Path) -> None:
    sheet(tmp_path, plan(TITLE, 1000), name="แผน จังหวัดภูเก็ต ปีงบประมาณ 2566.xlsx")
    with ingest(tmp_path, "แผน*.xlsx,,,จังหวัด,สุโขทัย", "แผน*.xlsx,,,ปี,2565") as connection:
        assert rows(connection, AMOUNTS) == [("64", 2565, "allocated", "year", 1000.0)]
        assert rules(connection) == []


def test_a_line_goes_before_a_column_of_the_table(tmp_path: Path) -> None:
    head = [*HEAD, "จังหวัด"]
    sheet(tmp_path, [[TITLE], head, [*ROW, "ภูเก็ต"]])
    with ingest(tmp_path, "a.xlsx,,,province,70") as connection:
        assert rows(connection, AMOUNTS)[0][0] == "70"
        assert rules(connection) == []


def test_head_columns_and_unit_of_a_sheet_of_unknown_words(tmp_path: Path) -> None:
    sheet(tmp_path, [[TITLE], ["อันดับ", "นามภารกิจ", "เม็ดเงิน", "ยอดจริง"], [1, "ภารกิจหนึ่ง", 5, 2]])
    with ingest(
        tmp_path,
        "a.xlsx,,2,header,",
        "a.xlsx,,B,column,project_name",
        "a.xlsx,,C2,column,allocated",
        "a.xlsx,,D,column,disbursed period=Q1",
        "a.xlsx,,,unit,ล้านบาท",
        "a.xlsx,,D,unit,พันบาท",
    ) as connection:
        assert rows(connection, AMOUNTS) == [
            ("64", 2565, "allocated", "year", 5_000_000.0),
            ("64", 2565, "disbursed", "Q1", 2000.0),
        ]
        assert rules(connection) == []
        assert rows(connection, "SELECT confidence FROM raw_table") == [(0.85,)]


def test_roles_of_rows(tmp_path: Path) -> None:
    sheet(tmp_path, [*plan(TITLE, 1000, 2000), [None, "รวมใจ", None, 5]])
    with ingest(tmp_path, "a.xlsx,,4,role,note", "a.xlsx,,5,role,refused") as connection:
        assert [amount for *_, amount in rows(connection, AMOUNTS)] == [1000.0]
        roles = rows(connection, "SELECT row_number, role FROM raw_row ORDER BY 1")
    assert roles == [(1, "title"), (2, "header"), (3, "record"), (4, "note"), (5, "refused")]


def test_where_a_table_is_and_what_is_left_out(tmp_path: Path) -> None:
    sheet(tmp_path, [*plan(TITLE, 1000, 2000), [3, "โครงการร่าง", "ก", 9], [4, "โครงการร่างสอง", "ก", 9]])
    with ingest(tmp_path, "a.xlsx,แผน,A1:D5,table,", "a.xlsx,แผน,A4:D4,skip,") as connection:
        assert [amount for *_, amount in rows(connection, AMOUNTS)] == [1000.0, 9.0]
        assert rows(connection, "SELECT count(*) FROM raw_row") == [(6,)]
        found = rows(connection, "SELECT rule, message_th FROM quality_issue ORDER BY rule")
    assert [rule for rule, _ in found] == ["outside_tables", "override_skip"]
    assert "แถว 6" in found[0][1]
    assert "แถว 4-4" in found[1][1]


def test_a_file_that_is_left_out_is_ignored_and_stays_in_the_raw_rows(tmp_path: Path) -> None:
    sheet(tmp_path, plan(TITLE, 1000))
    sheet(tmp_path, [["รายชื่อ"], [*HEAD, "ผู้ประสานงาน"], [*ROW, "สมมติ ทดลอง"]], name="b.xlsx")
    with ingest(tmp_path, "b.xlsx,,,skip,") as connection:
        assert rows(connection, "SELECT path, status FROM raw_file ORDER BY path") == [
            ("a.xlsx", "loaded"),
            ("b.xlsx", "ignored"),
            ("overrides.csv", "ignored"),
        ]
        assert rows(
            connection, "SELECT count(*) FROM raw_row JOIN raw_file USING (file_id) WHERE path = 'b.xlsx'"
        ) == [(3,)]
        assert rows(connection, "SELECT count(*) FROM raw_row WHERE cells::VARCHAR LIKE '%ทดลอง%'") == [(0,)]


def test_kind_and_stage(tmp_path: Path) -> None:
    head = ["แผนงาน", "งบรายจ่าย", "รายการ", "งบประมาณ (บาท)"]
    sheet(tmp_path, [["เอกสารงบประมาณ จังหวัดสุโขทัย ปีงบประมาณ 2565"], head, ["พื้นฐาน", "งบลงทุน", "อาคาร", 7]])
    with ingest(tmp_path, "a.xlsx,,,stage,act", "a.xlsx,,,kind,budget_line") as connection:
        assert rows(connection, "SELECT stage, amount_baht::DOUBLE FROM core_budget_line") == [("act", 7.0)]
        assert rules(connection) == [("override_superfluous", "info", "overrides.csv")]


def test_when_a_file_came_decides_which_replaces_which(tmp_path: Path) -> None:
    sheet(tmp_path, plan(TITLE, 1000, 2000), name="20220101 แผน.xlsx")
    sheet(tmp_path, plan(TITLE, 1000, 2500), name="20220201 แผน.xlsx")
    with ingest(tmp_path, "20220101 แผน.xlsx,,,received_on,2022-03-01") as connection:
        found = rows(
            connection, "SELECT path, status, received_on FROM raw_file WHERE path LIKE '2022%' ORDER BY path"
        )
    assert found == [
        ("20220101 แผน.xlsx", "loaded", date(2022, 3, 1)),
        ("20220201 แผน.xlsx", "superseded", date(2022, 2, 1)),
    ]


@pytest.mark.parametrize(
    ("line", "reach"),
    [
        ("b.xlsx,,,year,2565", "ไม่มีไฟล์"),
        ("a.xlsx,ไม่มี,,year,2565", "ไม่มีชีต"),
        ("a.xlsx,,Z,column,allocated unit=บาท", "ไม่มีตาราง"),
        ("a.xlsx,,90:99,role,note", "ไม่มีตาราง"),
        ("a.xlsx,,A90:D99,skip,", "ไม่มีตาราง"),
    ],
)
def test_a_line_that_matches_nothing_is_an_error_and_the_run_goes_on(
    tmp_path: Path, line: str, reach: str
) -> None:
    sheet(tmp_path, plan(TITLE, 1000))
    with ingest(tmp_path, line) as connection:
        assert len(rows(connection, AMOUNTS)) == 1
        assert rules(connection) == [("override_unmatched", "error", "overrides.csv")]
        ((message,),) = rows(
            connection, "SELECT message_th FROM quality_issue WHERE rule = 'override_unmatched'"
        )
    assert "overrides.csv บรรทัด 2" in message
    assert reach in message


def test_a_year_for_rows_that_say_it_in_their_heads_decides_nothing(tmp_path: Path) -> None:
    sheet(tmp_path, [["จังหวัดสุโขทัย"], ["ชื่อโครงการ", "งบประมาณ 2565", "งบประมาณ 2566"], ["โครงการ", 1, 2]])
    with ingest(tmp_path, "a.xlsx,,,year,2570") as connection:
        assert [year for _, year, *_ in rows(connection, AMOUNTS)] == [2565, 2566]
        assert rules(connection) == [("override_unmatched", "error", "overrides.csv")]


@pytest.mark.parametrize(
    "line",
    ["a.xlsx,,,year,2565", "a.xlsx,,,province,64", "a.xlsx,,2,header,", "a.xlsx,,D,column,allocated",
     "a.xlsx,,3,role,record", "a.xlsx,,,unit,บาท", "a.xlsx,,,kind,project", "a.xlsx,,A1:D3,table,"],
)  # fmt: skip
def test_a_line_that_the_sheet_makes_superfluous_is_told(tmp_path: Path, line: str) -> None:
    sheet(tmp_path, plan(TITLE, 1000))
    with ingest(tmp_path, line) as connection:
        assert rules(connection) == [("override_superfluous", "info", "overrides.csv")]


def test_a_malformed_file_stops_before_anything_is_read(tmp_path: Path) -> None:
    sheet(tmp_path, plan(TITLE, 1000))
    with pytest.raises(UsageError, match="บรรทัด 2"):
        ingest(tmp_path, "a.xlsx,,,year,ปีหน้า")
    assert not (tmp_path / "baseline.duckdb").exists()


def test_lines_beside_the_sample_speak_of_the_sample(tmp_path: Path) -> None:
    write_sheet(tmp_path / "raw" / "sample" / "a.xlsx", [HEAD, ROW])
    lines = "path,sheet,range,what,value,who,why\na.xlsx,,,year,2565,ก,ข\na.xlsx,,,province,64,ก,ข\n"
    (tmp_path / "raw" / "sample" / "overrides.csv").write_text(lines, encoding="utf-8")
    with ingest(tmp_path) as connection:
        assert rows(connection, AMOUNTS) == [("64", 2565, "allocated", "year", 1000.0)]
        assert rules(connection) == []
