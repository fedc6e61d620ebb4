"""Names that are nearly the same: projects that may be one, and spellings of one agency; suggestions, never merged.

What is laid out for the check queries are keys, places and scores; names go nowhere.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

import pandas as pd

from pipeline.gates import Gates
from pipeline.near import find_near, list_numbers
from pipeline.thai import squeeze, to_arabic_digits

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

Named = tuple[str, str]
_BLOCKS = """
WITH amounts AS (
    SELECT project_id, sum(hash(fiscal_year_be, measure, period, category, fund_source, amount_baht)) AS fingerprint
    FROM core_amount
    WHERE amount_baht > 0
    GROUP BY project_id
),
blocked AS (
    SELECT dense_rank() OVER (ORDER BY p.province_code, p.fiscal_year_be, a.fingerprint) AS block,
           p.project_id, p.project_name, p.file_id, p.sheet, p."row_number",
           count(*) OVER (PARTITION BY p.province_code, p.fiscal_year_be, a.fingerprint) AS alike
    FROM core_project AS p
    JOIN amounts AS a USING (project_id)
    WHERE p.is_current
)
SELECT block, project_id, project_name FROM blocked WHERE alike > 1 ORDER BY block, file_id, sheet, "row_number"
"""
_AGENCIES = """
SELECT p.province_code, p.agency_name, count(*) AS projects,
       arg_min(f.path, (f.path, p.sheet, p."row_number")) AS path,
       arg_min(p."row_number", (f.path, p.sheet, p."row_number")) AS first_row
FROM core_project AS p
LEFT JOIN raw_file AS f USING (file_id)
WHERE p.is_current AND length(p.agency_name) >= ?
GROUP BY ALL
ORDER BY p.province_code, projects DESC, path, first_row, p.agency_name
"""


def lay_near_names(connection: DuckDBPyConnection, gates: Gates) -> None:
    """Lay out which projects and which spellings of agencies are nearly the same, for the check queries to join."""
    _lay(
        connection,
        "check_near",
        ("project_id", "twin_project_id"),
        _near_projects(connection, gates.near_project_score),
    )
    _lay(
        connection,
        "check_agency_spelling",
        ("province_code", "agency_name", "like_path", "like_row"),
        _near_agencies(connection, gates),
    )


def _lay(
    connection: DuckDBPyConnection, table: str, columns: Sequence[str], rows: Iterable[tuple[object, ...]]
) -> None:
    """Lay out rows in a temporary table, of texts but for a row's number."""
    types = ", ".join(f"{name} {'INTEGER' if name.endswith('_row') else 'VARCHAR'}" for name in columns)
    connection.execute(f"CREATE OR REPLACE TEMP TABLE {table} ({types})")
    frame = pd.DataFrame(list(rows), columns=list(columns))
    if len(frame):
        connection.register("near", frame)
        connection.execute(f"INSERT INTO {table} SELECT * FROM near")
        connection.unregister("near")


def _near_projects(connection: DuckDBPyConnection, score: float) -> Iterator[Named]:
    """Give each project whose name is nearly that of an earlier one, with the earlier one's id.

    Compared are projects of one province, year and money, whose names have the same numbers.
    """
    blocks: dict[tuple[int, str], list[Named]] = defaultdict(list)
    for block, project_id, name in connection.execute(_BLOCKS).fetchall():
        plain = to_arabic_digits(squeeze(name))
        blocks[block, list_numbers(name)].append((project_id, plain))
    for named in blocks.values():
        for later, earlier in find_near([plain for _, plain in named], score):
            yield named[later][0], named[earlier][0]


def _near_agencies(
    connection: DuckDBPyConnection, gates: Gates
) -> Iterator[tuple[str, str, str | None, int]]:
    """Give each spelling of an agency that is nearly a commoner one of its province, with the place of that."""
    spellings: dict[tuple[str, str], list[tuple[str, str | None, int]]] = defaultdict(list)
    for province, name, _, path, row in connection.execute(_AGENCIES, [gates.near_agency_length]).fetchall():
        spellings[province, list_numbers(name)].append((name, path, row))
    for (province, _), listed in spellings.items():
        names = [squeeze(name) for name, _, _ in listed]
        for rarer, commoner in find_near(names, gates.near_agency_score):
            yield province, listed[rarer][0], *listed[commoner][1:]
