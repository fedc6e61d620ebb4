"""For every rule of checks.yml rows that break it, in a file and sheet named after the rule."""

from __future__ import annotations

from typing import Any

from tests.integration.planted import PLANTED_NAME, Plan, quarters


def plant_projects(plan: Plan) -> None:
    """Break each rule of projects and their amounts."""
    simple = {
        "project_province_known": {"province_code": "99"},
        "project_fiscal_year_in_range": {"fiscal_year_be": 2665},
        "project_name_length_plausible": {"project_name": "กขค"},
        "project_without_amount": {"amounts": ""},
    }
    for rule, change in simple.items():
        plan.project(rule, 5, **change)
        plan.expect(rule, "5:5", province=change.get("province_code", "64"))
    amounts = {
        "amount_measure_known": ("mystery=50000", {}, "F5"),
        "amount_period_known": ("budget/H1=50000", {}, "F5"),
        "amount_fiscal_year_in_range": ("budget=50000", {"fiscal_year_be": 2165}, "F5"),
        "amount_not_negative": ("committed=-5000", {}, "F5"),
        "amount_remaining_negative": ("remaining=-5000", {}, "F5"),
        "amount_too_large": ("budget=6000000000", {}, "F5"),
        "amount_too_small": ("budget=50", {}, "F5"),
        "amount_cell_format": ("budget=50000", {"cell": "แถว 5"}, "แถว 5"),
        "amount_disbursed_within_net": ("net_allocated=100000 disbursed=150000", {}, "G5"),
        "amount_allocated_within_requested": ("requested=100000 allocated=150000", {}, "G5"),
        "amount_net_adds_up": ("allocated=100000 transferred=10000 net_allocated=120000", {}, "H5"),
        "amount_spent_adds_up": ("disbursed=50000 committed=10000 spent=70000", {}, "H5"),
        "amount_remaining_adds_up": ("net_allocated=100000 disbursed=40000 remaining=50000", {}, "H5"),
        "amount_periods_add_up": ("planned=90000 " + quarters("planned", *[20000] * 4), {}, "F5"),
        "amount_parts_within_whole": (
            "requested=90000 requested/year/งบลงทุน=60000 requested/year/งบกลาง=50000",
            {},
            "F5",
        ),
    }
    for rule, (stated, change, cell) in amounts.items():
        plan.project(rule, 5, amounts=stated)
        plan.rows["core_amount"][-1].update(change)
        plan.expect(rule, cell)
    plant_repeated_projects(plan)


def plant_repeated_projects(plan: Plan) -> None:
    """Break the rules of what stands twice or has no owner."""
    for row in (5, 6):
        plan.project("project_id_unique", row, project_id="twice", amounts="budget=50000" if row == 5 else "")
    plan.expect("project_id_unique", "5:5", "6:6")
    for row in (5, 9):
        plan.project("project_equal_rows", row, project_name=f"โครงการ {PLANTED_NAME}")
    plan.expect("project_equal_rows", "9:9")
    for name in ("project_repeated_between_files", "project_repeated_between_files_b"):
        plan.project(name, 5, project_name=f"โครงการสองแฟ้ม {PLANTED_NAME}")
    plan.expect("project_repeated_between_files", "5:5", at="project_repeated_between_files_b")
    for row in (5, 6):
        plan.project("amount_cell_used_twice", row)
    plan.rows["core_amount"][-1]["cell"] = "F5"
    plan.expect("amount_cell_used_twice", "F5")
    plan.project("amount_key_repeated", 5, amounts="budget=50000 budget=60000")
    plan.expect("amount_key_repeated", "F5", "G5")
    owner = plan.file("amount_project_known")
    plan.amount("nobody", owner, "F5", measure="budget", period="year", amount_baht=50000)
    plan.expect("amount_project_known", "F5", province=None)
    for row in range(5, 11):
        plan.project(
            "amount_out_of_scale", row, amounts=f"budget={row}0000" if row < 10 else "budget=100000000"
        )
    plan.expect("amount_out_of_scale", "F10")
    total = {
        "measure": "budget",
        "computed_baht": 100000,
        "province_code": "64",
        "first_row": 5,
        "last_row": 6,
    }
    for rule, stated in (("total_mismatch", 150000), ("total_unit_suspect", 100)):
        plan.add(
            "quality_total", **plan.file(rule), **total, cell="F7", stated_baht=stated, difference_baht=0
        )
        plan.rows["quality_total"][-1]["difference_baht"] = stated - 100000
        plan.expect(rule, "F7")
        plan.expect("total_mismatch", "F7", at=rule)


def plant_lines(plan: Plan, provinces: list[str]) -> None:
    """Break each rule of budget lines."""
    simple: dict[str, dict[str, Any]] = {
        "budget_line_province_known": {"province_code": "99"},
        "budget_line_fiscal_year_in_range": {"fiscal_year_be": 2700},
        "budget_line_stage_known": {"stage": "rumour"},
        "budget_line_amount_positive": {"amount_baht": -5000},
        "budget_line_amount_too_small": {"amount_baht": 23},
        "budget_line_amount_too_large": {"amount_baht": 600000000000},
        "budget_line_unit_missing": {"budgetary_unit": None},
    }
    for rule, change in simple.items():
        plan.line(rule, 5)
        plan.line(rule, 6, **change)
        plan.expect(rule, "F6", province=change.get("province_code", "64"))
    for row in (5, 6):
        plan.line("budget_line_id_unique", row, line_id="twice")
        plan.line("budget_line_cell_used_twice", row, cell="F5")
    plan.expect("budget_line_id_unique", "F5", "F6")
    plan.expect("budget_line_cell_used_twice", "F5")
    for row in (5, 9):
        plan.line("budget_line_equal_rows", row, item=PLANTED_NAME)
    plan.expect("budget_line_equal_rows", "F9")
    for number, province in enumerate(provinces, start=5):
        if province not in ("10", "64"):
            plan.line("act", number, province_code=province, stage="act", fiscal_year_be=2566)
    plan.expect("budget_line_province_missing", None, at=None)


def plant_indicators(plan: Plan, provinces: list[str]) -> None:
    """Break each rule of indicators."""
    simple: dict[str, dict[str, Any]] = {
        "indicator_province_known": {"province_code": "99"},
        "indicator_year_in_range": {"year_be": 2465},
        "indicator_basis_known": {"period_basis": "XX"},
        "indicator_period_known": {"period": "H1"},
        "indicator_value_not_negative": {"value": -5},
        "indicator_percent_in_range": {"value": 150, "unit": "%", "indicator_code": "prison_sentenced_share"},
        "indicator_defined": {"indicator_code": "crime_mystery_total"},
        "indicator_unit_agrees": {"unit": "ครั้ง"},
        "indicator_basis_agrees": {"period_basis": "FY"},
    }
    per_sheet = {"indicator_defined", "indicator_unit_agrees", "indicator_basis_agrees"}
    for year, (rule, change) in enumerate(simple.items(), start=2540):
        plan.indicator(rule, "C5", **{"value": 10, "year_be": year} | change)
        province = None if rule in per_sheet else change.get("province_code", "64")
        plan.expect(rule, "C5", province=province)
    plan.expect("indicator_basis_agrees", "C5", at="indicator_basis_known", province=None)
    for cell in ("C5", "C6"):
        plan.indicator("indicator_key_repeated", cell, value=10)
    plan.expect("indicator_key_repeated", "C5", "C6")
    without = [province for province in provinces if province != "64"]
    count = {"unit": "คน", "period_basis": "point"}
    plan.figures("male", "population_registered_male", without, year=2565, **count)
    plan.expect("population_province_missing", None, at=None)
    plan.figures("house", "house_registered_total", without, year=2565, **count | {"unit": "หลัง"})
    plan.expect("indicator_province_missing", None, at=None)
    for rank, value in ((1, 100), (2, 110)):
        ranked = {"source": str(rank), "source_rank": rank, "year_be": 2559}
        plan.indicator("indicator_sources_disagree", f"C{rank}", value=value, **ranked)
    plan.expect("indicator_sources_disagree", "C2")
    for year in (2540, 2542):
        plan.figures("indicator_year_repeated", "crime_property_reported", provinces[:12], year=year)
    for row in plan.rows["core_indicator"][-12:]:
        row["cell"] = row["cell"].replace("C", "D")
    plan.expect("indicator_year_repeated", "D2", province=None)
    household = (
        {"indicator_code": "household_registered_total", "year_be": 2565} | count | {"unit": "ครัวเรือน"}
    )
    for number, province in enumerate(provinces, start=2):
        plan.indicator(
            "indicator_nation_adds_up", f"C{number}", value=number, province_code=province, **household
        )
    plan.indicator("indicator_nation_adds_up", "C99", value=9999, province_code=None, **household)
    plan.expect("indicator_nation_adds_up", "C99", province=None)
    for cell, code, value in (("C5", "crime_notable_reported", 10), ("D5", "crime_notable_arrested", 20)):
        unit = "คดี" if value == 10 else "ราย"
        plan.indicator("indicator_arrests_exceed_reports", cell, value=value, indicator_code=code, unit=unit)
    plan.expect("indicator_arrests_exceed_reports", "D5")
