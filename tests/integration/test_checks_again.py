"""The checks are not run where nothing that they look at has changed, and are run where one cell or one word has."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import duckdb
import pytest

from pipeline import checks, inputs, previous, release, stages, store
from pipeline.run_record import Outcome
from pipeline.settings import SPECS, Settings
from tests.integration.workbooks import plan, write_sheet

TITLE = "แผนงานโครงการ จังหวัดสุโขทัย ปีงบประมาณ พ.ศ. 2565"
Checked = Callable[..., bool]


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    write_sheet(tmp_path / "raw" / "แผน.xlsx", plan(TITLE, 1000, 2000))
    return Settings(raw=tmp_path / "raw", out=tmp_path / "out", jobs=1)


@pytest.fixture
def check(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Checked:
    """Ingest, check and publish as a refresh does, with checks that only leave one finding; tell whether they ran."""
    runs = settings.raw.parent / "runs"

    def run_checks(database: Path, docs: Path, **_: Any) -> Any:
        with runs.open("a") as lines:
            lines.write("run\n")
        docs.mkdir(exist_ok=True)
        (docs / "index.html").write_text(f"run {len(runs.read_text().split())}", encoding="utf-8")
        with store.open_for_writing(database) as connection:
            connection.execute(
                "INSERT INTO quality_issue (rule, severity, message_th, stage)"
                " VALUES ('found_once', 'warning', 'ก', 'check')"
            )
            connection.execute("INSERT INTO quality_check VALUES ('found_once', 'valid', '64', 2, 1)")
        return SimpleNamespace(rules=7)

    monkeypatch.setattr(checks, "run_checks", run_checks)
    told: list[str] = []

    def go(*, says: str = "") -> bool:
        before = runs.read_text() if runs.exists() else ""
        told.clear()
        release.start_build(settings.build)
        outcome = stages.read_files(settings, lambda *_: None)
        stages.check_warehouse(settings, lambda text, done, total: told.append(text), outcome)
        _publish(settings, outcome)
        assert any(says in text for text in told), told
        return runs.read_text() != before

    return go


def _publish(settings: Settings, outcome: Outcome) -> None:
    record = {"counts": outcome.counts, "made_of": outcome.made_of}
    (settings.build / "run.json").write_text(json.dumps(record, default=str), encoding="utf-8")
    release.publish(settings.out, settings.build, release.name_release(settings.out))


def _published(settings: Settings, sql: str) -> list[tuple[Any, ...]]:
    current = release.resolve_current(settings.out)
    assert current is not None
    with duckdb.connect(str(current / "baseline.duckdb"), read_only=True) as connection:
        return connection.execute(sql).fetchall()


def test_nothing_changed_is_not_checked_again_and_keeps_what_was_found(
    settings: Settings, check: Checked
) -> None:
    assert check(says="ยังไม่มีฉบับก่อน")
    first = _published(settings, "SELECT * FROM quality_issue ORDER BY ALL")
    for _ in range(2):
        assert not check(says="ไม่มีสิ่งใดเปลี่ยนจากฉบับ")
        assert _published(settings, "SELECT * FROM quality_issue ORDER BY ALL") == first
        assert _published(settings, "SELECT rule, n_checked, n_failed FROM quality_check") == [
            ("found_once", 2, 1)
        ]
    current = release.resolve_current(settings.out)
    assert current is not None
    assert (current / "quality" / "index.html").read_text(encoding="utf-8") == "run 1"
    assert release.read_record(current)["counts"]["rules"] == 7


def test_one_changed_cell_is_checked(settings: Settings, check: Checked) -> None:
    assert check()
    write_sheet(settings.raw / "แผน.xlsx", plan(TITLE, 1000, 2001))
    assert check(says="core_amount")
    assert not check()


def test_one_more_line_of_overrides_is_checked(settings: Settings, check: Checked) -> None:
    assert check()
    head = "path,sheet,range,what,value,who,why"
    text = f"{head}\nแผน.xlsx,,,received_on,2022-03-31,ก,ตามหนังสือ\n"
    (settings.raw / "overrides.csv").write_text(text, encoding="utf-8")
    assert check(says="raw_file")


@pytest.mark.parametrize(
    ("part", "word"), [("specs", "specs/"), ("code", "โปรแกรม"), ("libraries", "ไลบรารี")]
)
def test_a_changed_spec_program_or_version_is_checked(
    check: Checked, monkeypatch: pytest.MonkeyPatch, part: str, word: str
) -> None:
    assert check()
    monkeypatch.setattr(previous, f"digest_{part}", lambda *_: "another")
    assert check(says=word)


def test_one_changed_word_changes_the_digest_of_specs(tmp_path: Path) -> None:
    for path in SPECS.rglob("*.yml"):
        copy = tmp_path / path.relative_to(SPECS)
        copy.parent.mkdir(exist_ok=True, parents=True)
        copy.write_bytes(path.read_bytes())
    before = inputs.digest_specs(tmp_path)
    assert inputs.digest_specs(tmp_path) == before
    checks_yml = tmp_path / "checks.yml"
    checks_yml.write_text(
        checks_yml.read_text(encoding="utf-8").replace("max_value: 500}", "max_value: 501}")
    )
    assert inputs.digest_specs(tmp_path) != before


def test_what_has_gone_is_compared_with_the_same_release_as_before(
    settings: Settings, check: Checked
) -> None:
    write_sheet(settings.raw / "แผน2.xlsx", plan(TITLE.replace("2565", "2566"), 5, 6, 7))
    assert check()
    (settings.raw / "แผน2.xlsx").unlink()
    assert check(says="core_project")
    told = "SELECT kind, records FROM quality_previous ORDER BY ALL"
    assert _published(settings, told) == [("project", 5)]
    # Made again, it is still told what has gone, and nothing is checked.
    assert not check()
    assert _published(settings, told) == [("project", 5)]


def test_what_differs_is_named() -> None:
    now, before = {"code": "1", "specs": "2", "raw_row": "3"}, {"code": "1", "specs": "9", "gone": "4"}
    assert inputs.list_changed(now, before) == ["gone", "raw_row", "specs"]
    assert inputs.list_changed(now, now) == []
    assert inputs.list_changed(now, None) == sorted(now)
    assert inputs.say_changed(["specs", "raw_row"]) == "ความรู้ใน specs/, ข้อมูลใน raw_row"
