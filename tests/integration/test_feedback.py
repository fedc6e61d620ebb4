"""The form for readers of a brief: written by us, filled by them, read back, and told in the lessons."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import duckdb
import openpyxl
import pytest

from pipeline import lessons
from pipeline.brief_tables import Table
from pipeline.brief_text.reading import read_rows
from pipeline.charts.chart import Chart
from pipeline.collection import list_subjects, write_feedback
from pipeline.ingest import ingest

# By column of the form: useful, its words, understood, its words, satisfied, its words.
Answers = list[tuple[Any, ...]]
TWO: Answers = [(5, "ใช้ทำแผนได้", 4, None, 3, "ติดต่อ 0812345678"), (4, None, 2, None, None, None)]
WORDS = """SELECT * FROM core_feedback JOIN core_province USING (province_code)
           WHERE is_current AND words IS NOT NULL ORDER BY ALL"""


def fill(folder: Path, code: str, year_be: int, answers: Answers, *, name: str = "") -> Path:
    """Write a form as the command does, and fill it as readers do."""
    (subject,) = list_subjects([code], year_be, {})
    path = write_feedback(folder, subject)
    book = openpyxl.load_workbook(path)
    sheet = book.active
    assert sheet is not None
    (head,) = [row[0].row for row in sheet.iter_rows() if row[0].value == "ลำดับ"]
    assert head is not None
    for row, answer in enumerate(answers, start=head + 1):
        for column, value in enumerate(answer, start=2):
            sheet.cell(row, column, value)
    book.save(path)
    return path.rename(path.with_name(name)) if name else path


def read(raw: Path) -> duckdb.DuckDBPyConnection:
    database = raw.parent / "baseline.duckdb"
    ingest(raw, database, jobs=1, progress=lambda stage, done, total: None)
    return duckdb.connect(str(database), read_only=True)


def test_a_filled_form_is_read_back_cell_by_cell(tmp_path: Path) -> None:
    fill(tmp_path / "raw", "64", 2565, TWO)
    with read(tmp_path / "raw") as warehouse:
        rows = warehouse.execute(
            "SELECT province_code, fiscal_year_be, question, score, words, cell FROM core_feedback ORDER BY cell"
        ).fetchall()
        assert rows == [
            ("64", 2565, "useful", 5, "ใช้ทำแผนได้", "B6"),
            ("64", 2565, "useful", 4, None, "B7"),
            ("64", 2565, "understood", 4, None, "D6"),
            ("64", 2565, "understood", 2, None, "D7"),
            ("64", 2565, "satisfied", 3, "ติดต่อ [โทรศัพท์]", "F6"),
        ]
        assert warehouse.execute("SELECT kind, status FROM raw_table").fetchall() == [("feedback", "loaded")]
        assert warehouse.execute("SELECT count(*) FROM out_submission_board").fetchone() == (0,)
        told = warehouse.execute("SELECT rule FROM quality_issue").fetchall()
        assert told == [("personal_data",)]


def test_a_blank_form_holds_nothing_and_is_no_error(tmp_path: Path) -> None:
    fill(tmp_path / "raw", "64", 2565, [])
    with read(tmp_path / "raw") as warehouse:
        assert warehouse.execute("SELECT count(*) FROM core_feedback").fetchone() == (0,)
        assert warehouse.execute("SELECT rule, severity FROM quality_issue").fetchall() == [
            ("table_blank", "info")
        ]


@pytest.mark.parametrize("score", [0, 6, 3.5, "มาก"])
def test_what_is_no_score_is_told_at_its_cell_and_not_counted(tmp_path: Path, score: Any) -> None:
    fill(tmp_path / "raw", "64", 2565, [(score, "ดี", 4, None, 5, None), TWO[1]])
    with read(tmp_path / "raw") as warehouse:
        assert warehouse.execute("SELECT score, words FROM core_feedback WHERE cell = 'B6'").fetchall() == [
            (None, "ดี")
        ]
        ((severity, cell),) = warehouse.execute("SELECT severity, cell FROM quality_issue").fetchall()
        assert (severity, cell) == ("error", "B6")


def test_a_later_form_of_the_same_brief_replaces_the_one_before(tmp_path: Path) -> None:
    raw = tmp_path / "raw"
    fill(raw, "64", 2565, TWO, name="ประเมิน 2022-01-05.xlsx")
    fill(raw, "64", 2565, [*TWO, (1, None, 1, None, 1, None)], name="ประเมิน 2022-02-05.xlsx")
    fill(raw, "48", 2565, TWO)
    with read(raw) as warehouse:
        counts = "SELECT province_code, n_scores, mean_score FROM out_feedback WHERE question = 'useful' ORDER BY 1"
        assert warehouse.execute(counts).fetchall() == [("48", 2, 4.5), ("64", 3, pytest.approx(10 / 3))]
        statuses = warehouse.execute(
            "SELECT status, count(*) FROM raw_table GROUP BY ALL ORDER BY 1"
        ).fetchall()
        assert statuses == [("loaded", 2), ("superseded", 1)]


def test_the_lessons_tell_what_readers_said(tmp_path: Path) -> None:
    raw = tmp_path / "raw"
    fill(raw, "64", 2565, TWO)
    fill(raw, "48", 2565, [(2, None, 3, "ตารางยาว", 4, None)])
    with read(raw) as warehouse:
        feedback, words = read_rows(warehouse, "SELECT * FROM out_feedback"), read_rows(warehouse, WORDS)
    told = lessons.tell_readers(feedback, words, source="ตัวอย่าง")
    assert "ต่อรายงาน 2 เล่ม ของปีงบประมาณ พ.ศ. 2565 จากผู้ตอบ 3 คน" in str(told[0])
    assert sum(isinstance(item, Chart) for item in told) == 1
    scores, written = [item.cells for item in told if isinstance(item, Table)]
    assert scores[0] == ["มีประโยชน์ต่อการทำแผน", "3", "3.7", "0", "1", "0", "1", "1"]
    assert [row[0] for row in scores] == ["มีประโยชน์ต่อการทำแผน", "อ่านเข้าใจ", "พึงพอใจ"]
    assert ["นครพนม 2565", "อ่านเข้าใจ", "ตารางยาว"] in written
    assert "0812345678" not in str(written)
    none = lessons.tell_readers(feedback.head(0), words.head(0), source="ตัวอย่าง")
    assert len(none) == 1
    assert "ยังไม่ได้รับแบบประเมิน" in str(none[0])
