"""A rich form that adds up: projects with plan, agency, indicator, dates, money by stage, percentages and totals."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import xlsxwriter

HEAD = (
    "ลำดับ", "ชื่อโครงการ", "แผนงาน", "หน่วยงานรับผิดชอบ", "ตัวชี้วัด", "หน่วยนับ", "วันที่เริ่มต้น", "วันที่สิ้นสุด", "แหล่งงบประมาณ",
    "งบประมาณที่ได้รับจัดสรร", "โอนเปลี่ยนแปลง", "งบสุทธิ", "ก่อหนี้ผูกพัน", "เบิกจ่าย", "ใช้จ่าย", "คงเหลือ", "ร้อยละการเบิกจ่าย", "หมายเหตุ",
)  # fmt: skip
NAMES = (
    "อบรมให้ความรู้กฎหมายแก่ประชาชน", "รณรงค์ป้องกันยาเสพติดในสถานศึกษา", "พัฒนาผู้ไกล่เกลี่ยข้อพิพาทชุมชน", "ส่งเสริมอาชีพผู้พ้นโทษ",
    "เสริมสร้างเครือข่ายยุติธรรมชุมชน", "บำบัดฟื้นฟูผู้เสพโดยชุมชน", "ค่ายเยาวชนรู้เท่าทันภัยออนไลน์", "ลดการกระทำผิดซ้ำของเด็ก",
    "คลินิกกฎหมายเคลื่อนที่รายตำบล", "เยี่ยมบ้านผู้ถูกคุมความประพฤติ", "ประชาสัมพันธ์กองทุนยุติธรรม", "ฝึกทักษะอาสาสมัครคุมประพฤติ",
)  # fmt: skip
AGENCIES = ("สำนักงานยุติธรรมจังหวัด", "สำนักงานคุมประพฤติ", "ที่ทำการปกครองอำเภอเมือง")
FIRST, MONEY = 4, "JKLMNOP"
LAST = FIRST + len(NAMES) - 1
TOTAL = LAST + 1
Cells = dict[str, Any]


@dataclass(frozen=True)
class Planted:
    """One planted error.

    Attributes:
        name: what is wrong; the file's name.
        rule: the finding that must tell it.
        cell: where.
        edits: cells that are changed before the totals are added up; None empties a cell.
        after: cells that are changed after.
        also: what else may be told, as a consequence.
        explains: what the message must say.
    """

    name: str
    rule: str
    cell: str | None
    edits: Mapping[str, Any] = field(default_factory=dict)
    after: Mapping[str, Any] = field(default_factory=dict)
    also: frozenset[str] = frozenset()
    explains: str = ""


def rows_of(province: str) -> Cells:
    """The cells of a form in which nothing is wrong."""
    cells: Cells = {"A1": f"แผนงานโครงการ จังหวัด{province} ปีงบประมาณ พ.ศ. 2565", "A2": "หน่วย : บาท"}
    letters = [chr(ord("A") + index) for index in range(len(HEAD))]
    cells |= {f"{letter}3": head for letter, head in zip(letters, HEAD, strict=True)}
    for number, name in enumerate(NAMES, start=1):
        row = FIRST + number - 1
        allocated, moved = 103_000 + number * 17_300, 5_000 * (number % 3) - 5_000
        net = allocated + moved
        committed, paid = 4_100 + 300 * number, round(net * (40 + number) / 100)
        values = (
            number, f"โครงการ{name}", "แผนงานยุติธรรมชุมชน", AGENCIES[number % 3], "จำนวนผู้เข้าร่วม", "คน",
            date(2021, 11, number), date(2022, 8, number), "งบจังหวัด", allocated, moved, net, committed, paid,
            committed + paid, net - committed - paid, round(100 * paid / net, 2), None,
        )  # fmt: skip
        cells |= {f"{letter}{row}": value for letter, value in zip(letters, values, strict=True)}
    return cells


def add_up(cells: Cells) -> Cells:
    """Add the row of totals to the cells of a form."""
    rows = range(FIRST, LAST + 1)
    counted = sum(cells.get(f"A{row}") is not None for row in rows)
    totals: Cells = {f"B{TOTAL}": f"รวม {counted} โครงการ"}
    for letter in MONEY:
        numbers = [cells.get(f"{letter}{row}") for row in rows]
        totals[f"{letter}{TOTAL}"] = sum(number for number in numbers if isinstance(number, int | float))
    return cells | totals


def plant(province: str, error: Planted) -> Cells:
    """The cells of a form with one error in it."""
    return add_up(rows_of(province) | dict(error.edits)) | dict(error.after)


def move_row(cells: Cells, source: int, target: int) -> Cells:
    """What one row holds, as edits of another; its running number stays the other's."""
    return {
        f"{match[1]}{target}": value
        for cell, value in cells.items()
        if (match := re.fullmatch(rf"([B-R]){source}", cell))
    }


def write(path: Path, cells: Cells, *, sheet: str = "แผน") -> None:
    """Write cells as a workbook."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with xlsxwriter.Workbook(str(path)) as book:
        page = book.add_worksheet(sheet)
        day = book.add_format({"num_format": "dd/mm/yyyy"})
        for cell, value in cells.items():
            if isinstance(value, date):
                page.write_datetime(cell, value, day)
            elif value is not None:
                page.write(cell, value)
