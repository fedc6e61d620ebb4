"""The database that forks read: open in their parent only while that has one thread."""

from __future__ import annotations

import gc
import multiprocessing
import threading
from multiprocessing.connection import Connection
from pathlib import Path

import duckdb
import pytest

from pipeline.briefs.readied import COLLECT_AFTER, open_for_forks, warm_up
from pipeline.cluster.family import count_threads
from pipeline.cluster.processes import in_child
from pipeline.store import open_for_reading

pytestmark = pytest.mark.skipif(count_threads() is None, reason="this system does not list threads")


@pytest.fixture
def database(tmp_path: Path) -> Path:
    path = tmp_path / "baseline.duckdb"
    with duckdb.connect(str(path)) as connection:
        connection.execute("CREATE TABLE amount AS SELECT range AS baht FROM range(300_000)")
    return path


def _add_up(database: Path, answer: Connection) -> None:
    with open_for_reading(database) as connection:
        answer.send(connection.execute("SELECT sum(baht), count(*) FROM amount").fetchone())


def _ask_forks(database: Path, answer: Connection) -> None:
    """Open the database in this process, and have two forks of it read."""
    with open_for_forks(database) as is_held:
        forks = multiprocessing.get_context("fork")
        answer.send((is_held, count_threads()))
        for _ in range(2):
            process = forks.Process(target=_add_up, args=(database, answer))
            process.start()
            process.join(30)
            answer.send(process.exitcode)


def test_forks_read_what_their_parent_holds_open(database: Path) -> None:
    afresh = multiprocessing.get_context("spawn")
    receiver, sender = afresh.Pipe(duplex=False)
    process = afresh.Process(target=_ask_forks, args=(database, sender))
    process.start()
    told = [receiver.recv() for _ in range(5)]
    process.join()
    assert told[0] == (True, 1)
    assert [value for value in told[1:] if value == 0] == [0, 0]
    assert [value for value in told[1:] if value != 0] == [(300_000 * 299_999 // 2, 300_000)] * 2


def test_a_process_with_other_threads_holds_nothing_open(database: Path) -> None:
    waits = threading.Event()
    other = threading.Thread(target=waits.wait)
    other.start()
    try:
        with open_for_forks(database) as is_held:
            assert not is_held
            # Whoever writes is not kept out.
            duckdb.connect(str(database)).close()
    finally:
        waits.set()
        other.join()


def test_a_database_that_is_none_is_left_to_the_briefs_to_tell(tmp_path: Path) -> None:
    nothing = tmp_path / "baseline.duckdb"
    nothing.write_bytes(b"no database")
    with open_for_forks(nothing) as is_held:
        assert not is_held
    with pytest.raises(duckdb.Error):
        duckdb.connect(str(nothing), read_only=True)


def _ready(folder: Path) -> tuple[int, int]:
    """Do what the process that makes the briefs does first, and tell what a fork of it makes of garbage."""
    warm_up([], folder)
    return in_child(lambda _: (gc.get_threshold()[0], gc.get_freeze_count()))


def test_forks_look_seldom_for_garbage_and_never_among_what_their_parent_has(tmp_path: Path) -> None:
    threshold, frozen = in_child(lambda _: _ready(tmp_path))
    assert threshold == COLLECT_AFTER
    assert frozen > COLLECT_AFTER
