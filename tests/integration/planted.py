"""Rows for a small warehouse in which nothing is wrong, and the means to add some that break a rule at a known cell."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any
from zlib import crc32

from pipeline import specs

PLANTED_NAME = "นายสมมติ ทดสอบระบบ"

Place = tuple[str | None, str | None, str | None, str | None]


@dataclass
class Plan:
    """Rows to put into a warehouse, and where each rule is to fire: province, path, sheet and cell."""

    rows: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    places: dict[str, set[Place]] = field(default_factory=dict)

    def add(self, table: str, **row: Any) -> None:
        self.rows.setdefault(table, []).append(row)

    def file(self, name: str) -> dict[str, str]:
        """Give the place of a row in a file and sheet of this name."""
        if all(row["file_id"] != name for row in self.rows.get("raw_file", ())):
            self.add("raw_file", file_id=name, path=f"{name}.xlsx", bytes=1, status="loaded")
        return {"file_id": name, "sheet": name}

    def expect(self, rule: str, *cells: str | None, at: str | None = "", province: str | None = "64") -> None:
        name = rule if at == "" else at
        path = f"{name}.xlsx" if name else None
        self.places.setdefault(rule, set()).update((province, path, name, cell) for cell in cells)

    def project(self, name: str, row: int, *, amounts: str = "budget=50000", **other: Any) -> None:
        """Add a project and, from "requested=100 spent=90", its amounts of the year in F, G, ..."""
        project_id = other.pop("project_id", f"{name}-{row}")
        text = {
            "project_name": f"โครงการ {name} {crc32(name.encode())} {row} {PLANTED_NAME}",
            "agency_name": PLANTED_NAME,
        }
        project = {
            "project_id": project_id,
            "province_code": "64",
            "fiscal_year_be": 2565,
            "is_current": True,
        }
        place = self.file(name)
        self.add("core_project", **project | text | place | {"row_number": row, "note": PLANTED_NAME} | other)
        for column, stated in zip("FGHIJKLM", amounts.split(), strict=False):
            key, value = stated.split("=")
            measure, period, category = (key.split("/") + ["year", None][key.count("/") :])[:3]
            self.amount(
                project_id,
                place,
                f"{column}{row}",
                measure=measure,
                period=period,
                category=category,
                amount_baht=float(value),
            )

    def amount(self, project_id: str, place: dict[str, str], cell: str, **other: Any) -> None:
        amount = {
            "project_id": project_id,
            "fiscal_year_be": 2565,
            "unit": "บาท",
            "text": PLANTED_NAME,
            "cell": cell,
        }
        self.add("core_amount", **amount | place | other)

    def line(self, name: str, row: int, **other: Any) -> None:
        line = {
            "line_id": f"{name}-{row}",
            "province_code": "64",
            "fiscal_year_be": 2565,
            "budgetary_unit": "จังหวัด",
            "item": f"{PLANTED_NAME} {row}",
            "stage": "bill",
            "amount_baht": 50000,
            "is_obligation": False,
            "unit": "บาท",
            "row_number": row,
            "cell": f"F{row}",
        }
        self.add("core_budget_line", **line | self.file(name) | other)

    def indicator(self, name: str, cell: str, *, value: float, **other: Any) -> None:
        row = {
            "province_code": "64",
            "indicator_code": "crime_person_reported",
            "year_be": 2558,
            "period_basis": "CY",
            "period": "year",
            "unit": "คดี",
            "source": name,
            "source_rank": 1,
            "cell": cell,
            "value": value,
        }
        self.add("core_indicator", **row | self.file(name) | other)

    def figures(
        self, name: str, code: str, provinces: list[str], *, year: int, factor: int = 1, **other: Any
    ) -> None:
        """Add one figure a province, each different, in C2, C3, ..."""
        for number, province in enumerate(provinces, start=2):
            self.indicator(
                name,
                f"C{number}",
                value=factor * 1000 + number,
                province_code=province,
                indicator_code=code,
                year_be=year,
                **other,
            )


def definitions() -> list[dict[str, Any]]:
    known = {code: entry for code, entry in specs.load_yaml("indicators").items() if "items" not in entry}
    known["prison_sentenced_share"] = {"name_th": "ร้อยละของนักโทษเด็ดขาด", "unit": "%", "period_basis": "CY"}
    common = {"topic": "crime", "direction": "neutral", "is_verified": True}
    fields = ("name_th", "unit", "period_basis")
    return [
        {"indicator_code": code} | common | {name: entry[name] for name in fields}
        for code, entry in known.items()
    ]


def quarters(measure: str, *amounts: int) -> str:
    return " ".join(f"{measure}/Q{number}={amount}" for number, amount in enumerate(amounts, start=1))


def good_rows(provinces: list[str]) -> Plan:
    """Rows in which nothing is wrong."""
    plan = Plan(rows={"core_indicator_definition": definitions()})
    given = "allocated=200000 transferred=-50000 net_allocated=150000"
    used = "committed=20000 disbursed=100000 spent=120000 remaining=30000"
    for row in range(5, 12):
        plan.project("good", row, amounts=f"requested={row}00000 {given} {used}")
    plan.project("periods", 5, amounts="planned=100000 " + quarters("planned", 25000, 25000, 25000, 25000))
    plan.project(
        "cumulative", 5, amounts="disbursed=100000 " + quarters("disbursed", 20000, 40000, 60000, 100000)
    )
    plan.project("replaced", 5, amounts="disbursed=-1 net_allocated=-2", is_current=False, province_code="99")
    total = {"measure": "allocated", "stated_baht": 1400000, "computed_baht": 1400000, "difference_baht": 0}
    plan.add(
        "quality_total",
        **plan.file("good"),
        **total,
        cell="F12",
        province_code="64",
        first_row=5,
        last_row=11,
    )
    for number, province in enumerate(provinces, start=5):
        if province != "10":
            plan.line("bill", number, province_code=province)
    count = {"unit": "คน", "period_basis": "point"}
    for year in (2564, 2565):
        plan.figures("dopa", "population_registered_total", provinces, year=year, factor=year, **count)
        plan.figures(
            "other", "population_registered_total", provinces, year=year, factor=year, source_rank=2, **count
        )
    newest = [
        row["value"]
        for row in plan.rows["core_indicator"]
        if (row["source"], row["year_be"]) == ("dopa", 2565)
    ]
    nation = {"indicator_code": "population_registered_total", "province_code": None, "year_be": 2565} | count
    plan.indicator("dopa", "C99", value=sum(newest), **nation)
    return plan
