"""Words of chapter 2, second part: rates per 100,000 beside the cluster's and the nation's."""

from __future__ import annotations

import pandas as pd

from pipeline.brief_text.change import (
    SMALL_NUMBER,
    STEADY_CASES_PCT,
    Change,
    change_pct,
    classify_change,
    is_covered,
)
from pipeline.brief_text.crime import POLICE_ACTIVITY, count_parts, find_boundary_years, name_groups
from pipeline.brief_text.evidence import Place, Words, name_sources
from pipeline.brief_text.numbers import format_number, format_year, format_years, join_thai
from pipeline.brief_text.population import JUMP_PCT
from pipeline.brief_text.said import cite, cite_as, count_of
from pipeline.brief_text.templates import say

NATION_TH = "ประเทศ"


def known_rates(crime: pd.DataFrame) -> pd.DataFrame:
    """Keep the years with a rate, groups named; rows of out_crime_rate of one province."""
    return name_groups(crime.dropna(subset=["rate_per_100000"]))


def covered_areas(areas: pd.DataFrame) -> pd.DataFrame:
    """Keep the areas, years and groups that enough of the area's provinces have; rows of out_crime_rate_by_area."""
    covered = [is_covered(*pair) for pair in zip(areas["n_provinces"], areas["n_members"], strict=True)]
    return name_groups(areas[pd.Series(covered, index=areas.index, dtype=bool)])


def compare_newest(crime: pd.DataFrame, areas: pd.DataFrame) -> pd.DataFrame:
    """Set the newest year's rates of a province beside its cluster's and the nation's; one row a group.

    Returns:
        the columns of out_crime_rate with group_name, and cluster_rate and nation_rate (cases per 100,000; NULL where
        too few provinces have the figure).
    """
    rates = known_rates(crime)
    newest: pd.DataFrame = rates[rates["year_be"] == rates["year_be"].max()]
    covered = covered_areas(areas)
    for kind in ("cluster", "nation"):
        area = covered.loc[covered["area_kind"] == kind, ["crime_group", "year_be", "rate_per_100000"]]
        area = area.rename(columns={"rate_per_100000": f"{kind}_rate"})
        newest = newest.merge(area, on=["crime_group", "year_be"], how="left", validate="one_to_one")
    return newest


def describe_rates(crime: pd.DataFrame, areas: pd.DataFrame, place: Place) -> tuple[str, ...]:
    """Say how the rates were made and what the comparison is for, or that there are none."""
    if known_rates(crime).empty:
        return (say("rate.none", place=place.th),)
    compared = compare_newest(crime, areas)
    year, persons = compared["year_be"].iloc[0], compared["population"].iloc[0]
    population = cite(format_number(persons), compared.iloc[0], "out_crime_rate.population")
    intro = say("rate.intro", year=format_year(year), population=population)
    cluster = (
        say("rate.cluster", cluster=place.cluster)
        if place.cluster
        else say("rate.no_cluster", place=place.th)
    )
    told = (intro, say("rate.interval"), cluster, say("rate.learning"))
    return (*told, *_note_rates(crime, areas, place))


def _note_rates(crime: pd.DataFrame, areas: pd.DataFrame, place: Place) -> tuple[str, ...]:
    """Say which groups are small, where the area may have changed, and which areas are missing or incomplete."""
    compared = compare_newest(crime, areas)
    year = compared["year_be"].iloc[0]
    small = compared.loc[compared["is_small_number"].astype(bool), "group_name"]
    notes = [say("rate.small", limit=SMALL_NUMBER, groups=join_thai(small))] * (not small.empty)
    jumps = find_boundary_years(crime)
    notes += [say("rate.jump", years=format_years(jumps), limit=JUMP_PCT)] * bool(jumps)
    for kind, name in (("cluster", f"กลุ่มจังหวัด{place.cluster}"), ("nation", NATION_TH)):
        rows = areas[(areas["area_kind"] == kind) & (areas["year_be"] == year)]
        notes += _note_cover(rows, name, is_nation=kind == "nation")
    return tuple(notes)


def _note_cover(rows: pd.DataFrame, name: str, *, is_nation: bool) -> list[str]:
    """Say how many of an area's provinces its value stands on, where that matters."""
    if rows.empty:
        return []
    least, most = rows["n_provinces"].min(), rows["n_members"].max()
    known, members = format_number(least), format_number(most)
    if not is_covered(least, most):
        return [say("rate.no_area", area=name, known=known, members=members)]
    year = format_year(rows["year_be"].iloc[0])
    return [say("rate.area_cover", known=known, members=members, year=year)] if is_nation else []


def title_rates(compared: pd.DataFrame, place: Place) -> str:
    """Count the groups whose interval lies below, above or around the nation's rate.

    Small numbers are not compared; the police's own activity is not counted.
    """
    year = format_year(compared["year_be"].iloc[0])
    counted = _without_police_activity(compared).dropna(subset=["nation_rate"])
    if counted.empty:
        return say("rate.title_alone", place=place.th, year=year)
    sides = [_side_of_nation(row) for _, row in counted.iterrows()]
    counts = {side: _count_groups(counted[[one == side for one in sides]]) for side in sides}
    return say("rate.title_compared", year=year, parts=count_parts("rate", counts))


def _count_groups(rows: pd.DataFrame) -> str:
    """Write how many groups there are, each told by its rate; rows of out_crime_rate."""
    return cite_as(format_number(len(rows)), count_of(rows, "out_crime_rate.rate_per_100000"))


def _side_of_nation(row: pd.Series) -> str:
    """Say on which side of the nation's rate a province's interval lies."""
    if bool(row.is_small_number):
        return "small"
    if row.rate_high < row.nation_rate:
        return "below"
    return "above" if row.rate_low > row.nation_rate else "alike"


def spans_years(known: pd.DataFrame) -> bool:
    """Say whether there are two years at least to draw a line between; rows of known_cases or known_rates."""
    return bool(known["year_be"].nunique() > 1)


def has_comparison(crime: pd.DataFrame, areas: pd.DataFrame) -> bool:
    """Say whether the newest year has anything to compare with."""
    return bool(compare_newest(crime, areas)[["cluster_rate", "nation_rate"]].notna().any(axis=None))


def picture_rates(crime: pd.DataFrame, areas: pd.DataFrame, place: Place) -> Words:
    """Word the newest year's comparison; there must be a rate."""
    compared = compare_newest(crime, areas)
    year = format_year(compared["year_be"].iloc[0])
    groups = "; ".join(
        f"{row.group_name} จังหวัด {format_number(row.rate_per_100000, 1)} กลุ่มจังหวัด {format_number(row.cluster_rate, 1)}"
        f" ประเทศ {format_number(row.nation_rate, 1)}"
        for _, row in compared.iterrows()
    )
    return Words(
        figure_id="fig-crime-rate",
        title=title_rates(compared, place),
        caption=say("rate.caption", place=place.th, year=year),
        unit=say("rate.unit", year=year),
        alt=say("rate.alt", groups=groups),
        source=name_sources(compared["source"], compared["population_source"]),
    )


def title_rate_trend(crime: pd.DataFrame, areas: pd.DataFrame, place: Place) -> str:
    """Count the groups whose rate fell, in the province and in the nation; the police's own activity is not counted."""
    rates = _without_police_activity(known_rates(crime))
    nation = _without_police_activity(covered_areas(areas[areas["area_kind"] == "nation"]))
    first, year = rates["year_be"].min(), rates["year_be"].max()
    if rates.empty or first == year:
        newest = known_rates(crime)["year_be"].max()
        return say("rate.trend_title_one", place=place.th, year=format_year(newest))
    down, groups = _count_falls(rates)
    told = {"place": place.th, "down": down, "groups": groups}
    told |= {"first_year": format_year(first), "year": format_year(year)}
    span = nation[nation["year_be"].isin([first, year])]
    if span["year_be"].nunique() < len({first, year}):
        return say("rate.trend_title_alone", **told)
    nation_down, nation_groups = _count_falls(span)
    return say("rate.trend_title", **told, nation_down=nation_down, nation_groups=nation_groups)


def _without_police_activity(rates: pd.DataFrame) -> pd.DataFrame:
    """Drop the group that shows what the police did, not what happened."""
    return rates[rates["crime_group"] != POLICE_ACTIVITY]


def _count_falls(rates: pd.DataFrame) -> tuple[int, int]:
    """Count the groups whose rate fell between their first and last year, and all groups."""
    by_group = [group.sort_values("year_be") for _, group in rates.groupby("crime_group")]
    return sum(_has_fallen(group) for group in by_group), len(by_group)


def _has_fallen(group: pd.DataFrame) -> bool:
    """Say whether a group's rate fell clearly; a count too small to compare has not."""
    first, last = group.iloc[0], group.iloc[-1]
    kind = classify_change(first.reported, last.reported, steady_pct=0)
    return (
        kind is not Change.TOO_SMALL
        and change_pct(first.rate_per_100000, last.rate_per_100000) <= -STEADY_CASES_PCT
    )


def picture_rate_trend(crime: pd.DataFrame, areas: pd.DataFrame, place: Place) -> Words:
    """Word the years of the rates; there must be one at least."""
    rates = known_rates(crime)
    groups = "; ".join(
        f"{name} {format_number(group['rate_per_100000'].iloc[0], 1)} ใน พ.ศ. {format_year(group['year_be'].iloc[0])}"
        f" และ {format_number(group['rate_per_100000'].iloc[-1], 1)} ใน พ.ศ. {format_year(group['year_be'].iloc[-1])}"
        for name, group in rates.groupby("group_name", sort=False)
    )
    return Words(
        figure_id="fig-crime-rate-trend",
        title=title_rate_trend(crime, areas, place),
        caption=say("rate.trend_caption", place=place.th, years=format_years(rates["year_be"])),
        unit=say("rate.trend_unit"),
        alt=say("rate.trend_alt", groups=groups),
        source=name_sources(rates["source"], rates["population_source"]),
    )
