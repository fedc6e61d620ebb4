"""The same release from another clone, and on a system that has no fork and no links."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from pipeline import open_release
from pipeline.errors import EXIT_ATTENTION
from pipeline.release import CURRENT, resolve_current
from pipeline.release.kept import list_releases
from pipeline.settings import PROJECT
from tests.conftest import run_pipeline
from tests.same import compare

WITHOUT = "fork symlinks hardlinks"


def clone_into(folder: Path) -> Path:
    """The project's own files in another place, those that are not yet committed too."""
    listed = subprocess.run(
        ["git", "ls-files", "-co", "--exclude-standard", "-z"], cwd=PROJECT, capture_output=True, check=False
    )
    if listed.returncode:
        pytest.skip("this is no git checkout")
    for name in filter(None, listed.stdout.decode("utf-8").split("\0")):
        if not name.startswith("tests/") and (PROJECT / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            # As a clone does: with the time of now.
            shutil.copyfile(PROJECT / name, folder / name)
    return folder


def test_a_full_run_from_another_clone_gives_the_same_release(small: Path, tmp_path: Path) -> None:
    clone, out = clone_into(tmp_path / "clone"), tmp_path / "out"
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "pipeline",
            "refresh",
            "--raw",
            str(small / "raw"),
            "--out",
            str(out),
            "--jobs",
            "1",
        ],
        cwd=clone,
        env=os.environ | {"PYTHONPATH": str(clone)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == EXIT_ATTENTION, done.stderr
    (made,) = list_releases(out)
    assert compare(list_releases(small / "out")[0], made) == []


def test_without_fork_and_links_everything_works_and_the_release_is_the_same(
    small: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PIPELINE_WITHOUT", WITHOUT)
    places = ("--raw", str(small / "raw"), "--out", str(tmp_path / "out"))
    done = run_pipeline("refresh", *places)
    assert done.returncode == EXIT_ATTENTION, done.stderr
    out = tmp_path / "out"
    (made,) = list_releases(out)
    assert (out / CURRENT).read_text(encoding="utf-8") == f"releases/{made.name}\n"
    assert compare(list_releases(small / "out")[0], made) == []

    shutil.copytree(made, made.with_name("20200101T000000Z"))
    assert open_release(out).name == made.name
    assert open_release(out).query("SELECT count(*) AS n FROM core_project")["n"].to_list() == [8]
    assert run_pipeline("rollback", "--out", str(out)).returncode == 0
    assert resolve_current(out) == made.with_name("20200101T000000Z")
    assert open_release(out).name == "20200101T000000Z"
    for verb in ("status", "export", "templates", "doctor"):
        done = run_pipeline(verb, *(places[2:] if verb == "export" else places))
        assert done.returncode in (0, EXIT_ATTENTION), done.stderr
    again = run_pipeline("refresh", *places)
    assert "ไม่มีสิ่งใดเปลี่ยน" in again.stdout
    assert not any(path.is_symlink() or path.stat().st_nlink > 1 for path in out.rglob("*") if path.is_file())
