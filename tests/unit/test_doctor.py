"""What is wrong with a machine is named, each with how to mend it."""

from __future__ import annotations

import os
import shutil
from collections import namedtuple
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from pipeline.errors import EXIT_ATTENTION, EXIT_DONE
from pipeline.operation import doctor
from pipeline.operation.diary import Run, note_run
from pipeline.settings import Settings

Usage = namedtuple("Usage", "total used free")


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    (tmp_path / "raw").mkdir()
    (tmp_path / "raw" / "plan.xlsx").touch()
    return Settings(raw=tmp_path / "raw", out=tmp_path / "out")


def wrong(settings: Settings, **more: datetime) -> list[str]:
    """What is to be mended, by its first words."""
    code, lines = doctor.examine(settings, **more)
    found = [line.removeprefix("ต้องดู  ").partition(":")[0] for line in lines if line.startswith("ต้องดู")]
    assert code == (EXIT_ATTENTION if found else EXIT_DONE)
    assert all("\n          แก้: " in line for line in lines if line.startswith("ต้องดู"))
    return found


@pytest.fixture
def as_locked(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A lock that this environment is held to, whatever it was made from."""
    lock = tmp_path / "requirements.lock"
    pinned = f"duckdb=={doctor._installed('duckdb')}"
    lock.write_text(f'{pinned} \\\n    --hash=sha256:00\nwin==1 ; sys_platform == "none" \\\n')
    monkeypatch.setattr(doctor, "_NEEDED", ("duckdb",))
    monkeypatch.setattr(doctor, "_LOCK_FILE", lock)
    return lock


def test_nothing_is_wrong_with_a_machine_that_works(settings: Settings, as_locked: Path) -> None:
    assert wrong(settings) == []
    assert sorted(path.name for path in settings.out.iterdir()) == []


def test_another_version_than_the_locks_is_named(settings: Settings, as_locked: Path) -> None:
    as_locked.write_text("duckdb==0.0.1 \\\nnot-there==1 \\\n")
    assert wrong(settings) == ["ไลบรารี"]
    look = doctor._packages(as_locked)
    assert "duckdb" in look.found
    assert "not-there (ไม่มี)" in look.found


def test_a_small_disk_is_named(settings: Settings, as_locked: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _: Usage(10**9, 10**9, 10**6))
    assert wrong(settings) == ["เนื้อที่ของ OUT"]


def test_a_folder_that_is_not_there_or_not_ours_is_named(settings: Settings, as_locked: Path) -> None:
    shutil.rmtree(settings.raw)
    settings.out.write_text("a file stands in its place")
    assert wrong(settings) == ["เขียน OUT", "อ่าน RAW"]


def test_a_file_from_the_future_and_work_left_over_are_named(settings: Settings, as_locked: Path) -> None:
    ahead = (datetime.now(UTC) + timedelta(days=400)).timestamp()
    os.utime(settings.raw / "plan.xlsx", (ahead, ahead))
    settings.build.mkdir(parents=True)
    assert wrong(settings) == ["งานที่ค้าง", "นาฬิกา"]


def test_a_run_that_failed_and_one_that_did_not_happen_are_named(
    settings: Settings, as_locked: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = datetime.now(UTC)
    note_run(settings.out, Run(now.isoformat(), 1, 4, told="ดิสก์เต็ม"), [], days=400)
    assert wrong(settings) == ["รอบล่าสุด"]
    note_run(settings.out, Run(now.isoformat(), 1, 3), [], days=400)
    assert wrong(settings) == []
    monkeypatch.setattr(doctor, "describe", lambda _: "crontab")
    assert wrong(settings, now=now + timedelta(hours=37)) == ["รอบล่าสุด"]
