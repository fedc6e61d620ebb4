"""Files that somebody still writes, or that nobody may open, are left to the next run, and hold up no other."""

from __future__ import annotations

import os
import threading
import time
from pathlib import Path

import pytest

from pipeline.ingest.files import FoundFile, find_files, find_growing


def put(path: Path, *, seconds_ago: float = 3600) -> Path:
    path.write_bytes(b"ok")
    moment = time.time() - seconds_ago
    os.utime(path, (moment, moment))
    return path


def found(raw: Path, name: str, **more: set[Path]) -> FoundFile:
    return next(file for file in find_files(raw, **more)[0] if file.path == name)


def test_a_file_that_grows_while_one_looks_waits(tmp_path: Path) -> None:
    calm, grows = put(tmp_path / "calm.csv"), put(tmp_path / "grows.csv", seconds_ago=0)
    stop = threading.Event()

    def copy() -> None:
        while not stop.wait(0.01):
            with grows.open("ab") as file:
                file.write(b"more")

    thread = threading.Thread(target=copy)
    thread.start()
    try:
        growing = find_growing(tmp_path, seconds=0.2)
    finally:
        stop.set()
        thread.join()
    assert growing == {grows}
    assert found(tmp_path, "grows.csv", growing=growing).is_waiting
    assert "รอบถัดไป" in (found(tmp_path, "grows.csv", growing=growing).ignored or "")
    assert not found(tmp_path, calm.name, growing=growing).is_waiting


def test_nobody_waits_where_nothing_was_written_lately(tmp_path: Path) -> None:
    put(tmp_path / "calm.csv")
    started = time.monotonic()
    assert find_growing(tmp_path, seconds=30) == set()
    assert time.monotonic() - started < 10


@pytest.mark.parametrize("owner", ["~$แผน.xlsx", ".~lock.แผน.xlsx#"])
def test_what_was_saved_while_it_is_open_waits_and_what_was_not_is_read(tmp_path: Path, owner: str) -> None:
    put(tmp_path / "แผน.xlsx", seconds_ago=100)
    put(tmp_path / owner, seconds_ago=50)
    assert found(tmp_path, "แผน.xlsx").ignored is None
    put(tmp_path / "แผน.xlsx", seconds_ago=10)
    assert found(tmp_path, "แผน.xlsx").is_waiting


def test_a_part_of_a_download_waits(tmp_path: Path) -> None:
    put(tmp_path / "แผน.xlsx.part")
    assert found(tmp_path, "แผน.xlsx.part").is_waiting


def test_a_file_that_may_not_be_opened_waits_and_a_lost_share_stops(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    closed = put(tmp_path / "closed.csv")
    put(tmp_path / "open.csv")
    read = Path.read_bytes

    def refuse(path: Path) -> bytes:
        if path == closed:
            raise PermissionError(13, "Permission denied", str(path))
        return read(path)

    monkeypatch.setattr(Path, "read_bytes", refuse)
    assert found(tmp_path, "closed.csv").is_waiting
    assert found(tmp_path, "open.csv").ignored is None

    def lose(path: Path) -> bytes:
        raise OSError(116, "Stale file handle", str(path))

    monkeypatch.setattr(Path, "read_bytes", lose)
    with pytest.raises(OSError, match="Stale"):
        find_files(tmp_path)
