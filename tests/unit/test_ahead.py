"""What is read ahead for all briefs is what each would be answered."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from pipeline.brief_text.reading import QUERIES, read_rows
from pipeline.briefs import ahead
from pipeline.readings import OWN_ROWS, ask, find_answer, keep_readings
from pipeline.store import open_for_reading

CODES = ("10", "64", "77")
POPULATION, GRADES, PLACES, PEERS = (
    OWN_ROWS.format(view=view)
    for view in ("out_population", "out_quality_grade", "out_project_place", "out_peer")
)

VIEWS = (POPULATION, PEERS)


@pytest.fixture
def warehouse() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as connection:
        connection.execute("SET threads = 1")
        connection.execute("CREATE TABLE core_province AS SELECT unnest(['10', '64', '77']) AS province_code")
        for table in ("core_release", "out_budget_by_province", "core_plan_item"):
            connection.execute(f"CREATE TABLE {table} AS SELECT 1.5 AS figure, 'ก' AS name")
        connection.execute("""
            CREATE TABLE out_population AS
            SELECT [NULL, '64', '10'][1 + i % 3] AS province_code, i AS year_be, 1.25::DECIMAL(18, 2) AS n
            FROM range(9) AS t(i)""")
        connection.execute("CREATE VIEW out_quality_grade AS SELECT * FROM out_population")
        connection.execute("CREATE TABLE out_project_place AS SELECT '10' AS province_code FROM range(20)")
        connection.execute("CREATE TABLE out_peer AS SELECT * FROM out_population WHERE year_be > 5")
        yield connection


def test_small_views_are_known_of_every_province_as_each_would_be_answered(
    warehouse: duckdb.DuckDBPyConnection,
) -> None:
    with keep_readings():
        ahead.read_ahead(warehouse)
        kept = {(sql, code): find_answer(sql, {"province_code": code}) for sql in VIEWS for code in CODES}
    for (sql, code), answer in kept.items():
        assert answer == ask(warehouse, sql, {"province_code": code})
    assert [len(answer.rows) for answer in kept.values() if answer] == [3, 3, 0, 1, 1, 0]


def test_what_is_the_same_for_all_is_read_once(warehouse: duckdb.DuckDBPyConnection) -> None:
    with keep_readings():
        ahead.read_ahead(warehouse)
        warehouse.execute("DROP TABLE core_release")
        assert read_rows(warehouse, QUERIES["releases"], province_code="64")["figure"].tolist() == [1.5]


def test_large_tables_and_what_is_no_table_wait_until_they_are_asked_for(
    warehouse: duckdb.DuckDBPyConnection, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ahead, "ROWS_AT_MOST", 10)
    with keep_readings():
        ahead.read_ahead(warehouse)
        assert find_answer(POPULATION, {"province_code": "10"})
        for sql in (GRADES, PLACES):
            assert find_answer(sql, {"province_code": "10"}) is None


def _loaded_bytes(connection: duckdb.DuckDBPyConnection) -> int:
    asked = "SELECT memory_usage_bytes FROM duckdb_memory() WHERE tag = 'BASE_TABLE'"
    ((used,),) = connection.execute(asked).fetchall()
    return int(used)


def test_large_tables_are_brought_into_memory_whole(tmp_path: Path) -> None:
    rows = 10 * ahead.ROWS_AT_MOST
    with duckdb.connect(tmp_path / "w.duckdb") as made:
        made.execute(
            f"CREATE TABLE large AS SELECT hash(i) AS one, hash(-i) AS other FROM range({rows}) AS t(i)"
        )
    with open_for_reading(tmp_path / "w.duckdb") as connection:
        connection.execute("SELECT sum(one % 2) FROM large").fetchall()
        before = _loaded_bytes(connection)
        ahead.load_tables(connection)
        after = _loaded_bytes(connection)
        connection.execute("SELECT max(one), max(other) FROM large").fetchall()
        assert before < after == _loaded_bytes(connection)
