"""Compares out_project_amount with the truth as the acceptance scorer does."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal

import duckdb

from tests.messy.plan import Truth

_ROWS = """
SELECT a.province_code, a.project_name, a.fiscal_year_be, a.measure, a.amount_baht
FROM out_project_amount AS a
JOIN core_project AS p ON a.project_id = p.project_id
JOIN raw_file AS f ON p.file_id = f.file_id
WHERE starts_with(f.path, ?)
"""
Scored = tuple[str, str, int, str, Decimal]


def scored_key(province: str, project: str, year: int, measure: str, amount: Decimal) -> Scored:
    """What is compared of a row."""
    name = "".join(project.split()).replace("\u0e4d\u0e32", "\u0e33")
    return (province, name, year, measure, amount.quantize(Decimal("0.01")))


def compare(
    connection: duckdb.DuckDBPyConnection, truth: list[Truth], *, folder: str
) -> tuple[list[Scored], list[Scored]]:
    """Compare what came of a folder with its truth, each row counted once; an optional row may be missing.

    Returns:
        What is missed, and what is extra.
    """
    have = Counter(scored_key(*row) for row in connection.execute(_ROWS, [folder + "/"]).fetchall())
    needed = Counter(scored_key(*row[:5]) for row in truth if not row.optional)
    optional = Counter(scored_key(*row[:5]) for row in truth if row.optional)
    return sorted((needed - have).elements()), sorted((have - needed - optional).elements())


def find_told(connection: duckdb.DuckDBPyConnection, secrets: list[str]) -> list[str]:
    """Find personal data that any table or view holds."""
    names = connection.execute("SELECT table_name FROM information_schema.tables").fetchall()
    told = "\n".join(str(connection.execute(f'SELECT * FROM "{name}"').fetchall()) for (name,) in names)
    return [secret for secret in secrets if secret in told]
