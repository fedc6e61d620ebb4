"""A rule's failing rows as findings for quality_issue: the place, the value and a Thai sentence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

import pandas as pd

from pipeline.checks.rules import Rule, RuleBook
from pipeline.thai import thai_date

COLUMNS = (
    "rule",
    "severity",
    "province_code",
    "file_id",
    "path",
    "sheet",
    "cell",
    "value",
    "message_th",
    "stage",
    "rule_group",
)
EMPTY_TH = "(ว่าง)"
_WHOLE_NUMBER_ENDS = ("_be", "_row", "row_number")


def list_findings(
    rule: Rule, rows: Sequence[Mapping[str, Any]], *, book: RuleBook, shows_value: bool
) -> pd.DataFrame:
    """Turn failing rows into findings.

    Args:
        rule: the rule that they break.
        rows: the rows, whole, with path and names.
        book: for the Thai of codes.
        shows_value: whether the reported column's words may be shown.

    Returns:
        One row a finding, with the columns of quality_issue.
    """
    return pd.DataFrame(
        [_finding(rule, row, book=book, shows_value=shows_value) for row in rows], columns=COLUMNS
    )


def sum_up_rest(rule: Rule, *, failing: int, listed: int) -> pd.DataFrame:
    """Give the one finding that says how many more rows break a rule than are listed."""
    message = (
        f"กฎนี้ไม่ผ่าน {failing:,} แถว บันทึกไว้เฉพาะ {listed:,} แถวแรก แถวจำนวนมากเช่นนี้มักมีสาเหตุเดียวกัน "
        "โปรดตรวจการอ่านตารางหรือค่าของกฎก่อนแก้ทีละแถว"
    )
    finding = dict.fromkeys(COLUMNS) | _head(rule) | {"value": str(failing), "message_th": message}
    return pd.DataFrame([finding], columns=COLUMNS)


def find_whole_table(rule: Rule, *, observed: Any, book: RuleBook) -> pd.DataFrame:
    """Give the finding of a rule about a whole table, which has no row to point at."""
    words = dict.fromkeys(rule.placeholders, EMPTY_TH) | {"value": show("value", observed, book.words_th)}
    message = rule.message_th.format_map(words)
    finding = dict.fromkeys(COLUMNS) | _head(rule) | {"value": _plain(observed), "message_th": message}
    return pd.DataFrame([finding], columns=COLUMNS)


def place_of(rule: Rule, row: Mapping[str, Any]) -> str | None:
    """Give the cell to mark, F12; the whole row as spreadsheets write it, 12:12, where no cell is known.

    >>> from types import SimpleNamespace
    >>> place_of(SimpleNamespace(cell_column=None), {"row_number": 12})
    '12:12'
    """
    cell = row.get(rule.cell_column or "cell")
    if cell is not None:
        return str(cell)
    number = row.get("row_number")
    return f"{number}:{number}" if number is not None else None


def show(column: str, value: Any, words_th: Mapping[str, Mapping[str, str]]) -> str:
    """Write a value as a Thai reader expects it in a sentence.

    >>> show("amount_baht", Decimal("1234.50"), {}), show("year_be", 2565, {}), show("peers", 1234, {})
    ('1,234.50', '2565', '1,234')
    >>> show("measure", "spent", {"measure": {"spent": "ใช้จ่าย"}}), show("unit", None, {})
    ('ใช้จ่าย', '(ว่าง)')
    >>> show("start_date", date(2022, 10, 1), {})
    '1 ต.ค. 2565'
    """
    if value is None or value != value:
        return EMPTY_TH
    if isinstance(value, date):
        return thai_date(value)
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        return words_th.get(column, {}).get(str(value), str(value))
    if column.endswith(_WHOLE_NUMBER_ENDS):
        return f"{value:.0f}"
    if column.endswith("_baht"):
        return f"{value:,.2f}"
    if value == int(value):
        return f"{value:,.0f}"
    return f"{value:.2g}" if -1 < value < 1 else f"{value:,.2f}"


def _finding(rule: Rule, row: Mapping[str, Any], *, book: RuleBook, shows_value: bool) -> dict[str, Any]:
    column = rule.reported_column
    value = row[column] if column and shows_value else None
    words = {name: show(name, row.get(name), book.words_th) for name in rule.placeholders - {"value", "cell"}}
    words |= {"value": show(column or "value", value, book.words_th), "cell": place_of(rule, row) or EMPTY_TH}
    place = {name: row.get(name) for name in ("province_code", "file_id", "path", "sheet")}
    return (
        _head(rule)
        | place
        | {
            "cell": place_of(rule, row),
            "value": _plain(value),
            "message_th": rule.message_th.format_map(words),
        }
    )


def _head(rule: Rule) -> dict[str, str]:
    return {"rule": rule.code, "severity": rule.severity, "stage": "check", "rule_group": rule.group}


def _plain(value: Any) -> str | None:
    """Write a value as a spreadsheet takes it, with neither commas nor words."""
    if value is None or value != value:
        return None
    if isinstance(value, float) and value == int(value):
        return str(int(value))
    return str(value)
