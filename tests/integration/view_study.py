"""What the study adds to the small warehouse: definitions, reference rows, more projects, the release before."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

Row = dict[str, Any]
CRIMES = ("violent", "person")
SENSITIVE = "juvenile_case_sex"


def definition(code: str, **more: Any) -> Row:
    row = {
        "indicator_code": code,
        "name_th": code,
        "topic": code.split("_")[0],
        "unit": "คดี",
        "period_basis": "CY",
    }
    return (
        row | {"direction": "lower_better", "is_verified": False, "is_sensitive": False, "theme": None} | more
    )


def list_figures(figure: Callable[..., Row]) -> list[Row]:
    """Figures by which provinces are alike, and of children, whose small numbers are not shown."""
    gpp = {"64": 50_000, "65": 100_000, "48": 45_000, "10": 5_000_000, "38": 28_000}
    insured = {"64": 20_000, "65": 60_000, "48": 15_000, "10": 3_000_000, "38": 9_000}
    cases = {"64": 3, "65": 40, "48": 12, "38": 7, "10": 90}
    calendar = {"period_basis": "CY"}
    return [
        *(
            figure(code, "gpp_current_price", 2554, value, unit="ล้านบาท", **calendar)
            for code, value in gpp.items()
        ),
        *(figure(code, "work_insured_employee", 2554, value, unit="คน") for code, value in insured.items()),
        *(figure(code, SENSITIVE, 2554, value, unit="คดี", **calendar) for code, value in cases.items()),
    ]


def list_projects(project: Callable[..., Row]) -> list[Row]:
    """Projects of one name by two agencies, of nearly that name, and of three years."""
    row = {"project_name": "อบรมสายตรวจชุมชน", "fiscal_year_be": 2566}
    return [
        project(
            "q1", "65", agency="หน่วย ก", **row, area="อ.เมือง", kpi="ร้อยละ 80 มีความรู้เพิ่มขึ้น", target="100 คน"
        ),
        project("q2", "65", agency="หน่วย ข", **row, area="ทุกอำเภอ", kpi="จำนวนครั้ง", fund_source="งบจังหวัด"),
        project(
            "q3",
            "65",
            agency="หน่วย ข",
            project_name="อบรมสายตรวจชุมซน",
            fiscal_year_be=2567,
            area="อ.เมือง และ อ.นครไทย",
        ),
        project(
            "q4", "65", agency="หน่วย ก", project_name="โครงการอบรมสายตรวจชุมชน ปี 2565", fiscal_year_be=2565
        ),
    ]


def list_amounts(amount: Callable[..., Row]) -> list[Row]:
    """Their money: by quarters, and of the year."""
    quarters = zip(("Q1", "Q2", "Q3"), ("100.00", "200.00", "400.50"), ("M2", "N2", "O2"), strict=True)
    return [
        amount("q1", "allocated", "1000.00", "L2"),
        *(amount("q1", "disbursed", baht, cell, period=period) for period, baht, cell in quarters),
        amount("q2", "allocated", "500.00", "L3"),
        amount("q2", "net_allocated", "600.00", "M3"),
        amount("q2", "disbursed", "300.00", "N3"),
        amount("q3", "allocated", "1500.00", "L4", fiscal_year_be=2567),
        amount("q4", "allocated", "900.00", "L5", fiscal_year_be=2565),
    ]


DEFINITIONS = [
    *(definition(f"crime_{group}_reported", theme="crime") for group in CRIMES),
    *(definition(f"crime_{group}_arrested", unit="ราย") for group in CRIMES),
    definition("juvenile_case_total", is_sensitive=True),
    definition(SENSITIVE, is_sensitive=True),
]
BREAKS = [
    {"indicator_code": "crime_person_reported", "year_be": 2554, "why_th": "เปลี่ยนวิธีนับ"}
    | {"is_verified": False, "source": "ทดสอบ"}
]
_SOURCE: Row = {"is_verified": True, "source": "ทดสอบ"}
TAGS = [
    {"tag_code": "patrol", "name_th": "สายตรวจ", "theme": "crime", "theme_th": "อาชญากรรม"} | _SOURCE,
    {"tag_code": "camp", "name_th": "ค่าย", "theme": "juvenile", "theme_th": "เด็กและเยาวชน"} | _SOURCE,
]
AGENCIES = [
    {
        "agency_code": "a1",
        "name_th": "สำนักงาน ก",
        "short_forms": None,
        "followed_by": "none",
        "group_th": "ยธ.",
    }
    | {"is_figures_only": False}
    | _SOURCE
]
TABLES: Mapping[str, list[Row]] = {
    "core_indicator_definition": DEFINITIONS,
    "core_indicator_break": BREAKS,
    "core_tag": TAGS,
    "core_agency": AGENCIES,
    "core_agency_name": [
        {"agency_name": "หน่วย ก", "agency_code": "a1", "match_type": "name"},
        {"agency_name": "หน่วย ข", "agency_code": None, "match_type": "unknown"},
    ],
    "core_feedback": [
        {"province_code": "64", "fiscal_year_be": 2565, "question": "useful", "score": score, "words": words}
        | {"file_id": "plan", "sheet": "ประเมิน", "row_number": row, "cell": f"C{row}"}
        for row, (score, words) in enumerate(((4, None), (5, "อ่านง่าย"), (None, "ขอแผนที่")), start=6)
    ],
    "core_fund_source": [
        {"code": "area", "name_th": "งบจังหวัด (มาตรฐาน)", "group_th": "งบพื้นที่"} | _SOURCE,
    ],
    "core_fund_source_name": [{"fund_source": "งบจังหวัด", "code": "area", "match_type": "word"}],
    "core_project_tag": [
        {"project_id": project, "tag_code": tag, "how": "rule"}
        for project, tag in (
            ("p1", "patrol"),
            ("p1", "camp"),
            ("p3", "patrol"),
            ("q1", "patrol"),
            ("q2", "patrol"),
        )
    ],
    "core_spending_target": [
        {
            "fiscal_year_be": 2566,
            "quarter": "Q3",
            "scope_th": "ภาพรวม",
            "measure": "disbursed",
            "target_pct": Decimal(72),
        }
        | _SOURCE
    ],
    "core_fiscal_year_note": [{"fiscal_year_be": 2566, "note_th": "หมายเหตุ"} | _SOURCE],
    "core_deflator": [
        {"year_be": year, "index": Decimal(index), "base": "2565"} | _SOURCE
        for year, index in ((2565, 100), (2566, 104))
    ],
    "core_previous_figure": [
        {"figure": "indicator", "province_code": "64", "code": "crime_person_reported", "year_be": 2554}
        | {
            "period_basis": "CY",
            "period": "year",
            "value": Decimal(170),
            "sources": "old",
            "release_name": "r0",
        },
        {"figure": "project", "province_code": "48", "code": "requested", "year_be": 2565}
        | {
            "period_basis": "FY",
            "period": "year",
            "value": Decimal(8),
            "sources": "s-plan",
            "release_name": "r0",
        },
        {"figure": "budget_line", "province_code": "91", "code": "bill", "year_be": 2565}
        | {
            "period_basis": "FY",
            "period": "year",
            "value": Decimal(5),
            "sources": "gone",
            "release_name": "r0",
        },
    ],
}
