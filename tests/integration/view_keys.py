"""What makes a row of each view the only one of its kind."""

from __future__ import annotations

INDICATOR_KEY = ["province_code", "indicator_code", "year_be", "period_basis", "period"]
YEAR_KEY = ["province_code", "indicator_code", "year_be", "period_basis"]
FIGURE_KEY = ["figure", "province_code", "code", "year_be", "period_basis", "period"]
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
    "out_project_by_plan": ["province_code", "fiscal_year_be", "measure", "plan_id", "item_code", "how"],
    "out_source": ["province_code", "path", "sheet", "kind"],
    "out_stated_total": ["path", "sheet", "cell"],
    "out_failed_identity": ["province_code"],
    "out_refused_row": ["path", "sheet", "cell"],
    "out_issue_summary": ["province_code", "severity", "rule"],
    "out_clean_time": ["province_code", "kind", "year_be"],
    "out_table_reading": ["path", "sheet", "cell_range"],
    "out_submission_board": ["province_code", "kind"],
    "out_quality_grade": ["province_code"],
    "out_submission_change": ["path", "sheet", "row_number", "change", "subject", "field"],
    "out_figure": FIGURE_KEY,
    "out_release_change": FIGURE_KEY,
    "out_indicator_rate": YEAR_KEY,
    "out_indicator_trend": YEAR_KEY,
    "out_indicator_area": ["area_kind", "area", "indicator_code", "year_be", "period_basis"],
    "out_justice_chain": ["province_code", "chain", "year_be", "step"],
    "out_peer": ["province_code", "peer_code"],
    "out_peer_variable": ["province_code", "peer_code", "variable"],
    "out_money_by_stage": ["province_code", "figure", "fiscal_year_be", "stage"],
    "out_money_by_part": ["province_code", "fiscal_year_be", "measure", "dimension", "code"],
    "out_execution": ["province_code", "fiscal_year_be", "quarter", "measure"],
    "out_concentration": ["province_code", "figure", "holder", "fiscal_year_be", "stage"],
    "out_need_money": ["province_code", "theme", "fiscal_year_be", "measure", "indicator_code"],
    "out_gap": ["province_code", "fiscal_year_be", "dimension", "code"],
    "out_overlap": ["province_code", "fiscal_year_be", "tag_code"],
    "out_likely_duplicate": ["project_id", "how"],
    "out_project_life": ["province_code", "name_key", "fiscal_year_be"],
    "out_kpi_quality": ["project_id"],
    "out_kpi_quality_by_province": ["province_code", "fiscal_year_be"],
    "out_correction": ["place"],
    "out_finding_change": ["change", "rule", "path", "sheet", "cell", "message_th"],
    "out_submission_history": ["table_id"],
}
# What is empty for a province without data, in the views that have a row for every province.
NOTHING_IN = {
    "out_budget_by_province": "amount_baht",
    "out_province_profile": "value",
    "out_indicator_rate": "value",
    "out_justice_chain": "value",
    "out_peer": "peer_code",
    "out_peer_variable": "value",
    "out_money_by_stage": "amount_baht",
    "out_need_money": "amount_baht",
}
EVERY_PROVINCE = {*NOTHING_IN, "out_kpi_quality_by_province"}
