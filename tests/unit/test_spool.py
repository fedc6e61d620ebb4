"""Rows on their way to the warehouse: several received files share a file of rows, which goes when all are loaded."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import duckdb
import pytest

from pipeline.ingest.files import FoundFile
from pipeline.ingest.place import Shelves
from pipeline.ingest.reading import FileReading
from pipeline.spool import OwnRows, Spool, written


def _leave(folder: Path, number: int, **tables: dict[str, Any]) -> FileReading:
    """Leave rows as the reading of one received file does."""
    now = datetime(2022, 1, 1, tzinfo=UTC)
    name = f"{number:012x}"
    reading = FileReading(
        FoundFile(name, f"{number}.xlsx", Path(f"{number}.xlsx"), "s", 1, now, "file", None)
    )
    spool = Spool(folder, name)
    for table, columns in tables.items():
        spool.add(table, columns, count=2)
    reading.spooled, reading.filled = spool.write(), spool.filled
    return reading


def test_files_of_rows_are_shared_and_read_back_in_order(tmp_path: Path) -> None:
    readings = [
        _leave(tmp_path, number, raw_row={"sheet": "ก", "cells": [f"{number}", None]}) for number in (1, 2, 3)
    ]
    assert len(list(tmp_path.iterdir())) == 1
    spooled = [part for reading in reversed(readings) for part in reading.spooled]
    with duckdb.connect() as connection:
        connection.register("own", OwnRows(spooled))
        assert connection.execute("SELECT cells FROM own").fetchall() == [
            ("3",), (None,), ("2",), (None,), ("1",), (None,),
        ]  # fmt: skip


def test_batches_of_the_same_columns_are_joined(tmp_path: Path) -> None:
    spool = Spool(tmp_path, "0" * 12)
    for text in ("ก", "ข"):
        spool.add("core_project", {"table_id": text, "project_name": [text, text]}, count=2)
    (part,) = spool.write()
    with duckdb.connect() as connection:
        connection.register("own", OwnRows([part]))
        assert connection.execute("SELECT batch, project_name FROM own").fetchall() == [
            (0, "ก"), (0, "ก"), (1, "ข"), (1, "ข"),
        ]  # fmt: skip
    assert part.shared == [(0, "ก"), (1, "ข")]


def test_a_file_of_rows_is_done_with_when_it_is_full_and_all_its_rows_are_sent(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(written, "_FULL_BYTES", 600)
    readings = [_leave(tmp_path, number, raw_row={"cells": ["ก" * 30, "ข"]}) for number in range(6)]
    paths = [reading.spooled[0].path for reading in readings]
    full = [reading.filled for reading in readings]
    assert len(set(paths)) > 1
    assert any(full)
    shelves = Shelves()
    # The last that was written of a file may be settled before the others.
    done = [path for reading in reversed(readings) for path in shelves.find_done(reading)]
    assert done == list(
        dict.fromkeys(path for path, filled in reversed(list(zip(paths, full, strict=True))) if filled)
    )


def test_a_file_with_rows_that_wait_for_the_end_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(written, "_FULL_BYTES", 1)
    shelves = Shelves()
    early = _leave(tmp_path, 1, raw_row={"cells": ["ก", "ข"]})
    late = _leave(tmp_path, 2, raw_row={"cells": ["ก", "ข"]}, core_feedback={"text": ["ก", "ข"]})
    assert shelves.find_done(early) == [early.spooled[0].path]
    assert shelves.find_done(late) == []
    assert shelves.find_done(FileReading(early.file)) == []
