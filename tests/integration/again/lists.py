"""Budget documents, population, crime, the profile, and the lists of quality once more."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal
from typing import Any

import pandas as pd

from tests.integration.again.beside import indicator_rate
from tests.integration.again.figures import chosen_value, indicator_area
from tests.integration.again.frames import Frames, live_files

PEOPLE = {
    "population": "population_registered_total",
    "male": "population_registered_male",
    "female": "population_registered_female",
}
HOUSES = {"houses": "house_registered_total", "households": "household_registered_total"}


def _lines(frames: Frames) -> list[dict[str, Any]]:
    live = live_files(frames)
    lines = frames["core_budget_line"].to_dict("records")
    return [row for row in lines if row["file_id"] in live and row["province_code"] is not None]


def budget_by(frames: Frames, columns: tuple[str, ...]) -> pd.DataFrame:
    sums: dict[tuple[Any, ...], list[Decimal]] = defaultdict(list)
    for row in _lines(frames):
        name = next((row[column] for column in columns if row[column] is not None), None)
        sums[row["province_code"], row["fiscal_year_be"], row["stage"], name].append(row["amount_baht"])
    whole: dict[tuple[Any, ...], Decimal] = defaultdict(Decimal)
    for key, amounts in sums.items():
        whole[key[:3]] += sum(amounts, Decimal(0))
    names, rows = ("province_code", "fiscal_year_be", "stage", "name"), []
    for key, amounts in sums.items():
        baht = sum(amounts, Decimal("0.00"))
        row = dict(zip(names, key, strict=True)) | {"amount_baht": baht, "n_lines": len(amounts)}
        rows.append(row | {"share_pct": 100 * float(baht) / float(whole[key[:3]])})
    return pd.DataFrame(rows, dtype=object)


def budget_by_province(frames: Frames) -> pd.DataFrame:
    sums: dict[tuple[Any, ...], list[Decimal]] = defaultdict(list)
    for row in _lines(frames):
        sums[row["province_code"], row["fiscal_year_be"], row["stage"]].append(row["amount_baht"])
    rows = []
    for year, stage in {key[1:] for key in sums}:
        for province in frames["core_province"]["province_code"]:
            told = sums.get((province, year, stage), [])
            row = {"province_code": province, "fiscal_year_be": year, "stage": stage, "n_lines": len(told)}
            rows.append(row | {"amount_baht": sum(told, Decimal("0.00")) if told else None})
    return pd.DataFrame(rows)


def population(frames: Frames) -> pd.DataFrame:
    codes = {code: name for name, code in (PEOPLE | HOUSES).items()}
    units = dict.fromkeys(PEOPLE.values(), "คน") | {
        "house_registered_total": "หลัง",
        "household_registered_total": "ครัวเรือน",
    }
    found: dict[tuple[str, int], dict[str, Any]] = {}
    for row in chosen_value(frames).to_dict("records"):
        if row["indicator_code"] not in codes or row["period_basis"] != "point" or row["period"] != "year":
            continue
        if row["province_code"] and row["unit"] == units[row["indicator_code"]]:
            key = (row["province_code"], row["year_be"])
            found.setdefault(key, dict.fromkeys(codes.values()))[codes[row["indicator_code"]]] = row["value"]
    return pd.DataFrame(
        [{"province_code": key[0], "year_be": key[1]} | row for key, row in found.items()], dtype=object
    )


def crime_rate(frames: Frames) -> pd.DataFrame:
    people = {
        (row["province_code"], row["year_be"]): row["population"]
        for row in population(frames).to_dict("records")
    }
    found: dict[tuple[Any, ...], dict[str, Any]] = defaultdict(dict)
    for row in indicator_rate(frames).to_dict("records"):
        code = row["indicator_code"]
        if code.startswith("crime_") and row["period_basis"] == "CY" and row["status"] != "none":
            group, kind = code.removeprefix("crime_").rsplit("_", 1)
            one = found[row["province_code"], row["year_be"], group]
            one[kind] = row["value"]
            if kind == "reported":
                one |= {
                    "rate_per_100000": row["rate"],
                    "rate_low": row["rate_low"],
                    "rate_high": row["rate_high"],
                }
    names = ("province_code", "year_be", "crime_group")
    rows = [
        dict(zip(names, key, strict=True)) | row | {"population": people.get(key[:2])}
        for key, row in found.items()
    ]
    return pd.DataFrame(rows, dtype=object)


def crime_rate_by_area(frames: Frames) -> pd.DataFrame:
    rows = indicator_area(frames)
    is_crime = rows["indicator_code"].str.fullmatch("crime_.+_reported") & (rows["n_rates"] > 0)
    told = rows[is_crime & rows["area_kind"].isin(["cluster", "nation"])]
    groups = told["indicator_code"].str.removeprefix("crime_").str.removesuffix("_reported")
    return told.assign(crime_group=groups, rate_per_100000=told["rate"], n_provinces=told["n_rates"])[
        ["area_kind", "area", "year_be", "crime_group", "rate_per_100000", "n_provinces", "n_members"]
    ]


def profile(frames: Frames) -> pd.DataFrame:
    items: dict[str, dict[tuple[str, int], tuple[float, float | None, int]]] = defaultdict(dict)
    for row in population(frames).to_dict("records"):
        key = (row["province_code"], row["year_be"])
        for name in (*PEOPLE, *HOUSES):
            if row[name] is not None:
                items[name][key] = (row[name], None, 1)
        if row["female"] is not None and row["male"] is not None and row["male"] + row["female"] > 0:
            items["female_share"][key] = (row["female"], row["male"] + row["female"], 100)
        if row["population"] is not None and row["houses"]:
            items["persons_per_house"][key] = (row["population"], row["houses"], 1)
    rows = [row for item, figures in items.items() for row in _item_rows(frames, item, figures)]
    return pd.DataFrame(rows + _rate_rows(frames), dtype=object)


def _item_rows(
    frames: Frames, item: str, figures: dict[tuple[str, int], tuple[float, float | None, int]]
) -> list[dict[str, Any]]:
    rows = []
    for province in frames["core_province"].to_dict("records"):
        code = province["province_code"]
        year = max((y for p, y in figures if p == code), default=None)
        row = {
            "province_code": code,
            "item": item,
            "year_be": year,
            "value": None,
            "nation_value": None,
            "n_nation": None,
        }
        if year is not None:
            above, below, scale = figures[code, year]
            every = [one for (_, y), one in figures.items() if y == year]
            row["value"] = scale * above / (below or 1)
            row["nation_value"] = (
                scale * sum(one[0] for one in every) / (sum(one[1] or 0 for one in every) or 1)
            )
            row["n_nation"] = len(every)
        rows.append(row)
    return rows


def _rate_rows(frames: Frames) -> list[dict[str, Any]]:
    nation = indicator_area(frames)
    nation = nation[nation["area_kind"] == "nation"].set_index(["indicator_code", "year_be"])
    told = indicator_rate(frames)
    told = told[told["indicator_code"].str.fullmatch("crime_.+_reported") & told["rate"].notna()]
    rows = []
    for code in told["indicator_code"].unique():
        item = f"crime_{code.removeprefix('crime_').removesuffix('_reported')}_rate"
        newest = (
            told[told["indicator_code"] == code]
            .sort_values("year_be")
            .groupby("province_code")
            .tail(1)
            .set_index("province_code")
        )
        for province in frames["core_province"]["province_code"]:
            row = {
                "province_code": province,
                "item": item,
                "year_be": None,
                "value": None,
                "nation_value": None,
                "n_nation": None,
            }
            if province in newest.index:
                year = newest.loc[province, "year_be"]
                area = nation.loc[(code, year)]
                row |= {
                    "year_be": year,
                    "value": newest.loc[province, "rate"],
                    "nation_value": area["rate"],
                    "n_nation": area["n_rates"],
                }
            rows.append(row)
    return rows


def source(frames: Frames) -> pd.DataFrame:
    files, live = frames["raw_file"].set_index("file_id")["path"].to_dict(), live_files(frames)
    projects = frames["core_project"].set_index("project_id")
    found: dict[tuple[Any, ...], list[tuple[Any, int]]] = defaultdict(list)
    for row in frames["core_amount"].to_dict("records"):
        about = projects.loc[row["project_id"]]
        if about["is_current"]:
            found[about["province_code"], row["file_id"], row["sheet"], "project"].append(
                (row["project_id"], row["fiscal_year_be"])
            )
    for number, row in enumerate(frames["core_budget_line"].to_dict("records")):
        if row["province_code"]:
            found[row["province_code"], row["file_id"], row["sheet"], "budget_line"].append(
                (number, row["fiscal_year_be"])
            )
    blank: set[tuple[Any, ...]] = set()
    for number, row in enumerate(frames["core_indicator"].to_dict("records")):
        key = (row["province_code"], row["file_id"], row["sheet"], "indicator")
        if row["province_code"] and row["value"] is not None:
            found[key].append((number, row["year_be"]))
        elif row["province_code"]:
            blank.add(key)
    rows = []
    for key in {*found, *blank}:
        if key[1] in live:
            years = [year for _, year in found.get(key, [])]
            row = {"province_code": key[0], "path": files[key[1]], "sheet": key[2], "kind": key[3]}
            row |= {"n_rows": len({one for one, _ in found.get(key, [])})}
            rows.append(
                row | {"first_year_be": min(years, default=None), "last_year_be": max(years, default=None)}
            )
    return pd.DataFrame(rows, dtype=object)


def stated_total(frames: Frames) -> pd.DataFrame:
    rows = frames["quality_total"].merge(frames["raw_file"][["file_id", "path"]], on="file_id")
    return rows[rows["file_id"].isin(live_files(frames))].drop(columns="file_id")


def failed_identity(frames: Frames) -> pd.DataFrame:
    rows = frames["quality_issue"]
    rows = rows[
        (rows["rule_group"] == "reconciled")
        & rows["severity"].isin(["error", "warning"])
        & rows["province_code"].notna()
    ]
    return (
        rows.groupby("province_code")
        .agg(n_failed=("rule", "size"), n_rules=("rule", "nunique"))
        .reset_index()
    )


def issue_summary(frames: Frames) -> pd.DataFrame:
    keys = ["province_code", "severity", "rule"]
    return (
        frames["quality_issue"]
        .groupby(keys, dropna=False)
        .agg(n_issues=("rule", "size"), n_files=("path", "nunique"))
        .reset_index()
    )


def refused_row(frames: Frames) -> pd.DataFrame:
    tables = frames["raw_table"].set_index("table_id")
    files = frames["raw_file"].set_index("file_id")["path"].to_dict()
    refused, rows = frames["raw_row"], []
    sizes = refused["table_id"].value_counts().to_dict()
    for row in refused[refused["role"] == "refused"].to_dict("records"):
        if row["table_id"] in tables.index and tables.loc[row["table_id"], "status"] == "loaded":
            cell = f"{row['row_number']}:{row['row_number']}"
            rows.append({"path": files[row["file_id"]], "sheet": row["sheet"], "cell": cell, "n_rows": 1})
    for table, row in tables[tables["status"] == "refused"].iterrows():
        rows.append(
            {
                "path": files[row["file_id"]],
                "sheet": row["sheet"],
                "cell": row["cell_range"],
                "n_rows": sizes.get(table, 0),
            }
        )
    return pd.DataFrame(rows, columns=["path", "sheet", "cell", "n_rows"])


def submission_change(frames: Frames) -> pd.DataFrame:
    rows = frames["quality_change"].merge(frames["raw_file"][["file_id", "path"]], on="file_id")
    return rows.drop(columns=["file_id", "earlier_file_id"]).astype(object)
