"""Words of the one page at the front: facts, gaps and questions, each only where the data gives rise to it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pandas as pd

from pipeline.brief_text.budget import list_documents, name_part
from pipeline.brief_text.crime import find_empty_years, known_cases, title_cases
from pipeline.brief_text.evidence import Evidence, cite_budget, cite_files, file_name, name_sources
from pipeline.brief_text.findings import count_findings, count_totals
from pipeline.brief_text.numbers import format_money, format_number, format_year, format_years
from pipeline.brief_text.population import PERSONS, find_jumps, known_population, tell_change
from pipeline.brief_text.projects import choose_project_year, pick_years, rows_of_year, sum_by_file
from pipeline.brief_text.rates import compare_newest, known_rates, title_rates
from pipeline.brief_text.said import cite, cite_as, join_said, sum_of
from pipeline.brief_text.study import Study, find_shortfalls, list_visit, tell_facts
from pipeline.brief_text.templates import find, label, say

FACTS = 6
GAPS = 5
QUESTIONS = 3
OLD_YEARS = 3
BY_FILE = "out_project_place"


@dataclass(frozen=True)
class Gap:
    """Something that the data lacks or contradicts, and what the meeting may ask about it."""

    kind: str
    text: str
    question: str


def list_facts(evidence: Evidence, study: Study | None = None) -> tuple[str, ...]:
    """List what the data says, at most FACTS sentences with unit, period and source; those of the study last."""
    facts = [
        *_tell_population(evidence),
        *_tell_crime(evidence),
        *_tell_budget(evidence),
        *_tell_projects(evidence),
        *(_tell_study(study) if study else ()),
    ]
    return tuple(facts[:FACTS]) or (say("summary.no_facts", place=evidence.place.th),)


def list_gaps(evidence: Evidence, study: Study | None = None) -> tuple[Gap, ...]:
    """List what is missing, then what projects leave open, then what is wrong, then what is old."""
    absent = (*_miss_money(evidence), *_miss_figures(evidence))
    open_ = [_gap(kind, **told) for kind, told in find_shortfalls(study)] if study else []
    return (*absent, *open_, *_find_faults(evidence), *_find_old(evidence))


def list_front_gaps(evidence: Evidence, study: Study | None = None) -> tuple[str, ...]:
    """List the first GAPS gaps, or say that none was found."""
    return tuple(gap.text for gap in list_gaps(evidence, study)[:GAPS]) or (say("summary.no_gaps"),)


def list_questions(evidence: Evidence, study: Study | None = None) -> tuple[str, ...]:
    """List the questions for the meeting: those of the first gaps, filled up with the standing ones."""
    standing = (say("summary.ask_link"), say("summary.ask_other"), say("summary.ask_owner"))
    asked = [gap.question for gap in list_gaps(evidence, study)]
    return tuple(dict.fromkeys((*asked, *standing)))[:QUESTIONS]


def list_visit_questions(evidence: Evidence, study: Study) -> tuple[str, ...]:
    """List the questions for the field visit: those of every gap, then those of the study with their pointers."""
    asked = [gap.question for gap in list_gaps(evidence, study)]
    return tuple(dict.fromkeys((*asked, *list_visit(study)))) or (say("summary.no_question"),)


def _gap(kind: str, **values: object) -> Gap:
    """Make a gap of its two templates; each uses those of the values that it has a place for."""

    def fill(part: str) -> str:
        template = f"gap.{kind}.{part}"
        return say(template, **{name: value for name, value in values.items() if _has_place(template, name)})

    return Gap(kind, fill("text"), fill("ask"))


def _has_place(key: str, name: str) -> bool:
    """Say whether a template has a place for a value."""
    return f"{{{name}}}" in find(key)


def _tell_population(evidence: Evidence) -> Iterator[str]:
    known = known_population(evidence.population)
    if known.empty:
        return
    first, last = known.iloc[0], known.iloc[-1]
    is_comparable = len(known) > 1 and not find_jumps(known)
    change = (
        say(
            "summary.fact_population_change",
            change=tell_change(first, last),
            first_year=format_year(first.year_be),
        )
        if is_comparable
        else ""
    )
    yield say(
        "summary.fact_population",
        population=cite(format_number(last.population), last, PERSONS),
        year=format_year(last.year_be),
        change=change,
        source=name_sources(pd.Series([last.source, first.source] if change else [last.source])),
    )


def _tell_crime(evidence: Evidence) -> Iterator[str]:
    known = known_cases(evidence.crime)
    if not known.empty:
        yield say(
            "summary.fact_crime",
            title=title_cases(evidence.crime),
            source=name_sources(known["source"]),
        )
    if not known_rates(evidence.crime).empty:
        compared = compare_newest(evidence.crime, evidence.areas)
        if compared["nation_rate"].notna().any():
            source = name_sources(compared["source"], compared["population_source"])
            yield say("summary.fact_crime", title=title_rates(compared, evidence.place), source=source)


def _tell_budget(evidence: Evidence) -> Iterator[str]:
    for document in list_documents(evidence.budgets, evidence.place, fiscal_year_be=evidence.fiscal_year_be)[
        :1
    ]:
        top = document.rows_of(evidence.budget_projects).iloc[0]
        yield say(
            "summary.fact_budget",
            stage=document.stage_th,
            year=format_year(document.fiscal_year_be),
            amount=cite_as(
                format_money(document.amount_baht), document.address("amount_baht", evidence.place)
            ),
            lines=cite_as(format_number(document.n_lines), document.address("n_lines", evidence.place)),
            name=name_part(top["name"]),
            share=cite(format_number(top.share_pct, 1), top, "out_budget_by_project.share_pct"),
            source=cite_budget(evidence.sources),
        )


def _tell_projects(evidence: Evidence) -> Iterator[str]:
    year = choose_project_year(evidence.project_sums, evidence.fiscal_year_be)
    sums = rows_of_year(evidence.project_sums, year)
    if not sums.empty:
        parts = join_said((_tell_measure(row) for _, row in sums.head(3).iterrows()), "; ")
        source = cite_files(rows_of_year(evidence.projects, year))
        yield say("summary.fact_project", year=format_year(year), parts=parts, source=source)
    by_file = sum_by_file(evidence.projects, fiscal_year_be=year)
    if not by_file.empty:
        years = pick_years(by_file)
        path = years.groupby("path")["n_projects"].sum().idxmax()
        rows = years[years["path"] == path]
        keys = {"province_code": evidence.place.province_code}
        yield say(
            "summary.fact_other",
            years=format_years(rows["fiscal_year_be"]),
            measure=rows["measure_name"].iloc[0],
            count=cite_as(
                format_number(rows["n_projects"].sum()), sum_of(rows, f"{BY_FILE}.n_projects", **keys)
            ),
            amount=cite_as(
                format_money(rows["amount_baht"].sum()), sum_of(rows, f"{BY_FILE}.amount_baht", **keys)
            ),
            file=file_name(str(path)),
        )


def _tell_measure(row: pd.Series) -> str:
    return say(
        "summary.fact_project_part",
        measure=label("measure", row.measure),
        count=cite(format_number(row.n_projects), row, "out_project_summary.n_projects"),
        amount=cite(format_money(row.amount_baht), row, "out_project_summary.amount_baht"),
    )


def _tell_study(study: Study) -> Iterator[str]:
    for fact, pointer in tell_facts(study):
        yield say("summary.fact_study", fact=fact, source=pointer)


def _miss_money(evidence: Evidence) -> Iterator[Gap]:
    year = evidence.fiscal_year_be
    documents = list_documents(evidence.budgets, evidence.place, fiscal_year_be=year)
    if not any(document.fiscal_year_be == year for document in documents):
        yield _gap("budget", year=year)
    told = choose_project_year(evidence.project_sums, year)
    measures = set(rows_of_year(evidence.project_sums, told)["measure"])
    if told != year or not measures:
        yield _gap("project", year=year)
    if measures and "allocated" not in measures:
        yield _gap("allocated", year=told)
    elif measures and "requested" not in measures:
        yield _gap("requested", year=told)
    if "allocated" in measures and not measures & {"disbursed", "spent"}:
        yield _gap("disbursed", year=told)


def _miss_figures(evidence: Evidence) -> Iterator[Gap]:
    if known_population(evidence.population).empty:
        yield _gap("population")
    if known_cases(evidence.crime).empty:
        yield _gap("crime")
    elif empty := find_empty_years(evidence.crime):
        yield _gap("crime_years", years=format_years(empty))


def _find_faults(evidence: Evidence) -> Iterator[Gap]:
    errors = evidence.issues[evidence.issues["severity"] == "error"]
    if len(errors):
        yield _gap("error", count=cite_as(format_number(len(errors)), count_findings(errors)))
    differing = evidence.totals[evidence.totals["difference_baht"] != 0]
    if len(differing):
        count = cite_as(format_number(len(differing)), count_totals(differing))
        yield _gap("total", count=count)
    conflicts = evidence.population.loc[evidence.population["is_conflict"].astype(bool), "year_be"]
    if not conflicts.empty:
        yield _gap("conflict", years=format_years(conflicts))


def _find_old(evidence: Evidence) -> Iterator[Gap]:
    for kind, known in (
        ("population", known_population(evidence.population)),
        ("crime", known_cases(evidence.crime)),
    ):
        if known.empty:
            continue
        last = int(known["year_be"].max())
        age = evidence.fiscal_year_be - last
        if age > OLD_YEARS:
            yield _gap(f"{kind}_old", last=last, year=evidence.fiscal_year_be, age=age)
