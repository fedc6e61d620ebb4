"""The views for people on what was ingested: all of them made, and all of one province's read."""

from __future__ import annotations

from pathlib import Path

from pipeline import store
from pipeline.gates import load_gates

_VIEWS = "SELECT table_name FROM duckdb_tables() WHERE table_name LIKE 'out\\_%' ESCAPE '\\' ORDER BY 1"
_OF_PROVINCE = "SELECT DISTINCT table_name FROM duckdb_columns() WHERE column_name = 'province_code'"


def make_all_views(database: Path) -> None:
    """Work out every view, for every province, and keep it."""
    store.keep_views(database, near_score=load_gates().near_project_score, previous=None)


def read_one_province(database: Path, province_code: str) -> None:
    """Read every row of one province from every view, and the views that are of no province whole.

    Raises:
        AssertionError: nothing was there.
    """
    rows = 0
    with store.open_for_reading(database) as connection:
        own = {name for (name,) in connection.execute(_OF_PROVINCE).fetchall()}
        for (name,) in connection.execute(_VIEWS).fetchall():
            where = " WHERE province_code = ?" if name in own else ""
            found = connection.execute(f"SELECT * FROM {name}{where}", [province_code] if where else [])
            rows += len(found.fetchall())
    if not rows:
        raise AssertionError(f"no row of province {province_code} in any view")
