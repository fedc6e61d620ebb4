"""The workbook itself: its looks, and the lists that its cells choose from."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import Any

import xlsxwriter

from pipeline.collection.model import AGENCIES, EARLIER, NUMBER, TEXT, Subject, Template, say
from pipeline.thai import squeeze
from pipeline.workbook import column_letters

# Equal data gives equal bytes: the file says no time at which it was made.
MADE = datetime(2022, 1, 1)
A4 = 9
MOST_AGENCIES = 200
_INK, _LINE, _DEEP, _PALE, _GREY = "#1B2A41", "#B8C2CF", "#1F4E79", "#DCE6F1", "#EEF1F5"
_MISSING, _DOUBTFUL = "#F8CBD3", "#FCE4B8"
_LOOKS: dict[str, dict[str, Any]] = {
    "title": {"bold": True, "size": 3, "valign": "vcenter"},
    "told": {"valign": "vcenter"},
    "unit": {"bold": True, "align": "right", "valign": "vcenter"},
    "step": {"text_wrap": True, "align": "left", "indent": 1},
    "required": {"bold": True, "bg_color": _DEEP, "font_color": "#FFFFFF", "is_head": True},
    "optional": {"bold": True, "bg_color": _PALE, "is_head": True},
    "total": {
        "bold": True,
        "bg_color": _GREY,
        "border": 1,
        "num_format": "#,##0.00",
        "shrink": True,
        "valign": "vcenter",
    },
    "cell": {"text_wrap": True, "border": 1, "align": "left", "indent": 1},
    "missing": {"bg_color": _MISSING},
    "doubtful": {"bg_color": _DOUBTFUL},
}
_PLACED: dict[str, dict[str, Any]] = {NUMBER: {"align": "center"}, TEXT: {"align": "left", "indent": 1}}
_HEAD = {"border": 1, "text_wrap": True, "align": "center", "valign": "vcenter"}


class Book:
    """A workbook with the looks and the lists of the template; a context that writes it at its end."""

    def __init__(self, target: Path, template: Template, subject: Subject) -> None:
        # A text is never a formula, a link or a number, whatever it begins with.
        plain = dict.fromkeys(("strings_to_formulas", "strings_to_urls", "strings_to_numbers"), False)
        self.workbook = xlsxwriter.Workbook(str(target), plain)
        self.template, self.subject = template, subject
        self.title = self.say(template.words["file"])
        self.workbook.set_properties({"title": self.title, "created": MADE})
        self.sheets: dict[str, str] = template.words["sheets"]
        self.looks = {name: self._format(**look) for name, look in _LOOKS.items()}
        self.inputs = {
            name: self._format(
                num_format=entry["format"],
                border=1,
                text_wrap=name == TEXT,
                locked=name == NUMBER,
                **_PLACED.get(name, {}),
            )
            for name, entry in template.words["inputs"].items()
        }
        self.lists = _gather_lists(template, subject)

    def __enter__(self) -> Book:
        return self

    def __exit__(self, *_: object) -> None:
        self.workbook.close()

    def say(self, text: str, **more: object) -> str:
        """Fill in a text of the spec for this workbook's province and year."""
        return say(text, self.subject, **more)

    def add_sheet(self, name: str, *, is_wide: bool = False) -> Any:
        """Add a sheet, protected without a password, that prints on A4, one page wide."""
        sheet = self.workbook.add_worksheet(self.sheets[name])
        sheet.hide_gridlines(2)
        if is_wide:
            sheet.set_landscape()
        sheet.set_paper(A4)
        sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
        sheet.fit_to_pages(1, 0)
        sheet.set_footer(f"&L{self.title.replace('&', '&&')}&R&P / &N")
        sheet.protect("", {"format_columns": True, "format_rows": True})
        return sheet

    def set_height(self, sheet: Any, row: int, lines: float) -> None:
        """Make a row so many lines high; Thai needs more than a spreadsheet program gives by itself."""
        sheet.set_row(row, round(lines * self.template.words["font"]["line"], 1))

    def list_source(self, name: str | None) -> str | None:
        """The formula of the cells that hold a list; None where the list is empty."""
        if name is None or not self.lists[name]:
            return None
        column = column_letters(list(self.lists).index(name))
        return f"='{self.sheets['lists']}'!${column}$2:${column}${len(self.lists[name]) + 1}"

    def write_lists(self) -> None:
        """Write the hidden sheet of the lists, each with its name above."""
        sheet = self.workbook.add_worksheet(self.sheets["lists"])
        for place, (name, words) in enumerate(self.lists.items()):
            for row, word in enumerate([name, *words]):
                sheet.write_string(row, place, word)
        sheet.protect("")
        sheet.hide()

    def _format(self, *, is_head: bool = False, size: int = 0, **look: Any) -> Any:
        """A format in the template's typeface."""
        font = self.template.words["font"]
        base = {
            "font_name": font["name"], "font_size": font["size"] + size, "font_color": _INK, "valign": "top",
            "border_color": _LINE,
        }  # fmt: skip
        return self.workbook.add_format(base | (_HEAD if is_head else {}) | look)


def _gather_lists(template: Template, subject: Subject) -> dict[str, tuple[str, ...]]:
    """Every list to choose from; one that is not of this year is empty."""
    lists = {
        name: tuple(entry["words"]) if _holds_in(entry, subject.year_be) else ()
        for name, entry in template.words["lists"].items()
    }
    names = dict.fromkeys(name for name, _ in subject.known.projects)
    starting = template.words["starting_agencies"]
    is_started = subject.province.province_code not in starting["not_in"]
    starters = [say(word, subject) for word in starting["words"]] if is_started else []
    agencies = _distinct([*subject.known.agencies[:MOST_AGENCIES], *starters])
    return {**lists, EARLIER: tuple(names), AGENCIES: agencies}


def _holds_in(entry: dict[str, Any], year_be: int) -> bool:
    """Whether a list is one of a year."""
    first, last = entry.get("years", (year_be, year_be))
    return bool(first <= year_be <= last)


def _distinct(names: Iterable[str]) -> tuple[str, ...]:
    """Names that differ by more than spaces, in order."""
    first: dict[str, str] = {}
    for name in names:
        first.setdefault(squeeze(name), name)
    return tuple(first.values())
