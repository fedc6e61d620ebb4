"""A whole release of the bundled sample, made by the command, opened and read."""

from __future__ import annotations

import csv
import json
import re
import shutil
from functools import cache
from pathlib import Path
from urllib.parse import unquote

import duckdb
import pytest
from lxml import html

from pipeline.errors import EXIT_ATTENTION
from pipeline.release import resolve_current
from pipeline.settings import PROJECT
from tests.conftest import run_pipeline

BRIEFS = ("48-nakhon-phanom", "64-sukhothai", "70-ratchaburi", "83-phuket")
FORMATS = ("brief.html", "brief.docx", "brief.pdf", "brief.ipynb", "data.xlsx", "plan_draft.docx")


@pytest.fixture(scope="module")
def published(sample_release: Path) -> Path:
    folder = resolve_current(sample_release / "out")
    assert folder is not None, (sample_release / "stderr.txt").read_text(encoding="utf-8")
    return folder


def test_the_tree_of_a_release_is_whole(published: Path) -> None:
    assert sorted(path.name for path in published.iterdir()) == [
        "alignment_to_settle.csv", "baseline.duckdb", "briefs", "changes.html", "index.html", "inspect", "issues.csv",
        "national", "quality", "returns", "run.json", "runs.html",
    ]  # fmt: skip
    assert sorted(path.name for path in (published / "briefs").iterdir()) == sorted(BRIEFS)
    for slug in BRIEFS:
        assert {path.name for path in (published / "briefs" / slug).iterdir()} >= set(FORMATS)
        assert all((published / "briefs" / slug / name).stat().st_size > 1000 for name in FORMATS)
    assert (published / "quality" / "index.html").exists()


def test_nothing_half_made_is_left(sample_release: Path) -> None:
    assert sorted(path.name for path in (sample_release / "out").iterdir()) == ["current", "logs", "releases"]


def test_the_summary_is_a_dozen_lines_and_says_where_to_look(sample_release: Path) -> None:
    lines = (sample_release / "stdout.txt").read_text(encoding="utf-8").splitlines()
    assert len(lines) <= 12
    assert (sample_release / "exit_code.txt").read_text() == str(EXIT_ATTENTION)
    assert any(line.startswith("ไฟล์: นำเข้า 12") for line in lines)
    assert any("index.html" in line for line in lines)
    assert any("ข้อมูลตัวอย่าง" in line for line in lines)


def test_the_run_record_names_versions_inputs_and_seconds(published: Path) -> None:
    record = json.loads((published / "run.json").read_text(encoding="utf-8"))
    assert record["exit_code"] == EXIT_ATTENTION
    assert {"ingest", "check", "analyse", "returns", "briefs", "portal"} <= record["seconds"].keys()
    assert all(len(entry["sha256"]) == 64 for entry in record["inputs"])
    assert len(record["inputs"]) == 14
    assert {"python", "duckdb", "pandas", "papermill"} <= record["versions"].keys()


def test_the_planted_mistakes_are_found_at_their_cells(published: Path) -> None:
    with (published / "issues.csv").open(encoding="utf-8-sig", newline="") as lines:
        found = {(row["rule"], row["cell"]): row for row in csv.DictReader(lines)}
    bad_cell = found["amount_unreadable", "D9"]
    wrong_total = found["total_mismatch", "D14"]
    assert bad_cell["value"] == "ประมาณ 5 แสน"
    assert "2,875,600.00" in wrong_total["message_th"]
    assert "2,285,600.00" in wrong_total["message_th"]
    assert {bad_cell["province_code"], wrong_total["province_code"]} == {"64"}
    assert sum(row["severity"] == "error" for row in found.values()) == 1


def test_the_way_in_leads_to_everything(published: Path) -> None:
    page = (published / "index.html").read_text(encoding="utf-8")
    for slug in BRIEFS:
        for name in FORMATS:
            assert f'href="briefs/{slug}/{name}"' in page
    assert 'href="quality/index.html"' in page
    assert "ข้อมูลตัวอย่าง" in page
    assert not re.search(r"› \d+:\d+", page)
    assert "http://" not in page
    assert "https://" not in page


def test_every_table_column_and_view_has_a_comment(published: Path) -> None:
    with duckdb.connect(str(published / "baseline.duckdb"), read_only=True) as connection:
        tables = connection.execute("SELECT table_name FROM duckdb_tables() WHERE comment IS NULL").fetchall()
        views = connection.execute(
            "SELECT view_name FROM duckdb_views() WHERE comment IS NULL AND NOT internal"
        ).fetchall()
        columns = connection.execute(
            """SELECT table_name, column_name FROM duckdb_columns()
               WHERE comment IS NULL AND NOT internal"""
        ).fetchall()
    assert (tables, views, columns) == ([], [], [])


def test_the_default_year_is_the_newest_that_most_provinces_have_money_of(published: Path) -> None:
    with duckdb.connect(str(published / "baseline.duckdb"), read_only=True) as connection:
        row = connection.execute(
            "SELECT fiscal_year_be, is_sample, data_cutoff::VARCHAR FROM core_release"
        ).fetchone()
    assert row == (2565, True, "2021-06-18")


def test_status_tells_what_is_published_and_that_nothing_waits(sample_release: Path) -> None:
    done = run_pipeline("status", "--out", str(sample_release / "out"))
    assert done.returncode == 0
    assert "รายงาน 4 จังหวัด" in done.stdout
    assert "รอนำเข้า: 0 ไฟล์" in done.stdout


def test_a_second_refresh_of_the_same_does_not_check_again(sample_release: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    shutil.copytree(sample_release / "out", out, symlinks=True)
    before = resolve_current(out)
    done = run_pipeline("refresh", "--raw", str(PROJECT / "raw_data"), "--out", str(out), "--province", "64")
    assert done.returncode == EXIT_ATTENTION, done.stderr
    after = resolve_current(out)
    assert after is not None
    assert before is not None
    assert f"check: ไม่มีสิ่งใดเปลี่ยนจากฉบับ {before.name}" in done.stderr
    assert (after / "issues.csv").read_bytes() == (before / "issues.csv").read_bytes()
    pages = [{path.name for path in (release / "quality").rglob("*.html")} for release in (before, after)]
    assert pages[0] == pages[1]


def test_no_data_leaves_the_release_before_as_it_stood(sample_release: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    shutil.copytree(sample_release / "out", out, symlinks=True)
    before = resolve_current(out)
    (tmp_path / "empty").mkdir()
    done = run_pipeline("refresh", "--raw", str(tmp_path / "empty"), "--out", str(out))
    assert done.returncode == 4
    assert "ฉบับที่เผยแพร่ก่อนหน้ายังอยู่" in done.stderr
    assert resolve_current(out) == before
    assert sorted(path.name for path in out.iterdir()) == ["current", "logs", "releases"]


@cache
def anchors(page: Path) -> set[str]:
    return set(html.fromstring(page.read_text(encoding="utf-8")).xpath("//@id"))


def test_every_link_of_the_way_in_and_of_the_data_docs_leads_somewhere(published: Path) -> None:
    ours = [published / "index.html", published / "changes.html"]
    pages = [*ours, *sorted((published / "quality").rglob("*.html"))]
    assert len(pages) > 6
    for page in pages:
        for link in html.fromstring(page.read_text(encoding="utf-8")).xpath("//a/@href"):
            target = page.parent / unquote(link.partition("#")[0])
            assert target.exists(), (page.name, link)
            place = link.partition("#")[2]
            if page in ours and place:
                led = page if target.is_dir() else target
                assert place in anchors(led), (page.name, link)


def test_the_pointer_may_be_a_text_file(sample_release: Path, tmp_path: Path) -> None:
    release = sample_release / "out" / "releases"
    (tmp_path / "releases").symlink_to(release)
    (tmp_path / "current").write_text(f"releases/{next(release.iterdir()).name}\n", encoding="utf-8")
    done = run_pipeline("status", "--out", str(tmp_path))
    assert done.returncode == 0
    assert "รายงาน 4 จังหวัด" in done.stdout
