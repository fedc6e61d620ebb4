"""A received xlsx as it was, without what may hold a person and cannot be looked through."""

from __future__ import annotations

import warnings
from io import BytesIO
from typing import Any
from xml.sax.saxutils import escape
from zipfile import ZipFile

import openpyxl
from openpyxl.cell.cell import MergedCell
from openpyxl.comments import Comment
from openpyxl.packaging.core import DocumentProperties
from openpyxl.packaging.custom import CustomPropertyList
from openpyxl.styles import Border, PatternFill
from openpyxl.worksheet.header_footer import HeaderFooter
from openpyxl.worksheet.scenario import ScenarioList
from openpyxl.worksheet.worksheet import Worksheet

from pipeline.ingest.cleared.legible import mask_name
from pipeline.ingest.returned import is_returned_sheet
from pipeline.personal import TAKEN_OUT, mask
from pipeline.returns.cached import spell_out
from pipeline.returns.model import SEVERITIES, load_words
from pipeline.returns.rebuild import RISKY
from pipeline.workbook import Sheet


def open_as_it_was(content: bytes) -> tuple[openpyxl.Workbook, list[str]]:
    """Open a received workbook to write it back.

    Returns:
        The workbook, and in Thai what of it does not come back.
    """
    with warnings.catch_warnings():
        # What is not kept is told from the file's own parts.
        warnings.simplefilter("ignore")
        book = openpyxl.load_workbook(BytesIO(content), rich_text=True)
    lost = list_lost(content)
    if _forget_earlier(book):
        lost.append(load_words()["lost_names"]["earlier_marks"])
    book.properties = DocumentProperties()
    _leave_out(book)
    if _drop_unused_names(book, content):
        lost.append(load_words()["lost_names"]["defined_names"])
    for page in book.worksheets:
        _clean_page(page)
    return book, lost


def _leave_out(book: Any) -> None:
    """Leave out pictures, pivot tables, properties, and what other workbooks are linked to hold and where they lie."""
    book.custom_doc_props = CustomPropertyList()
    for page in book.worksheets:
        page._images, page._pivots = [], []
    for link in book._external_links:
        link.externalBook.sheetDataSet = None
        link.file_link.Target = mask_name(str(link.file_link.Target).replace("\\", "/").rsplit("/", 1)[-1])


def _drop_unused_names(book: openpyxl.Workbook, content: bytes) -> bool:
    """Leave out names of ranges that nothing uses: such a name may be a person's, and nothing misses it."""
    scopes = [book.defined_names, *(page.defined_names for page in book.worksheets)]
    if not any(scopes):
        return False
    with ZipFile(BytesIO(content)) as archive:
        users = [name for name in archive.namelist() if name.startswith(("xl/worksheets/", "xl/charts/"))]
        texts = spell_out("\n".join(archive.read(name).decode("utf-8", errors="replace") for name in users))
        workbook = spell_out(archive.read("xl/workbook.xml").decode("utf-8", errors="replace"))
    unused = [
        (scope, name)
        for scope in scopes
        for name in scope
        if escape(name) not in texts and workbook.count(escape(name)) < 2
    ]
    for scope, name in unused:
        del scope[name]
    return bool(unused)


def list_lost(content: bytes) -> list[str]:
    """Name in Thai the parts of a workbook that its copy does not have."""
    words = load_words()
    with ZipFile(BytesIO(content)) as archive:
        names = archive.namelist()
        lost = [
            entry["name"]
            for entry in words["lost_parts"]
            if any(name.startswith(entry["part"]) for name in names)
        ]
        drawings = [name for name in names if name.startswith("xl/drawings/drawing")]
        if any(b":sp>" in archive.read(name) for name in drawings):
            lost.append(words["lost_names"]["shapes"])
        pages = [name for name in names if name.startswith("xl/worksheets/sheet")]
        if any(b"<extLst" in archive.read(name) for name in pages):
            lost.append(words["lost_names"]["extensions"])
    return list(dict.fromkeys(lost))


def _clean_page(page: Worksheet) -> None:
    """Take out of a sheet what holds people anywhere but in its cells; mark texts that look like formulas as text."""
    page.scenarios = ScenarioList()
    _clean_headers(page)
    for cell in _list_cells(page):
        if cell.comment is not None:
            cell.comment = _clean_comment(cell.comment)
        if cell.data_type == "s" and str(cell.value).startswith(RISKY):
            cell.quotePrefix = True
        link = cell.hyperlink
        texts = (link.target, link.location, link.tooltip, link.display) if link is not None else ()
        if any(text and mask(text) != text for text in texts):
            cell.hyperlink = None


def _list_cells(page: Any) -> list[Any]:
    """The cells that a sheet has; walking over its rows would make those that it lacks."""
    return [cell for cell in page._cells.values() if not isinstance(cell, MergedCell)]


def _clean_headers(page: Worksheet) -> None:
    """Empty the printed headers and footers in which a person is named."""
    for name in HeaderFooter.__elements__:
        item = getattr(page.HeaderFooter, name)
        for part in (item.left, item.center, item.right) if item else ():
            if part.text and mask(part.text) != part.text:
                part.text = None


def _clean_comment(comment: Comment) -> Comment:
    """A received comment without its author's name, which also begins its text."""
    text = str(comment.text or "")
    if comment.author:
        text = text.removeprefix(f"{comment.author}:").lstrip()
    if mask(text) != text:
        text = TAKEN_OUT
    return Comment(text, load_words()["sender"], height=comment.height, width=comment.width)


def _forget_earlier(book: openpyxl.Workbook) -> bool:
    """Take out what an earlier return of the same workbook left: its list, its notes, its colours."""
    lists = [page for page in book.worksheets if _is_list(page)]
    for page in lists:
        book.remove(page)
    words = load_words()
    fills = {f"00{words['severities'][severity]['fill']}" for severity in SEVERITIES}
    for page in book.worksheets if lists else ():
        for cell in _list_cells(page):
            if cell.comment is not None:
                cell.comment = _without_ours(cell.comment)
            if cell.hyperlink is not None and str(cell.hyperlink.location).startswith(f"'{words['sheet']}"):
                cell.hyperlink = None
            if cell.fill.fill_type == "solid" and f"00{str(cell.fill.fgColor.rgb)[2:]}" in fills:
                cell.fill, cell.border = PatternFill(), Border()
    return bool(lists)


def _without_ours(comment: Comment) -> Comment | None:
    """What a note says without what we wrote: all of the sender's, or what we kept of it below ours; None for nothing.

    LibreOffice keeps no author, so a note is ours by how it begins, too.
    """
    words = load_words()
    names = (words["severities"][severity]["name"] for severity in SEVERITIES)
    begins = tuple(words["note"]["head"].format(severity=name, number="") for name in names)
    text = str(comment.text or "")
    if comment.author != words["author"] and not text.startswith(begins):
        return comment
    _, found, kept = text.partition("\n\n" + words["note"]["earlier"].format(text=""))
    return Comment(kept, words["sender"]) if found else None


def _is_list(page: Worksheet) -> bool:
    """Whether a sheet is the list of an earlier return."""
    texts = [str(cell.value) for cell in _list_cells(page)[:20] if cell.column == 1]
    return is_returned_sheet(Sheet(page.title, [[text] for text in texts]))
