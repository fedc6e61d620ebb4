"""A refresh that is stopped, short of disk, or met by another: the release before stands, and the next is right."""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import duckdb
import pytest

from pipeline.errors import EXIT_ATTENTION, EXIT_NOT_PUBLISHED
from pipeline.lock import LOCK
from pipeline.release import RECORD, WAREHOUSE, resolve_current
from pipeline.release.kept import list_releases
from pipeline.settings import PROJECT
from tests.conftest import run_pipeline
from tests.functional.conftest import WITHOUT_NETWORK, can_cut_network, refresh

# More of them: KILLS=60.
KILLS = int(os.environ.get("KILLS", "1"))
# What names a release and says nothing of what is in it.
NAMES = ("release_name", "earlier_release", "built_on")


@pytest.fixture
def folder(small: Path, tmp_path: Path) -> Path:
    shutil.copytree(small, tmp_path / "work", symlinks=True)
    return tmp_path / "work"


def start_refresh(folder: Path) -> subprocess.Popen[str]:
    """Start one that has to do everything; the leader of its own group."""
    command = [sys.executable, "-m", "pipeline", "refresh", "--full", "--raw", str(folder / "raw")]
    return subprocess.Popen(
        [*command, "--out", str(folder / "out")],
        cwd=PROJECT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )


def group_of(leader: int) -> set[int]:
    """The living processes of a session, by what the system tells of each."""
    alive = set()
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            state, _, _, session = stat.read_text(encoding="utf-8").rpartition(")")[2].split()[:4]
        except OSError:
            continue
        if int(session) == leader and state != "Z":
            alive.add(int(stat.parent.name))
    return alive


def wait_until_held(out: Path) -> None:
    """Give a run a minute to begin."""
    deadline = time.monotonic() + 60
    while not (out / LOCK).exists():
        assert time.monotonic() < deadline
        time.sleep(0.02)


def wait_until_nobody(leader: int) -> set[int]:
    """Give what is left of a session ten seconds to end; returns what has not."""
    deadline = time.monotonic() + 10
    while (left := group_of(leader)) and time.monotonic() < deadline:
        time.sleep(0.05)
    return left


def read_tables(release: Path) -> dict[str, tuple[int, object]]:
    """Every table of a release: its rows, and a digest of them without the release's own name."""
    digests = {}
    with duckdb.connect(str(release / WAREHOUSE), read_only=True) as connection:
        for name, columns in connection.execute(
            "SELECT table_name, list(column_name) FROM duckdb_columns() WHERE NOT internal "
            "AND table_name IN (SELECT table_name FROM duckdb_tables()) GROUP BY 1"
        ).fetchall():
            kept = ", ".join(f't."{column}"' for column in columns if column not in NAMES)
            sql = f"SELECT count(*), sum(hash(row({kept}))) FROM {name} AS t"
            digests[name] = connection.execute(sql).fetchall()[0]
    return digests


def is_whole(out: Path) -> Path:
    """The published release, every file of it read and its counts held against its record."""
    release = resolve_current(out)
    assert release is not None
    record = json.loads((release / RECORD).read_text(encoding="utf-8"))
    for path in release.rglob("*"):
        assert not path.is_file() or path.stat().st_size == len(path.read_bytes())
    for slug, kept in record["briefs"].items():
        place = next(path for path in map(release.joinpath, _places(slug)) if path.is_dir())
        assert {path.name for path in place.iterdir()} >= kept["files"].keys()
    with duckdb.connect(str(release / WAREHOUSE), read_only=True) as connection:
        assert connection.execute("SELECT count(*) FROM raw_row").fetchall()[0][0] == record["counts"]["rows"]
    return release


def _places(slug: str) -> tuple[str, ...]:
    return f"briefs/{slug}", slug, f"national/{slug}"


@pytest.mark.parametrize("number", range(KILLS))
def test_a_run_that_is_killed_at_any_moment_leaves_the_release_and_the_next_is_whole(
    folder: Path, number: int
) -> None:
    out = folder / "out"
    before = is_whole(out)
    seconds = json.loads((before / RECORD).read_text(encoding="utf-8"))["seconds"]
    moment = random.Random(number).uniform(0.2, 0.5 + sum(seconds.values()))
    reader = duckdb.connect(str(before / WAREHOUSE), read_only=True)
    run = start_refresh(folder)
    with run:
        time.sleep(moment)
        os.kill(run.pid, signal.SIGKILL)
        run.communicate()
    assert wait_until_nobody(run.pid) == set()
    assert is_whole(out) in (before, *list_releases(out)), moment
    assert reader.execute("SELECT count(*) FROM raw_row").fetchall()[0][0] > 0
    reader.close()
    done = refresh(folder, "--full")
    assert done.returncode == EXIT_ATTENTION, done.stderr
    after = is_whole(out)
    assert after != before
    assert read_tables(after) == read_tables(before)
    assert sorted(path.name for path in out.iterdir()) == ["current", "logs", "releases"]


def test_a_run_that_is_told_to_stop_leaves_no_process_and_no_half_file(folder: Path) -> None:
    out = folder / "out"
    before = is_whole(out)
    for number, moment in ((signal.SIGTERM, 0.2), (signal.SIGINT, 3.0)):
        with start_refresh(folder) as run:
            wait_until_held(out)
            time.sleep(moment)
            os.kill(run.pid, number)
            _, told = run.communicate(timeout=30)
        assert run.returncode == EXIT_NOT_PUBLISHED, told
        assert told.splitlines()[-1].startswith("หยุดตามคำสั่ง")
        assert "Traceback" not in told
        assert wait_until_nobody(run.pid) == set()
        assert is_whole(out) == before
        assert sorted(path.name for path in out.iterdir()) == ["current", "logs", "releases"]


def test_of_two_runs_at_once_one_runs_and_one_says_who_runs(folder: Path) -> None:
    with start_refresh(folder) as first:
        wait_until_held(folder / "out")
        second = refresh(folder)
        first.terminate()
        first.communicate()
    assert second.returncode == EXIT_NOT_PUBLISHED
    assert f"โปรเซส {first.pid}" in second.stderr
    assert len(second.stderr.splitlines()) == 1
    is_whole(folder / "out")


def test_a_refresh_needs_no_network(folder: Path) -> None:
    """The first of the two releases was made where there is none; the second is the same."""
    if not can_cut_network():
        pytest.skip("this machine cannot give a process a network of its own")
    without, reachable = list_releases(folder / "out")
    asked = {"raw_file", "core_project", "core_amount", "out_project_amount"}
    tables = [
        {name: rows for name, rows in read_tables(one).items() if name in asked}
        for one in (without, reachable)
    ]
    assert tables[0] == tables[1]
    assert all(count for count, _ in tables[0].values())
    assert list(without.rglob("brief.pdf"))
    code = "import socket; socket.create_connection(('192.0.2.1', 9), 1)"
    reached = subprocess.run(
        [*WITHOUT_NETWORK, sys.executable, "-c", code], capture_output=True, text=True, check=False
    )
    assert "Network is unreachable" in reached.stderr


def test_nothing_changed_is_answered_without_a_new_release(folder: Path) -> None:
    before = is_whole(folder / "out")
    done = refresh(folder)
    assert done.returncode == EXIT_ATTENTION
    assert before.name in done.stdout
    assert is_whole(folder / "out") == before
    explained = refresh(folder, "--explain")
    assert "ไม่มีสิ่งใดเปลี่ยน" in explained.stdout
    next(path for path in (folder / "raw").rglob("*") if path.suffix == ".xlsx").rename(
        folder / "raw" / "ก.xlsx"
    )
    explained = refresh(folder, "--explain")
    assert "ใหม่: ก.xlsx" in explained.stdout
    assert "หายไป: " in explained.stdout


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can mount a small disk")
def test_a_full_disk_is_one_line_and_the_release_before_stands(folder: Path, tmp_path: Path) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=200m", "tmpfs", str(disk)], capture_output=True, check=False
    )
    if mounted.returncode:
        pytest.skip(f"no disk can be mounted here: {mounted.stderr.decode()[:80]}")
    try:
        shutil.copytree(folder / "out", disk / "out", symlinks=True)
        before = is_whole(disk / "out")
        filler = disk / "filler"
        free = shutil.disk_usage(disk).free
        filler.write_bytes(bytes(max(free - 6_000_000, 0)))
        done = run_pipeline("refresh", "--full", "--raw", str(folder / "raw"), "--out", str(disk / "out"))
        assert done.returncode == EXIT_NOT_PUBLISHED, done.stderr
        assert "ดิสก์เต็ม" in done.stderr.splitlines()[-1]
        assert "Traceback" not in done.stderr
        assert is_whole(disk / "out") == before
    finally:
        subprocess.run(["umount", str(disk)], check=False)
