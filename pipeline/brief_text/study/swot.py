"""Evidence prompts for the SWOT: facts with their pointers; what they mean is the meeting's to say."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from pipeline.brief_text.numbers import format_number, format_year, is_missing
from pipeline.brief_text.said import cite_as, count_of, mark_figures, sum_of
from pipeline.brief_text.study.coverage import describe_gaps, find_kpi, say_kpi
from pipeline.brief_text.study.frames import STUDIES_KEPT, Study, limit
from pipeline.brief_text.study.situation import list_moved, list_ranges, name_band, say_moved
from pipeline.brief_text.study.spending import (
    is_concentrated,
    list_concentrations,
    list_needs,
    newest_execution,
    say_concentration,
    say_execution,
)
from pipeline.brief_text.templates import find, label, say
from pipeline.grade import say_grade

PART = "out_money_by_part.n_projects"


@dataclass(frozen=True)
class Prompt:
    """A fact for the meeting.

    Attributes:
        side: inside the province's justice work (strength or weakness), or outside (opportunity or threat).
        text: the fact.
        pointer: where in the brief and the warehouse it stands.
    """

    side: str
    text: str
    pointer: str


@lru_cache(maxsize=STUDIES_KEPT)
def list_prompts(study: Study) -> tuple[Prompt, ...]:
    """List the facts, the few first of each side."""
    most = limit("listed_prompts")
    inside = [
        *_tell_execution(study),
        *_tell_capacity(study),
        *_tell_kpi(study),
        *_tell_grade(study),
        *_tell_gaps(study),
    ]
    outside = [*_tell_trends(study), *_tell_needs(study), *_tell_bands(study)]
    return (*inside[:most], *outside[:most])


def describe_prompts(study: Study) -> tuple[str, ...]:
    """Say whose the analysis is, or that there is no fact for it."""
    return (say("study.swot.intro") if list_prompts(study) else say("study.swot.none", place=study.place.th),)


def tell_facts(study: Study) -> Iterator[tuple[str, str]]:
    """The facts that the front page may draw on: execution, and money that reaches the limit of concentration.

    Yields:
        The fact and its pointer.
    """
    for prompt in _tell_execution(study):
        yield prompt.text, prompt.pointer
    for _, row in list_concentrations(study).iterrows():
        if is_concentrated(row):
            yield say_concentration(row), find("study.pointer.concentration")


def _inside(text: str, section: str) -> Prompt:
    return Prompt("inside", text, find(f"study.pointer.{section}"))


def _outside(text: str, section: str) -> Prompt:
    return Prompt("outside", text, find(f"study.pointer.{section}"))


def _tell_execution(study: Study) -> Iterator[Prompt]:
    for _, row in newest_execution(study).iterrows():
        yield _inside(say_execution(row), "execution")


def _tell_capacity(study: Study) -> Iterator[Prompt]:
    rows = study.of_year("money_by_part")
    agencies = rows[rows["measure"].eq(study.measure) & rows["dimension"].eq("agency") & rows["code"].notna()]
    if len(agencies):
        told = {
            "agencies": cite_as(format_number(len(agencies)), count_of(agencies, PART)),
            "count": cite_as(format_number(agencies["n_projects"].sum()), sum_of(agencies, PART)),
        }
        measure, year = label("measure", str(study.measure)), format_year(study.fiscal_year_be)
        yield _inside(say("study.swot.capacity", **told, measure=measure, year=year), "capacity")
    for _, row in list_concentrations(study).iterrows():
        if is_concentrated(row):
            yield _inside(say_concentration(row), "concentration")


def _tell_kpi(study: Study) -> Iterator[Prompt]:
    row = find_kpi(study)
    if row is not None:
        yield _inside(say_kpi(row), "kpi")


def _tell_grade(study: Study) -> Iterator[Prompt]:
    grades = study.views["quality_grade"]
    if len(grades) and not is_missing(grades["grade"].iloc[0]):
        grade = mark_figures(say_grade(grades.iloc[0].to_dict()))
        yield _inside(say("study.swot.grade", grade=grade), "grade")


def _tell_gaps(study: Study) -> Iterator[Prompt]:
    if len(study.of_year("gap")):
        for text in describe_gaps(study):
            yield _inside(text, "gaps")


def _tell_trends(study: Study) -> Iterator[Prompt]:
    for _, row in list_moved(study).head(limit("listed_prompts") // 2).iterrows():
        yield _outside(say_moved(row), "trends")


def _tell_needs(study: Study) -> Iterator[Prompt]:
    for _, row in list_needs(study).iterrows():
        quadrant = label("quadrant", str(row.quadrant))
        yield _outside(say("study.swot.quadrant", name=row.indicator_name, quadrant=quadrant), "need")


def _tell_bands(study: Study) -> Iterator[Prompt]:
    rows = list_ranges(study)
    for _, row in rows[rows["band"].notna()].iterrows():
        band = name_band(row)
        if band != "middle":
            told = {"name": row.indicator_name, "year": format_year(row.year_be), "band": label("band", band)}
            yield _outside(say("study.swot.band", **told), "indicators")
