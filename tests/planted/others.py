"""Errors in other tables: plans by quarter, part and year, columns of provinces and years, whole sheets, statistics."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from tests.planted.form import NAMES, Planted, add_up, rows_of, write

Rows = list[list[Any]]
QUARTERS = ("แผนการใช้จ่าย", *(f"แผนการใช้จ่าย ไตรมาส {number}" for number in range(1, 5)))
PARTS = ("งบประมาณ", "งบลงทุน", "งบดำเนินงาน")
YEARS = ("งบประมาณ ปี 2566", "งบประมาณ ปี 2567", "งบประมาณ ปี 2568")
# The place of each in the folder's list of provinces: files do not share one.
PLACES = {"quarters": 20, "parts": 21, "years": 22, "unit": 23}

OTHERS = (
    Planted("quarters_wrong", "amount_periods_add_up", "D6"),
    Planted("parts_too_much", "amount_parts_within_whole", "D5"),
    Planted("parts_too_little", "amount_parts_add_up", "D7"),
    Planted("years_repeated", "amount_year_repeated", "F4"),
    Planted("sheet_in_other_unit", "sheet_unit_suspect", "J4", also=frozenset({"amount_too_large"})),
    Planted("province_misspelt", "province_unknown", "B6"),
    Planted("province_empty", "province_missing", "B7"),
    Planted("year_in_words", "year_unreadable", "C8"),
    Planted("year_far", "project_year_far_from_sheet", "C9"),
    Planted("most_rows_refused", "table_refused", None, also=frozenset({"province_unknown"})),
    Planted("figure_unreadable", "value_unreadable", "C5"),
    Planted("province_twice", "indicator_row_repeated", "A6", also=frozenset({"indicator_total_differs"})),
    Planted("figures_repeated", "indicator_year_repeated", "D4"),
    Planted("figure_total_wrong", "indicator_total_differs", "C24"),
    Planted(
        "growth_from_nothing",
        "indicator_growth_from_nothing",
        "E7",
        also=frozenset({"form_read_differently"}),
    ),
)


def write_others(folder: Path, provinces: list[str]) -> None:
    """Write the workbooks of OTHERS."""
    _write_plans(folder, provinces)
    _write_columns(folder, provinces)
    _write_figures(folder, provinces)
    cells = rows_of(provinces[PLACES["unit"]]) | {"A2": "หน่วย : พันบาท"}
    write(folder / "unit" / "sheet_in_other_unit.xlsx", add_up(cells))


def _plan(title: str, heads: Sequence[str], amounts: Sequence[Sequence[int]]) -> Rows:
    """A plan in the shape that the forms have: number, name, agency, amounts."""
    records = [
        [number, f"โครงการ{name}", "สำนักงานยุติธรรมจังหวัด", *values]
        for number, (name, values) in enumerate(zip(NAMES, amounts, strict=False), start=1)
    ]
    return [[title], ["หน่วย : บาท"], ["ลำดับ", "ชื่อโครงการ", "หน่วยงานรับผิดชอบ", *heads], *records]


def _write_plans(folder: Path, provinces: list[str]) -> None:
    """Write the plans by quarter, by part and by year."""
    numbers = [120_000 + 11_000 * number for number in range(6)]
    titles = {name: f"แผน จังหวัด{provinces[place]} ปีงบประมาณ 2565" for name, place in PLACES.items()}
    quarters = _plan(titles["quarters"], QUARTERS, [[n, *[n // 4] * 4] for n in numbers])
    quarters[5][4] += 7_000
    parts = [[n, n // 2, n - n // 2] for n in numbers]
    much = _plan(titles["parts"], PARTS, [[n, a, b + 9_000 * (i == 1)] for i, (n, a, b) in enumerate(parts)])
    little = _plan(
        titles["parts"].replace("2565", "2566"),
        PARTS,
        [[n, a, b - 9_000 * (i == 3)] for i, (n, a, b) in enumerate(parts)],
    )
    years = _plan(titles["years"], YEARS, [[n, n + 5_000 * i, n] for i, n in enumerate(numbers, start=1)])
    for name, rows in (
        ("quarters_wrong", quarters), ("parts_too_much", much), ("parts_too_little", little), ("years_repeated", years),
    ):  # fmt: skip
        _write(folder / name / f"{name}.xlsx", rows)


def _write_columns(folder: Path, provinces: list[str]) -> None:
    """Write plans whose rows say their province and year."""
    changes = {
        "province_misspelt": (6, 1, "สุโขทอง"), "province_empty": (7, 1, None), "year_in_words": (8, 2, "ปีหน้า"),
        "year_far": (9, 2, 2554), "most_rows_refused": (0, 0, None),
    }  # fmt: skip
    for number, (name, (row, column, value)) in enumerate(changes.items()):
        rows: Rows = [
            ["แผนงานโครงการ"],
            ["หน่วย : บาท"],
            ["ลำดับ", "จังหวัด", "ปีงบประมาณ", "ชื่อโครงการ", "งบประมาณ"],
        ]
        for place in range(24):
            province = (
                provinces[30 + number] if name != "most_rows_refused" or place < 8 else f"เมืองสมมติ{place}"
            )
            project = f"โครงการ{NAMES[place % 12]} ระยะที่ {place // 12 + 1}"
            rows.append([place + 1, province, 2565, project, 90_000 + 4_000 * place + 500 * number])
        if row:
            rows[row - 1][column] = value
        _write(folder / name / f"{name}.xlsx", rows)


def _write_figures(folder: Path, provinces: list[str]) -> None:
    """Write tables of statistics by province."""
    for number, error in enumerate(error for error in OTHERS[10:]):
        heads = ["จังหวัด", "ปี 2562 (คน)", "ปี 2563 (คน)", "ปี 2564 (คน)"]
        rows: Rows = [[f"จำนวนผู้รับบริการเรื่องที่ {'กขคงจ'[number]} รายจังหวัด"], [None], heads]
        for place, province in enumerate(provinces[:20]):
            rows.append([province, *(700 + 31 * place + 17 * year + number for year in (2, 3, 5))])
        if error.name == "figures_repeated":
            for row in rows[3:]:
                row[3] = row[1]
        if error.name == "figure_unreadable":
            rows[4][2] = "ประมาณพัน"
        if error.name == "province_twice":
            rows[5][0] = rows[12][0]
        if error.name == "growth_from_nothing":
            rows[2].append("อัตราเพิ่ม ปี 2564 (ร้อยละ)")
            for row in rows[3:]:
                row.append(round(100 * (row[3] - row[2]) / row[2], 1))
            rows[6][2], rows[6][4] = "-", 100.0
        if error.name == "figure_total_wrong":
            rows.append(["รวม", *(sum(row[column] for row in rows[3:]) for column in (1, 2, 3))])
            rows[-1][2] += 45
        _write(folder / error.name / f"{error.name}.xlsx", rows)


def _write(path: Path, rows: Rows) -> None:
    """Write rows as a workbook."""
    cells = {
        f"{chr(ord('A') + column)}{row}": value
        for row, values in enumerate(rows, start=1)
        for column, value in enumerate(values)
    }
    write(path, cells)
