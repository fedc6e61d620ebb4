"""What the release before had of each province, for the check of what has gone."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_COUNTS = """
INSERT INTO check_previous
SELECT province_code, 'project', count(*) FROM earlier.core_project WHERE is_current GROUP BY ALL
UNION ALL
SELECT province_code, 'budget_line', count(*) FROM earlier.core_budget_line WHERE province_code IS NOT NULL GROUP BY ALL
UNION ALL
SELECT province_code, 'indicator', count(value) FROM earlier.core_indicator WHERE province_code IS NOT NULL GROUP BY ALL
"""


def lay_previous(connection: DuckDBPyConnection, previous: Path | None) -> None:
    """Lay out how many projects, budget lines and figures each province had; nothing where there was no release."""
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE check_previous (province_code VARCHAR, kind VARCHAR, records BIGINT)"
    )
    if previous is None:
        return
    connection.execute(f"ATTACH '{str(previous).replace(chr(39), chr(39) * 2)}' AS earlier (READ_ONLY)")
    connection.execute(_COUNTS)
    connection.execute("DETACH earlier")
