"""overrides.csv: what an analyst settled beside the data, held to be well-formed and free of contradiction."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from fnmatch import fnmatchcase
from itertools import combinations
from pathlib import Path
from typing import Any

from pipeline import specs
from pipeline.errors import UsageError
from pipeline.ingest.beside.area import Area, read_area
from pipeline.ingest.beside.lines import Line, read_lines
from pipeline.ingest.files import FoundFile
from pipeline.ingest.kinds import load_kinds
from pipeline.layout import Meaning, load_vocabulary
from pipeline.layout.given import read_meaning
from pipeline.layout.model import HEADER, NOTE, RECORD, REFUSED, SECTION, SUBTOTAL, TITLE, TOTAL
from pipeline.personal import mask
from pipeline.provinces import load_gazetteer
from pipeline.thai import to_arabic_digits, to_buddhist_year

OVERRIDES_FILE = "overrides.csv"
COLUMNS = ("path", "sheet", "range", "what", "value", "who", "why")
_ROLES = (TITLE, HEADER, RECORD, SECTION, SUBTOTAL, TOTAL, NOTE, REFUSED)


@dataclass(frozen=True)
class Override:
    """One line of overrides.csv.

    Attributes:
        place: the file and line, "overrides.csv บรรทัด 3".
        path: the received file's path under RAW, or a pattern of paths.
        sheet: the sheet, or a pattern; empty for every sheet.
        area: the part of the sheet.
        range_text: that part as written.
        what: what it settles, a key of specs/overrides.yml.
        value: what it is settled as, in the pipeline's own word.
        meaning: what a column is, where that is what it settles.
        who: who settled it.
        reason: why.
    """

    place: str
    path: str
    sheet: str
    area: Area
    range_text: str
    what: str
    value: str
    meaning: Meaning | None
    who: str
    reason: str

    @property
    def told(self) -> str:
        """Whose word it is and why, to stand beside what it decided."""
        return f"{self.place} ({self.who}: {self.reason})"

    def speaks_of_sheet(self, name: str) -> bool:
        """Whether it is about a sheet of this name."""
        wanted = mask(self.sheet)
        return not wanted or wanted == name or fnmatchcase(name, wanted)


def read_overrides(raw: Path, *, is_sample: bool) -> tuple[Override, ...]:
    """Read RAW/overrides.csv, and the sample's own where the sample is what is read.

    Raises:
        UsageError: a line is malformed, or two contradict each other; names the lines.
    """
    lines = [_read_line(line) for line in read_lines(raw, OVERRIDES_FILE, COLUMNS, is_sample=is_sample)]
    _refuse_contradictions(lines)
    return tuple(lines)


def assign_overrides(files: list[FoundFile], overrides: tuple[Override, ...], raw: Path) -> list[FoundFile]:
    """Give each file the lines that speak of it; a date of receipt among them moves it in the order of files."""
    if not overrides:
        return files
    assigned = [
        _assign(file, tuple(line for line in overrides if _speaks_of(line, file, raw)))
        if not file.ignored
        else file
        for file in files
    ]
    return sorted(assigned, key=lambda file: (file.received, file.path))


def _assign(file: FoundFile, lines: tuple[Override, ...]) -> FoundFile:
    """One file with its lines."""
    given = next((line for line in lines if line.what == "received_on"), None)
    if given is None:
        return replace(file, overrides=lines) if lines else file
    moment = datetime.combine(date.fromisoformat(given.value), datetime.min.time(), tzinfo=UTC)
    return replace(file, overrides=lines, received=moment, received_how=OVERRIDES_FILE)


def _speaks_of(line: Override, file: FoundFile, raw: Path) -> bool:
    """Whether a line's path is a file's, as a path or as a pattern."""
    path = file.absolute.relative_to(raw).as_posix()
    return line.path == path or fnmatchcase(path, line.path)


def _read_line(line: Line) -> Override:
    """Read one line, or say what is wrong with it."""
    line.require({"path": "ไฟล์", "what": "ตัดสินเรื่องใด", "who": "ผู้ตัดสิน", "why": "เหตุผล"})
    texts, place = line.texts, line.place
    words = _words()
    what = next((key for key, word in words.items() if texts["what"] in (key, word["label"])), None)
    if what is None:
        known = ", ".join(words)
        raise UsageError(f'{place}: ไม่รู้จัก what "{texts["what"]}"  ใช้คำใดคำหนึ่งใน: {known}')
    area = read_area(texts["range"])
    if area is None or not _FITS[words[what]["range"]](area):
        raise UsageError(
            f'{place}: range "{texts["range"]}" ใช้กับ {what} ไม่ได้  ใช้ {_EXAMPLES[words[what]["range"]]}'
        )
    what = words[what].get("same_as", what)
    value, meaning = _read_value(what, texts["value"], f"{place} ({texts['who']}: {texts['why']})", place)
    return Override(
        place,
        line.path,
        texts["sheet"],
        area,
        texts["range"],
        what,
        value,
        meaning,
        texts["who"],
        texts["why"],
    )


def _words() -> dict[str, Any]:
    """What overrides.csv can settle, from specs/overrides.yml."""
    return dict(specs.load_yaml("overrides.yml"))


_FITS: dict[str, Callable[[Area], bool]] = {
    "any": lambda area: True,
    "none": lambda area: area.is_whole,
    "rows": lambda area: area.has_rows and not area.has_columns,
    "column": lambda area: area.has_columns and area.left == area.right,
    "columns": lambda area: area.is_whole or (area.has_columns and not area.has_rows),
    "rectangle": lambda area: area.has_rows and area.has_columns,
}
_EXAMPLES = {
    "any": "ช่วง เช่น A1:F20 หรือเว้นว่าง",
    "none": "ช่องว่าง (ทั้งไฟล์)",
    "rows": "แถว เช่น 4:6",
    "column": "คอลัมน์เดียว เช่น F หรือช่องหัวคอลัมน์ เช่น F5",
    "columns": "คอลัมน์ เช่น F หรือ D:F หรือเว้นว่าง",
    "rectangle": "ช่วง เช่น A1:F20",
}


def _read_value(what: str, text: str, told: str, place: str) -> tuple[str, Meaning | None]:
    """Hold a value to what can be settled so; returns it in the pipeline's own word."""
    if what == "column":
        meaning = _read_column(text, told)
        if meaning is None:
            raise UsageError(
                f'{place}: ไม่รู้จัก value "{text}"  ใช้ชื่อช่องหรือขั้นตอนเงินใน vocabulary.yml หรือ ignored '
                "ตามด้วย year=2565 period=Q1 category=งบลงทุน unit=ล้านบาท ได้"
            )
        return text, meaning
    value, expected = _VALUES[what](text)
    if value is None:
        raise UsageError(f'{place}: value "{text}" ใช้กับ {what} ไม่ได้  ใช้ {expected}')
    return value, None


def _read_column(text: str, told: str) -> Meaning | None:
    """Read "allocated year=2565 period=Q1"."""
    name, *parts = text.split(" ")
    pairs = [part.partition("=") for part in parts if part]
    words = {key: value for key, _, value in pairs}
    if len(words) < len(pairs) or not words.keys() <= {"year", "period", "category", "unit"}:
        return None
    if "year" in words:
        words["year"] = _year(words["year"])[0] or "?"
    return read_meaning({"is": name, **words}, load_vocabulary(), why=told)


def _province(text: str) -> tuple[str | None, str]:
    """A province's code or name."""
    gazetteer = load_gazetteer()
    answer = gazetteer.resolve(text)
    code = text if text in gazetteer.provinces else answer.province_code if answer else None
    return code, "รหัส 2 หลักหรือชื่อจังหวัด เช่น 64 หรือ สุโขทัย"


def _year(text: str) -> tuple[str | None, str]:
    """A Buddhist year."""
    digits = to_arabic_digits(text)
    year = to_buddhist_year(int(digits)) if digits.isdecimal() else None
    return str(year) if year else None, "ปี พ.ศ. สี่หลัก เช่น 2565"


def _date(text: str) -> tuple[str | None, str]:
    """A day."""
    try:
        return date.fromisoformat(text).isoformat(), ""
    except ValueError:
        return None, "วันที่ เช่น 2022-03-31"


def _one_of(names: Iterable[str]) -> Callable[[str], tuple[str | None, str]]:
    """A reader of values that are one of a list."""
    known = sorted(set(names))
    return lambda text: (text if text in known else None, "คำใดคำหนึ่งใน: " + ", ".join(known))


def _stages() -> set[str]:
    """The stages that a budget document may be of."""
    vocabulary = load_vocabulary()
    return {stage for _, stage in vocabulary.budget_stages} | {
        stage for _, stage, _ in vocabulary.document_stages
    }


_VALUES: dict[str, Callable[[str], tuple[str | None, str]]] = {
    "province": _province,
    "year": _year,
    "received_on": _date,
    "unit": lambda text: _one_of(load_vocabulary().money_units)(text),
    "kind": lambda text: _one_of(str(kind["kind"]) for kind in load_kinds())(text),
    "stage": lambda text: _one_of(_stages())(text),
    "role": _one_of(_ROLES),
    "header": lambda text: (text, ""),
    "table": lambda text: (text, ""),
    "skip": lambda text: (text, ""),
}


def _refuse_contradictions(lines: list[Override]) -> None:
    """Hold lines to say one thing of one place; a line of a sheet or a range is the exception to a wider one."""
    for one, other in combinations(lines, 2):
        if (
            (one.what, one.path, one.sheet) == (other.what, other.path, other.sheet)
            and one.area.is_whole == other.area.is_whole
            and one.area.overlaps(other.area)
            and one.what not in ("table", "skip")
            and (one.value != other.value or (one.what == "header" and one.area != other.area))
        ):
            raise UsageError(
                f'{one.place} กับ {other.place} ขัดกัน: {one.what} ของที่เดียวกันเป็นทั้ง "{one.value or one.range_text}" '
                f'และ "{other.value or other.range_text}"  เหลือไว้บรรทัดเดียว'
            )
