"""A refresh on a cluster that was started as the README says: the same release as without one."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from distributed import Client

from pipeline.errors import EXIT_ATTENTION, EXIT_USAGE
from pipeline.release import resolve_current
from pipeline.release.kept import list_releases
from pipeline.settings import PROJECT
from tests.same import compare

pytestmark = pytest.mark.filterwarnings("ignore")
WORKERS = 2


@contextmanager
def running(*arguments: str) -> Iterator[None]:
    """A verb that goes on until it is stopped, with whatever it starts."""
    command = [sys.executable, "-m", "pipeline", *arguments]
    with subprocess.Popen(command, cwd=PROJECT, stderr=subprocess.DEVNULL, start_new_session=True) as started:
        try:
            yield
        finally:
            os.killpg(started.pid, signal.SIGTERM)


@pytest.fixture
def cluster() -> Iterator[str]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = str(free.getsockname()[1])
    address = f"tcp://127.0.0.1:{port}"
    with (
        running("scheduler", "--port", port),
        running("worker", "--scheduler", address, "--jobs", str(WORKERS)),
    ):
        with Client(address, timeout=60, set_as_default=False) as client:
            client.wait_for_workers(WORKERS, timeout=60)
        yield address


def refresh(raw: Path, out: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "pipeline", "refresh", "--full", "--raw", str(raw), "--out", str(out)],
        cwd=PROJECT,
        env=os.environ | environment,
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_release_that_a_cluster_made_is_the_same(small: Path, tmp_path: Path, cluster: str) -> None:
    done = refresh(small / "raw", tmp_path / "out", SCHEDULER=cluster)
    assert done.returncode == EXIT_ATTENTION, done.stderr
    with Client(cluster, set_as_default=False) as client:
        steps = client.run_on_scheduler(lambda dask_scheduler: dask_scheduler.transition_counter)
    assert steps, "nothing was done on the cluster"
    (made,) = list_releases(tmp_path / "out")
    assert compare(list_releases(small / "out")[0], made) == []


def test_a_cluster_that_does_not_answer_is_told_and_nothing_is_published(small: Path, tmp_path: Path) -> None:
    done = refresh(small / "raw", tmp_path / "out", SCHEDULER="tcp://127.0.0.1:1")
    assert done.returncode == EXIT_USAGE
    assert "SCHEDULER=tcp://127.0.0.1:1" in done.stderr
    assert resolve_current(tmp_path / "out") is None
