"""Words on money: per head, by part, execution against the dated target, concentration, need against money."""

from __future__ import annotations

from functools import lru_cache

import pandas as pd

from pipeline.brief_text.numbers import format_money, format_number, format_year, is_missing
from pipeline.brief_text.said import address_of, cite, cite_as, count_of, join_said
from pipeline.brief_text.study.frames import STUDIES_KEPT, Study, limit, name_stage
from pipeline.brief_text.templates import find, label, order_of, say
from pipeline.trace import Formula


@lru_cache(maxsize=STUDIES_KEPT)
def list_stages(study: Study) -> pd.DataFrame:
    """The province's money by year and stage, the newest first; rows of out_money_by_stage."""
    rows = study.views["money_by_stage"]
    told = rows[(rows["n"] > 0) & rows["amount_baht"].notna()]
    named = told.assign(stage_name=[name_stage(row) for _, row in told.iterrows()])
    return named.sort_values(
        ["fiscal_year_be", "figure", "stage"], ascending=[False, True, True], ignore_index=True
    )


def describe_per_head(study: Study) -> tuple[str, ...]:
    """Say the money per head of the newest year of each kind, and that no deflator is given."""
    rows = list_stages(study)
    if rows.empty:
        return (say("study.per_head.none", place=study.place.th),)
    newest = rows[rows["fiscal_year_be"] == rows.groupby("figure")["fiscal_year_be"].transform("max")]
    told = [_say_head(row) for _, row in newest.iterrows()]
    return (*told, *([] if rows["constant_baht"].notna().any() else [say("study.per_head.no_deflator")]))


def _say_head(row: pd.Series) -> str:
    told = {
        "stage": row.stage_name,
        "year": format_year(row.fiscal_year_be),
        "amount": cite(format_money(row.amount_baht), row, "out_money_by_stage.amount_baht"),
    }
    if is_missing(row.per_head_baht):
        return say("study.per_head.no_population", **told)
    head = cite(format_number(row.per_head_baht, 2), row, "out_money_by_stage.per_head_baht")
    year = format_year(row.population_year_be)
    return say("study.per_head.told", **told, head=head, population_year=year)


@lru_cache(maxsize=STUDIES_KEPT)
def list_parts(study: Study) -> pd.DataFrame:
    """The year's projects by part of each dimension, of one measure, in the spec's order, the largest first.

    Agencies and items of the plan have sections of their own. Rows of out_money_by_part.
    """
    rows = study.of_year("money_by_part")
    told = rows[rows["measure"].eq(study.measure) & rows["dimension"].isin(find("labels.dimension"))]
    order = [order_of("dimension", dimension) for dimension in told["dimension"]]
    sized = told.assign(dimension_order=order, is_open=told["code"].isna())
    keys = ["dimension_order", "is_open", "amount_baht"]
    return sized.sort_values(keys, ascending=[True, True, False], ignore_index=True)


def describe_parts(study: Study) -> tuple[str, ...]:
    """Say which parts the year's forms leave open, and that themes are not added up."""
    rows = list_parts(study)
    year = format_year(study.fiscal_year_be)
    if rows.empty:
        return (say("study.parts.none", year=year, place=study.place.th),)
    named = set(rows.loc[~rows["is_open"], "dimension"])
    lacking = [name for code, name in find("labels.dimension").items() if code not in named]
    left = [say("study.parts.open", year=year, names=" · ".join(lacking))] if lacking else []
    return (*([say("study.parts.theme")] if "theme" in named else []), *left)


def describe_execution(study: Study) -> tuple[str, ...]:
    """Say how much of the projects' money was paid, beside the dated target, of each year's newest quarter."""
    rows = newest_execution(study)
    if rows.empty:
        return (say("study.execution.none", place=study.place.th),)
    notes = [str(note) for note in dict.fromkeys(rows["note_th"]) if not is_missing(note)]
    return (*(say_execution(row) for _, row in rows.iterrows()), *notes)


@lru_cache(maxsize=STUDIES_KEPT)
def newest_execution(study: Study) -> pd.DataFrame:
    """The last quarter that is told of the newest year, a row a measure; rows of out_execution with a share."""
    rows = study.views["execution"].dropna(subset=["execution_pct"])
    rows = rows[rows["fiscal_year_be"] == rows["fiscal_year_be"].max()]
    newest: pd.DataFrame = rows.sort_values("quarter").drop_duplicates("measure", keep="last")
    return newest.sort_values("measure", ignore_index=True)


def say_execution(row: pd.Series) -> str:
    """Say one share and on which side of the target it lies; near where it differs by less than the limit."""
    told = {
        "measure": label("measure", str(row.measure)),
        "quarter": str(row.quarter),
        "year": format_year(row.fiscal_year_be),
        "pct": cite(format_number(row.execution_pct, 1), row, "out_execution.execution_pct"),
        "count": cite(format_number(row.n_projects), row, "out_execution.n_projects"),
    }
    if is_missing(row.target_pct):
        return say("study.execution.no_target", **told)
    target, away = format_number(row.target_pct, 1), address_of(row, "out_execution.difference_points")
    points = cite_as(format_number(abs(row.difference_points), 1), Formula("size", (away,)))
    return say(f"study.execution.{side_of_target(row)}", **told, target=target, points=points)


def side_of_target(row: pd.Series) -> str:
    """Say on which side of the target a share lies by the limit or more, else that it is near.

    >>> [side_of_target(pd.Series({"difference_points": points})) for points in (-5, -4.9, 4.9, 5)]
    ['below', 'near', 'near', 'above']
    """
    points = float(row.difference_points)
    if abs(points) < limit("execution_points"):
        return "near"
    return "above" if points > 0 else "below"


@lru_cache(maxsize=STUDIES_KEPT)
def list_concentrations(study: Study) -> pd.DataFrame:
    """How concentrated the year's projects are by the stage told, and the newest budget document.

    Rows of out_concentration.
    """
    rows = study.views["concentration"]
    documents = rows[rows["figure"] == "budget_line"]
    newest = documents[documents["fiscal_year_be"] == documents["fiscal_year_be"].max()]
    of_year = study.of_year("concentration")
    projects = of_year[of_year["figure"].eq("project") & of_year["stage"].eq(study.measure)]
    told: pd.DataFrame = pd.concat([some for some in (projects, newest) if len(some)] or [rows.head(0)])
    return told.sort_values(["figure", "stage", "holder"], ascending=[False, True, False], ignore_index=True)


def describe_concentration(study: Study) -> tuple[str, ...]:
    """Say what share the largest few hold; of no more holders than that, only how many there are."""
    rows = list_concentrations(study)
    if rows.empty:
        return (say("study.concentration.none", place=study.place.th),)
    is_few = rows["n_holders"] <= rows["top_count"]
    told = [say_concentration(row) for _, row in rows[~is_few].iterrows()]
    parts = [say("study.concentration.few_part", **_name_holders(row)) for _, row in rows[is_few].iterrows()]
    if parts:
        top = format_number(rows["top_count"].max())
        told.append(say("study.concentration.few", top=top, parts=join_said(parts, " · ")))
    return tuple(told)


def is_concentrated(row: pd.Series) -> bool:
    """Say whether more than the largest few hold the money and these reach the limit; a row of out_concentration."""
    return bool(row.n_holders > row.top_count and row.top_share_pct >= limit("top_share_pct"))


def say_concentration(row: pd.Series) -> str:
    """Say what share the largest few hold; a row of out_concentration with more holders than that."""
    told = _name_holders(row) | {"top": format_number(row.top_count)}
    told["share"] = cite(format_number(row.top_share_pct, 1), row, "out_concentration.top_share_pct")
    told["hhi"] = cite(format_number(row.hhi), row, "out_concentration.hhi")
    if is_concentrated(row):
        return say("study.concentration.high", **told)
    return say("study.concentration.low", **told, limit=limit("top_share_pct"))


def _name_holders(row: pd.Series) -> dict[str, str]:
    """Name the stage, the year and who holds its money, and count them; a row of out_concentration."""
    return {
        "stage": name_stage(row),
        "year": format_year(row.fiscal_year_be),
        "holder": label("holder", str(row.holder)),
        "count": cite(format_number(row.n_holders), row, "out_concentration.n_holders"),
    }


@lru_cache(maxsize=STUDIES_KEPT)
def list_needs(study: Study) -> pd.DataFrame:
    """Indicators beside the money of their theme, those that lie on a side of both means; rows of out_need_money."""
    rows = study.of_year("need_money")
    told = rows[rows["measure"].eq(study.measure) & rows["quadrant"].notna()]
    return told.sort_values(["theme", "indicator_code"], ignore_index=True)


def describe_need(study: Study) -> tuple[str, ...]:
    """Say how many pairs of need and money can be set side by side."""
    rows = list_needs(study)
    if rows.empty:
        return (say("study.need.none", place=study.place.th),)
    count = cite_as(format_number(len(rows)), count_of(rows, "out_need_money.rate"))
    return (say("study.need.told", count=count), say("study.learning"))
