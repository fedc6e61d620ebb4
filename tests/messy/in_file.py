"""Defects of the container: what kind of file it is, and what else was sent."""

from __future__ import annotations

from tests.messy.plan import Book


def csv_utf8(book: Book) -> None:
    """CSV in UTF-8."""
    book.containers = ["csv"]


def csv_with_mark(book: Book) -> None:
    """CSV in UTF-8 with a byte-order mark, as Excel writes it."""
    book.containers = ["csv-sig"]


def csv_cp874(book: Book) -> None:
    """CSV in the code page of Thai Windows."""
    book.containers = ["csv-cp874"]


def csv_semicolons(book: Book) -> None:
    """CSV with semicolons."""
    book.containers = ["csv-semicolon"]


def text_with_tabs(book: Book) -> None:
    """Text with tabs in UTF-16, as Excel's Unicode text."""
    book.containers = ["tab-utf16"]


def html_named_xls(book: Book) -> None:
    """An HTML table in UTF-8 that is named .xls."""
    book.containers = ["html"]


def html_tis620_named_xls(book: Book) -> None:
    """An HTML table in TIS-620 that is named .xls."""
    book.containers = ["html-tis620"]


def xlsx_named_xls(book: Book) -> None:
    """A workbook of today named as one of old."""
    book.containers = ["xlsx-as-xls"]


def sent_twice(book: Book) -> None:
    """The same table again as CSV: counts once."""
    book.containers = ["xlsx", "csv"]
