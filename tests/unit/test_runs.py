"""Runs over time: a table, a page that draws them, nights that were missed, and events kept by age."""

from __future__ import annotations

import csv
import json
import re
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

from lxml import html as markup

from pipeline.errors import EXIT_ATTENTION, EXIT_NOT_PUBLISHED
from pipeline.operation import load_operation
from pipeline.operation.diary import LOGS, Run, note_run, read_runs
from pipeline.operation.events import note_event, noting, remove_old_events
from pipeline.operation.missed import list_missed, next_due
from pipeline.operation.table import PAGE, TABLE, render_page, write_table

OPERATION = replace(load_operation(), hour=2, minute=30, random_delay_minutes=30)
FIRST = datetime.fromisoformat("2026-01-01T02:41:00+07:00")


def night(number: int, **more: object) -> Run:
    """A run that the schedule started, so many nights after the first."""
    started = (FIRST + timedelta(days=number)).isoformat()
    made = Run(
        started, 20.0 + number, EXIT_ATTENTION, f"R{number}", stages={"ingest": 5.0, "briefs": 15.0 + number}
    )
    return replace(
        made, peak_mb=400 + number, peaks={"ingest": 200, "briefs": 400 + number}, is_scheduled=True, **more
    )


def test_a_night_on_which_no_run_began_is_told() -> None:
    runs = [night(0), night(1), night(4), night(5)]
    assert list_missed(runs, OPERATION) == [date(2026, 1, 3), date(2026, 1, 4)]
    # Whoever starts one by hand that day has made up for it, and a schedule that ended is not missed.
    by_hand = replace(night(2), started="2026-01-03T09:00:00+07:00", is_scheduled=False)
    assert list_missed([*runs[:2], by_hand, *runs[2:]], OPERATION) == [date(2026, 1, 4)]
    assert list_missed([night(0), replace(night(9), is_scheduled=False)], OPERATION) == []
    assert list_missed([], OPERATION) == []
    # Up to now, where the last one came by the schedule; a machine that is off for an hour is late, no more.
    for now, missed in (("04T08:59", []), ("04T09:01", [4]), ("05T08:00", [4])):
        moment = datetime.fromisoformat(f"2026-01-{now}:00+07:00")
        assert [
            day.day for day in list_missed([night(0), night(1), night(2)], OPERATION, now=moment)
        ] == missed
        by_hand = replace(night(2), is_scheduled=False)
        assert list_missed([night(0), night(1), by_hand], OPERATION, now=moment) == []


def test_the_next_run_is_due_a_night_after_the_last_and_only_where_it_is_scheduled() -> None:
    assert next_due([night(0)], OPERATION) == datetime.fromisoformat("2026-01-02T09:00:00+07:00")
    early = replace(night(0), started="2026-01-01T01:00:00+07:00")
    assert next_due([early], OPERATION) == datetime.fromisoformat("2026-01-01T09:00:00+07:00")
    assert next_due([replace(night(0), is_scheduled=False)], OPERATION) is None
    assert next_due([], OPERATION) is None


def test_the_table_has_a_row_for_each_stage_and_the_page_draws_each_run(tmp_path: Path) -> None:
    failed = night(3, told="ดิสก์เต็ม <b>", exit_code=EXIT_NOT_PUBLISHED, release=None)
    runs = [night(0), night(1, is_same=True, stages={}), failed]
    for run in runs:
        note_run(tmp_path, run, ["สรุป"], days=400)
    write_table(tmp_path, OPERATION)
    with (tmp_path / LOGS / TABLE).open(encoding="utf-8", newline="") as lines:
        rows = [
            (row["started"][:10], row["stage"], row["seconds"], row["peak_mb"])
            for row in csv.DictReader(lines)
        ]
    assert rows[:3] == [
        ("2026-01-01", "ingest", "5.0", "200"),
        ("2026-01-01", "briefs", "15.0", "400"),
        ("2026-01-01", "all", "20.0", "400"),
    ]
    assert len(rows) == 3 + 1 + 3
    page = markup.fromstring((tmp_path / LOGS / PAGE).read_text(encoding="utf-8"))
    titles = [title.text for title in page.xpath("(//figure)[1]//rect/title")]
    assert titles == [
        "2026-01-01 02:41 เผยแพร่ มีรายการที่ควรดู: 20.0 วินาที",
        "2026-01-02 02:41 ไม่มีสิ่งใดเปลี่ยน: 21.0 วินาที",
        "2026-01-04 02:41 ไม่ได้เผยแพร่: 23.0 วินาที",
    ]
    assert page.xpath("count(//figure)") == 4
    assert [one.get("class") for one in page.xpath("(//figure)[1]//rect")] == [None, "same", "fail"]
    assert "2026-01-03" in page.xpath("string(//p[@class='alarm'][not(@id)])")
    assert page.xpath("//*[@id='late']/@data-due") == ["2026-01-05T09:00:00+07:00"]
    assert "ดิสก์เต็ม <b>" in page.text_content()


def test_a_page_in_a_release_says_that_it_is_of_then() -> None:
    page = markup.fromstring(render_page([night(0)], OPERATION, now=FIRST, is_live=False))
    assert page.xpath("//*[@id='late']/@data-due") == [""]
    assert "../logs/index.html" in page.xpath("//header//a/@href")
    assert (
        markup.fromstring(render_page([], OPERATION, now=FIRST, is_live=True)).xpath("count(//figure)") == 2
    )


def test_lines_written_by_an_earlier_version_are_read(tmp_path: Path) -> None:
    (tmp_path / LOGS).mkdir()
    line = {"started": FIRST.isoformat(), "seconds": 1.0, "exit_code": 0, "release": None, "is_same": False}
    (tmp_path / LOGS / "runs.jsonl").write_text(json.dumps(line) + "\n", encoding="utf-8")
    (run,) = read_runs(tmp_path)
    assert (run.peaks, run.is_scheduled) == ({}, False)


def test_events_are_lines_of_json_and_go_by_age(tmp_path: Path) -> None:
    passed: list[tuple[str, int, int]] = []
    progress = noting(tmp_path, lambda *told: passed.append(told))
    for done in range(3):
        progress("ingest", done, 2)
    note_event(tmp_path, "ended", exit_code=3)
    (path,) = (tmp_path / LOGS).glob("events-*.jsonl")
    told = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    assert [(one["event"], one.get("stage")) for one in told] == [
        ("stage", "ingest"), ("stage_done", "ingest"), ("ended", None),
    ]  # fmt: skip
    assert len(passed) == 3
    assert all(re.match(r"\d{4}-\d\d-\d\dT.*[+-]\d\d:\d\d$", one["at"]) for one in told)
    today = datetime.now().astimezone().date()
    (tmp_path / LOGS / f"events-{today - timedelta(days=11)}.jsonl").touch()
    (tmp_path / LOGS / f"events-{today - timedelta(days=10)}.jsonl").touch()
    gone = remove_old_events(tmp_path, today, days=10)
    assert gone == [f"events-{today - timedelta(days=11)}.jsonl"]
