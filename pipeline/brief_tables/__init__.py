"""The brief's tables: one look, and a function for each table."""

from __future__ import annotations

from pipeline.brief_tables.alignment import tabulate_alignment
from pipeline.brief_tables.baseline import (
    newest_indicators,
    tabulate_cases,
    tabulate_indicators,
    tabulate_population,
    tabulate_profile,
    tabulate_rates,
)
from pipeline.brief_tables.behind import tabulate_amounts, tabulate_spread
from pipeline.brief_tables.body import fit_body
from pipeline.brief_tables.details import tabulate_details
from pipeline.brief_tables.money import (
    tabulate_agencies,
    tabulate_documents,
    tabulate_form_parts,
    tabulate_measures,
    tabulate_other_years,
    tabulate_parts,
    tabulate_projects,
)
from pipeline.brief_tables.quality import (
    tabulate_findings,
    tabulate_issue_summary,
    tabulate_issues,
    tabulate_refused,
    tabulate_sources,
    tabulate_totals,
)
from pipeline.brief_tables.since import tabulate_corrections, tabulate_since
from pipeline.brief_tables.study import tabulate_study
from pipeline.brief_tables.table import Column, Table
from pipeline.brief_tables.years import tabulate_case_years, tabulate_rate_years

__all__ = [
    "Column",
    "Table",
    "fit_body",
    "newest_indicators",
    "tabulate_agencies",
    "tabulate_alignment",
    "tabulate_amounts",
    "tabulate_case_years",
    "tabulate_cases",
    "tabulate_corrections",
    "tabulate_details",
    "tabulate_documents",
    "tabulate_findings",
    "tabulate_form_parts",
    "tabulate_indicators",
    "tabulate_issue_summary",
    "tabulate_issues",
    "tabulate_measures",
    "tabulate_other_years",
    "tabulate_parts",
    "tabulate_population",
    "tabulate_profile",
    "tabulate_projects",
    "tabulate_rate_years",
    "tabulate_rates",
    "tabulate_refused",
    "tabulate_since",
    "tabulate_spread",
    "tabulate_sources",
    "tabulate_study",
    "tabulate_totals",
]
