"""Tables of the annex: findings, stated totals and sources, each with its place."""

from __future__ import annotations

import pandas as pd

from pipeline.brief_tables.table import Column, Origin, Table, format_place, keep_as_is, list_keys
from pipeline.brief_text.findings import count_findings
from pipeline.brief_text.numbers import format_date_be, format_number, format_year, is_missing
from pipeline.brief_text.quality import sort_issues
from pipeline.brief_text.said import address_of, sum_of
from pipeline.brief_text.templates import label, say

LISTED_ISSUES = 30
LISTED_REFUSED = 200


def tabulate_findings(issues: pd.DataFrame, refused: pd.DataFrame) -> tuple[Table, ...]:
    """Make the tables of findings and of what was kept out, those that have rows."""
    told = () if issues.empty else (tabulate_issue_summary(issues), tabulate_issues(issues))
    return told if refused.empty else (*told, tabulate_refused(refused))


def tabulate_issue_summary(issues: pd.DataFrame) -> Table:
    """Count findings by severity and rule; rows of quality_issue."""
    by_rule = sort_issues(issues).groupby(["severity_order", "severity", "rule"], as_index=False)
    counted = by_rule.agg(n_issues=("rule", "size"), example=("message_th", "first"))
    counted = counted.sort_values(["severity_order", "n_issues"], ascending=[True, False], ignore_index=True)
    return Table(
        table_id="tbl-issue-summary",
        caption=say("quality.table_summary"),
        columns=(
            Column("severity_name", "ระดับ", "text", 14),
            Column("rule", "รหัสกฎ", "path", 22),
            Column("n_issues", "จำนวน (รายการ)", "count", 12),
            Column("example", "ตัวอย่างข้อความ", "text", 52),
        ),
        frame=counted.assign(
            severity_name=[label("severity", severity) for severity in counted["severity"]],
            at=keep_as_is(
                count_findings(issues[issues["severity"].eq(severity) & issues["rule"].eq(rule)])
                for severity, rule in zip(counted["severity"], counted["rule"], strict=True)
            ),
        ),
        origins=(Origin("n_issues"),),
    )


def tabulate_issues(issues: pd.DataFrame) -> Table:
    """List findings with file, sheet and cell, those to be mended first; rows of quality_issue."""
    rows = sort_issues(issues)
    listed = rows.head(LISTED_ISSUES)
    total = format_number(len(rows))
    note = (
        say("common.shown", shown=LISTED_ISSUES, total=total, file="issues.csv")
        if len(rows) > LISTED_ISSUES
        else ""
    )
    return Table(
        table_id="tbl-issue-list",
        caption=say("quality.table_list"),
        columns=(
            Column("severity_name", "ระดับ", "text", 13),
            Column("place", "แฟ้ม › ชีต › ช่อง", "path", 33),
            Column("message_th", "ข้อค้นพบ", "text", 54),
        ),
        frame=listed.assign(
            severity_name=[label("severity", severity) for severity in listed["severity"]],
            place=_places(listed),
        ),
        note=note,
    )


def tabulate_totals(totals: pd.DataFrame) -> Table:
    """Set stated totals beside computed ones, differences first; rows of quality_total with the path."""
    rows = totals.assign(is_equal=totals["difference_baht"] == 0)
    rows = rows.sort_values(["is_equal", "path", "sheet", "cell"], ignore_index=True)
    return Table(
        table_id="tbl-total",
        caption=say("quality.table_total"),
        columns=(
            Column("place", "แฟ้ม › ชีต › ช่อง", "path", 32),
            Column("measure_name", "รายการเงิน", "text", 17),
            Column("stated_baht", "ที่ระบุไว้", "baht", 18),
            Column("computed_baht", "ที่คำนวณ", "baht", 18),
            Column("difference_baht", "ผลต่าง", "baht", 15),
        ),
        frame=rows.assign(
            place=_explained(rows),
            measure_name=[label("measure", measure) for measure in rows["measure"]],
            at=list_keys(rows, ["path", "sheet", "cell", "measure"]),
            **{f"at_{column}": _covered(rows, column) for column in ("computed_baht", "difference_baht")},
        ),
        origins=tuple(
            Origin(column, "out_stated_total", column)
            if column == "stated_baht"
            else Origin(column, at=f"at_{column}")
            for column in ("stated_baht", "computed_baht", "difference_baht")
        ),
    )


def _covered(rows: pd.DataFrame, column: str) -> pd.Series:
    """The addresses of what is worked out of the rows that a total covers, where these are known."""
    return keep_as_is(
        None if is_missing(row.get("first_row")) else address_of(row, f"out_stated_total.{column}")
        for row in rows.to_dict("records")
    )


def tabulate_refused(refused: pd.DataFrame) -> Table:
    """List what was kept out, and why; rows of out_refused_row."""
    rows = refused.sort_values(["path", "sheet", "cell"], ignore_index=True)
    listed = rows.head(LISTED_REFUSED)
    note = say("common.shown", shown=LISTED_REFUSED, total=format_number(len(rows)), file="issues.csv")
    return Table(
        table_id="tbl-refused",
        caption=say("quality.table_refused"),
        columns=(
            Column("place", "แฟ้ม › ชีต › แถว", "path", 36),
            Column("n_rows", "แถว", "count", 8),
            Column("reason", "เหตุผล", "text", 56),
        ),
        frame=listed.assign(place=_places(listed)),
        note=note if len(rows) > LISTED_REFUSED else "",
    )


def tabulate_sources(sources: pd.DataFrame) -> Table:
    """List the files and sheets behind a brief with their years and when each was received; rows of out_source."""
    rows = _merge_sheets(sources)
    years = zip(rows["first_year_be"], rows["last_year_be"], strict=True)
    return Table(
        table_id="tbl-source",
        caption=say("quality.table_source"),
        columns=(
            Column("named", "ชนิดและที่มา", "text", 30),
            Column("place", "แฟ้ม › ชีต", "path", 39),
            Column("years", "พ.ศ.", "text", 11),
            Column("n_rows", "แถวหรือค่า", "count", 8),
            Column("received", "ได้รับเมื่อ", "text", 12),
        ),
        frame=rows.assign(
            named=[
                _name_source(kind, named) for kind, named in zip(rows["kind"], rows["named"], strict=True)
            ],
            place=[format_place(row.path, row.sheet, None) for _, row in rows.iterrows()],
            years=[_span(first, last) for first, last in years],
            received=[format_date_be(day) for day in rows["received_on"]],
        ),
        origins=(Origin("n_rows"),),
    )


def _name_source(kind: str, named: object) -> str:
    """Say what the figures are and whom they are from, or that nobody says."""
    return f"{label('kind', kind)}: {named if isinstance(named, str) else 'ไม่ระบุที่มา'}"


def _merge_sheets(sources: pd.DataFrame) -> pd.DataFrame:
    """Join the sheets of a file that tell of the same kind and source into one row."""
    named = sources.assign(
        named=sources["source"].fillna(sources["title"]), received_on=sources["received_on"].astype(object)
    )
    keys = ["kind", "path", "named", "received_on"]
    merged = named.sort_values([*keys[:2], "sheet"]).groupby(keys, as_index=False, dropna=False)
    at = [sum_of(some, "out_source.n_rows") for _, some in merged]
    return merged.agg(
        sheet=("sheet", lambda sheets: ", ".join(dict.fromkeys(sheets))),
        n_rows=("n_rows", "sum"),
        first_year_be=("first_year_be", "min"),
        last_year_be=("last_year_be", "max"),
    ).assign(at=keep_as_is(at))


def _places(rows: pd.DataFrame) -> list[str]:
    """Name each row's file, sheet and cell."""
    return [format_place(row.path, row.sheet, row.cell) for _, row in rows.iterrows()]


def _explained(rows: pd.DataFrame) -> list[str]:
    """Name each total's place, with what would explain its difference."""
    reasons = rows["explanation_th"] if "explanation_th" in rows else pd.Series([None] * len(rows))
    return [
        f"{place} ({reason})" if isinstance(reason, str) and reason else place
        for place, reason in zip(_places(rows), reasons, strict=True)
    ]


def _span(first: object, last: object) -> str:
    """Write a span of years."""
    return format_year(first) if first == last else f"{format_year(first)}–{format_year(last)}"
