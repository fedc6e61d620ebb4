"""The benchmark runs, reads every row that it made, and prints a line for each reader."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from pipeline import bench
from pipeline.bench.measure import measure
from pipeline.bench.workbooks import write_plans
from pipeline.provinces import load_gazetteer


def test_every_reader_reads_every_workbook(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bench, "PROVINCES", 2)
    monkeypatch.setattr(bench, "YEARS", 2)
    monkeypatch.setattr(bench, "SHEET_ROWS", 30)
    monkeypatch.setattr(bench, "CHECK_ROWS", 20)
    told: list[str] = []
    lines = list(bench.run_bench(jobs=2, rows=20, tell=told.append))
    assert [line.rows for line in lines] == [80, 80, 80, 80, 80, 800, 800, 30, 30, 200, 200]
    assert all(line.seconds > 0 for line in lines)
    assert [line.ratio for line in lines if line.what.startswith("calamine")] == [1, 1, 1]
    assert len(told) == 6


def test_memory_is_that_of_all_processes() -> None:
    measured = measure(lambda: time.sleep(0.3))
    assert measured.seconds >= 0.3
    if Path("/proc/self/smaps_rollup").exists():
        assert measured.peak_mb is not None
        assert measured.peak_mb > 10


def test_made_up_workbooks_are_named_by_province_and_year(tmp_path: Path) -> None:
    provinces = [load_gazetteer().provinces[code] for code in ("64", "48")]
    paths = write_plans(tmp_path, provinces, years=2, rows=3, jobs=1)
    assert [path.relative_to(tmp_path).as_posix() for path in paths] == [
        "48-nakhon-phanom/แผน2562.xlsx",
        "48-nakhon-phanom/แผน2563.xlsx",
        "64-sukhothai/แผน2562.xlsx",
        "64-sukhothai/แผน2563.xlsx",
    ]
