"""Make the bundled sample from the tables beside this module: `python -m tests.sample.build [TARGET]`.

TARGET is raw_data/sample where nothing else is said. The same tables give the same bytes.
"""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterable, Sequence
from html import escape
from pathlib import Path

from tests.sample import request_plans
from tests.sample.figures import PROVINCES, Row, read_rows, rows_of
from tests.sample.sheets import Cell, Sheet, add_sheet, new_workbook

REAL = "ตัวเลขจริงจากแหล่งเผยแพร่"
MADE_UP = "ตัวอย่างสมมติ"
BUREAU_OF_THE_BUDGET = "สำนักงบประมาณ"
WELFARE_MINISTRY = "กระทรวงการพัฒนาสังคมและความมั่นคงของมนุษย์"
POLICE = "สำนักงานตำรวจแห่งชาติ"
DOPA = "กรมการปกครอง"
BASELINE = "ข้อมูลพื้นฐาน"
CHILD_FUND_PATH = f"{BASELINE}/โครงการกองทุนคุ้มครองเด็ก พ.ศ. 2549-2555.xls"
POLICE_PATH = f"{BASELINE}/สถิติคดีอาญา พ.ศ. 2545-2554.xlsx"
POPULATION_PATH = f"{BASELINE}/ประชากร พ.ศ. 2545-2556.xlsx"
POPULATION_BY_SEX_PATH = f"{BASELINE}/ประชากรจำแนกเพศ พ.ศ. 2556.csv"
BILL_PATH = "{province}/ร่าง พ.ร.บ. งบประมาณ 2565 จังหวัด{province}.xlsx"
CHILD_FUND_COLUMNS = {
    "fiscal_year_be": "ปีงบประมาณ",
    "province_name": "จังหวัด",
    "project_name": "ชื่อโครงการ",
    "child_type": "ประเภทเด็ก",
    "project_type": "ประเภทโครงการ",
    "organisation_type": "ประเภทองค์กร",
    "amount_baht": "ค่าใช้จ่ายที่ได้รับ (บาท)",
}
BILL_COLUMNS = {
    "plan": "แผนงาน",
    "project": "โครงการ",
    "category_1": "งบรายจ่าย",
    "category_2": "หมวดรายจ่าย",
    "category_3": "ประเภทรายจ่าย",
    "item": "รายการ",
}
BY_SEX_HEADERS = ("รหัสจังหวัด", "จังหวัด", "พ.ศ.", "ชาย (คน)", "หญิง (คน)", "รวม (คน)", "จำนวนบ้าน (หลัง)")
RECEIVED = (
    (CHILD_FUND_PATH, "2021-04-05", WELFARE_MINISTRY, REAL),
    (POLICE_PATH, "2021-04-05", POLICE, REAL),
    (POPULATION_PATH, "2021-04-07", DOPA, REAL),
    (POPULATION_BY_SEX_PATH, "2021-04-07", DOPA, REAL),
    *(
        (BILL_PATH.format(province=province), "2021-06-01", BUREAU_OF_THE_BUDGET, REAL)
        for province in PROVINCES.values()
    ),
    (request_plans.PATHS["64"], "2021-06-14", "สำนักงานยุติธรรมจังหวัดสุโขทัย", MADE_UP),
    (request_plans.PATHS["48"], "2021-06-15", "สำนักงานยุติธรรมจังหวัดนครพนม", MADE_UP),
    (request_plans.PATHS["83"], "2021-06-15", "สำนักงานยุติธรรมจังหวัดภูเก็ต", MADE_UP),
    (request_plans.PATHS["70"], "2021-06-18", "สำนักงานยุติธรรมจังหวัดราชบุรี", MADE_UP),
)


def build(target: Path) -> None:
    """Write every workbook of the sample and its manifest under the target folder."""
    for code, province in PROVINCES.items():
        write_bill(target / BILL_PATH.format(province=province), code)
    write_child_fund(target / CHILD_FUND_PATH)
    write_police_cases(target / POLICE_PATH)
    write_population(target / POPULATION_PATH)
    write_population_by_sex(target / POPULATION_BY_SEX_PATH)
    request_plans.write_request_plans(target)
    write_csv(target / "manifest.csv", ("path", "received_on", "sender", "note"), RECEIVED)


def write_bill(path: Path, code: str) -> None:
    """Write one province's lines of the FY2565 budget bill, in baht, with their total and pages."""
    lines = rows_of("bill_lines", province_code=code)
    records: list[list[Cell]] = [
        [*(line[column] for column in BILL_COLUMNS), int(line["amount_baht"])] for line in lines
    ]
    total = sum(int(line["amount_baht"]) for line in lines)
    with new_workbook(path) as workbook:
        widths = (44, 34, 15, 24, 22, 70, 16)
        sheet = add_sheet(workbook, "รายละเอียดงบประมาณ", widths=widths, header_rows=(3, 3))
        sheet.put_titles(bill_titles(code), 7)
        sheet.put(2, 6, "หน่วย : บาท", "unit")
        sheet.put_header(3, (*BILL_COLUMNS.values(), "งบประมาณ"))
        end = sheet.put_rows(4, records, (*["text"] * 6, "number"))
        sheet.put_row(end, ("", "", "", "", "", "รวมทั้งสิ้น", total), (*["total"] * 6, "total_number"))
        sheet.put(end + 2, 0, cite_bill(lines), "note")


def bill_titles(code: str) -> tuple[str, str]:
    """Title a province's part of the bill as the document does."""
    return (
        f"รายละเอียดงบประมาณของจังหวัด{PROVINCES[code]}",
        "ตามร่างพระราชบัญญัติงบประมาณรายจ่ายประจำปีงบประมาณ พ.ศ. 2565",
    )


def cite_bill(lines: Sequence[Row]) -> str:
    """Cite the printed pages that the lines are on."""
    pages = sorted({int(line["page"]) for line in lines})
    return (
        f"ที่มา: สำนักงบประมาณ เอกสารงบประมาณ ฉบับที่ 3 เล่มที่ {lines[0]['volume']} "
        f"หน้า {pages[0]}-{pages[-1]} (ขาวคาดแดง)"
    )


def write_child_fund(path: Path) -> None:
    """Write the child protection fund's projects as an HTML table named .xls, as many Thai systems export."""
    records = [[row[column] for column in CHILD_FUND_COLUMNS] for row in read_rows("child_fund")]
    lines = [
        '<meta http-equiv="Content-Type" content="text/html; charset=utf-8" />',
        '<table border="1" cellspacing="0">',
        html_row(CHILD_FUND_COLUMNS.values(), "th"),
        *(html_row(record, "td") for record in records),
        "</table>",
    ]
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join(lines) + "\n", encoding="utf-8", newline="\n")


def html_row(cells: Iterable[str], tag: str) -> str:
    """Write one row of an HTML table."""
    return f"<tr>{''.join(f'<{tag}>{escape(cell, quote=False)}</{tag}>' for cell in cells)}</tr>"


def write_police_cases(path: Path) -> None:
    """Write cases reported and arrested, one sheet a group, years merged over their two columns."""
    figures = rows_of("indicators", table="police_cases")
    with new_workbook(path) as workbook:
        for group in dict.fromkeys(row["group"] for row in figures):
            sheet = add_sheet(workbook, group, widths=(16, *[10] * 20), header_rows=(1, 2))
            fill_police_sheet(sheet, [row for row in figures if row["group"] == group])


def fill_police_sheet(sheet: Sheet, figures: Sequence[Row]) -> None:
    """Write one group: its title as published, a header of two rows, one row a province, the source."""
    sheet.put_titles([figures[0]["title"]], 21)
    sheet.merge((1, 0), (2, 0), "จังหวัด", "head")
    for column, year in enumerate(years_of(figures)):
        sheet.merge((1, 2 * column + 1), (1, 2 * column + 2), f"พ.ศ. {year}", "head")
        sheet.put(2, 2 * column + 1, "รับแจ้ง", "head")
        sheet.put(2, 2 * column + 2, "จับกุม", "head")
    end = sheet.put_rows(3, by_province(figures), ("text", *["number"] * 20))
    sheet.put(end + 1, 0, "ที่มา: สำนักงานตำรวจแห่งชาติ คัดเฉพาะจังหวัดนำร่อง 4 จังหวัด", "note")


def years_of(figures: Iterable[Row]) -> list[str]:
    """List the years that occur, oldest first."""
    return sorted({row["year_be"] for row in figures})


def by_province(figures: Iterable[Row]) -> list[list[str | int]]:
    """Set figures out as one record a province: its name, then its values in the order of the table."""
    records: dict[str, list[str | int]] = {}
    for row in figures:
        records.setdefault(row["province_name"], [row["province_name"]]).append(int(row["value"]))
    return list(records.values())


def write_population(path: Path) -> None:
    """Write the registered population, one column a year."""
    figures = sorted(rows_of("indicators", table="population"), key=lambda row: row["province_code"])
    years = years_of(figures)
    with new_workbook(path) as workbook:
        sheet = add_sheet(workbook, "ประชากร", widths=(16, *[12] * len(years)), header_rows=(2, 2))
        sheet.put_titles(["จำนวนประชากรจากการทะเบียน จำแนกรายจังหวัด พ.ศ. 2545-2556"], len(years) + 1)
        sheet.put(1, len(years), "หน่วย : คน", "unit")
        sheet.put_header(2, ("จังหวัด", *(f"พ.ศ. {year}" for year in years)))
        end = sheet.put_rows(3, by_province(figures), ("text", *["number"] * len(years)))
        sheet.put(end + 1, 0, "ที่มา: ชุดข้อมูลสาธารณะ basic-dataset คัดเฉพาะจังหวัดนำร่อง 4 จังหวัด", "note")


def write_population_by_sex(path: Path) -> None:
    """Write the population of 2556 by sex, and houses, with the header of the source."""
    figures = rows_of("indicators", table="population_by_sex")
    codes = {row["province_name"]: row["province_code"] for row in figures}
    records = [(codes[str(name)], name, "2556", *values) for name, *values in by_province(figures)]
    write_csv(path, BY_SEX_HEADERS, records)


def write_csv(path: Path, header: Sequence[str], records: Iterable[Sequence[str | int]]) -> None:
    """Write a CSV that a spreadsheet program opens in Thai: UTF-8 with BOM, CRLF."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8-sig", newline="") as lines:
        csv.writer(lines).writerows([header, *records])


if __name__ == "__main__":
    build(Path(sys.argv[1] if len(sys.argv) > 1 else "raw_data/sample"))
