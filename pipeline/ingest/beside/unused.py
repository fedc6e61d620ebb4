"""Lines of overrides.csv that matched nothing, or that the sheets no longer need."""

from __future__ import annotations

from pipeline.findings import Finding, make_finding
from pipeline.ingest.beside.overrides import Override
from pipeline.ingest.beside.rulings import SAME, USED
from pipeline.ingest.reading import FileReading


def tell_unused(overrides: tuple[Override, ...], readings: list[FileReading]) -> list[Finding]:
    """Word an error for each line that matched nothing, and a note for each that the sheets make superfluous."""
    findings = []
    for line in overrides:
        spoken_of = [reading for reading in readings if line in reading.file.overrides]
        outcomes = {reading.outcomes.get(line.place) for reading in spoken_of}
        if line.what == "received_on" and spoken_of:
            outcomes = {USED}
        if USED in outcomes:
            continue
        findings.append(
            make_finding(
                "override_superfluous" if SAME in outcomes else "override_unmatched",
                sheet=line.sheet or None,
                cell=line.range_text or None,
                value=line.value or None,
                place=line.place,
                what=line.what,
                told=line.told,
                reach=_reach(line, spoken_of),
            )
        )
    return findings


def _reach(line: Override, spoken_of: list[FileReading]) -> str:
    """Say how far a line came: to no file, to no sheet, to no table, or to a table that it could not decide."""
    if not spoken_of:
        return "ไม่มีไฟล์ที่ path นี้"
    if not any(
        line.speaks_of_sheet(str(sheet["sheet"])) for reading in spoken_of for sheet in reading.sheets
    ):
        return "ไม่มีชีตชื่อนี้ในไฟล์"
    reasons = [
        table.reason
        for reading in spoken_of
        for table in reading.tables
        if line.speaks_of_sheet(table.sheet) and table.reason
    ]
    if reasons:
        return f"ตารางถูกปฏิเสธก่อน: {reasons[0]}"
    return "ไม่มีตารางหรือช่องในช่วงนี้ หรือตารางบอกเรื่องนี้เองทุกแถวแล้ว"
