"""How good the data of all provinces are: grades, their parts, and what was found."""

from __future__ import annotations

import pandas as pd

from pipeline import figures
from pipeline.brief_tables import Column, Table
from pipeline.brief_text.numbers import format_number
from pipeline.brief_text.templates import label, order_of, say
from pipeline.charts.chart import Chart
from pipeline.grade import COLUMNS, list_counted, load_grading, write_formula
from pipeline.national.behind import put_grades_behind
from pipeline.national.items import Told, as_frame, drawn, known

MOST_SHADES = 4
MOST_RULES = 15


def tell_grades(grades: pd.DataFrame, *, source: str, marked: str = "") -> Told:
    """Say how many provinces have which grade, and how each part of it spreads; rows of out_quality_grade."""
    if grades.empty:
        return (say("national.no_grade"),)
    counts = [
        say("national.grade_count", letter=one.letter, count=int((grades["grade"] == one.letter).sum()))
        for one in load_grading().letters
    ]
    parts = as_frame(
        {"name": component.name, "pct": pct}
        for component in load_grading().components
        for pct in known(grades, COLUMNS[component.component][-1])[COLUMNS[component.component][-1]]
    )
    return (
        say("national.grades", count=len(grades), grades=" · ".join(counts)),
        _map_grades(grades, source, marked),
        *drawn(
            grades,
            lambda: figures.ranges(
                parts,
                name="name",
                value="pct",
                title=say("national.spread_grade"),
                unit=say("national.unit_grade"),
                source=source,
            ),
        ),
        write_formula(),
        *list_counted(),
    )


def _map_grades(grades: pd.DataFrame, source: str, marked: str) -> Chart:
    """Map the grades; where there are more letters than shades, the lowest share one."""
    letters = [one.letter for one in load_grading().letters]
    apart = letters if len(letters) <= MOST_SHADES else letters[: MOST_SHADES - 1]
    rest = [letter for letter in letters if letter not in apart]
    joined = say("national.lower_grades", first=rest[0], last=rest[-1]) if rest else ""
    named = grades.assign(named=[grade if grade in apart else joined for grade in grades["grade"]])
    order = [*[joined] * bool(rest), *reversed(apart)]
    chart = figures.tile_map(
        named,
        value="named",
        order=order,
        title=say("national.map_grade"),
        unit=load_grading().note,
        source=source,
        marked=marked,
    )
    return put_grades_behind(chart, grades)


def tell_findings(issues: pd.DataFrame, *, source: str) -> Told:
    """Count what was found and list the rules that fired most; rows of out_issue_summary."""
    if issues.empty:
        return (say("national.no_issue"),)
    sums = issues.groupby("severity")["n_issues"].sum()
    counts = {name: format_number(int(sums.get(name, 0))) for name in ("error", "warning", "info")}
    told = say("national.issues", total=format_number(int(issues["n_issues"].sum())), **counts)
    return told, tabulate_rules(issues, source=source)


def tabulate_rules(issues: pd.DataFrame, *, source: str) -> Table:
    """List the rules by severity and number of findings; rows of out_issue_summary."""
    by_rule = issues.groupby(["severity", "rule"], as_index=False).agg(
        n_issues=("n_issues", "sum"),
        n_provinces=("province_code", "nunique"),
        example=("example_th", "first"),
    )
    by_rule["order"] = [order_of("severity", severity) for severity in by_rule["severity"]]
    by_rule["severity_name"] = [label("severity", severity) for severity in by_rule["severity"]]
    rows = by_rule.sort_values(["order", "n_issues", "rule"], ascending=[True, False, True]).head(MOST_RULES)
    return Table(
        table_id="tbl-national-rules",
        caption=say("national.table_rules", count=len(rows)),
        columns=(
            Column("severity_name", "ระดับ", "text", 14),
            Column("rule", "รหัสกฎ", "path", 22),
            Column("n_issues", "รายการ", "count", 10),
            Column("n_provinces", "จังหวัด", "count", 10),
            Column("example", "ตัวอย่าง", "text", 50),
        ),
        frame=rows.reset_index(drop=True),
        source=source,
    )
