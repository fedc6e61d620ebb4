"""corrections.csv: cells that an analyst corrects beside the data, held to be well-formed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from pipeline.errors import UsageError
from pipeline.ingest.beside.area import read_area
from pipeline.ingest.beside.lines import Line, read_lines
from pipeline.ingest.files import FoundFile
from pipeline.personal import mask
from pipeline.thai import BUDDHIST_ERA
from pipeline.workbook import address

CORRECTIONS_FILE = "corrections.csv"
COLUMNS = ("path", "sheet", "cell", "from", "to", "who", "why", "when")
_NEEDED = {
    "path": "ไฟล์", "sheet": "ชื่อชีต", "cell": "ช่อง เช่น F12", "who": "ผู้แก้", "why": "เหตุผล", "when": "วันที่แก้",
}  # fmt: skip
_FIRST_BUDDHIST = 2400


@dataclass(frozen=True)
class Correction:
    """One line of corrections.csv.

    Attributes:
        place: the file and line, "corrections.csv บรรทัด 3".
        path: the received file's path under RAW.
        sheet: the sheet's name.
        row: the cell's row, from 0.
        column: the cell's column, from 0.
        before: the text that must stand there; empty for an empty cell.
        after: the text to read instead; empty to leave the cell out.
        who: who corrects it, personal data masked.
        reason: why, personal data masked.
        day: when.
    """

    place: str
    path: str
    sheet: str
    row: int
    column: int
    before: str
    after: str
    who: str
    reason: str
    day: date

    @property
    def cell(self) -> str:
        """The cell, F12."""
        return address(self.row, self.column)

    @property
    def told(self) -> str:
        """Whose word it is, of when and why."""
        return f"{self.place} ({self.who} {self.day.isoformat()}: {self.reason})"

    @property
    def is_personal(self) -> bool:
        """Whether one of its texts is personal data."""
        return any(mask(text) != text for text in (self.before, self.after))


def read_corrections(raw: Path, *, is_sample: bool) -> tuple[Correction, ...]:
    """Read RAW/corrections.csv, and the sample's own where the sample is what is read.

    Raises:
        UsageError: a line is malformed, or two correct the same cell; names the lines.
    """
    lines = [_read_line(line) for line in read_lines(raw, CORRECTIONS_FILE, COLUMNS, is_sample=is_sample)]
    known: dict[tuple[str, str, str], Correction] = {}
    for line in lines:
        first = known.setdefault((line.path, line.sheet, line.cell), line)
        if first is not line:
            raise UsageError(f"{first.place} กับ {line.place} แก้ช่องเดียวกัน ({line.cell})  เหลือไว้บรรทัดเดียว")
    return tuple(lines)


def assign_corrections(
    files: list[FoundFile], corrections: tuple[Correction, ...], raw: Path
) -> list[FoundFile]:
    """Give each file the lines that correct it."""
    if not corrections:
        return files
    by_path: dict[str, tuple[Correction, ...]] = {}
    for line in corrections:
        by_path[line.path] = (*by_path.get(line.path, ()), line)
    return [
        replace(file, corrections=by_path.get(file.absolute.relative_to(raw).as_posix(), ()))
        if not file.ignored
        else file
        for file in files
    ]


def _read_line(line: Line) -> Correction:
    """Read one line, or say what is wrong with it."""
    line.require(_NEEDED)
    texts = line.texts
    area = read_area(texts["cell"])
    if (
        area is None
        or not (area.has_rows and area.has_columns)
        or (area.top, area.left)
        != (
            area.bottom,
            area.right,
        )
    ):
        raise UsageError(f'{line.place}: cell "{texts["cell"]}" ไม่ใช่ช่องเดียว  ใส่ช่อง เช่น F12')
    if texts["from"] == texts["to"]:
        raise UsageError(f"{line.place}: from กับ to เหมือนกัน จึงไม่มีอะไรให้แก้  ใส่ข้อความที่ถูกใน to")
    return Correction(
        place=line.place,
        path=line.path,
        sheet=texts["sheet"],
        row=area.top,
        column=area.left,
        before=texts["from"],
        after=texts["to"],
        who=mask(texts["who"]),
        reason=mask(texts["why"]),
        day=_read_day(line),
    )


def _read_day(line: Line) -> date:
    """Read a day, its year also as a Buddhist one."""
    text = line.texts["when"]
    try:
        day = date.fromisoformat(text)
        return day.replace(year=day.year - BUDDHIST_ERA) if day.year > _FIRST_BUDDHIST else day
    except ValueError:
        raise UsageError(f'{line.place}: when "{text}" ไม่ใช่วันที่  ใส่วันที่ เช่น 2022-03-31') from None
