"""What came of every line of corrections.csv: rows for the warehouse, and what is told of those that did not work."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pipeline.findings import Finding, make_finding
from pipeline.ingest.beside.correcting import APPLIED, DIFFERS, NO_CELL, PERSONAL, Tried
from pipeline.ingest.beside.corrections import Correction
from pipeline.ingest.cleared.legible import mask_name
from pipeline.ingest.reading import FileReading
from pipeline.personal import mask

_NOT_COUNTED = {
    "superseded": "มีฉบับใหม่แทนไฟล์นี้แล้ว",
    "duplicate": "ข้อมูลนี้ซ้ำกับไฟล์อื่น",
    "refused": "ตารางนี้ถูกปฏิเสธ",
}

Row = dict[str, Any]


def settle_corrections(
    corrections: tuple[Correction, ...], readings: Sequence[FileReading]
) -> tuple[list[Row], list[Finding]]:
    """Tell what came of each line, once it is known which files count.

    Returns:
        Rows of quality_correction, one a line; an error for each line that was not applied, and a warning for each
        whose cell no longer counts.
    """
    rows: list[Row] = []
    findings: list[Finding] = []
    for line in corrections:
        reading = next((one for one in readings if line in one.file.corrections), None)
        tried = next((one for one in reading.corrected if one.line == line), None) if reading else None
        finding = _tell(line, reading, tried)
        findings.extend([finding] if finding else [])
        rows.append(_row(line, reading, tried, finding))
    return rows, findings


def _tell(line: Correction, reading: FileReading | None, tried: Tried | None) -> Finding | None:
    """Word what is wrong with a line; None where it did what it says."""
    words = {"place": line.place, "told": line.told}
    where = {"sheet": mask_name(line.sheet), "cell": line.cell}
    if tried is None or reading is None or tried.outcome == NO_CELL:
        return make_finding("correction_unmatched", **where, **words, reach=_reach(reading, tried))
    where["sheet"] = tried.sheet
    if tried.outcome == PERSONAL:
        return make_finding("correction_personal", **where, place=line.place)
    if tried.outcome == DIFFERS:
        expected = mask(line.before) or "ว่าง"
        value = tried.found or "ว่าง"
        return make_finding("correction_differs", **where, **words, value=value, expected=expected)
    reason = _why_idle(reading, tried)
    return make_finding("correction_idle", **where, **words, reason=reason) if reason else None


def _reach(reading: FileReading | None, tried: Tried | None) -> str:
    """Say how far a line came: to no file, to no sheet that is read, or to no cell."""
    if reading is None:
        return "ไม่มีไฟล์ข้อมูลที่ path นี้"
    if tried is not None:
        return "ช่องนี้อยู่นอกส่วนที่มีข้อมูลของชีต"
    return f"ไฟล์ถูกปฏิเสธ: {reading.reason}" if reading.reason else "ไม่มีชีตชื่อนี้ที่อ่านเป็นข้อมูลในไฟล์"


def _why_idle(reading: FileReading, tried: Tried) -> str | None:
    """Say why no figure is read from a corrected cell; None where one may be."""
    table = next((table for table in reading.tables if table.table_id == tried.table_id), None)
    if table is None:
        return "ช่องนี้ไม่อยู่ในตารางที่อ่าน"
    reason = _NOT_COUNTED.get(table.status)
    return f"{reason} ({table.reason})" if reason else None


def _row(line: Correction, reading: FileReading | None, tried: Tried | None, finding: Finding | None) -> Row:
    """One row of quality_correction; the texts of a line that is not applied may be a person's and stay in its file."""
    is_applied = tried is not None and tried.outcome == APPLIED
    return {
        "place": line.place,
        "file_id": reading.file.file_id if reading else None,
        "path": reading.file.path if reading else mask_name(line.path),
        "sheet": tried.sheet if tried else mask_name(line.sheet),
        "cell": line.cell,
        "from_text": line.before if is_applied else None,
        "to_text": line.after if is_applied else None,
        "who": line.who,
        "why": line.reason,
        "corrected_on": line.day,
        "table_id": tried.table_id if tried else None,
        "province_code": tried.province_code if tried else None,
        "is_applied": is_applied,
        "reason": finding.message_th if finding else None,
    }
