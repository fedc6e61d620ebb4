"""Which kind of table it is, by the fields that it has; the kinds are data in specs/kinds.yml."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import Any

from pipeline import specs
from pipeline.errors import SourceError
from pipeline.layout import Table

_TELL = {
    "money": "จำนวนเงิน",
    "value": "คอลัมน์ตัวเลข",
    "project_name": "ชื่อโครงการ",
    "province": "จังหวัด",
    "item": "รายการ",
    "expense_category": "งบรายจ่าย",
}


@lru_cache(maxsize=1)
def load_kinds() -> tuple[dict[str, Any], ...]:
    """Load specs/kinds.yml, in the order in which kinds are tried.

    Raises:
        SpecError: an entry has no kind or no needs.
    """
    kinds = specs.load_yaml("kinds.yml")
    for number, entry in enumerate(kinds, start=1):
        specs.require("kind" in entry and "needs" in entry, f"kinds.yml, entry {number}", "kind and needs")
    return tuple(kinds)


def decide_kind(table: Table, *, has_stage: bool = True, asked: str | None = None) -> tuple[str, Table]:
    """Decide a table's kind: the first whose needs its columns meet, or the one that a person asks for.

    Args:
        table: its layout.
        has_stage: whether titles say of which stage a document is; where none does, a table of projects is no
            budget document.
        asked: the kind that a person asks for.

    Returns:
        The kind, and the table with substitutes put in for fields that the kind lacks.

    Raises:
        SourceError: no kind fits; says what is missing for the nearest.
    """
    have = set(table.fields) | ({"money"} if table.money else set())
    missing: dict[str, set[str]] = {}
    for kind in load_kinds():
        if asked and kind["kind"] != asked:
            continue
        fields = _with_substitutes(table, kind)
        known = have | set(fields)
        lacks = set(kind["needs"]) - known
        if known & set(kind.get("never", ())) or (
            kind.get("stage") and not has_stage and _has_projects(table)
        ):
            continue
        if not lacks and (not kind.get("any_of") or known & set(kind["any_of"])):
            return kind["kind"], replace(table, fields=fields)
        missing[kind["kind"]] = lacks or set(kind["any_of"])
    nearest = min(missing, key=lambda kind: len(missing[kind]))
    told = ", ".join(_TELL.get(field, field) for field in sorted(missing[nearest]))
    raise SourceError(
        "no_spec",
        f"ยังไม่มีแบบสำหรับตารางนี้ (ใกล้เคียงที่สุด: {nearest} แต่ไม่พบคอลัมน์ {told})  "
        "เพิ่มคำใน vocabulary.yml หรือ specs/indicators หรือบอกคอลัมน์ใน overrides.csv (what = column)",
    )


def _has_projects(table: Table) -> bool:
    """Whether the rows are named as projects, and no column holds what only budget documents have."""
    return "project_name" in table.fields and not table.fields.keys() & {
        "budgetary_unit",
        "ministry",
        "document",
    }


def _with_substitutes(table: Table, kind: dict[str, Any]) -> dict[str, Any]:
    """Let another field stand in for a missing one, where the kind allows it."""
    fields = dict(table.fields)
    for wanted, substitute in kind.get("instead", {}).items():
        if wanted not in fields and substitute in fields:
            fields[wanted] = fields[substitute]
    return fields
