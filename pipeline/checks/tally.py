"""How many rows each rule looked at and how many break it, by province."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
from duckdb import DuckDBPyConnection

from pipeline.checks.frames import Frame
from pipeline.checks.suites import Outcome

TALLY = "quality_check"
_OF_NO_PROVINCE = "NULL::VARCHAR"
# What asks whether a column is empty looks at every row; any other at those that have what it needs.
_ASKS_FOR_EMPTY = {"expect_column_values_to_not_be_null", "expect_column_values_to_be_null"}


def tally_outcomes(connection: DuckDBPyConnection, frame: Frame, outcomes: Sequence[Outcome]) -> None:
    """Add a table's rules to quality_check; a rule about the whole table counts as one row.

    Args:
        connection: the warehouse; the frame is laid out in `checked`.
        frame: what was checked.
        outcomes: what each rule came to.
    """
    province = "c.province_code" if "province_code" in frame.columns else _OF_NO_PROVINCE
    of_rows = [outcome for outcome in outcomes if outcome.rule.columns]
    for outcome in outcomes:
        if not outcome.rule.columns:
            row = [outcome.rule.code, outcome.rule.group, None, 1, int(not outcome.holds)]
            connection.execute(f"INSERT INTO {TALLY} VALUES (?, ?, ?, ?, ?)", row)
    _tally_held(connection, province, [outcome for outcome in of_rows if not outcome.keys])
    for outcome in of_rows:
        if outcome.keys:
            _tally_broken(connection, province, outcome)


def _tally_held(connection: DuckDBPyConnection, province: str, outcomes: Sequence[Outcome]) -> None:
    """Add the rules that no row breaks, all in one look at the rows."""
    if not outcomes:
        return
    # Of no province is one row, also where no row of the table is looked at.
    some = "" if province == _OF_NO_PROVINCE else " WHERE n > 0"
    counts = ", ".join(f"count(*) FILTER ({_looked_at(outcome)})" for outcome in outcomes)
    connection.execute(
        f"INSERT INTO {TALLY} SELECT code, rule_group, province_code, n, 0 FROM ("
        " SELECT province_code, unnest(ns) AS n, unnest(?) AS code, unnest(?) AS rule_group"
        f" FROM (SELECT {province} AS province_code, [{counts}] AS ns FROM checked AS c GROUP BY ALL)){some}",
        [[outcome.rule.code for outcome in outcomes], [outcome.rule.group for outcome in outcomes]],
    )


def _tally_broken(connection: DuckDBPyConnection, province: str, outcome: Outcome) -> None:
    """Add a rule that some rows break."""
    connection.register("broken", pd.DataFrame({"row_key": pd.Series(outcome.keys, dtype="int64")}))
    connection.execute(
        f"INSERT INTO {TALLY} SELECT ?, ?, {province}, count(*), count(b.row_key)"
        " FROM checked AS c LEFT JOIN broken AS b USING (row_key)"
        f" WHERE b.row_key IS NOT NULL OR ({_looked_at(outcome)}) GROUP BY ALL",
        [outcome.rule.code, outcome.rule.group],
    )
    connection.unregister("broken")


def _looked_at(outcome: Outcome) -> str:
    """SQL that tells the rows that a rule looks at."""
    rule = outcome.rule
    conditions = [f"coalesce(({rule.where}), false)"] if rule.where else []
    if rule.expectation not in _ASKS_FOR_EMPTY:
        conditions += [f'c."{column}" IS NOT NULL' for column in rule.columns]
    return " AND ".join(conditions) or "true"
