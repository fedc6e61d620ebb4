"""Projects once more: their years, likenesses, overlaps, gaps, and the quality of their indicators."""

from __future__ import annotations

import re
from collections import defaultdict
from decimal import Decimal
from typing import Any

import pandas as pd
from rapidfuzz import fuzz

from tests.integration.again.amounts import project_amount, projects_of
from tests.integration.again.frames import Frames, setting

NEAR = 88
STAGES = ("net_allocated", "allocated", "budget", "requested")
_YEAR = re.compile(r"((ประจำ)?(ปีงบประมาณ|ปี)?\s*(พ\.?\s*ศ\.?)?\s*25\d\d)|(^\s*โครงการ)")
_ARABIC = str.maketrans("๐๑๒๓๔๕๖๗๘๙", "0123456789")


def name_key(name: str) -> str:
    """A name without its year, and of the rest only letters, their marks and digits."""
    plain = _YEAR.sub("", name.translate(_ARABIC).lower())
    return "".join(letter for letter in plain if letter.isalnum() or "ั" <= letter <= "๎")


def agency_keys(frames: Frames) -> dict[str | None, str | None]:
    names = frames["core_agency_name"].to_dict("records")
    known = {
        row["agency_name"]: row["agency_code"] + (row["province_code"] or "")
        for row in names
        if row["agency_code"]
    }
    every = set(frames["core_project"]["agency_name"])
    return {name: known.get(name) or (name.replace(" ", "") if name else None) for name in every}


def project_years(frames: Frames) -> dict[tuple[str, int], dict[str, Decimal]]:
    """Each project's money by stage, by its fiscal years; a year without money where only the project names it."""
    found: dict[tuple[str, int], dict[str, Decimal]] = defaultdict(dict)
    for row in project_amount(frames).to_dict("records"):
        found[row["project_id"], row["fiscal_year_be"]][row["measure"]] = row["amount_baht"]
    told = {project for project, _ in found}
    for project, row in projects_of(frames).items():
        if project not in told and row["fiscal_year_be"] is not None:
            found[project, row["fiscal_year_be"]] = {}
    return found


def project_life(frames: Frames) -> pd.DataFrame:
    known, lives = projects_of(frames), defaultdict(lambda: defaultdict(list))
    for (project, year), money in project_years(frames).items():
        about = known[project]
        lives[about["province_code"], name_key(about["project_name"])][year].append((about, money))
    rows = []
    for (province, key), years in lives.items():
        given: dict[int, tuple[str, Decimal] | None] = {}
        for year in sorted(years):
            sums = {}
            for measure in ("requested", "budget", "allocated", "net_allocated", "disbursed", "spent"):
                told = [money[measure] for _, money in years[year] if measure in money]
                sums[measure] = sum(told, Decimal("0.00")) if told else None
            stage = next((name for name in STAGES if sums[name] is not None), None)
            given[year] = (stage, sums[stage]) if stage else None
            before, now = given.get(year - 1), given[year]
            change = now[1] - before[1] if before and now and before[0] == now[0] else None
            agencies = sorted({about["agency_name"] for about, _ in years[year] if about["agency_name"]})
            row = {
                "province_code": province,
                "name_key": key,
                "fiscal_year_be": year,
                "n_rows": len(years[year]),
            }
            row |= {f"{name}_baht": baht for name, baht in sums.items()}
            row |= {"agencies_th": " · ".join(agencies) or None, "change_baht": change, "n_years": len(years)}
            rows.append(row | {"first_year_be": min(years), "last_year_be": max(years)})
    return pd.DataFrame(rows, dtype=object)


def likely_duplicate(frames: Frames) -> pd.DataFrame:
    keys, by_province = agency_keys(frames), defaultdict(list)
    for row in sorted(projects_of(frames).values(), key=_place):
        by_province[row["province_code"]].append(row)
    rows = []
    for listed in by_province.values():
        names = [name_key(row["project_name"]) for row in listed]
        near = _near_names(listed, names)
        for place, (row, name) in enumerate(zip(listed, names, strict=True)):
            own = keys[row["agency_name"]]
            others = [
                one
                for one, other in zip(listed[:place], names[:place], strict=True)
                if other == name and own and keys[one["agency_name"]] not in (None, own)
            ]
            told = [("same_name_other_agency", 100.0, others[0])] if others else []
            if name in near:
                told.append(("near_name", near[name][1], listed[names.index(near[name][0])]))
            for how, score, one in told:
                found = {
                    "project_id": row["project_id"],
                    "province_code": row["province_code"],
                    "how": how,
                    "score": score,
                }
                rows.append(
                    found
                    | {"like_project_id": one["project_id"], "like_fiscal_year_be": one["fiscal_year_be"]}
                )
    return pd.DataFrame(
        rows,
        columns=["project_id", "province_code", "how", "score", "like_project_id", "like_fiscal_year_be"],
        dtype=object,
    )


def _place(row: dict[str, Any]) -> tuple[Any, ...]:
    """Where a project stands among those of its province."""
    return row["fiscal_year_be"] or 9999, row["file_id"], row["sheet"], row["row_number"], row["project_id"]


def _near_names(listed: list[dict[str, Any]], names: list[str]) -> dict[str, tuple[str, float]]:
    """Each name that is nearly an earlier one with the same numbers, with the first such."""
    first: dict[str, int] = {}
    for row, name in zip(listed, names, strict=True):
        first[name] = min(first.get(name, 9999), row["fiscal_year_be"] or 9999)
    ordered = sorted(first, key=lambda name: (first[name], name))
    found = {}
    for place, name in enumerate(ordered):
        for earlier in ordered[:place]:
            score = fuzz.ratio(name, earlier)
            if (
                round(score) >= NEAR
                and re.findall(r"\d+", name) == re.findall(r"\d+", earlier)
                and name not in found
            ):
                found[name] = (earlier, float(round(score)))
    return found


def overlap(frames: Frames) -> pd.DataFrame:
    known, keys = projects_of(frames), agency_keys(frames)
    tags: dict[str, set[str]] = defaultdict(set)
    for row in frames["core_project_tag"].to_dict("records"):
        tags[row["project_id"]].add(row["tag_code"])
    found: dict[tuple[Any, ...], list[tuple[str, str, Decimal | None]]] = defaultdict(list)
    for (project, year), money in project_years(frames).items():
        about = known[project]
        for tag in tags[project] if about["agency_name"] else ():
            largest = max(money.values(), default=None)
            found[about["province_code"], year, tag].append(
                (keys[about["agency_name"]] or "", project, largest)
            )
    names, rows = ("province_code", "fiscal_year_be", "tag_code"), []
    for key, told in found.items():
        n_agencies = len({agency for agency, _, _ in told})
        if n_agencies >= setting(frames, "overlap_min_agencies"):
            money = [baht for _, _, baht in told if baht is not None]
            row = dict(zip(names, key, strict=True)) | {"n_agencies": n_agencies, "n_projects": len(told)}
            rows.append(row | {"amount_baht": sum(money, Decimal("0.00")) if money else None})
    return pd.DataFrame(rows, columns=[*names, "n_agencies", "n_projects", "amount_baht"], dtype=object)


def gap(frames: Frames) -> pd.DataFrame:
    known = projects_of(frames)
    years = set(project_years(frames)) | {
        (p, row["fiscal_year_be"]) for p, row in known.items() if row["fiscal_year_be"]
    }
    money = project_years(frames)
    plans = frames["core_plan_item"]
    roots = {(row["plan_id"], row["code"]) for row in plans.to_dict("records") if row["parent_code"] is None}
    wanted = [
        ("plan", f"{row['plan_id']}:{row['code']}", row["be_from"], row["be_to"])
        for row in plans.to_dict("records")
        if (row["plan_id"], row["parent_code"]) in roots
    ]
    wanted += [("theme", theme, 0, 9999) for theme in set(frames["core_tag"]["theme"])]
    of: dict[tuple[str, str], set[str]] = defaultdict(set)
    themes = frames["core_tag"].set_index("tag_code")["theme"].to_dict()
    for row in frames["core_project_tag"].to_dict("records"):
        of["theme", row["project_id"]].add(themes[row["tag_code"]])
    for row in frames["core_project_alignment"].to_dict("records"):
        if row["is_in_force"] and row["item_code"]:
            of["plan", row["project_id"]].add(f"{row['plan_id']}:{row['item_code']}")
    members: dict[tuple[str, int], list[str]] = defaultdict(list)
    for project, year in years:
        members[known[project]["province_code"], year].append(project)
    rows = []
    for (province, year), projects in members.items():
        for dimension, code, first, last in wanted:
            if first <= year <= last:
                inside = [project for project in projects if code in of[dimension, project]]
                baht = [max(money[p, year].values()) for p in inside if money.get((p, year))]
                row = {
                    "province_code": province,
                    "fiscal_year_be": year,
                    "dimension": dimension,
                    "code": code,
                }
                row |= {
                    "n_projects": len(inside),
                    "n_funded": sum(one > 0 for one in baht),
                    "n_all_projects": len(projects),
                }
                row |= {
                    "amount_baht": sum(baht, Decimal("0.00")) if baht else None,
                    "is_without_project": not inside,
                }
                rows.append(row | {"n_unmapped": sum(not of[dimension, project] for project in projects)})
    return pd.DataFrame(rows, dtype=object)


def kpi_quality(frames: Frames) -> pd.DataFrame:
    words: dict[str, list[str]] = defaultdict(list)
    for row in frames["core_word"].to_dict("records"):
        words[row["kind"]].append(row["word"])
    rows = []
    for project, row in projects_of(frames).items():
        kpi, target = (row["kpi"] or "").strip(), (row["target"] or "").strip()
        text = f"{row['kpi'] or ''} {row['target'] or ''}".translate(_ARABIC)
        says = {kind: any(word in text for word in listed) for kind, listed in words.items()}
        has_number = any(letter.isdigit() for letter in text)
        told = {
            "project_id": project,
            "province_code": row["province_code"],
            "fiscal_year_be": row["fiscal_year_be"],
        }
        told |= {
            "is_without_kpi": not kpi,
            "is_without_target": not target and not has_number,
            "is_without_number": not has_number,
        }
        told |= {"is_without_unit": not says["unit"], "is_without_baseline": not says["baseline"]}
        rows.append(told | {"is_activity_only": says["activity"] and not says["result"]})
    return pd.DataFrame(rows, dtype=object)


def kpi_quality_by_province(frames: Frames) -> pd.DataFrame:
    told, rows = kpi_quality(frames), []
    lacks = {
        "n_without_number": "is_without_number",
        "n_without_unit": "is_without_unit",
        "n_without_target": "is_without_target",
    }
    lacks |= {"n_without_baseline": "is_without_baseline", "n_activity_only": "is_activity_only"}
    for province in frames["core_province"]["province_code"]:
        for year in {year for year in told["fiscal_year_be"] if year is not None}:
            own = told[(told["province_code"] == province) & (told["fiscal_year_be"] == year)]
            having = own[~own["is_without_kpi"].astype(bool)]
            row = {
                "province_code": province,
                "fiscal_year_be": year,
                "n_projects": len(own),
                "n_with_kpi": len(having),
            }
            row |= {"n_without_kpi": len(own) - len(having)}
            rows.append(row | {name: int(having[column].sum()) for name, column in lacks.items()})
    return pd.DataFrame(rows, dtype=object)
