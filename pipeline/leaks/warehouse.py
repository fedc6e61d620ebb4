"""The texts of a warehouse: every column of every table, whatever wrote it there."""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline import store
from pipeline.ingest.cleared.privacy import HEAD_ROWS, heads_codes
from pipeline.leaks.found import Leak, find_kinds
from pipeline.personal import glance

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

# Tables with any row, each with its columns of text.
_COLUMNS = """
SELECT table_name, list(column_name ORDER BY column_index) FROM duckdb_columns()
WHERE NOT internal AND (data_type LIKE '%VARCHAR%' OR data_type = 'JSON')
    AND table_name IN (SELECT table_name FROM duckdb_tables() WHERE estimated_size > 0)
GROUP BY ALL ORDER BY ALL"""
# One question of all tables: what is looked for is a long pattern, which costs more to prepare than a table to read.
_VALUES = """
SELECT DISTINCT origin, name, value FROM ({tables}) WHERE regexp_matches(value, ?) ORDER BY ALL"""
_TEXTS = """SELECT '{table}' AS origin, unnest([{names}]) AS name, unnest([{texts}]) AS value FROM "{table}"
"""
_ROW = ("file_id", "row_number")
_TOP = "SELECT file_id, sheet, cells FROM raw_row WHERE row_number <= ?"
_BELOW = "SELECT DISTINCT cells ->> ? FROM raw_row WHERE file_id = ? AND sheet = ?"


def look_into_warehouse(path: Path) -> list[Leak]:
    """Find the personal data in a warehouse; told by table, column, and the row of the file that it came from."""
    with store.open_for_reading(path) as connection:

        @lru_cache(maxsize=1)
        def codes() -> frozenset[str]:
            return _read_codes(connection)

        leaks = []
        for (table, column), values in _read_values(connection).items():
            pieces = {piece: value for value in values for piece in value.split('"')}
            for piece, kind in find_kinds(pieces, codes).items():
                where = _row_of(connection, table, column, pieces[piece])
                leaks.append(Leak(path.name, f"{table}.{column}{where}", kind))
    return leaks


def _read_values(connection: DuckDBPyConnection) -> dict[tuple[str, str], list[str]]:
    """Read the texts that may have personal data in them, by table and column."""
    tables = [
        _TEXTS.format(
            table=table,
            names=", ".join(f"'{column}'" for column in columns),
            texts=", ".join(f'"{column}"::VARCHAR' for column in columns),
        )
        for table, columns in connection.execute(_COLUMNS).fetchall()
    ]
    found: dict[tuple[str, str], list[str]] = {}
    sql = _VALUES.format(tables="UNION ALL ".join(tables))
    for table, column, value in connection.execute(sql, [glance()]).fetchall() if tables else ():
        found.setdefault((table, column), []).append(value)
    return found


def _row_of(connection: DuckDBPyConnection, table: str, column: str, value: str) -> str:
    """The received row from which a text came, where the table says it."""
    has = {name for (name,) in connection.execute(f'SELECT column_name FROM (DESCRIBE "{table}")').fetchall()}
    if not has.issuperset(_ROW):
        return ""
    sql = f'SELECT file_id, "row_number" FROM "{table}" WHERE "{column}"::VARCHAR = ? ORDER BY ALL LIMIT 1'
    ((file_id, row),) = connection.execute(sql, [value]).fetchall()
    return f" ไฟล์ {file_id} แถว {row}"


def _read_codes(connection: DuckDBPyConnection) -> frozenset[str]:
    """Read the bare numbers that stand in columns headed as ones of codes, as the ingest leaves them."""
    heads: dict[tuple[str, str, str], list[str]] = {}
    for file_id, sheet, cells in connection.execute(_TOP, [HEAD_ROWS]).fetchall():
        for letters, text in json.loads(cells).items():
            heads.setdefault((file_id, sheet, letters), []).append(text)
    codes: set[str] = set()
    for (file_id, sheet, letters), texts in heads.items():
        if heads_codes(texts):
            rows = connection.execute(_BELOW, [letters, file_id, sheet]).fetchall()
            codes.update(text.strip() for (text,) in rows if text)
    return frozenset(codes)
