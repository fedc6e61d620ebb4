"""LibreOffice without a window: converts workbooks, and corrects cells as an office does that keeps no macro."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path

import pytest
from lxml import etree

needs_office = pytest.mark.skipif(
    shutil.which("soffice") is None, reason="LibreOffice (soffice) is not on this machine"
)
_TABLE = "urn:oasis:names:tc:opendocument:xmlns:table:1.0"
_OFFICE = "urn:oasis:names:tc:opendocument:xmlns:office:1.0"
_CALC = "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"
_TEXT = "urn:oasis:names:tc:opendocument:xmlns:text:1.0"


def convert(path: Path, form: str, folder: Path) -> Path:
    """Open a file in LibreOffice and write it in another form; returns what was written."""
    folder.mkdir(parents=True, exist_ok=True)
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", form, "--outdir", str(folder), str(path)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    shutil.rmtree(folder / "profile")
    return folder / f"{path.stem}.{form}"


def correct_in_office(path: Path, sheet: str, cells: Mapping[tuple[int, int], float], folder: Path) -> Path:
    """Put numbers into cells of a workbook, let LibreOffice calculate it and save it as xlsx.

    Args:
        path: the workbook.
        sheet: the sheet's name.
        cells: the numbers by row and column, from 0; no repeated row or column may stand before them.
        folder: where it works; the workbook is written there.
    """
    flat = convert(path, "fods", folder)
    tree = etree.parse(str(flat))
    for cell in tree.iter(f"{{{_TABLE}}}table-cell"):
        if cell.get(f"{{{_TABLE}}}formula"):
            _empty(cell)
    (table,) = tree.xpath("//t:table[@t:name=$name]", namespaces={"t": _TABLE}, name=sheet)
    rows = list(table.iter(f"{{{_TABLE}}}table-row"))
    for (row, column), number in cells.items():
        cell = rows[row].findall(f"{{{_TABLE}}}table-cell")[column]
        _empty(cell)
        cell.set(f"{{{_OFFICE}}}value-type", "float")
        cell.set(f"{{{_OFFICE}}}value", repr(number))
    tree.write(str(flat), encoding="utf-8", xml_declaration=True)
    return convert(flat, "xlsx", folder)


def _empty(cell: etree._Element) -> None:
    """Take out of a cell what it had as value; its formula, its look and its note stay."""
    for name in (
        f"{{{_OFFICE}}}value",
        f"{{{_OFFICE}}}value-type",
        f"{{{_OFFICE}}}string-value",
        f"{{{_CALC}}}value-type",
    ):
        cell.attrib.pop(name, None)
    for paragraph in cell.findall(f"{{{_TEXT}}}p"):
        cell.remove(paragraph)
