"""The brief's words: templates kept as data, and pure functions that pick and fill them."""

from __future__ import annotations

from pipeline.brief_text.alignment import describe_alignment, describe_plan
from pipeline.brief_text.budget import (
    MIN_OTHERS,
    describe_budget,
    describe_missing_budget,
    describe_peers,
    list_documents,
    other_amounts,
    picture_parts,
    picture_peers,
)
from pipeline.brief_text.cover import bundle_cover, note_sample, write_cover
from pipeline.brief_text.crime import describe_cases, known_cases, list_changes, note_cases, picture_cases
from pipeline.brief_text.evidence import cite_budget, cite_files
from pipeline.brief_text.indicators import describe_indicators, note_cautions
from pipeline.brief_text.markdown import as_list, as_paragraphs
from pipeline.brief_text.population import describe_population, known_population, picture_population
from pipeline.brief_text.projects import (
    choose_project_year,
    describe_agencies,
    describe_other_years,
    describe_year,
    pick_measure,
    pick_years,
    picture_agencies,
    picture_measures,
    picture_years,
    rows_of_year,
    sum_by_file,
)
from pipeline.brief_text.prose import write_prose
from pipeline.brief_text.quality import (
    describe_grade,
    describe_issues,
    describe_totals,
    list_methods,
    list_missing,
)
from pipeline.brief_text.rates import (
    describe_rates,
    has_comparison,
    known_rates,
    picture_rate_trend,
    picture_rates,
    spans_years,
)
from pipeline.brief_text.reading import find_place, gather_evidence, read_province, read_rows
from pipeline.brief_text.since import describe_corrections, describe_since
from pipeline.brief_text.study import Study, describe_study, read_study
from pipeline.brief_text.summary import (
    list_facts,
    list_front_gaps,
    list_gaps,
    list_questions,
    list_visit_questions,
)
from pipeline.brief_text.templates import say

__all__ = [
    "Study",
    "describe_alignment",
    "MIN_OTHERS",
    "as_list",
    "as_paragraphs",
    "bundle_cover",
    "choose_project_year",
    "cite_budget",
    "cite_files",
    "describe_agencies",
    "describe_budget",
    "describe_cases",
    "describe_corrections",
    "describe_indicators",
    "describe_grade",
    "describe_issues",
    "describe_missing_budget",
    "describe_other_years",
    "describe_peers",
    "describe_plan",
    "describe_population",
    "describe_rates",
    "describe_since",
    "describe_study",
    "describe_totals",
    "describe_year",
    "find_place",
    "gather_evidence",
    "has_comparison",
    "known_cases",
    "known_population",
    "known_rates",
    "list_changes",
    "list_documents",
    "list_facts",
    "list_front_gaps",
    "list_gaps",
    "list_methods",
    "list_missing",
    "list_questions",
    "list_visit_questions",
    "note_cases",
    "note_cautions",
    "note_sample",
    "other_amounts",
    "pick_measure",
    "pick_years",
    "picture_agencies",
    "picture_cases",
    "picture_measures",
    "picture_parts",
    "picture_peers",
    "picture_population",
    "picture_rate_trend",
    "picture_rates",
    "picture_years",
    "read_province",
    "read_rows",
    "read_study",
    "rows_of_year",
    "say",
    "spans_years",
    "sum_by_file",
    "write_cover",
    "write_prose",
]
