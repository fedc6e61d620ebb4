"""What the master plan and the themes ask for, and in how many provinces a project speaks of it."""

from __future__ import annotations

import pandas as pd

from pipeline.brief_tables import Column, Table
from pipeline.brief_text.numbers import format_share
from pipeline.brief_text.templates import say
from pipeline.national.items import Told

METHODS = ("coverage", "money", "rate", "missing")


def tell_plans(gaps: pd.DataFrame, *, source: str) -> Told:
    """Say for the newest year that a plan is in force in how many provinces its items have no project.

    Args:
        gaps: rows of out_gap.
        source: what stands under the tables.
    """
    plans = gaps[gaps["dimension"] == "plan"]
    if plans.empty:
        return (say("national.no_plan"),)
    year = int(plans["fiscal_year_be"].max())
    own = gaps[gaps["fiscal_year_be"] == year]
    each = own[own["dimension"] == "plan"].drop_duplicates("province_code")
    projects, unmapped = int(each["n_all_projects"].sum()), int(each["n_unmapped"].sum())
    told = say(
        "national.plan",
        year=year,
        provinces=len(each),
        projects=projects,
        unmapped=unmapped,
        share=format_share(100 * unmapped / projects),
    )
    tables = [_tabulate(part, str(kind), year, source) for kind, part in own.groupby("dimension", sort=True)]
    return (told, *tables)


def _tabulate(rows: pd.DataFrame, dimension: str, year: int, source: str) -> Table:
    """Count provinces and projects by item."""
    by_item = rows.groupby(["code", "name"], as_index=False).agg(
        n_provinces=("province_code", "nunique"),
        n_without=("is_without_project", "sum"),
        n_projects=("n_projects", "sum"),
    )
    return Table(
        table_id=f"tbl-national-{dimension}",
        caption=say(f"national.table_{dimension}", year=year),
        columns=(
            Column("name", "มิติ" if dimension == "plan" else "เรื่อง", "text", 46),
            Column("n_provinces", "จังหวัดที่มีโครงการใดๆ", "count", 18),
            Column("n_without", "ในนั้นไม่มีโครงการของข้อนี้ (จังหวัด)", "count", 20),
            Column("n_projects", "โครงการ", "count", 14),
        ),
        frame=by_item,
        source=source,
        note=say("national.note_plan"),
    )


def list_national_methods() -> tuple[str, ...]:
    """List how the document's figures are made."""
    return tuple(say(f"national.method_{method}") for method in METHODS)
