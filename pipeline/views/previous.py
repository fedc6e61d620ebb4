"""The figures of the release before, for the view of what has changed since and why."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_HAS_FIGURES = "SELECT 1 FROM duckdb_tables() WHERE database_name = 'earlier' AND table_name = 'out_figure'"
_FIGURES = """
INSERT INTO core_previous_figure
SELECT figure, province_code, code, year_be, period_basis, period, value, sources, ? FROM earlier.out_figure"""


def lay_previous_figures(connection: DuckDBPyConnection, previous: Path | None, name: str = "") -> None:
    """Lay out the figures that the release before showed; none where there was no release, or one without figures.

    Args:
        connection: the warehouse that is being built.
        previous: the warehouse of the release before; only read.
        name: its name.
    """
    connection.execute("DELETE FROM core_previous_figure")
    if previous is None:
        return
    connection.execute(f"ATTACH '{str(previous).replace(chr(39), chr(39) * 2)}' AS earlier (READ_ONLY)")
    try:
        if connection.execute(_HAS_FIGURES).fetchall():
            connection.execute(_FIGURES, [name])
    finally:
        connection.execute("DETACH earlier")
