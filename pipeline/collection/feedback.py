"""The form on which readers say what they think of a brief: three questions, each 1 to 5 with room for words."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any

import xlsxwriter

from pipeline import specs
from pipeline.collection.book import A4, MADE
from pipeline.collection.model import Subject, say
from pipeline.layout import load_vocabulary

SPEC = "feedback.yml"
SCORES = {"feedback_useful", "feedback_understood", "feedback_satisfied"}
_LINE, _DEEP = "#B8C2CF", "#1F4E79"
_HEAD = {"bold": True, "bg_color": _DEEP, "font_color": "#FFFFFF", "align": "center", "valign": "vcenter"}


@lru_cache(maxsize=1)
def load_feedback() -> dict[str, Any]:
    """Load specs/feedback.yml.

    Raises:
        SpecError: a head is no word of vocabulary.yml as a whole, or stands for something else, or a question lacks.
    """
    raw: dict[str, Any] = specs.load_yaml(SPEC)
    for column in raw["columns"]:
        heading = load_vocabulary().read_heading(column["head"])
        where = f"{SPEC}: columns: {column['head']}"
        specs.require(
            heading.is_exact and heading.field == column["is"], where, f"a whole word for {column['is']}"
        )
    asked = {column["is"] for column in raw["columns"]}
    specs.require(asked >= SCORES | {f"{one}_words" for one in SCORES}, SPEC, "each question, with its words")
    return raw


def feedback_path(folder: Path, subject: Subject) -> Path:
    """Where the form of a brief is written: its name says province and year."""
    return folder / subject.province.slug / f"{say(load_feedback()['file'], subject)}.xlsx"


def write_feedback(folder: Path, subject: Subject) -> Path:
    """Write the form for the readers of one brief, beside its place first; returns it.

    Args:
        folder: the folder of all templates; a form of the same province and year there is replaced.
        subject: the province and the year of the brief.
    """
    target = feedback_path(folder, subject)
    target.parent.mkdir(parents=True, exist_ok=True)
    unfinished = target.with_name(f".{target.name}")
    words = load_feedback()
    # A text is never a formula, a link or a number, whatever it begins with.
    plain = dict.fromkeys(("strings_to_formulas", "strings_to_urls", "strings_to_numbers"), False)
    with xlsxwriter.Workbook(str(unfinished), plain) as workbook:
        workbook.set_properties({"title": say(words["file"], subject), "created": MADE})
        sheet = workbook.add_worksheet(words["sheet"])
        _set_up(sheet, words)
        _write_form(workbook, sheet, words, subject)
    return unfinished.replace(target)


def _set_up(sheet: Any, words: dict[str, Any]) -> None:
    """Make a sheet that prints on A4, one page wide, whose heads are locked."""
    sheet.hide_gridlines(2)
    sheet.set_landscape()
    sheet.set_paper(A4)
    sheet.fit_to_pages(1, 0)
    head = len(words["titles"]) + 1
    sheet.repeat_rows(head)
    sheet.freeze_panes(head + 1, 1)
    sheet.protect("", {"format_columns": True, "format_rows": True})
    for row in range(head + words["rows"] + 1):
        sheet.set_row(row, words["font"]["line"] * (1 if row < head else words["lines_per_row"]))


def _write_form(workbook: Any, sheet: Any, words: dict[str, Any], subject: Subject) -> None:
    """Write titles, heads and the empty rows; a score takes whole numbers from 1 to 5 only."""
    font = {"font_name": words["font"]["name"], "font_size": words["font"]["size"]}
    plain, bold = workbook.add_format(font), workbook.add_format(font | {"bold": True})
    box = font | {"border": 1, "border_color": _LINE, "text_wrap": True, "valign": "top"}
    head_look = workbook.add_format(box | _HEAD)
    printed = workbook.add_format(box | {"align": "center"})
    score = workbook.add_format(box | {"align": "center", "locked": False, "num_format": "0"})
    text = workbook.add_format(box | {"locked": False, "num_format": "@"})
    head = len(words["titles"]) + 1
    first, last = head + 1, head + words["rows"]
    for row, title in enumerate(words["titles"]):
        sheet.write_string(row, 0, say(title, subject), plain if row else bold)
    for place, column in enumerate(words["columns"]):
        sheet.set_column(place, place, column["width"])
        sheet.write_string(head, place, column["head"], head_look)
        is_score = column["is"] in SCORES
        rule = {"validate": "integer", "criteria": "between", "minimum": 1, "maximum": 5} if is_score else {}
        told = {
            "input_title": column["head"][:32],
            "input_message": column["help"],
            "error_message": words["error"],
        }
        sheet.data_validation(first, place, last, place, {"validate": "any"} | rule | told)
        for row in range(first, last + 1):
            if place == 0:
                sheet.write_number(row, 0, row - first + 1, printed)
            else:
                sheet.write_blank(row, place, None, score if is_score else text)
    sheet.write_string(last + 2, 0, words["foot"], plain)
