"""Views are kept the same whether this run made them or they are made anew, and in however many threads."""

from __future__ import annotations

import shutil
from pathlib import Path

import duckdb
import pytest

from pipeline import store
from pipeline.ingest import ingest
from tests.integration.workbooks import plan, write_sheet
from tests.same import compare_tables


@pytest.fixture
def ingested(tmp_path: Path) -> Path:
    raw = tmp_path / "raw"
    for province, year in (("สุโขทัย", 2565), ("สุโขทัย", 2566), ("ภูเก็ต", 2566)):
        title = f"แผนงานโครงการ จังหวัด{province} ปีงบประมาณ พ.ศ. {year}"
        write_sheet(raw / f"{province} {year}.xlsx", plan(title, 1000, 2000 + year, year))
    database = tmp_path / "baseline.duckdb"
    ingest(raw, database, jobs=1, progress=lambda *_: None)
    return database


def kept(ingested: Path, name: str, *, are_made: bool) -> Path:
    copy = Path(shutil.copy(ingested, ingested.with_name(f"{name}.duckdb")))
    store.keep_views(copy, near_score=88, previous=None, are_made=are_made)
    return copy


def test_views_that_are_made_anew_are_kept_as_those_that_the_ingest_made(ingested: Path) -> None:
    made, again = kept(ingested, "made", are_made=True), kept(ingested, "again", are_made=False)
    assert list(compare_tables(made, again)) == []
    with duckdb.connect(str(made), read_only=True) as connection:
        (rows,) = connection.execute("SELECT count(*) FROM out_project_amount").fetchall()[0]
    assert rows > 0
    store.keep_views(made, near_score=88, previous=None)
    assert list(compare_tables(made, again)) == []


def test_views_are_the_same_in_one_thread_and_in_several(
    ingested: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with store.open_for_reading(ingested) as connection:
        assert connection.execute("SELECT current_setting('threads')").fetchall() == [(1,)]
    one = kept(ingested, "one", are_made=True)
    monkeypatch.setattr(store, "_FOR_ONE_THREAD", 0)
    with store.open_for_writing(one) as connection:
        (threads,) = connection.execute("SELECT current_setting('threads')").fetchall()[0]
    with duckdb.connect() as connection:
        assert connection.execute("SELECT current_setting('threads')").fetchall() == [(threads,)]
    assert list(compare_tables(one, kept(ingested, "several", are_made=True))) == []
