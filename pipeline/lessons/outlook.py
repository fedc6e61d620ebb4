"""What was mended since, and what the same would be for every province."""

from __future__ import annotations

import pandas as pd

from pipeline.brief_tables import Column, Table
from pipeline.brief_text.evidence import BANGKOK
from pipeline.brief_text.numbers import format_number
from pipeline.brief_text.templates import say
from pipeline.lessons.forms import of_data
from pipeline.national.items import Told, as_frame

METHODS = ("table", "clean", "day")


def tell_mending(changes: pd.DataFrame, corrections: pd.DataFrame, history: pd.DataFrame) -> tuple[str, ...]:
    """Say what was mended: findings that are gone, cells that an analyst corrected, tables that were sent anew.

    Args:
        changes: rows of out_finding_change.
        corrections: rows of out_correction.
        history: rows of out_submission_history.
    """
    counts = changes["change"].value_counts()
    each = {name: format_number(int(counts.get(name, 0))) for name in ("gone", "new", "stays")}
    applied = int(corrections["is_applied"].astype(bool).sum())
    replaced = history[history["status"] == "superseded"]
    sums = {name: int(replaced[f"n_{name}"].fillna(0).sum()) for name in ("added", "removed", "changed")}
    return (
        say("lessons.no_before") if changes.empty else say("lessons.mended", **each),
        say("lessons.not_corrected")
        if corrections.empty
        else say("lessons.corrected", applied=applied, failed=len(corrections) - applied),
        say("lessons.not_resubmitted")
        if replaced.empty
        else say("lessons.resubmitted", count=len(replaced), **sums),
    )


def tell_outlook(
    readings: pd.DataFrame, issues: pd.DataFrame, provinces: pd.DataFrame, *, source: str
) -> Told:
    """Multiply what came of the provinces that sent files of their own by the number of all provinces but Bangkok.

    Args:
        readings: rows of out_table_reading; those of no single province are left out.
        issues: rows of out_issue_summary.
        provinces: rows of core_province.
        source: what stands under the table.
    """
    own = of_data(readings)
    own = own[own["province_code"].notna()]
    sent, total = own["province_code"].nunique(), int((provinces["province_code"] != BANGKOK).sum())
    if own.empty:
        return (say("lessons.no_outlook"),)
    is_theirs = issues["province_code"].isin(set(own["province_code"])) & (issues["severity"] == "error")
    sums = {
        "file": own["path"].nunique(),
        "table": len(own),
        "refused": int((own["status"] == "refused").sum()),
        "head": int(own["n_unknown_heads"].sum()),
        "error": int(issues[is_theirs]["n_issues"].sum()),
    }
    rows = (
        {
            "name": say(f"lessons.outlook_{name}"),
            "n": count,
            "each": count / sent,
            "all": round(count / sent * total),
        }
        for name, count in sums.items()
    )
    table = Table(
        table_id="tbl-lessons-outlook",
        caption=say("lessons.table_outlook", all=total),
        columns=(
            Column("name", "สิ่งที่นับ", "text", 36),
            Column("n", f"{sent} จังหวัดที่ส่งแล้ว", "count", 22),
            Column("each", "เฉลี่ยต่อจังหวัด", "decimal", 20),
            Column("all", f"{total} จังหวัด (ประมาณ)", "count", 22),
        ),
        frame=as_frame(rows),
        source=source,
        note=say("lessons.note_outlook"),
    )
    return say("lessons.outlook", all=total, known=sent), table


def list_lesson_methods() -> tuple[str, ...]:
    """List how the document's figures are made."""
    return tuple(say(f"lessons.method_{method}") for method in METHODS)
