"""Names of a province's projects that are nearly, and not exactly, the same, whatever the agency and the year."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.near import score_near

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_BLOCKS = """
WITH named AS (
    SELECT province_code, name_key, regexp_extract_all(name_key, '[0-9]+') AS numbers,
           min(fiscal_year_be) AS first_year_be
    FROM core_project_key
    GROUP BY ALL
),
blocked AS (
    SELECT *, count(*) OVER (PARTITION BY province_code, numbers) AS alike FROM named
)
SELECT province_code, list(name_key ORDER BY first_year_be, name_key)
FROM blocked
WHERE alike > 1
GROUP BY province_code, numbers
ORDER BY ALL
"""


def lay_likeness(connection: DuckDBPyConnection, score: float) -> None:
    """Lay out each name that is nearly an earlier one of its province that has the same numbers, with the first such.

    Args:
        connection: the warehouse that is being built, with its views.
        score: how alike names must be, 0 to 100.
    """
    found = [
        (province, names[later], names[earlier], alike)
        for province, names in connection.execute(_BLOCKS).fetchall()
        for later, earlier, alike in score_near(names, score)
    ]
    connection.execute("DELETE FROM core_name_likeness")
    if found:
        lists = list(map(list, zip(*found, strict=True)))
        connection.execute(
            "INSERT INTO core_name_likeness SELECT unnest($1), unnest($2), unnest($3), unnest($4)", lists
        )
