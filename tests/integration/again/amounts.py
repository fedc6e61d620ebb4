"""Amounts of projects once more: chosen, summed by agency, plan and part, and by quarter."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal
from typing import Any

import pandas as pd

from tests.integration.again.frames import Frames

Key = tuple[str, int, str]
QUARTER_OF = {**dict.fromkeys(("M10", "M11", "M12"), "Q1"), **dict.fromkeys(("M01", "M02", "M03"), "Q2")}
QUARTER_OF |= {**dict.fromkeys(("M04", "M05", "M06"), "Q3"), **dict.fromkeys(("M07", "M08", "M09"), "Q4")}
QUARTER_OF |= {quarter: quarter for quarter in ("Q1", "Q2", "Q3", "Q4")}


def projects_of(frames: Frames) -> dict[str, dict[str, Any]]:
    """Projects that count, by id."""
    rows = frames["core_project"]
    return {row["project_id"]: row for row in rows[rows["is_current"].astype(bool)].to_dict("records")}


def cells_of(frames: Frames) -> dict[Key, list[dict[str, Any]]]:
    """Amounts that are stated, by project, year and measure."""
    known, cells = projects_of(frames), defaultdict(list)
    for row in frames["core_amount"].to_dict("records"):
        if row["amount_baht"] is not None and row["project_id"] in known:
            cells[row["project_id"], row["fiscal_year_be"], row["measure"]].append(row)
    return cells


def chosen_cells(cells: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The cells that say the year: its own, else quarters, else months, else parts by category, else by source."""
    plain = [row for row in cells if row["category"] is None and row["fund_source"] is None]
    groups = [
        [row for row in plain if row["period"] == "year"],
        [row for row in plain if row["period"].startswith("Q")],
        [row for row in plain if row["period"].startswith("M")],
        [row for row in cells if row["category"] is not None and row["fund_source"] is None],
        [row for row in cells if row["fund_source"] is not None],
    ]
    return next(group for group in groups if group)


def total(rows: list[dict[str, Any]]) -> Decimal:
    return sum((row["amount_baht"] for row in rows), Decimal("0.00"))


def project_amount(frames: Frames) -> pd.DataFrame:
    """out_project_amount, with the place of out_project_place."""
    known = projects_of(frames)
    paths = frames["raw_file"].set_index("file_id")["path"]
    rows = []
    for (project, year, measure), cells in cells_of(frames).items():
        chosen, about = chosen_cells(cells), known[project]
        first = min(chosen, key=lambda row: (len(row["cell"]), row["cell"]))
        row = {
            name: about[name]
            for name in ("province_code", "project_name", "agency_name", "plan_group", "fund_source")
        }
        row |= {
            "project_id": project,
            "fiscal_year_be": year,
            "measure": measure,
            "amount_baht": total(chosen),
        }
        rows.append(
            row
            | {
                "path": paths[first["file_id"]],
                "sheet": first["sheet"],
                "cell": first["cell"],
                "n_cells": len(chosen),
            }
        )
    return pd.DataFrame(rows)


def project_summary(frames: Frames) -> pd.DataFrame:
    keys = ["province_code", "fiscal_year_be", "measure"]
    groups = project_amount(frames).assign(is_zero=lambda rows: rows["amount_baht"] == 0).groupby(keys)
    return groups.agg(
        n_projects=("project_id", "size"), n_zero=("is_zero", "sum"), amount_baht=("amount_baht", "sum")
    ).reset_index()


def project_by_agency(frames: Frames) -> pd.DataFrame:
    keys = ["province_code", "fiscal_year_be", "measure", "agency_name"]
    groups = project_amount(frames).groupby(keys, dropna=False)
    return groups.agg(n_projects=("project_id", "size"), amount_baht=("amount_baht", "sum")).reset_index()


def project_by_plan(frames: Frames) -> pd.DataFrame:
    plans = frames["core_plan_item"]
    roots = plans[plans["parent_code"].isna()].set_index("plan_id")
    rows = project_amount(frames).merge(frames["core_project_alignment"], on="project_id")
    rows["is_in_force"] = [
        roots.loc[plan, "be_from"] <= year <= roots.loc[plan, "be_to"]
        for plan, year in zip(rows["plan_id"], rows["fiscal_year_be"], strict=True)
    ]
    keys = ["province_code", "fiscal_year_be", "measure", "plan_id", "item_code", "how"]
    groups = rows.groupby(keys, dropna=False)
    return groups.agg(
        n_projects=("project_id", "size"),
        amount_baht=("amount_baht", "sum"),
        is_in_force=("is_in_force", "any"),
    ).reset_index()


def parts_of(frames: Frames) -> dict[tuple[Key, str], dict[str, Decimal]]:
    """What forms state as parts, by project, year, measure and kind."""
    parts = {}
    for key, cells in cells_of(frames).items():
        for kind in ("category", "fund_source"):
            other = "fund_source" if kind == "category" else "category"
            named = [row for row in cells if row[kind] is not None]
            levels = [(row[other] is not None, "yQM".index(row["period"][0])) for row in named]
            sums: dict[str, Decimal] = defaultdict(Decimal)
            for row, level in zip(named, levels, strict=True):
                if level == min(levels):
                    sums[row[kind]] += row["amount_baht"]
            if sums:
                parts[key, kind] = dict(sums)
    return parts


def project_part(frames: Frames) -> pd.DataFrame:
    known = projects_of(frames)
    rows = [
        {
            "province_code": known[key[0]]["province_code"],
            "fiscal_year_be": key[1],
            "measure": key[2],
            "kind": kind,
        }
        | {"name": name, "amount_baht": baht}
        for (key, kind), sums in parts_of(frames).items()
        for name, baht in sums.items()
    ]
    keys = ["province_code", "fiscal_year_be", "measure", "kind", "name"]
    if not rows:
        return pd.DataFrame(columns=[*keys, "n_projects", "amount_baht"])
    groups = pd.DataFrame(rows).groupby(keys)
    return groups.agg(n_projects=("amount_baht", "size"), amount_baht=("amount_baht", "sum")).reset_index()


def quarters_of(cells: list[dict[str, Any]]) -> dict[str, Decimal]:
    """A year's money by quarter, from quarters, else months."""
    plain = [
        row
        for row in cells
        if row["category"] is None and row["fund_source"] is None and row["period"] != "year"
    ]
    own = [row for row in plain if row["period"].startswith("Q")]
    sums: dict[str, Decimal] = defaultdict(Decimal)
    for row in own or plain:
        sums[QUARTER_OF[row["period"]]] += row["amount_baht"]
    return dict(sums)
