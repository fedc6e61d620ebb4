"""The values that formulas had when the file was received: openpyxl writes formulas without them."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Mapping
from io import BytesIO
from xml.sax.saxutils import escape
from zipfile import ZipFile

from lxml import etree

# Each formula's cell type and value, by cell.
Values = dict[str, tuple[str, str]]
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_STRICT_RELATION = "{http://purl.oclc.org/ooxml/officeDocument/relationships}id"
_FORMULA = re.compile(
    r'<c r="([A-Z]+\d+)"((?: s="\d+")?)[^>]*>(<f(?:\s[^>]*)?(?:/>|>[^<]*</f>))<v\s*(?:/>|></v>)</c>'
)
# Letters beyond ASCII, and not the control signs that only stand as numbers.
_NUMBERED = re.compile(r"&#([1-9]\d{3,6});")
_KINDS = ("n", "str", "b", "e")


def read_values(content: bytes) -> dict[str, Values]:
    """Read the values of formulas, by the sheet's name."""
    with ZipFile(BytesIO(content)) as archive:
        parts = dict(_sheet_parts(archive))
        return {name: _read_part(archive.read(part)) for name, part in parts.items()}


def put_back(part: str, values: Mapping[str, tuple[str, str]]) -> str:
    """Give the formulas of a written sheet their values again; one that had none stays without."""
    if not values:
        return part

    def fill(found: re.Match[str]) -> str:
        place, style, formula = found.groups()
        if place not in values:
            return found.group()
        kind, value = values[place]
        shown = "" if kind == "n" else f' t="{kind}"'
        return f'<c r="{place}"{style}{shown}>{formula}<v>{escape(value)}</v></c>'

    return _FORMULA.sub(fill, part)


def spell_out(text: str) -> str:
    """Write what stands as the number of a letter as the letter itself, so that it is seen and takes less room."""
    return _NUMBERED.sub(lambda found: chr(int(found[1])), text)


def _sheet_parts(archive: ZipFile) -> Iterable[tuple[str, str]]:
    """Name each sheet and its part."""
    relations = {
        element.get("Id"): str(element.get("Target"))
        for element in _parse(archive.read("xl/_rels/workbook.xml.rels"))
    }
    names = set(archive.namelist())
    for element in _parse(archive.read("xl/workbook.xml")).iter("{*}sheet"):
        target = relations.get(element.get(_RELATION) or element.get(_STRICT_RELATION), "")
        part = posixpath.normpath(target.lstrip("/") if target.startswith("/") else f"xl/{target}")
        if part in names:
            yield str(element.get("name")), part


def _read_part(part: bytes) -> Values:
    """Read the formulas' values of one sheet."""
    values: Values = {}
    if b"<f" not in part and b":f" not in part:
        return values
    events = etree.iterparse(
        BytesIO(part), tag="{*}c", resolve_entities=False, no_network=True, huge_tree=True
    )
    for _, cell in events:
        kind, value = cell.get("t", "n"), cell.findtext("{*}v")
        if value is not None and kind in _KINDS and cell.find("{*}f") is not None:
            values[str(cell.get("r"))] = (kind, value)
        cell.clear()
    return values


def _parse(part: bytes) -> etree._Element:
    """Parse a part without looking outside it."""
    return etree.fromstring(part, etree.XMLParser(resolve_entities=False, no_network=True))
