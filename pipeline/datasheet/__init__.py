"""data.xlsx: every row behind one province's brief, each figure with the file, sheet and cell that it is from."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from math import ceil
from pathlib import Path
from types import MappingProxyType
from typing import Any

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from pipeline.brief_text.templates import find
from pipeline.datasheet.lessons import LESSONS_NOTES, LESSONS_SHEETS, LESSONS_TITLE
from pipeline.datasheet.national import NATIONAL_NOTES, NATIONAL_SHEETS, NATIONAL_TITLE
from pipeline.datasheet.rows import LONGEST_TEXT, Cell, ColumnSheet
from pipeline.datasheet.sheets import (
    SHEETS,
    SUMMARY_NAME,
    SUMMARY_NOTES,
    TOTALS_HEAD,
    TOTALS_SQL,
    UNNAMED_SQL,
    Sheet,
)
from pipeline.datasheet.views import VIEW_SHEETS
from pipeline.specs import load_yaml
from pipeline.store import open_for_reading

# Equal data gives equal bytes: the file says no time at which it was made.
MADE = datetime(2022, 1, 1)
SAMPLE_WORDS = "ข้อมูลตัวอย่าง"
# The height of a line in points, and what a row may have of them: Excel allows 409 points.
LINE_PT, TITLE_PT, LINES_AT_MOST = 16, 24, 25
# A column's width is told in digits; Thai letters of this size are narrower.
LETTERS_OF_WIDTH = 1.15
MARKS = dict.fromkeys(code for code in range(0xE00, 0xE80) if unicodedata.category(chr(code)) == "Mn")
HEAD = {"bold": True, "text_wrap": True, "valign": "vcenter", "bg_color": "#EEF2F8", "bottom": 1}
FORMATS = {"money": "#,##0.00", "count": "#,##0", "number": "#,##0.####", "date": "dd/mm/yyyy"}
FILE_STATUS = {
    "loaded": "นำเข้าแล้ว", "superseded": "มีฉบับใหม่แทน", "duplicate": "ซ้ำกับไฟล์อื่น", "refused": "ไม่รับ",
    "ignored": "ไม่เกี่ยวข้อง",
}  # fmt: skip
UNNAMED = "ค่าของตัวชี้วัดที่ยังไม่ได้ตั้งชื่อ (อยู่ในคลังข้อมูลเท่านั้น)"
ROWS_OF_SHEETS = "จำนวนแถวของแต่ละชีต"
NO_ROWS = "ยังไม่มีข้อมูล"
STATUS_OF_VALUE = {
    "value": "มีค่า",
    "suppressed": "ไม่แสดง (จำนวนน้อยและอ่อนไหว)",
    "nil": "ต้นทางเว้นว่าง",
    "void": "ยังไม่มีข้อมูล",
}
HOW_PLACED = {
    "column": "คอลัมน์ของแบบฟอร์ม", "rule": "คำในชื่อหรือรายละเอียด", "settled": "นักวิเคราะห์ตัดสิน", "unsure": "ยังไม่จัดเข้ามิติ",
}  # fmt: skip
NATION, LESSONS = (
    (NATIONAL_TITLE, NATIONAL_NOTES, NATIONAL_SHEETS),
    (LESSONS_TITLE, LESSONS_NOTES, LESSONS_SHEETS),
)
DIMENSIONS = {"agency": "หน่วยงาน", "plan": "มิติของแผนแม่บท"}
YES_NO = {"True": "ใช่", "False": "ไม่ใช่"}


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
        ((unnamed,),) = connection.execute(UNNAMED_SQL, given).fetchall()
        totals = connection.execute(TOTALS_SQL, given).fetchall()
        rows = {
            sheet.name: connection.execute(sheet.sql, given).fetchall() for sheet in (*VIEW_SHEETS, *SHEETS)
        }
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
                (ROWS_OF_SHEETS, None),
                *((name, len(listed) or NO_ROWS) for name, listed in rows.items()),
                *([(UNNAMED, unnamed)] if unnamed else []),
            ],
            totals=totals,
            is_sample=bool(is_sample),
        )
        for sheet in (*(sheet for sheet in VIEW_SHEETS if rows[sheet.name]), *SHEETS):
            _write_sheet(paper, sheet, rows[sheet.name])


def write_national_datasheet(database: Path, target: Path, *, is_lessons: bool = False) -> None:
    """Write the figures of all provinces as a workbook, one sheet a question.

    Args:
        database: the warehouse; opened read-only.
        target: the workbook.
        is_lessons: what the submissions teach, else how the provinces stand beside each other.
    """
    title, notes, sheets = LESSONS if is_lessons else NATION
    with open_for_reading(database) as connection:
        released = connection.execute("SELECT release_name, is_sample FROM core_release").fetchone()
        rows = {sheet.name: connection.execute(sheet.sql).fetchall() for sheet in sheets}
    release_name, is_sample = released or ("", False)
    sample = [SAMPLE_WORDS] * bool(is_sample)
    with _new_workbook(target, title=title) as workbook:
        paper = _Paper(workbook, header=" · ".join([*sample, title, release_name]))
        front = paper.add_sheet(SUMMARY_NAME)
        front.set_column(0, 0, 90)
        for row, text in enumerate([*sample, title, release_name, *notes]):
            look = "alarm" if text in sample else "title" if text == title else "label"
            front.write_string(row, 0, text, paper.formats[look])
        for sheet in sheets:
            _write_sheet(paper, sheet, rows[sheet.name])


def warm_up() -> None:
    """Read once what every workbook needs."""
    thai_words()


@cache
def thai_words() -> Mapping[str, Mapping[str, str]]:
    """The Thai words for codes, by list; those of the brief where it has them."""
    words = {**load_yaml("checks.yml")["words_th"], **find("labels")}
    own = {
        "status": FILE_STATUS,
        "yes_no": YES_NO,
        "status_of_value": STATUS_OF_VALUE,
        "how_placed": HOW_PLACED,
        "dimension": {**words["dimension"], **DIMENSIONS},
        "stage_or_measure": {**words["measure"], **words["stage"]},
    }
    return MappingProxyType({**words, **own})


def _new_workbook(target: Path, *, title: str) -> xlsxwriter.Workbook:
    # A text is never a formula, a link or a number, whatever it begins with.
    plain = dict.fromkeys(("strings_to_formulas", "strings_to_urls", "strings_to_numbers"), False)
    workbook = xlsxwriter.Workbook(
        str(target), plain | {"default_date_format": FORMATS["date"], "in_memory": True}
    )
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
            "text": workbook.add_format(
                font | {"text_wrap": True, "num_format": "@", "align": "left", "indent": 1}
            ),
            "year": workbook.add_format(font | {"num_format": "0", "align": "center"}),
            **{
                look: workbook.add_format(font | HEAD | {"align": side, "indent": indent})
                for look, side, indent in (
                    ("head", "left", 1),
                    ("head_right", "right", 0),
                    ("head_centre", "center", 0),
                )
            },
            "title": workbook.add_format(font | {"bold": True, "font_size": 14}),
            "alarm": workbook.add_format(font | {"bold": True, "font_size": 14, "font_color": "#8A2B06"}),
            "label": workbook.add_format(font | {"bold": True}),
        }

    def add_sheet(self, name: str, kind: type[Worksheet] = Worksheet) -> Any:
        """Add a sheet that prints on A4, one page wide."""
        sheet = self.workbook.add_worksheet(name, kind)
        sheet.set_default_row(LINE_PT)
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
        look, content = self.set_cell(value, kind)
        if isinstance(content, str):
            sheet.write_string(row, column, content, look)
        elif isinstance(content, date):
            sheet.write_datetime(row, column, content, look)
        else:
            sheet.write_number(row, column, content, look)

    def set_cell(self, value: object, kind: str) -> Cell:
        """What stands in the cell of a value, and how."""
        look = self.formats[kind]
        if isinstance(value, str):
            return look, value[:LONGEST_TEXT]
        if kind == "number" and value == round(value):  # type: ignore[call-overload]
            # The point of "#,##0.####" stays behind a whole number.
            look = self.formats["count"]
        if kind != "text" and isinstance(value, Decimal | int | float) and not isinstance(value, bool):
            return look, float(value)
        if isinstance(value, date):
            return self.formats["date"], value
        return look, str(value)[:LONGEST_TEXT]


def _write_sheet(paper: _Paper, sheet: Sheet, rows: Sequence[tuple[Any, ...]]) -> None:
    made = paper.add_sheet(sheet.name, ColumnSheet)
    made.freeze_panes(1, 1)
    made.repeat_rows(0)
    made.set_row(0, 2 * LINE_PT)
    made.autofilter(0, 0, max(len(rows), 1), len(sheet.columns) - 1)
    lines = [1] * len(rows)
    for number, column in enumerate(sheet.columns):
        made.set_column(number, number, column.width)
        head = paper.formats[_look_of_head(column.kind)], column.header
        words = thai_words()[column.words] if column.words else {}
        values = [row[number] for row in rows]
        if words:
            values = [None if value is None else words.get(str(value), value) for value in values]
        cells = [None if value is None else paper.set_cell(value, column.kind) for value in values]
        made.put_column(number, [head, *cells], first_row=0)
        for place, value in enumerate(values):
            if isinstance(value, str) and len(value) > column.width:
                lines[place] = max(lines[place], count_lines(value, column.width))
    for place, count in enumerate(lines, start=1):
        if count > 1:
            made.set_row(place, LINE_PT * min(count, LINES_AT_MOST))


def _look_of_head(kind: str) -> str:
    """A number's head stands right, as the number does."""
    return {"text": "head", "year": "head_centre"}.get(kind, "head_right")


def count_lines(text: str, width: float) -> int:
    """Count the lines that a text takes in a column, about: marks above and below have no width.

    >>> count_lines("กี่" * 10, 20), count_lines("ก" * 41, 20), count_lines("ก\\nข", 20)
    (1, 2, 2)
    """
    letters = width * LETTERS_OF_WIDTH
    return sum(max(1, ceil(len(line.translate(MARKS)) / letters)) for line in text.split("\n"))


def _write_summary(
    paper: _Paper, facts: Sequence[tuple[str, object]], *, totals: Sequence[tuple[Any, ...]], is_sample: bool
) -> None:
    sheet = paper.add_sheet(SUMMARY_NAME)
    for number, width in enumerate((52, 30, 30, 16, 22)):
        sheet.set_column(number, number, width)
    titles = [*[(SAMPLE_WORDS, "alarm")] * is_sample, ("ข้อมูลที่ใช้ในเอกสารสรุปรายจังหวัด", "title")]
    titles += [(note, "label") for note in SUMMARY_NOTES]
    for row, (text, kind) in enumerate(titles):
        if kind != "label":
            sheet.set_row(row, TITLE_PT)
        sheet.write_string(row, 0, text, paper.formats[kind])
    start = len(titles) + 1
    for row, (name, value) in enumerate(facts, start=start):
        sheet.write_string(row, 0, name, paper.formats["label"])
        paper.write(sheet, row, 1, value=value, kind="count" if isinstance(value, int) else "text")
    start += len(facts) + 1
    for number, (head, kind) in enumerate(TOTALS_HEAD):
        sheet.write_string(start, number, head, paper.formats[_look_of_head(kind)])
    for row, (kind, year, words, code, count, total) in enumerate(totals, start=start + 1):
        named = thai_words()[words].get(code, code)
        for number, value in enumerate((kind, year, named, count, total)):
            paper.write(sheet, row, number, value=value, kind=TOTALS_HEAD[number][1])
