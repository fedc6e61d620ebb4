"""issues.csv: every finding, for a spreadsheet."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import duckdb

_ISSUES = "SELECT * EXCLUDE (stage) FROM quality_issue ORDER BY severity, rule, path, sheet, cell, message_th"


def write_issues(connection: duckdb.DuckDBPyConnection, target: Path) -> None:
    """Write quality_issue for a spreadsheet: UTF-8 with BOM, no cell that a spreadsheet would run as a formula."""
    result = connection.execute(_ISSUES)
    with target.open("w", encoding="utf-8-sig", newline="") as lines:
        writer = csv.writer(lines)
        writer.writerow([column[0] for column in result.description])
        writer.writerows([_harmless(value) for value in row] for row in result.fetchall())


def _harmless(value: Any) -> Any:
    """Keep a received text that begins as a formula from running as one."""
    return f"'{value}" if isinstance(value, str) and value.startswith(("=", "+", "-", "@")) else value
