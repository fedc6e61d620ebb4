"""Money of projects once more: stages, parts, execution, concentration."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pandas as pd

from tests.integration.again.amounts import (
    Key,
    cells_of,
    chosen_cells,
    parts_of,
    project_amount,
    project_summary,
    projects_of,
    quarters_of,
    total,
)
from tests.integration.again.figures import yearly
from tests.integration.again.frames import Frames, setting
from tests.integration.again.lists import budget_by, budget_by_province
from tests.integration.again.places import districts_of

Part = tuple[str, Key, str | None, Decimal]
GIVEN = ("net_allocated", "allocated", "appropriated")


def scales(frames: Frames) -> dict[tuple[str, int], dict[str, Any]]:
    """Persons and the deflator, by province and fiscal year."""
    people = {
        (province, year): row["value"]
        for (province, code, year, basis), row in yearly(frames).items()
        if code == "population_registered_total" and basis == "point" and row["value"] and province
    }
    back = int(setting(frames, "population_years_back"))
    index = {
        row["year_be"]: (float(row["index"]), row["base"])
        for row in frames["core_deflator"].to_dict("records")
    }
    found = {}
    for province in frames["core_province"]["province_code"]:
        for year in {*frames["core_amount"]["fiscal_year_be"], *frames["core_budget_line"]["fiscal_year_be"]}:
            of = next(
                (past for past in range(year - 1, year - 2 - back, -1) if (province, past) in people), None
            )
            base = index[year][1] if year in index else None
            factor = index[int(base)][0] / index[year][0] if base else None
            found[province, year] = {
                "persons": people.get((province, of)),
                "of": of,
                "factor": factor,
                "base": base,
            }
    return found


def scaled(baht: Decimal | None, scale: dict[str, Any]) -> dict[str, Any]:
    """Money per head and in constant baht."""
    known = baht is not None
    return {
        "per_head_baht": float(baht) / scale["persons"] if known and scale["persons"] else None,
        "population_year_be": scale["of"],
        "constant_baht": float(baht) * scale["factor"] if known and scale["factor"] else None,
        "constant_base": scale["base"],
    }


def money_by_stage(frames: Frames) -> pd.DataFrame:
    money = {
        ("project", row["province_code"], row["fiscal_year_be"], row["measure"]): (
            row["n_projects"],
            row["amount_baht"],
        )
        for row in project_summary(frames).to_dict("records")
    }
    money |= {
        ("budget_line", row["province_code"], row["fiscal_year_be"], row["stage"]): (
            row["n_lines"],
            row["amount_baht"],
        )
        for row in budget_by_province(frames).to_dict("records")
        if row["n_lines"]
    }
    scale, rows = scales(frames), []
    for figure, year, stage in {(key[0], *key[2:]) for key in money}:
        for province in frames["core_province"]["province_code"]:
            n, baht = money.get((figure, province, year, stage), (0, None))
            row = {
                "province_code": province,
                "figure": figure,
                "fiscal_year_be": year,
                "stage": stage,
                "n": n,
            }
            rows.append(row | {"amount_baht": baht} | scaled(baht, scale[province, year]))
    return pd.DataFrame(rows)


def list_parts(frames: Frames) -> Iterator[Part]:
    """Each project's money by every dimension: dimension, project year measure, code, baht."""
    agencies = frames["core_agency_name"].set_index("agency_name")["agency_code"].to_dict()
    known, themes, plans = projects_of(frames), themes_of(frames), items_of(frames)
    for key, rows in cells_of(frames).items():
        about, whole = known[key[0]], total(chosen_cells(rows))
        yield "agency", key, agencies.get(about["agency_name"]) or about["agency_name"], whole
        yield "district", key, districts_of(about, frames), whole
        for item in plans.get(key[0]) or [None]:
            yield "plan", key, item, whole
        for theme in themes.get(key[0]) or [None]:
            yield "theme", key, theme, whole
        quarters = quarters_of(rows)
        yield from (("quarter", key, quarter, baht) for quarter, baht in quarters.items())
        yield from _left("quarter", key, whole, list(quarters.values()))
    yield from _stated_parts(frames)


def _stated_parts(frames: Frames) -> Iterator[Part]:
    """The parts by category and source: those that a form states, else its own column."""
    known, parts = projects_of(frames), parts_of(frames)
    names = {
        "category": frames["core_category_name"].set_index("category")["code"].to_dict(),
        "fund_source": frames["core_fund_source_name"].set_index("fund_source")["code"].to_dict(),
    }
    columns = (("category", "category", "expense_category"), ("source", "fund_source", "fund_source"))
    for key, rows in cells_of(frames).items():
        whole = total(chosen_cells(rows))
        for dimension, kind, own in columns:
            stated = parts.get((key, kind)) or {known[key[0]][own]: whole}
            yield from (
                (dimension, key, names[kind].get(name) or name, baht) for name, baht in stated.items()
            )
            yield from _left(dimension, key, whole, list(stated.values()))


def _left(dimension: str, key: Key, whole: Decimal, parts: list[Decimal]) -> Iterator[Part]:
    """What parts leave open."""
    left = whole - sum(parts, Decimal(0))
    if left or not parts:
        yield dimension, key, None, left


def themes_of(frames: Frames) -> dict[str, set[str]]:
    """Themes by project."""
    themes = frames["core_tag"].set_index("tag_code")["theme"].to_dict()
    found: dict[str, set[str]] = defaultdict(set)
    for row in frames["core_project_tag"].to_dict("records"):
        found[row["project_id"]].add(themes[row["tag_code"]])
    return found


def items_of(frames: Frames) -> dict[str, list[str | None]]:
    """Items of plans in force by project; None where a project is unsure."""
    found: dict[str, list[str | None]] = defaultdict(list)
    for row in frames["core_project_alignment"].to_dict("records"):
        if row["is_in_force"]:
            found[row["project_id"]].append(row["item_code"] and f"{row['plan_id']}:{row['item_code']}")
    return found


def money_by_part(frames: Frames) -> pd.DataFrame:
    known, scale = projects_of(frames), scales(frames)
    sums: dict[tuple[Any, ...], Decimal] = defaultdict(Decimal)
    members: dict[tuple[Any, ...], set[str]] = defaultdict(set)
    for dimension, (project, year, measure), code, baht in list_parts(frames):
        key = (known[project]["province_code"], year, measure, dimension, code)
        sums[key] += baht
        members[key].add(project)
    totals = (
        project_summary(frames)
        .set_index(["province_code", "fiscal_year_be", "measure"])["amount_baht"]
        .to_dict()
    )
    names = ("province_code", "fiscal_year_be", "measure", "dimension", "code")
    rows = []
    for key, baht in sums.items():
        whole = totals[key[:3]]
        row = dict(zip(names, key, strict=True)) | {"n_projects": len(members[key]), "amount_baht": baht}
        row["share_pct"] = 100 * float(baht) / float(whole) if whole else None
        rows.append(row | scaled(baht, scale[key[0], key[1]]))
    return pd.DataFrame(rows, dtype=object)


def execution(frames: Frames) -> pd.DataFrame:
    known, cells = projects_of(frames), cells_of(frames)
    quarters = {key: quarters_of(rows) for key, rows in cells.items() if key[2] in ("disbursed", "spent")}
    last: dict[tuple[Any, ...], str] = {}
    for (project, year, measure), stated in quarters.items():
        for quarter in stated:
            place = (known[project]["province_code"], year, measure)
            last[place] = max(last.get(place, "Q0"), quarter)
    sums: dict[tuple[Any, ...], list[Any]] = defaultdict(lambda: [0, Decimal("0.00"), Decimal("0.00")])
    for (project, year, measure), stated in quarters.items():
        given = next((cells[project, year, name] for name in GIVEN if (project, year, name) in cells), None)
        place = (known[project]["province_code"], year, measure)
        told = (
            ["Q4"]
            if not stated
            else [name for name in ("Q1", "Q2", "Q3", "Q4") if min(stated) <= name <= last[place]]
        )
        for quarter in told if given else ():
            paid = total(chosen_cells(cells[project, year, measure])) if not stated else None
            one = sums[place[0], year, quarter, measure]
            one[0] += 1
            one[1] += total(chosen_cells(given))
            one[2] += (
                paid
                if paid is not None
                else sum((v for name, v in stated.items() if name <= quarter), Decimal(0))
            )
    targets = {
        (row["fiscal_year_be"], row["quarter"], row["measure"]): float(row["target_pct"])
        for row in frames["core_spending_target"].to_dict("records")
        if row["scope_th"] == "ภาพรวม"
    }
    names, rows = ("province_code", "fiscal_year_be", "quarter", "measure"), []
    for key, (n, given_baht, paid_baht) in sums.items():
        pct = 100 * float(paid_baht) / float(given_baht) if given_baht else None
        target = targets.get(key[1:])
        row = dict(zip(names, key, strict=True)) | {
            "n_projects": n,
            "given_baht": given_baht,
            "paid_baht": paid_baht,
        }
        rows.append(
            row
            | {
                "execution_pct": pct,
                "target_pct": target,
                "difference_points": pct - target if pct is not None and target else None,
            }
        )
    return pd.DataFrame(
        rows,
        columns=[
            *names,
            "n_projects",
            "given_baht",
            "paid_baht",
            "execution_pct",
            "target_pct",
            "difference_points",
        ],
    )


def concentration(frames: Frames) -> pd.DataFrame:
    held: dict[tuple[Any, ...], list[Decimal]] = defaultdict(list)
    for row in project_amount(frames).to_dict("records"):
        held[row["province_code"], "project", "project", row["fiscal_year_be"], row["measure"]].append(
            row["amount_baht"]
        )
    for row in money_by_part(frames).to_dict("records"):
        if row["dimension"] == "agency" and pd.notna(row["code"]):
            held[row["province_code"], "project", "agency", row["fiscal_year_be"], row["measure"]].append(
                row["amount_baht"]
            )
    for row in budget_by(frames, ("project", "output")).to_dict("records"):
        if row["name"] is not None:
            held[row["province_code"], "budget_line", "project", row["fiscal_year_be"], row["stage"]].append(
                row["amount_baht"]
            )
    names, rows, top = (
        ("province_code", "figure", "holder", "fiscal_year_be", "stage"),
        [],
        int(setting(frames, "top_count")),
    )
    for key, amounts in held.items():
        largest = sorted((float(baht) for baht in amounts if baht > 0), reverse=True)
        if largest:
            shares = [100 * baht / sum(largest) for baht in largest]
            row = dict(zip(names, key, strict=True)) | {
                "n_holders": len(largest),
                "top_share_pct": sum(shares[:top]),
            }
            rows.append(row | {"hhi": sum(share**2 for share in shares)})
    return pd.DataFrame(rows)
