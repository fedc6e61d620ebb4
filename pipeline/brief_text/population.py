"""Words of chapter 1: registered population, sexes and houses."""

from __future__ import annotations

import pandas as pd

from pipeline.brief_text.change import SMALL_NUMBER, STEADY_PERSONS_PCT, describe_change, size_of_change
from pipeline.brief_text.evidence import Place, Words, name_sources
from pipeline.brief_text.numbers import format_number, format_year, format_years
from pipeline.brief_text.said import address_of, cite, cite_as, join_said
from pipeline.brief_text.templates import say

JUMP_PCT = 20
PERSONS = "out_population.population"


def known_population(population: pd.DataFrame) -> pd.DataFrame:
    """Keep the years that have a total, oldest first; rows of out_population of one province."""
    return population.dropna(subset=["population"]).sort_values("year_be")


def describe_population(population: pd.DataFrame, place: Place) -> tuple[str, ...]:
    """Say what is known of a province's population, newest first, and what is not."""
    known = known_population(population)
    if known.empty:
        return (say("population.none", place=place.th),)
    first, last = known.iloc[0], known.iloc[-1]
    size = say(
        "population.size",
        place=place.th,
        year=format_year(last.year_be),
        population=cite(format_number(last.population), last, PERSONS),
    )
    change = _describe_trend(first, last) if not find_jumps(known) else ""
    told = (
        join_said((size, change), " ") if change else size,
        _newest_sexes(population),
        *_newest_homes(population),
    )
    return (*told, say("population.registered"), *note_population(population))


def note_population(population: pd.DataFrame) -> tuple[str, ...]:
    """Say which years are missing, jump, or differ between sources."""
    known = known_population(population)
    missing = population.loc[population["population"].isna(), "year_be"]
    conflicts = population.loc[population["is_conflict"].astype(bool), "year_be"]
    notes = [
        say("population.jump", years=format_years(jumps), limit=JUMP_PCT)
        for jumps in [find_jumps(known)]
        if jumps
    ]
    notes += [say("population.gaps", years=format_years(missing))] * (not missing.empty)
    notes += [say("population.conflict", years=format_years(conflicts))] * (not conflicts.empty)
    return tuple(notes)


def find_jumps(known: pd.DataFrame) -> list[int]:
    """List the years whose population differs from the year before by more than JUMP_PCT per cent."""
    by_year = dict(zip(known["year_be"].astype(int), known["population"].astype(float), strict=True))
    return [
        year
        for year, persons in by_year.items()
        if year - 1 in by_year and abs(persons - by_year[year - 1]) * 100 > JUMP_PCT * by_year[year - 1]
    ]


def picture_population(population: pd.DataFrame, place: Place) -> Words:
    """Word the figure of the population's years; there must be one at least."""
    known = known_population(population)
    first, last, persons = known.iloc[0], known.iloc[-1], known["population"]
    years = format_years(known["year_be"])
    values = {
        "place": place.th,
        "first_year": format_year(first.year_be),
        "first": format_number(first.population),
        "year": format_year(last.year_be),
        "population": format_number(last.population),
    }
    return Words(
        figure_id="fig-population",
        title=title_population(known, place),
        caption=say("population.caption", place=place.th, years=years),
        unit=say("population.unit"),
        alt=say(
            "population.alt", **values, low=format_number(persons.min()), high=format_number(persons.max())
        ),
        source=name_sources(known["source"].iloc[::-1]),
    )


def title_population(known: pd.DataFrame, place: Place) -> str:
    """Say the finding: a jump where there is one, else the change, else the one year's size."""
    first, last, jumps = known.iloc[0], known.iloc[-1], find_jumps(known)
    if jumps:
        return say("population.title_jump", place=place.th, years=format_years(jumps), limit=JUMP_PCT)
    if len(known) == 1 or first.population < SMALL_NUMBER:
        return say(
            "population.title_one",
            place=place.th,
            population=format_number(last.population),
            year=format_year(last.year_be),
        )
    return say(
        "population.title_change",
        place=place.th,
        change=describe_change(first.population, last.population, steady_pct=STEADY_PERSONS_PCT),
        first_year=format_year(first.year_be),
        year=format_year(last.year_be),
    )


def _describe_trend(first: pd.Series, last: pd.Series) -> str:
    """Compare the newest year with the oldest; nothing where they are one year."""
    if first.year_be == last.year_be or min(first.population, last.population) < SMALL_NUMBER:
        return ""
    return say(
        "population.change",
        first_year=format_year(first.year_be),
        first=cite(format_number(first.population), first, PERSONS),
        change=tell_change(first, last),
    )


def tell_change(first: pd.Series, last: pd.Series) -> str:
    """Put the change between two rows of out_population into words."""
    change = describe_change(first.population, last.population, steady_pct=STEADY_PERSONS_PCT)
    return cite_as(change, size_of_change(address_of(first, PERSONS), address_of(last, PERSONS)))


def _newest_sexes(population: pd.DataFrame) -> str:
    """Give the newest year's sexes, or say that there are none."""
    known = population.dropna(subset=["male", "female"]).sort_values("year_be")
    if known.empty:
        return say("population.no_sexes")
    last = known.iloc[-1]
    return say(
        "population.sexes",
        year=format_year(last.year_be),
        male=cite(format_number(last.male), last, "out_population.male"),
        female=cite(format_number(last.female), last, "out_population.female"),
    )


def _newest_homes(population: pd.DataFrame) -> tuple[str, ...]:
    """Give the newest year's houses and households."""
    return tuple(_newest(population, column) for column in ("houses", "households"))


def _newest(population: pd.DataFrame, column: str) -> str:
    """Give the newest year's count of houses or households, or say that there is none."""
    known = population.dropna(subset=[column]).sort_values("year_be")
    if known.empty:
        return say(f"population.no_{column}")
    last = known.iloc[-1]
    figure = cite(format_number(last[column]), last, f"out_population.{column}")
    return say(f"population.{column}", year=format_year(last.year_be), **{column: figure})
