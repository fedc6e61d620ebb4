"""What the documents across all provinces say: each function gives sentences, tables and charts, in order."""

from __future__ import annotations

from pipeline.national.cover import write_national_cover
from pipeline.national.coverage import list_provinces, tell_coverage
from pipeline.national.quality import tell_findings, tell_grades
from pipeline.national.spread import tell_budgets, tell_projects, tell_rates
from pipeline.national.themes import list_national_methods, tell_plans

__all__ = [
    "list_national_methods",
    "list_provinces",
    "tell_budgets",
    "tell_coverage",
    "tell_findings",
    "tell_grades",
    "tell_plans",
    "tell_projects",
    "tell_rates",
    "write_national_cover",
]
