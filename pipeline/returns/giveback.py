"""One received file -> the workbook that goes back; runs in a worker process."""

from __future__ import annotations

import struct
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import cast

import openpyxl
from lxml import etree
from openpyxl.cell.cell import MergedCell
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.worksheet.worksheet import Worksheet

from pipeline import store
from pipeline.errors import SourceError
from pipeline.ingest.cleared.legible import mask_sheet_names
from pipeline.personal import TAKEN_OUT
from pipeline.returns.cached import Values, read_values
from pipeline.returns.finish import write_bytes
from pipeline.returns.front import write_front
from pipeline.returns.gather import load_remarks, load_rows
from pipeline.returns.keep import open_as_it_was
from pipeline.returns.marking import mark_cells
from pipeline.returns.model import Remark, Returned, Task, count_remarks, load_words
from pipeline.returns.rebuild import put_text, rebuild_workbook
from pipeline.returns.taken import drop_choices, find_taken_out, legal_titles
from pipeline.workbook import Workbook, read_workbook

# What openpyxl is known to raise on workbooks that spreadsheet programs open all the same.
UNKEPT = (
    InvalidFileException, zipfile.BadZipFile, etree.XMLSyntaxError, struct.error, SyntaxError,
    ValueError, TypeError, KeyError, IndexError, AttributeError, ArithmeticError, AssertionError, OSError,
)  # fmt: skip


@dataclass
class Copy:
    """A workbook on its way back.

    Attributes:
        book: the workbook.
        pages: its sheets by the name that the warehouse has for them.
        lines: what is to be said of it on its first sheet.
        lost: what of the received file it does not have, in Thai.
        values: its formulas' values by the sheet's title.
        renamed: titles that were changed, the received one and the new one.
    """

    book: openpyxl.Workbook
    pages: dict[str, Worksheet] = field(default_factory=dict)
    lines: list[str] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)
    values: dict[str, Values] = field(default_factory=dict)
    renamed: dict[str, str] = field(default_factory=dict)


def give_back(task: Task) -> Returned:
    """Write the workbook that goes back; whatever is wrong with the file is told, never raised.

    A file that cannot be opened goes back as its list of findings alone.
    """
    with store.open_for_reading(task.database) as connection:
        remarks = load_remarks(connection, task.file_id)
        kept = load_rows(connection, task.file_id)
    failures = load_words()["failures"]
    if task.source is None:
        return write_list(task, remarks, failures["gone"])
    try:
        received = read_workbook(task.source)
    except SourceError as error:
        refused = load_words()["front"]["refused"].format(reason=error.message_th)
        return _write(task, remarks, Copy(_empty_book(), lines=[refused]))
    try:
        copy = _copy(task, received, kept)
        return _write(task, remarks, copy)
    except UNKEPT as error:
        return write_list(task, remarks, failures["writing"].format(error=type(error).__name__))


def give_back_list(task: Task) -> Returned:
    """Write the list of findings alone, for a file whose copy could not be made."""
    with store.open_for_reading(task.database) as connection:
        remarks = load_remarks(connection, task.file_id)
    return write_list(task, remarks, load_words()["failures"]["died"])


def write_list(task: Task, remarks: tuple[Remark, ...], reason: str) -> Returned:
    """Write the list of findings alone, and tell why there is no copy."""
    line = load_words()["failed"].format(reason=reason)
    returned = _write(task, remarks, Copy(_empty_book(), lines=[line]))
    return replace(returned, failure=reason)


def _empty_book() -> openpyxl.Workbook:
    """A workbook without a sheet."""
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    return book


def _copy(task: Task, received: Workbook, kept: Mapping[tuple[str, int], str]) -> Copy:
    """Copy a received workbook without the personal data in it."""
    names = mask_sheet_names([sheet.name for sheet in received.sheets])
    masked = [replace(sheet, name=name) for sheet, name in zip(received.sheets, names, strict=True)]
    copy = _keep(task, received, names) or _rebuild(replace(received, sheets=tuple(masked)))
    for sheet in masked:
        page = copy.pages.get(sheet.name)
        if page is None:
            continue
        places = find_taken_out(sheet, kept)
        drop_choices(page, places)
        for row, column in places:
            cell = page.cell(row + 1, column + 1)
            if not isinstance(cell, MergedCell):
                cell.hyperlink = None
                put_text(cell, TAKEN_OUT)
    if copy.lost:
        copy.lines.append(load_words()["front"]["lost"].format(lost=", ".join(copy.lost)))
    return copy


def _keep(task: Task, received: Workbook, names: list[str]) -> Copy | None:
    """Open an xlsx as it was; None where it is none, or its form cannot be kept."""
    if received.container not in ("xlsx", "xlsm") or task.source is None:
        return None
    content = task.source.read_bytes()
    try:
        book, lost = open_as_it_was(content)
        values = read_values(content)
    except UNKEPT:
        return None
    copy = Copy(book, lost=lost, values=values)
    by_title = {page.title: page for page in book.worksheets}
    for sheet, name in zip(received.sheets, names, strict=True):
        page = by_title.get(sheet.name)
        if page is None:
            continue
        copy.pages[name] = page
        if name != sheet.name:
            page.title = legal_titles([name], taken=book.sheetnames)[0]
            copy.renamed[sheet.name] = page.title
            copy.values[page.title] = copy.values.pop(sheet.name, {})
    if copy.renamed:
        copy.lost.append(load_words()["lost_names"]["links"])
    return copy


def _rebuild(received: Workbook) -> Copy:
    """Write the cells that were read into a new workbook."""
    titles = legal_titles([sheet.name for sheet in received.sheets])
    book = rebuild_workbook(received.sheets, titles)
    front = load_words()["front"]
    is_xlsx = received.container in ("xlsx", "xlsm")
    line = front["not_kept"] if is_xlsx else front["rebuilt"].format(container=received.container)
    names = [sheet.name for sheet in received.sheets]
    pages = cast("dict[str, Worksheet]", dict(zip(names, book.worksheets, strict=True)))
    return Copy(book, pages, [line])


def _write(task: Task, remarks: tuple[Remark, ...], copy: Copy) -> Returned:
    """Add the list and the marks, and write the file."""
    words = load_words()
    title = legal_titles([words["sheet"]], taken=copy.book.sheetnames)[0]
    for page in copy.book.worksheets:
        page.sheet_view.tabSelected = False
    front = copy.book.create_sheet(title, 0)
    copy.book.active = 0
    rows = write_front(front, task, remarks, pages=copy.pages, lines=copy.lines)
    mark_cells(copy.pages, remarks, front=title, rows=rows)
    content = write_bytes(copy.book, task.run, values=copy.values, renamed=copy.renamed)
    task.target.parent.mkdir(parents=True, exist_ok=True)
    task.target.write_bytes(content)
    counts = count_remarks(remarks)
    return Returned(task.slug, task.file_id, task.path, task.target.name, counts["error"], counts["warning"])
