"""The core_ tables as frames, and how a view's rows are held against rows worked out anew."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

import duckdb
import pandas as pd

from pipeline.brief_text.reading import read_rows

Frames = Mapping[str, pd.DataFrame]
TABLES = (
    "raw_file", "raw_table", "raw_row", "core_province", "core_project", "core_amount", "core_budget_line",
    "core_feedback", "core_indicator",
    "core_indicator_definition", "core_indicator_break", "core_setting", "core_rate_base", "core_peer_variable",
    "core_chain_step", "core_word", "core_deflator", "core_spending_target", "core_fiscal_year_note", "core_tag",
    "core_project_tag", "core_project_alignment", "core_plan_item", "core_agency", "core_agency_name",
    "core_category_name", "core_expense_category", "core_fund_source_name", "core_fund_source", "core_district",
    "core_suppression", "core_previous_figure", "core_unit", "core_indicator_part", "quality_issue", "quality_total",
    "quality_change",
)  # fmt: skip


def load_frames(connection: duckdb.DuckDBPyConnection, provinces: set[str]) -> Frames:
    """Read every table; missing is None.

    Of the many monthly figures that no spec names, which nothing adds up, only those of some provinces.
    """
    unnamed = f"WHERE indicator_code NOT LIKE 'unnamed%' OR province_code IN {tuple(sorted(provinces))}"
    frames = {"kept": pd.DataFrame()}
    for name in TABLES:
        columns = "file_id, table_id, sheet, row_number, role" if name == "raw_row" else "*"
        where = unnamed if name == "core_indicator" else ""
        rows = read_rows(connection, f"SELECT {columns} FROM {name} {where}").astype(object)
        frames[name] = rows.where(rows.notna(), None)
    return frames


def setting(frames: Frames, name: str) -> float:
    """One limit."""
    rows = frames["core_setting"].set_index("setting")["value"]
    return float(rows[name])


def live_files(frames: Frames) -> set[str]:
    """Files that no later one replaces."""
    files = frames["raw_file"]
    return set(files.loc[files["status"] != "superseded", "file_id"])


def tell_apart(
    view: pd.DataFrame, again: pd.DataFrame, key: Sequence[str], provinces: set[str]
) -> list[tuple[Any, ...]]:
    """List where a view and what was worked out anew differ, of some provinces and of none.

    Money must be equal to the satang, other numbers to nine digits.
    """
    told, expected = (_by_key(rows, key, provinces) for rows in (view, again))
    apart: list[tuple[Any, ...]] = [("row", row) for row in sorted(set(told) ^ set(expected), key=str)]
    for row in told.keys() & expected.keys():
        apart += [
            (row, column, told[row][column], value)
            for column, value in expected[row].items()
            if not _is_equal(told[row][column], value)
        ]
    return apart


def _by_key(
    rows: pd.DataFrame, key: Sequence[str], provinces: set[str]
) -> dict[tuple[Any, ...], dict[str, Any]]:
    """Rows by their key."""
    listed = rows.astype(object).where(rows.notna(), None).to_dict("records")
    kept = [row for row in listed if row.get("province_code") in provinces | {None}]
    found = {tuple(_plain(row[name]) for name in key): row for row in kept}
    assert len(found) == len(kept), f"{key} does not tell rows apart"
    return found


def _plain(value: Any) -> Any:
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _is_equal(told: Any, expected: Any) -> bool:
    if told is None or expected is None:
        return told is expected
    if isinstance(expected, Decimal):
        return isinstance(told, Decimal) and told == expected
    if isinstance(expected, float):
        return math.isclose(float(told), expected, rel_tol=1e-9, abs_tol=1e-9)
    return bool(told == expected)
