"""A warehouse of 77 provinces filled at random from a seed, with whatever forms and statistics may state."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from pipeline import store
from pipeline.alignment import analyse
from pipeline.provinces import load_gazetteer
from pipeline.reference import load_reference

SEED = 20_220_630
Row = dict[str, Any]
CODES = sorted(load_gazetteer().provinces)
# Not even numbers know everything: these provinces have no project, no figure, or nothing at all.
NO_PROJECT, NO_FIGURE = {"91", "58"}, {"91", "12"}
NAMES = ("อบรมสายตรวจป้องกันยาเสพติด", "ไกล่เกลี่ยข้อพิพาทในชุมชน", "ค่ายเยาวชนต้านยาเสพติด", "ช่วยเหลือผู้พ้นโทษ", "ตรวจเยี่ยมเรือนจำ",
         "อบรมสายตรวจป้องกันยาเสพติต", "รณรงค์ลดอุบัติเหตุ")  # fmt: skip
AGENCIES = ("สำนักงานยุติธรรมจังหวัด", "เรือนจำจังหวัด", "สนง.คุมประพฤติ", "หน่วยที่ไม่มีใครรู้จัก", None)
FUNDS = ("งบจังหวัด", "กองทุนยุติธรรม", "เงินที่ไม่มีใครรู้จัก", None)
CATEGORIES = ("งบดำเนินงาน", "งบลงทุน", "หมวดที่ไม่มีใครรู้จัก", None)
AREAS = ("อ.เมือง", "ทุกอำเภอ", "ที่ใดที่หนึ่ง", None)
KPIS = ("ร้อยละ 80 ของผู้เข้าร่วมมีความรู้เพิ่มขึ้น", "จัดอบรม", "จำนวนครั้ง ๓ ครั้ง", "คดีลดลงร้อยละ 5 จากปีที่ผ่านมา", None)
MEASURES = ("requested", "allocated", "net_allocated", "disbursed", "spent", "budget", "planned")
MONTHS = [f"M{month:02d}" for month in (10, 11, 12, *range(1, 10))]
COUNTS = {
    "crime_person_reported": ("คดี", 60), "crime_person_arrested": ("ราย", 50), "crime_violent_reported": ("คดี", 12),
    "crime_violent_arrested": ("ราย", 9), "juvenile_case_total": ("คดี", 0), "juvenile_case_sex": ("คดี", 6),
    "juvenile_case_drug": ("คดี", 30), "road_harm_dead": ("คน", 25),
}  # fmt: skip


def build(database: Path) -> None:
    """Make the warehouse, analysed, with its views."""
    dice = np.random.default_rng(SEED)
    projects, amounts = _projects(dice)
    tables = {
        "raw_file": [
            {"file_id": name, "path": f"{name}.xlsx", "sha256": f"s-{name}", "bytes": 1}
            | {"received_on": date(2022, 11, 5), "status": "superseded" if name == "old" else "loaded"}
            for name in ("plan", "old", "stat", "stat2", "bill")
        ],
        "core_project": projects,
        "core_amount": amounts,
        "core_indicator": _figures(dice),
        "core_budget_line": _lines(dice),
        "core_feedback": _answers(np.random.default_rng(SEED + 1)),
    }  # fmt: skip
    with store.open_for_writing(database) as connection:
        store.create_tables(connection)
        load_reference(connection)
        connection.execute(
            "INSERT INTO core_deflator VALUES (2564, 98, '2565', true, 't'), (2565, 100, '2565', true, 't')"
        )
        for name, rows in tables.items():
            store.append(connection, name, pd.DataFrame(rows))
        store.create_views(connection)
    analyse(database, database.parent, [])
    store.keep_views(database, near_score=88, previous=None)


def _pick(dice: np.random.Generator, choices: tuple[Any, ...]) -> Any:
    return choices[int(dice.integers(len(choices)))]


def _projects(dice: np.random.Generator) -> tuple[list[Row], list[Row]]:
    projects, amounts = [], []
    for code in CODES:
        for number in range(0 if code in NO_PROJECT else int(dice.integers(1, 16))):
            year, is_old = 2564 + int(dice.integers(4)), dice.random() < 0.1
            row = {
                "project_id": f"{code}-{number}",
                "province_code": code,
                "project_name": _pick(dice, NAMES),
            }
            row["project_name"] += _pick(dice, ("", " ปี 2565", f" ปีงบประมาณ พ.ศ. {year}", " รุ่นที่ 2"))
            row |= {"agency_name": _pick(dice, AGENCIES), "fiscal_year_be": _pick(dice, (year, year, None))}
            row |= {
                "fund_source": _pick(dice, FUNDS),
                "expense_category": _pick(dice, CATEGORIES),
                "area": _pick(dice, AREAS),
            }
            row |= {
                "kpi": _pick(dice, KPIS),
                "target": _pick(dice, ("100 คน", "ประชาชน", None)),
                "is_current": not is_old,
            }
            place = {"file_id": "old" if is_old else "plan", "sheet": "แผน"}
            projects.append(row | place | {"row_number": number + 5})
            amounts += _amounts(dice, row["project_id"], year, place)
    return projects, amounts


def _amounts(dice: np.random.Generator, project: str, year: int, place: Row) -> list[Row]:
    """State each of some measures in one way or another: the year, quarters, months, or parts beside or without it."""
    rows = []
    for measure in dice.choice(MEASURES, int(dice.integers(1, 5)), replace=False):
        ways = [
            ("year",),
            ("Q1", "Q2", "Q3"),
            tuple(MONTHS[:5]),
            ("year", "Q1", "Q2", "Q3", "Q4"),
            ("Q1", *MONTHS[3:6]),
        ]
        for period in _pick(dice, tuple(ways)):
            rows.append({"measure": str(measure), "period": period})
        if dice.random() < 0.3:
            rows += [{"measure": str(measure), "period": "year", "category": name} for name in CATEGORIES[:2]]
        if dice.random() < 0.3:
            rows = [row for row in rows if row["measure"] != measure]
            rows += [{"measure": str(measure), "period": "year", "fund_source": name} for name in FUNDS[:3]]
    baht = [None if dice.random() < 0.05 else Decimal(int(dice.integers(0, 9_000_000))) / 100 for _ in rows]
    shared = {
        "project_id": project,
        "fiscal_year_be": year,
        "unit": "บาท",
        "category": None,
        "fund_source": None,
    }
    return [
        shared | place | row | {"amount_baht": amount, "cell": f"F{number}"}
        for number, (row, amount) in enumerate(zip(rows, baht, strict=True), start=5)
    ]


def _figures(dice: np.random.Generator) -> list[Row]:
    rows: list[Row] = []
    for code in CODES:
        if code in NO_FIGURE:
            continue
        persons = float(dice.integers(180_000, 2_000_000))
        for year in range(2560, 2566):
            rows.append(_figure(code, "population_registered_total", year, persons, "คน", basis="point"))
            rows.append(_figure(code, "gpp_current_price", year, float(dice.integers(2e4, 9e5)), "ล้านบาท"))
            rows.append(
                _figure(
                    code,
                    "work_insured_employee",
                    year,
                    persons * dice.uniform(0.02, 0.4),
                    "คน",
                    basis="point",
                )
            )
            rows.append(_figure(code, "poverty_people_share", year, float(dice.uniform(1, 30)), "ร้อยละ"))
            cases = {name: float(dice.poisson(mean)) for name, (_, mean) in COUNTS.items()}
            cases["juvenile_case_total"] = cases["juvenile_case_sex"] + cases["juvenile_case_drug"]
            for name, (unit, _) in COUNTS.items():
                basis = "FY" if name.startswith("road") else "CY"
                rows.append(_figure(code, name, year, cases[name], unit, basis=basis))
            tips = 12 if dice.random() < 0.8 else 9
            rows += [
                _figure(code, name, year, float(dice.poisson(8)), "เรื่อง") | {"period": f"M{month:02d}"}
                for month in range(1, tips + 1)
                for name in ("drug_tip_received", "drug_tip_found")
            ]
    lost = dice.random(len(rows)) < 0.03
    kept = [row | {"value": None} if is_lost else row for row, is_lost in zip(rows, lost, strict=True)]
    other = [
        row | {"file_id": "stat2", "source": "อื่น", "source_rank": 2, "value": (row["value"] or 0) + 1}
        for row in kept[::9]
    ]
    return kept + other


def _figure(code: str, name: str, year: int, value: float, unit: str, *, basis: str = "CY") -> Row:
    row = {
        "province_code": code,
        "indicator_code": name,
        "year_be": year,
        "period_basis": basis,
        "period": "year",
    }
    row |= {"value": value, "unit": unit, "source": "ต้นทาง", "source_rank": 1}
    return row | {"file_id": "stat", "sheet": "ก", "cell": "B2"}


def _answers(dice: np.random.Generator) -> list[Row]:
    return [
        {
            "province_code": _pick(dice, CODES), "fiscal_year_be": _pick(dice, (2564, 2565)),
            "question": _pick(dice, ("useful", "understood", "satisfied")), "score": _pick(dice, (1, 2, 3, 4, 5, None)),
            "words": _pick(dice, ("ดี", None)), "is_current": bool(_pick(dice, (True, True, False))),
            "file_id": "plan", "sheet": "", "row_number": number, "cell": f"B{number}",
        }
        for number in range(1, 900)
    ]  # fmt: skip


def _lines(dice: np.random.Generator) -> list[Row]:
    rows = []
    for number in range(600):
        row = {
            "line_id": f"l{number}",
            "province_code": _pick(dice, (*CODES[:60], None)),
            "fiscal_year_be": _pick(dice, (2564, 2565)),
        }
        row |= {"stage": _pick(dice, ("bill", "act")), "plan": _pick(dice, ("แผนงาน ก", "แผนงาน ข", None))}
        row |= {"project": _pick(dice, ("โครงการ ก", None)), "output": _pick(dice, ("ผลผลิต ก", None))}
        row |= {
            "category_1": _pick(dice, CATEGORIES),
            "amount_baht": Decimal(int(dice.integers(1, 9_000_000_000))) / 100,
        }
        row |= {
            "is_obligation": False,
            "unit": "บาท",
            "file_id": "bill",
            "sheet": "",
            "row_number": number,
            "cell": "S1",
        }
        rows.append(row | {"document": "ฉบับที่ 3"})
    return rows
