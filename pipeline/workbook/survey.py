"""What a workbook is and how far its sheets reach, found out before anything is laid out as a grid."""

from __future__ import annotations

import posixpath
import re
import zipfile
from dataclasses import dataclass, field

from pipeline.errors import SourceError
from pipeline.workbook.biff import (
    Survey,
    is_protected,
    survey_xls,
    survey_xlsb,
    workbook_stream,
    xlsb_sheets,
)
from pipeline.workbook.extent import sheet_extent, sheet_rows, survey_ods
from pipeline.workbook.limits import Limits, check_area, check_cells, check_limit, check_sheets
from pipeline.workbook.marks import Marks, find_marks, may_hold_marks
from pipeline.workbook.ole2 import ENCRYPTED_PACKAGE
from pipeline.workbook.package import list_members, unpack

_PROTECTED = "ไฟล์นี้มีรหัสผ่าน  เปิดในโปรแกรมตาราง เอารหัสผ่านออก (ไฟล์ > ข้อมูล > ป้องกันสมุดงาน) บันทึกใหม่ แล้วส่งอีกครั้ง"
# An .xls sheet cannot be larger than this.
_XLS_CELLS = 65_536 * 256
_SHEET_TAG = re.compile(r"<(?:\w+:)?sheet\s([^>]*)>")
_RELATION_TAG = re.compile(r"<(?:\w+:)?Relationship\s([^>]*)>")
_ATTRIBUTE = re.compile(r"([\w:]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")


@dataclass
class Package:
    """A zip that was found to be a workbook within the limits.

    Attributes:
        container: xlsx, xlsm, xlsb or ods.
        marks: by the name of a sheet's part in lower case (of an ODS by its number), what its calculated cells show.
        parts: the few parts that say which sheet is which part.
    """

    container: str
    marks: dict[str, Marks] = field(default_factory=dict)
    parts: dict[str, bytes] = field(default_factory=dict)

    def sheet_marks(self) -> list[Marks]:
        """List the marks by sheet, in the workbook's order."""
        if not self.marks:
            return []
        if self.container == "ods":
            return list(self.marks.values())
        relations = _relations(self.parts.get(f"xl/_rels/workbook.{self._suffix}.rels", b""))
        return [self.marks.get(relations.get(relation, ""), {}) for relation in self._sheets()]

    @property
    def _suffix(self) -> str:
        return "bin" if self.container == "xlsb" else "xml"

    def _sheets(self) -> list[str]:
        """List the relations of the sheets."""
        workbook = self.parts.get(f"xl/workbook.{self._suffix}", b"")
        if self.container == "xlsb":
            return [relation for _, relation in xlsb_sheets(workbook)]
        tags = _SHEET_TAG.findall(workbook.decode("utf-8", errors="replace"))
        return [_attribute(tag, "id") for tag in tags]


def survey_ole2(content: bytes, limits: Limits) -> list[Marks]:
    """Look through an .xls before it is read; returns its marks by sheet.

    Raises:
        SourceError: it is protected by a password, or over a limit.
    """
    stream = workbook_stream(content)
    if is_protected(stream) or (not stream and ENCRYPTED_PACKAGE in content):
        raise SourceError("file_protected", _PROTECTED)
    surveys = survey_xls(stream)
    check_sheets(len(surveys), limits)
    for survey in surveys:
        height, width = survey.claimed
        check_limit(
            "จำนวนช่องที่ชีตอ้างว่ามี",
            found=height * width,
            limit=_XLS_CELLS,
            advice="ไฟล์อาจเสีย เปิดในโปรแกรมตาราง บันทึกใหม่เป็น .xlsx แล้วส่งอีกครั้ง",
        )
    check_cells(sum(check_area(survey.height, survey.width, limits) for survey in surveys), limits)
    return [survey.marks for survey in surveys]


def survey_zip(content: bytes, limits: Limits) -> Package:
    """Look through a zip before it is read: what it is, its real size, how far its sheets reach.

    Raises:
        SourceError: it is no workbook, damaged, protected, or over a limit.
    """
    members = list_members(content, limits)
    package = Package(_container(members))
    total = 0
    for name, part in unpack(content, members, limits):
        total += _survey_part(package, name.lower(), part, limits)
        check_cells(total, limits)
    return package


def _container(members: list[zipfile.ZipInfo]) -> str:
    """Tell which workbook a zip is, by its members."""
    names = {member.filename for member in members}
    if "xl/workbook.bin" in names:
        return "xlsb"
    if "xl/workbook.xml" in names:
        return "xlsm" if "xl/vbaProject.bin" in names else "xlsx"
    if "content.xml" in names:
        return "ods"
    raise SourceError("file_kind", "ไฟล์บีบอัดนี้ไม่ใช่ไฟล์ตาราง  แตกไฟล์แล้วส่งเฉพาะ .xlsx หรือ .csv")


def _survey_part(package: Package, name: str, part: bytes, limits: Limits) -> int:
    """Look through one part; returns how many cells it spans."""
    if name.startswith(("xl/workbook.", "xl/_rels/workbook.")):
        package.parts[name] = part
        check_sheets(part.count(b"sheetId="), limits)
        return 0
    if package.container == "ods":
        return _survey_tables(package, part, limits) if name == "content.xml" else 0
    if package.container == "xlsb":
        survey = survey_xlsb(part) if name.endswith(".bin") and "/worksheets/" in name else Survey()
        extent, marks = (survey.height, survey.width), survey.marks
    elif b"sheetData" in part:
        rows = sheet_rows(part)
        extent = sheet_extent(rows, cells=limits.cells_per_sheet)
        marks = find_marks(rows) if may_hold_marks(rows) else {}
    else:
        return 0
    if marks:
        package.marks[name] = marks
    return check_area(*extent, limits)


def _survey_tables(package: Package, content: bytes, limits: Limits) -> int:
    """Look through the one part that holds all tables of an ODS."""
    tables = survey_ods(content)
    check_sheets(len(tables), limits)
    package.marks = {str(index): marks for index, (_, marks) in enumerate(tables)}
    return sum(check_area(*extent, limits) for extent, _ in tables)


def _relations(part: bytes) -> dict[str, str]:
    """Read which part each relation leads to, in lower case and from the zip's root."""
    tags = _RELATION_TAG.findall(part.decode("utf-8", errors="replace"))
    return {_attribute(tag, "Id"): _rooted(_attribute(tag, "Target")) for tag in tags}


def _rooted(target: str) -> str:
    """Name a part from the zip's root, as the reader does."""
    name = target.lower().replace("\\", "/")
    return posixpath.normpath(name.lstrip("/") if name.startswith(("/", "xl/")) else f"xl/{name}")


def _attribute(tag: str, name: str) -> str:
    """Read an attribute, whatever its prefix."""
    for key, double, single in _ATTRIBUTE.findall(tag):
        if key.split(":")[-1] == name:
            return str(double or single)
    return ""
