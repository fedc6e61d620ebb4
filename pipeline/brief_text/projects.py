"""Words of chapter 4: what provinces' own forms ask for and were given."""

from __future__ import annotations

from collections import Counter, defaultdict
from decimal import Decimal

import pandas as pd

from pipeline.brief_text.evidence import Place, Words, cite_files, file_name
from pipeline.brief_text.numbers import (
    format_baht,
    format_money,
    format_number,
    format_year,
    format_years,
    is_missing,
)
from pipeline.brief_text.said import cite, cite_as, cite_formula, count_of, sum_of
from pipeline.brief_text.templates import label, order_of, say

NEAR_YEARS = 2


def sort_measures(rows: pd.DataFrame) -> pd.DataFrame:
    """Add measure_name and sort by the order of the spec, then by the largest amount."""
    codes = list(rows["measure"])
    names = {code: label("measure", code) for code in dict.fromkeys(codes)}
    order = {code: order_of("measure", code) for code in names}
    named = rows.assign(
        measure_name=[names[code] for code in codes], measure_order=[order[code] for code in codes]
    )
    return named.sort_values(["measure_order", "amount_baht"], ascending=[True, False], ignore_index=True)


def rows_of_year(rows: pd.DataFrame, fiscal_year_be: int) -> pd.DataFrame:
    """Keep one fiscal year's rows, measures named and in order."""
    return sort_measures(rows[rows["fiscal_year_be"] == fiscal_year_be])


def rows_of_other_years(rows: pd.DataFrame, fiscal_year_be: int) -> pd.DataFrame:
    """Keep the rows of every other fiscal year, measures named and in order."""
    return sort_measures(rows[rows["fiscal_year_be"] != fiscal_year_be])


def choose_project_year(sums: pd.DataFrame, fiscal_year_be: int) -> int:
    """Choose the fiscal year whose projects are told: the one in focus, else the nearest within NEAR_YEARS.

    Of two equally near the later one, which is still to be decided on. Rows of out_project_summary of the province.
    """
    near = {int(year) for year in sums["fiscal_year_be"] if abs(year - fiscal_year_be) <= NEAR_YEARS}
    return min(near, key=lambda year: (abs(year - fiscal_year_be), -year), default=fiscal_year_be)


def describe_year(
    projects: pd.DataFrame, place: Place, *, fiscal_year_be: int, wanted: int | None = None
) -> tuple[str, ...]:
    """Say how many projects a year has and what of requested and allocated is missing; or that there are none.

    Args:
        projects: rows of out_project_place of the province.
        place: the province.
        fiscal_year_be: the year that is told.
        wanted: the year in focus, where another one is told.
    """
    rows = rows_of_year(projects, fiscal_year_be)
    year = format_year(fiscal_year_be)
    if rows.empty:
        return (say("project.none_year", year=year, place=place.th),)
    told = count_of(rows.drop_duplicates("project_id"), "out_project_place.amount_baht")
    count = cite_as(format_number(rows["project_id"].nunique()), told)
    known = set(rows["measure"])
    expected = ("requested", "allocated", *(["disbursed"] if "allocated" in known else []))
    missing = [
        say("project.one_sided", measure=label("measure", measure), year=year)
        for measure in expected
        if measure not in known
    ]
    other = say("project.other_year", wanted=format_year(wanted), year=year, place=place.th)
    return (
        *([other] if wanted not in (None, fiscal_year_be) else []),
        say("project.year", year=year, place=place.th, count=count),
        say("project.not_added"),
        *_describe_both(rows),
        *missing,
    )


def pick_measure(sums: pd.DataFrame) -> str:
    """Pick the measure of most years, of equals that of most projects, then the first of the spec; one row at least."""
    years: dict[str, set[object]] = defaultdict(set)
    projects: Counter[str] = Counter()
    for code, year, count in zip(sums["measure"], sums["fiscal_year_be"], sums["n_projects"], strict=True):
        years[code].add(year)
        projects[code] += 0 if is_missing(count) else count
    return min(years, key=lambda code: (-len(years[code]), -projects[code], order_of("measure", code), code))


def describe_agencies(agencies: pd.DataFrame, measure: str) -> tuple[str, ...]:
    """Name the agency with the largest sum of a measure and count the projects of no agency.

    Args:
        agencies: rows of out_project_by_agency of one year and the measure.
        measure: its code.
    """
    named = agencies.dropna(subset=["agency_name"]).sort_values("amount_baht", ascending=False)
    nameless = agencies[agencies["agency_name"].isna()]
    unnamed, counted = int(nameless["n_projects"].sum()), sum_of(nameless, "out_project_by_agency.n_projects")
    top = [
        say(
            "project.agency",
            agency=row.agency_name,
            measure=label("measure", measure),
            amount=cite(format_money(row.amount_baht), row, "out_project_by_agency.amount_baht"),
            count=cite(format_number(row.n_projects), row, "out_project_by_agency.n_projects"),
        )
        for _, row in named.head(1).iterrows()
    ]
    return (
        *top,
        *([say("project.unnamed_agency", count=cite_as(format_number(unnamed), counted))] if unnamed else []),
    )


def describe_other_years(sums: pd.DataFrame, *, fiscal_year_be: int) -> str:
    """Say which other fiscal years have projects, or that none has."""
    others = rows_of_other_years(sums, fiscal_year_be)
    if others.empty:
        return say("project.none_other", year=format_year(fiscal_year_be))
    return say("project.other_years", years=format_years(others["fiscal_year_be"]))


def picture_measures(sums: pd.DataFrame, place: Place, *, fiscal_year_be: int, source: str) -> Words:
    """Word the bars of one year's measures; rows of out_project_summary of the year, in order."""
    year = format_year(fiscal_year_be)
    bars = [f"{row.measure_name} {format_money(row.amount_baht)}" for _, row in sums.iterrows()]
    return Words(
        figure_id="fig-project-measure",
        title=title_measures(sums, fiscal_year_be=fiscal_year_be),
        caption=say("project.caption_measure", year=year, place=place.th),
        unit=say("project.unit_measure", year=year),
        alt=say("budget.alt_bars", bars="; ".join(bars)),
        source=source,
    )


def title_measures(sums: pd.DataFrame, *, fiscal_year_be: int) -> str:
    """Say the year's requested and allocated sums where both are there, else the most common measure's."""
    year = format_year(fiscal_year_be)
    by_measure = {str(row.measure): row for _, row in sums.iterrows()}
    if {"requested", "allocated"} <= set(by_measure):
        asked, given = by_measure["requested"], by_measure["allocated"]
        key = "equal" if asked.n_projects == given.n_projects else "two"
        requested, allocated = format_money(asked.amount_baht), format_money(given.amount_baht)
        return say(f"project.title_measure_{key}", year=year, requested=requested, allocated=allocated)
    measure = pick_measure(sums)
    row = by_measure[measure]
    return say(
        "project.title_measure_one",
        measure=label("measure", measure),
        year=year,
        amount=format_money(row.amount_baht),
        count=format_number(row.n_projects),
    )


def picture_agencies(agencies: pd.DataFrame, place: Place, *, measure: str, source: str) -> Words:
    """Word the bars of agencies; rows of out_project_by_agency of one year and measure, largest first."""
    year, name = format_year(agencies["fiscal_year_be"].iloc[0]), label("measure", measure)
    bars = [
        f"{name_agency(row.agency_name)} {format_money(row.amount_baht)}" for _, row in agencies.iterrows()
    ]
    return Words(
        figure_id="fig-project-agency",
        title=title_agencies(agencies, measure=measure),
        caption=say("project.caption_agency", measure=name, year=year, place=place.th),
        unit=say("project.unit_measure", year=year),
        alt=say("budget.alt_bars", bars="; ".join(bars)),
        source=source,
    )


def title_agencies(agencies: pd.DataFrame, *, measure: str) -> str:
    """Say which named agency has the largest sum and its share, or that forms name none."""
    named = agencies.dropna(subset=["agency_name"]).sort_values("amount_baht", ascending=False)
    whole = agencies["amount_baht"].sum()
    if named.empty or not whole:
        return say("project.title_agency_none")
    top = named.iloc[0]
    share = format_number(100 * top.amount_baht / whole, 1)
    return say("project.title_agency", agency=top.agency_name, measure=label("measure", measure), share=share)


def sum_by_file(projects: pd.DataFrame, *, fiscal_year_be: int) -> pd.DataFrame:
    """Sum the projects of every other fiscal year by year, measure and file; rows of out_project_place of the province.

    Returns:
        fiscal_year_be, measure, measure_name, path, n_projects, n_zero and amount_baht, newest year first.
    """
    rows = rows_of_other_years(projects, fiscal_year_be).assign(is_zero=lambda all_: all_["amount_baht"] == 0)
    keys = ["fiscal_year_be", "measure_order", "measure", "measure_name", "path"]
    by_file = rows.groupby(keys, as_index=False).agg(
        n_projects=("project_id", "nunique"),
        n_zero=("is_zero", "sum"),
        amount_baht=("amount_baht", lambda amounts: sum(amounts, Decimal(0))),
    )
    return by_file.sort_values(
        ["fiscal_year_be", "measure_order", "path"], ascending=[False, True, True], ignore_index=True
    )


def pick_years(by_file: pd.DataFrame) -> pd.DataFrame:
    """Keep the measure that most years have, named by year and, where there are several, by file.

    Returns:
        rows of sum_by_file, with a name.
    """
    rows = by_file[by_file["measure"] == pick_measure(by_file)]
    is_one_file = rows["path"].nunique() == 1
    names = [
        format_year(row.fiscal_year_be)
        if is_one_file
        else say("project.year_file", year=format_year(row.fiscal_year_be), file=file_name(row.path))
        for _, row in rows.iterrows()
    ]
    return rows.assign(name=names)


def picture_years(years: pd.DataFrame, place: Place) -> Words:
    """Word the bars of other fiscal years and files; rows of pick_years."""
    measure = str(years["measure_name"].iloc[0])
    top = years.sort_values("amount_baht", ascending=False).iloc[0]
    told = format_years(years["fiscal_year_be"])
    return Words(
        figure_id="fig-project-year",
        title=say(
            "project.title_years",
            measure=measure,
            year=format_year(top.fiscal_year_be),
            amount=format_money(top.amount_baht),
            count=format_number(top.n_projects),
        )
        if top.amount_baht
        else say("project.title_years_zero", measure=measure, years=told),
        caption=say("project.caption_years", measure=measure, place=place.th, years=told),
        unit=say("project.unit_years"),
        alt=say(
            "budget.alt_bars",
            bars="; ".join(f"{row['name']} {format_money(row.amount_baht)}" for _, row in years.iterrows()),
        ),
        source=cite_files(years),
    )


def name_agency(name: object) -> str:
    """Name an agency; say so where the form does not."""
    return say("common.unnamed") if is_missing(name) else str(name)


def _describe_both(rows: pd.DataFrame) -> tuple[str, ...]:
    """Compare what the same projects asked for and were given; nothing where no project has both."""
    wide = rows.pivot_table(index="project_id", columns="measure", values="amount_baht", aggfunc="sum")
    if not {"requested", "allocated"} <= set(wide.columns):
        return ()
    both = wide[["requested", "allocated"]].dropna()
    of_both = rows[rows["project_id"].isin(both.index)]
    parts = {name: of_both[of_both["measure"] == name] for name in both.columns}
    asked_at, given_at = (sum_of(parts[name], "out_project_place.amount_baht") for name in both.columns)
    asked, given = both["requested"].sum(), both["allocated"].sum()
    if both.empty or not asked:
        return ()
    if asked_at is None or given_at is None:
        return ()
    return (
        say(
            "project.both",
            count=cite_as(
                format_number(len(both)), count_of(parts["requested"], "out_project_place.amount_baht")
            ),
            requested=cite_as(format_baht(asked), asked_at),
            allocated=cite_as(format_baht(given), given_at),
            share=cite_formula(format_number(100 * given / asked, 1), "share_pct", given_at, asked_at),
        ),
    )
