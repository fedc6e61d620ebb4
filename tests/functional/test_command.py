"""The command itself: its exit codes, its words, and what it leaves."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from pipeline.settings import PROJECT
from tests.conftest import run_pipeline
from tests.integration.workbooks import plan, write_sheet

TITLE = "แผนงานโครงการ จังหวัดสุโขทัย ปีงบประมาณ พ.ศ. 2565"


def test_a_missing_raw_folder_says_what_to_type(tmp_path: Path) -> None:
    done = run_pipeline("refresh", "--raw", str(tmp_path / "nowhere"), "--out", str(tmp_path / "out"))
    assert done.returncode == 2
    assert len(done.stderr.splitlines()) == 1
    assert "make refresh RAW=" in done.stderr


def test_a_province_that_does_not_exist_says_what_to_type(tmp_path: Path) -> None:
    done = run_pipeline("refresh", "--out", str(tmp_path / "out"), "--province", "64", "--province", "99")
    assert done.returncode == 2
    assert "99" in done.stderr
    assert "PROVINCES=" in done.stderr
    assert not (tmp_path / "out").exists()


def test_a_year_without_data_names_the_years_that_have(tmp_path: Path) -> None:
    raw = tmp_path / "raw"
    write_sheet(raw / "แผน.xlsx", plan(TITLE, 1))
    done = run_pipeline("refresh", "--raw", str(raw), "--out", str(tmp_path / "out"), "--fiscal-year", "2599")
    assert done.returncode == 2
    assert "2565" in done.stderr.splitlines()[-1]
    assert not (tmp_path / "out" / "current").exists()
    assert not (tmp_path / "out" / ".build").exists()


def test_no_readable_file_publishes_nothing(tmp_path: Path) -> None:
    raw = tmp_path / "raw"
    raw.mkdir()
    (raw / "scan.pdf").write_bytes(b"%PDF-1.4")
    done = run_pipeline("refresh", "--raw", str(raw), "--out", str(tmp_path / "out"))
    assert done.returncode == 4
    assert "ไม่มีไฟล์ใดอ่านได้" in done.stderr
    assert not (tmp_path / "out" / "current").exists()


def test_status_before_anything_says_what_to_type(tmp_path: Path) -> None:
    done = run_pipeline("status", "--out", str(tmp_path / "out"))
    assert done.returncode == 4
    assert "make refresh" in done.stdout


def test_stages_without_an_ingest_say_what_to_type(tmp_path: Path) -> None:
    for verb in ("check", "briefs"):
        done = run_pipeline(verb, "--out", str(tmp_path / "out"))
        assert done.returncode == 2
        assert "make ingest" in done.stderr


def test_ingest_leaves_a_warehouse_and_publishes_nothing(tmp_path: Path) -> None:
    raw = tmp_path / "raw"
    write_sheet(raw / "แผน.xlsx", plan(TITLE, 1))
    done = run_pipeline("ingest", "--raw", str(raw), "--out", str(tmp_path / "out"))
    assert done.returncode == 0
    assert "make check" in done.stdout
    assert (tmp_path / "out" / ".build" / "baseline.duckdb").exists()
    assert not (tmp_path / "out" / "current").exists()
    cleaned = run_pipeline("clean", "--out", str(tmp_path / "out"))
    assert cleaned.returncode == 0
    assert not (tmp_path / "out" / ".build").exists()


def test_help_names_every_verb_and_starts_fast() -> None:
    helped = run_pipeline("--help")
    assert helped.returncode == 0
    for verb in ("refresh", "ingest", "check", "briefs", "status", "test", "lint", "clean"):
        assert verb in helped.stdout
    # What it imports decides how fast it starts; the seconds themselves are printed by the benchmark.
    loaded = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "pipeline", "--help"],
        cwd=PROJECT,
        capture_output=True,
        text=True,
        check=True,
    ).stderr
    for dear in ("pandas", "duckdb", "great_expectations", "matplotlib", "papermill", "yaml"):
        assert f" {dear}\n" not in loaded


@pytest.mark.skipif(shutil.which("make") is None, reason="GNU Make is not on this machine")
def test_make_alone_lists_the_targets() -> None:
    listed = subprocess.run(["make"], cwd=PROJECT, capture_output=True, text=True, check=True).stdout
    for target in ("refresh", "ingest", "check", "briefs", "status", "test", "lint", "clean"):
        assert any(line.startswith(target) for line in listed.splitlines()), target


@pytest.mark.skipif(shutil.which("make") is None, reason="GNU Make is not on this machine")
def test_a_machine_without_python_is_told_in_one_line(tmp_path: Path) -> None:
    for name in ("Makefile", "requirements.lock"):
        shutil.copy(PROJECT / name, tmp_path / name)
    told = subprocess.run(
        ["make", "refresh", "PYTHON="], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert told.returncode != 0
    assert "Python 3.11" in told.stderr.splitlines()[0]
