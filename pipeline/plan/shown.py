"""What a plan draft shows of the release, by the names that its outline uses: facts and tables, nothing concluded."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from pipeline import brief_tables as tables
from pipeline import brief_text as text
from pipeline.brief_tables import Table
from pipeline.brief_text.numbers import format_date_be
from pipeline.brief_text.study import SECTIONS
from pipeline.errors import SpecError
from pipeline.grade import say_grade
from pipeline.plan.outline import SPEC, Outline, Part, fill
from pipeline.plan.release import Release
from pipeline.plan.tables import OPEN, tabulate_baselines, tabulate_projects

STUDY = "study."
ROOM = "room"


@dataclass(frozen=True)
class Shown:
    """Sentences and tables of the release; both are empty where it has no data."""

    facts: tuple[str, ...] = ()
    tables: tuple[Table, ...] = ()


def show(part: Part, release: Release, outline: Outline) -> Shown:
    """Find what a part of the outline shows: the facts of all its names, then their tables.

    Raises:
        SpecError: nothing has such a name.
    """
    found = [_find(name, part, release, outline) for name in part.names]
    return Shown(
        tuple(fact for one in found for fact in one.facts),
        tuple(table for one in found for table in one.tables),
    )


def _find(name: str, part: Part, release: Release, outline: Outline) -> Shown:
    if name in NAMES:
        return NAMES[name](part, release, outline)
    section = name.removeprefix(STUDY)
    if not name.startswith(STUDY) or section not in SECTIONS:
        known = ", ".join([*NAMES, *(f"{STUDY}{section}" for section in SECTIONS)])
        raise SpecError(f"{SPEC}, show: {name}: one of {known} is expected")
    made = tables.tabulate_study(section, release.study)
    return Shown(text.describe_study(section, release.study), tuple(_open_room(table) for table in made))


def _open_room(table: Table) -> Table:
    """Make the room that a table leaves for the meeting a place that the committee fills."""
    if ROOM not in table.frame:
        return table
    columns = tuple(
        replace(column, name=OPEN + ROOM) if column.name == ROOM else column for column in table.columns
    )
    return replace(table, columns=columns, frame=table.frame.rename(columns={ROOM: OPEN + ROOM}))


def _show_data(_part: Part, release: Release, outline: Outline) -> Shown:
    if release.rows["releases"].empty:
        return Shown()
    row, place = release.rows["releases"].iloc[0], release.place.th
    facts = [outline.say("release", release=row.release_name, cutoff=format_date_be(row.data_cutoff))]
    grades = release.rows["grades"]
    if len(grades):
        facts.append(outline.say("grade", place=place, grade=say_grade(grades.iloc[0].to_dict())))
    return Shown((*facts, *text.note_sample(release.rows["releases"])))


def _show_profile(_part: Part, release: Release, _outline: Outline) -> Shown:
    profile, population = release.rows["profile"], release.rows["population"]
    if profile.empty:
        return Shown()
    return Shown(tables=(tables.tabulate_profile(profile, population, release.place),))


def _show_population(_part: Part, release: Release, outline: Outline) -> Shown:
    population = release.rows["population"]
    if text.known_population(population).empty:
        return Shown()
    table = tables.tabulate_population(population, release.place)
    newest = table.frame.tail(outline.limits["population_years"]).reset_index(drop=True)
    return Shown(text.describe_population(population, release.place), (replace(table, frame=newest),))


def _show_cases(_part: Part, release: Release, _outline: Outline) -> Shown:
    crime = release.rows["crime"]
    if text.known_cases(crime).empty:
        return Shown()
    notes = (*text.note_cases(crime), *text.note_cautions(release.rows["indicators"], "crime"))
    return Shown(
        (*text.describe_cases(crime, release.place), *notes), (tables.tabulate_cases(crime, release.place),)
    )


def _show_rates(_part: Part, release: Release, _outline: Outline) -> Shown:
    crime, areas = release.rows["crime"], release.rows["areas"]
    if text.known_rates(crime).empty:
        return Shown()
    return Shown(
        text.describe_rates(crime, areas, release.place),
        (tables.tabulate_rates(crime, areas, release.place),),
    )


def _show_indicators(part: Part, release: Release, outline: Outline) -> Shown:
    compared, newest = release.rows["compared"], release.rows["newest"]
    caption = fill(part.caption, where=f"{SPEC}, caption", place=release.place.th)
    some = compared[compared["topic"].isin(part.topics)]
    study = replace(release.study, views={**release.study.views, "indicator_rate": some})
    beside = tables.tabulate_study("indicators", study) if len(some) else ()
    made = [replace(table, caption=caption) for table in beside]
    is_bare = newest["topic"].isin(part.topics) & ~newest["indicator_code"].isin(compared["indicator_code"])
    if is_bare.any():
        table = tables.tabulate_indicators(newest[is_bare].reset_index(drop=True), release.place)
        made.append(replace(table, caption=outline.say("bare", caption=caption) if made else caption))
    return Shown(tables=tuple(made))


def _show_alignment(_part: Part, release: Release, _outline: Outline) -> Shown:
    rows, place = release.rows, release.place
    years = {"fiscal_year_be": release.project_year_be}
    facts = text.describe_alignment(
        rows["alignment"], rows["plan_items"], place, **years, wanted=release.fiscal_year_be
    )
    return Shown(facts, tables.tabulate_alignment(rows["alignment"], rows["plan_items"], place, **years))


def _show_year(_part: Part, release: Release, _outline: Outline) -> Shown:
    year = release.project_year_be
    if text.rows_of_year(release.rows["project_sums"], year).empty:
        return Shown()
    facts = text.describe_year(
        release.rows["projects"], release.place, fiscal_year_be=year, wanted=release.fiscal_year_be
    )
    return Shown(facts)


def _show_projects(_part: Part, release: Release, outline: Outline) -> Shown:
    return Shown(tables=tabulate_projects(release, outline))


def _show_agencies(_part: Part, release: Release, _outline: Outline) -> Shown:
    year, rows = release.project_year_be, release.rows
    sums = text.rows_of_year(rows["project_sums"], year)
    if sums.empty:
        return Shown()
    measure, source = text.pick_measure(sums), text.cite_files(text.rows_of_year(rows["projects"], year))
    agencies = text.rows_of_year(rows["project_agencies"], year)
    listed = agencies[agencies["measure"] == measure]
    return Shown(
        tables=(tables.tabulate_agencies(listed, release.place, measure=measure, source=source),),
    )


def _show_baselines(_part: Part, release: Release, outline: Outline) -> Shown:
    return Shown(tables=tabulate_baselines(release, outline))


def _show_sources(_part: Part, release: Release, _outline: Outline) -> Shown:
    sources = release.rows["sources"]
    return Shown() if sources.empty else Shown(tables=(tables.tabulate_sources(sources),))


NAMES: Mapping[str, Callable[[Part, Release, Outline], Shown]] = {
    "data": _show_data,
    "profile": _show_profile,
    "population": _show_population,
    "cases": _show_cases,
    "rates": _show_rates,
    "indicators": _show_indicators,
    "alignment": _show_alignment,
    "year": _show_year,
    "projects": _show_projects,
    "agencies": _show_agencies,
    "baselines": _show_baselines,
    "sources": _show_sources,
}
