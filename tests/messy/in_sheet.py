"""Defects of what else stands on the sheet, or in the workbook, beside the table."""

from __future__ import annotations

from random import Random

from tests.messy.grid import Grid
from tests.messy.plan import PROVINCES, Book, Column, Key, make_projects, set_money, truth_of
from tests.messy.printing import lay_out, print_table


def second_table_below(book: Book) -> None:
    """A second table below: other projects, what they ask for."""
    grid = book.grids["main"]
    grid.paste(_second_table(book), len(grid.rows) + 2, 0)


def second_table_beside(book: Book) -> None:
    """A second table beside the first, under its title, one column between: other projects, what they ask for."""
    grid, second = book.grids["main"], _second_table(book, has_title=False)
    grid.paste(second, book.head_top, grid.width + 1)


def summary_table_below(book: Book) -> None:
    """A summary below that counts projects by strategy, which are no projects themselves."""
    grid = book.grids["main"]
    rows = [
        ["สรุปจำนวนโครงการตามยุทธศาสตร์"],
        ["ยุทธศาสตร์", "จำนวนโครงการ", "ร้อยละ", "งบประมาณ (บาท)"],
        ["ยุทธศาสตร์ที่ 1", len(book.projects) - 2, 80, 4_000_000],
        ["ยุทธศาสตร์ที่ 2", 2, 20, 1_000_000],
    ]
    grid.paste(Grid([list(row) for row in rows]), len(grid.rows) + 2, 0)


def second_sheet(book: Book) -> None:
    """A second sheet of the same form, with other projects."""
    book.grids["other"] = _second_table(book)


def sheet_for_each_year(book: Book) -> None:
    """A sheet for each of two years, said by their names only."""
    other = _second_table(book, year=book.year + 1)
    book.sheet_names = {"main": f"ปี {book.year}", "other": f"ปี {book.year + 1}"}
    book.grids["main"].rows[0] = other.rows[0] = [f"แผนงานโครงการ จังหวัด{PROVINCES[book.province]}"]
    book.grids["other"] = other


def sheet_for_each_province(book: Book) -> None:
    """A sheet for each of two provinces, said by their names only."""
    second = next(code for code in PROVINCES if code != book.province)
    other = _second_table(book, province=second)
    book.sheet_names = {"main": PROVINCES[book.province], "other": PROVINCES[second]}
    book.grids["main"].rows[0] = other.rows[0] = [f"แผนงานโครงการ ปีงบประมาณ พ.ศ. {book.year}"]
    book.grids["other"] = other


def cover_sheet(book: Book) -> None:
    """A first sheet that explains how to fill in the form."""
    lines = ["คำชี้แจงการกรอกแบบฟอร์ม", "1. กรอกข้อมูลให้ครบทุกช่อง", "2. ส่งภายในวันที่กำหนด"]
    book.grids = {"คำชี้แจง": Grid([[line] for line in lines]), **book.grids}


def hidden_sheet(book: Book) -> None:
    """The plan on a hidden sheet, behind one that explains the form."""
    cover_sheet(book)
    book.hidden.add("main")


def empty_rows_and_columns_first(book: Book) -> None:
    """Empty rows above and empty columns to the left."""
    for name, grid in book.grids.items():
        moved = Grid()
        moved.paste(grid, book.rng.randint(1, 4), book.rng.randint(1, 3))
        book.grids[name] = moved


def spacer_column(book: Book) -> None:
    """An empty narrow column between name and agency, as printed forms have."""
    grid, place = book.grids["main"], book.index("name") + 1
    for row in grid.rows[book.head_top :]:
        if len(row) > place:
            row.insert(place, None)
    grid.merges = [
        (a, b + (b >= place and a >= book.head_top), c, d + (d >= place and a >= book.head_top))
        for a, b, c, d in grid.merges
    ]


def _second_table(
    book: Book, *, has_title: bool = True, year: int | None = None, province: str | None = None
) -> Grid:
    """A plain table of other projects, where nothing else is said of the same province and year; it is truth too."""
    rng = Random(book.rng.randint(0, 10**6))
    columns = [Column(("ลำดับ",), field="no"), Column(("ชื่อโครงการ",), field="name")]
    other = Book(rng, province or book.province, year or book.year, [], columns, has_title=has_title)
    other.projects = make_projects(rng, other.province, other.year, count=4, start=1)
    other.topic = "โครงการที่เสนอขอเพิ่มเติม"
    said = ("title", "column")
    other.province_in, other.year_in = (
        "title" if place in said else "elsewhere" for place in (book.province_in, book.year_in)
    )
    set_money(other, [(("คำของบประมาณ",), Key("requested"))])
    lay_out(other)
    book.others += truth_of(other.projects, other.columns)
    return print_table(other)
