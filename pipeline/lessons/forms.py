"""Which forms could not be read, which headers nobody knew, and which rules fired."""

from __future__ import annotations

import pandas as pd

from pipeline import figures
from pipeline.brief_tables import Column, Table
from pipeline.brief_text.numbers import MISSING, format_number
from pipeline.brief_text.templates import say
from pipeline.national.items import Told, as_frame, drawn
from pipeline.national.quality import tabulate_rules

NO_DATA = ("set_aside", "table_blank")
UNSURE_BELOW_PCT = 80
MOST_HEADS, MOST_BARS = 20, 12


def of_data(readings: pd.DataFrame) -> pd.DataFrame:
    """The tables that are data; rows of out_table_reading without covers, notes, blank forms and what readers said."""
    return readings[~readings["refused_rule"].isin(NO_DATA) & (readings["kind"] != "feedback")]


def tell_forms(readings: pd.DataFrame, *, source: str) -> Told:
    """Say how many tables were taken in, and why others were not; rows of out_table_reading."""
    if readings.empty:
        return (say("lessons.no_table"),)
    own = of_data(readings)
    states = own["status"].value_counts()
    refused = own[own["status"] == "refused"]
    counts = {
        "tables": len(readings),
        "files": readings["path"].nunique(),
        "loaded": int(states.get("loaded", 0)),
        "replaced": int(states.get("duplicate", 0) + states.get("superseded", 0)),
        "refused": len(refused),
        "aside": len(readings) - len(own),
    }
    told = say("lessons.forms", **{name: format_number(count) for name, count in counts.items()})
    below = own[(own["status"] == "loaded") & (own["confidence"] * 100 < UNSURE_BELOW_PCT)]
    unsure = [say("lessons.unsure", count=len(below), limit=UNSURE_BELOW_PCT)] * bool(len(below))
    if refused.empty:
        return (told, *unsure, say("lessons.all_read"))
    return (told, *unsure, _tabulate_refused(refused, source))


def _tabulate_refused(refused: pd.DataFrame, source: str) -> Table:
    """Count refused tables by reason, most first, each with one reason in full and where."""
    named = refused.assign(rule=refused["refused_rule"].fillna(MISSING))
    by_rule = named.groupby("rule", as_index=False).agg(
        n_tables=("path", "size"),
        n_files=("path", "nunique"),
        reason=("reason", "first"),
        path=("path", "first"),
    )
    return Table(
        table_id="tbl-lessons-refused",
        caption=say("lessons.table_refused"),
        columns=(
            Column("rule", "เหตุ (รหัส)", "path", 16),
            Column("n_tables", "ตาราง", "count", 9),
            Column("n_files", "ไฟล์", "count", 9),
            Column("reason", "ข้อความที่บอกผู้ส่ง (ตัวอย่าง)", "text", 44),
            Column("path", "ไฟล์ตัวอย่าง", "path", 30),
        ),
        frame=by_rule.sort_values(["n_tables", "rule"], ascending=[False, True], ignore_index=True),
        source=source,
    )


def tell_heads(heads: pd.DataFrame, *, source: str) -> Told:
    """List the headers that nobody knew, those in most files first.

    Args:
        heads: rows of quality_issue of the rules column_unknown and indicator_unnamed.
        source: what stands under the table.
    """
    if heads.empty:
        return (say("lessons.no_head"),)
    by_head = heads.groupby("value", as_index=False).agg(
        n_files=("path", "nunique"), n=("path", "size"), path=("path", "first")
    )
    listed = by_head.sort_values(["n_files", "n", "value"], ascending=[False, False, True], ignore_index=True)
    listed = listed.head(MOST_HEADS)
    told = say(
        "lessons.heads",
        heads=format_number(len(by_head)),
        count=format_number(len(heads)),
        files=heads["path"].nunique(),
    )
    table = Table(
        table_id="tbl-lessons-heads",
        caption=say("lessons.table_heads", count=len(listed)),
        columns=(
            Column("value", "หัวคอลัมน์", "text", 42),
            Column("n_files", "ไฟล์", "count", 9),
            Column("n", "ครั้ง", "count", 9),
            Column("path", "ไฟล์ตัวอย่าง", "path", 46),
        ),
        frame=listed,
        source=source,
        note=say("lessons.note_heads"),
    )
    return told, table


def tell_rules(issues: pd.DataFrame, *, source: str) -> Told:
    """Say which rules fired; rows of out_issue_summary."""
    own = issues[issues["severity"].isin(["error", "warning"])]
    told = say("lessons.rules", count=own["rule"].nunique())
    if own.empty:
        return (told,)
    sums = own.groupby("rule")["n_issues"].sum().sort_values(ascending=False).head(MOST_BARS)
    bars = as_frame({"rule": rule, "n": int(n)} for rule, n in sums.items())
    chart = drawn(
        bars,
        lambda: figures.bars(
            bars,
            name="rule",
            value="n",
            title=say("lessons.chart_rules"),
            unit=say("lessons.unit_rules"),
            source=source,
        ),
    )
    return (told, *chart, tabulate_rules(own, source=source))
