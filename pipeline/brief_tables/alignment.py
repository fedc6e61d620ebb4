"""The table of chapter 4.5: projects and money by item of the plan, and what is not placed."""

from __future__ import annotations

from decimal import Decimal

import pandas as pd

from pipeline.brief_tables.table import Column, Origin, Table
from pipeline.brief_text.alignment import SETTLED, UNSURE, items_of, rows_to_tell
from pipeline.brief_text.evidence import Place
from pipeline.brief_text.numbers import format_year
from pipeline.brief_text.templates import label, say

TOTAL_TH = "รวม"
FIGURES = ("n_projects", "share_pct", "amount_baht", "share_baht_pct")


def tabulate_alignment(
    alignment: pd.DataFrame, items: pd.DataFrame, place: Place, *, fiscal_year_be: int
) -> tuple[Table, ...]:
    """List projects and baht of one year and measure by item of the plan, those in none, and the sum.

    Args:
        alignment: rows of out_project_by_plan of the province.
        items: rows of core_plan_item.
        place: the province.
        fiscal_year_be: the year that is told.

    Returns:
        One table; none where the year has no project.
    """
    rows = rows_to_tell(alignment, fiscal_year_be)
    if rows.empty:
        return ()
    keys = {"province_code": place.province_code, "fiscal_year_be": fiscal_year_be}
    keys |= {name: rows[name].iloc[0] for name in ("measure", "plan_id")}
    frame = _list_rows(rows, items_of(items, str(rows["plan_id"].iloc[0])), keys)
    measure = label("measure", str(rows["measure"].iloc[0]))
    table = Table(
        table_id="tbl-plan-alignment",
        caption=say("plan.table", measure=measure, year=format_year(fiscal_year_be), place=place.th),
        columns=(
            Column("item", "มิติ", "text", 42),
            Column("n_projects", "โครงการ (โครงการ)", "count", 14),
            Column("share_pct", "ร้อยละของโครงการ", "decimal", 14),
            Column("amount_baht", "จำนวนเงิน (บาท)", "baht", 18),
            Column("share_baht_pct", "ร้อยละของเงิน", "decimal", 12),
        ),
        frame=frame,
        source=say("plan.source", place=place.th),
        has_total=True,
        origins=tuple(Origin(name, "out_project_by_plan", name) for name in FIGURES),
    )
    return (table,)


def _list_rows(rows: pd.DataFrame, items: pd.DataFrame, keys: dict[str, object]) -> pd.DataFrame:
    """One row an item, those without project too, then what is in none, what is unsure, and the sum."""
    listed = [
        (
            say("plan.item", level=item.level, code=item.code, title=item.title_th),
            rows[rows["item_code"] == item.code],
            {"item_code": item.code},
        )
        for _, item in items.iterrows()
    ]
    none = rows[rows["item_code"].isna() & (rows["how"] == SETTLED)]
    listed += [(say("plan.in_none"), none, {"item_code": None, "how": SETTLED})] if len(none) else []
    listed += [(say("plan.unsure"), rows[rows["how"] == UNSURE], {"how": UNSURE}), (TOTAL_TH, rows, {})]
    count, whole = int(rows["n_projects"].sum()), sum(rows["amount_baht"], Decimal(0))
    return pd.DataFrame(
        [
            _row(name, some, count, whole) | {"at": keys | own if len(some) else None}
            for name, some, own in listed
        ]
    )


def _row(name: str, rows: pd.DataFrame, count: int, whole: Decimal) -> dict[str, object]:
    """Sum some rows up, with their share of all."""
    projects, baht = int(rows["n_projects"].sum()), sum(rows["amount_baht"], Decimal(0))
    return {
        "item": name,
        "n_projects": projects,
        "share_pct": 100 * projects / count,
        "amount_baht": baht,
        "share_baht_pct": 100 * baht / whole if whole else None,
    }
