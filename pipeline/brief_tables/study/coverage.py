"""Tables of overlaps, likely duplicates, lives across years, and KPI quality."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

import pandas as pd

from pipeline.brief_tables.study.listing import list_first
from pipeline.brief_tables.table import Column, Origin, Table, keep_as_is, list_keys
from pipeline.brief_text.numbers import format_money, format_year, is_missing, shorten
from pipeline.brief_text.said import cite, join_said
from pipeline.brief_text.study import Study
from pipeline.brief_text.study.coverage import (
    find_kpi,
    list_duplicates,
    list_lacks,
    list_lives,
    list_overlaps,
)
from pipeline.brief_text.templates import label, say

NAME_LIMIT = 110


def tabulate_overlaps(study: Study) -> tuple[Table, ...]:
    """List the subjects that several agencies have projects of."""
    rows = list_overlaps(study)
    return list_first(
        rows.assign(at=list_keys(rows, ("province_code", "fiscal_year_be", "tag_code"))),
        "tbl-study-overlap",
        caption=say("study.overlaps.table", place=study.place.th, year=format_year(study.fiscal_year_be)),
        columns=(
            Column("name", "เรื่อง", "text", 27),
            Column("n_agencies", "หน่วยงาน (แห่ง)", "count", 11),
            Column("n_projects", "โครงการ (โครงการ)", "count", 11),
            Column("agencies_th", "หน่วยงาน", "text", 34),
            Column("amount_baht", "วงเงินขั้นสูงสุด (บาท)", "baht", 17),
        ),
        origins=tuple(
            Origin(column, "out_overlap", column) for column in ("n_agencies", "n_projects", "amount_baht")
        ),
    )


def tabulate_duplicates(study: Study) -> tuple[Table, ...]:
    """List the projects that are named alike, for their owners to look at."""
    rows = list_duplicates(study)
    return list_first(
        rows.assign(
            one=[_name_project(row, "") for _, row in rows.iterrows()],
            other=[_name_project(row, "like_") for _, row in rows.iterrows()],
            how_name=[label("how", how) for how in rows["how"]],
        ),
        "tbl-study-duplicate",
        caption=say("study.duplicates.table", place=study.place.th),
        columns=(
            Column("one", "โครงการ", "text", 37),
            Column("other", "โครงการที่มาก่อน", "text", 37),
            Column("how_name", "ความคล้าย", "text", 17),
            Column("score", "คะแนน (100 คือเหมือนกัน)", "decimal", 11),
        ),
    )


def _name_project(row: pd.Series, prefix: str) -> str:
    """Name a project with its agency and year; a row of out_likely_duplicate."""
    name, agency, year = (
        row[f"{prefix}{column}"] for column in ("project_name", "agency_name", "fiscal_year_be")
    )
    by = say("common.unnamed") if is_missing(agency) else str(agency)
    return say(
        "study.duplicates.named", name=shorten(str(name), NAME_LIMIT), agency=by, year=format_year(year)
    )


def tabulate_lives(study: Study) -> tuple[Table, ...]:
    """List the projects of several fiscal years, their money of each year by its stage."""
    by_name: dict[str, list[dict[Any, Any]]] = defaultdict(list)
    for row in list_lives(study).to_dict("records"):
        by_name[row["name_key"]].append(row)
    lives = [
        {
            "name": shorten(str(life[-1]["project_name"]), NAME_LIMIT),
            "n_years": int(life[0]["n_years"]),
            "money": join_said(map(_say_year, life), " · "),
        }
        for life in by_name.values()
    ]
    return list_first(
        pd.DataFrame(lives, columns=["name", "n_years", "money"]).assign(
            money=keep_as_is(life["money"] for life in lives)
        ),
        "tbl-study-life",
        caption=say("study.lives.table", place=study.place.th),
        columns=(
            Column("name", "โครงการ", "text", 44),
            Column("n_years", "ปีงบประมาณ (ปี)", "count", 11),
            Column("money", "เงินแต่ละปี", "text", 45),
        ),
    )


def _say_year(row: Mapping[Any, Any]) -> str:
    """Say a project's money of one year by the stage that is told; a row of out_project_life."""
    year = format_year(row["fiscal_year_be"])
    if is_missing(row["given_measure"]):
        return say("study.lives.year_alone", year=year)
    measure = str(row["given_measure"])
    amount = cite(format_money(row[f"{measure}_baht"]), row, f"out_project_life.{measure}_baht")
    return say("study.lives.year", year=year, amount=amount, measure=label("measure", measure))


def tabulate_kpi(study: Study) -> tuple[Table, ...]:
    """Count what the year's projects lack in their indicators of success."""
    row = find_kpi(study)
    if row is None:
        return ()
    return list_first(
        list_lacks(row),
        "tbl-study-kpi",
        caption=say("study.kpi.table", place=study.place.th, year=format_year(study.fiscal_year_be)),
        columns=(
            Column("lack", "สิ่งที่พบ", "text", 56),
            Column("n_projects", "โครงการ (โครงการ)", "count", 20),
            Column("share_pct", "ร้อยละของทุกโครงการ", "decimal", 24),
        ),
        source=say("study.kpi.source", place=study.place.th),
        note=say("study.kpi.note"),
        origins=(Origin("n_projects"), Origin("share_pct", at="at_share")),
    )
