"""alignment.csv: what an analyst settled about projects, held to be well-formed and free of contradiction."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.alignment.rules import Rules, load_rules
from pipeline.errors import UsageError
from pipeline.personal import mask
from pipeline.provinces import load_gazetteer
from pipeline.reference import load_tables
from pipeline.settings import SAMPLE_FOLDER
from pipeline.thai import squeeze

SETTLED_FILE = "alignment.csv"
COLUMNS = (
    "project_id", "project_name", "agency_name", "province", "plan_id", "item_code", "tags", "who", "why", "when",
)  # fmt: skip
NONE = "-"
_FORMULA = ("=", "+", "-", "@")


@dataclass(frozen=True)
class Settled:
    """One line of alignment.csv that settles something.

    Attributes:
        place: the file and line, "alignment.csv บรรทัด 3".
        project_id: the one project; None where the line goes by name.
        name: the squeezed name of the project; None where the line goes by project_id.
        agency: the squeezed name of its agency; None for any.
        province_code: its province; None for any.
        plan_id: the plan that item_code is of.
        item_code: the item; - where none of the plan fits; None where the line settles only tags.
        tags: the tags that it has, and no others; None where the line settles only the item.
        is_signed: whether it says who and why.
        told: where it stands, why and when; not who.
    """

    place: str
    project_id: str | None
    name: str | None
    agency: str | None
    province_code: str | None
    plan_id: str
    item_code: str | None
    tags: tuple[str, ...] | None
    is_signed: bool
    told: str

    @property
    def subject(self) -> tuple[str | None, ...]:
        """What it is about; two lines about the same must agree."""
        return (self.project_id, self.name, self.agency, self.province_code, self.plan_id)


def read_settled(raw: Path, *, is_sample: bool) -> tuple[Settled, ...]:
    """Read RAW/alignment.csv, and the sample's own where the sample is what is read.

    Lines with neither item_code nor tags are still to be settled, and are passed over.

    Raises:
        UsageError: a line is malformed, or two contradict each other; names the lines.
    """
    folders = [(raw, ""), *([(raw / SAMPLE_FOLDER, f"{SAMPLE_FOLDER}/")] if is_sample else [])]
    lines = [line for folder, prefix in folders for line in _read_file(folder / SETTLED_FILE, prefix)]
    seen: dict[tuple[str | None, ...], Settled] = {}
    for line in lines:
        other = seen.setdefault(line.subject, line)
        if (other.item_code, other.tags) != (line.item_code, line.tags):
            raise UsageError(
                f"{other.place} กับ {line.place} ขัดกัน: โครงการเดียวกันแต่ item_code หรือ tags ต่างกัน  เหลือไว้บรรทัดเดียว"
            )
    return tuple(seen.values())


def _read_file(path: Path, prefix: str) -> Iterator[Settled]:
    """Read one alignment.csv."""
    if not path.is_file():
        return
    with path.open(encoding="utf-8-sig", newline="") as lines:
        reader = csv.DictReader(lines)
        missing = set(COLUMNS) - set(reader.fieldnames or ())
        if missing:
            raise UsageError(
                f"{prefix}{SETTLED_FILE} บรรทัด 1: ไม่มีคอลัมน์ {', '.join(sorted(missing))}  "
                f"หัวตารางต้องมี {','.join(COLUMNS)}"
            )
        for row in reader:
            place = f"{prefix}{SETTLED_FILE} บรรทัด {reader.line_num}"
            if None in row or None in row.values():
                raise UsageError(f"{place}: จำนวนช่องไม่เท่าหัวตาราง  ข้อความที่มีจุลภาคให้อยู่ในเครื่องหมายคำพูด")
            texts = {key: _without_guard(str(value).strip()) for key, value in row.items()}
            if texts["item_code"] or texts["tags"]:
                yield _read_line(texts, place, load_rules())


def _without_guard(text: str) -> str:
    """Take off the apostrophe that keeps a text from running as a formula."""
    return text[1:] if text.startswith("'") and text[1:].startswith(_FORMULA) else text


def _read_line(texts: dict[str, str], place: str, rules: Rules) -> Settled:
    """Read one line, or say what is wrong with it."""
    by_id = bool(texts["project_id"])
    if not by_id and not texts["project_name"]:
        raise UsageError(f"{place}: ช่อง project_name และ project_id ว่างทั้งคู่  ใส่อย่างใดอย่างหนึ่ง")
    plan_id = texts["plan_id"] or rules.plan_id
    # Who said so stays in the file: what is told here is published.
    reason = mask(texts["why"]) or "ไม่บอกเหตุผล"
    day = f", {texts['when']}" if texts["when"] else ""
    return Settled(
        place=place,
        project_id=texts["project_id"] if by_id else None,
        name=None if by_id else squeeze(texts["project_name"]),
        agency=None if by_id else squeeze(texts["agency_name"]) or None,
        province_code=None if by_id else _read_province(texts["province"], place),
        plan_id=plan_id,
        item_code=_read_item(texts["item_code"], plan_id, place, rules),
        tags=_read_tags(texts["tags"], place),
        is_signed=bool(texts["who"] and texts["why"]),
        told=f"{place} ({reason}{day})",
    )


def _read_province(text: str, place: str) -> str | None:
    """A province by code or name; None for any."""
    gazetteer = load_gazetteer()
    answer = gazetteer.resolve(text) if text else None
    if text and text not in gazetteer.provinces and answer is None:
        raise UsageError(f'{place}: ไม่รู้จัก province "{text}"  ใช้รหัส 2 หลักหรือชื่อจังหวัด หรือเว้นว่าง (ทุกจังหวัด)')
    return answer.province_code if answer else text or None


def _read_item(text: str, plan_id: str, place: str, rules: Rules) -> str | None:
    """An item of the plan, or that none fits."""
    if plan_id not in rules.titles:
        raise UsageError(f'{place}: ไม่มีแผน "{plan_id}" ที่มีชื่อยืนยันแล้ว  ใช้ {", ".join(rules.titles)}')
    known = sorted(rules.titles[plan_id].values())
    if text and text != NONE and text not in known:
        raise UsageError(
            f'{place}: item_code "{text}" ไม่อยู่ในแผน {plan_id}  ใช้ {", ".join(known)} หรือ - (ไม่เข้าข้อใด)'
        )
    return text or None


def _read_tags(text: str, place: str) -> tuple[str, ...] | None:
    """Tags with | between them, or none at all."""
    if not text:
        return None
    tags = () if text == NONE else tuple(tag.strip() for tag in text.split("|"))
    known: set[Any] = {row["tag_code"] for row in load_tables()["core_tag"]}
    if not set(tags) <= known:
        unknown = ", ".join(sorted(set(tags) - known))
        raise UsageError(f"{place}: ไม่รู้จักป้าย {unknown}  ใช้ {', '.join(sorted(known))} คั่นด้วย | หรือ - (ไม่มีป้าย)")
    return tags
