"""The made-up requests for FY2566, one workbook a province, in four layouts that offices use."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

from tests.sample.figures import Row, rows_of
from tests.sample.sheets import add_sheet, new_workbook

DISCLAIMER = "(ตัวอย่างสมมติ มิใช่คำขอจริงของหน่วยงานใด)"
SIGNATURE = "ลงชื่อ ........................................ ผู้รายงาน"
THAI_DIGITS = str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")
PATHS = {
    "64": "สุโขทัย/คำของบประมาณ 2566 จังหวัดสุโขทัย.xlsx",
    "48": "นครพนม/สรุปคำขอ สยจ.นครพนม ปีงบประมาณ 2566.xlsx",
    "83": "ภูเก็ต/แผนคำขอ ปีงบประมาณ ๒๕๖๖ จ.ภูเก็ต.xlsx",
    "70": "ราชบุรี/คำของบ66.xlsx",
}
# The rows that can be read add up to 2,285,600; with the half million that row 4 has in words, to 2,785,600.
# Two digits of that sum stand the wrong way round here, so neither reading agrees with it.
SUKHOTHAI_STATED_TOTAL = 2_875_600


def total_baht(plan: Row) -> int:
    """Add a project's two categories, in baht."""
    return int(plan["operating_baht"]) + int(plan["investment_baht"])


def to_million(baht: int) -> float:
    """Write baht as million baht, exact as a decimal: 354500 is 0.3545."""
    return float(Decimal(baht) / 1_000_000)


def to_thai_baht(baht: int) -> str:
    """Write baht as Thai offices type it: ๒๑๘,๔๐๐.-"""
    return f"{baht:,}.-".translate(THAI_DIGITS)


def write_request_plans(target: Path) -> None:
    """Write the four workbooks under the target folder."""
    write_sukhothai(target / PATHS["64"])
    write_nakhon_phanom(target / PATHS["48"])
    write_phuket(target / PATHS["83"])
    write_ratchaburi(target / PATHS["70"])


def write_sukhothai(path: Path) -> None:
    """Titles over the width, a unit cell, a signature; one amount in words and a wrong total, on purpose."""
    headers = (
        "ลำดับ",
        "ชื่อโครงการ",
        "หน่วยงานรับผิดชอบ",
        "คำของบประมาณ",
        "แหล่งงบประมาณ",
        "ตัวชี้วัด",
        "ค่าเป้าหมาย",
        "หมายเหตุ",
    )
    styles = ("center", "text", "text", "number", "text", "text", "center", "text")
    records = [
        (
            int(plan["row_no"]),
            plan["project_name"],
            plan["agency"],
            plan["written"] or total_baht(plan),
            plan["fund_source"],
            plan["indicator"],
            plan["target"],
            plan["note"],
        )
        for plan in rows_of("requests", province_code="64")
    ]
    with new_workbook(path) as workbook:
        sheet = add_sheet(workbook, "คำขอ 2566", widths=(7, 40, 34, 16, 18, 32, 15, 19), header_rows=(4, 4))
        sheet.put_titles(
            ("แผนงาน/โครงการ คำของบประมาณ จังหวัดสุโขทัย", "ประจำปีงบประมาณ พ.ศ. 2566", DISCLAIMER), len(headers)
        )
        sheet.put(3, 7, "หน่วย : บาท", "unit")
        sheet.put_header(4, headers)
        end = sheet.put_rows(5, records, styles)
        total = ("", "รวมทั้งสิ้น", "", SUKHOTHAI_STATED_TOTAL, "", "", "", "")
        sheet.put_row(end, total, ("total", "total", "total", "total_number", *["total"] * 4))
        sheet.merge((end + 2, 5), (end + 2, 7), SIGNATURE, "signature")


def write_nakhon_phanom(path: Path) -> None:
    """A header of two rows with a group over three columns, a row of column numbers, "-" for nil."""
    plans = rows_of("requests", province_code="48")
    records = [
        (
            int(plan["row_no"]),
            plan["project_name"],
            plan["agency"],
            int(plan["operating_baht"]) or "-",
            int(plan["investment_baht"]) or "-",
            total_baht(plan),
            plan["indicator"],
        )
        for plan in plans
    ]
    sums = [sum(int(plan[column]) for plan in plans) for column in ("operating_baht", "investment_baht")]
    with new_workbook(path) as workbook:
        sheet = add_sheet(workbook, "สรุปคำขอ", widths=(6, 44, 36, 16, 16, 16, 34), header_rows=(2, 4))
        sheet.put_titles(("สรุปคำของบประมาณโครงการ สยจ.นครพนม ปีงบประมาณ พ.ศ. 2566", DISCLAIMER), 7)
        for column, header in ((0, "ที่"), (1, "แผนงาน/โครงการ"), (2, "หน่วยงานเจ้าภาพ"), (6, "ตัวชี้วัด")):
            sheet.merge((2, column), (3, column), header, "head")
        sheet.merge((2, 3), (2, 5), "คำขอ (บาท)", "head")
        for column, header in enumerate(("งบดำเนินงาน", "งบลงทุน", "รวม"), start=3):
            sheet.put(3, column, header, "head")
        sheet.put_row(4, ("(1)", "(2)", "(3)", "(4)", "(5)", "(6)=(4)+(5)", "(7)"), ["center"] * 7)
        end = sheet.put_rows(5, records, ("center", "text", "text", "number", "number", "number", "text"))
        styles = ("total", "total", "total", "total_number", "total_number", "total_number", "total")
        sheet.put_row(end, ("", "รวมทั้งสิ้น", "", *sums, sum(sums), ""), styles)


def write_phuket(path: Path) -> None:
    """Thai digits everywhere, the amounts as text."""
    headers = ("ลำดับที่", "โครงการ/กิจกรรม", "หน่วยงานที่รับผิดชอบ", "งบประมาณเสนอขอ (บาท)", "ตัวชี้วัด", "เป้าหมาย")
    plans = rows_of("requests", province_code="83")
    records = [
        (
            plan["row_no"].translate(THAI_DIGITS),
            plan["project_name"],
            plan["agency"],
            to_thai_baht(total_baht(plan)),
            plan["indicator"],
            plan["target"].translate(THAI_DIGITS),
        )
        for plan in plans
    ]
    with new_workbook(path) as workbook:
        sheet = add_sheet(workbook, "คำขอ ๒๕๖๖", widths=(9, 44, 36, 20, 34, 14), header_rows=(3, 3))
        sheet.put(0, 0, "แผนงาน/โครงการ คำของบประมาณ ประจำปีงบประมาณ พ.ศ. ๒๕๖๖ จ.ภูเก็ต", "heading")
        sheet.put(1, 0, DISCLAIMER, "heading")
        sheet.put_header(3, headers)
        end = sheet.put_rows(4, records, ("center", "text", "text", "right", "text", "center"))
        total = to_thai_baht(sum(total_baht(plan) for plan in plans))
        sheet.put_row(end, ("", "รวมทั้งสิ้น", "", total, "", ""), ["total"] * 6)


def write_ratchaburi(path: Path) -> None:
    """Amounts in million baht, which only the header says."""
    headers = ("ลำดับ", "ชื่อโครงการ", "ส่วนราชการ", "งบประมาณเสนอขอ (ล้านบาท)", "เป้าหมาย", "ตัวชี้วัด")
    plans = rows_of("requests", province_code="70")
    records = [
        (
            int(plan["row_no"]),
            plan["project_name"],
            plan["agency"],
            to_million(total_baht(plan)),
            plan["target"],
            plan["indicator"],
        )
        for plan in plans
    ]
    with new_workbook(path) as workbook:
        sheet = add_sheet(workbook, "คำขอ", widths=(8, 44, 38, 19, 15, 36), header_rows=(2, 2))
        sheet.put(0, 0, "แผนคำของบประมาณ ปีงบประมาณ พ.ศ. 2566 จังหวัดราชบุรี", "heading")
        sheet.put(1, 0, DISCLAIMER, "heading")
        sheet.put_header(2, headers)
        end = sheet.put_rows(3, records, ("center", "text", "text", "million", "center", "text"))
        total = to_million(sum(total_baht(plan) for plan in plans))
        styles = ("total", "total", "total", "total_million", "total", "total")
        sheet.put_row(end, ("", "รวมทั้งสิ้น", "", total, "", ""), styles)
