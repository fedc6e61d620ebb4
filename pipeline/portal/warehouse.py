"""Rows of the warehouse by column name, for templates."""

from __future__ import annotations

from typing import Any

import duckdb


def read_rows(connection: duckdb.DuckDBPyConnection, sql: str, *values: str) -> list[dict[str, Any]]:
    """Run a query and give each row by column name."""
    result = connection.execute(sql, list(values))
    names = [column[0] for column in result.description]
    return [dict(zip(names, row, strict=True)) for row in result.fetchall()]
