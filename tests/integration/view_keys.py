"""What makes a row of each view the only one of its kind."""

from __future__ import annotations

INDICATOR_KEY = ["province_code", "indicator_code", "year_be", "period_basis", "period"]
KEYS = {
    "out_chosen_value": INDICATOR_KEY,
    "out_indicator": INDICATOR_KEY,
    "out_population": ["province_code", "year_be"],
    "out_crime_rate": ["province_code", "year_be", "crime_group"],
    "out_crime_rate_by_area": ["area_kind", "area", "year_be", "crime_group"],
    "out_province_profile": ["province_code", "item"],
    "out_budget_by_plan": ["province_code", "fiscal_year_be", "stage", "name"],
    "out_budget_by_project": ["province_code", "fiscal_year_be", "stage", "name"],
    "out_budget_by_category": ["province_code", "fiscal_year_be", "stage", "name"],
    "out_budget_by_province": ["province_code", "fiscal_year_be", "stage"],
    "out_project_amount": ["project_id", "fiscal_year_be", "measure"],
    "out_project_summary": ["province_code", "fiscal_year_be", "measure"],
    "out_project_by_agency": ["province_code", "fiscal_year_be", "measure", "agency_name"],
    "out_project_part": ["province_code", "fiscal_year_be", "measure", "kind", "name"],
    "out_project_place": ["project_id", "fiscal_year_be", "measure"],
    "out_source": ["province_code", "path", "sheet", "kind"],
    "out_stated_total": ["path", "sheet", "cell"],
    "out_failed_identity": ["province_code"],
    "out_refused_row": ["path", "sheet", "cell"],
    "out_issue_summary": ["province_code", "severity", "rule"],
    "out_correction": ["place"],
    "out_finding_change": ["change", "rule", "path", "sheet", "cell", "message_th"],
    "out_submission_history": ["table_id"],
    "out_submission_change": ["path", "sheet", "row_number", "change", "field"],
}
