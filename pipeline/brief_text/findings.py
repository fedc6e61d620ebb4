"""The addresses of how many findings and stated totals there are."""

from __future__ import annotations

import pandas as pd

from pipeline.brief_text.said import MOST_OPERANDS, address_of, count_of
from pipeline.trace import Address, Formula

FINDINGS = "quality_issue"


def count_totals(totals: pd.DataFrame) -> Formula | None:
    """The address of how many stated totals there are, each told by its difference where its rows are known."""
    has_rows = "first_row" in totals and bool(totals["first_row"].notna().all())
    return count_of(totals, f"out_stated_total.{'difference' if has_rows else 'stated'}_baht")


def count_findings(issues: pd.DataFrame) -> Formula | None:
    """The address of how many findings rows of quality_issue are.

    The rows are all that there are of their province, file, severity and rule. None where there is none, or more kinds
    than an address can name.
    """
    alike = issues.drop_duplicates(["province_code", "path", "severity", "rule"])
    if not 0 < len(alike) <= MOST_OPERANDS:
        return None
    found: tuple[Address, ...] = tuple(
        address_of(row, f"{FINDINGS}.n_issues") for row in alike.to_dict("records")
    )
    return Formula("sum", found)
