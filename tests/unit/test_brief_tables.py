"""The brief's tables: what stands in a cell is what pandoc reads there, and missing is never zero."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

import pandas as pd
import pypandoc
import pytest

from pipeline import brief_tables as tables
from pipeline.brief_tables.money import LISTED_PROJECTS
from pipeline.brief_tables.quality import LISTED_ISSUES
from pipeline.brief_tables.table import Column, Table
from pipeline.brief_text.budget import Document
from pipeline.brief_text.numbers import MISSING
from tests.unit.brief_frames import SUKHOTHAI, areas_of, crime_of, population_of

AWKWARD = [
    "โครงการ | รุ่นที่ 1 *พิเศษ* _ก_ `ข`",
    "ค่ายวัยใส...วัยเสี่ยง -- $5$ @ผู้ <b>ค</b> [ง](จ) ^ฉ^ ~ช~ # ซ \\ ฌ & 'ญ' \"ฎ\"",
    "1. บรรทัดแรก\nบรรทัดสอง",
]


def table_of(*values: object, form: str = "text", **words: Any) -> Table:
    columns = (Column("value", "ค่า (หน่วย)", form, 3), Column("name", "ชื่อ", "text", 1))
    frame = pd.DataFrame({"value": pd.Series(values, dtype=object), "name": "ก"})
    return Table("tbl-test", "คำบรรยาย *ดอกจัน*", columns, frame, **words)


def read_pandoc(markdown: str) -> dict[str, Any]:
    tree: dict[str, Any] = json.loads(pypandoc.convert_text(markdown, "json", format="markdown"))
    return tree


def plain(node: Any) -> str:
    """The text of a part of pandoc's tree; markup that it read shows by its absence from the text."""
    if isinstance(node, list):
        return "".join(plain(part) for part in node)
    if not isinstance(node, dict):
        return ""
    words = {"Str": lambda: node["c"], "Space": lambda: " ", "SoftBreak": lambda: " "}
    return words[node["t"]]() if node["t"] in words else plain(node.get("c"))


def cells_of(tree: dict[str, Any]) -> list[list[str]]:
    (table,) = [block for block in tree["blocks"] if block["t"] == "Table"]
    return [[plain(cell[4]) for cell in row[1]] for body in table["c"][4] for row in body[3]]


def test_pandoc_reads_every_cell_as_it_is_written() -> None:
    read = cells_of(read_pandoc(table_of(*AWKWARD).to_markdown()))
    assert [row[0] for row in read] == [" ".join(text.split()) for text in AWKWARD]


def test_pandoc_reads_the_caption_the_widths_and_the_sides() -> None:
    (table,) = read_pandoc(table_of(Decimal(1), form="baht").to_markdown())["blocks"]
    assert plain(table["c"][1]) == "คำบรรยาย *ดอกจัน*"
    sides, widths = zip(*[(side["t"], width["c"]) for side, width in table["c"][2]], strict=True)
    assert sides == ("AlignRight", "AlignLeft")
    assert widths == pytest.approx((0.75, 0.25), abs=0.01)


def test_remarks_stand_under_the_table_in_a_div_of_their_own() -> None:
    _, div = read_pandoc(table_of("ก", source="แฟ้ม a_b.xls", note="หมายเหตุ").to_markdown())["blocks"]
    assert div["t"] == "Div"
    assert div["c"][0][1] == ["source"]
    assert [plain(block) for block in div["c"][1]] == ["หมายเหตุ", "ที่มา: แฟ้ม a_b.xls"]


@pytest.mark.parametrize(
    ("form", "value", "written"),
    [
        ("baht", Decimal("1234567890123.45"), "1,234,567,890,123.45"),
        ("baht", Decimal("0"), "0.00"),
        ("baht", None, MISSING),
        ("count", float("nan"), MISSING),
        ("count", 1234.0, "1,234"),
        ("decimal", 12.35, "12.4"),
        ("year", 2565.0, "2565"),
        ("year", None, MISSING),
        ("text", None, MISSING),
    ],
)
def test_cells_are_written_by_their_form(form: str, value: object, written: str) -> None:
    assert table_of(value, form=form).cells == [[written, "ก"]]


def test_a_sum_is_set_bold() -> None:
    lines = table_of("ก", "รวม", has_total=True).to_markdown().splitlines()
    assert lines[3] == "| **รวม** | **ก** |"
    assert "**" not in lines[2]


def test_a_table_shows_itself_with_its_number_and_name() -> None:
    bundle, metadata = table_of("<ก>").numbered(3)._repr_mimebundle_()
    assert metadata == {"brief": {"kind": "table", "id": "tbl-test"}}
    assert ": ตารางที่ 3 คำบรรยาย" in bundle["text/markdown"]
    assert "&lt;ก&gt;" in bundle["text/html"]


def test_population_changes_only_from_the_year_before() -> None:
    table = tables.tabulate_population(population_of(1000, 1100, None, 1200), SUKHOTHAI)
    assert [row[:3] for row in table.cells] == [
        ["2545", "1,000", MISSING],
        ["2546", "1,100", "10.0"],
        ["2547", MISSING, MISSING],
        ["2548", "1,200", MISSING],
    ]


def test_a_profile_has_every_item_and_compares_with_covered_areas_only() -> None:
    row = {"item": "population", "year_be": 2556, "is_sum": True, "value": 600_000.0}
    row |= {"cluster_value": None, "n_cluster": None, "n_cluster_members": None}
    row |= {"region_value": 1e6, "n_region": 3, "n_region_members": 17}
    row |= {"nation_value": 6.5e7, "n_nation": 77, "n_nation_members": 77}
    first, *rest = tables.tabulate_profile(pd.DataFrame([row]), population_of(600_000), SUKHOTHAI).cells
    assert first == ["ประชากรตามทะเบียนราษฎร (คน)", "2556", "600,000", MISSING, MISSING, "65,000,000"]
    assert all(cells[1:] == [MISSING] * 5 for cells in rest)
    assert len(rest) == 6


def test_cases_of_one_year_leave_the_first_year_empty() -> None:
    table = tables.tabulate_cases(
        crime_of({"person": {2554: 50}, "violent": {2545: 19, 2554: 40}}), SUKHOTHAI
    )
    assert table.cells == [
        ["คดีอุกฉกรรจ์และสะเทือนขวัญ", "2545", "19", "2554", "40", "น้อยเกินเทียบ", "20"],
        ["คดีชีวิต ร่างกาย และเพศ", MISSING, MISSING, "2554", "50", MISSING, "25"],
    ]


def test_rates_without_enough_provinces_are_missing() -> None:
    table = tables.tabulate_rates(crime_of({"person": {2554: 120}}), areas_of(30.0, known=4), SUKHOTHAI)
    assert table.cells == [["คดีชีวิต ร่างกาย และเพศ", "120", "20.0", "18.0 ถึง 22.0", MISSING, MISSING]]


def test_parts_of_a_document_end_with_their_exact_sum() -> None:
    parts = pd.DataFrame({"name": ["ก", None], "n_lines": [2, 1], "share_pct": [66.7, 33.3]})
    parts = parts.assign(amount_baht=[Decimal("0.10"), Decimal("0.20")], fiscal_year_be=2565, stage="bill")
    document = Document(2565, "bill", Decimal("0.30"), 3)
    table = tables.tabulate_parts(document, parts, SUKHOTHAI, kind="plan", source="แฟ้ม ก")
    assert table.cells == [
        ["ไม่ระบุ", "1", "0.20", "33.3"],
        ["ก", "2", "0.10", "66.7"],
        ["รวม", "3", "0.30", "100.0"],
    ]
    assert table.caption.startswith("ร่าง พ.ร.บ. งบประมาณรายจ่าย ปีงบประมาณ พ.ศ. 2565")


def projects(count: int) -> pd.DataFrame:
    rows = [
        {
            "project_id": f"p{n}",
            "measure": measure,
            "amount_baht": Decimal(n * factor),
            "cell": f"{column}{n}",
        }
        for n in range(1, count + 1)
        for measure, factor, column in (("requested", 2, "E"), ("allocated", 1, "F"))
        if measure == "requested" or n % 2
    ]
    frame = pd.DataFrame(rows).assign(
        fiscal_year_be=2565, agency_name="หน่วย", path="ก/แผน_65.xlsx", sheet="แผน"
    )
    return frame.assign(project_name=frame["project_id"], n_cells=1)


def test_projects_stand_largest_first_with_each_amount_and_its_cells() -> None:
    table = tables.tabulate_projects(projects(2), SUKHOTHAI, fiscal_year_be=2565)
    assert [column.name for column in table.columns] == [
        "number",
        "project",
        "requested",
        "allocated",
        "place",
    ]
    assert [[cell.replace("\u200b", "") for cell in row] for row in table.cells] == [
        ["1", "p2 (หน่วย)", "4.00", MISSING, "ก/แผน_65.xlsx › แผน › E2"],
        ["2", "p1 (หน่วย)", "2.00", "1.00", "ก/แผน_65.xlsx › แผน › E1, F1"],
    ]


def test_a_sum_of_cells_says_of_how_many() -> None:
    table = tables.tabulate_projects(projects(1).assign(n_cells=4), SUKHOTHAI, fiscal_year_be=2565)
    assert "E1 และอีก 3 ช่อง, F1 และอีก 3 ช่อง" in table.cells[0][4]


def test_a_long_list_says_what_it_leaves_out() -> None:
    table = tables.tabulate_projects(projects(LISTED_PROJECTS + 5), SUKHOTHAI, fiscal_year_be=2565)
    assert len(table.cells) == LISTED_PROJECTS
    assert table.note == f"แสดง {LISTED_PROJECTS} จาก {LISTED_PROJECTS + 5} รายการ ส่วนที่เหลืออยู่ในแฟ้ม data.xlsx"
    assert tables.tabulate_projects(projects(LISTED_PROJECTS), SUKHOTHAI, fiscal_year_be=2565).note == ""


def issues(*severities: str) -> pd.DataFrame:
    rows = [
        {
            "province_code": "64",
            "severity": severity,
            "rule": f"rule_{severity}",
            "cell": f"A{n}",
            "message_th": f"ข้อความ {n}",
        }
        for n, severity in enumerate(severities, start=1)
    ]
    return pd.DataFrame(rows).assign(path="ก.xlsx", sheet=["แผน"] * (len(rows) - 1) + [None])


def test_findings_to_be_mended_come_first_with_their_place() -> None:
    table = tables.tabulate_issues(issues("info", "warning", "error"))
    assert [row[:2] for row in table.cells] == [
        ["ต้องแก้ไข", "ก.xlsx › A3"],
        ["ควรตรวจสอบ", "ก.xlsx › แผน › A2"],
        ["แจ้งให้ทราบ", "ก.xlsx › แผน › A1"],
    ]
    assert "issues.csv" in tables.tabulate_issues(issues(*["info"] * (LISTED_ISSUES + 1))).note


def test_findings_are_counted_by_rule() -> None:
    table = tables.tabulate_issue_summary(issues("info", "error", "info"))
    assert [row[0] for row in table.cells] == ["ต้องแก้ไข", "แจ้งให้ทราบ"]
    assert [row[2] for row in table.cells] == ["1", "2"]


def test_totals_that_differ_come_first() -> None:
    totals = pd.DataFrame(
        {
            "path": "ก.xlsx",
            "sheet": "แผน",
            "cell": ["E9", "F9"],
            "measure": "requested",
            "stated_baht": [Decimal(5), Decimal(9)],
            "computed_baht": [Decimal(5), Decimal(8)],
            "difference_baht": [Decimal(0), Decimal(1)],
        }
    )
    assert [row[4] for row in tables.tabulate_totals(totals).cells] == ["1.00", "0.00"]


def test_sheets_of_one_file_and_source_share_a_row() -> None:
    sources = pd.DataFrame(
        {
            "kind": "indicator",
            "path": "ก.xls",
            "sheet": ["ข", "ก", "ค"],
            "title": None,
            "source": ["ตำรวจ", "ตำรวจ", None],
            "n_rows": [1, 2, 4],
            "first_year_be": [2545, 2546, 2550],
            "last_year_be": [2553, 2554, 2550],
            "received_on": None,
        }
    )
    assert tables.tabulate_sources(sources).cells == [
        ["ตัวชี้วัด: ตำรวจ", "ก.xls › ก, ข", "2545–2554", "3", MISSING],
        ["ตัวชี้วัด: ไม่ระบุที่มา", "ก.xls › ค", "2550", "4", MISSING],
    ]


def test_a_long_file_name_may_break_and_reads_as_before() -> None:
    (cell, _), *_ = table_of("ก/child_fund-2549.xls", form="path").cells
    assert cell.split("\u200b") == ["ก/", "child_", "fund-", "2549.xls"]
    (read, _), *_ = cells_of(read_pandoc(table_of("ก/child_fund-2549.xls", form="path").to_markdown()))
    assert read.replace("\u200b", "") == "ก/child_fund-2549.xls"
