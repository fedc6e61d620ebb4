"""Projects placed in the plan: by their own column, by words, and by an analyst whose word is remembered."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import duckdb
import pytest

from pipeline.alignment import SETTLED_FILE, TO_SETTLE_FILE, analyse, read_settled
from pipeline.alignment.settled import COLUMNS
from pipeline.errors import UsageError
from tests.integration.workbooks import ingest_folder, write_sheet

HEAD = ["ลำดับ", "ชื่อโครงการ", "มิติ", "หน่วยงาน", "วัตถุประสงค์", "งบประมาณที่ได้รับจัดสรร (บาท)"]
OFFICE = "สำนักงานยุติธรรมจังหวัดสุโขทัย"
ROWS = (
    ("โครงการรวมใจ", "มิติที่ 3 การสร้างเครือข่ายความร่วมมือในการบริหารงานยุติธรรม", OFFICE, "", 300),
    ("โครงการยุติธรรมเคลื่อนที่", "", OFFICE, "", 400),
    ("โครงการไกล่เกลี่ยหนี้สิน", "", "สำนักงานบังคับคดีจังหวัดสุโขทัย", "", 900),
    ("โครงการประจำปี", "", "เรือนจำสุโขทัย", "เพื่อฝึกอาชีพผู้ต้องขัง", 500),
    ("-โครงการปลูกป่า", "", "", "", 600),
)


def lay(tmp_path: Path, rows: Sequence[Sequence[Any]] = ROWS, *, year: int = 2566) -> Path:
    """Write a plan under raw/."""
    titled = [[f"แผนงานโครงการ จังหวัดสุโขทัย ปีงบประมาณ พ.ศ. {year}"], HEAD]
    write_sheet(tmp_path / "raw" / "a.xlsx", [*titled, *([n, *row] for n, row in enumerate(rows, start=1))])
    return tmp_path / "raw"


def settle(raw: Path, *lines: dict[str, str], columns: Sequence[str] = COLUMNS) -> None:
    with (raw / SETTLED_FILE).open("w", encoding="utf-8-sig", newline="") as target:
        writer = csv.DictWriter(target, columns, restval="")
        writer.writeheader()
        writer.writerows(lines)


def run(raw: Path) -> duckdb.DuckDBPyConnection:
    """Ingest and analyse."""
    database = raw.parent / "baseline.duckdb"
    database.unlink(missing_ok=True)
    ingest_folder(raw, database)[1].close()
    analyse(database, raw.parent, read_settled(raw, is_sample=False))
    return duckdb.connect(str(database), read_only=True)


def placed(connection: duckdb.DuckDBPyConnection) -> dict[str, tuple[Any, ...]]:
    sql = """SELECT project_name, item_code, how, words
             FROM core_project_alignment JOIN core_project USING (project_id)"""
    return {name: tuple(rest) for name, *rest in connection.execute(sql).fetchall()}


def issues(connection: duckdb.DuckDBPyConnection) -> list[tuple[Any, ...]]:
    sql = "SELECT rule, severity, path, cell FROM quality_issue WHERE stage = 'analyse' ORDER BY ALL"
    return connection.execute(sql).fetchall()


def to_settle(tmp_path: Path) -> list[dict[str, str]]:
    with (tmp_path / TO_SETTLE_FILE).open(encoding="utf-8-sig", newline="") as lines:
        return list(csv.DictReader(lines))


SIGNED = {"who": "นักวิเคราะห์ ก", "why": "ถามแล้ว", "when": "2026-01-15"}


def test_column_words_and_other_words_place_projects(tmp_path: Path) -> None:
    with run(lay(tmp_path)) as connection:
        found = placed(connection)
        assert found["โครงการรวมใจ"][:2] == ("3", "column")
        assert found["โครงการยุติธรรมเคลื่อนที่"] == ("1", "rule", "ยุติธรรมเคลื่อนที่")
        assert found["โครงการไกล่เกลี่ยหนี้สิน"] == (None, "unsure", "ไกล่เกลี่ย")
        assert found["โครงการประจำปี"] == ("2", "rule", "ผู้ต้องขัง")
        assert found["-โครงการปลูกป่า"] == (None, "unsure", None)
        assert issues(connection) == [("agency_ambiguous", "warning", "a.xlsx", "6:6")]
        tags = connection.execute("SELECT tag_code, words FROM core_project_tag ORDER BY 1").fetchall()
        assert tags == [("legal_aid", "ยุติธรรมเคลื่อนที่"), ("mediation", "ไกล่เกลี่ย"), ("prisoner", "ผู้ต้องขัง")]
    assert [(row["project_name"], row["candidates"]) for row in to_settle(tmp_path)] == [
        ("โครงการไกล่เกลี่ยหนี้สิน", "1|2|3"),
        ("'-โครงการปลูกป่า", ""),
    ]


@pytest.mark.parametrize(("year", "is_in_force"), [(2565, False), (2566, True), (2569, True), (2570, False)])
def test_the_plan_in_force_goes_by_the_fiscal_year(tmp_path: Path, year: int, is_in_force: bool) -> None:
    with run(lay(tmp_path, ROWS[1:2], year=year)) as connection:
        sql = "SELECT plan_id, is_in_force FROM core_project_alignment"
        assert connection.execute(sql).fetchall() == [("njamp_4", is_in_force)]


def test_filling_one_column_and_moving_the_file_settles_for_good(tmp_path: Path) -> None:
    raw = lay(tmp_path)
    run(raw).close()
    rows = to_settle(tmp_path)
    rows[0]["item_code"], rows[1]["item_code"] = "1", "-"
    settle(raw, *rows, columns=list(rows[0]))
    for _ in range(2):
        with run(raw) as connection:
            found = placed(connection)
            assert found["โครงการไกล่เกลี่ยหนี้สิน"] == ("1", "settled", None)
            assert found["-โครงการปลูกป่า"] == (None, "settled", None)
            assert [rule for rule, *_ in issues(connection)] == ["agency_ambiguous", "alignment_unsigned"]
            assert connection.execute(
                "SELECT status FROM raw_file WHERE path = 'alignment.csv'"
            ).fetchall() == [("ignored",)]
        assert to_settle(tmp_path) == []


def test_the_most_particular_line_wins_over_column_and_words(tmp_path: Path) -> None:
    raw = lay(tmp_path)
    every = {"project_name": "โครงการรวมใจ", "item_code": "1", **SIGNED}
    one = {**every, "agency_name": OFFICE, "province": "สุโขทัย", "item_code": "2", "tags": "drug|mediation"}
    other = {**every, "province": "48", "item_code": "-"}
    settle(raw, every, one, other)
    with run(raw) as connection:
        assert placed(connection)["โครงการรวมใจ"] == ("2", "settled", None)
        sql = "SELECT tag_code, how FROM core_project_tag WHERE how = 'settled' ORDER BY 1"
        assert connection.execute(sql).fetchall() == [("drug", "settled"), ("mediation", "settled")]
        told = connection.execute(
            "SELECT settled_by FROM core_project_alignment WHERE how = 'settled'"
        ).fetchone()
        assert told == ("alignment.csv บรรทัด 3 (ถามแล้ว, 2026-01-15)",)
        assert ("alignment_unmatched", "error", "alignment.csv", None) in issues(connection)
        assert "alignment_unsigned" not in {rule for rule, *_ in issues(connection)}


def test_a_project_id_settles_that_one_project(tmp_path: Path) -> None:
    raw = lay(tmp_path, [*ROWS[2:3], *ROWS[2:3]])
    with run(raw) as connection:
        ids = [
            row[0] for row in connection.execute("SELECT project_id FROM core_project ORDER BY 1").fetchall()
        ]
    settle(
        raw, {"project_id": ids[0], "item_code": "2", **SIGNED}, {"project_id": "gone", "tags": "-", **SIGNED}
    )
    with run(raw) as connection:
        sql = "SELECT project_id, how FROM core_project_alignment ORDER BY 1"
        assert connection.execute(sql).fetchall() == [(ids[0], "settled"), (ids[1], "unsure")]
        assert ("alignment_unmatched", "error", "alignment.csv", None) in issues(connection)


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ({"item_code": "1"}, "บรรทัด 2: ช่อง project_name และ project_id ว่างทั้งคู่"),
        ({"project_name": "ก", "item_code": "9"}, 'บรรทัด 2: item_code "9"'),
        ({"project_name": "ก", "item_code": "1", "plan_id": "njamp_3"}, 'บรรทัด 2: ไม่มีแผน "njamp_3"'),
        ({"project_name": "ก", "item_code": "1", "province": "เพชร"}, 'บรรทัด 2: ไม่รู้จัก province "เพชร"'),
        ({"project_name": "ก", "tags": "drug|nothing"}, "บรรทัด 2: ไม่รู้จักป้าย nothing"),
    ],
)
def test_a_malformed_line_stops_the_run(tmp_path: Path, line: dict[str, str], told: str) -> None:
    settle(tmp_path, line)
    with pytest.raises(UsageError, match=told):
        read_settled(tmp_path, is_sample=False)


def test_lines_that_contradict_and_a_missing_column_stop_the_run(tmp_path: Path) -> None:
    settle(tmp_path, {"project_name": "ก", "item_code": "1"}, {"project_name": " ก ", "item_code": "2"})
    with pytest.raises(UsageError, match="บรรทัด 2 กับ alignment.csv บรรทัด 3 ขัดกัน"):
        read_settled(tmp_path, is_sample=False)
    settle(tmp_path, {"project_name": "ก"}, columns=("project_name", "item_code"))
    with pytest.raises(UsageError, match="บรรทัด 1: ไม่มีคอลัมน์"):
        read_settled(tmp_path, is_sample=False)


def test_the_sample_is_placed_by_words_that_stand_in_it(sample_warehouse: duckdb.DuckDBPyConnection) -> None:
    counts = dict(
        sample_warehouse.execute(
            "SELECT coalesce(item_code, how), count(*) FROM core_project_alignment GROUP BY 1"
        ).fetchall()
    )
    assert counts == {"1": 8, "2": 10, "3": 2, "unsure": 49}
    words = sample_warehouse.execute(
        """SELECT lower(replace(p.project_name, ' ', '')), string_split(a.words, '|')
           FROM core_project_alignment AS a JOIN core_project AS p USING (project_id) WHERE a.how = 'rule'"""
    ).fetchall()
    assert all(word.replace(" ", "") in name for name, given in words for word in given)
