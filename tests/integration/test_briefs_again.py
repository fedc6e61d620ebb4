"""A brief is linked where nothing that it is made of has changed, and is made where anything has, or may have."""

from __future__ import annotations

import json
import os
import shutil
from functools import partial
from pathlib import Path
from typing import Any

import duckdb
import pytest

from pipeline import brief_stage, release, stages
from pipeline.brief_text import read_province, read_study
from pipeline.brief_text.evidence import Place
from pipeline.briefs import BriefResult, Making, Task, again
from pipeline.datasheet.sheets import SHEETS, TOTALS_SQL, UNNAMED_SQL
from pipeline.datasheet.views import VIEW_SHEETS
from pipeline.portal import write_portal
from pipeline.run_record import Outcome, decide_exit_code, write_run_record
from pipeline.settings import NOTEBOOKS, Settings
from pipeline.trace import collect_evidence
from tests.integration.workbooks import plan, write_sheet

PLACES = {"สุโขทัย": "64-sukhothai", "นครพนม": "48-nakhon-phanom", "ภูเก็ต": "83-phuket"}
SLUGS = sorted(PLACES.values())
ALL = sorted([*SLUGS, "national", "lessons"])
RECEIVED, DAY = 1_600_000_000, 24 * 60 * 60


class Made:
    """One release: the briefs that were made for it, and where all of them lie."""

    def __init__(self, slugs: list[str], outcome: Outcome, folder: Path, page: str) -> None:
        self.slugs, self.outcome, self.folder, self.page = sorted(slugs), outcome, folder, page

    @property
    def inodes(self) -> dict[str, int]:
        return {path.name: (path / "brief.html").stat().st_ino for path in self.folder.iterdir()}


def write_plan(raw: Path, place: str, *, project: str = "โครงการที่", received: int = RECEIVED) -> None:
    amounts = (1000, 2000, 3000 + len(place))
    rows = plan(f"แผนงานโครงการ จังหวัด{place} ปีงบประมาณ พ.ศ. 2565", *amounts)
    named = [
        [cell.replace("โครงการที่", project) if isinstance(cell, str) else cell for cell in row] for row in rows
    ]
    path = write_sheet(raw / f"แผน {place}.xlsx", named)
    os.utime(path, (received, received))


class Maker:
    """Publishes releases as a refresh does, without checks, whose briefs are one page with the number of it."""

    def __init__(self, settings: Settings) -> None:
        self.settings, self.failing, self.made, self.count = settings, set[str](), list[str](), 0

    def make_tasks(self, _: Path, tasks: list[Task], **__: Any) -> list[BriefResult]:
        for task in tasks:
            folder = Path(task.folder)
            folder.mkdir(parents=True, exist_ok=True)
            (folder / "brief.ipynb").write_text(task.slug)
            if task.slug not in self.failing:
                (folder / "brief.html").write_text(f"{task.slug} {self.count}")
            self.made.append(task.slug)
        errors = dict.fromkeys(self.failing, "cell [3]: ValueError: ก")
        return [BriefResult(task.province_code, task.slug, 0.1, errors.get(task.slug)) for task in tasks]

    def __call__(self) -> Made:
        settings = self.settings
        self.made.clear()
        self.count += 1
        release.start_build(settings.build)
        outcome = stages.read_files(settings, _silent)
        stages.analyse(settings, _silent, outcome)
        stages.compare(settings, outcome)
        focus = stages.settle_focus(settings, outcome)
        stages.keep_views(settings, _silent, outcome)
        stages.make_all_briefs(settings, _silent, outcome, focus)
        outcome.exit_code = decide_exit_code(outcome)
        write_portal(settings.build, outcome.counts)
        page = (settings.build / "index.html").read_text(encoding="utf-8")
        write_run_record(settings, outcome)
        published = release.publish(settings.out, settings.build, outcome.counts["release"])
        return Made(self.made, outcome, published / "briefs", page)


@pytest.fixture(scope="module")
def begun(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Received files and a first release of them."""
    folder = tmp_path_factory.mktemp("begun")
    for place in PLACES:
        write_plan(folder / "raw", place)
    maker = Maker(Settings(raw=folder / "raw", out=folder / "out", jobs=1))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(brief_stage, "make_tasks", maker.make_tasks)
        made = maker()
    assert made.slugs == ALL
    assert "ข้อมูลและวิธีทำไม่เปลี่ยนตั้งแต่นั้น" not in made.page
    return folder


@pytest.fixture
def make(begun: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Maker:
    """What makes a second release of a copy of the first."""
    shutil.copytree(begun, tmp_path, symlinks=True, dirs_exist_ok=True)
    maker = Maker(Settings(raw=tmp_path / "raw", out=tmp_path / "out", jobs=1))
    # Pages of the same bytes would be one file.
    maker.count = 1
    monkeypatch.setattr(brief_stage, "make_tasks", maker.make_tasks)
    return maker


@pytest.fixture
def first(make: Maker) -> Made:
    """The first release."""
    folder = release.resolve_current(make.settings.out)
    assert folder is not None
    return Made(ALL, Outcome(counts=release.read_record(folder)["counts"]), folder / "briefs", "")


def _silent(*_: object) -> None:
    """Tell nobody."""


def test_nothing_changed_links_every_brief_which_keeps_its_name(make: Maker, first: Made) -> None:
    for _ in range(2):
        then = make()
        assert then.slugs == []
        assert then.inodes == first.inodes
        assert then.outcome.counts["briefs"] == 3
        name = first.outcome.counts["release"]
        assert then.outcome.counts["linked_briefs"] == dict.fromkeys(ALL, name)
        assert then.page.count(f"จัดทำในฉบับ {name} ข้อมูลและวิธีทำไม่เปลี่ยนตั้งแต่นั้น") == 5


def test_one_changed_province_is_made_alone(make: Maker, first: Made) -> None:
    write_plan(make.settings.raw, "ภูเก็ต", project="งานที่")
    then = make()
    assert then.slugs == ["83-phuket", "lessons", "national"]
    assert {slug for slug in SLUGS if then.inodes[slug] == first.inodes[slug]} == {*SLUGS} - {"83-phuket"}


def test_one_province_that_came_on_another_day_is_made_alone(
    make: Maker, first: Made, monkeypatch: pytest.MonkeyPatch
) -> None:
    day = "SOURCE_DATE_EPOCH"
    monkeypatch.setenv(day, str(int(os.environ[day]) + 2 * DAY))
    write_plan(make.settings.raw, "ภูเก็ต", project="งานที่", received=RECEIVED + DAY)
    then = make()
    assert then.slugs == ["83-phuket", "lessons", "national"]
    days = "SELECT built_on, data_cutoff FROM core_release"
    (built, cutoff), (built_before, cutoff_before) = (read_row(one, days) for one in (then, first))
    assert (built - built_before).days == 2
    assert (cutoff - cutoff_before).days == 1
    board = "SELECT days_received FROM out_submission_board WHERE province_code = '48' AND kind = 'project'"
    assert read_row(then, board)[0] - read_row(first, board)[0] == 2


def read_row(made: Made, sql: str) -> Any:
    with duckdb.connect(str(made.folder.parent / release.WAREHOUSE), read_only=True) as connection:
        return connection.execute(sql).fetchone()


@pytest.mark.parametrize("part", ["digest_specs", "digest_packages", "_digest_program"])
def test_a_changed_spec_program_or_version_makes_all(
    make: Maker, monkeypatch: pytest.MonkeyPatch, part: str
) -> None:
    monkeypatch.setattr(again, part, lambda *_: "another")
    assert make().slugs == ALL


def test_a_changed_notebook_makes_all(make: Maker, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    notebook = Path(shutil.copy(NOTEBOOKS / "province_brief.ipynb", tmp_path))
    monkeypatch.setattr(brief_stage, "Making", partial(Making, notebook=notebook))
    assert make().slugs == [], "the same notebook at another place"
    with notebook.open("a") as text:
        text.write("\n")
    assert make().slugs == ALL


def test_a_changed_template_is_a_changed_program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    template, spec = tmp_path / "pipeline/templates/brief.typ", tmp_path / "pipeline/specs/one.yml"
    for path in (template, spec):
        path.parent.mkdir(parents=True)
        path.write_text("1")
    monkeypatch.setattr(again, "PROJECT", tmp_path)
    before = again._digest_program()
    spec.write_text("2")
    assert again._digest_program() == before
    template.write_text("2")
    assert again._digest_program() != before


def test_a_failed_brief_is_never_linked_and_is_told(make: Maker, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(again, "digest_specs", lambda *_: "another")
    make.failing.add("48-nakhon-phanom")
    for expected in (ALL, ["48-nakhon-phanom"]):
        made = make()
        assert made.slugs == expected
        assert made.outcome.exit_code == 3
        assert (made.folder / "48-nakhon-phanom" / "brief.ipynb").exists()
        assert "จัดทำไม่สำเร็จ" in made.page
        assert "cell [3]: ValueError: ก (ดูโน้ตบุ๊กที่รันค้างไว้)" in made.page
    make.failing.clear()
    made = make()
    assert made.slugs == ["48-nakhon-phanom"]
    assert "จัดทำไม่สำเร็จ" not in made.page


def test_a_brief_that_was_edited_or_lost_since_is_made_again(make: Maker, first: Made) -> None:
    (first.folder / "83-phuket" / "brief.html").write_text("edited")
    (first.folder / "64-sukhothai" / "brief.html").unlink()
    assert make().slugs == ["64-sukhothai", "83-phuket"]


def test_where_files_cannot_be_linked_they_are_copied(
    make: Maker, first: Made, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise OSError

    monkeypatch.setattr(os, "link", refuse)
    then = make()
    assert then.slugs == []
    assert {*then.inodes.values()}.isdisjoint(first.inodes.values())
    assert (then.folder / SLUGS[0] / "brief.html").read_text() == f"{SLUGS[0]} 1"


def test_no_row_of_another_province_reaches_a_brief_unnoticed(sample_release: Path, tmp_path: Path) -> None:
    published = release.resolve_current(sample_release / "out")
    assert published is not None
    database = shutil.copy(published / "baseline.duckdb", tmp_path)
    figures = json.loads((published / "briefs/64-sukhothai/figures.json").read_text(encoding="utf-8"))[
        "figures"
    ]
    addresses = [figure["address"] for figure in figures]
    with duckdb.connect(str(database)) as connection:
        before = again._digest_rows(connection)
        read = _read_all(connection, addresses)
        noticed = []
        for table, columns in connection.execute(again._COLUMNS).fetchall():
            if "province_code" not in columns or table in again._NOT_READ:
                continue
            connection.execute("BEGIN")
            connection.execute(f"DELETE FROM {table} WHERE province_code <> '64'")
            if _read_all(connection, addresses) != read:
                after = again._digest_rows(connection)
                shared = [again.NATION, f"{again.PROVINCE}64"]
                assert [after[name] for name in shared] != [before[name] for name in shared], table
                noticed.append(table)
            connection.execute("ROLLBACK")
    assert noticed == ["core_province", "out_budget_by_province"]


def _read_all(connection: duckdb.DuckDBPyConnection, addresses: list[str]) -> list[str]:
    """All that the brief of one province reads, as text."""
    rows = read_province(connection, "64")
    place = Place("64", "สุโขทัย", None)
    frames = {**rows, **read_study(connection, place, 2565).views}
    queries = (TOTALS_SQL, UNNAMED_SQL, *(sheet.sql for sheet in (*VIEW_SHEETS, *SHEETS)))
    sheets = [connection.execute(sql, {"province_code": "64"}).fetchall() for sql in queries]
    return [
        repr(collect_evidence(connection, addresses)),
        *(f"{name} {frame.to_csv()}" for name, frame in frames.items()),
        repr(sheets),
    ]
