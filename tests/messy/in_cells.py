"""Defects of how texts and numbers are typed; what they say stays the same."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal

from tests.messy.plan import Book, Column
from tests.messy.printing import TO_THAI

_NEVER_FIRST = re.compile("[\u0e30-\u0e3a\u0e45-\u0e4e]")


def thai_digits(book: Book) -> None:
    """Thai digits everywhere: amounts, running numbers, years in the head and the title."""
    _retype_amounts(book, lambda text: text.translate(TO_THAI))
    _retype_heads(book, lambda text: text.translate(TO_THAI))
    book.has_thai_title = True
    if any(column.field == "no" for column in book.columns):
        place = book.index("no")
        for row in book.body:
            if row.cells and isinstance(row.cells[place], int):
                row.cells[place] = str(row.cells[place]).translate(TO_THAI)


def amounts_with_tail(book: Book) -> None:
    """Amounts that end in .- as on cheques."""
    _retype_amounts(book, lambda text: f"{text}.-")


def amounts_with_baht(book: Book) -> None:
    """Amounts that name the baht."""
    _retype_amounts(book, lambda text: f"{text} บาท")


def amounts_as_text(book: Book) -> None:
    """Amounts that are text with commas, and blanks around."""
    _retype_amounts(book, lambda text: f"  {text} ")


def amounts_without_commas(book: Book) -> None:
    """Amounts that are text without commas."""
    _retype_amounts(book, lambda text: text.replace(",", ""))


def amounts_in_words(book: Book) -> None:
    """Some amounts that name a million: 1.2 ล้าน."""
    for row in book.body:
        for index in book.money:
            cell = row.cells[index] if len(row.cells) > index else None
            if isinstance(cell, Decimal) and cell >= 1_000_000 and row.kind == "record":
                row.cells[index] = f"{(cell / 1_000_000).normalize():f} ล้าน"


def amounts_in_many_styles(book: Book) -> None:
    """Every amount typed in another way."""
    styles = ("{}", " {} ", "{}.-", "{} บาท", "฿{}")
    _retype_amounts(book, lambda text: book.rng.choice(styles).format(text))


def amounts_with_whole_baht(book: Book) -> None:
    """Amounts that end in บาทถ้วน."""
    _retype_amounts(book, lambda text: f"{text} บาทถ้วน")


def minus_in_brackets(book: Book) -> None:
    """Negative amounts in brackets, as bookkeepers write them."""
    for row in book.body:
        for index in book.money:
            cell = row.cells[index] if len(row.cells) > index else None
            if isinstance(cell, Decimal) and cell < 0:
                row.cells[index] = f"({-cell:,f})"


def line_breaks_in_heads(book: Book) -> None:
    """Line breaks inside heads, where a column is narrow."""
    _retype_heads(book, lambda text: _insert(text, len(text) // 2, "\n") if len(text) > 6 else text)


def spaces_in_heads(book: Book) -> None:
    """Heads padded with spaces, inside too."""
    _retype_heads(book, lambda text: f"  {text.replace('ประมาณ', 'ประมาณ  ')}   ")


def decomposed_am(book: Book) -> None:
    """Every ำ typed as two characters, in heads, names and titles."""
    _retype_everything(book, lambda text: text.replace("\u0e33", "\u0e4d\u0e32"))


def doubled_marks(book: Book) -> None:
    """Vowels and tones typed twice, which a screen does not show."""
    _retype_everything(book, lambda text: re.sub("([\u0e34-\u0e39\u0e48\u0e49])", r"\1\1", text, count=2))


def zero_width_spaces(book: Book) -> None:
    """Zero-width spaces, as pasted from the web."""
    _retype_everything(book, lambda text: _insert(text, 4, "\u200b") + "\u200b")


def no_break_spaces(book: Book) -> None:
    """No-break spaces around texts and in place of spaces."""
    _retype_everything(book, lambda text: f"\u00a0{text.replace(' ', chr(0xA0))}\u00a0")


def broken_names(book: Book) -> None:
    """Names with a line break where the column is narrow."""
    _retype_names(book, lambda text: _insert(text, 7, "\n"))


def _insert(text: str, place: int, what: str) -> str:
    """Put something into a text where a new syllable may begin, at a place or after it."""
    while place < len(text) and (_NEVER_FIRST.match(text[place]) or text[place - 1] in "เแโใไ"):
        place += 1
    return text[:place] + what + text[place:]


def _retype_amounts(book: Book, retype: Callable[[str], str]) -> None:
    """Print every amount as text."""
    for row in book.body:
        for index in book.money:
            cell = row.cells[index] if len(row.cells) > index else None
            if isinstance(cell, Decimal):
                row.cells[index] = retype(f"{cell.normalize():,f}")


def _retype_heads(book: Book, retype: Callable[[str], str]) -> None:
    """Retype the words of every head."""
    book.columns = [
        Column(tuple(retype(text) for text in column.path), column.field, column.key)
        for column in book.columns
    ]


def _retype_names(book: Book, retype: Callable[[str], str]) -> None:
    """Retype the names of projects."""
    place = book.index("name")
    for row in book.body:
        if row.kind == "record":
            row.cells[place] = retype(str(row.cells[place]))


def _retype_everything(book: Book, retype: Callable[[str], str]) -> None:
    """Retype heads, names, sections and the title."""
    _retype_heads(book, retype)
    _retype_names(book, retype)
    book.topic = retype(book.topic)
    for row in book.body:
        if row.kind == "section":
            row.cells = [retype(cell) if isinstance(cell, str) else cell for cell in row.cells]
