"""Made-up provincial plans to measure with; no figure in them is anybody's."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

import xlsxwriter

from pipeline.cluster.processes import map_unordered
from pipeline.provinces import Province

FIRST_YEAR_BE = 2562
_HEAD = (
    "ลำดับที่",
    "ชื่อโครงการ",
    "กิจกรรมหลัก",
    "ตัวชี้วัด",
    "กลุ่มเป้าหมาย",
    "หน่วยงานรับผิดชอบ",
    "แหล่งงบประมาณ",
    "คำขอ",
    "ไตรมาส 1",
    "ไตรมาส 2",
    "ไตรมาส 3",
    "ไตรมาส 4",
    "หมายเหตุ",
)
_SECTION_EVERY = 50
_AIMS = ("ป้องกันยาเสพติดในชุมชน", "ส่งเสริมยุติธรรมชุมชน", "คุ้มครองสิทธิเด็กและเยาวชน", "ลดการกระทำผิดซ้ำ", "ไกล่เกลี่ยข้อพิพาท")
_OFFICES = ("สำนักงานยุติธรรมจังหวัด", "สำนักงานคุมประพฤติจังหวัด", "เรือนจำจังหวัด", "ที่ทำการปกครองจังหวัด")


def write_plans(
    folder: Path, provinces: Sequence[Province], *, years: int, rows: int, jobs: int
) -> list[Path]:
    """Write one workbook a province and year, each a table of `rows` projects in sections with a total below.

    Args:
        folder: where they are written.
        provinces: whose they are.
        years: how many workbooks a province.
        rows: projects a workbook.
        jobs: processes at once.

    Returns:
        The files, in order.
    """
    plans = [
        (province, year) for province in provinces for year in range(FIRST_YEAR_BE, FIRST_YEAR_BE + years)
    ]
    return sorted(map_unordered(partial(_write_plan, folder, rows), plans, jobs=jobs, died=_died))


def _died(plan: tuple[Province, int]) -> Path:
    """Without its workbooks there is nothing to measure."""
    raise AssertionError(f"{plan[0].slug} {plan[1]}: the writing process died")


def _write_plan(folder: Path, rows: int, plan: tuple[Province, int]) -> Path:
    """Write one workbook as offices do: titles, a unit cell, a head of two rows, sections, numbers also as text."""
    province, year = plan
    name = province.name_th
    path = folder / province.slug / f"แผน{year}.xlsx"
    path.parent.mkdir(parents=True, exist_ok=True)
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet("แผน")
        sheet.write(0, 0, f"บัญชีโครงการตามแผนพัฒนาการบริหารงานยุติธรรม จังหวัด{name}")
        sheet.write(1, 0, f"ประจำปีงบประมาณ พ.ศ. {year}")
        sheet.write(2, len(_HEAD) - 1, "หน่วย : บาท")
        for column, text in enumerate(_HEAD):
            if 8 <= column <= 11:
                sheet.write(4, column, text)
            else:
                sheet.merge_range(3, column, 4, column, text)
        sheet.merge_range(3, 8, 3, 11, "แผนการใช้จ่าย")
        row, total = 5, 0
        for number in range(rows):
            if number % _SECTION_EVERY == 0:
                sheet.write(row, 0, f"ยุทธศาสตร์ที่ {number // _SECTION_EVERY + 1} การอำนวยความยุติธรรม")
                row += 1
            total += _write_project(sheet, row, number, name)
            row += 1
        sheet.write(row, 1, "รวมทั้งสิ้น")
        sheet.write(row, 7, total)
    return path


def _write_project(sheet: xlsxwriter.worksheet.Worksheet, row: int, number: int, name: str) -> int:
    """Write one project; returns what it asks for, in baht."""
    aim, office = _AIMS[number % len(_AIMS)], _OFFICES[number % len(_OFFICES)]
    baht = 20_000 + number * 700
    sheet.write_row(
        row,
        0,
        (
            number + 1,
            f"โครงการ{aim} ตำบลที่ {number + 1}",
            f"อบรมให้ความรู้ รุ่นที่ {number % 7 + 1}",
            f"ร้อยละ {60 + number % 40} ของผู้เข้าร่วมมีความรู้เพิ่มขึ้น",
            f"ประชาชน {30 + number % 200} คน",
            f"{office}{name}",
            "งบจังหวัด" if number % 3 else "กองทุนยุติธรรม",
        ),
    )
    is_text = number % 10 == 0
    sheet.write(row, 7, f"{baht:,}.-" if is_text else baht)
    sheet.write_row(row, 8, (baht / 4,) * 4)
    if number % 25 == 0:
        sheet.write(row, 12, "ดำเนินการร่วมกับภาคีเครือข่าย")
    return baht
