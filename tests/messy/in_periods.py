"""Defects of time: years, quarters and months as columns."""

from __future__ import annotations

from decimal import Decimal

from tests.messy.in_plan import add_field, sum_parts
from tests.messy.plan import Book, Column, Key, set_money

MONTHS = ("ต.ค.", "พ.ย.", "ธ.ค.", "ม.ค.", "ก.พ.", "มี.ค.", "เม.ย.", "พ.ค.", "มิ.ย.", "ก.ค.", "ส.ค.", "ก.ย.")
CODES = tuple(f"M{(9 + number) % 12 + 1:02d}" for number in range(12))
DISBURSED = "ผลการเบิกจ่าย"


def wide_years(book: Book) -> None:
    """A column for each of three years under the measure."""
    _set_years(book, "{}")


def wide_years_two_digits(book: Book) -> None:
    """A column for each of three years, written ปี 65."""
    _set_years(book, "ปี {}", digits=2)


def wide_years_with_total(book: Book) -> None:
    """Three years and their sum, which is the amount of no year."""
    _set_years(book, "ปี {}")
    years = range(book.year, book.year + 3)
    keys = [Key("requested", year) for year in years]
    add_field(book, ("รวม 3 ปี (บาท)",), "total", lambda amounts: sum(amounts[key] for key in keys))


def quarters_with_total(book: Book) -> None:
    """Four quarters and their sum."""
    _set_quarters(book)
    sum_parts(book, Key("disbursed"), (DISBURSED, "รวม"))


def quarters_with_total_first(book: Book) -> None:
    """The year's sum before its four quarters."""
    _set_quarters(book)
    sum_parts(book, Key("disbursed"), (DISBURSED, "รวม"))
    book.columns.insert(len(book.columns) - 5, book.columns.pop())


def quarters_without_total(book: Book) -> None:
    """Four quarters that no column sums."""
    _set_quarters(book)


def months_alone(book: Book) -> None:
    """Twelve months from October."""
    set_money(
        book,
        [
            ((DISBURSED, month), Key("disbursed", part=code))
            for month, code in zip(MONTHS, CODES, strict=True)
        ],
    )


def months_with_plan_and_actual(book: Book) -> None:
    """Twelve months, แผน and ผล below each."""
    heads = []
    for month, code in zip(MONTHS, CODES, strict=True):
        heads.append((("การเบิกจ่ายงบประมาณ", month, "แผน"), Key("planned", part=code)))
        heads.append((("การเบิกจ่ายงบประมาณ", month, "ผล"), Key("disbursed", part=code)))
    set_money(book, heads)


def quarters_with_plan_and_actual(book: Book) -> None:
    """Four quarters, แผนการเบิกจ่าย and ผลการเบิกจ่าย below each."""
    heads = []
    for number in range(1, 5):
        heads.append(((f"ไตรมาสที่ {number}", "แผนการเบิกจ่าย"), Key("planned", part=f"Q{number}")))
        heads.append(((f"ไตรมาสที่ {number}", "ผลการเบิกจ่าย"), Key("disbursed", part=f"Q{number}")))
    set_money(book, heads)


def months_in_quarters(book: Book) -> None:
    """Months under their quarter, each quarter with its sum: the year is counted once."""
    keys = [Key("disbursed", part=code) for code in CODES]
    heads = [((DISBURSED, _quarter(n), month), keys[n]) for n, month in enumerate(MONTHS)]
    set_money(book, heads)
    months = [column for column in book.columns if column.key]
    book.columns = [column for column in book.columns if not column.key]
    for quarter in range(4):
        key = Key("disbursed", part=f"Q{quarter + 1}")
        parts = keys[quarter * 3 : quarter * 3 + 3]
        book.columns += months[quarter * 3 : quarter * 3 + 3]
        book.columns.append(Column((DISBURSED, _quarter(quarter * 3), "รวม"), key=key))
        for project in book.projects:
            project.amounts[key] = sum((project.amounts[part] for part in parts), Decimal(0))  # type: ignore[misc]


def quarters_of_two_measures(book: Book) -> None:
    """Quarters under what is planned and under what is paid, each with its sum."""
    heads = []
    for measure, group in (("planned", "แผนการใช้จ่าย"), ("disbursed", "ผลการเบิกจ่าย")):
        heads += [((group, f"ไตรมาสที่ {n}"), Key(measure, part=f"Q{n}")) for n in range(1, 5)]
        heads.append(((group, "รวม"), Key(measure)))
    set_money(book, heads)
    for project in book.projects:
        for measure in ("planned", "disbursed"):
            parts = [project.amounts[Key(measure, part=f"Q{n}")] for n in range(1, 5)]
            project.amounts[Key(measure)] = sum(parts, Decimal(0))  # type: ignore[arg-type]


def _set_years(book: Book, words: str, *, digits: int = 4) -> None:
    """Columns of three years of what is asked for; the title says their range."""
    years = range(book.year, book.year + 3)
    heads = [(("คำของบประมาณ", words.format(str(year)[-digits:])), Key("requested", year)) for year in years]
    set_money(book, heads)
    book.year_words = f"พ.ศ. {book.year}-{book.year + 2}"


def _set_quarters(book: Book) -> None:
    """Columns of four quarters of what was paid."""
    set_money(book, [((DISBURSED, f"ไตรมาส {n}"), Key("disbursed", part=f"Q{n}")) for n in range(1, 5)])


def _quarter(month: int) -> str:
    """The words of a month's quarter."""
    first = month // 3 * 3
    return f"ไตรมาส {month // 3 + 1} ({MONTHS[first]}-{MONTHS[first + 2]})"
