"""What was understood of each sheet, as lines to print."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from pipeline.inspect.model import SheetView, column_word, columns, decision, load_words, value_word

_ASKED = (("province", "จังหวัด"), ("year", "ปี"), ("stage", "ขั้นของเอกสาร"), ("header", "แถวหัวตาราง"))


def describe_view(view: SheetView) -> Iterator[str]:
    """Tell of one sheet: its tables, what each was decided as and why, and what was found."""
    hidden = " (ซ่อนอยู่)" if view.is_hidden else ""
    yield f"ชีต {view.name}{hidden}: {len(view.rows):,} แถวที่มีข้อมูล {len(view.tables)} ตาราง"
    for table in view.tables:
        yield from _describe_table(table)
    yield from _describe_findings(view.findings)
    if view.changes:
        yield f"  ต่างจาก {view.changes[0]['earlier_path']}: {len(view.changes):,} รายการ"


def _describe_table(table: dict[str, Any]) -> Iterator[str]:
    """Tell of one table."""
    words = load_words()
    kind = words["kinds"].get(table["kind"] or "", "ไม่รู้ชนิด")
    sure = f" มั่นใจอย่างน้อย {table['confidence']:.0%}" if table["confidence"] is not None else ""
    yield (
        f"  ตารางที่ {table['table_number']} ({table['cell_range']}) {kind}: "
        f"{words['statuses'][table['status']]} {table['records']:,} รายการ{sure}"
    )
    if table["reason"]:
        yield f"    เหตุผล: {table['reason']}"
    for what, label in _ASKED:
        entry = decision(table, what)
        if entry:
            yield f"    {label}: {value_word(entry)} ({entry['confidence']:.0%} {entry['why']})"
    yield from _describe_columns(columns(table))
    roles = decision(table, "roles")
    if roles:
        counted = ", ".join(f"{words['roles'][role]} {count:,}" for role, count in roles["value"].items())
        yield f"    แถว: {counted} ({roles['confidence']:.0%} {roles['why']})"


def _describe_columns(told: Iterable[dict[str, Any]]) -> Iterator[str]:
    """Tell of each column."""
    for column in told:
        unit = column["shown_unit"]
        yield (
            f'    {column["cell"]:>3} "{column["head"]}" → {column_word(column)}{f" หน่วย {unit}" if unit else ""}'
            f" ({column['confidence']:.0%} {column['why']}{' · ' + column['unit_why'] if column['unit_why'] else ''})"
        )


def _describe_findings(findings: Iterable[dict[str, Any]]) -> Iterator[str]:
    """Tell of each finding at its cell."""
    severities = load_words()["severities"]
    for finding in findings:
        cell = f" {finding['cell']}" if finding["cell"] else ""
        yield f"  {severities[finding['severity']]}{cell}: {finding['message_th']} [{finding['rule']}]"
