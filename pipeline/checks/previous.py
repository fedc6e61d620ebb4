"""What the release before had of each province, for the checks of what has gone."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
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


@contextmanager
def attach_previous(connection: DuckDBPyConnection, previous: Path | None) -> Iterator[bool]:
    """Attach the release before as `earlier`, only to be read; tells whether there is one."""
    if previous is None:
        yield False
        return
    connection.execute(f"ATTACH '{str(previous).replace(chr(39), chr(39) * 2)}' AS earlier (READ_ONLY)")
    yield True
    connection.execute("DETACH earlier")


def lay_previous(connection: DuckDBPyConnection, *, has_earlier: bool) -> None:
    """Lay out how many projects, budget lines and figures each province had; nothing where there was no release."""
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE check_previous (province_code VARCHAR, kind VARCHAR, records BIGINT)"
    )
    if has_earlier:
        connection.execute(_COUNTS)
