"""A cluster of real processes on this machine: scheduler and workers, each in a process of its own."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import dask
import pytest
from distributed import Client, LocalCluster

from pipeline.cluster.executor import Executor
from pipeline.errors import UsageError

_LIMITS = {"seconds": 30.0, "memory_bytes": 2 * 2**30}
pytestmark = pytest.mark.filterwarnings("ignore")


@pytest.fixture(scope="module")
def cluster() -> Iterator[str]:
    settings = {"distributed.worker.daemon": False, "distributed.scheduler.allowed-failures": 1}
    with (
        dask.config.set(settings),
        LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as made,
    ):
        yield made.scheduler_address


def _double(number: int) -> int:
    if number == 13:
        raise ValueError("no doubling of 13")
    if number == 99:
        time.sleep(60)
    if number == 66:
        os.kill(os.getpid(), signal.SIGKILL)
    return number * 2


def _minus(number: int) -> int:
    return -number


def _negative(number: int) -> int:
    return -1000 - number


def _map(scheduler: str | None, items: list[int], folder: Path, **limits: float) -> list[int]:
    executor = Executor(2, scheduler, folder)
    given = {**_LIMITS, **limits}
    return sorted(
        executor.map_unordered(
            _double,
            items,
            died=_minus,
            late=_negative,
            seconds=given["seconds"],
            memory_bytes=int(given["memory_bytes"]),
        )
    )


def test_every_item_is_answered_as_it_is_here(cluster: str, tmp_path: Path) -> None:
    items = list(range(10))
    assert _map(cluster, items, tmp_path) == _map(None, items, tmp_path) == [item * 2 for item in items]


def test_what_kills_or_holds_up_its_process_is_answered_and_the_others_are_done(
    cluster: str, tmp_path: Path
) -> None:
    assert _map(cluster, [1, 66, 99, 2], tmp_path, seconds=3) == [-1099, -66, 2, 4]


def test_what_an_item_raises_is_raised_here(cluster: str, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="no doubling of 13"):
        _map(cluster, [1, 13], tmp_path)


def _kill_worker_once(mark: Path, numbers: list[int]) -> list[int]:
    """End the whole worker the first time that it comes to 3."""
    time.sleep(0.2)
    if 3 in numbers and not mark.exists():
        mark.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return [number * 2 for number in numbers]


def test_the_work_of_a_worker_that_dies_is_done_by_another(cluster: str, tmp_path: Path) -> None:
    work = partial(_kill_worker_once, tmp_path / "killed")
    answers = Executor(1, cluster, tmp_path).map_many(work, list(range(20)), died=_minus)
    assert sorted(answers) == [number * 2 for number in range(20)]
    assert (tmp_path / "killed").exists(), "the worker was not killed"


def _kill_worker(numbers: list[int]) -> list[int]:
    """End the whole worker each time that it comes to 3."""
    if 3 in numbers:
        os.kill(os.getpid(), signal.SIGKILL)
    return [number * 2 for number in numbers]


def test_an_item_that_several_workers_die_of_is_answered(cluster: str, tmp_path: Path) -> None:
    answers = Executor(1, cluster, tmp_path).map_many(_kill_worker, list(range(6)), died=_minus)
    assert sorted(answers) == [-3, 0, 2, 4, 8, 10]


def test_a_worker_that_does_not_see_the_folder_is_named(
    cluster: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pipeline.cluster.machines.describe_machine", _describe_another)
    with pytest.raises(UsageError, match=r"tcp://.*โฟลเดอร์งาน"):
        _map(cluster, [1], tmp_path)


def _describe_another(mark: str) -> dict[str, str]:
    """Describe a machine that has all but the folder."""
    return {"program": "", "specs": "", "libraries": "", "folder": str(os.getpid())}


def test_a_cluster_without_workers_and_an_address_without_a_cluster_are_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pipeline.cluster.machines._SECONDS_TO_ANSWER", 1)
    with pytest.raises(UsageError, match="SCHEDULER=tcp://127.0.0.1:1 ไม่ได้"):
        _map("tcp://127.0.0.1:1", [1], tmp_path)
    with (
        LocalCluster(n_workers=0, dashboard_address=None) as empty,
        pytest.raises(UsageError, match="ยังไม่มีเครื่องทำงาน"),
    ):
        _map(empty.scheduler_address, [1], tmp_path)


def test_nothing_is_left_on_the_cluster(cluster: str, tmp_path: Path) -> None:
    _map(cluster, [1, 2, 3], tmp_path)
    with Client(cluster, set_as_default=False) as client:
        assert not client.run_on_scheduler(lambda dask_scheduler: list(dask_scheduler.tasks))
    assert not list(tmp_path.iterdir())
