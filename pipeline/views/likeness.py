"""Names of a province's projects that are nearly, and not exactly, the same, whatever the agency and the year."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from pipeline.near import list_numbers, score_near

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_NAMES = """
SELECT province_code, name_key
FROM core_project_key
GROUP BY province_code, name_key
ORDER BY province_code, min(fiscal_year_be), name_key
"""


def lay_likeness(connection: DuckDBPyConnection, score: float) -> None:
    """Lay out each name that is nearly an earlier one of its province that has the same numbers, with the first such.

    Args:
        connection: the warehouse that is being built, with its views.
        score: how alike names must be, 0 to 100.
    """
    blocks: dict[tuple[str, str], list[str]] = defaultdict(list)
    for province, name in connection.execute(_NAMES).fetchall():
        blocks[province, list_numbers(name)].append(name)
    found = [
        (province, names[later], names[earlier], alike)
        for (province, _), names in blocks.items()
        for later, earlier, alike in score_near(names, score)
    ]
    connection.execute("DELETE FROM core_name_likeness")
    if found:
        lists = list(map(list, zip(*found, strict=True)))
        connection.execute(
            "INSERT INTO core_name_likeness SELECT unnest($1), unnest($2), unnest($3), unnest($4)", lists
        )
