"""The first sheet of a returned workbook: every finding, with a link to its cell, ready to print."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from openpyxl.cell.cell import Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.header_footer import HeaderFooter, HeaderFooterItem, _HeaderFooterPart
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from pipeline.returns.marking import list_cells, severity_look
from pipeline.returns.model import SEVERITIES, Remark, Task, count_remarks, load_words
from pipeline.returns.rebuild import cell_at, put_text
from pipeline.thai import thai_date

_A4 = 9
_SIZE = 14
_LINE_POINTS = 21
_LETTERS_A_LINE = 150
# Where the typeface is missing, the one instead is wider: a line too many is better than a text cut off.
_LETTERS_A_UNIT = 0.85
_THIN = Side(style="thin", color="808080")
_GRID = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)
_HEAD_FILL = PatternFill("solid", fgColor="D9E1F2")
_WRAPPED = Alignment(wrap_text=True, vertical="top")
_MIDDLE = Alignment(wrap_text=True, vertical="top", horizontal="center")
_CENTRED = (0, 2, 3)


def write_front(
    page: Worksheet,
    task: Task,
    remarks: Sequence[Remark],
    *,
    pages: Mapping[str, Worksheet],
    lines: Sequence[str],
) -> dict[int, int]:
    """Write the list of findings on an empty sheet.

    Args:
        page: the sheet.
        task: whose file it is.
        remarks: the findings in their order.
        pages: the other sheets by the name that the warehouse has for them; the findings link to their cells.
        lines: what else is to be said of this copy.

    Returns:
        The row of each finding by its number.
    """
    _write_top(page, task, remarks, lines)
    head = page.max_row + 1
    for index, column in enumerate(load_words()["columns"], start=1):
        cell = cell_at(page, head, index)
        put_text(cell, column["name"])
        cell.font, cell.fill, cell.border = _font(bold=True), _HEAD_FILL, _GRID
        cell.alignment = _MIDDLE
        page.column_dimensions[get_column_letter(index)].width = column["width"]
    page.row_dimensions[head].height = _LINE_POINTS + 4
    for remark in remarks:
        _write_remark(page, head + remark.number, remark, pages)
    _set_up(page, head)
    return {remark.number: head + remark.number for remark in remarks}


def _write_top(page: Worksheet, task: Task, remarks: Sequence[Remark], lines: Sequence[str]) -> None:
    """Write what this is, whose, of when, and how to use it."""
    words, front = load_words(), load_words()["front"]
    run = task.run
    counts = {name: f"{count:,}" for name, count in count_remarks(tuple(remarks)).items()}
    when = {"day": thai_date(run.day), "release": run.release, "due": thai_date(run.due)}
    texts = [
        front["title"] + (f" ({front['sample']})" if run.is_sample else ""),
        words["marker"],
        front["file"].format(path=task.path),
        front["who"].format(who=task.who or "........"),
        front["when"].format(**when),
        front["counts"].format(**counts),
        *lines,
        front["how"],
    ]
    last = len(words["columns"])
    for number, text in enumerate(texts, start=1):
        cell = cell_at(page, number, 1)
        put_text(cell, text)
        cell.font = _font(bold=number == 1, size=_SIZE + 6 if number == 1 else _SIZE)
        cell.alignment = _WRAPPED
        page.merge_cells(start_row=number, start_column=1, end_row=number, end_column=last)
        height = _LINE_POINTS * (len(text) // _LETTERS_A_LINE + 1)
        page.row_dimensions[number].height = height + (8 if number == 1 else 0)
    _write_legend(page, len(texts) + 1, {remark.severity for remark in remarks if remark.is_marked})
    cell_at(page, len(texts) + 2, 1).value = None


def _write_legend(page: Worksheet, row: int, others: Collection[str]) -> None:
    """Show how each severity that is marked looks at a cell, and those that some remarks have all the same."""
    words = load_words()
    put_text(cell_at(page, row, 1), words["front"]["legend"])
    cell_at(page, row, 1).font = _font()
    page.merge_cells(start_row=row, start_column=1, end_row=row, end_column=2)
    marked = [
        severity for severity in SEVERITIES if words["severities"][severity]["marks"] or severity in others
    ]
    for column, severity in enumerate(marked, start=3):
        cell = cell_at(page, row, column)
        put_text(cell, words["severities"][severity]["name"])
        cell.fill, cell.border = severity_look(severity)
        cell.font, cell.alignment = _font(bold=True), _MIDDLE
    page.row_dimensions[row].height = _LINE_POINTS + 4


def _write_remark(page: Worksheet, row: int, remark: Remark, pages: Mapping[str, Worksheet]) -> None:
    """Write one finding's line."""
    words, front = load_words(), load_words()["front"]
    target = pages.get(remark.sheet or "")
    sheet = target.title if target is not None else remark.sheet or front["whole_file"]
    found = "\n".join(filter(None, (remark.message, remark.computed)))
    texts = (
        None,
        sheet,
        _say_place(remark.cell) if remark.cell else front["whole_sheet"] if remark.sheet else "",
        words["severities"][remark.severity]["name"],
        found,
        remark.value or "",
        remark.todo,
    )
    for index, text in enumerate(texts):
        cell = cell_at(page, row, index + 1)
        if text is None:
            cell.value = remark.number
        else:
            put_text(cell, text)
        cell.font, cell.border = _font(), _GRID
        cell.alignment = _MIDDLE if index in _CENTRED else _WRAPPED
    cell_at(page, row, 4).fill, cell_at(page, row, 4).border = severity_look(remark.severity)
    page.row_dimensions[row].height = _height(texts)
    if target is not None:
        _link(cell_at(page, row, 3 if remark.cell else 2), target, remark.cell)


def _say_place(place: str) -> str:
    """Name a cell as people do: whole rows by their numbers.

    >>> _say_place("F12"), _say_place("9:9"), _say_place("9:12")
    ('F12', 'แถว 9', 'แถว 9-12')
    """
    first, _, last = place.partition(":")
    if not first.isdecimal():
        return place
    words = load_words()
    return str(words["row" if first == last else "rows"]).format(first=first, last=last)


def _height(texts: Sequence[str | None]) -> float:
    """About how high a line of the list must be for all of its texts."""
    columns: list[dict[str, Any]] = load_words()["columns"]
    counts = [
        sum(
            _letters(line) // max(int(column["width"] * _LETTERS_A_UNIT), 1) + 1
            for line in (text or "").split("\n")
        )
        for column, text in zip(columns, texts, strict=True)
    ]
    return _LINE_POINTS * max(counts)


def _letters(text: str) -> int:
    """How many letters of a text take room: Thai vowels and tone marks above and below take none."""
    return sum(
        not ("\u0e34" <= sign <= "\u0e3a" or "\u0e47" <= sign <= "\u0e4e" or sign == "\u0e31")
        for sign in text
    )


def _link(cell: Cell, target: Worksheet, place: str | None) -> None:
    """Link a line of the list to the finding's cell."""
    cells = list_cells(target, place) if place else []
    where = cells[0].coordinate if cells else "A1"
    name = target.title.replace("'", "''")
    value = cell.value
    cell.hyperlink = Hyperlink(ref=cell.coordinate, location=f"'{name}'!{where}")
    put_text(cell, str(value))
    cell.font = Font(name=load_words()["font"], size=_SIZE, underline="single", color="0563C1")


def _font(*, bold: bool = False, size: int = _SIZE) -> Font:
    """The typeface of the list."""
    return Font(name=load_words()["font"], size=size, bold=bold)


def _set_up(page: Worksheet, head: int) -> None:
    """Freeze the head, and print on A4 across, as wide as the paper, the head on every page."""
    page.freeze_panes = f"A{head + 1}"
    page.print_title_rows = f"{head}:{head}"
    page.page_setup.orientation = "landscape"
    page.page_setup.paperSize = _A4
    page.page_setup.fitToWidth, page.page_setup.fitToHeight = 1, 0
    page.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    page.page_margins.left = page.page_margins.right = 0.4
    page.page_margins.top, page.page_margins.bottom, page.page_margins.footer = 0.5, 0.75, 0.35
    footer = _HeaderFooterPart(load_words()["front"]["page"])
    page.HeaderFooter = HeaderFooter(oddFooter=HeaderFooterItem(center=footer))
    page.sheet_view.showGridLines = False
