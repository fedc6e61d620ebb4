"""Words of what is otherwise than in the release before, and of what analysts corrected."""

from __future__ import annotations

import re
from collections.abc import Mapping

import pandas as pd

from pipeline.brief_text.numbers import format_number
from pipeline.brief_text.templates import label, say

# One amount of a row that came or went, as the ingest writes them one behind the other.
AMOUNT = re.compile(r"(?P<field>\d{4} [a-z_]+(?: [^,]+?)?) (?P<baht>ว่าง|-?\d[\d,]*\.\d\d)(?=, |$)")


def describe_since(rows: Mapping[str, pd.DataFrame]) -> tuple[str, ...]:
    """Count the findings that are gone, new and still there, and the projects that changed.

    Args:
        rows: rows of out_finding_change and of out_submission_change, by those names.
    """
    return (_tell_findings(rows["out_finding_change"]), _tell_changed(rows["out_submission_change"]))


def describe_corrections(corrections: pd.DataFrame) -> str:
    """Count the cells that are read as an analyst corrected them; rows of out_correction."""
    if corrections.empty:
        return say("since.no_correction")
    applied = int(corrections["is_applied"].sum())
    failed = int(corrections["reason"].notna().sum())
    return say("since.corrections", applied=format_number(applied), failed=format_number(failed))


def name_field(field: str) -> str:
    """Name in Thai what changed of a project: a column, or the year, measure, period and part of an amount.

    >>> name_field("2565 allocated Q1 งบลงทุน"), name_field("agency_name")
    ('ได้รับจัดสรร ปี 2565 Q1 งบลงทุน', 'หน่วยงาน')
    """
    year, _, amount = field.partition(" ")
    if not amount:
        return label("field", field)
    measure, *rest = amount.split(" ")
    told = " ".join(label("field", part) for part in rest)
    return say("since.amount", measure=label("measure", measure), year=year, rest=told).strip()


def name_amounts(text: str) -> str:
    """Name in Thai the amounts of a project that came or went; any other text stays.

    >>> name_amounts("2554 allocated year 1,441,600.00, 2555 allocated year ว่าง")
    'ได้รับจัดสรร ปี 2554 ทั้งปี 1,441,600.00, ได้รับจัดสรร ปี 2555 ทั้งปี ว่าง'
    >>> name_amounts("โครงการ 2554")
    'โครงการ 2554'
    """
    return AMOUNT.sub(lambda found: f"{name_field(found['field'])} {found['baht']}", text)


def _tell_findings(findings: pd.DataFrame) -> str:
    """Count the findings by what became of them."""
    if findings.empty:
        return say("since.no_finding")
    counts = findings["change"].value_counts()
    told = {name: format_number(int(counts.get(name, 0))) for name in ("gone", "new", "stays")}
    return say("since.findings", release=str(findings["earlier_release"].iloc[0]), **told)


def _tell_changed(changed: pd.DataFrame) -> str:
    """Count the projects that came, went and changed with submissions that came again."""
    rows = changed[changed["change"] != "conflict"].fillna({"row_number": 0, "earlier_row_number": 0})
    if rows.empty:
        return say("since.no_row")
    keys = ["path", "sheet", "row_number", "earlier_path", "earlier_sheet", "earlier_row_number"]
    counts = rows.drop_duplicates(["change", *keys])["change"].value_counts()
    told = {name: format_number(int(counts.get(name, 0))) for name in ("added", "removed", "changed")}
    return say("since.rows", **told)
