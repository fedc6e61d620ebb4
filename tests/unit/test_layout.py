from collections import Counter

import pytest

from pipeline.errors import SourceError
from pipeline.layout import load_vocabulary, read_layout
from pipeline.workbook import Merge, Sheet

VOCABULARY = load_vocabulary()
HEAD = ["ลำดับ", "ชื่อโครงการ", "หน่วยงาน", "งบประมาณที่ได้รับจัดสรร"]


def roles_of(sheet: Sheet) -> list[str]:
    table = read_layout(sheet, VOCABULARY)
    return [table.roles[row] for row in sorted(table.roles)]


def test_titles_unit_header_records_total_and_signature() -> None:
    sheet = Sheet(
        "แผน",
        [
            ["แผนงาน/โครงการ จังหวัดสุโขทัย", None, None, None],
            [None, None, None, "หน่วย : พันบาท"],
            HEAD,
            [1, "โครงการหนึ่ง", "สำนักงาน", 10.0],
            [2, "รวมพลังชุมชนป้องกันยาเสพติด", "สำนักงาน", 5.0],
            ["รวมทั้งสิ้น", None, None, 15.0],
            [None, None, None, None],
            ["ลงชื่อ ........ ผู้รายงาน", None, None, None],
        ],
    )
    assert roles_of(sheet) == ["title", "title", "header", "record", "record", "total", "note"]
    table = read_layout(sheet, VOCABULARY)
    assert table.unit is not None
    assert table.unit.name == "พันบาท"
    assert [column.measure for column in table.money] == ["allocated"]


def test_a_project_whose_name_begins_as_a_total_is_a_project() -> None:
    sheet = Sheet("ก", [HEAD, [1, "รวมใจไกล่เกลี่ย", "ก", 1.0], [None, "รวม", None, 1.0], [2, "รวม", None, 3.0]])
    assert roles_of(sheet) == ["header", "record", "total", "record"]


@pytest.mark.parametrize(
    "words", ["รวม", "รวมทั้งสิ้น", "รวม 32 โครงการ", "รวมเป็นเงินทั้งสิ้น", "รวมทั้งสิ้น 5 โครงการ", "ยอดรวม :"]
)
def test_words_of_totals(words: str) -> None:
    assert roles_of(Sheet("ก", [HEAD, [1, "โครงการ", "ก", 1.0], [None, words, None, 1.0]]))[-1] == "total"


def test_sections_become_a_column_and_subtotals_are_told() -> None:
    sheet = Sheet(
        "ก",
        [
            HEAD,
            ["ยุทธศาสตร์ที่ 1 ความเป็นธรรม", None, None, None],
            [1, "โครงการ ก", "ก", 1.0],
            [None, "รวมยุทธศาสตร์ที่ 1", None, 1.0],
            ["ยุทธศาสตร์ที่ 2 เครือข่าย", None, None, None],
            [2, "โครงการ ข", "ก", 2.0],
            ["รวม", None, None, 3.0],
        ],
    )
    table = read_layout(sheet, VOCABULARY)
    assert roles_of(sheet) == ["header", "section", "record", "subtotal", "section", "record", "total"]
    assert list(table.sections.values()) == ["ยุทธศาสตร์ที่ 1 ความเป็นธรรม", "ยุทธศาสตร์ที่ 2 เครือข่าย"]


def test_a_merged_group_stands_above_its_columns_and_column_numbers_are_head() -> None:
    sheet = Sheet(
        "ก",
        [
            ["ที่", "แผนงาน/โครงการ", "งบประมาณ (บาท)", None, "ร้อยละการเบิกจ่าย"],
            [None, None, "คำขอ", "ผลเบิกจ่าย", None],
            ["(1)", "(2)", "(3)", "(4)", "(5)=(4)/(3)"],
            [1, "โครงการ ก", 100.0, 50.0, 50.0],
        ],
        merges=(Merge(0, 0, 1, 0), Merge(0, 1, 1, 1), Merge(0, 2, 0, 3), Merge(0, 4, 1, 4)),
    )
    table = read_layout(sheet, VOCABULARY)
    assert Counter(table.roles.values()) == {"header": 3, "record": 1}
    assert [(column.name, column.measure, column.unit) for column in table.money] == [
        ("งบประมาณ (บาท) › คำขอ", "requested", "บาท"),
        ("งบประมาณ (บาท) › ผลเบิกจ่าย", "disbursed", "บาท"),
    ]


def test_a_group_that_is_not_merged_spreads_over_the_columns_to_its_right() -> None:
    sheet = Sheet(
        "ก",
        [
            ["จังหวัด", "พ.ศ. 2545", None, "พ.ศ. 2546", None],
            [None, "รับแจ้ง", "จับกุม", "รับแจ้ง", "จับกุม"],
            ["กระบี่", 95.0, 34.0, 112.0, 35.0],
        ],
        merges=(Merge(0, 0, 1, 0),),
    )
    table = read_layout(sheet, VOCABULARY)
    assert [(column.year_be, column.path[-1]) for column in table.columns[1:]] == [
        (2545, "รับแจ้ง"),
        (2545, "จับกุม"),
        (2546, "รับแจ้ง"),
        (2546, "จับกุม"),
    ]


def test_a_header_repeated_on_every_page_is_a_header() -> None:
    sheet = Sheet("ก", [HEAD, [1, "ก", "ก", 1.0], list(HEAD), [2, "ข", "ก", 2.0]])
    assert roles_of(sheet) == ["header", "record", "header", "record"]


def test_a_sheet_without_a_head_is_refused() -> None:
    with pytest.raises(SourceError) as caught:
        read_layout(Sheet("ก", [["จังหวัดกระบี่", 5211.0], ["จังหวัดตรัง", 9000.0]]), VOCABULARY)
    assert caught.value.code == "no_header"


@pytest.mark.parametrize(
    ("head", "field", "measure", "unit"),
    [
        ("ลําดับที่", "row_no", None, None),
        ("งบประมาณเสนอขอ (ล้านบาท)", None, "requested", "ล้านบาท"),
        ("ร้อยละการเบิกจ่าย", None, None, None),
        ("งบประมาณที่\nได้รับจัดสรร", None, "allocated", None),
        ("ค่าใช้จ่ายที่ได้รับ (cost_get)", None, "allocated", None),
        ("หน่วยงานรับผิดชอบหลัก", "agency", None, None),
        ("วงเงินงบประมาณ", None, "budget", None),
        ("คงเหลือหลังโอน", None, "net_allocated", None),
    ],
)
def test_the_longest_word_of_a_head_decides(head: str, field: str, measure: str, unit: str) -> None:
    heading = VOCABULARY.read_heading(head)
    assert (heading.field, heading.measure, heading.unit) == (field, measure, unit)


@pytest.mark.parametrize(
    ("head", "year", "period"),
    [
        ("ปีงบประมาณ พ.ศ. ๒๕๖๖", 2566, None),
        ("งบประมาณปี 65", 2565, None),
        ("ไตรมาสที่ 3", None, "Q3"),
        ("ต.ค. 64", None, "M10"),
        ("กันยายน", None, "M09"),
        ("พ.ศ. 2566-2570", None, None),
    ],
)
def test_years_and_periods_of_a_head(head: str, year: int | None, period: str | None) -> None:
    heading = VOCABULARY.read_heading(head)
    assert (heading.year_be, heading.period) == (year, period)
