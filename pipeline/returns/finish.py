"""A workbook's bytes: its formulas' values put back, no person anywhere in its parts, the same for the same input."""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import unescape
from io import BytesIO
from xml.sax.saxutils import escape

import openpyxl

from pipeline.personal import TAKEN_OUT, mask, may_hold_personal_data
from pipeline.render.reference import pack, unpack
from pipeline.returns.cached import Values, put_back, spell_out
from pipeline.returns.model import Run, load_words

_SHEET_DATA = re.compile(r"(.*?<sheetData>)(.*)(</sheetData>.*)", re.DOTALL)
_TEXT = re.compile(r">([^<>]+)<")
# Attributes that hold words of a person's, and not of the format's.
_WORDED = re.compile(
    r"(?<=\s)(name|displayName|title|descr|tooltip|display|prompt|promptTitle|error|errorTitle|location|Target|alt)"
    r'="([^"]*)"'
)
_FORMULA_TEXT = re.compile(r"(<(?:\w+:)?(?:f|formula[12]?|definedName)(?:\s[^>]*)?>)([^<]+)(?=<)")
_CHART_CACHE = re.compile(r"<(?:c:)?(str|num)Cache>.*?</(?:c:)?\1Cache>", re.DOTALL)
_CORE = "docProps/core.xml"
_FORMATS = ("xl/styles.xml", "xl/theme/theme1.xml", "[Content_Types].xml", "docProps/app.xml")


def write_bytes(
    book: openpyxl.Workbook, run: Run, *, values: Mapping[str, Values], renamed: Mapping[str, str]
) -> bytes:
    """Write a workbook.

    Args:
        book: the workbook.
        run: the run, whose day is the only moment that the file names.
        values: what its formulas had as values, by the sheet's title.
        renamed: titles of sheets that were changed, the received one and the new one.
    """
    packed = BytesIO()
    book.save(packed)
    parts = unpack(packed.getvalue())
    sheets = {page.path.lstrip("/"): page.title for page in book.worksheets}
    texts = {name: spell_out(part.decode("utf-8")) for name, part in parts.items() if _is_text(name)}
    for name in texts:
        if name in sheets:
            texts[name] = put_back(texts[name], values.get(sheets[name], {}))
        for received, title in renamed.items():
            texts[name] = _rename(texts[name], received, title)
        texts[name] = _clean_part(name, texts[name])
    texts[_CORE] = _core(run)
    return pack(parts | {name: text.encode() for name, text in texts.items()})


def _is_text(name: str) -> bool:
    """Whether a part is written in words."""
    return name.endswith((".xml", ".rels", ".vml"))


def _rename(text: str, received: str, title: str) -> str:
    """Lead references to a sheet to its new title."""
    new = "'" + escape(title.replace("'", "''")) + "'!"
    quoted = escape(received.replace("'", "''"))
    return text.replace(f"'{quoted}'!", new).replace(f"{escape(received)}!", new)


def _clean_part(name: str, text: str) -> str:
    """Take personal data out of one part; the cells' own texts were looked at before."""
    if name in _FORMATS:
        return text
    if name.startswith("xl/charts/"):
        text = _CHART_CACHE.sub("", text)
    found = _SHEET_DATA.fullmatch(text) if name.startswith("xl/worksheets/") else None
    if found is None:
        return _clean_words(text)
    head, cells, tail = found.groups()
    if "<f" in cells:
        cells = _clean_formulas(cells)
    return _clean_words(head) + cells + _clean_words(tail)


def _clean_words(text: str) -> str:
    """Take personal data out of the texts between tags and of the attributes that hold words."""
    if not may_hold_personal_data(unescape(text)):
        return text
    text = _clean_formulas(text)
    text = _TEXT.sub(lambda part: f">{_clean_text(part[1])}<", text)
    return _WORDED.sub(lambda part: f'{part[1]}="{_clean_text(part[2])}"', text)


def _clean_formulas(text: str) -> str:
    """Put the words that it was taken out, as a formula, in the place of a formula that names a person."""
    return _FORMULA_TEXT.sub(lambda part: part[1] + _clean_text(part[2], f'"{TAKEN_OUT}"'), text)


def _clean_text(text: str, words: str = TAKEN_OUT) -> str:
    """The text as it is, or the words that it was taken out."""
    plain = unescape(text)
    return words if may_hold_personal_data(plain) and mask(plain) != plain else text


def _core(run: Run) -> str:
    """The document's properties: ours, whatever the received file said of its author."""
    words = load_words()
    author, title = escape(words["author"]), escape(words["front"]["title"])
    moment = f"{run.day.isoformat()}T00:00:00Z"
    w3c = 'xsi:type="dcterms:W3CDTF"'
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{title}</dc:title><dc:creator>{author}</dc:creator>"
        f"<cp:lastModifiedBy>{author}</cp:lastModifiedBy>"
        f"<dcterms:created {w3c}>{moment}</dcterms:created><dcterms:modified {w3c}>{moment}</dcterms:modified>"
        "</cp:coreProperties>"
    )
