"""Whatever a received file is like, the workbook that goes back says the same amounts to the same reader."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import duckdb
import pytest

from pipeline.ingest import ingest
from pipeline.ingest.files import find_files
from pipeline.returns import return_files
from tests.integration.returned import RUN
from tests.messy.build import draw_combination, make_folder

AMOUNTS = "SELECT cell, measure, period, fiscal_year_be, amount_baht FROM core_amount ORDER BY ALL"
# So that every file goes back.
ASK_ALL = """
INSERT INTO quality_issue (rule, severity, file_id, path, message_th, stage)
SELECT 'asked', 'warning', file_id, path, 'ตรวจไฟล์นี้', 'check'
FROM raw_file WHERE status = 'loaded'"""


def read_amounts(raw: Path, database: Path) -> list[tuple[Any, ...]]:
    ingest(raw, database, jobs=1, progress=lambda stage, done, total: None)
    with duckdb.connect(str(database)) as connection:
        connection.execute(ASK_ALL)
        return connection.execute(AMOUNTS).fetchall()


@pytest.mark.parametrize("seed", range(4))
def test_what_goes_back_says_the_same_amounts(tmp_path: Path, seed: int) -> None:
    raw, again = tmp_path / "raw", tmp_path / "again"
    raw.mkdir()
    make_folder(raw, draw_combination(seed, frozenset()), seed=7)
    amounts = read_amounts(raw, tmp_path / "first.duckdb")
    assert amounts
    sources = {file.file_id: file.absolute for file in find_files(raw)[0]}
    returned = return_files(
        tmp_path / "first.duckdb",
        tmp_path / "returns",
        RUN,
        sources,
        jobs=1,
        progress=lambda done, total: None,
    )
    shutil.copytree(raw, again)
    for one in returned:
        assert one.failure is None
        place = again / sources[one.file_id].relative_to(raw)
        place.unlink()
        shutil.copy(tmp_path / "returns" / one.slug / str(one.name), place.with_suffix(".xlsx"))
    assert returned
    assert read_amounts(again, tmp_path / "second.duckdb") == amounts
