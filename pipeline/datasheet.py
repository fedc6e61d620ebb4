"""data.xlsx: every row behind one province's brief, each figure with the file, sheet and cell that it is from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

import xlsxwriter

from pipeline.brief_text.templates import find
from pipeline.specs import load_yaml
from pipeline.store import open_for_reading

# Equal data gives equal bytes: the file says no time at which it was made.
MADE = datetime(2022, 1, 1)
SAMPLE_WORDS = "ข้อมูลตัวอย่าง"
LONGEST_TEXT = 32_767
FORMATS = {"money": "#,##0.00", "count": "#,##0", "number": "#,##0.####", "date": "dd/mm/yyyy"}
FILE_STATUS = {
    "loaded": "นำเข้าแล้ว", "superseded": "มีฉบับใหม่แทน", "duplicate": "ซ้ำกับไฟล์อื่น", "refused": "ไม่รับ",
    "ignored": "ไม่เกี่ยวข้อง",
}  # fmt: skip
YES_NO = {"True": "ใช่", "False": "ไม่ใช่"}


@dataclass(frozen=True)
class Column:
    """One column of a sheet.

    Attributes:
        header: in Thai.
        width: in characters.
        kind: text, or a key of FORMATS, or year.
        words: the list of Thai words for its codes, where it holds codes.
    """

    header: str
    width: float
    kind: str = "text"
    words: str = ""


@dataclass(frozen=True)
class Sheet:
    """One sheet: its name, its rows as a query on $province_code, and a column for each value of them."""

    name: str
    sql: str
    columns: tuple[Column, ...]


PLACE = (Column("ไฟล์", 44), Column("ชีต", 18), Column("เซลล์", 9))
BUDGET_LINES = Sheet(
    "บรรทัดงบประมาณ",
    """
    SELECT b.fiscal_year_be, b.stage, b.item, b.amount_baht, b.is_obligation, b.plan, b.output, b.project,
           concat_ws(' › ', b.category_1, b.category_2, b.category_3, b.category_4, b.category_5, b.category_6),
           b.ministry, b.budgetary_unit, b.document, b.page, b.unit, b.text, f.path, b.sheet, b.cell
    FROM core_budget_line AS b JOIN raw_file AS f USING (file_id)
    WHERE b.province_code = $province_code
    ORDER BY b.fiscal_year_be, b.stage, f.path, b.sheet, b.row_number, b.line_id""",
    (
        Column("ปีงบประมาณ", 11, "year"), Column("เอกสารขั้น", 20, words="stage"), Column("รายการ", 60),
        Column("วงเงิน (บาท)", 18, "money"), Column("งบผูกพัน", 10, words="yes_no"), Column("แผนงาน", 36),
        Column("ผลผลิต", 28), Column("โครงการ", 28), Column("งบรายจ่าย", 28), Column("กระทรวง", 20),
        Column("หน่วยรับงบประมาณ", 20), Column("เอกสาร", 14), Column("หน้า", 8), Column("หน่วยในต้นฉบับ", 14),
        Column("ข้อความในเซลล์", 18), *PLACE,
    ),
)  # fmt: skip
PROJECTS = Sheet(
    "โครงการและวงเงิน",
    """
    SELECT p.project_name, p.agency_name, a.fiscal_year_be, a.measure, a.period, a.category,
           coalesce(a.fund_source, p.fund_source), a.amount_baht, a.unit, a.text, p.is_current, f.status,
           p.plan_group, p.section, p.activity, p.target, p.kpi, p.area, p.period_text, p.note, p.project_id,
           f.path, coalesce(a.sheet, p.sheet), coalesce(a.cell, 'แถว ' || p.row_number)
    FROM core_project AS p
    LEFT JOIN core_amount AS a USING (project_id)
    JOIN raw_file AS f ON f.file_id = coalesce(a.file_id, p.file_id)
    WHERE p.province_code = $province_code
    ORDER BY f.path, p.sheet, p.row_number, p.project_id, a.fiscal_year_be, a.measure, a.period, a.cell""",
    (
        Column("โครงการ", 52), Column("หน่วยงาน", 30), Column("ปีงบประมาณ", 11, "year"),
        Column("ขั้นของวงเงิน", 24, words="measure"), Column("งวด", 12, words="period"),
        Column("งบรายจ่าย", 18), Column("แหล่งเงิน", 20), Column("วงเงิน (บาท)", 18, "money"),
        Column("หน่วยในต้นฉบับ", 14), Column("ข้อความในเซลล์", 18), Column("ใช้ในรายงาน", 12, words="yes_no"),
        Column("สถานะไฟล์", 16, words="status"), Column("แผนงาน", 28), Column("หัวข้อ", 28), Column("กิจกรรม", 28),
        Column("เป้าหมาย", 24), Column("ตัวชี้วัด", 24), Column("พื้นที่", 18), Column("ระยะเวลา", 16),
        Column("หมายเหตุ", 24), Column("รหัสโครงการในคลังข้อมูล", 20), *PLACE,
    ),
)  # fmt: skip
INDICATORS = Sheet(
    "ตัวชี้วัด",
    """
    SELECT coalesce(d.name_th, i.indicator_code), i.year_be, i.period_basis, i.period, i.value,
           coalesce(i.unit, d.unit), i.source, i.source_rank, d.is_verified, d.caution_th, i.text, i.indicator_code,
           f.path, i.sheet, i.cell
    FROM core_indicator AS i
    JOIN raw_file AS f USING (file_id)
    LEFT JOIN core_indicator_definition AS d USING (indicator_code)
    WHERE i.province_code = $province_code
    ORDER BY i.indicator_code, i.year_be, i.period, i.source_rank, f.path, i.sheet, i.cell""",
    (
        Column("ตัวชี้วัด", 44), Column("ปี พ.ศ.", 9, "year"), Column("นับตาม", 16, words="period_basis"),
        Column("งวด", 12, words="period"), Column("ค่า", 16, "number"), Column("หน่วย", 16), Column("แหล่งข้อมูล", 36),
        Column("ลำดับแหล่ง", 11, "count"), Column("ยืนยันนิยามแล้ว", 15, words="yes_no"), Column("ข้อควรระวัง", 36),
        Column("ข้อความในเซลล์", 18), Column("รหัสตัวชี้วัด", 28), *PLACE,
    ),
)  # fmt: skip
FILES_OF_PROVINCE = """
    SELECT file_id FROM core_budget_line WHERE province_code = $province_code
    UNION SELECT file_id FROM core_project WHERE province_code = $province_code
    UNION SELECT file_id FROM core_indicator WHERE province_code = $province_code
    UNION SELECT file_id FROM quality_issue WHERE province_code = $province_code AND file_id IS NOT NULL"""
ISSUES = Sheet(
    "ข้อค้นพบ",
    """
    SELECT severity, message_th, value, rule, path, sheet, cell
    FROM quality_issue
    WHERE province_code = $province_code
    ORDER BY list_position(['error', 'warning', 'info'], severity), rule, path, sheet, cell, message_th, value""",
    (
        Column("ระดับ", 14, words="severity"), Column("สิ่งที่พบและสิ่งที่ควรทำ", 70), Column("ค่าในเซลล์", 24),
        Column("รหัสข้อค้นพบ", 28), *PLACE,
    ),
)  # fmt: skip
FILES = Sheet(
    "แหล่งข้อมูล",
    f"""
    SELECT path, status, reason, received_on, container, bytes, sha256
    FROM raw_file WHERE file_id IN ({FILES_OF_PROVINCE}) ORDER BY path""",
    (
        Column("ไฟล์", 70), Column("สถานะ", 16, words="status"), Column("เหตุผล", 40), Column("ได้รับเมื่อ", 13, "date"),
        Column("ชนิดไฟล์", 10), Column("ขนาด (ไบต์)", 14, "count"), Column("ลายนิ้วมือไฟล์ (SHA-256)", 68),
    ),
)  # fmt: skip
SHEETS = (BUDGET_LINES, PROJECTS, INDICATORS, ISSUES, FILES)
SUMMARY_NAME = "สรุป"
SUMMARY_NOTES = (
    "แต่ละแถวในชีตถัดไปคือข้อมูลหนึ่งรายการพร้อมไฟล์ ชีต และเซลล์ที่มา",
    "ช่องว่างหมายถึงไม่มีข้อมูล ไม่ใช่ศูนย์ และวงเงินต่างขั้นกันนำมาบวกกันไม่ได้",
)
TOTALS_SQL = """
    SELECT 'บรรทัดงบประมาณ', fiscal_year_be, 'stage', stage, count(*), sum(amount_baht)
    FROM core_budget_line WHERE province_code = $province_code GROUP BY ALL
    UNION ALL
    SELECT 'โครงการ', fiscal_year_be, 'measure', measure, count(DISTINCT project_id), sum(amount_baht)
    FROM out_project_amount WHERE province_code = $province_code GROUP BY ALL
    ORDER BY 1 DESC, 2, 4"""
TOTALS_HEAD = ("ชุดข้อมูล", "ปีงบประมาณ", "ขั้น", "จำนวนรายการ", "รวม (บาท)")


def write_datasheet(database: Path, target: Path, *, province_code: str) -> None:
    """Write the data of one province as a workbook.

    Args:
        database: the warehouse; opened read-only.
        target: the workbook.
        province_code: DOPA code, two digits.
    """
    given = {"province_code": province_code}
    with open_for_reading(database) as connection:
        place = connection.execute(
            "SELECT name_th FROM core_province WHERE province_code = $province_code", given
        )
        name = (place.fetchone() or (province_code,))[0]
        released = connection.execute(
            "SELECT release_name, data_cutoff, is_sample FROM core_release"
        ).fetchone()
        totals = connection.execute(TOTALS_SQL, given).fetchall()
        rows = {sheet.name: connection.execute(sheet.sql, given).fetchall() for sheet in SHEETS}
    release_name, cutoff, is_sample = released or ("", None, False)
    with _new_workbook(target, title=f"ข้อมูลรายจังหวัด {name}") as workbook:
        paper = _Paper(
            workbook, header=" · ".join([*[SAMPLE_WORDS] * bool(is_sample), str(name), release_name])
        )
        _write_summary(
            paper,
            [
                ("จังหวัด", name),
                ("ชุดข้อมูลที่เผยแพร่", release_name),
                ("ข้อมูล ณ วันที่", cutoff),
                *((sheet.name, len(rows[sheet.name])) for sheet in SHEETS),
            ],
            totals=totals,
            is_sample=bool(is_sample),
        )
        for sheet in SHEETS:
            _write_sheet(paper, sheet, rows[sheet.name])


def warm_up() -> None:
    """Read once what every workbook needs."""
    thai_words()


@cache
def thai_words() -> Mapping[str, Mapping[str, str]]:
    """The Thai words for codes, by list; those of the brief where it has them."""
    words = {**load_yaml("checks.yml")["words_th"], **find("labels")}
    return MappingProxyType({**words, "status": FILE_STATUS, "yes_no": YES_NO})


def _new_workbook(target: Path, *, title: str) -> xlsxwriter.Workbook:
    # A text is never a formula, a link or a number, whatever it begins with.
    plain = dict.fromkeys(("strings_to_formulas", "strings_to_urls", "strings_to_numbers"), False)
    workbook = xlsxwriter.Workbook(str(target), plain | {"default_date_format": FORMATS["date"]})
    workbook.set_properties({"title": title, "created": MADE})
    return workbook


class _Paper:
    """A workbook with its cell formats, and the header that every sheet prints."""

    def __init__(self, workbook: xlsxwriter.Workbook, *, header: str) -> None:
        self.workbook = workbook
        self.header = header.replace("&", "&&")
        font = {"font_name": "Sarabun", "font_size": 10, "valign": "top"}
        self.formats = {
            kind: workbook.add_format(font | {"num_format": code}) for kind, code in FORMATS.items()
        }
        self.formats |= {
            "text": workbook.add_format(font | {"text_wrap": True, "num_format": "@"}),
            "year": workbook.add_format(font | {"num_format": "0", "align": "center"}),
            "head": workbook.add_format(
                font
                | {
                    "bold": True,
                    "text_wrap": True,
                    "valign": "vcenter",
                    "bg_color": "#EEF2F8",
                    "bottom": 1,
                }
            ),
            "title": workbook.add_format(font | {"bold": True, "font_size": 14}),
            "alarm": workbook.add_format(font | {"bold": True, "font_size": 14, "font_color": "#8A2B06"}),
            "label": workbook.add_format(font | {"bold": True}),
        }

    def add_sheet(self, name: str) -> Any:
        """Add a sheet that prints on A4, one page wide."""
        sheet = self.workbook.add_worksheet(name)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.set_header(f"&R{self.header}")
        sheet.set_footer("&C&P / &N")
        return sheet

    def write(self, sheet: Any, row: int, column: int, *, value: object, kind: str) -> None:
        """Write a value as what it is; None leaves the cell empty."""
        if value is None:
            return
        look = self.formats[kind]
        if kind != "text" and isinstance(value, Decimal | int | float) and not isinstance(value, bool):
            sheet.write_number(row, column, float(value), look)
        elif isinstance(value, date):
            sheet.write_datetime(row, column, value, self.formats["date"])
        else:
            sheet.write_string(row, column, str(value)[:LONGEST_TEXT], look)


def _write_sheet(paper: _Paper, sheet: Sheet, rows: Sequence[tuple[Any, ...]]) -> None:
    made = paper.add_sheet(sheet.name)
    made.freeze_panes(1, 1)
    made.repeat_rows(0)
    made.set_row(0, 30)
    made.autofilter(0, 0, max(len(rows), 1), len(sheet.columns) - 1)
    for number, column in enumerate(sheet.columns):
        made.set_column(number, number, column.width)
        made.write_string(0, number, column.header, paper.formats["head"])
        words = thai_words()[column.words] if column.words else {}
        for place, row in enumerate(rows, start=1):
            value = words.get(str(row[number]), row[number]) if words else row[number]
            paper.write(made, place, number, value=value, kind=column.kind)


def _write_summary(
    paper: _Paper, facts: Sequence[tuple[str, object]], *, totals: Sequence[tuple[Any, ...]], is_sample: bool
) -> None:
    sheet = paper.add_sheet(SUMMARY_NAME)
    for number, width in enumerate((26, 30, 30, 16, 22)):
        sheet.set_column(number, number, width)
    titles = [*[(SAMPLE_WORDS, "alarm")] * is_sample, ("ข้อมูลที่ใช้ในเอกสารสรุปรายจังหวัด", "title")]
    titles += [(note, "label") for note in SUMMARY_NOTES]
    for row, (text, kind) in enumerate(titles):
        sheet.write_string(row, 0, text, paper.formats[kind])
    start = len(titles) + 1
    for row, (name, value) in enumerate(facts, start=start):
        sheet.write_string(row, 0, name, paper.formats["label"])
        paper.write(sheet, row, 1, value=value, kind="count" if isinstance(value, int) else "text")
    start += len(facts) + 1
    for number, head in enumerate(TOTALS_HEAD):
        sheet.write_string(start, number, head, paper.formats["head"])
    for row, (kind, year, words, code, count, total) in enumerate(totals, start=start + 1):
        named = thai_words()[words].get(code, code)
        values = ((kind, "text"), (year, "year"), (named, "text"), (count, "count"), (total, "money"))
        for number, (value, look) in enumerate(values):
            paper.write(sheet, row, number, value=value, kind=look)
