"""What is read once while readings are kept, and that nobody's change to it reaches the next reader."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import pytest

from pipeline.brief_text.evidence import Place
from pipeline.brief_text.reading import read_rows
from pipeline.brief_text.study import read_study
from pipeline.brief_text.study.frames import VIEWS
from pipeline.readings import keep_readings

NO_ROWS = "SELECT NULL::DOUBLE AS a, 'x' AS b, 1.5::DOUBLE AS c WHERE false"


class Counted:
    """A connection that counts what it is asked."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self.connection = connection
        self.asked = 0

    def execute(self, *given: Any) -> Any:
        self.asked += 1
        return self.connection.execute(*given)


@pytest.fixture
def counted(tmp_path: Path) -> Iterator[Counted]:
    with duckdb.connect(str(tmp_path / "some.duckdb")) as connection:
        yield Counted(connection)


def test_rows_are_read_once_while_readings_are_kept(counted: Counted) -> None:
    with keep_readings():
        frames = [read_rows(counted, "SELECT $a AS a", a=a, unused=n) for n, a in enumerate((1, 1, 2))]
    assert [int(frame["a"].iloc[0]) for frame in frames] == [1, 1, 2]
    assert counted.asked == 2
    read_rows(counted, "SELECT $a AS a", a=1)
    read_rows(counted, "SELECT $a AS a", a=1)
    assert counted.asked == 4


def test_what_one_reader_writes_the_next_does_not_see(counted: Counted) -> None:
    sql = "SELECT * FROM (VALUES (1, 'ก'), (2, 'ข')) AS t (a, b)"
    with keep_readings():
        first = read_rows(counted, sql)
        first.loc[0, "a"] = 7
        first["more"] = 1
        second = read_rows(counted, sql)
    assert second.to_dict("list") == {"a": [1, 2], "b": ["ก", "ข"]}


def test_a_study_is_read_once_while_readings_are_kept(counted: Counted) -> None:
    for view in VIEWS:
        counted.connection.execute(
            f"CREATE TABLE out_{view} (province_code VARCHAR, figure VARCHAR, n INTEGER, fiscal_year_be INTEGER)"
        )
    place = Place("64", "สุโขทัย", None)
    with keep_readings():
        studies = {id(read_study(counted, place, 2565)) for _ in range(2)}
    assert len(studies) == 1
    assert counted.asked == len(VIEWS)


def test_a_column_of_doubles_is_one_also_without_a_value(counted: Counted) -> None:
    empty = read_rows(counted, NO_ROWS)
    one = read_rows(counted, NO_ROWS.replace("false", "true"))
    for rows in (empty, one):
        assert [rows[name].dtype == float for name in "abc"] == [True, False, True]
    assert one["a"].isna().all()
