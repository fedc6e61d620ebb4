"""Make the views from their files, each after those that it reads, with their comments."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from graphlib import TopologicalSorter
from typing import TYPE_CHECKING

from pipeline.settings import SQL
from pipeline.specs import load_yaml
from pipeline.views.study import lay_study

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

# Views whose names begin with core_ are what others are made from; they hold what may not be shown.
_PATTERNS = ("core_*.sql", "out_*.sql")
_NAME, _COMMENT = re.compile(r"\b(?:core|out)_\w+"), re.compile(r"--.*")
# A view's column that carries on a table's column means the same; core_ speaks before raw_ and quality_.
_COLUMNS = """
SELECT v.table_name, v.column_name, min_by(t.comment, t.table_name)
FROM duckdb_columns() AS v
LEFT JOIN duckdb_columns() AS t
    ON t.column_name = v.column_name AND NOT t.internal AND NOT list_contains($views, t.table_name)
WHERE list_contains($views, v.table_name)
GROUP BY v.table_name, v.column_name
ORDER BY ALL"""


def list_views() -> dict[str, str]:
    """List the views with their SQL, each after those that it reads."""
    texts = _read_scripts()
    return {name: texts[name] for name in TopologicalSorter(_list_reads(texts)).static_order()}


def count_readers() -> Counter[str]:
    """Count by how many other views each is read."""
    return Counter(name for names in _list_reads(_read_scripts()).values() for name in names)


def _read_scripts() -> dict[str, str]:
    """Read the SQL of every view."""
    scripts = {path.stem: path for pattern in _PATTERNS for path in sorted(SQL.glob(pattern))}
    return {name: path.read_text(encoding="utf-8") for name, path in scripts.items()}


def _list_reads(texts: Mapping[str, str]) -> dict[str, set[str]]:
    """List which views each view names, comments aside."""
    return {name: set(_NAME.findall(_COMMENT.sub("", sql))) & set(texts) for name, sql in texts.items()}


def make_views(connection: DuckDBPyConnection) -> None:
    """Create or replace every view; the first line of its file is its grain and becomes its comment.

    Their columns are commented when they are kept: many workbooks are ingested for every release.
    """
    texts = list_views()
    with in_one_step(connection):
        lay_study(connection)
        _lay_outlines(connection, texts)
        # Readers first: what they read is still an outline, and is looked through no further.
        for name, sql in reversed(texts.items()):
            connection.execute(f"CREATE OR REPLACE VIEW {name} AS\n{sql}")
            connection.execute(f"COMMENT ON VIEW {name} IS {quote(read_grain(sql))}")


def _lay_outlines(connection: DuckDBPyConnection, texts: Mapping[str, str]) -> None:
    """Create every view that others read as its columns alone.

    A view over views over views is worked through to the tables each time that it is named: those that stand on many
    others took half of an empty warehouse's time.
    """
    readers = count_readers()
    for name, sql in texts.items():
        if readers[name]:
            columns = connection.execute(f"DESCRIBE {sql}").fetchall()
            values = ", ".join(f'CAST(NULL AS {kind}) AS "{column}"' for column, kind, *_ in columns)
            connection.execute(f"CREATE OR REPLACE VIEW {name} AS SELECT {values}")


@contextmanager
def in_one_step(connection: DuckDBPyConnection) -> Iterator[None]:
    """Write all or nothing; many small statements are also much faster so."""
    connection.execute("BEGIN")
    try:
        yield
    except BaseException:
        connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")


def read_grain(sql: str) -> str:
    """Read what one row is from the first line of a view."""
    return sql.splitlines()[0].removeprefix("-- ")


def comment_columns(connection: DuckDBPyConnection) -> None:
    """Say of each view's column what a table's column of that name says, else what specs/view_columns.yml says.

    An entry `view.column` there goes before both.
    """
    meanings = load_yaml("view_columns.yml")
    columns = connection.execute(_COLUMNS, {"views": list(list_views())}).fetchall()
    for view, column, inherited in columns:
        comment = meanings.get(f"{view}.{column}") or inherited or meanings.get(column)
        if comment:
            connection.execute(f'COMMENT ON COLUMN {view}."{column}" IS {quote(comment)}')


def quote(text: str) -> str:
    """Write a text as SQL does."""
    return "'" + text.replace("'", "''") + "'"
