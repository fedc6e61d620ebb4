"""The rows behind charts that set provinces beside each other, which no table lists; in the order of their codes."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from pipeline.brief_tables.table import Column, Origin, Table, list_keys

BUDGET_KEYS = ("province_code", "fiscal_year_be", "stage")
RATE_KEYS = ("province_code", "indicator_code", "year_be", "period_basis")


def tabulate_amounts(budgets: pd.DataFrame) -> Table:
    """List what documents hold for each province; rows of out_budget_by_province with an amount."""
    columns = (
        Column("province_name", "จังหวัด", "text", 1),
        Column("fiscal_year_be", "ปีงบประมาณ", "year", 1),
        Column("amount_baht", "จำนวนเงิน (บาท)", "baht", 1),
    )
    return _make(
        budgets, columns, BUDGET_KEYS, Origin("amount_baht", "out_budget_by_province", "amount_baht")
    )


def tabulate_spread(rates: pd.DataFrame) -> Table:
    """List rates by province; rows of out_indicator_rate with `named`, the indicator, and province_name."""
    columns = (
        Column("named", "ตัวชี้วัด", "text", 3),
        Column("province_name", "จังหวัด", "text", 1),
        Column("rate", "อัตรา", "decimal", 1),
    )
    return _make(rates, columns, RATE_KEYS, Origin("rate", "out_indicator_rate", "rate"))


def _make(rows: pd.DataFrame, columns: tuple[Column, ...], keys: Sequence[str], origin: Origin) -> Table:
    ordered = rows.sort_values("province_code", kind="stable", ignore_index=True)
    return Table("", "", columns, ordered.assign(at=list_keys(ordered, keys)), origins=(origin,))
