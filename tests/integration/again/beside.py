"""Provinces that are alike, and an indicator beside them and its areas, once more."""

from __future__ import annotations

from collections import defaultdict
from math import floor, log, sqrt
from statistics import fmean, median, pstdev
from typing import Any

import pandas as pd

from tests.integration.again.figures import (
    Figure,
    definitions,
    events,
    hidden,
    indicator_area,
    once,
    rates,
    yearly,
)  # fmt: skip
from tests.integration.again.frames import Frames, setting


def peer_values(frames: Frames) -> dict[str, dict[str, tuple[int, float, float]]]:
    """By variable and province: the year, the value, and how many deviations from the mean."""
    found, figures = {}, yearly(frames)
    least = setting(frames, "peer_coverage_pct") / 100 * len(frames["core_province"])
    for row in frames["core_peer_variable"].to_dict("records"):
        by_year: dict[int, dict[str, float]] = defaultdict(dict)
        for (province, code, year, _), told in figures.items():
            if code != row["value_code"] or province is None or told["value"] is None:
                continue
            below = (
                [v for (p, c, y, _), v in _of(figures, row["per_code"], year, province)]
                if row["per_code"]
                else []
            )
            per = next((one["value"] for one in below if one["value"]), None) if row["per_code"] else 1
            if per:
                by_year[year][province] = row["times"] * told["value"] / per
        year = max((year for year, values in by_year.items() if len(values) >= least), default=None)
        if year is not None:
            found[row["variable"]] = _standardise(by_year[year], year, is_log=row["is_log"])
    return found


def _of(figures: dict[Figure, dict[str, Any]], code: str, year: int, province: str) -> list[Any]:
    keys = [(province, code, year, basis) for basis in ("point", "CY", "FY", "AY")]
    return [(key, figures[key]) for key in keys if key in figures]


def _standardise(values: dict[str, float], year: int, *, is_log: bool) -> dict[str, tuple[int, float, float]]:
    scaled = {
        province: log(value) if is_log else value
        for province, value in values.items()
        if value > 0 or not is_log
    }
    mean, spread = fmean(scaled.values()), pstdev(scaled.values())
    return {province: (year, values[province], (size - mean) / spread) for province, size in scaled.items()}


def peers(frames: Frames) -> dict[str, list[tuple[str, float, int]]]:
    """Each province's nearest: code, distance, variables."""
    return once(frames, "peers", lambda: _peers(frames))


def _peers(frames: Frames) -> dict[str, list[tuple[str, float, int]]]:
    variables, codes = peer_values(frames), list(frames["core_province"]["province_code"])
    least, count = setting(frames, "peer_min_variables"), int(setting(frames, "peer_count"))
    found = {}
    for one in codes:
        apart = []
        for other in codes:
            both = [(v[one][2] - v[other][2]) ** 2 for v in variables.values() if one in v and other in v]
            if other != one and len(both) >= least:
                apart.append((sqrt(fmean(both)), other, len(both)))
        found[one] = [(other, distance, n) for distance, other, n in sorted(apart)[:count]]
    return found


def peer(frames: Frames) -> pd.DataFrame:
    rows = []
    for province, nearest in peers(frames).items():
        for order, (code, distance, n) in enumerate(nearest or [(None, None, 0)], start=1):
            row = {"province_code": province, "peer_code": code, "peer_order": order if code else None}
            rows.append(row | {"distance": distance, "n_variables": n})
    return pd.DataFrame(rows)


def peer_variable(frames: Frames) -> pd.DataFrame:
    variables, rows = peer_values(frames), []
    for name in frames["core_peer_variable"]["variable"]:
        values = variables.get(name, {})
        for province, nearest in peers(frames).items():
            own = values.get(province)
            for code, _, n in [(None, None, 1), *nearest]:
                other = values.get(code) if code else None
                part = (own[2] - other[2]) ** 2 / n if own and other else None
                row = {"province_code": province, "peer_code": code, "variable": name, "distance_part": part}
                rows.append(
                    row
                    | {"value": own and own[1], "peer_value": other and other[1], "is_lacking": own is None}
                )
    return pd.DataFrame(rows)


def indicator_rate(frames: Frames) -> pd.DataFrame:
    return once(frames, "indicator_rate", lambda: _indicator_rate(frames))


def _indicator_rate(frames: Frames) -> pd.DataFrame:
    figures, counts, small = rates(frames), events(frames), setting(frames, "small_number")
    additive = set(frames["core_unit"].loc[frames["core_unit"]["is_additive"].astype(bool), "unit"])
    status: dict[Figure, str] = {}
    for key, row in figures.items():
        kinds = [
            ("void", row["is_void"]),
            ("suppressed", (*key, "year") in hidden(frames)),
            ("nil", row["value"] is None),
        ]
        status[key] = next((kind for kind, holds in kinds if holds), "value")
    compare = {
        key: row["rate"] if row["rate"] is not None else row["value"] if row["unit"] not in additive else None
        for key, row in figures.items()
    }
    is_small = {
        key: row["unit"] in counts and row["value"] is not None and row["value"] < small
        for key, row in figures.items()
    }
    beside = _areas(frames)
    rows = []
    for code, year, basis in sorted({key[1:] for key in figures if key[0]}):
        for province in frames["core_province"].to_dict("records"):
            key = (province["province_code"], code, year, basis)
            row = dict(zip(("province_code", "indicator_code", "year_be", "period_basis"), key, strict=True))
            shown = figures[key] if status.get(key) == "value" else {}
            row |= {"status": status.get(key, "none"), "is_small_number": is_small[key] if shown else None}
            row |= {name: shown.get(name) for name in ("value", "rate", "rate_low", "rate_high")}
            row |= {f"{kind}_value": beside.get((kind, area, *key[1:])) for kind, area in _places(province)}
            friends = [(other, *key[1:]) for other, _, _ in peers(frames)[key[0]]]
            told = [friend for friend in friends if compare.get(friend) is not None]
            row |= {"n_peers": len(told) if key in figures and compare[key] is not None or told else 0}
            row |= _among(key, told, figures, compare, status, is_small, frames)
            rows.append(row)
    return pd.DataFrame(rows, dtype=object)


def _places(province: dict[str, Any]) -> list[tuple[str, str | None]]:
    return [("cluster", province["cluster"]), ("region", province["region4"]), ("nation", "nation")]


def _areas(frames: Frames) -> dict[tuple[Any, ...], float | None]:
    found = {}
    for row in indicator_area(frames).to_dict("records"):
        told = row["rate"] if pd.notna(row["rate"]) else None if row["is_sum"] else row["value"]
        key = (row["area_kind"], row["area"], row["indicator_code"], row["year_be"], row["period_basis"])
        found[key] = told if row["is_covered"] else None
    return found


def _among(
    key: Figure,
    told: list[Figure],
    figures: dict[Figure, dict[str, Any]],
    compare: dict[Figure, float | None],
    status: dict[Figure, str],
    is_small: dict[Figure, bool],
    frames: Frames,
) -> dict[str, Any]:
    """The value of the provinces that are alike, and the band among them."""
    value: float | None = None
    if told and not any(status[friend] == "suppressed" for friend in told):
        rated = [figures[friend] for friend in told if figures[friend]["rate"] is not None]
        other = [figures[friend]["value"] for friend in told]
        value = (
            rated[0]["rate_per"]
            * sum(row["value"] for row in rated)
            / sum(row["denominator"] for row in rated)
            if rated
            else median(other)
        )
    banded = [compare[friend] for friend in told if status[friend] == "value" and not is_small[friend]]
    own = compare.get(key)
    can = status.get(key) == "value" and not is_small[key] and own is not None
    if not can or len(banded) + 1 < setting(frames, "band_min_members"):
        return {"peer_value": value, "band": None}
    below = sum(one < own for one in banded)
    return {"peer_value": value, "band": floor(below * setting(frames, "band_count") / (len(banded) + 1)) + 1}


def trend(frames: Frames) -> pd.DataFrame:
    breaks: dict[str, set[int]] = defaultdict(set)
    for row in frames["core_indicator_break"].to_dict("records"):
        breaks[row["indicator_code"]].add(row["year_be"])
    rows = indicator_rate(frames)
    told: dict[tuple[Any, ...], list[dict[str, Any]]] = defaultdict(list)
    for row in rows[rows["status"] == "value"].sort_values("year_be").to_dict("records"):
        told[row["province_code"], row["indicator_code"], row["period_basis"]].append(row)
    found = []
    for key, series in told.items():
        for before, row in zip([None, *series], series, strict=False):
            why = _why_no_change(before, row, breaks[key[1]])
            change = None if why else row["value"] - before["value"]
            one = {
                "province_code": key[0],
                "indicator_code": key[1],
                "period_basis": key[2],
                "year_be": row["year_be"],
            }
            one |= {
                "value": row["value"],
                "no_change": why,
                "is_break": row["year_be"] in breaks[key[1]],
                "change_value": change,
            }
            found.append(
                one
                | {
                    "change_pct": 100 * change / before["value"]
                    if change is not None and before["value"]
                    else None
                }
            )
    return pd.DataFrame(found, dtype=object)


def _why_no_change(before: dict[str, Any] | None, row: dict[str, Any], breaks: set[int]) -> str | None:
    if before is None:
        return "first"
    if any(before["year_be"] < year <= row["year_be"] for year in breaks):
        return "break"
    if row["year_be"] - before["year_be"] > 1:
        return "gap"
    return "small" if row["is_small_number"] or before["is_small_number"] else None


def justice_chain(frames: Frames) -> pd.DataFrame:
    steps, basis = (
        frames["core_chain_step"].to_dict("records"),
        {c: d["period_basis"] for c, d in definitions(frames).items()},
    )
    figures: dict[tuple[Any, ...], dict[str, Any]] = {}
    units = {(*key[1:3], key[0]): row["unit"] for key, row in yearly(frames).items()}
    for row in indicator_rate(frames).to_dict("records"):
        if row["period_basis"] == basis.get(row["indicator_code"], row["period_basis"]):
            unit = units.get((row["indicator_code"], row["year_be"], row["province_code"]))
            figures[row["province_code"], row["indicator_code"], row["year_be"]] = row | {"unit": unit}
    national = indicator_area(frames)
    for row in national[
        (national["area_kind"] == "nation") & (national["n_provinces"] == national["n_members"])
    ].to_dict("records"):
        unit = next(
            (u for (c, y, p), u in units.items() if (c, y) == (row["indicator_code"], row["year_be"]) and p),
            None,
        )
        value = row["value"] if row["is_sum"] and not row["is_suppressed"] else None
        told = {"status": "suppressed" if row["is_suppressed"] else "value", "value": value, "unit": unit}
        figures[None, row["indicator_code"], row["year_be"]] = told | {"period_basis": row["period_basis"]}
    found = []
    for chain in {step["chain"] for step in steps}:
        links = [step for step in steps if step["chain"] == chain]
        codes = {step["indicator_code"] for step in links}
        years = {
            y
            for (p, c, y), row in figures.items()
            if c in codes and p and row["status"] in ("value", "suppressed")
        }
        for year in years:
            for province in [*frames["core_province"]["province_code"], None]:
                found += [_link(step, links, figures, province, year) for step in links]
    return pd.DataFrame(found, dtype=object)


def _link(
    step: dict[str, Any],
    links: list[dict[str, Any]],
    figures: dict[tuple[Any, ...], dict[str, Any]],
    province: str | None,
    year: int,
) -> dict[str, Any]:
    none: dict[str, Any] = {"status": "none", "value": None, "unit": None, "period_basis": None}
    own = figures.get((province, step["indicator_code"], year), none)
    row = {"province_code": province, "chain": step["chain"], "year_be": year, "step": step["step"]}
    row |= {"status": own["status"], "value": own["value"], "share_pct": None}
    before = next((one for one in links if one["step"] == step["of_step"]), None)
    if before:
        other = figures.get((province, before["indicator_code"], year), none)
        is_one = other["unit"] == own["unit"] and other["period_basis"] == own["period_basis"]
        if is_one and own["value"] is not None and other["value"]:
            row["share_pct"] = 100 * own["value"] / other["value"]
    return row
