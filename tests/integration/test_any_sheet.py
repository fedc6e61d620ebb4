"""Whatever the grid: no crash, each used row one role, and every cell of money is an amount or a finding."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.ingest.files import FoundFile
from pipeline.ingest.reading import FileReading, _read_sheet, _spool_tables
from pipeline.layout import load_vocabulary, read_layout, used_rows
from pipeline.spool import Spool
from pipeline.workbook import Cell, Merge, Sheet, address

HEADS = [
    "ลำดับ", "ชื่อโครงการ", "กิจกรรม", "หน่วยงาน", "จังหวัด", "ปีงบประมาณ", "งบประมาณ (บาท)",
    "ได้รับจัดสรร", "ผลเบิกจ่าย", "ไตรมาส 1", "ต.ค. 64",
    "ร้อยละ", "หมายเหตุ", "ระยะเวลาดำเนินการ", "วันที่เริ่มต้น", "วันที่สิ้นสุด", "ผู้รับผิดชอบ",
    "ชื่อ-สกุล", "รายการ", "งบรายจ่าย", "แผนงาน", "ไม่รู้จัก",
]  # fmt: skip
WORDS = [
    "รวม", "รวมทั้งสิ้น", "รวมพลังชุมชน", "ยุทธศาสตร์ที่ 1", "แผน จังหวัดสุโขทัย ปีงบประมาณ 2565",
    "หน่วย : ล้านบาท", "หมายเหตุ ก", "ตาก",
    "เพชรบุรณ", "สโขทย", "2565", "64", "โครงการอบรม", "1 ต.ค. 64 - 30 ก.ย. 65", "30 ก.พ. 64",
    "ลงชื่อ นายสมมติ ทดสอบ", "(1)", "(2)",
    "¨Ñ§ËÇÑ´ÊØâ¢·ÑÂ", "\ufffd", "#REF!", " ", "รายชื่อผู้เข้าอบรม",
]  # fmt: skip
AMOUNTS = [
    "๑,๒๓๔.๕๐", "500,000.-", "(1,000)", "-", "ไม่ใช้งบประมาณ", "7,863,52", "ประมาณ 5 แสน",
    "300,000 x 3", "รอจัดสรร", "1.2 ล้าน", "”",
    "538800.0000ล้านบาท", "#VALUE!", "0812345678", "1101800000003",
]  # fmt: skip
CELLS: st.SearchStrategy[Cell] = st.one_of(
    st.none(),
    st.none(),
    st.sampled_from(WORDS),
    st.sampled_from(AMOUNTS),
    st.sampled_from(HEADS),
    st.integers(-5, 10**13),
    st.floats(min_value=-1e9, max_value=1e13, allow_nan=False).map(lambda value: round(value, 3)),
    st.sampled_from([date(2021, 10, 1), datetime(2564, 2, 28), True, False, 1101800000003.0]),
    st.text(max_size=12),
)
VALUES = st.one_of(
    st.none(), st.sampled_from(AMOUNTS), st.integers(0, 10**9), st.sampled_from(WORDS[:8]), CELLS
)


@st.composite
def sheets(draw: st.DrawFn) -> Sheet:
    """A grid that is a table more or less: titles, a head of one row or two, amounts and anything, merges."""
    width = draw(st.integers(1, 7))
    head: list[list[Cell]] = [draw(st.lists(st.sampled_from(HEADS), min_size=width, max_size=width))]
    if draw(st.booleans()):
        head.insert(0, draw(st.lists(CELLS, min_size=width, max_size=width)))
    titles = draw(
        st.lists(st.sampled_from(WORDS).map(lambda text: [text, *[None] * (width - 1)]), max_size=2)
    )
    body = draw(st.lists(st.lists(VALUES, min_size=width, max_size=width), max_size=9))
    rows = [*titles, *head, *body] if draw(st.integers(0, 4)) else body
    spans = st.tuples(*[st.integers(0, max(len(rows) - 1, 0)), st.integers(0, width - 1)] * 2)
    merges = [
        Merge(min(a, c), min(b, d), max(a, c), max(b, d)) for a, b, c, d in draw(st.lists(spans, max_size=3))
    ]
    name = draw(st.sampled_from(["Sheet1", "สุโขทัย", "รายชื่อ", "แผน 2565", "พระเยา"]))
    return Sheet(name, rows, tuple(merges), draw(st.booleans()))


class Kept(Spool):
    """Rows that are looked at instead of being sent to the warehouse."""

    def __init__(self) -> None:
        super().__init__(Path(), "0")
        self.rows: dict[str, list[dict[str, Any]]] = {}

    def add(self, table: str, columns: dict[str, Any], *, count: int) -> None:
        lists = {
            name: values if isinstance(values, list) else [values] * count for name, values in columns.items()
        }
        rows = [dict(zip(lists, values, strict=True)) for values in zip(*lists.values(), strict=True)]
        assert len(rows) == count
        self.rows.setdefault(table, []).extend(rows)


def ingest_sheet(sheet: Sheet) -> tuple[FileReading, Kept]:
    """Read one sheet as the ingest does."""
    now = datetime(2022, 1, 1, tzinfo=UTC)
    path = "สุโขทัย/ปีงบประมาณ 2565.xlsx"
    reading, kept = FileReading(FoundFile("f", path, Path(path), "s", 1, now, "file", None)), Kept()
    _read_sheet(sheet, 1, reading, kept, form=None)
    _spool_tables(reading.tables, kept)
    return reading, kept


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(sheets())
def test_any_sheet_is_read_or_refused_row_by_row(sheet: Sheet) -> None:
    used = [row + 1 for row in used_rows(sheet)]
    reading, kept = ingest_sheet(sheet)
    raw = kept.rows.get("raw_row", [])
    assert [row["row_number"] for row in raw] == used
    roles = {"title", "header", "record", "section", "subtotal", "total", "note", "refused"}
    assert {row["role"] for row in raw} <= roles
    told = str(kept.rows) + str(reading.findings) + str(reading.tables)
    assert "1101800000003" not in told
    assert "สมมติ" not in told


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    st.lists(
        st.tuples(st.sampled_from(["โครงการ ก", "โครงการ ข", "อบรม"]), VALUES, VALUES), min_size=1, max_size=9
    )
)
def test_every_cell_of_money_of_a_record_is_an_amount_or_a_finding(
    rows: list[tuple[str, Cell, Cell]],
) -> None:
    head: list[list[Cell]] = [["ลำดับ", "ชื่อโครงการ", "ได้รับจัดสรร", "ผลเบิกจ่าย"]]
    body: list[list[Cell]] = [
        [number, name, one, two] for number, (name, one, two) in enumerate(rows, start=1)
    ]
    sheet = Sheet("แผน", [*head, *body])
    reading, kept = ingest_sheet(Sheet(sheet.name, [list(row) for row in sheet.rows]))
    amounts = {f"{row['letters']}{row['row_number']}" for row in kept.rows.get("core_amount", [])}
    findings = {
        finding.cell
        for table in reading.tables
        for finding in table.extract.findings
        if finding.severity == "error"
    }
    assert reading.tables[0].status == "loaded"
    table = read_layout(sheet, load_vocabulary())
    records = [row["row_number"] - 1 for row in kept.rows["raw_row"] if row["role"] == "record"]
    money = {address(row, column.index) for row in records for column in table.money}
    assert amounts | (findings & money) == money
    assert not amounts & findings
