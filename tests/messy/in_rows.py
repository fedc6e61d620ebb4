"""Defects of the rows under the head: what stands between and beside the projects."""

from __future__ import annotations

from tests.messy.grid import Row
from tests.messy.plan import Book
from tests.messy.printing import sum_row

SECTIONS = (
    "ยุทธศาสตร์ที่ 1 การอำนวยความยุติธรรม",
    "ยุทธศาสตร์ที่ 2 การป้องกันอาชญากรรม",
    "ยุทธศาสตร์ที่ 3 การพัฒนาเครือข่าย",
)


def province_merged_down(book: Book) -> None:
    """A province's name merged down over its projects."""
    place, first = book.index("province"), book.body[0]
    for row in book.body:
        if row is first or row.cells[place] != first.cells[place]:
            first = row
            first.spans = {place: 1}
        else:
            row.cells[place] = None
            first.spans[place] += 1


def total_at_the_end(book: Book) -> None:
    """A grand total below all projects."""
    book.body.append(sum_row(book, "total", "รวมทั้งสิ้น", book.body))


def total_under_the_names(book: Book) -> None:
    """A grand total whose word stands in the column of names."""
    book.body.append(sum_row(book, "total", "รวม", book.body, place=book.index("name")))


def total_that_counts(book: Book) -> None:
    """A grand total that says how many projects there are."""
    label = f"รวม {len(book.projects)} โครงการ"
    book.body.append(sum_row(book, "total", label, book.body))


def total_over_merged_cells(book: Book) -> None:
    """A grand total whose word is merged over the cells to the left of the amounts."""
    row = sum_row(book, "total", "รวมเป็นเงินทั้งสิ้น", book.body)
    row.across = min(book.money)
    book.body.append(row)


def total_beside_the_amounts(book: Book) -> None:
    """A grand total whose word stands right before the amounts."""
    book.body.append(sum_row(book, "total", "รวม", book.body, place=min(book.money) - 1))


def total_in_many_words(book: Book) -> None:
    """A grand total of many words."""
    label = f"รวมงบประมาณทั้งสิ้น จำนวน {len(book.projects)} โครงการ เป็นเงิน"
    book.body.append(sum_row(book, "total", label, book.body))


def total_with_spaces(book: Book) -> None:
    """A grand total whose letters are spaced."""
    book.body.append(sum_row(book, "total", "ร ว ม ทั้งสิ้น", book.body))


def total_after_a_blank_row(book: Book) -> None:
    """A grand total below a blank row."""
    total = sum_row(book, "total", "รวมทั้งสิ้น", book.body)
    book.body += [Row("blank"), total]


def blank_row_under_the_head(book: Book) -> None:
    """A blank row between the head and the first project."""
    book.body.insert(0, Row("blank"))


def rows_left_blank(book: Book) -> None:
    """Rows of the form below the projects that hold a running number only."""
    place = book.index("no")
    for number in range(1, 4):
        cells = [None] * len(book.columns)
        book.body.append(Row("form", [*cells[:place], len(book.projects) + number, *cells[place + 1 :]]))


def total_at_the_top(book: Book) -> None:
    """A grand total right below the head."""
    book.body.insert(0, sum_row(book, "total", "รวมทั้งสิ้น", book.body))


def sections(book: Book) -> None:
    """Rows that name the strategy of the projects below them."""
    book.body = [row for text, rows in _parts(book) for row in (_section(book, text), *rows)]


def sections_merged(book: Book) -> None:
    """Rows that name the strategy, merged over the whole table."""
    sections(book)
    for row in book.body:
        row.across = len(book.columns) if row.kind == "section" else row.across


def sections_with_subtotals(book: Book) -> None:
    """Rows that name the strategy, and below its projects their subtotal."""
    body: list[Row] = []
    for text, rows in _parts(book):
        body += [
            _section(book, text),
            *rows,
            sum_row(book, "subtotal", f"รวม{' '.join(text.split()[:2])}", rows),
        ]
    book.body = body


def sections_with_plain_subtotals(book: Book) -> None:
    """Subtotals that say only รวม, and a grand total that says รวมทั้งสิ้น."""
    body: list[Row] = []
    for text, rows in _parts(book):
        body += [_section(book, text), *rows, sum_row(book, "subtotal", "รวม", rows)]
    book.body = [*body, sum_row(book, "total", "รวมทั้งสิ้น", body)]


def sections_that_hold_subtotals(book: Book) -> None:
    """Rows that name the strategy and state its subtotal in the same row."""
    book.body = [row for text, rows in _parts(book) for row in (sum_row(book, "section", text, rows), *rows)]


def sections_numbered(book: Book) -> None:
    """Strategies numbered 1, 2, 3 with their subtotal, their projects 1.1, 1.2."""
    body: list[Row] = []
    for number, (text, rows) in enumerate(_parts(book), start=1):
        section = sum_row(book, "section", text, rows, place=book.index("name"))
        section.cells[book.index("no")] = number
        for count, row in enumerate((row for row in rows if row.kind == "record"), start=1):
            row.cells[book.index("no")] = f"{number}.{count}"
        body += [section, *rows]
    book.body = body


def sections_in_the_names(book: Book) -> None:
    """Rows that name the strategy in the column of names."""
    place = book.index("name")
    book.body = [
        row for text, rows in _parts(book) for row in (Row("section", [None] * place + [text], text), *rows)
    ]


def sections_of_two_levels(book: Book) -> None:
    """A strategy, and below it a plan of its own."""
    body: list[Row] = []
    for number, (text, rows) in enumerate(_parts(book), start=1):
        body += [_section(book, text), _section(book, f"แผนงานที่ {number}.1 งานตามภารกิจ"), *rows]
    book.body = body


def numbers_start_again(book: Book) -> None:
    """Strategies under which the running numbers start again."""
    place = book.index("no")
    for _, rows in _parts(book):
        for number, row in enumerate((row for row in rows if row.cells[place] is not None), start=1):
            row.cells[place] = number
    sections(book)


def head_on_every_page(book: Book) -> None:
    """The head again on every printed page."""
    book.body = [row for page in _pages(book) for row in (Row("head"), *page)][1:]


def totals_of_pages(book: Book) -> None:
    """The sum of a page at its end, and what is carried over at the start of the next."""
    body: list[Row] = []
    for number, page in enumerate(_pages(book)):
        brought = [sum_row(book, "page", "ยอดยกมา", body)] if number else []
        body += [*([Row("head")] if number else []), *brought, *page, sum_row(book, "page", "รวมหน้านี้", page)]
    book.body = [*body, sum_row(book, "total", "รวมทั้งสิ้น", body)]


def blank_rows(book: Book) -> None:
    """Blank rows between projects."""
    places = _starts(book)[1::3]
    for place in reversed(places):
        book.body.insert(place, Row("blank"))


def notes_below(book: Book) -> None:
    """Notes below the table."""
    book.notes += ["หมายเหตุ : งบประมาณอาจเปลี่ยนแปลงตามที่ได้รับจัดสรร", "ที่มา : สำนักงานยุติธรรมจังหวัด"]


def signature_block(book: Book) -> None:
    """A signature block with a made-up name."""
    book.notes += [
        "ลงชื่อ ........................................ ผู้รายงาน",
        "(นายสมมติ ลงนามจริง)",
        "ตำแหน่ง ยุติธรรมจังหวัด",
    ]
    book.personal.append("สมมติ ลงนามจริง")


def _starts(book: Book) -> list[int]:
    """Where the projects start in the body; between them nothing may be put without tearing one apart."""
    return [place for place, row in enumerate(book.body) if row.kind == "record"]


def _chunks(book: Book, count: int) -> list[list[Row]]:
    """Cut the body before projects in so many parts of about equal length."""
    starts = _starts(book)
    cuts = [starts[len(starts) * part // count] for part in range(1, count)]
    return [book.body[a:b] for a, b in zip([0, *cuts], [*cuts, len(book.body)], strict=True)]


def _parts(book: Book) -> list[tuple[str, list[Row]]]:
    """The strategies, each with its rows."""
    return list(zip(SECTIONS, _chunks(book, len(SECTIONS)), strict=True))


def _pages(book: Book) -> list[list[Row]]:
    """The printed pages."""
    return _chunks(book, 2)


def _section(book: Book, text: str) -> Row:
    """A row that names a section in its first cell."""
    return Row("section", [text], text)
