"""What went back is corrected, dropped in and read again: findings go, amounts change, the history shows both."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import openpyxl
import pytest
from lxml import html

from pipeline.returns import RETURNS_FOLDER
from tests.conftest import run_pipeline
from tests.integration.office import correct_in_office
from tests.integration.returned import write_plan
from tests.integration.workbooks import plan, write_sheet

RECEIVED, CORRECTED = 1_640_995_200, 1_648_771_200
NAME = "แผน65.xlsx"
# Corrected with openpyxl, which calculates nothing; and with LibreOffice, which calculates what depends on the cell.
BY_HAND, BY_OFFICE = "64-sukhothai", "48-nakhon-phanom"
CODES = {BY_HAND: "64", BY_OFFICE: "48"}
FOLDERS = {BY_HAND: "สุโขทัย", BY_OFFICE: "นครพนม"}
HAS_OFFICE = shutil.which("soffice") is not None
WAYS = [
    BY_HAND,
    pytest.param(
        BY_OFFICE,
        marks=pytest.mark.skipif(not HAS_OFFICE, reason="LibreOffice (soffice) is not on this machine"),
    ),
]


def refresh(folder: Path, name: str) -> None:
    """Refresh by the command, whether anything changed or not, and keep the release under a name."""
    done = run_pipeline("refresh", "--full", "--raw", str(folder / "raw"), "--out", str(folder / "out"))
    assert done.returncode in (0, 3), done.stderr
    (folder / name).symlink_to((folder / "out" / "current").resolve())


def correct_by_hand(path: Path, target: Path) -> None:
    """Type numbers into the marked cells with openpyxl."""
    book = openpyxl.load_workbook(path)
    for row in book["แผน"].iter_rows():
        for cell in row:
            if cell.comment is not None and cell.fill.fgColor.rgb == "00FFC7CE":
                cell.value = 500_000
    book.save(target)


def send_again(folder: Path, slug: str) -> None:
    """Correct a workbook that went back and drop it in beside the first."""
    returned = folder / "first" / RETURNS_FOLDER / slug / NAME
    target = folder / "raw" / FOLDERS[slug] / "แก้ไข" / NAME
    target.parent.mkdir()
    if slug == BY_HAND:
        correct_by_hand(returned, target)
    else:
        shutil.copy2(correct_in_office(returned, "แผน", {(3, 3): 500_000.0}, folder / "office"), target)
    os.utime(target, (CORRECTED, CORRECTED))


@pytest.fixture(scope="module")
def trip(build_once: Callable[..., Path]) -> Path:
    """Three releases, first, second and third: as received, with the corrected workbooks, and with nothing new."""

    def make(folder: Path) -> None:
        title = "แผนงานโครงการ จังหวัดสุโขทัย ปีงบประมาณ 2565"
        raw = folder / "raw"
        write_sheet(raw / FOLDERS[BY_HAND] / NAME, plan(title, 1000, "ประมาณ 5 แสน", 3000))
        write_plan(raw / FOLDERS[BY_OFFICE] / NAME, province="นครพนม")
        for path in raw.rglob("*.xlsx"):
            os.utime(path, (RECEIVED, RECEIVED))
        refresh(folder, "first")
        for slug in [BY_HAND, *([BY_OFFICE] if HAS_OFFICE else [])]:
            send_again(folder, slug)
        refresh(folder, "second")
        refresh(folder, "third")

    return build_once("round-trip", make)


def ask(trip: Path, name: str, sql: str, **values: str) -> list[tuple[Any, ...]]:
    with duckdb.connect(str(trip / name / "baseline.duckdb"), read_only=True) as connection:
        return connection.execute(sql, values).fetchall()


ERRORS = (
    "SELECT rule, cell FROM quality_issue WHERE severity = 'error' AND province_code = $code ORDER BY ALL"
)
AMOUNTS = """SELECT project_name, amount_baht::DOUBLE FROM out_project_amount
             WHERE measure = 'allocated' AND province_code = $code ORDER BY ALL"""
CHANGES = """SELECT change, rule, cell, path FROM out_finding_change
             WHERE severity = 'error' AND province_code = $code ORDER BY ALL"""
HISTORY = """SELECT path, status, replaced_by_path, n_changed FROM out_submission_history
             WHERE province_code = $code AND n_rows > 0 ORDER BY received_on"""


@pytest.mark.parametrize("slug", WAYS)
def test_the_findings_are_gone_and_the_amounts_changed(trip: Path, slug: str) -> None:
    code = CODES[slug]
    before, after = (dict(ask(trip, name, AMOUNTS, code=code)) for name in ("first", "second"))
    assert ("amount_unreadable", "D4") in ask(trip, "first", ERRORS, code=code)
    assert ask(trip, "second", ERRORS, code=code) == []
    (mended,) = after.keys() - before.keys()
    assert after == before | {mended: 500_000.0}
    gone = ask(trip, "second", CHANGES, code=code)
    first = f"{FOLDERS[slug]}/{NAME}"
    assert [(rule, cell) for _, rule, cell, _ in gone] == ask(trip, "first", ERRORS, code=code)
    assert {(change, path) for change, _, _, path in gone} == {("gone", first)}
    errors = "SELECT DISTINCT path, sheet FROM quality_issue WHERE severity = 'error' AND path LIKE $path"
    # The sheet beside, which nobody corrected, is asked for once: in the workbook that counts.
    left = [] if slug == BY_HAND else [(f"{FOLDERS[slug]}/แก้ไข/{NAME}", "อื่นๆ")]
    assert ask(trip, "second", errors, path=f"{FOLDERS[slug]}/%") == left
    stays = """SELECT path, sheet FROM out_finding_change
               WHERE severity = 'error' AND change = 'stays' AND path LIKE $path"""
    assert ask(trip, "second", stays, path=f"{FOLDERS[slug]}/%") == left


@pytest.mark.parametrize("slug", WAYS)
def test_the_release_shows_the_row_with_its_old_and_new_value(trip: Path, slug: str) -> None:
    sql = """SELECT change, field, old_value, new_value, earlier_row_number, "row_number" FROM out_submission_change
             WHERE province_code = $code AND field LIKE '%allocated%'"""
    assert ask(trip, "second", sql, code=CODES[slug]) == [
        ("changed", "2565 allocated year", None, "500,000.00", 4, 4)
    ]
    page = html.fromstring((trip / "second" / "changes.html").read_text(encoding="utf-8"))
    rows = [row.text_content() for row in page.xpath("//h2[@id='rows']/following-sibling::div[1]//tr")]
    assert any("500,000.00" in row and FOLDERS[slug] in row for row in rows)
    gone = [row.text_content() for row in page.xpath("//h3[@id='gone']/following-sibling::div[1]//tr")]
    assert any("D4" in row and FOLDERS[slug] in row for row in gone)
    figures = [row.text_content() for row in page.xpath("//h2[@id='figures']/following-sibling::div[1]//tr")]
    assert any(FOLDERS[slug] in row and "ได้รับจัดสรร" in row and "2565" in row for row in figures)
    way_in = html.fromstring((trip / "second" / "index.html").read_text(encoding="utf-8"))
    (shown,) = way_in.xpath("//section[@id=$id]", id=f"p-{CODES[slug]}")
    assert "เปลี่ยนจากฉบับก่อน" in shown.text_content()


@pytest.mark.parametrize("slug", WAYS)
@pytest.mark.parametrize("name", ["second", "third"])
def test_the_history_shows_both_and_keeps_them(trip: Path, slug: str, name: str) -> None:
    first, again = f"{FOLDERS[slug]}/{NAME}", f"{FOLDERS[slug]}/แก้ไข/{NAME}"
    history = ask(trip, name, HISTORY, code=CODES[slug])
    assert [row[:3] for row in history] == [(first, "superseded", again), (again, "loaded", None)]
    assert (history[0][3], history[1][3]) == (1, None)
    kept = "SELECT count(DISTINCT file_id) FROM raw_row JOIN raw_file USING (file_id) WHERE path LIKE $path"
    assert ask(trip, name, kept, path=f"{FOLDERS[slug]}/%") == [(2,)]
    page = html.fromstring((trip / name / "changes.html").read_text(encoding="utf-8"))
    told = [row.text_content() for row in page.xpath("//h2[@id='history']/following-sibling::div[1]//tr")]
    assert sum(FOLDERS[slug] in row for row in told) == 2


@pytest.mark.parametrize("slug", WAYS)
def test_the_brief_tells_what_is_gone_and_then_that_nothing_is(trip: Path, slug: str) -> None:
    page = (trip / "second" / "briefs" / slug / "brief.html").read_text(encoding="utf-8")
    assert "สิ่งที่เปลี่ยนจากฉบับก่อน" in page
    release = json.loads((trip / "first" / "run.json").read_text(encoding="utf-8"))["release"]
    assert f"เทียบกับฉบับ {release}: ข้อค้นพบหมดไป" in page
    changes = "SELECT DISTINCT change FROM out_finding_change WHERE province_code = $code"
    assert ask(trip, "third", changes, code=CODES[slug]) in ([], [("stays",)])
    assert "ข้อค้นพบหมดไป 0 เพิ่มมา 0" in (trip / "third" / "briefs" / slug / "brief.html").read_text(
        encoding="utf-8"
    )
