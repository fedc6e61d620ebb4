"""Words of chapter 4.4: the master plan of a year, and where the province's projects stand in it."""

from __future__ import annotations

from decimal import Decimal
from functools import cache

import pandas as pd

from pipeline.brief_text.evidence import Place
from pipeline.brief_text.numbers import format_money, format_number, format_share, format_year
from pipeline.brief_text.projects import pick_measure
from pipeline.brief_text.said import address_of, cite_as, sum_of
from pipeline.brief_text.templates import label, say
from pipeline.specs import load_yaml

RULES = "alignment.yml"
SETTLED, UNSURE = "settled", "unsure"
BY_PLAN = "out_project_by_plan"


def describe_plan(items: pd.DataFrame, fiscal_year_be: int) -> tuple[str, ...]:
    """Name the national master plan of a fiscal year and its titles, as far as they are verified (DOMAIN 1.5).

    Args:
        items: rows of core_plan_item.
        fiscal_year_be: the year.
    """
    year = format_year(fiscal_year_be)
    plan = plan_in_force(items, fiscal_year_be)
    if plan is None:
        return (say("plan.none", year=year),)
    below = items_of(items, str(plan.plan_id))
    level = str(below["level"].iloc[0])
    if not below["is_verified"].all():
        return (say("plan.unverified", year=year, plan=plan.title_th, level=level),)
    listed = [
        say("plan.item", level=level, code=item.code, title=item.title_th) for _, item in below.iterrows()
    ]
    count = format_number(len(below))
    return (say("plan.items", year=year, plan=plan.title_th, level=level, count=count), *listed)


def plan_in_force(items: pd.DataFrame, fiscal_year_be: int) -> pd.Series | None:
    """Find the plan that is in force in a fiscal year; None where no plan of the list is. Rows of core_plan_item."""
    plans = items[items["parent_code"].isna()]
    found = plans[(plans["be_from"] <= fiscal_year_be) & (plans["be_to"] >= fiscal_year_be)]
    return None if found.empty else found.iloc[0]


def items_of(items: pd.DataFrame, plan_id: str) -> pd.DataFrame:
    """The items right below a plan, in order of their codes; rows of core_plan_item."""
    rows = items[(items["plan_id"] == plan_id) & (items["parent_code"] == "0")]
    return rows.sort_values("code", ignore_index=True)


def rows_to_tell(alignment: pd.DataFrame, fiscal_year_be: int) -> pd.DataFrame:
    """Keep the rows of one fiscal year, of the plan in force if it has items, else the newest, and of one measure.

    Args:
        alignment: rows of out_project_by_plan of the province.
        fiscal_year_be: the year.
    """
    rows = alignment[alignment["fiscal_year_be"] == fiscal_year_be]
    if rows.empty:
        return rows
    in_force = rows[rows["is_in_force"].astype(bool)]
    of_plan: pd.DataFrame = rows[rows["plan_id"] == (in_force if len(in_force) else rows)["plan_id"].max()]
    return of_plan.loc[of_plan["measure"] == pick_measure(of_plan)]


def describe_alignment(
    alignment: pd.DataFrame, items: pd.DataFrame, place: Place, *, fiscal_year_be: int, wanted: int
) -> tuple[str, ...]:
    """Name the plan of a year, say how many projects stand in an item, by what, and the share that does not.

    Args:
        alignment: rows of out_project_by_plan of the province.
        items: rows of core_plan_item.
        place: the province.
        fiscal_year_be: the year whose projects are told.
        wanted: the year in focus, whose plan is named.
    """
    plan = describe_plan(items, wanted)
    rows = rows_to_tell(alignment, fiscal_year_be)
    if rows.empty:
        return (*plan, say("plan.no_project", year=format_year(fiscal_year_be), place=place.th))
    return (
        *plan,
        say(
            "plan.placed",
            plan=_title(items, str(rows["plan_id"].iloc[0])),
            year=format_year(fiscal_year_be),
            measure=label("measure", str(rows["measure"].iloc[0])),
            **_count_placed(rows),
        ),
        say("plan.open", **_size_open(rows)),
        *_cautions(rows, fiscal_year_be),
    )


def _count_placed(rows: pd.DataFrame) -> dict[str, str]:
    """Count all projects, those in an item, and those by how they were placed; rows of rows_to_tell."""
    parts = {name: rows[rows["how"] == name] for name in ("column", "rule", SETTLED)}
    parts |= {"count": rows, "placed": rows[rows["item_code"].notna()]}
    return {
        name: cite_as(format_number(some["n_projects"].sum()), sum_of(some, f"{BY_PLAN}.n_projects"))
        for name, some in parts.items()
    }


def _size_open(rows: pd.DataFrame) -> dict[str, str]:
    """Count the projects that stand in no item, with their money and the shares of all; rows of rows_to_tell."""
    unsure = rows[rows["how"] == UNSURE]
    count, n_unsure = int(rows["n_projects"].sum()), int(unsure["n_projects"].sum())
    whole, baht = (sum(some["amount_baht"], Decimal(0)) for some in (rows, unsure))
    told = {
        "count": ("n_projects", format_number(n_unsure)),
        "share": ("share_pct", format_share(100 * n_unsure / count)),
        "amount": ("amount_baht", format_money(baht)),
        "share_baht": ("share_baht_pct", format_share(100 * baht / whole if whole else None)),
    }
    # Without their item the keys are those of all that are unsure.
    keys = unsure.drop(columns="item_code").head(1).to_dict("records")
    return {
        name: cite_as(text, address_of(keys[0], f"{BY_PLAN}.{column}") if keys else None)
        for name, (column, text) in told.items()
    }


def _cautions(rows: pd.DataFrame, fiscal_year_be: int) -> tuple[str, ...]:
    """What to beware of: rules that nobody has confirmed, and a plan that is not of the year."""
    is_by_rule = bool((rows["how"] == "rule").any())
    unverified = [say("plan.rules_unverified")] if is_by_rule and not are_rules_verified() else []
    year = format_year(fiscal_year_be)
    return (*unverified, *([] if rows["is_in_force"].all() else [say("plan.not_in_force", year=year)]))


@cache
def are_rules_verified() -> bool:
    """Whether somebody has confirmed the rules; a long file, read once."""
    return bool(load_yaml(RULES)["is_verified"])


def _title(items: pd.DataFrame, plan_id: str) -> str:
    """The title of a plan."""
    return str(items[(items["plan_id"] == plan_id) & items["parent_code"].isna()]["title_th"].iloc[0])
