"""Fixtures that several rooms of tests share; the dear ones are built once, whatever the number of workers."""

from __future__ import annotations

import fcntl
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import duckdb
import pytest

from pipeline.alignment import analyse, read_settled
from pipeline.ingest import ingest
from pipeline.settings import PROJECT

# All releases of one run of the tests are of one day, also where it runs over midnight; every worker inherits it.
os.environ.setdefault("SOURCE_DATE_EPOCH", str(int(time.time())))
SHARED = Path(os.environ.get("SHARED", PROJECT.parent / "shared"))


def run_pipeline(*arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the command itself, as a user would."""
    return subprocess.run(
        [sys.executable, "-m", "pipeline", *arguments],
        cwd=PROJECT,
        capture_output=True,
        text=True,
        check=False,
    )


def shared_folder(name: str) -> Path:
    """A folder of the published test data; skips where it is not on this machine."""
    folder = SHARED / name
    if not folder.is_dir():
        pytest.skip(f"the published test data is not here: {folder.parent.name}/{name}")
    return folder


@pytest.fixture(scope="session")
def build_once(
    tmp_path_factory: pytest.TempPathFactory, worker_id: str
) -> Callable[[str, Callable[[Path], None]], Path]:
    """Build a folder once for all workers; the others wait for it."""
    base = tmp_path_factory.getbasetemp()
    common = base if worker_id == "master" else base.parent

    def build(name: str, make: Callable[[Path], None]) -> Path:
        folder = common / f"built-{name}"
        with (common / f"{name}.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not (folder / "done").exists():
                folder.mkdir(exist_ok=True)
                make(folder)
                (folder / "done").touch()
        return folder

    return build


def _ingest_into(raw: Path) -> Callable[[Path], None]:
    def make(folder: Path) -> None:
        ingest(raw, folder / "baseline.duckdb", jobs=1, progress=lambda stage, done, total: None)
        analyse(folder / "baseline.duckdb", folder, read_settled(raw, is_sample=True))

    return make


@pytest.fixture(scope="session")
def shared_data() -> Path:
    return shared_folder("data")


@pytest.fixture(scope="session")
def shared_expected() -> Path:
    return shared_folder("expected")


@pytest.fixture(scope="session")
def shared_warehouse(
    shared_data: Path, build_once: Callable[..., Path]
) -> Iterator[duckdb.DuckDBPyConnection]:
    """The warehouse of all published test data."""
    folder = build_once("shared-data", _ingest_into(shared_data))
    with duckdb.connect(str(folder / "baseline.duckdb"), read_only=True) as connection:
        yield connection


@pytest.fixture(scope="session")
def sample_warehouse(build_once: Callable[..., Path]) -> Iterator[duckdb.DuckDBPyConnection]:
    """The warehouse of the bundled sample."""
    folder = build_once("sample", _ingest_into(PROJECT / "raw_data"))
    with duckdb.connect(str(folder / "baseline.duckdb"), read_only=True) as connection:
        yield connection


@pytest.fixture(scope="session")
def sample_release(build_once: Callable[..., Path]) -> Path:
    """A published release of the bundled sample, made by the command; holds out/, stdout.txt and exit_code.txt."""

    def make(folder: Path) -> None:
        done = run_pipeline("refresh", "--raw", str(PROJECT / "raw_data"), "--out", str(folder / "out"))
        (folder / "stdout.txt").write_text(done.stdout, encoding="utf-8")
        (folder / "stderr.txt").write_text(done.stderr, encoding="utf-8")
        (folder / "exit_code.txt").write_text(str(done.returncode), encoding="utf-8")

    return build_once("sample-release", make)
