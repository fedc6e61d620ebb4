"""The pages of a file are linked where they would come out the same, and made where anything that they show differs."""

from __future__ import annotations

import os
import shutil
from dataclasses import replace
from pathlib import Path

import duckdb
import pytest

from pipeline import page_stage, release, stages
from pipeline.run_record import Outcome, write_run_record
from pipeline.settings import Settings
from tests.integration.workbooks import plan, write_sheet

SHARED = {"code": "1", "specs": "1", "libraries": "1"}
PLACES = ("สุโขทัย", "นครพนม")


def write_plan(raw: Path, place: str, *more: int) -> None:
    rows = plan(f"แผนงานโครงการ จังหวัด{place} ปีงบประมาณ พ.ศ. 2565", 1000, 2000, *more)
    os.utime(write_sheet(raw / f"แผน {place}.xlsx", rows), (1_600_000_000, 1_600_000_000))


def publish(settings: Settings, shared: dict[str, str] | None = None, sql: str = "") -> Path:
    """Publish a release of warehouse and pages alone; the release's folder."""
    release.start_build(settings.build)
    outcome = stages.read_files(settings, lambda *_: None)
    if sql:
        with duckdb.connect(str(settings.database)) as connection:
            connection.execute(sql)
    outcome.made_of["briefs"] = shared or SHARED
    page_stage.make_pages(settings, outcome)
    outcome.counts["release"] = release.name_release(settings.out)
    write_run_record(settings, outcome)
    return release.publish(settings.out, settings.build, outcome.counts["release"])


def pages_of(folder: Path) -> dict[str, int]:
    return {path.parent.name: path.stat().st_ino for path in sorted(folder.glob("inspect/*/1.html"))}


@pytest.fixture(scope="module")
def begun(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("begun")
    for place in PLACES:
        write_plan(folder / "raw", place)
    publish(Settings(raw=folder / "raw", out=folder / "out", jobs=1))
    return folder


@pytest.fixture
def settings(begun: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """A copy of the first release; pages that came out the same are not made one file when they are published."""
    shutil.copytree(begun, tmp_path, symlinks=True, dirs_exist_ok=True)
    monkeypatch.setattr(release, "share_unchanged", lambda *_: 0)
    return Settings(raw=tmp_path / "raw", out=tmp_path / "out", jobs=1)


def before(settings: Settings) -> Path:
    folder = release.resolve_current(settings.out)
    assert folder is not None
    return folder


def linked(settings: Settings, **made: object) -> int:
    """How many files' pages are those of the release before."""
    earlier = pages_of(before(settings))
    assert len(earlier) == 2
    return len({*earlier.values()} & {*pages_of(publish(settings, **made)).values()})  # type: ignore[arg-type]


def test_nothing_changed_links_all_pages_release_after_release(settings: Settings) -> None:
    assert linked(settings) == 2
    assert linked(settings) == 2


def test_one_changed_file_is_made_alone(settings: Settings) -> None:
    text = {path: path.read_bytes() for path in before(settings).glob("inspect/*/1.html")}
    write_plan(settings.raw, PLACES[0], 3000)
    assert linked(settings) == 1
    now = [path.read_bytes() for path in before(settings).glob("inspect/*/1.html")]
    assert len({*text.values()} - {*now}) == 1
    assert b"3000" in b"".join({*now} - {*text.values()})


@pytest.mark.parametrize(
    "sql",
    [
        "INSERT INTO quality_issue BY NAME "
        "SELECT 'one' AS rule, 'info' AS severity, file_id, 'ก' AS message_th, 'check' AS stage FROM raw_file",
        "UPDATE raw_table SET records = records + 1",
        "UPDATE raw_row SET role = 'note' WHERE row_number = 3",
        "UPDATE raw_sheet SET is_hidden = NOT is_hidden",
        "UPDATE raw_file SET path = 'ก' || path",
    ],
)
def test_another_row_that_pages_show_makes_them(settings: Settings, sql: str) -> None:
    assert linked(settings, sql=sql) == 0


def test_what_shows_in_one_file_changes_no_other(settings: Settings) -> None:
    one = "(SELECT min(file_id) FROM raw_sheet)"
    assert (
        linked(settings, sql=f"UPDATE raw_row SET role = 'note' WHERE row_number = 3 AND file_id = {one}")
        == 1
    )


@pytest.mark.parametrize("part", SHARED)
def test_another_program_spec_or_version_makes_all(settings: Settings, part: str) -> None:
    assert linked(settings, shared=SHARED | {part: "2"}) == 0


def test_a_full_run_makes_all(settings: Settings) -> None:
    assert linked(replace(settings, is_full=True)) == 0


def test_a_page_that_was_edited_or_lost_since_is_made_again(settings: Settings) -> None:
    first, second = sorted(before(settings).glob("inspect/*/1.html"))
    whole = first.read_bytes()
    first.write_bytes(b"edited")
    second.unlink()
    publish(settings)
    now = sorted(before(settings).glob("inspect/*/1.html"))
    assert len(now) == 2
    assert now[0].read_bytes() == whole


def test_a_release_that_was_made_before_pages_were_kept_is_no_hindrance(settings: Settings) -> None:
    record = before(settings) / release.RECORD
    record.write_text(record.read_text(encoding="utf-8").replace('"pages"', '"former"'), encoding="utf-8")
    assert linked(settings) == 0


def test_outcome_begins_without_pages() -> None:
    assert Outcome().pages == {}
