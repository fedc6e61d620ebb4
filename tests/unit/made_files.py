"""Small files written byte by byte, for the tests of what reads them."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from pipeline.errors import SourceError
from pipeline.workbook import Limits, read_workbook

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"


def write(tmp_path: Path, content: bytes, name: str = "ข้อมูล.xlsx") -> Path:
    path = tmp_path / name
    path.write_bytes(content)
    return path


def refused(path: Path, limits: Limits | None = None) -> SourceError:
    with pytest.raises(SourceError) as caught:
        read_workbook(path, limits or Limits())
    return caught.value


def root_relations(target: str) -> str:
    return (
        f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="rId1" '
        f'Type="{RELATIONS}/officeDocument" Target="{target}"/></Relationships>'
    )


def packed(parts: dict[str, bytes | str]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return out.getvalue()


def xlsx(sheet_data: str, *, before: str = "", extra: dict[str, bytes | str] | None = None) -> bytes:
    """The least that is an xlsx of one sheet."""
    sheet = f'<worksheet xmlns="{MAIN}">{before}<sheetData>{sheet_data}</sheetData></worksheet>'
    return packed(
        {
            "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types"/>',
            "_rels/.rels": root_relations("xl/workbook.xml"),
            "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{RELATIONS}"><sheets>'
            '<sheet name="แผน" sheetId="1" r:id="rId1"/></sheets></workbook>',
            "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship '
            f'Id="rId1" Type="{RELATIONS}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
            "xl/worksheets/sheet1.xml": sheet,
            **(extra or {}),
        }
    )


ONE = '<row r="1"><c r="A1"><v>1</v></c></row>'


def rows_of(path: Path) -> list[list[object]]:
    return [list(row) for row in read_workbook(path).sheets[0].rows]
