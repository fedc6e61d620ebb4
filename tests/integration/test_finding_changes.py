"""Findings beside those of the release before: which are gone, which stay, which are new; and who sent what when."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import duckdb
import pytest

from pipeline import store
from pipeline.ingest import ingest
from pipeline.since import compare_with
from tests.integration.workbooks import HEAD, plan, write_sheet

TITLE = "แผนงานโครงการ จังหวัดสุโขทัย ปีงบประมาณ พ.ศ. 2565"
FIRST, SECOND = "20220101 แผน65.xlsx", "20220601 แผน65 แก้ไข.xlsx"
NAMES = ["ก่อสร้างรั้ว", "อบรมอาสาสมัคร", "ไกล่เกลี่ยข้อพิพาท", "ตรวจเยี่ยม"]


def release(folder: Path, name: str, *, previous: str | None = None) -> list[tuple[Any, ...]]:
    """Ingest folder/raw as a release, compare it with an earlier one, and list errors that changed or stay."""
    database = folder / f"{name}.duckdb"
    ingest(folder / "raw", database, jobs=1, progress=lambda stage, done, total: None)
    with store.open_for_writing(database) as connection:
        connection.execute(
            "INSERT INTO core_release VALUES (?, '2022-07-01', NULL, 2565, false, '0')", [name]
        )
    compare_with(database, folder / f"{previous}.duckdb" if previous else None)
    sql = """SELECT change, rule, path, cell, earlier_path, earlier_cell FROM out_finding_change
             WHERE severity = 'error'"""
    return ask(folder, name, sql)


def ask(folder: Path, name: str, sql: str) -> list[tuple[Any, ...]]:
    with duckdb.connect(str(folder / f"{name}.duckdb"), read_only=True) as connection:
        return connection.execute(sql).fetchall()


def send(folder: Path, name: str, *amounts: Any, names: Sequence[str] = NAMES) -> Path:
    return write_sheet(folder / "raw" / name, plan(TITLE, *amounts, names=names))


def test_a_first_release_has_nothing_to_compare(tmp_path: Path) -> None:
    send(tmp_path, FIRST, 1, "ราวห้าแสน", 3, 4)
    assert release(tmp_path, "r1") == []
    assert ask(tmp_path, "r1", "SELECT count(*) FROM quality_issue WHERE severity = 'error'") == [(1,)]


def test_nothing_new_stays_as_it_was(tmp_path: Path) -> None:
    send(tmp_path, FIRST, 1, "ราวห้าแสน", 3, 4)
    release(tmp_path, "r1")
    found = release(tmp_path, "r2", previous="r1")
    assert found == [("stays", "amount_unreadable", FIRST, "D4", FIRST, "D4")]
    assert ask(tmp_path, "r2", "SELECT DISTINCT change, earlier_release FROM out_finding_change") == [
        ("stays", "r1")
    ]


def test_a_submission_that_comes_again_takes_its_findings_along(tmp_path: Path) -> None:
    """The second's rows moved down by one: one finding is mended, one stays with its project, one is new."""
    send(tmp_path, FIRST, 1, "ราวห้าแสน", "ราวหกแสน", 4)
    release(tmp_path, "r1")
    send(tmp_path, SECOND, 9, 1, 500_000, "ราวเจ็ดแสน", "ราวสองแสน", names=["โครงการเพิ่ม", *NAMES])
    assert release(tmp_path, "r2", previous="r1") == [
        ("gone", "amount_unreadable", FIRST, "D4", FIRST, "D4"),
        ("new", "amount_unreadable", SECOND, "D7", None, None),
        ("stays", "amount_unreadable", SECOND, "D6", FIRST, "D5"),
    ]
    gone = ask(
        tmp_path,
        "r2",
        "SELECT f.path FROM quality_finding_change JOIN raw_file AS f USING (file_id) WHERE change = 'gone'",
    )
    assert gone == [(SECOND,)]


@pytest.mark.parametrize("name", [FIRST, "20220601 ชื่ออื่น.xlsx"])
def test_a_file_that_took_the_place_of_another_is_known_by_its_path_or_its_subject(
    tmp_path: Path, name: str
) -> None:
    first = send(tmp_path, FIRST, 1, "ราวห้าแสน", "ราวหกแสน", 4)
    release(tmp_path, "r1")
    first.unlink()
    send(tmp_path, name, 1, 500_000, "ราวหกแสน", 4)
    assert release(tmp_path, "r2", previous="r1") == [
        ("gone", "amount_unreadable", FIRST, "D4", FIRST, "D4"),
        ("stays", "amount_unreadable", name, "D5", FIRST, "D5"),
    ]


def test_rows_that_no_record_comes_of_are_known_by_their_cell(tmp_path: Path) -> None:
    rows = [["แผนงานโครงการ ปีงบประมาณ 2565"], [*HEAD, "จังหวัด"]]
    rows += [[number, f"โครงการที่ {number}", "ก", number, "เมืองสมมติ"] for number in (1, 2)]
    rows.append([3, "โครงการที่ 3", "ก", 5, "สุโขทัย"])
    write_sheet(tmp_path / "raw" / FIRST, rows)
    release(tmp_path, "r1")
    rows[2][4] = "สุโขทัย"
    write_sheet(tmp_path / "raw" / FIRST, rows)
    assert [(change, cell) for change, _, _, cell, *_ in release(tmp_path, "r2", previous="r1")] == [
        ("gone", "E3"),
        ("stays", "E4"),
    ]


HISTORY = """SELECT path, status, replaced_by_path, n_added, n_removed, n_changed, n_rows, last_release
             FROM out_submission_history"""


def test_the_history_keeps_what_was_replaced_and_what_was_taken_away(tmp_path: Path) -> None:
    first = send(tmp_path, FIRST, 1, "ราวห้าแสน", 3, 4)
    release(tmp_path, "r1")
    send(tmp_path, SECOND, 1, 500_000, 3, 5, names=[*NAMES[:3], "โครงการอื่น"])
    release(tmp_path, "r2", previous="r1")
    both = [
        (SECOND, "loaded", None, None, None, None, 4, None),
        (FIRST, "superseded", SECOND, 1, 1, 1, 4, None),
    ]
    assert ask(tmp_path, "r2", HISTORY) == both
    release(tmp_path, "r3", previous="r2")
    assert ask(tmp_path, "r3", HISTORY) == both
    first.unlink()
    after = [both[0], (FIRST, "gone", SECOND, 1, 1, 1, 4, "r3")]
    for name, previous in (("r4", "r3"), ("r5", "r4")):
        release(tmp_path, name, previous=previous)
        assert ask(tmp_path, name, HISTORY) == after


def test_checking_again_compares_again(tmp_path: Path) -> None:
    send(tmp_path, FIRST, 1, "ราวห้าแสน", 3, 4)
    release(tmp_path, "r1")
    release(tmp_path, "r2", previous="r1")
    sql = "SELECT * FROM quality_finding_change"
    before = ask(tmp_path, "r2", sql)
    compare_with(tmp_path / "r2.duckdb", tmp_path / "r1.duckdb")
    assert ask(tmp_path, "r2", sql) == before
    compare_with(tmp_path / "r2.duckdb", None)
    assert ask(tmp_path, "r2", sql) == []


ROWS = """SELECT change, subject, field, old_value, new_value, earlier_path, path FROM out_submission_change
          ORDER BY ALL"""


@pytest.mark.parametrize("name", [FIRST, "20220601 ชื่ออื่น.xlsx"])
def test_rows_of_a_file_that_was_overwritten_are_compared_and_stay_in_the_history(
    tmp_path: Path, name: str
) -> None:
    """What comes back most often has the name of what went out, and lies where that lay."""
    first = send(tmp_path, FIRST, 1, "ราวห้าแสน", 3, 4)
    release(tmp_path, "r1")
    first.unlink()
    send(tmp_path, name, 1, 500_000, 3, 5, names=[*NAMES[:3], "โครงการอื่น"])
    release(tmp_path, "r2", previous="r1")
    amount = "2565 allocated year"
    expected = [
        ("added", "โครงการอื่น", None, None, f"{amount} 5.00", FIRST, name),
        ("changed", NAMES[1], amount, None, "500,000.00", FIRST, name),
        ("removed", NAMES[3], None, f"{amount} 4.00", None, FIRST, name),
    ]
    assert ask(tmp_path, "r2", ROWS) == expected
    history = [(name, "loaded", None, None, None, None, 4, None), (FIRST, "gone", name, 1, 1, 1, 4, "r1")]
    assert sorted(ask(tmp_path, "r2", HISTORY), key=str) == sorted(history, key=str)
    release(tmp_path, "r3", previous="r2")
    assert ask(tmp_path, "r3", ROWS) == expected
    assert sorted(ask(tmp_path, "r3", HISTORY), key=str) == sorted(history, key=str)


def test_another_plan_under_the_same_name_replaces_nothing(tmp_path: Path) -> None:
    send(tmp_path, FIRST, 1, 2, 3, 4)
    release(tmp_path, "r1")
    send(tmp_path, FIRST, 5, 6, 7, 8, names=[f"โครงการใหม่ {number}" for number in range(4)])
    release(tmp_path, "r2", previous="r1")
    assert ask(tmp_path, "r2", ROWS) == []
    assert sorted(row[1:3] for row in ask(tmp_path, "r2", HISTORY)) == [("gone", None), ("loaded", None)]
