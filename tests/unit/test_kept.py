"""Which releases stay, which go, and the way back."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import duckdb
import pytest

from pipeline.errors import NothingToPublish
from pipeline.release import RECORD, STATE, WAREHOUSE, continue_build, point_current, publish, resolve_current
from pipeline.release.kept import Keeping, is_read, list_releases, remove_old, roll_back

NOW = datetime(2026, 1, 31, tzinfo=UTC)
READER = """
import sys, duckdb
connection = duckdb.connect(sys.argv[1], read_only=True)
print("open", flush=True)
sys.stdin.readline()
print(connection.execute("SELECT count(*) FROM t").fetchone())
"""


def make_release(out: Path, *, days_ago: int) -> Path:
    name = (NOW - timedelta(days=days_ago)).strftime("%Y%m%dT%H%M%SZ")
    folder = out / "releases" / name
    folder.mkdir(parents=True)
    with duckdb.connect(str(folder / WAREHOUSE)) as connection:
        connection.execute("CREATE TABLE t AS SELECT 1 AS one")
    (folder / RECORD).write_text(json.dumps({"counts": {}}), encoding="utf-8")
    point_current(out, name)
    return folder


def names(out: Path) -> list[str]:
    return [path.name[6:8] for path in list_releases(out)]


def test_too_many_and_too_old_go_but_never_the_last_few(tmp_path: Path) -> None:
    for days in (30, 20, 10, 5, 1):
        make_release(tmp_path, days_ago=days)
    assert names(tmp_path) == ["01", "11", "21", "26", "30"]
    remove_old(tmp_path, NOW, Keeping(at_most=4, days=90, at_least=1))
    assert names(tmp_path) == ["11", "21", "26", "30"]
    remove_old(tmp_path, NOW, Keeping(at_most=9, days=7, at_least=3))
    assert names(tmp_path) == ["21", "26", "30"]
    assert sorted(path.name for path in (tmp_path / "releases").iterdir()) == [
        path.name for path in list_releases(tmp_path)
    ]


def test_the_published_one_stays_whatever_its_age(tmp_path: Path) -> None:
    old = make_release(tmp_path, days_ago=30)
    make_release(tmp_path, days_ago=2)
    make_release(tmp_path, days_ago=1)
    point_current(tmp_path, old.name)
    remove_old(tmp_path, NOW, Keeping(at_most=1, days=1, at_least=1))
    assert names(tmp_path) == ["01", "30"]
    assert resolve_current(tmp_path) == old


def test_one_that_a_reader_has_open_stays_until_it_is_closed(tmp_path: Path) -> None:
    old = make_release(tmp_path, days_ago=30)
    make_release(tmp_path, days_ago=1)
    reader = subprocess.Popen(
        [sys.executable, "-c", READER, str(old / WAREHOUSE)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert reader.stdout is not None
    assert reader.stdout.readline() == "open\n"
    assert is_read(old)
    keeping = Keeping(at_most=1, days=1, at_least=1)
    assert remove_old(tmp_path, NOW, keeping) == []
    assert reader.communicate("go on\n")[0] == "(1,)\n"
    assert not is_read(old)
    assert remove_old(tmp_path, NOW, keeping) == [old.name]
    assert not old.exists()


def test_what_a_stopped_removal_left_goes_with_the_next(tmp_path: Path) -> None:
    make_release(tmp_path, days_ago=1)
    half = tmp_path / "releases" / ".going-20200101T000000Z"
    half.mkdir()
    (half / "brief.pdf").touch()
    remove_old(tmp_path, NOW, Keeping(at_most=1, days=1, at_least=1))
    assert not half.exists()


def test_going_back_again_and_again_ends_at_the_oldest(tmp_path: Path) -> None:
    with pytest.raises(NothingToPublish, match="make refresh"):
        roll_back(tmp_path)
    made = [make_release(tmp_path, days_ago=days).name for days in (3, 2, 1)]
    assert roll_back(tmp_path) == (made[2], made[1])
    assert roll_back(tmp_path) == (made[1], made[0])
    with pytest.raises(NothingToPublish, match=made[0]):
        roll_back(tmp_path)
    current = resolve_current(tmp_path)
    assert current is not None
    assert current.name == made[0]


def test_what_has_not_changed_is_on_the_disk_once(tmp_path: Path) -> None:
    first = make_release(tmp_path, days_ago=1)
    for name in ("same.html", "other.html"):
        (first / name).write_text("ก", encoding="utf-8")
    build = tmp_path / ".build"
    (build / "briefs").mkdir(parents=True)
    for name, text in (("same.html", "ก"), ("other.html", "ข"), ("briefs/new.html", "ก")):
        (build / name).write_text(text, encoding="utf-8")
    second = publish(tmp_path, build, "20260131T010101Z")
    shared = {
        path.name
        for path in second.rglob("*.html")
        if path.stat().st_nlink == 2 and (first / path.name).samefile(path)
    }
    assert shared == {"same.html"}
    assert (second / "other.html").read_text(encoding="utf-8") == "ข"
    assert not build.exists()


def test_a_build_that_was_stopped_in_its_first_stage_is_not_gone_on_with(tmp_path: Path) -> None:
    make_release(tmp_path, days_ago=1)
    build = tmp_path / ".build"
    build.mkdir()
    (build / WAREHOUSE).write_bytes(b"half")
    continue_build(tmp_path, build)
    with duckdb.connect(str(build / WAREHOUSE), read_only=True) as connection:
        assert connection.execute("SELECT one FROM t").fetchall() == [(1,)]
    (build / STATE).write_text("{}", encoding="utf-8")
    (build / WAREHOUSE).write_bytes(b"as the stage left it")
    continue_build(tmp_path, build)
    assert (build / WAREHOUSE).read_bytes() == b"as the stage left it"
