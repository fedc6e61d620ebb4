"""Need beside money once more, and the figures that changes are told by."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal
from statistics import fmean, pstdev

import pandas as pd

from tests.integration.again.amounts import project_amount, projects_of
from tests.integration.again.beside import indicator_rate
from tests.integration.again.figures import chosen_value, definitions
from tests.integration.again.frames import Frames, live_files, setting
from tests.integration.again.money import money_by_part


def need_money(frames: Frames) -> pd.DataFrame:
    known, least = definitions(frames), setting(frames, "need_min_members")
    need: dict[tuple[str, int], dict[str, float | None]] = defaultdict(dict)
    per_unit = frames["core_rate_base"]
    for row in indicator_rate(frames).to_dict("records"):
        about = known.get(row["indicator_code"], {})
        if about.get("theme") and about["direction"] != "higher_better" and row["rate"] is not None:
            need[row["indicator_code"], row["year_be"]][row["province_code"]] = (
                None if row["is_small_number"] else row["rate"]
            )
    assert len(per_unit)
    parts = money_by_part(frames)
    parts = parts[(parts["dimension"] == "theme") & parts["code"].notna()]
    rows = []
    for (year, measure, theme), told in parts.groupby(["fiscal_year_be", "measure", "code"]):
        heads = told.set_index("province_code")["per_head_baht"].dropna().astype(float).to_dict()
        baht = told.set_index("province_code")["amount_baht"].to_dict()
        for code in {code for code, _ in need if known[code]["theme"] == theme}:
            held = [
                y
                for c, y in need
                if c == code and y <= year and any(v is not None for v in need[c, y].values())
            ]
            for province in frames["core_province"]["province_code"] if held else ():
                rates = {p: rate for p, rate in need[code, max(held)].items() if rate is not None}
                row = {
                    "province_code": province,
                    "theme": theme,
                    "fiscal_year_be": year,
                    "measure": measure,
                    "indicator_code": code,
                }
                row |= {
                    "need_year_be": max(held),
                    "amount_baht": baht.get(province),
                    "rate": rates.get(province),
                }
                row |= {"n_need": len(rates), "n_money": len(heads), "need_z": _score(rates, province, least)}
                rows.append(row | {"money_z": _score(heads, province, least)})
    return pd.DataFrame(rows, dtype=object)


def _score(values: dict[str, float], province: str, least: float) -> float | None:
    """How many deviations from the mean a province lies, where enough are known."""
    if len(values) < least or province not in values or pstdev(values.values()) == 0:
        return None
    return (values[province] - fmean(values.values())) / pstdev(values.values())


def figure(frames: Frames) -> pd.DataFrame:
    digests, live = frames["raw_file"].set_index("file_id")["sha256"].to_dict(), live_files(frames)
    known, sums = projects_of(frames), defaultdict(lambda: [Decimal(0), set()])
    for row in project_amount(frames).to_dict("records"):
        one = sums["project", row["province_code"], row["measure"], row["fiscal_year_be"], "FY", "year"]
        one[0] += row["amount_baht"]
        one[1].add(digests[known[row["project_id"]]["file_id"]])
    for row in frames["core_budget_line"].to_dict("records"):
        if row["province_code"] and row["file_id"] in live:
            one = sums["budget_line", row["province_code"], row["stage"], row["fiscal_year_be"], "FY", "year"]
            one[0] += row["amount_baht"]
            one[1].add(digests[row["file_id"]])
    names = ("figure", "province_code", "code", "year_be", "period_basis", "period")
    rows = [
        dict(zip(names, key, strict=True)) | {"value": float(baht), "sources": " ".join(sorted(told))}
        for key, (baht, told) in sums.items()
    ]
    by_path = (
        frames["raw_file"].sort_values("sha256").drop_duplicates("path").set_index("path")["sha256"].to_dict()
    )
    for row in chosen_value(frames).to_dict("records"):
        key = (
            "indicator",
            row["province_code"],
            row["indicator_code"],
            row["year_be"],
            row["period_basis"],
            row["period"],
        )
        value = None if row["value"] is None else round(row["value"], 6)
        rows.append(dict(zip(names, key, strict=True)) | {"value": value, "sources": by_path[row["path"]]})
    return pd.DataFrame(rows, dtype=object)
