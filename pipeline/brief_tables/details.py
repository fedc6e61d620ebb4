"""The annex: the rows behind the charts of the chapters, a table each where there are any."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import pandas as pd

from pipeline.brief_tables.baseline import tabulate_cases, tabulate_population, tabulate_rates
from pipeline.brief_tables.money import (
    tabulate_agencies,
    tabulate_other_years,
    tabulate_parts,
    tabulate_projects,
)
from pipeline.brief_tables.table import Table
from pipeline.brief_text.budget import list_documents
from pipeline.brief_text.crime import known_cases
from pipeline.brief_text.evidence import Place, cite_budget, cite_files
from pipeline.brief_text.population import known_population
from pipeline.brief_text.projects import choose_project_year, pick_measure, rows_of_year, sum_by_file
from pipeline.brief_text.rates import known_rates

BUDGET_PARTS = {"project": "budget_projects", "category": "budget_categories"}


def tabulate_details(
    rows: Mapping[str, pd.DataFrame], place: Place, fiscal_year_be: int
) -> tuple[Table, ...]:
    """List population and cases, the parts of the first document, and projects; none where there is no data.

    Args:
        rows: frames by the names of brief_text.reading.QUERIES.
        place: the province.
        fiscal_year_be: the Buddhist fiscal year in focus.
    """
    situation = _list_situation(rows, place)
    budget = _list_budget(rows, place, fiscal_year_be)
    return (*situation, *budget, *_list_projects(rows, place, fiscal_year_be))


def _list_situation(rows: Mapping[str, pd.DataFrame], place: Place) -> Iterator[Table]:
    """List the population by year and the police cases with their rates."""
    if not known_population(rows["population"]).empty:
        yield tabulate_population(rows["population"], place)
    if not known_cases(rows["crime"]).empty:
        yield tabulate_cases(rows["crime"], place)
    if not known_rates(rows["crime"]).empty:
        yield tabulate_rates(rows["crime"], rows["areas"], place)


def _list_budget(rows: Mapping[str, pd.DataFrame], place: Place, fiscal_year_be: int) -> Iterator[Table]:
    """Split the first document that is told by project and by category."""
    source = cite_budget(rows["sources"])
    for document in list_documents(rows["budgets"], place, fiscal_year_be=fiscal_year_be)[:1]:
        for kind, name in BUDGET_PARTS.items():
            yield tabulate_parts(document, document.rows_of(rows[name]), place, kind=kind, source=source)


def _list_projects(rows: Mapping[str, pd.DataFrame], place: Place, fiscal_year_be: int) -> Iterator[Table]:
    """List the agencies and the projects of the year that is told, and the sums of other years."""
    projects, year = rows["projects"], choose_project_year(rows["project_sums"], fiscal_year_be)
    sums = rows_of_year(rows["project_sums"], year)
    if not sums.empty:
        measure, source = pick_measure(sums), cite_files(rows_of_year(projects, year))
        agencies = rows_of_year(rows["project_agencies"], year)
        agencies = agencies[agencies["measure"] == measure]
        yield tabulate_agencies(agencies, place, measure=measure, source=source)
        yield tabulate_projects(projects, place, fiscal_year_be=year)
    by_file = sum_by_file(projects, fiscal_year_be=year)
    if not by_file.empty:
        yield tabulate_other_years(by_file, place)
