from datetime import date

import pytest

from pipeline.layout import load_vocabulary
from pipeline.layout.statistics import Figures, find_figures
from pipeline.layout.words.moments import Moment, agrees, read_moment
from pipeline.layout.words.stripped import strip_words
from pipeline.provinces import load_gazetteer
from pipeline.workbook import Cell, Merge, Sheet

VOCABULARY = load_vocabulary()
BODY: list[list[Cell]] = [["สุโขทัย", 1.0, 5.0], ["นครพนม", 2.0, 6.0], ["ภูเก็ต", 3.0, 7.0]]


def find(rows: list[list[Cell]], *merges: Merge) -> Figures:
    figures = find_figures(Sheet("1", rows, merges=merges), VOCABULARY, load_gazetteer())
    assert figures is not None
    return figures


def names(figures: Figures) -> list[str]:
    return [column.name for column in figures.values]


def test_a_table_without_a_head_names_its_columns_by_letters() -> None:
    figures = find(BODY)
    assert names(figures) == ["คอลัมน์ B", "คอลัมน์ C"]
    assert figures.table.roles == {0: "record", 1: "record", 2: "record"}
    assert figures.table.header.rows == ()


def test_groups_that_are_not_merged_stand_above_their_columns_and_names_do_not_spread() -> None:
    figures = find([["รายงาน"], [None], ["จังหวัด", "คดี", None], [None, "รับ", "เสร็จ"], *BODY])
    assert names(figures) == ["คดี › รับ", "คดี › เสร็จ"]
    assert [figures.table.roles[row] for row in (0, 2, 3)] == ["title", "header", "header"]


def test_a_name_of_a_section_below_the_head_is_no_head() -> None:
    head: list[list[Cell]] = [["จังหวัด", "รับ", "เสร็จ"], [None, "กรุงเทพฯ และจังหวัดในปริมณฑล", None]]
    figures = find([*head, *BODY])
    assert names(figures) == ["รับ", "เสร็จ"]
    assert figures.table.roles[1] == "section"


def test_a_short_text_alone_below_a_head_is_its_last_row() -> None:
    figures = find([["จังหวัด", "รับ", "เสร็จ"], [None, None, "(คดี)"], *BODY])
    assert figures.values[1].unit == "คดี"


def test_a_total_in_a_group_that_is_merged_down_is_the_groups() -> None:
    rows: list[list[Cell]] = [["ภาค", "จังหวัด", "จำนวน"]]
    rows += [[None, row[0], row[1]] for row in BODY]
    rows[1][0] = "ภาคเหนือ"
    rows += [[None, "รวม", 6.0], [None, "รวมทั่วประเทศ", 6.0]]
    figures = find(rows, Merge(1, 0, 4, 0))
    assert [figures.table.roles[row] for row in range(1, 6)] == ["record"] * 3 + ["subtotal", "total"]


def test_rows_of_items_and_rows_of_months() -> None:
    items: list[list[Cell]] = [["รายการ", "จำนวน"], ["ก", 1.0], ["ข", 2.0], ["ค", 3.0]]
    assert find(items).subject == "label"
    months: list[list[Cell]] = [["เดือน", "จำนวน"], ["ต.ค. 64", 1.0], ["พ.ย. 64", 2.0], ["ธ.ค. 64", 3.0]]
    assert find(months).subject == "date"


def test_projects_that_stand_twice_or_sheets_without_figures_are_none() -> None:
    vocabulary, gazetteer = VOCABULARY, load_gazetteer()
    assert find_figures(Sheet("1", [["ก", 1.0], ["ก", 2.0], ["ข", 3.0]]), vocabulary, gazetteer) is None
    assert find_figures(Sheet("1", [["สุโขทัย"], ["นครพนม"], ["ภูเก็ต"]]), vocabulary, gazetteer) is None
    assert find_figures(Sheet("1", []), vocabulary, gazetteer) is None


@pytest.mark.parametrize(
    ("cell", "moment"),
    [
        (date(2005, 10, 1), Moment(10, 2548)),
        ("พย. 48", Moment(11, 2548)),
        ("เม.ย.51", Moment(4, 2551)),
        ("มกราคม", Moment(1, None)),
        ("ม.ค. ๒๕๖๕", Moment(1, 2565)),
        ("2021-12-01", Moment(12, 2564)),
        ("มกราคม-มีนาคม", None),
        ("ผลการดำเนินงาน", None),
        (12.0, None),
        (None, None),
    ],
)
def test_months(cell: Cell, moment: Moment | None) -> None:
    assert read_moment(cell, VOCABULARY) == moment


def test_a_month_counts_in_its_fiscal_or_its_calendar_year() -> None:
    october = Moment(10, 2548)
    assert (october.year_be("FY"), october.year_be("CY"), october.period) == (2549, 2548, "M10")
    assert agrees(october, 2549)
    assert not agrees(october, 2551)


def test_heads_without_marks_are_read_where_one_word_fits() -> None:
    assert VOCABULARY.read_heading("จงหวด").field == "province"
    assert strip_words({"กำ": 1, "การ": 2, "กัน": 3, "กีน": 4, "จริง": 5}) == {"จรง": 5}


def test_a_name_that_is_not_known_above_the_others_is_a_row_and_no_head() -> None:
    figures = find([["จังหวัด", "รับ", "เสร็จ"], ["สุโขทัยย", 9.0, 8.0], *BODY])
    assert names(figures) == ["รับ", "เสร็จ"]
    assert figures.table.records == (1, 2, 3, 4)


def test_numbers_of_columns_and_years_are_heads() -> None:
    assert names(find([["จังหวัด", 1.0, 2.0], *BODY])) == ["1", "2"]
    assert [column.year_be for column in find([["จังหวัด", 2556.0, 2557.0], *BODY]).values] == [2556, 2557]
