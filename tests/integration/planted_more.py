"""For the rules that compare rows, sheets, forms and releases: rows that break each, in a file named after the rule."""

from __future__ import annotations

import json
from typing import Any

from tests.integration.planted import PLANTED_NAME, Plan

TWIN = "โครงการอบรมเยาวชนต้านยาเสพติดในสถานศึกษา"
OFFICE = "สำนักงานยุติธรรมจังหวัดทดสอบ"
GONE_PROVINCE = "10"


def form(
    plan: Plan, name: str, *, kind: str = "project", heads: tuple[str, ...] = (), **letters: str
) -> None:
    """Say which columns the form of a file has."""
    columns = [{"head": head, "is": "unknown"} for head in heads]
    plan.add(
        "raw_table",
        **plan.file(name),
        table_id=name,
        table_number=1,
        cell_range="A1:Z9",
        is_hidden=False,
        kind=kind,
        status="loaded",
        records=1,
        form=json.dumps({"columns": columns}, ensure_ascii=False),
        decided_by=json.dumps({"fields": letters, "letters": list("CDEFGH")[: len(heads)]}),
    )


def plant_forms(plan: Plan) -> None:
    """Break the rules of what a form asks for, and of names and dates."""
    empty: dict[str, tuple[str, dict[str, Any]]] = {
        "project_agency_missing": ("agency", {"agency_name": None}),
        "project_kpi_missing": ("kpi", {}),
        "project_plan_missing": ("plan_group", {}),
        "project_fund_missing": ("fund_source", {}),
        "project_starts_in_fiscal_year": (
            "start_date",
            {"start_date": "2019-10-05", "end_date": "2022-03-31"},
        ),
        "project_ends_in_fiscal_year": ("end_date", {"start_date": "2021-10-05", "end_date": "2023-03-31"}),
    }
    for rule, (field, change) in empty.items():
        form(plan, rule, **{field: "D"})
        plan.project(rule, 5, **change)
        plan.expect(rule, "D5")
    form(plan, "project_measure_unit_missing", unit_of_measure="E")
    for row, cells in ((5, {"E": "คน"}), (6, {"B": "x"})):
        plan.project("project_measure_unit_missing", row)
        place = plan.file("project_measure_unit_missing") | {"table_id": "project_measure_unit_missing"}
        plan.add("raw_row", **place, row_number=row, role="record", cells=json.dumps(cells))
    plan.expect("project_measure_unit_missing", "E6")
    form(plan, "project_year_far_from_sheet", fiscal_year="B")
    for row in (5, 6, 7, 8):
        plan.project("project_year_far_from_sheet", row, fiscal_year_be=2555 if row == 8 else 2565)
    plan.expect("project_year_far_from_sheet", "B8")


def plant_names(plan: Plan) -> None:
    """Break the rules of what is nearly the same."""
    form(plan, "project_near_duplicate", project_name="C")
    for row, name in (
        (5, TWIN),
        (6, TWIN.replace("เสพติด", "เสพติต")),
        (7, "ประชุมคณะกรรมการขับเคลื่อนงานยุติธรรมชุมชนประจำอำเภอ"),
    ):
        plan.project("project_near_duplicate", row, project_name=f"{name} {PLANTED_NAME}")
    plan.expect("project_near_duplicate", "C6")
    form(plan, "project_counted_by_two_agencies", agency="D")
    for row, agency in ((5, "เรือนจำกลางทดสอบ"), (6, "ที่ทำการปกครองอำเภอหนึ่ง")):
        plan.project("project_counted_by_two_agencies", row, project_name=PLANTED_NAME, agency_name=agency)
    plan.expect("project_counted_by_two_agencies", "D6")
    form(plan, "agency_spelled_differently", agency="D")
    for row in (5, 6, 7):
        plan.project("agency_spelled_differently", row, agency_name=OFFICE + "์" * (row == 7))
    plan.expect("agency_spelled_differently", "D7")


def plant_amounts(plan: Plan) -> None:
    """Break the rules of parts, percentages, whole sheets, columns and counts."""
    parts = "requested=90000 requested/year/งบลงทุน=20000 requested/year/งบดำเนินงาน=50000"
    plan.project("amount_parts_add_up", 5, amounts=parts)
    plan.expect("amount_parts_add_up", "F5")
    for row, stated in ((5, 50.0), (6, 0.5), (7, 60.0)):
        plan.project("percent_recomputed", row, amounts="allocated=100000 disbursed=50000")
        percent = {"fiscal_year_be": 2565, "measure": "disbursed", "stated_pct": stated, "decimals": 2}
        place = plan.file("percent_recomputed") | {"cell": f"H{row}"}
        plan.add("quality_percent", project_id=f"percent_recomputed-{row}", **percent, **place)
    plan.expect("percent_recomputed", "H7")
    for sheet in range(6):
        name = f"sheet_unit_{sheet}" if sheet else "sheet_unit_suspect"
        for row in (5, 6, 7):
            plan.project(
                name, row, amounts=f"carried_over={100 + row + sheet if not sheet else row * 50000 + sheet}"
            )
    plan.expect("sheet_unit_suspect", "F5")
    for row in range(5, 9):
        plan.project("amount_year_repeated", row, amounts=f"planned={row}0000")
        later = {"measure": "planned", "period": "year", "amount_baht": row * 10000, "fiscal_year_be": 2566}
        plan.amount(f"amount_year_repeated-{row}", plan.file("amount_year_repeated"), f"G{row}", **later)
    plan.expect("amount_year_repeated", "G5")
    count = {"counted": "project", "stated_count": 32, "computed_count": 31, "difference_count": 1}
    rows = {"province_code": "64", "first_row": 5, "last_row": 35, "cell": "A36"}
    plan.add("quality_count", **plan.file("count_mismatch"), **count, **rows)
    plan.expect("count_mismatch", "A36")


def plant_series(plan: Plan) -> None:
    """Break the rules of figures beside other years, and of what a release had before."""
    plan.indicator("indicator_unit_missing", "C5", value=10, unit=None, year_be=2530)
    plan.expect("indicator_unit_missing", "C5", province=None)
    for cell, year in (("C5", 2531), ("D5", 2533)):
        plan.indicator("indicator_value_repeated", cell, value=19470, year_be=year)
    plan.expect("indicator_value_repeated", "D5")
    name = "indicator_growth_from_nothing"
    form(plan, name, kind="indicator", heads=("2563", "2564", "อัตราเพิ่ม"))
    for row, first in ((5, 7843), (6, None)):
        plan.indicator(name, f"C{row}", value=first, year_be=2534 + row)  # type: ignore[arg-type]
        plan.indicator(name, f"D{row}", value=11433 - row, year_be=2536 + row)
        plan.indicator(
            name, f"E{row}", value=100, indicator_code="unnamed_growth", unit="%", year_be=2536 + row
        )
    plan.expect(name, "E6")
    plan.expect("coverage_shrank", None, at=None, province=GONE_PROVINCE)


def earlier_release() -> Plan:
    """What the release before had: projects of a province that has none today."""
    plan = Plan()
    for row in range(5, 10):
        plan.project("gone", row, province_code=GONE_PROVINCE)
    return plan
