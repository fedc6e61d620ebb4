"""Night after night: a few files change, and nothing grows that should not. A year of them: NIGHTS=365."""

from __future__ import annotations

import json
import os
import random
import shutil
import statistics
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import yaml

from pipeline.operation.diary import read_runs
from pipeline.release import RECORD
from pipeline.release.kept import list_releases
from pipeline.settings import PROJECT, SPECS
from pipeline.specs import load_yaml
from tests.functional.test_nights import is_whole
from tests.integration.workbooks import plan, write_sheet

NIGHTS = int(os.environ.get("NIGHTS", "3"))
SEED = 2569
PROVINCES = ("สุโขทัย", "นครพนม", "ราชบุรี", "ภูเก็ต")
# How much more the last nights may cost than the first with as many releases.
AT_MOST = 1.2
RULES, KEPT = 6, 8
TITLE = "แผนงานโครงการ จังหวัด{} ปีงบประมาณ พ.ศ. 2565"


def write_file(raw: Path, name: str, draw: random.Random) -> None:
    """One office's plan with amounts of that day, in the place of the one that it sent before."""
    amounts = [draw.randrange(1_000, 9_000_000) for _ in range(draw.randrange(3, 9))]
    names = [f"โครงการอบรม {name} ที่ {number}" for number in range(len(amounts))]
    write_sheet(raw / f"จังหวัด{name}" / "แผน.xlsx", plan(TITLE.format(name), *amounts, names=names))


def disk(folder: Path) -> int:
    """Bytes under a folder, each file once whatever its names."""
    seen = {}
    for path in folder.rglob("*"):
        if path.is_file() and not path.is_symlink():
            state = path.stat()
            seen[state.st_ino] = state.st_size
    return sum(seen.values())


def children(parent: int) -> set[int]:
    """The processes that a process has started and that have not ended."""
    texts = [path.read_text(encoding="ascii") for path in Path("/proc").glob(f"{parent}/task/*/children")]
    return {int(pid) for text in texts for pid in text.split()}


def few_specs(folder: Path) -> Path:
    """The specs with few rules to check and few releases to keep: a night is short, and soon no more are kept."""
    target = folder / "specs"
    shutil.copytree(SPECS, target)
    for name, change in (
        ("checks.yml", lambda spec: spec["rules"].__delitem__(slice(RULES, None))),
        ("operation.yml", lambda spec: spec["releases"].update(at_most=KEPT)),
    ):
        spec = load_yaml(name)
        change(spec)
        (target / name).write_text(
            yaml.safe_dump(spec, allow_unicode=True, sort_keys=False), encoding="utf-8"
        )
    return target


@contextmanager
def driver(raw: Path, out: Path, temporary: Path) -> Iterator[subprocess.Popen[str]]:
    """The process that does nights on order."""
    with subprocess.Popen(
        [sys.executable, "-m", "tests.functional.nightly", str(raw), str(out)],
        cwd=PROJECT,
        env=os.environ | {"TMPDIR": str(temporary), "PIPELINE_SPECS": str(few_specs(raw.parent))},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as one:
        yield one
        assert one.stdin is not None
        one.stdin.close()


def nights(count: int, raw: Path, out: Path, temporary: Path) -> Iterator[dict[str, float]]:
    """One night after the other, each with one to three files changed."""
    draw = random.Random(SEED)
    for name in PROVINCES:
        write_file(raw, name, draw)
    with driver(raw, out, temporary) as one:
        assert one.stdin is not None
        assert one.stdout is not None
        for number in range(count):
            for name in draw.sample(PROVINCES, draw.randrange(1, 4)) if number else ():
                write_file(raw, name, draw)
            one.stdin.write("night\n")
            one.stdin.flush()
            told = json.loads(one.stdout.readline())
            left = {"night": number, "disk": disk(out), "temporary": sum(1 for _ in temporary.rglob("*"))}
            yield told | left | {"processes": len(children(one.pid))}


@pytest.mark.skipif(
    not Path("/proc/self/fd").is_dir(), reason="this system does not list handles and processes"
)
def test_night_after_night_nothing_is_left_and_nothing_grows(tmp_path: Path) -> None:
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    out, log = tmp_path / "out", Path(os.environ.get("NIGHTS_LOG", tmp_path / "nights.jsonl"))
    seen = []
    for night in nights(NIGHTS, tmp_path / "raw", out, temporary):
        seen.append(night)
        with log.open("a", encoding="utf-8") as lines:
            lines.write(json.dumps(night) + "\n")
        assert night["code"] in (0, 3)
        assert (night["temporary"], night["processes"]) == (0, 0)
        assert sorted(path.name for path in out.iterdir()) == ["current", "logs", "releases"]
        assert len(list_releases(out)) == min(night["night"] + 1, KEPT)
    assert len(read_runs(out)) == NIGHTS
    assert {night["handles"] for night in seen} == {seen[0]["handles"]}
    counts = json.loads((is_whole(out) / RECORD).read_text(encoding="utf-8"))["counts"]
    assert counts["files"]["loaded"] == len(PROVINCES)
    # As many releases are kept from here on as ever will be.
    full = seen[KEPT:]
    if len(full) >= 20:
        share = max(len(full) // 10, 10)
        for what in ("cpu", "disk", "peak_mb"):
            first, last = (
                statistics.median(one[what] for one in part) for part in (full[:share], full[-share:])
            )
            assert last < first * AT_MOST, (what, first, last)
