"""Tables of what is otherwise than in the release before, and of what analysts corrected."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from pipeline.brief_tables.table import Column, Table, format_place
from pipeline.brief_text.numbers import format_date_be, format_number, is_missing
from pipeline.brief_text.since import name_amounts, name_field
from pipeline.brief_text.templates import label, order_of, say

LISTED = 20


def tabulate_since(rows: Mapping[str, pd.DataFrame]) -> tuple[Table, ...]:
    """Make the tables of findings and of rows that changed, those that have rows.

    Args:
        rows: rows of out_finding_change and of out_submission_change, by those names.
    """
    findings, changed = rows["out_finding_change"], rows["out_submission_change"]
    told = (_count_findings(findings),) if not findings.empty else ()
    return (*told, _list_changed(changed)) if not changed.empty else told


def tabulate_corrections(corrections: pd.DataFrame) -> tuple[Table, ...]:
    """List what analysts corrected, with what was received; rows of out_correction."""
    if corrections.empty:
        return ()
    listed = corrections.sort_values(["path", "sheet", "cell"], ignore_index=True).head(LISTED)
    table = Table(
        table_id="tbl-correction",
        caption=say("since.table_corrections"),
        columns=(
            Column("place", "แฟ้ม › ชีต › ช่อง", "path", 30),
            Column("from_text", "ที่ได้รับ", "text", 18),
            Column("to_text", "อ่านเป็น", "text", 18),
            Column("by", "โดย เมื่อ เหตุผล", "text", 34),
        ),
        frame=listed.assign(
            place=[format_place(row.path, row.sheet, row.cell) for _, row in listed.iterrows()],
            from_text=[_tell_text(row, row.from_text) for _, row in listed.iterrows()],
            to_text=[_tell_text(row, row.to_text) for _, row in listed.iterrows()],
            by=[_tell_who(row) for _, row in listed.iterrows()],
        ),
        note=_note(corrections, "out_correction"),
    )
    return (table,)


def _count_findings(findings: pd.DataFrame) -> Table:
    """Count findings that are gone, new and still there, by severity and rule."""
    counted = pd.crosstab([findings["severity"], findings["rule"]], findings["change"]).reset_index()
    counted = counted.reindex(columns=["severity", "rule", "gone", "new", "stays"], fill_value=0)
    counted = counted.assign(order=[order_of("severity", severity) for severity in counted["severity"]])
    counted = counted.sort_values(["order", "rule"], ignore_index=True)
    return Table(
        table_id="tbl-finding-change",
        caption=say("since.table_findings"),
        columns=(
            Column("severity_name", "ระดับ", "text", 16),
            Column("rule", "รหัสกฎ", "path", 36),
            Column("gone", "หมดไป", "count", 16),
            Column("new", "เพิ่มมา", "count", 16),
            Column("stays", "ยังอยู่", "count", 16),
        ),
        frame=counted.assign(severity_name=[label("severity", severity) for severity in counted["severity"]]),
    )


def _list_changed(changed: pd.DataFrame) -> Table:
    """List projects that came, went or changed when a submission came again, with old and new values."""
    listed = changed.head(LISTED)
    return Table(
        table_id="tbl-submission-change",
        caption=say("since.table_rows"),
        columns=(
            Column("change_name", "", "text", 10),
            Column("what", "โครงการ › สิ่งที่เปลี่ยน", "text", 38),
            Column("old_value", "เดิม", "text", 26),
            Column("new_value", "ใหม่", "text", 26),
        ),
        frame=listed.assign(
            change_name=[label("change", change) for change in listed["change"]],
            what=[_name_change(row) for _, row in listed.iterrows()],
            old_value=_name_values(listed, "old_value"),
            new_value=_name_values(listed, "new_value"),
        ),
        note=_note(changed, "out_submission_change"),
    )


def _name_change(row: pd.Series) -> str:
    """Name a project, and what of it changed."""
    if is_missing(row.field):
        return str(row.subject)
    return f"{row.subject} › {name_field(str(row.field))}"


def _name_values(listed: pd.DataFrame, column: str) -> pd.Series:
    """Name the amounts of projects that came or went; what changed of one that stays is as received."""
    came_or_went = listed["field"].isna() & listed[column].notna()
    return listed[column].where(~came_or_went, listed[column].map(name_amounts, na_action="ignore"))


def _tell_text(row: pd.Series, text: object) -> str:
    """Show a text of a correction, or that there is none."""
    if not row.is_applied:
        return say("since.not_applied")
    return str(text) or say("since.empty")


def _tell_who(row: pd.Series) -> str:
    """Say who corrected a cell, when and why, and what came of it."""
    told = f"{row.who} {format_date_be(row.corrected_on)}: {row.why}"
    return told if is_missing(row.reason) else f"{told} ({row.reason})"


def _note(rows: pd.DataFrame, view: str) -> str:
    """Say how many of the rows are listed, where not all are."""
    if len(rows) <= LISTED:
        return ""
    return say("common.shown", shown=LISTED, total=format_number(len(rows)), file=view)
