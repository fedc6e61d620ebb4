"""The sheet that is filled in: titles, head, a row of totals, and empty rows that say what they take."""

from __future__ import annotations

from typing import Any

from pipeline.collection.book import Book
from pipeline.collection.model import DATE, MONEY, NUMBER, QUANTITY, Column
from pipeline.workbook import address, column_letters

_NAME, _MOST_ROWS = "project_name", 500


class _Form:
    """Where everything stands: one row each for the titles, the unit, the head and the totals, then the records."""

    def __init__(self, book: Book) -> None:
        words = book.template.words
        self.book, self.words, self.columns = book, words, book.template.columns
        self.head = len(words["titles"]) + 1
        self.total = self.head + 1
        self.first = self.total + 1
        wanted = len(book.subject.known.projects) * words["rows_per_earlier_project"]
        self.last = self.first + min(max(words["rows"], wanted), _MOST_ROWS) - 1
        self.name = book.template.place_of(_NAME)
        self.sheet = book.add_sheet("form", is_wide=True)

    def cell(self, place: int, row: int, *, fixed: str = "") -> str:
        """The address of a cell; `fixed` names the column or the row or both that stay when it is copied."""
        column = "$" * ("column" in fixed) + column_letters(place)
        return f"{column}{'$' * ('row' in fixed)}{row + 1}"

    def span(self, place: int) -> str:
        """The records' cells of a column."""
        return f"{self.cell(place, self.first, fixed='column row')}:{self.cell(place, self.last, fixed='column row')}"


def write_form(book: Book) -> None:
    """Write the form; its head's words are those that known_forms.yml knows it by."""
    form = _Form(book)
    _write_titles(form)
    _write_totals(form)
    for place, column in enumerate(form.columns):
        look = "required" if column.is_required else "optional"
        form.sheet.set_column(place, place, column.width)
        form.sheet.write_string(form.head, place, column.head + " *" * column.is_required, book.looks[look])
        form.sheet.data_validation(form.first, place, form.last, place, _rule(form, column))
        _mark(form, place, column)
    _write_rows(form)
    _set_up(form)


def _write_titles(form: _Form) -> None:
    """Write the titles, each alone in its row, and the unit above the money."""
    for row, text in enumerate(form.words["titles"]):
        form.sheet.write_string(row, 0, form.book.say(text), form.book.looks["told" if row else "title"])
    money = next(place for place, column in enumerate(form.columns) if column.input == MONEY)
    form.sheet.write_string(form.head - 1, money, form.words["unit_line"], form.book.looks["unit"])


def _write_totals(form: _Form) -> None:
    """Write the row of totals above the records: sums of money, how many projects, how much is missing."""
    look = form.book.looks["total"]
    for place, column in enumerate(form.columns):
        if column.input == MONEY:
            form.sheet.write_formula(form.total, place, f"=SUM({form.span(place)})", look, 0)
        else:
            form.sheet.write_blank(form.total, place, None, look)
    form.sheet.write_string(form.total, form.name, form.words["total"], look)
    told = {"counted": f"COUNTA({form.span(form.name)})", "missing": _count_missing(form)}
    for place, (key, count) in enumerate(told.items(), start=form.name + 1):
        before, after = form.words[key].split("{count}")
        shown = form.words[key].format(count=0)
        form.sheet.write_formula(form.total, place, f'="{before}"&{count}&"{after}"', look, shown)


def _count_missing(form: _Form) -> str:
    """A formula that counts required cells that are empty in rows with a name."""
    required = [
        place for place, column in enumerate(form.columns) if column.is_required and place != form.name
    ]
    empty = "+".join(f"(LEN(TRIM({form.span(place)}))=0)" for place in required)
    return f"SUMPRODUCT((LEN(TRIM({form.span(form.name)}))>0)*({empty}))"


def _rule(form: _Form, column: Column) -> dict[str, Any]:
    """What a column's cells take, with what is told before and after typing."""
    entry = form.words["inputs"][column.input]
    subject = form.book.subject
    told = [column.help, form.book.say(entry["prompt"])] if "prompt" in entry else [column.help]
    rule: dict[str, Any] = {
        "validate": "any",
        "input_title": column.head,
        "input_message": "  ".join(told),
        "error_title": column.head,
    }
    if "error" in entry:
        rule["error_message"] = form.book.say(entry["error"])
    source = form.book.list_source(column.list)
    if source:
        rule |= {"validate": "list", "source": source, "show_error": not column.has_others}
    elif column.input in (MONEY, QUANTITY):
        rule |= {"validate": "decimal", "criteria": ">=", "value": 0}
    elif column.input == DATE:
        days = {"minimum": subject.first_day, "maximum": subject.last_day}
        rule |= {"validate": "date", "criteria": "between", **days}
    return rule


def _mark(form: _Form, place: int, column: Column) -> None:
    """Colour cells that are missing in a row with a name, a name that is missing in a row with anything, and doubts."""
    own = form.cell(place, form.first, fixed="column")
    name = form.cell(form.name, form.first, fixed="column")
    if place == form.name:
        ends = [form.cell(end, form.first, fixed="column") for end in (place + 1, len(form.columns) - 1)]
        _colour(form, place, "missing", f"=AND(LEN(TRIM({own}))=0,COUNTA({':'.join(ends)})>0)")
    elif column.is_required:
        _colour(form, place, "missing", f"=AND(LEN(TRIM({name}))>0,LEN(TRIM({own}))=0)")
    for meaning, sign in ((column.not_before, "<"), (column.most, ">")):
        if meaning:
            other = form.cell(form.book.template.place_of(meaning), form.first, fixed="column")
            _colour(form, place, "doubtful", f"=AND(ISNUMBER({own}),ISNUMBER({other}),{own}{sign}{other})")


def _colour(form: _Form, place: int, look: str, formula: str) -> None:
    """Colour a column's cells where a formula, written for the first of them, holds."""
    rule = {"type": "formula", "criteria": formula, "format": form.book.looks[look]}
    form.sheet.conditional_format(form.first, place, form.last, place, rule)


def _write_rows(form: _Form) -> None:
    """Write the running numbers and the empty cells to fill."""
    for row in range(form.first, form.last + 1):
        for place, column in enumerate(form.columns):
            look = form.book.inputs[column.input]
            if column.input == NUMBER:
                form.sheet.write_number(row, place, row - form.first + 1, look)
            else:
                form.sheet.write_blank(row, place, None, look)


def _set_up(form: _Form) -> None:
    """Set heights, what stays in sight, what is printed again on each page, and where to begin."""
    heights = {0: 1.3, form.head: 2, form.total: 1.2}
    records = dict.fromkeys(range(form.first, form.last + 1), form.words["lines_per_row"])
    for row, lines in (dict.fromkeys(range(form.first), 1) | heights | records).items():
        form.book.set_height(form.sheet, row, lines)
    form.sheet.freeze_panes(form.first, form.name + 1)
    form.sheet.repeat_rows(0, form.total)
    form.sheet.print_area(0, 0, form.last, len(form.columns) - 1)
    form.sheet.set_selection(address(form.first, form.name))
    form.sheet.activate()
