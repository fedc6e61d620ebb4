"""What the rows that a brief has read already say of a figure: the same as the warehouse, or nothing."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from pathlib import Path
from typing import Any

import duckdb
import pytest

from pipeline.readings import OWN_ROWS, ask, find_answer, keep_readings
from pipeline.trace.address import Address
from pipeline.trace.cells import Reader
from pipeline.trace.lineage import list_keys_of, list_sums
from pipeline.trace.own import OwnRows
from pipeline.trace.rows import Rows

VIEW = "out_project_by_agency"
OWN = {"province_code": "64"}
ROWS = """
CREATE TABLE out_project_by_agency AS SELECT * FROM (VALUES
    ('64', 2565, 'requested', 'ก', 2::BIGINT, 10.10::DECIMAL(18, 2)), ('64', 2565, 'requested', NULL, 1, 0.20),
    ('64', 2566, 'requested', 'ก', 3, NULL), ('65', 2565, 'requested', 'ก', 9, 99.00)
) AS t (province_code, fiscal_year_be, measure, agency_name, n_projects, amount_baht)"""


@pytest.fixture
def warehouse(tmp_path: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect(str(tmp_path / "some.duckdb")) as connection:
        connection.execute(ROWS)
        yield connection


def _every_keys() -> Iterator[dict[str, str | None]]:
    """Keys of rows that there are and are not, all of a row and some of them."""
    keys = list_keys_of(VIEW)
    rows = [
        ("64", "2565", "requested", "ก"),
        ("64", "2565", "requested", None),
        ("64", "2566", "requested", "ก"),
    ]
    for row in [*rows, ("64", "2570", "requested", "ก"), ("65", "2565", "requested", "ก")]:
        for count in range(1, len(keys)):
            for more in combinations(range(1, len(keys)), count):
                yield {keys[place]: row[place] for place in (0, *more)}


def test_sums_are_those_of_the_warehouse(warehouse: duckdb.DuckDBPyConnection) -> None:
    known, asked = 0, Reader(warehouse)
    with keep_readings():
        ask(warehouse, f"{OWN_ROWS.format(view=VIEW)} ORDER BY amount_baht DESC", OWN)
        own = OwnRows("64")
        for keys in _every_keys():
            for inside in list_sums(VIEW):
                found = own.sum_rows(VIEW, inside, keys)
                known += found is not None
                assert found in (None, asked.sum_rows(VIEW, inside, keys))
                assert (found is None) == (keys["province_code"] != "64")
    assert known > 0


def test_rows_are_those_of_the_warehouse(warehouse: duckdb.DuckDBPyConnection) -> None:
    keys = list_keys_of(VIEW)
    addresses = [
        Address(VIEW, "amount_baht", tuple(one.items())) for one in _every_keys() if len(one) == len(keys)
    ]
    asked = Rows(warehouse)
    asked.load(addresses)
    with keep_readings():
        ask(warehouse, OWN_ROWS.format(view=VIEW), OWN)
        without = Unasked()
        own = Rows(without, OwnRows("64"))  # type: ignore[arg-type]
        own.load([one for one in addresses if dict(one.keys)["province_code"] == "64"])
    assert len(own.found) == 4
    assert own.found.items() <= asked.found.items()


def test_what_was_not_read_is_asked(warehouse: duckdb.DuckDBPyConnection) -> None:
    keys: dict[str, Any] = dict(zip(list_keys_of(VIEW), ("64", "2565", "requested", "ก"), strict=True))
    assert OwnRows("64").find(VIEW, keys) is None
    with keep_readings():
        assert OwnRows("64").find(VIEW, keys) is None
        assert find_answer(OWN_ROWS.format(view=VIEW), OWN) is None


class Unasked:
    """A connection that nobody may ask."""

    def execute(self, sql: str, *_: object) -> None:
        raise AssertionError(sql)
