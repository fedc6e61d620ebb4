"""Questions for the field visit that the study gives rise to, each with its pointer."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.brief_text.numbers import format_number, format_year, is_missing
from pipeline.brief_text.said import cite_as, count_of
from pipeline.brief_text.study.coverage import list_duplicates, list_overlaps
from pipeline.brief_text.study.frames import Study, limit
from pipeline.brief_text.study.situation import describe_breaks, list_moved, say_moved
from pipeline.brief_text.study.spending import list_needs, newest_execution, say_execution, side_of_target
from pipeline.brief_text.templates import find, label, say


def list_visit(study: Study) -> tuple[str, ...]:
    """List what people of the province may know of the figures; a section that has nothing asks nothing."""
    return (*_ask_situation(study), *_ask_money(study), *_ask_projects(study))


def _ask(kind: str, section: str, **values: str) -> str:
    """Ask with the section alone as pointer; the table of facts names the view too."""
    pointer = str(find(f"study.pointer.{section}")).partition(" (")[0]
    return say(f"study.visit.{kind}", pointer=pointer, **values)


def _ask_situation(study: Study) -> Iterator[str]:
    for _, row in list_moved(study).head(limit("listed_questions")).iterrows():
        yield _ask("moved", "trends", fact=say_moved(row))
    for fact in describe_breaks(study):
        yield _ask("broken", "trends", fact=fact)


def _ask_money(study: Study) -> Iterator[str]:
    for _, row in newest_execution(study).iterrows():
        if not is_missing(row.target_pct) and side_of_target(row) == "below":
            yield _ask("execution", "execution", fact=say_execution(row))
    for _, row in list_needs(study).head(limit("listed_questions")).iterrows():
        side = label("quadrant", str(row.quadrant))
        yield _ask("need", "need", name=str(row.indicator_name), side=side)


def _ask_projects(study: Study) -> Iterator[str]:
    overlaps, duplicates = list_overlaps(study), list_duplicates(study)
    if len(overlaps):
        year = format_year(study.fiscal_year_be)
        yield _ask(
            "overlaps",
            "overlaps",
            count=cite_as(format_number(len(overlaps)), count_of(overlaps, "out_overlap.n_projects")),
            year=year,
        )
    if len(duplicates):
        yield _ask("duplicates", "duplicates", count=format_number(len(duplicates)))
