"""Keep the views for people as tables of the same name, by province, so that a reader waits for nothing."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from pipeline.views.make import comment_columns, count_readers, in_one_step, list_views, quote, read_grain

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_COLUMNS = """
SELECT table_name, list(column_name ORDER BY column_index) FROM duckdb_columns()
WHERE list_contains(?, table_name) GROUP BY table_name"""
_KEPT = "SELECT table_name FROM duckdb_tables() WHERE table_name LIKE 'out\\_%' ESCAPE '\\'"
_ORDERED = re.compile(r"^ORDER BY", re.MULTILINE)
_FIRST = ("province_code", "fiscal_year_be", "year_be")


def keep_views(connection: DuckDBPyConnection) -> None:
    """Replace each view for people by a table of its rows, ordered by province, with the same comments.

    What several views are made from is worked out once, in a temporary table that stands before the view.
    """
    readers = count_readers()
    with in_one_step(connection):
        passing, views = [], list_views()
        columns = dict(connection.execute(_COLUMNS, [list(views)]).fetchall())
        for name, sql in views.items():
            if name.startswith("out_"):
                _keep(connection, name, sql, columns[name])
            elif readers[name] > 1:
                connection.execute(f"CREATE TEMP TABLE {name} AS\n{sql}")
                passing.append(name)
        for name in passing:
            connection.execute(f"DROP TABLE temp.{name}")
        comment_columns(connection)


def _keep(connection: DuckDBPyConnection, name: str, sql: str, columns: Sequence[str]) -> None:
    """Replace one view by a table; its SQL is run anew, for a view would not see the temporary tables."""
    first = [column for column in _FIRST if column in columns]
    # Rows that are equal in these come in another order in another run, unless the view or every column says which.
    rest = (
        ["row_number() OVER ()"]
        if _ORDERED.search(sql)
        else [f'"{name}"' for name in columns if name not in first]
    )
    by = ", ".join([*first, *rest])
    connection.execute(f"CREATE TABLE kept AS SELECT * FROM (\n{sql}\n) ORDER BY {by}")
    connection.execute(f"DROP VIEW {name}")
    connection.execute(f"ALTER TABLE kept RENAME TO {name}")
    connection.execute(f"COMMENT ON TABLE {name} IS {quote(read_grain(sql))}")


def let_views_go(connection: DuckDBPyConnection) -> None:
    """Drop the tables that views were kept as, so that the views can be made anew."""
    for (name,) in connection.execute(_KEPT).fetchall():
        connection.execute(f"DROP TABLE {name}")
