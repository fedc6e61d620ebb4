"""Words on what projects cover: gaps, overlaps, likely duplicates, lives across years, and their KPIs."""

from __future__ import annotations

from functools import lru_cache

import pandas as pd

from pipeline.brief_text.numbers import format_number, format_share, format_year
from pipeline.brief_text.said import address_of, cite, cite_as, cite_formula, count_of
from pipeline.brief_text.study.frames import STUDIES_KEPT, Study, limit, name_few
from pipeline.brief_text.templates import find, say
from pipeline.trace import Formula

LIFE_YEARS = 2
KPI = "out_kpi_quality_by_province"


@lru_cache(maxsize=STUDIES_KEPT)
def describe_gaps(study: Study) -> tuple[str, ...]:
    """Name the items of the plan and the themes without project or money; rows of out_gap of the year."""
    rows, year = study.of_year("gap"), format_year(study.fiscal_year_be)
    if rows.empty:
        return (say("study.gaps.none", year=year, place=study.place.th),)
    plan, theme = (rows[rows["dimension"] == dimension] for dimension in ("plan", "theme"))
    told = [*_say_plan(plan, year), *_say_theme(theme, year)]
    if len(plan) and len(theme):
        counts = {"of": _say_all(rows), "count": _say_unmapped(plan), "theme": _say_unmapped(theme)}
        told.append(say("study.gaps.unmapped", **counts))
    return tuple(told)


def _say_all(rows: pd.DataFrame) -> str:
    """Write how many projects the year has, with or without money; rows of out_gap of one year, one at least."""
    return cite(format_number(rows["n_all_projects"].max()), rows.iloc[0], "out_gap.n_all_projects")


def _say_unmapped(rows: pd.DataFrame) -> str:
    """Write how many projects are of nothing that is known; rows of out_gap of one year and dimension."""
    return cite(format_number(rows["n_unmapped"].max()), rows.iloc[0], "out_gap.n_unmapped")


def _count(rows: pd.DataFrame, at: str) -> str:
    """Write how many rows there are, each told by one of its figures."""
    return cite_as(format_number(len(rows)), count_of(rows, at))


def _say_plan(plan: pd.DataFrame, year: str) -> list[str]:
    """Say which items of the plan have no project or no money."""
    if plan.empty:
        return [say("study.gaps.no_plan", year=year)]
    absent = without_project(plan)
    empty = without_money(plan)
    told = (
        [say("study.gaps.no_project_plan", year=year, names=name_few(absent["name"]))] if len(absent) else []
    )
    told += [say("study.gaps.no_money_plan", year=year, names=name_few(empty["name"]))] if len(empty) else []
    return told or [say("study.gaps.all_plan", year=year)]


def _say_theme(theme: pd.DataFrame, year: str) -> list[str]:
    """Say which themes have no project or no money."""
    absent, empty = without_project(theme), without_money(theme)
    told = []
    if len(absent):
        count, of = _count(absent, "out_gap.n_projects"), _count(theme, "out_gap.n_projects")
        names = name_few(absent["name"])
        told.append(say("study.gaps.no_project_theme", year=year, count=count, of=of, names=names))
    if len(empty):
        told.append(say("study.gaps.no_money_theme", year=year, names=name_few(empty["name"])))
    return told


def without_project(rows: pd.DataFrame) -> pd.DataFrame:
    """Keep what has no project, in order of codes; rows of out_gap."""
    return rows[rows["is_without_project"].eq(True)].sort_values("code")


def without_money(rows: pd.DataFrame) -> pd.DataFrame:
    """Keep what has projects but none with money, in order of codes; rows of out_gap."""
    is_told = rows["is_without_money"].eq(True) & rows["is_without_project"].eq(False)
    return rows[is_told].sort_values("code")


@lru_cache(maxsize=STUDIES_KEPT)
def list_overlaps(study: Study) -> pd.DataFrame:
    """Subjects of several agencies in the year, of most agencies first; rows of out_overlap."""
    keys = ["n_agencies", "n_projects", "tag_code"]
    return study.of_year("overlap").sort_values(keys, ascending=[False, False, True], ignore_index=True)


def describe_overlaps(study: Study) -> tuple[str, ...]:
    """Count the subjects that several agencies have projects of."""
    rows, year = list_overlaps(study), format_year(study.fiscal_year_be)
    if study.of_year("project_life").empty:
        return (say("study.overlaps.no_project", year=year, place=study.place.th),)
    if rows.empty:
        return (say("study.overlaps.none", year=year),)
    return (say("study.overlaps.told", year=year, count=_count(rows, "out_overlap.n_projects")),)


def list_duplicates(study: Study) -> pd.DataFrame:
    """Projects that are named alike, the most alike first; rows of out_likely_duplicate."""
    keys = ["score", "fiscal_year_be", "project_id"]
    return study.views["likely_duplicate"].sort_values(
        keys, ascending=[False, False, True], ignore_index=True
    )


def describe_duplicates(study: Study) -> tuple[str, ...]:
    """Count the projects that are named alike, for review only."""
    rows = list_duplicates(study)
    if study.views["project_life"].empty:
        return (say("study.duplicates.no_project", place=study.place.th),)
    if rows.empty:
        return (say("study.duplicates.none", place=study.place.th),)
    return (say("study.duplicates.told", count=format_number(len(rows))),)


@lru_cache(maxsize=STUDIES_KEPT)
def list_lives(study: Study) -> pd.DataFrame:
    """Projects of one name in LIFE_YEARS or more fiscal years, those of most years first; rows of out_project_life."""
    rows = study.views["project_life"]
    long = rows[rows["n_years"] >= LIFE_YEARS]
    keys = ["n_years", "name_key", "fiscal_year_be"]
    return long.sort_values(keys, ascending=[False, True, True], ignore_index=True)


def describe_lives(study: Study) -> tuple[str, ...]:
    """Count the projects that stand in several fiscal years by their name."""
    count = list_lives(study)["name_key"].nunique()
    if study.views["project_life"].empty:
        return (say("study.lives.no_project", place=study.place.th),)
    if not count:
        return (say("study.lives.none", place=study.place.th),)
    return (say("study.lives.told", count=format_number(count)),)


@lru_cache(maxsize=STUDIES_KEPT)
def find_kpi(study: Study) -> pd.Series | None:
    """The year's row of out_kpi_quality_by_province; None where the year has no project."""
    rows = study.of_year("kpi_quality_by_province")
    found = rows[rows["n_projects"] > 0]
    return None if found.empty else found.iloc[0]


def describe_kpi(study: Study) -> tuple[str, ...]:
    """Say how many projects of the year state an indicator of success."""
    row, year = find_kpi(study), format_year(study.fiscal_year_be)
    if row is None:
        return (say("study.kpi.none", year=year, place=study.place.th),)
    return (say_kpi(row),)


def say_kpi(row: pd.Series) -> str:
    """Say how many projects state an indicator; a row of out_kpi_quality_by_province."""
    return say(
        "study.kpi.told",
        year=format_year(row.fiscal_year_be),
        count=cite(format_number(row.n_projects), row, f"{KPI}.n_projects"),
        with_kpi=cite(format_number(row.n_with_kpi), row, f"{KPI}.n_with_kpi"),
        without=cite(format_number(row.n_without_kpi), row, f"{KPI}.n_without_kpi"),
        share=say_lack(row, "n_without_kpi"),
    )


def say_lack(row: pd.Series, column: str) -> str:
    """Write a count of projects as a share of all; a row of out_kpi_quality_by_province with projects."""
    return cite_as(format_share(100 * row[column] / row.n_projects), share_of_kpi(row, column))


def share_of_kpi(row: pd.Series, column: str) -> Formula:
    """The address of such a share."""
    part, whole = (address_of(row, f"{KPI}.{name}") for name in (column, "n_projects"))
    return Formula("share_pct", (part, whole))


def list_lacks(row: pd.Series) -> pd.DataFrame:
    """One row a kind of lack that projects have, with how many and their share of all."""
    lacks = [
        (name, int(row[code]), address_of(row, f"{KPI}.{code}"), share_of_kpi(row, code))
        for code, name in find("labels.lack").items()
    ]
    frame = pd.DataFrame(lacks, columns=["lack", "n_projects", "at", "at_share"])
    frame = frame[frame["n_projects"] > 0].reset_index(drop=True)
    return frame.assign(share_pct=100 * frame["n_projects"] / int(row.n_projects))


@lru_cache(maxsize=STUDIES_KEPT)
def find_shortfalls(study: Study) -> list[tuple[str, dict[str, object]]]:
    """What the front page may say the year's projects lack: the gap's name and what stands in its templates."""
    year, rows = format_year(study.fiscal_year_be), study.of_year("gap")
    found: list[tuple[str, dict[str, object]]] = []
    for dimension, kind in (("plan", "plan_item"), ("theme", "theme")):
        absent = without_project(rows[rows["dimension"] == dimension])
        if len(absent):
            told: dict[str, object] = {"year": year, "count": _count(absent, "out_gap.n_projects")}
            told["names"] = name_few(absent["name"])
            found.append((kind, told))
    plan = rows[rows["dimension"] == "plan"]
    if len(plan):
        found += _find_share("unmapped", plan.iloc[0], "out_gap", ("n_unmapped", "n_all_projects"))
    kpi = find_kpi(study)
    return found if kpi is None else found + _find_share("kpi", kpi, KPI, ("n_without_kpi", "n_projects"))


def _find_share(
    kind: str, row: pd.Series, view: str, columns: tuple[str, str]
) -> list[tuple[str, dict[str, object]]]:
    """Tell of a share of projects where it reaches its limit: of a row's two counts, the part and the whole."""
    least = limit({"kpi": "no_kpi_pct"}.get(kind, "unmapped_pct"))
    part, whole = (address_of(row, f"{view}.{column}") for column in columns)
    count, of = (int(row[column]) for column in columns)
    share = 100 * count / of if of else 0
    told: dict[str, object] = {"year": format_year(row.fiscal_year_be)}
    told |= {"count": cite_as(format_number(count), part), "of": cite_as(format_number(of), whole)}
    told["share"] = cite_formula(format_share(share), "share_pct", part, whole)
    return [(kind, told)] if of and share >= least else []
