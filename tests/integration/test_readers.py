"""Readers that query without pause while release after release is published and old ones go: no error, none mixed."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import duckdb

from pipeline.release import RECORD, WAREHOUSE, publish
from pipeline.release.kept import Keeping, list_releases, remove_old
from pipeline.settings import PROJECT

READERS, RELEASES = 8, 20
FIRST = datetime(2026, 1, 1, tzinfo=UTC)
READER = """
import json, sys
from pathlib import Path
from pipeline.opened import open_release
out, last = Path(sys.argv[1]), sys.argv[2]
seen = []
print("reading", flush=True)
while not seen or seen[-1] != last:
    with open_release(out) as release:
        names = [release._connection.execute("SELECT any_value(name), count(*) FROM t").fetchone() for _ in range(3)]
        names.append((json.loads((release.folder / "run.json").read_text())["release"], 20_000))
        assert set(names) == {(release.name, 20_000)}, (release.name, names)
        seen += [release.name] if release.name not in seen[-1:] else []
assert seen == sorted(seen), seen
print(len(seen))
"""


def name_of(number: int) -> str:
    return (FIRST + timedelta(days=number)).strftime("%Y%m%dT%H%M%SZ")


def publish_one(out: Path, number: int) -> None:
    build = out / ".build"
    build.mkdir(parents=True)
    with duckdb.connect(str(build / WAREHOUSE)) as connection:
        connection.execute(f"CREATE TABLE t AS SELECT '{name_of(number)}' AS name, range FROM range(20000)")
    (build / RECORD).write_text(json.dumps({"release": name_of(number), "counts": {}}), encoding="utf-8")
    publish(out, build, name_of(number))


def test_no_reader_meets_an_error_or_two_releases_at_once(tmp_path: Path) -> None:
    publish_one(tmp_path, 0)
    command = [sys.executable, "-c", READER, str(tmp_path), name_of(RELEASES)]
    readers = [
        subprocess.Popen(command, cwd=PROJECT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        for _ in range(READERS)
    ]
    for reader in readers:
        assert reader.stdout is not None
        assert reader.stdout.readline() == "reading\n"
    for number in range(1, RELEASES + 1):
        publish_one(tmp_path, number)
        remove_old(tmp_path, FIRST, Keeping(at_most=2, days=900, at_least=1))
    answers = [reader.communicate(timeout=60) for reader in readers]
    assert [reader.returncode for reader in readers] == [0] * READERS, answers
    assert max(int(answer) for answer, _ in answers) > 1
    remove_old(tmp_path, FIRST, Keeping(at_most=2, days=900, at_least=1))
    assert [release.name for release in list_releases(tmp_path)] == [name_of(RELEASES - 1), name_of(RELEASES)]
