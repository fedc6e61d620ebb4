"""The budget lines of the small warehouse of view_rows."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

Row = dict[str, Any]


def line(number: int, code: str | None, amount: str, **more: Any) -> Row:
    row = {
        "line_id": f"l{number}",
        "province_code": code,
        "fiscal_year_be": 2565,
        "plan": "แผนงาน ก",
        "stage": "bill",
    }
    row |= {
        "project": "โครงการ ก",
        "category_1": "งบลงทุน",
        "amount_baht": Decimal(amount),
        "is_obligation": False,
    }
    row |= {
        "unit": "บาท",
        "file_id": "bill",
        "sheet": "",
        "row_number": number,
        "cell": f"S{number}",
        "document": "ฉบับที่ 3",
    }
    return row | more


LINES = [
    line(1, "64", "100000.10"),
    line(2, "64", "200000.20", project="โครงการ ข", category_1="งบดำเนินงาน"),
    line(3, "64", "0.05", project=None, output="ผลผลิต ค", category_1=None, plan=None),
    line(4, "64", "77.00", stage="act"),
    line(5, "64", "55.00", fiscal_year_be=2564),
    line(6, "65", "900000.00"),
    line(7, None, "12345.00"),
]
