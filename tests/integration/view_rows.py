"""A small warehouse, its rows written out here: two sources that differ, a replaced form, a province without data."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pandas as pd

from pipeline import store
from pipeline.grade import grading_rows
from pipeline.views.districts import lay_districts
from pipeline.views.likeness import lay_likeness
from pipeline.views.suppress import lay_suppression
from tests.integration import view_study
from tests.integration.view_lines import LINES, Row
from tests.integration.view_rows_since import SINCE

PROVINCES = (
    ("10", "กรุงเทพมหานคร", None, "กรุงเทพมหานคร"),
    ("38", "บึงกาฬ", "อีสานบน 1", "อีสาน"),
    ("48", "นครพนม", "อีสานบน 2", "อีสาน"),
    ("64", "สุโขทัย", "เหนือล่าง 1", "เหนือ"),
    ("65", "พิษณุโลก", "เหนือล่าง 1", "เหนือ"),
    ("91", "สตูล", "ใต้อันดามัน", "ใต้"),
)
EMPTY_PROVINCE = "91"
FILES = ("dopa", "census", "police", "bill", "plan", "plan_old")


def figure(code: str | None, indicator: str, year: int, value: float | None, **more: Any) -> Row:
    kind = "CY" if indicator.startswith("crime") else "point"
    unit = "คน" if indicator.startswith("population") else "คดี" if indicator.endswith("reported") else "ราย"
    row = {
        "province_code": code,
        "indicator_code": indicator,
        "year_be": year,
        "period_basis": kind,
        "period": "year",
    }
    row |= {"value": value, "unit": unit, "source": "ตำรวจ" if kind == "CY" else "ปกครอง", "source_rank": 1}
    return row | {"file_id": "police" if kind == "CY" else "dopa", "sheet": "ก", "cell": "B2"} | more


def cases(code: str, year: int, **groups: float | None) -> list[Row]:
    return [figure(code, f"crime_{group}", year, value) for group, value in groups.items()]


TOTAL = "population_registered_total"
INDICATORS = [
    figure("64", TOTAL, 2553, 601_778),
    figure("64", TOTAL, 2554, 586_830),
    figure("64", TOTAL, 2554, 586_999, file_id="census", source="สำมะโน", source_rank=2),
    # The preferred source says nothing: the other one is taken.
    figure("64", TOTAL, 2555, None),
    figure("64", TOTAL, 2555, 602_601, file_id="census", source="สำมะโน", source_rank=2),
    figure("64", "population_registered_male", 2554, 290_000),
    figure("64", "population_registered_female", 2554, 296_830),
    figure("64", "house_registered_total", 2554, 200_000, unit="หลัง"),
    # A fiscal-year figure of the same name is not the figure of the 31st of December.
    figure("64", TOTAL, 2553, 1.0, period_basis="FY"),
    # The same rank twice: the lower file_id wins.
    figure("65", TOTAL, 2554, 850_000),
    figure("65", TOTAL, 2554, 850_001, file_id="census"),
    figure("48", TOTAL, 2554, 700_000),
    figure("10", TOTAL, 2554, 5_674_843),
    figure("38", TOTAL, 2553, 403_542),
    figure("38", TOTAL, 2554, 407_634),
    figure(None, TOTAL, 2554, 64_076_033),
    *cases("64", 2554, violent_reported=12, violent_arrested=30, person_reported=178, person_arrested=141),
    *cases("64", 2552, violent_reported=20, person_reported=200),
    *cases("65", 2554, violent_reported=0, person_reported=322),
    *cases("10", 2554, person_reported=3163),
    # Zero or blank in every group: the province was not there.
    *cases("38", 2553, violent_reported=0, violent_arrested=0, person_reported=None),
    *cases("38", 2554, violent_reported=0, person_reported=97),
    # Counted in people, not in cases: no rate.
    figure("48", "crime_person_reported", 2554, 100, unit="คน"),
    figure("48", "crime_violent_reported", 2554, 50),
    *view_study.list_figures(figure),
]


def project(name: str, code: str, *, agency: str | None = None, **more: Any) -> Row:
    row = {
        "project_id": name,
        "province_code": code,
        "project_name": f"โครงการ {name}",
        "agency_name": agency,
    }
    return row | {"file_id": "plan", "sheet": "แผน", "row_number": 6, "is_current": True} | more


def amount(name: str, measure: str, baht: str | None, cell: str, **more: Any) -> Row:
    row = {
        "project_id": name,
        "fiscal_year_be": 2566,
        "measure": measure,
        "period": "year",
        "unit": "บาท",
        "cell": cell,
    }
    return (
        row
        | {"amount_baht": None if baht is None else Decimal(baht), "file_id": "plan", "sheet": "แผน"}
        | more
    )


PROJECTS = [
    project("p1", "64", agency="หน่วย ก"),
    project("p2", "64", agency="หน่วย ก"),
    project("p3", "64"),
    project("p4", "48", agency="หน่วย ข"),
    project("old", "64", agency="หน่วย ก", file_id="plan_old", is_current=False),
    *view_study.list_projects(project),
]
AMOUNTS = [
    amount("p1", "requested", "1000.25", "E6"),
    amount("p1", "requested", "600.25", "F6", category="งบดำเนินงาน"),
    amount("p1", "requested", "400.00", "G6", category="งบลงทุน"),
    amount("p1", "allocated", "800.00", "H6"),
    amount("p2", "requested", "0", "E7"),
    *[
        amount("p2", "disbursed", "10.10", f"{cell}7", period=f"Q{n}")
        for n, cell in enumerate(("K", "L", "M"), start=1)
    ],
    amount("p3", "requested", None, "E8"),
    amount("p3", "allocated", "50.00", "J8", fund_source="งบจังหวัด"),
    amount("p3", "allocated", "70.00", "K8", fund_source="กองทุน"),
    amount("p4", "requested", "9.00", "E9", fiscal_year_be=2565),
    amount("old", "requested", "999999.00", "E6", file_id="plan_old"),
    *view_study.list_amounts(amount),
]
PLAN_ITEMS = [
    {"plan_id": "plan", "code": code, "parent_code": parent, "level": "มิติ", "title_th": f"มิติ {code}"}
    | {"be_from": 2566, "be_to": 2569, "is_verified": True, "source": "ราชกิจจานุเบกษา"}
    for code, parent in (("0", None), ("1", "0"), ("2", "0"))
]
ALIGNMENT = [
    {"project_id": name, "plan_id": "plan", "item_code": item, "how": how, "is_in_force": name != "p4"}
    for name, item, how in (
        ("p1", "1", "rule"), ("p2", None, "unsure"), ("p3", "1", "column"), ("p4", None, "settled"),
        ("old", "2", "rule"),
    )
]  # fmt: skip
ISSUES = [
    {
        "rule": "amount_unreadable",
        "severity": "error",
        "province_code": "64",
        "path": "plan.xlsx",
        "cell": "E14",
    },
    {
        "rule": "amount_unreadable",
        "severity": "error",
        "province_code": "64",
        "path": "plan.xlsx",
        "cell": "E15",
    },
    {"rule": "sheet_hidden", "severity": "info", "province_code": None, "path": "bill.xlsx", "cell": None},
]
TOTALS = [
    {
        "file_id": "plan",
        "stated_baht": Decimal("5.00"),
        "computed_baht": Decimal("4.00"),
        "difference_baht": Decimal("1.00"),
    },
    {
        "file_id": "plan_old",
        "stated_baht": Decimal("9.00"),
        "computed_baht": Decimal("9.00"),
        "difference_baht": Decimal(0),
    },
]
TABLES: Mapping[str, list[Row]] = {
    "raw_file": [
        {
            "file_id": name,
            "path": f"{name}.xlsx",
            "sha256": f"s-{name}",
            "bytes": 1,
            "status": "superseded" if name == "plan_old" else "loaded",
            "received_on": date(2022, 11, 5),
        }
        for name in FILES
    ],
    "core_province": [
        {"province_code": code, "iso_code": f"TH-{code}", "name_th": name, "name_en": code, "slug": code}
        | {"cluster": cluster, "region4": region, "region6": region, "is_pilot": False}
        for code, name, cluster, region in PROVINCES
    ],
    "core_indicator": INDICATORS,
    "core_indicator_definition": [
        {
            "indicator_code": TOTAL,
            "name_th": "ประชากร",
            "topic": "population",
            "unit": "คน",
            "period_basis": "point",
        }
        | {"direction": "neutral", "is_verified": True}
    ],
    "core_budget_line": LINES,
    "core_project": PROJECTS,
    "core_amount": AMOUNTS,
    "core_plan_item": PLAN_ITEMS,
    "core_project_alignment": ALIGNMENT,
    "quality_issue": [
        *({"message_th": f"ข้อความ {n}", "stage": "ingest"} | row for n, row in enumerate(ISSUES)),
        {"rule": "total_mismatch", "severity": "warning", "province_code": "65", "path": "plan.xlsx"}
        | {"message_th": "ยอดรวมไม่ตรง", "stage": "check", "rule_group": "reconciled"},
    ],
    "raw_table": [
        {
            "table_id": f"t-{status}",
            "file_id": "plan",
            "sheet": "แผน",
            "table_number": number,
            "cell_range": f"A{number}:F20",
        }
        | {"is_hidden": False, "status": status, "reason": "ไม่มีหัวตาราง", "records": 0, "province_code": "64"}
        | {"kind": "project"}
        for number, status in enumerate(("loaded", "refused"), start=1)
    ],
    "raw_row": [
        {"file_id": "plan", "table_id": f"t-{status}", "sheet": "แผน", "row_number": 14, "role": "refused"}
        | {"cells": "{}"}
        for status in ("loaded", "refused")
    ],
    "quality_total": [
        {"province_code": "64", "sheet": "แผน", "cell": "E99", "measure": "requested"} | row for row in TOTALS
    ],
    "quality_change": [
        {"change": change, "subject": "โครงการ ก", "field": field, "old_value": old, "new_value": new}
        | {
            "province_code": "64",
            "fiscal_year_be": 2565,
            "earlier_file_id": "plan_old",
            "earlier_sheet": "แผน",
        }
        | {"earlier_row_number": 7, "file_id": FILES[0], "sheet": "แผน", "row_number": 8}
        for change, field, old, new in (
            ("changed", "amount_baht", "1.00", "2.00"),
            ("changed", "agency_name", "กรม ก", "กรม ข"),
            ("removed", None, None, None),
        )
    ],
    **SINCE,
    **dict(grading_rows()),
    "core_release": [
        {"release_name": "r1", "built_on": date(2022, 12, 1), "is_sample": True, "pipeline_version": "0"}
        | {"data_cutoff": date(2022, 11, 5), "fiscal_year_be": 2565}
    ],
}


def build(database: Path) -> None:
    """Make the warehouse with its views, and what they stand on besides."""
    with store.open_for_writing(database) as connection:
        store.create_tables(connection)
        for tables in (TABLES, view_study.TABLES):
            for name, rows in tables.items():
                store.append(connection, name, pd.DataFrame(rows))
        store.create_views(connection)
        lay_districts(connection)
        lay_likeness(connection, 88)
        lay_suppression(connection)
