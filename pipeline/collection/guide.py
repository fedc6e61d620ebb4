"""The sheets beside the form: how to fill it, what its words mean, and the projects of before."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil
from typing import Any

from pipeline.collection.book import Book
from pipeline.collection.model import NUMBER, Column
from pipeline.thai import strip_marks

_GUIDE, _GLOSSARY, _EARLIER = (6, 110), (24, 96, 14), (8, 80, 50)


def write_guide(book: Book) -> None:
    """Write how to fill the form, step by step."""
    words = book.template.words
    sheet = book.add_sheet("guide")
    _set_widths(sheet, _GUIDE)
    _write_title(book, sheet, words["guide"]["title"])
    steps = list(words["guide"]["steps"])
    if not words["starting_agencies"]["is_verified"]:
        steps.append(words["guide"]["unverified"])
    for number, step in enumerate(steps, start=1):
        sheet.write_number(number + 1, 0, number, book.looks["step"])
        text = book.say(step)
        book.set_height(sheet, number + 1, _lines([text], _GUIDE[1:]))
        sheet.write_string(number + 1, 1, text, book.looks["step"])


def write_glossary(book: Book) -> None:
    """Write every column with how to fill it, then the words with what they mean, then where lists are from."""
    words = book.template.words
    heads = words["glossary_heads"]
    sheet = book.add_sheet("glossary")
    _set_widths(sheet, _GLOSSARY)
    _write_title(book, sheet, words["sheets"]["glossary"])
    columns = [(column.head, column.help, heads[_need(column)]) for column in book.template.columns]
    row = _write_block(book, sheet, [heads["columns"], *columns], top=2, widths=_GLOSSARY)
    meanings = [(entry["word"], book.say(entry["meaning"])) for entry in words["glossary"]]
    sources = [(name, entry["source"]) for name, entry in _sources(book)]
    _write_block(book, sheet, [heads["words"], *meanings, *sources], top=row + 1, widths=_GLOSSARY)


def write_earlier(book: Book) -> None:
    """Write the projects that are known from before, or that there are none."""
    words, known = book.template.words, book.subject.known
    sheet = book.add_sheet("earlier")
    _set_widths(sheet, _EARLIER)
    if not known.projects:
        _write_title(book, sheet, words["earlier_none"], years=words["earlier_years"])
        return
    _write_title(book, sheet, words["earlier_title"], earlier=known.year_be, count=len(known.projects))
    sheet.write_string(1, 0, book.say(words["earlier_help"]), book.looks["told"])
    rows = [
        (str(number), name, agency or "") for number, (name, agency) in enumerate(known.projects, start=1)
    ]
    book.set_height(sheet, 1, 1)
    _write_block(book, sheet, [words["earlier_heads"], *rows], top=3, widths=_EARLIER)
    sheet.freeze_panes(4, 0)
    sheet.repeat_rows(3)


def _need(column: Column) -> str:
    """Whether a column is printed, or must or may be filled."""
    if column.input == NUMBER:
        return "printed"
    return "required" if column.is_required else "optional"


def _sources(book: Book) -> list[tuple[str, dict[str, Any]]]:
    """The lists that say where they are from, by the head of their column."""
    lists = book.template.words["lists"]
    heads = {column.list: column.head for column in book.template.columns}
    return [(heads[name], entry) for name, entry in lists.items() if "source" in entry and book.lists[name]]


def _write_title(book: Book, sheet: Any, text: str, **more: object) -> None:
    """Write a sheet's title into its first cell."""
    book.set_height(sheet, 0, 1.3)
    sheet.write_string(0, 0, book.say(text, **more), book.looks["title"])


def _write_block(
    book: Book, sheet: Any, rows: Sequence[Sequence[str]], *, top: int, widths: Sequence[float]
) -> int:
    """Write a head and its rows, each as high as its texts need; returns the row after them."""
    for row, texts in enumerate(rows, start=top):
        book.set_height(sheet, row, _lines(texts, widths))
        for place, text in enumerate(texts):
            sheet.write_string(row, place, text, book.looks["optional" if row == top else "cell"])
    return top + len(rows)


def _lines(texts: Sequence[str], widths: Sequence[float]) -> int:
    """How many lines the longest of a row's texts may take."""
    return max(ceil(len(strip_marks(text)) / width) for text, width in zip(texts, widths, strict=False))


def _set_widths(sheet: Any, widths: Sequence[float]) -> None:
    """Set the widths of the first columns, in characters."""
    for place, width in enumerate(widths):
        sheet.set_column(place, place, width)
