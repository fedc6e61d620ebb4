"""The board against a planted folder, and the grade against the same worked out by hand."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import pytest

from pipeline import grade, store
from pipeline.board import Board, print_board, read_board
from pipeline.errors import SpecError
from pipeline.grade import list_counted, load_grading, say_components, say_grade, write_formula
from pipeline.ingest import ingest
from pipeline.inspect.places import open_pages
from pipeline.portal.cards import read_cards
from pipeline.portal.documents import Made
from pipeline.thai import width_of
from tests.integration.workbooks import plan, write_sheet

BUILT_ON = date(2022, 2, 1)
BAD = "ประมาณ 5 แสน"


def _plant(raw: Path) -> None:
    """Sukhothai: one passed, one waits; Phuket: one passed, twice sent; Nakhon Phanom: one that cannot be read."""
    title = "แผนงานโครงการ จังหวัด{} ปีงบประมาณ พ.ศ. {}"
    write_sheet(raw / "สุโขทัย" / "แผน65.xlsx", plan(title.format("สุโขทัย", 2565), 1000, 2000))
    write_sheet(raw / "สุโขทัย" / "แผน66.xlsx", plan(title.format("สุโขทัย", 2566), 1000, BAD))
    for name in ("แผน", "แผนส่งซ้ำ"):
        write_sheet(raw / "ภูเก็ต" / f"{name}.xlsx", plan(title.format("ภูเก็ต", 2565), 500))
    (raw / "นครพนม").mkdir()
    (raw / "นครพนม" / "แผน.pdf").write_bytes(b"%PDF-1.4")
    days = ("แผน65.xlsx,2022-01-01", "แผน66.xlsx,2022-01-11")
    lines = [f"สุโขทัย/{line}" for line in days] + ["ภูเก็ต/แผน.xlsx,2022-01-20", "ภูเก็ต/แผนส่งซ้ำ.xlsx,2022-01-21"]
    text = "\n".join(["path,received_on", *lines, "นครพนม/แผน.pdf,2022-01-22"])
    (raw / "manifest.csv").write_text(text, encoding="utf-8")


@pytest.fixture(scope="module")
def warehouse(tmp_path_factory: pytest.TempPathFactory) -> Iterator[duckdb.DuckDBPyConnection]:
    folder = tmp_path_factory.mktemp("board")
    (folder / "raw").mkdir()
    _plant(folder / "raw")
    ingest(folder / "raw", folder / "b.duckdb", jobs=1, progress=lambda stage, done, total: None)
    with duckdb.connect(str(folder / "b.duckdb")) as connection:
        connection.execute("INSERT INTO core_release VALUES ('r1', ?, NULL, 2565, false, '0')", [BUILT_ON])
        connection.execute("INSERT INTO quality_asked VALUES ('64'), ('91')")
        yield connection


def _row(warehouse: duckdb.DuckDBPyConnection, province: str, kind: str) -> dict[str, Any]:
    sql = "SELECT * FROM out_submission_board WHERE province_code = ? AND kind = ?"
    (row,) = warehouse.execute(sql, [province, kind]).df().to_dict("records")
    return {str(name): value for name, value in row.items()}


@pytest.mark.parametrize(
    ("province", "kind", "counts", "days", "state"),
    [
        # received, refused, waiting, passed, replaced; days since the newest came, days that the oldest waits
        ("64", "project", (2, 0, 1, 1, 0), (21, 21), "waiting"),
        ("64", "budget_line", (0, 0, 0, 0, 0), (None, None), "none"),
        ("83", "project", (2, 0, 0, 1, 1), (11, None), "passed"),
        ("48", "unknown", (1, 1, 0, 0, 0), (10, 10), "refused"),
        ("91", "project", (0, 0, 0, 0, 0), (None, None), "none"),
    ],
)
def test_the_board_counts_what_came_and_what_became_of_it(
    warehouse: duckdb.DuckDBPyConnection,
    province: str,
    kind: str,
    counts: tuple[int, ...],
    days: tuple[int | None, int | None],
    state: str,
) -> None:
    row = _row(warehouse, province, kind)
    names = ("received", "refused", "waiting", "passed", "replaced")
    assert tuple(row[f"n_{name}"] for name in names) == counts
    told = tuple(None if pd.isna(row[name]) else row[name] for name in ("days_received", "days_waiting"))
    assert told == days
    assert row["state"] == state


def test_every_file_is_on_the_board_once(warehouse: duckdb.DuckDBPyConnection) -> None:
    on_board = warehouse.execute("SELECT sum(n_received) FROM out_submission_board").fetchone()
    found = warehouse.execute("SELECT count(*) FROM raw_file WHERE status <> 'ignored'").fetchone()
    assert on_board == found == (5,)


def test_each_file_on_the_board_has_a_state_of_its_own(warehouse: duckdb.DuckDBPyConnection) -> None:
    counted = (
        "SELECT province_code, kind, count(*) AS n, sum(n_errors)::BIGINT AS e FROM out_submission_file"
        " GROUP BY ALL"
    )
    shown = "SELECT province_code, kind, n_received, n_errors FROM out_submission_board WHERE n_received > 0"
    rows = warehouse.execute(f"{counted} ORDER BY ALL").fetchall()
    assert rows == warehouse.execute(f"{shown} ORDER BY ALL").fetchall()
    states = dict(warehouse.execute("SELECT path, state FROM out_submission_file").fetchall())
    assert sorted(states.values()) == ["passed", "passed", "refused", "replaced", "waiting"]
    assert states["นครพนม/แผน.pdf"] == "refused"


def test_the_board_is_printed_in_columns_that_line_up(warehouse: duckdb.DuckDBPyConnection) -> None:
    board = read_board(warehouse)
    lines = print_board(board)
    assert [line.province_code for line in board.lines] == ["48", "64", "83", "91"]
    head, *rows = lines[:5]
    starts = [width_of(head[: head.index(name)]) for name in (*board.kinds.values(), "ล่าสุด", "เกรด")]
    for line, row in zip(rows, board.lines, strict=True):
        told = row.submissions["project"].told
        assert width_of(line[: line.index(told)]) == starts[0]
        assert row.grade is not None
        assert width_of(line[: line.index(row.grade)]) == starts[-1]
    assert rows[-1].count("ยังไม่ได้รับ") == 3
    assert "รอแก้ไข 1" in rows[1]
    assert lines[5] == write_formula()


def test_the_portal_shows_each_province_as_it_stands_on_the_board(
    warehouse: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    cards, _ = read_cards(warehouse, tmp_path, Made({}, {}), open_pages(warehouse, tmp_path))
    shown = {card.code: card for card in cards}
    assert len(shown) == 77
    states = {code: shown[code].state for code in ("10", "48", "64", "83", "91")}
    assert states == {"10": "none", "48": "refused", "64": "waiting", "83": "passed", "91": "none"}
    (refused,) = shown["48"].refused
    assert (refused.place, refused.link) == ("นครพนม/แผน.pdf", "")
    assert refused.reason
    assert shown["64"].refused == ()
    gravest = shown["64"].rules[0]
    assert (gravest.rule, gravest.severity, gravest.findings) == ("amount_unreadable", "error", 1)
    assert "แผน66.xlsx" in gravest.shown[0][0]
    assert not shown["91"].has_data
    sent = {
        state: [one.place for one in shown[code].sent["project"] if one.state == state]
        for code, state in (("64", "waiting"), ("64", "passed"), ("83", "replaced"))
    }
    assert {state: len(places) for state, places in sent.items()} == {
        "waiting": 1,
        "passed": 1,
        "replaced": 1,
    }
    assert "แผน66.xlsx" in sent["waiting"][0]
    grade = shown["64"].grade
    assert grade is not None
    lowered = {part.component: shown["64"].list_lowering(part) for part in grade.parts}
    assert [rule.rule for rule in lowered["validity"]] == ["amount_unreadable"]


def test_days_go_on_after_the_release(warehouse: duckdb.DuckDBPyConnection) -> None:
    later = read_board(warehouse, today=date(2022, 2, 11))
    assert _sukhothai(later).days_waiting == _sukhothai(read_board(warehouse)).days_waiting + 10


def _sukhothai(board: Board) -> Any:
    return next(line for line in board.lines if line.province_code == "64")


# The grade


def _graded(
    folder: Path, *, due: str | None, change: Callable[[duckdb.DuckDBPyConnection], object] | None = None
) -> dict[str, Any]:
    """A province of five rows: four taken in, one of them wrong, and one refused; 9 of 10 filled; 1 of 2 add up."""
    place = {"file_id": "f", "sheet": "แผน"}
    project = {"province_code": "64", "fiscal_year_be": 2566, "project_name": "โครงการ", "is_current": True}
    tables: dict[str, list[dict[str, Any]]] = {
        "raw_file": [
            {"file_id": "f", "path": "f.xlsx", "bytes": 1, "status": "loaded", "received_on": date(2022, 1, 31)}
        ],
        "raw_table": [
            {"table_id": "t", "table_number": 1, "cell_range": "A1:F9", "is_hidden": False, "status": "loaded"}
            | {"records": 4, "province_code": "64", "decided_by": "{}"}
            | place
        ],
        "raw_row": [{"table_id": "t", "row_number": 9, "role": "refused", "cells": "{}"} | place],
        "core_project": [
            project | place | {"project_id": f"t-{row}", "row_number": row} for row in (5, 6, 7, 8)
        ],
        "quality_issue": [
            {"rule": rule, "severity": severity, "province_code": "64", "cell": cell, "message_th": "ก"}
            | {"stage": "check"}
            | place
            for rule, severity, cell in (("a", "error", "F6"), ("b", "error", "G6"), ("c", "warning", "F7"))
        ],
        "quality_check": [
            {"rule": rule, "rule_group": group, "province_code": "64", "n_checked": of, "n_failed": failed}
            for rule, group, of, failed in (
                ("x", "complete", 6, 1), ("y", "complete", 4, 0), ("z", "reconciled", 2, 1), ("v", "valid", 9, 9),
            )
        ],
        "core_release": [
            {"release_name": "r1", "built_on": BUILT_ON, "is_sample": False, "pipeline_version": "0"}
        ],
    }  # fmt: skip
    tables |= dict(grade.grading_rows())
    if due:
        tables["quality_due"] = [
            {"kind": "project", "fiscal_year_be": 2566, "due_on": date.fromisoformat(due)}
        ]
    with store.open_for_writing(folder / "b.duckdb") as connection:
        store.create_tables(connection)
        for name, rows in tables.items():
            store.append(connection, name, pd.DataFrame(rows))
        store.create_views(connection)
        if change:
            change(connection)
        (row,) = connection.execute("SELECT * FROM out_quality_grade").df().to_dict("records")
    return {str(name): value for name, value in row.items()}


def test_the_grade_is_what_is_worked_out_by_hand(tmp_path: Path) -> None:
    row = _graded(tmp_path, due="2022-01-31")
    assert (row["n_complete"], row["n_complete_of"], row["completeness_pct"]) == (9, 10, 90)
    assert (row["n_valid"], row["n_valid_of"], row["validity_pct"]) == (3, 5, 60)
    assert (row["n_reconciled"], row["n_reconciled_of"], row["reconciliation_pct"]) == (1, 2, 50)
    assert (row["n_in_time"], row["n_in_time_of"], row["timeliness_pct"]) == (1, 1, 100)
    # (30 x 90 + 30 x 60 + 30 x 50 + 10 x 100) / 100
    assert row["score"] == pytest.approx(70)
    assert row["grade"] == "C"
    assert say_grade(row) == "C พอใช้ (70.0 จาก 100)"
    assert say_components(row)[1] == "ความถูกต้อง 60.0 (3 จาก 5)"


def test_without_a_due_day_timeliness_is_not_judged_and_says_so(tmp_path: Path) -> None:
    row = _graded(tmp_path, due=None)
    assert pd.isna(row["timeliness_pct"])
    # (30 x 90 + 30 x 60 + 30 x 50) / 90
    assert row["score"] == pytest.approx(200 / 3)
    assert row["grade"] == "D"
    assert say_components(row)[3] == "ความตรงเวลา ไม่ประเมิน"
    assert load_grading().due == {}
    assert "ไม่มีกำหนดส่ง" in list_counted()[-1]


def test_what_is_late_or_has_not_come_is_not_in_time(tmp_path: Path) -> None:
    (tmp_path / "late").mkdir()
    assert _graded(tmp_path / "late", due="2022-01-30")["timeliness_pct"] == 0

    def ask_of_another_year(connection: duckdb.DuckDBPyConnection) -> None:
        connection.execute("UPDATE core_project SET fiscal_year_be = 2565")

    row = _graded(tmp_path, due="2022-01-31", change=ask_of_another_year)
    assert (row["n_in_time"], row["n_in_time_of"]) == (0, 1)


def test_what_is_not_due_yet_is_not_judged(tmp_path: Path) -> None:
    def build_earlier(connection: duckdb.DuckDBPyConnection) -> None:
        connection.execute("UPDATE core_release SET built_on = DATE '2022-01-31'")
        connection.execute("UPDATE core_project SET fiscal_year_be = 2565")

    assert pd.isna(_graded(tmp_path, due="2022-01-31", change=build_earlier)["timeliness_pct"])


def test_the_formula_is_made_of_the_weights_that_count(monkeypatch: pytest.MonkeyPatch) -> None:
    assert write_formula().startswith(
        "คะแนน (0-100) = (30 × ความครบถ้วน + 30 × ความถูกต้อง + 30 × การบวกลบตรงกัน"
    )
    content = grade.specs.load_yaml(grade.GRADE_FILE)
    content["components"]["validity"]["weight"] = 45
    monkeypatch.setattr(grade.specs, "load_yaml", lambda name: content)
    monkeypatch.setattr(grade, "load_grading", grade.load_grading.__wrapped__)
    assert "45 × ความถูกต้อง" in write_formula()
    assert "÷ 115" in write_formula()
    rows = dict(grade.grading_rows())["quality_component"]
    assert {row["component"]: row["weight"] for row in rows}["validity"] == 45


@pytest.mark.parametrize(
    "change",
    [
        {"letters": [{"letter": "A", "name": "ก", "at_least": 10}]},
        {"due": [{"kind": "project", "fiscal_year_be": 2023, "due_on": date(2022, 1, 1)}]},
        {"due": [{"kind": "project", "fiscal_year_be": 2566, "due_on": "soon"}]},
        {"components": {}},
    ],
)
def test_a_wrong_grading_is_an_error(monkeypatch: pytest.MonkeyPatch, change: dict[str, object]) -> None:
    content = grade.specs.load_yaml(grade.GRADE_FILE)
    monkeypatch.setattr(grade.specs, "load_yaml", lambda name: content | change)
    with pytest.raises(SpecError, match=r"grade\.yml"):
        grade.load_grading.__wrapped__()
