"""Defects of titles, of the unit, and of where province and year are stated."""

from __future__ import annotations

from tests.messy.plan import Book


def titles_above(book: Book) -> None:
    """One to three more lines above the table."""
    lines = ("กระทรวงยุติธรรม", "แบบรายงานผลต่อคณะกรรมการ", "ข้อมูลเพื่อประกอบการจัดทำแผน")
    book.titles += lines[: book.rng.randint(1, 3)]


def group_heads_not_merged(book: Book) -> None:
    """Groups of heads written in their first column only, nothing merged."""
    book.head_style = "unmerged"


def column_numbers(book: Book) -> None:
    """A row that numbers the columns: (1) (2) (3)=(1)-(2)."""
    book.has_number_row = True


def column_numbers_plain(book: Book) -> None:
    """A row that numbers the columns without brackets."""
    book.has_number_row, book.number_words = True, "{}"


def groups_in_text(book: Book) -> None:
    """Groups of heads in a text file, where nothing can be merged."""
    book.head_style = "unmerged"


def months_in_text(book: Book) -> None:
    """Three levels of heads in a text file, where nothing can be merged."""
    book.head_style = "unmerged"


def unit_cell_baht(book: Book) -> None:
    """A cell above the table: หน่วย : บาท."""
    book.unit_in = "cell"


def unit_cell_thousand(book: Book) -> None:
    """A cell above the table: หน่วย : พันบาท."""
    book.unit, book.unit_in = "พันบาท", "cell"


def unit_cell_million(book: Book) -> None:
    """A cell above the table: หน่วย : ล้านบาท."""
    book.unit, book.unit_in = "ล้านบาท", "cell"


def unit_in_head_thousand(book: Book) -> None:
    """Thousands of baht by the head of each column."""
    book.unit = "พันบาท"


def unit_in_head_million(book: Book) -> None:
    """Millions of baht by the head of each column."""
    book.unit = "ล้านบาท"


def unit_in_title_million(book: Book) -> None:
    """Millions of baht by the title."""
    book.unit, book.unit_in = "ล้านบาท", "title"


def unit_in_brackets(book: Book) -> None:
    """A cell above the table: (หน่วย:พันบาท)."""
    book.unit, book.unit_in, book.unit_words = "พันบาท", "cell", "(หน่วย:{})"


def unit_beside_title(book: Book) -> None:
    """The unit in the row of the title, at its right end."""
    book.unit, book.unit_in = "ล้านบาท", "beside"


def date_in_title(book: Book) -> None:
    """The day of the report below the title, in another year than the fiscal year."""
    book.titles.append(f"ข้อมูล ณ วันที่ 15 พฤศจิกายน {book.year - 1}")


def years_of_plan_in_title(book: Book) -> None:
    """The years of the strategic plan below the title, which are not the table's."""
    book.titles.append("ภายใต้แผนพัฒนาจังหวัด พ.ศ. 2561-2570")


def titles_merged(book: Book) -> None:
    """Titles merged over the whole table."""
    book.has_merged_titles = True


def names_of_last_versions(book: Book) -> None:
    """A file whose name tells its versions."""
    book.stamp = "(แก้ไขล่าสุด) final2"


def province_in_folder(book: Book) -> None:
    """The province only in the name of the folder."""
    book.province_in, book.province_words = "folder", "{}"


def province_in_file_name(book: Book) -> None:
    """The province only in the name of the file."""
    book.province_in = "file"


def province_in_sheet_name(book: Book) -> None:
    """The province only in the name of the sheet."""
    book.province_in, book.province_words = "sheet", "{}"


def province_by_its_office(book: Book) -> None:
    """The province only in the name of its justice office."""
    book.province_words = "สำนักงานยุติธรรมจังหวัด{}"


def province_shortened(book: Book) -> None:
    """The province after จ."""
    book.province_words = "จ.{}"


def year_in_file_name(book: Book) -> None:
    """The year only in the name of the file."""
    book.year_in = "file"


def year_in_sheet_name(book: Book) -> None:
    """The year only in the name of the sheet."""
    book.year_in, book.year_words = "sheet", "ปี {}"


def year_in_folder(book: Book) -> None:
    """The year only in the name of the folder."""
    book.year_in = "folder"


def year_of_two_digits(book: Book) -> None:
    """The year in the title with two digits."""
    book.year_words = f"ปีงบประมาณ {book.year % 100}"


def year_shortened(book: Book) -> None:
    """The year in the title after ปี only."""
    book.year_words = "ประจำปี {}"


def no_title(book: Book) -> None:
    """Nothing above the head; province and year are in the name of the file."""
    book.has_title, book.province_in, book.year_in = False, "file", "file"
