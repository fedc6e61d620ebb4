"""Indicators once more: the value that speaks, rates with their interval, areas, bands, trends, chains."""

from __future__ import annotations

from collections import defaultdict
from fnmatch import fnmatch
from math import sqrt
from statistics import median
from typing import Any

import pandas as pd

from tests.integration.again.frames import Frames, live_files, setting

Figure = tuple[str | None, str, int, str]


def chosen(frames: Frames) -> dict[tuple[Any, ...], dict[str, Any]]:
    """The row that speaks for each figure, small numbers too."""
    groups: dict[tuple[Any, ...], list[dict[str, Any]]] = defaultdict(list)
    live = live_files(frames)
    for row in frames["core_indicator"].to_dict("records"):
        if row["file_id"] in live:
            key = (
                row["province_code"],
                row["indicator_code"],
                row["year_be"],
                row["period_basis"],
                row["period"],
            )
            groups[key].append(row)
    found = {}
    for key, rows in groups.items():
        best = min(
            rows,
            key=lambda row: (
                row["value"] is None,
                row["source_rank"],
                row["file_id"],
                row["sheet"],
                row["cell"],
            ),
        )
        told = [row for row in rows if row["value"] is not None]
        n_sources = len({row["file_id"] for row in told})
        found[key] = best | {"n_sources": n_sources, "is_conflict": len({row["value"] for row in told}) > 1}
    return found


def once(frames: Frames, name: str, make: Any) -> Any:
    """Work a thing out once for a warehouse; kept beside its frames."""
    kept = frames["kept"].attrs
    if name not in kept:
        kept[name] = make()
    return kept[name]


def definitions(frames: Frames) -> dict[str, dict[str, Any]]:
    return {row["indicator_code"]: row for row in frames["core_indicator_definition"].to_dict("records")}


def events(frames: Frames) -> set[str]:
    rows = frames["core_unit"]
    return set(rows.loc[rows["is_event"].astype(bool), "unit"])


def hidden(frames: Frames) -> set[tuple[Any, ...]]:
    """Figures that may not be shown: the small ones of sensitive indicators, and those laid out besides."""

    def make() -> set[tuple[Any, ...]]:
        known, counts, limit = definitions(frames), events(frames), setting(frames, "suppress_below")
        small = {
            key
            for key, row in chosen_once(frames).items()
            if known.get(key[1], {}).get("is_sensitive") and row["unit"] in counts
            and row["value"] is not None and row["value"] < limit
        }  # fmt: skip
        laid = frames["core_suppression"].to_dict("records")
        return small | {
            (row["province_code"], row["indicator_code"], row["year_be"], row["period_basis"], row["period"])
            for row in laid
            if row["area_kind"] in (None, "nation")
        }

    return once(frames, "hidden", make)


def chosen_once(frames: Frames) -> dict[tuple[Any, ...], dict[str, Any]]:
    return once(frames, "chosen", lambda: _with_units(frames))


def _with_units(frames: Frames) -> dict[tuple[Any, ...], dict[str, Any]]:
    known = definitions(frames)
    return {
        key: row | {"unit": row["unit"] or known.get(key[1], {}).get("unit")}
        for key, row in chosen(frames).items()
    }


def chosen_value(frames: Frames) -> pd.DataFrame:
    """out_chosen_value and out_indicator."""
    dark, known = hidden(frames), definitions(frames)
    paths = frames["raw_file"].set_index("file_id")["path"].to_dict()
    rows = []
    for key, row in chosen_once(frames).items():
        about = known.get(key[1], {})
        told = {
            name: row[name]
            for name in ("province_code", "indicator_code", "year_be", "period_basis", "period")
        }
        told |= {name: row[name] for name in ("unit", "source", "sheet", "cell", "n_sources", "is_conflict")}
        told |= {
            "value": None if key in dark else row["value"],
            "is_suppressed": key in dark,
            "path": paths[row["file_id"]],
        }
        rows.append(told | {"indicator_name": about.get("name_th"), "topic": about.get("topic")})
    return pd.DataFrame(rows, dtype=object)


def yearly(frames: Frames) -> dict[Figure, dict[str, Any]]:
    """Each year's figure, or the sum of its twelve months; nothing in a void year."""
    return once(frames, "yearly", lambda: _yearly(frames))


def _yearly(frames: Frames) -> dict[Figure, dict[str, Any]]:
    summed = frames["core_indicator_part"]
    summable = set(summed.loc[summed["part_kind"] == "month", "indicator_code"])
    found: dict[Figure, dict[str, Any]] = {}
    months: dict[Figure, list[dict[str, Any]]] = defaultdict(list)
    for (province, code, year, basis, period), row in chosen_once(frames).items():
        if period == "year":
            found[province, code, year, basis] = {
                "value": row["value"],
                "unit": row["unit"],
                "source": row["source"],
            }
        elif period.startswith("M") and code in summable:
            months[province, code, year, basis].append(row)
    for key, rows in months.items():
        values = [row["value"] for row in rows if row["value"] is not None]
        whole = sum(values) if len(values) == 12 else None
        if key not in found or (found[key]["value"] is None and whole is not None):
            found[key] = {
                "value": whole,
                "unit": rows[0]["unit"],
                "source": max(row["source"] for row in rows),
            }
    return _without_void(found, frames)


def _without_void(found: dict[Figure, dict[str, Any]], frames: Frames) -> dict[Figure, dict[str, Any]]:
    known, counts = definitions(frames), events(frames)
    topics: dict[tuple[Any, ...], list[float]] = defaultdict(list)
    for (province, code, year, _), row in found.items():
        if row["unit"] in counts:
            topics[province, year, known.get(code, {}).get("topic")].append(row["value"] or 0)
    told = {}
    for key, row in found.items():
        values = topics[key[0], key[2], known.get(key[1], {}).get("topic")]
        is_void = bool(key[0] and row["unit"] in counts and len(values) > 1 and not any(values))
        told[key] = row | {"is_void": is_void, "value": None if is_void else row["value"]}
    return told


def rates(frames: Frames) -> dict[Figure, dict[str, Any]]:
    """Rates with Byar's interval, small numbers too."""
    return once(frames, "rates", lambda: _rates(frames))


def _rates(frames: Frames) -> dict[Figure, dict[str, Any]]:
    bases, z, found = (
        frames["core_rate_base"].sort_values("rate_order").to_dict("records"),
        setting(frames, "interval_z"),
        yearly(frames),
    )
    told = {}
    for key, row in found.items():
        base = next((one for one in bases if fnmatch(key[1], one["pattern"])), None)
        below = found.get((key[0], base["denominator_code"], key[2], "point")) if base else None
        persons = below["value"] if below and below["unit"] == "คน" else None
        can = base and persons and row["unit"] == base["unit"]
        row = row | {"denominator": persons or None, "rate_per": base["rate_per"] if can else None}
        d, scale = row["value"], base["rate_per"] / persons if can else None
        if scale is not None and d is not None:
            low = d * (1 - 1 / (9 * d) - z / (3 * sqrt(d))) ** 3 if d else 0.0
            high = (d + 1) * (1 - 1 / (9 * (d + 1)) + z / (3 * sqrt(d + 1))) ** 3
            row |= {"rate": d * scale, "rate_low": low * scale, "rate_high": high * scale}
        told[key] = {"rate": None, "rate_low": None, "rate_high": None} | row
    return told


def areas_of(frames: Frames) -> dict[tuple[str, str], set[str]]:
    members: dict[tuple[str, str], set[str]] = defaultdict(set)
    for row in frames["core_province"].to_dict("records"):
        for kind, area in (("cluster", row["cluster"]), ("region", row["region4"]), ("nation", "nation")):
            if area:
                members[kind, area].add(row["province_code"])
    return members


def indicator_area(frames: Frames) -> pd.DataFrame:
    return once(frames, "area", lambda: _indicator_area(frames))


def _indicator_area(frames: Frames) -> pd.DataFrame:
    units = frames["core_unit"]
    additive = set(units.loc[units["is_additive"].astype(bool), "unit"])
    laid = frames["core_suppression"].to_dict("records")
    dark = {
        (row["area_kind"], row["area"], row["indicator_code"], row["year_be"], row["period_basis"])
        for row in laid
        if row["area_kind"]
    }
    share, rows = setting(frames, "area_min_pct"), []
    figures: dict[tuple[Any, ...], list[tuple[str, dict[str, Any]]]] = defaultdict(list)
    for (province, *key), row in rates(frames).items():
        if province and row["value"] is not None:
            figures[tuple(key)].append((province, row))
    for (kind, area), members in areas_of(frames).items():
        for key, told in figures.items():
            held = [row for province, row in told if province in members]
            if held:
                rows.append(_area_row((kind, area), key, held, additive, len(members), share, dark))
    return pd.DataFrame(rows, dtype=object)


def _area_row(
    place: tuple[str, str],
    key: tuple[Any, ...],
    held: list[dict[str, Any]],
    additive: set[str],
    n: int,
    share: float,
    dark: set[Any],
) -> dict[str, Any]:
    is_sum, is_dark = all(row["unit"] in additive for row in held), (*place, *key) in dark
    rated = [row for row in held if row["rate"] is not None]
    persons, cases = sum(row["denominator"] for row in rated), sum(row["value"] for row in rated)
    values = [row["value"] for row in held]
    row = dict(
        zip(("area_kind", "area", "indicator_code", "year_be", "period_basis"), (*place, *key), strict=True)
    )
    row |= {
        "is_sum": is_sum,
        "n_provinces": len(held),
        "n_rates": len(rated),
        "n_members": n,
        "is_suppressed": is_dark,
    }
    row |= {
        "is_covered": 100 * len(held) / n >= share,
        "value": None if is_dark else sum(values) if is_sum else median(values),
    }
    return row | {"rate": None if is_dark or not rated else rated[0]["rate_per"] * cases / persons}
