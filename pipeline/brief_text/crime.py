"""Words of chapter 2, first part: police cases by group and how they moved."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from pipeline.brief_text.change import (
    SMALL_NUMBER,
    STEADY_CASES_PCT,
    Change,
    classify_change,
    describe_change,
    size_of_change,
)
from pipeline.brief_text.evidence import Place, Words, name_sources
from pipeline.brief_text.numbers import format_number, format_year, format_years, join_thai
from pipeline.brief_text.population import JUMP_PCT, find_jumps, known_population
from pipeline.brief_text.said import address_of, cite_as, cite_formula, join_said
from pipeline.brief_text.templates import find, label, order_of, say
from pipeline.trace import Formula

POLICE_ACTIVITY = "state"
REPORTED = "out_crime_rate.reported"


def name_groups(crime: pd.DataFrame) -> pd.DataFrame:
    """Add group_name and sort by the spec's order of groups, then by year; any frame with a crime_group."""
    named = crime.assign(
        group_name=[label("crime", group) for group in crime["crime_group"]],
        group_order=[order_of("crime", group) for group in crime["crime_group"]],
    )
    return named.sort_values(["group_order", "crime_group", "year_be"], ignore_index=True)


def known_cases(crime: pd.DataFrame) -> pd.DataFrame:
    """Keep the years with reported cases, groups named; rows of out_crime_rate of one province."""
    return name_groups(crime.dropna(subset=["reported"]))


def pair_years(crime: pd.DataFrame) -> pd.DataFrame:
    """Set each group's first known year beside its last; one row a group.

    Returns:
        province_code, group_name, crime_group, first_year_be, first_reported, last_year_be, last_reported and
        last_arrested (cases).
    """
    known = known_cases(crime)
    by_group = known.groupby(["group_order", "crime_group", "group_name"], as_index=False)
    # .head and .tail keep the row whole: first() and last() would skip over a missing arrest.
    first, last = by_group.head(1), by_group.tail(1)
    return pd.DataFrame(
        {
            "province_code": first["province_code"].to_list(),
            "crime_group": first["crime_group"].to_list(),
            "group_name": first["group_name"].to_list(),
            "first_year_be": first["year_be"].to_list(),
            "first_reported": first["reported"].to_list(),
            "last_year_be": last["year_be"].to_list(),
            "last_reported": last["reported"].to_list(),
            "last_arrested": last["arrested"].to_list(),
        }
    )


def describe_cases(crime: pd.DataFrame, place: Place) -> tuple[str, ...]:
    """Introduce the police's figures, or say that there are none."""
    known = known_cases(crime)
    if known.empty:
        return (say("crime.none", place=place.th),)
    years, groups = format_years(known["year_be"]), known["crime_group"].nunique()
    return (say("crime.intro", place=place.th, years=years, groups=format_number(groups)),)


def list_changes(crime: pd.DataFrame) -> tuple[str, ...]:
    """Say of each group how its newest year compares with its oldest."""
    return tuple(_describe_group(pair) for _, pair in pair_years(crime).iterrows())


def note_cases(crime: pd.DataFrame) -> tuple[str, ...]:
    """Say what the figures may not be read as, and which years have none."""
    known = known_cases(crime)
    if known.empty:
        return ()
    more = known.loc[known["arrested"] > known["reported"], "group_name"].unique()
    empty, jumps = find_empty_years(crime), find_boundary_years(crime)
    notes = [
        say("crime.state") if (known["crime_group"] == POLICE_ACTIVITY).any() else "",
        say("crime.units", **_units(known)),
        say("crime.more_arrests", groups=join_thai(more)) if len(more) else "",
        say("crime.gaps", years=format_years(empty)) if empty else "",
        say("crime.title_jump", years=format_years(jumps), limit=JUMP_PCT) if jumps else "",
    ]
    return tuple(note for note in notes if note)


def find_boundary_years(crime: pd.DataFrame) -> list[int]:
    """List the years, within those with cases, whose population jumps: the province may not be the same area."""
    years = known_cases(crime)["year_be"]
    jumps = find_jumps(known_population(crime.drop_duplicates("year_be")))
    return [year for year in jumps if years.min() < year <= years.max()]


def find_empty_years(crime: pd.DataFrame) -> list[int]:
    """List the years that are in the source with no reported case of any group."""
    known = set(crime.loc[crime["reported"].notna(), "year_be"])
    return sorted({int(year) for year in crime["year_be"]} - {int(year) for year in known})


def title_cases(crime: pd.DataFrame) -> str:
    """Count the groups that fell, rose or stayed; the police's own activity is not counted.

    Where the population jumps there is no trend to state.
    """
    pairs = pair_years(crime)
    counted = pairs[pairs["crime_group"] != POLICE_ACTIVITY]
    first_year, year = pairs["first_year_be"].min(), pairs["last_year_be"].max()
    jumps = find_boundary_years(crime)
    if first_year == year or counted.empty:
        return say("crime.title_one", year=format_year(year))
    if jumps:
        return say("crime.title_jump", years=format_years(jumps), limit=JUMP_PCT)
    named = {Change.DOWN: "down", Change.UP: "up", Change.STEADY: "steady", Change.TOO_SMALL: "small"}
    kinds = [named[_classify_pair(pair)] for _, pair in counted.iterrows()]
    counts = {kind: _count_pairs(counted[[one == kind for one in kinds]]) for kind in kinds}
    return say(
        "crime.title_change",
        parts=count_parts("crime", counts),
        first_year=format_year(first_year),
        year=format_year(year),
    )


def _count_pairs(pairs: pd.DataFrame) -> str:
    """Write how many groups there are, each told by its two years; rows of pair_years."""
    years = ("first_year_be", "last_year_be")
    told = (
        Formula("difference", tuple(address_of(pair, REPORTED, year_be=pair[year]) for year in years[::-1]))
        for _, pair in pairs.iterrows()
    )
    return cite_formula(format_number(len(pairs)), "count", *told)


def count_parts(section: str, counts: Mapping[str, str]) -> str:
    """Say the counts that there are, in the order of the section's part_ templates."""
    parts = [key for key in find(section) if key.startswith("part_")]
    return join_said(
        (
            say(f"{section}.{part}", count=counts[part.removeprefix("part_")])
            for part in parts
            if part.removeprefix("part_") in counts
        ),
        " ",
    )


def picture_cases(crime: pd.DataFrame, place: Place) -> Words:
    """Word the small multiples of reported cases and arrests; there must be a reported case's year."""
    known = known_cases(crime)
    return Words(
        figure_id="fig-crime-trend",
        title=title_cases(crime),
        caption=say("crime.caption", place=place.th, years=format_years(known["year_be"])),
        unit=say("crime.unit", **_units(known)),
        alt=say("crime.alt", groups="; ".join(list_changes(crime))),
        source=name_sources(known["source"]),
    )


def _classify_pair(pair: pd.Series) -> Change:
    """Classify a group's change between its first and last known year; one year alone is too small."""
    if pair.first_year_be == pair.last_year_be:
        return Change.TOO_SMALL
    return classify_change(pair.first_reported, pair.last_reported, steady_pct=STEADY_CASES_PCT)


def _describe_group(pair: pd.Series) -> str:
    """Put one group's two years into a sentence."""
    before, now = (
        address_of(pair, REPORTED, year_be=pair[year]) for year in ("first_year_be", "last_year_be")
    )
    last = {
        "group": pair.group_name,
        "last": cite_as(format_number(pair.last_reported), now),
        "year": format_year(pair.last_year_be),
    }
    if pair.first_year_be == pair.last_year_be:
        return say("crime.group_one", **last)
    first = {
        "first": cite_as(format_number(pair.first_reported), before),
        "first_year": format_year(pair.first_year_be),
    }
    if _classify_pair(pair) is Change.TOO_SMALL:
        return say("crime.group_small", **last, **first, limit=SMALL_NUMBER)
    change = describe_change(pair.first_reported, pair.last_reported, steady_pct=STEADY_CASES_PCT)
    change = cite_as(change, size_of_change(before, now))
    return say("crime.group_change", **last, **first, change=change)


def _units(known: pd.DataFrame) -> dict[str, str]:
    """Name the units of reported cases and arrests as the source's definition gives them."""
    columns = ("reported_unit", "arrested_unit")
    return {column: name_sources(known[column]) or say("common.unnamed") for column in columns}
