"""Words of the annex: findings, stated totals, sources and how the figures were made."""

from __future__ import annotations

import pandas as pd

from pipeline.brief_text.change import COVERED_PCT
from pipeline.brief_text.evidence import Evidence
from pipeline.brief_text.findings import count_findings, count_totals
from pipeline.brief_text.numbers import format_number
from pipeline.brief_text.said import cite_as, mark_figures
from pipeline.brief_text.study import Study
from pipeline.brief_text.summary import list_gaps
from pipeline.brief_text.templates import order_of, say
from pipeline.grade import list_counted, say_components, say_grade, write_formula

METHODS = ("rate", "area", "source", "money", "total")


def sort_issues(issues: pd.DataFrame) -> pd.DataFrame:
    """Sort findings as they are to be mended: errors first, then by file, sheet and cell."""
    order = [order_of("severity", severity) for severity in issues["severity"]]
    sorted_issues = issues.assign(severity_order=order)
    return sorted_issues.sort_values(["severity_order", "path", "sheet", "cell", "rule"], ignore_index=True)


def describe_issues(issues: pd.DataFrame) -> tuple[str, ...]:
    """Count the findings by severity, or say that there is none."""
    if issues.empty:
        return (say("quality.no_issue"),)
    counts = {name: _count(issues[issues["severity"] == name]) for name in ("error", "warning", "info")}
    shared = issues[issues["province_code"].isna()]
    told = [say("quality.counts", total=_count(issues), **counts)]
    told += [say("quality.shared", count=_count(shared))] * bool(len(shared))
    return tuple(told)


def _count(issues: pd.DataFrame) -> str:
    """Write how many findings there are, with the address of the count."""
    return cite_as(format_number(len(issues)), count_findings(issues))


def describe_grade(grades: pd.DataFrame) -> tuple[str, ...]:
    """Say the province's one grade, what it is made of and how it is worked out; rows of out_quality_grade."""
    if grades.empty:
        return (say("quality.no_grade"),)
    row = grades.iloc[0].to_dict()
    return (
        say(
            "quality.grade",
            grade=mark_figures(say_grade(row)),
            parts=mark_figures(" · ".join(say_components(row))),
        ),
        write_formula(),
        *list_counted(),
    )


def describe_totals(totals: pd.DataFrame) -> str:
    """Count the stated totals that the rows bear out and those that they do not; rows of quality_total."""
    if totals.empty:
        return say("quality.no_total")
    is_equal = totals["difference_baht"] == 0
    counts = {"count": totals, "equal": totals[is_equal], "differ": totals[~is_equal]}
    return say("quality.totals", **{name: _count_totals(rows) for name, rows in counts.items()})


def _count_totals(totals: pd.DataFrame) -> str:
    """Write how many stated totals there are, with the address of the count."""
    return cite_as(format_number(len(totals)), count_totals(totals))


def list_missing(evidence: Evidence, study: Study | None = None) -> tuple[str, ...]:
    """List what a chapter has no or no recent data of."""
    return tuple(gap.text for gap in list_gaps(evidence, study)) or (say("quality.nothing_missing"),)


def list_methods() -> tuple[str, ...]:
    """List how the brief's figures are made."""
    return tuple(
        say(f"quality.method_{method}", **({"limit": COVERED_PCT} if method == "area" else {}))
        for method in METHODS
    )
