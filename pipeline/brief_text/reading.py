"""From the warehouse's views to the frames that a brief is made from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from typing import Any

import numpy as np
import pandas as pd

from pipeline.brief_text.evidence import Evidence, Place
from pipeline.brief_text.numbers import is_missing
from pipeline.readings import OWN, Reading, ask, read_once

SHARED = f"{OWN} OR (province_code IS NULL AND path IN (SELECT path FROM out_source {OWN}))"
AREA = f"area_kind = 'nation' OR area = (SELECT cluster FROM core_province {OWN})"
SHARED_VIEWS = ("out_refused_row", "out_correction", "out_finding_change", "out_submission_change")
QUERIES = {
    "provinces": "SELECT * FROM core_province",
    "releases": "SELECT * FROM core_release",
    "population": f"SELECT * FROM out_population {OWN}",
    "profile": f"SELECT * FROM out_province_profile {OWN} AND value IS NOT NULL",
    "crime": f"SELECT * FROM out_crime_rate {OWN}",
    "areas": f"SELECT * FROM out_crime_rate_by_area WHERE {AREA}",
    "indicators": f"SELECT * FROM out_indicator {OWN}",
    "budgets": "SELECT * FROM out_budget_by_province",
    "budget_plans": f"SELECT * FROM out_budget_by_plan {OWN}",
    "budget_projects": f"SELECT * FROM out_budget_by_project {OWN}",
    "budget_categories": f"SELECT * FROM out_budget_by_category {OWN}",
    "projects": f"SELECT * FROM out_project_place {OWN}",
    "project_sums": f"SELECT * FROM out_project_summary {OWN}",
    "project_agencies": f"SELECT * FROM out_project_by_agency {OWN} ORDER BY amount_baht DESC, agency_name",
    "alignment": f"SELECT * FROM out_project_by_plan {OWN}",
    "plan_items": "SELECT * FROM core_plan_item",
    "project_parts": f"SELECT * FROM out_project_part {OWN} ORDER BY kind, amount_baht DESC, name",
    "issues": f"SELECT * FROM quality_issue {SHARED}",
    "totals": f"SELECT * FROM out_stated_total {OWN}",
    "sources": f"SELECT * FROM out_source {OWN}",
    "failed": f"SELECT * FROM out_failed_identity {OWN}",
    "grades": f"SELECT * FROM out_quality_grade {OWN}",
    **{view: f"SELECT * FROM {view} {SHARED}" for view in SHARED_VIEWS},
}


def read_rows(connection: Any, sql: str, **values: object) -> pd.DataFrame:
    """Run a query and keep money as Decimal: a frame of DuckDB's own making would turn it into floats.

    Args:
        connection: an open DuckDB connection.
        sql: one SELECT; a value stands in it as $name.
        **values: the values; those that the query does not name are left out.
    """
    named = {name: value for name, value in values.items() if f"${name}" in sql}
    rows = read_once(("frame", sql, *sorted(named.items())), lambda: _make_frame(ask(connection, sql, named)))
    # pandas copies a column when one of its frames is written to.
    return rows.copy(deep=False)


def _make_frame(answer: Reading) -> pd.DataFrame:
    # Of nothing a frame is made at once, and not column by column.
    nothing = np.empty((0, len(answer.names)), dtype=object)
    rows = pd.DataFrame(answer.rows or nothing, columns=list(answer.names))
    # All NULL, a column is of no type yet.
    for place, (name, kind) in enumerate(zip(answer.names, answer.types, strict=True)):
        if kind == "DOUBLE" and rows[name].dtype != float:
            rows.isetitem(place, rows[name].to_numpy(dtype=float))
    return rows


def read_province(connection: Any, province_code: str) -> dict[str, pd.DataFrame]:
    """Read what a brief is made from, by the names of QUERIES.

    Args:
        connection: an open DuckDB connection.
        province_code: the province.
    """
    return {name: read_rows(connection, sql, province_code=province_code) for name, sql in QUERIES.items()}


def find_place(provinces: pd.DataFrame, province_code: str) -> Place:
    """Find the province; rows of core_province.

    Raises:
        ValueError: there is no such province.
    """
    found = provinces[provinces["province_code"] == province_code]
    if found.empty:
        raise ValueError(
            f"province_code {province_code!r} is none of core_province: two digits as text, such as '64'"
        )
    row = found.iloc[0]
    return Place(province_code, str(row.name_th), None if is_missing(row.cluster) else str(row.cluster))


def gather_evidence(rows: Mapping[str, pd.DataFrame], place: Place, fiscal_year_be: int) -> Evidence:
    """Keep the frames that the front page is made from.

    Args:
        rows: frames by the names of Evidence's fields; there may be more.
        place: the province.
        fiscal_year_be: the Buddhist fiscal year in focus.
    """
    wanted = [field.name for field in fields(Evidence) if field.name not in ("place", "fiscal_year_be")]
    return Evidence(place=place, fiscal_year_be=fiscal_year_be, **{name: rows[name] for name in wanted})
