"""How much of a table the chapters show: its first rows, without some columns; all of it stands in the annex."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from pipeline.brief_tables.table import Table
from pipeline.brief_text.templates import find, say
from pipeline.errors import SpecError

BUDGETS = "limits.body_tables"
WHOLE = "-full"


def fit_body(table: Table) -> tuple[Table, tuple[Table, ...]]:
    """Cut a table to what specs/brief_texts.yml gives it in the chapters.

    Args:
        table: as the annex would show it.

    Returns:
        The table for the chapters, and the whole one for the annex if any of it is left out.

    Raises:
        SpecError: the budget has no number of rows, or names a column that is not the table's last.
    """
    rows, left_out = _budget(table)
    dropped = max(len(table.frame) - rows, 0)
    if not dropped and not left_out:
        return table, ()
    columns = table.columns[: len(table.columns) - len(left_out)]
    heads = " ".join(column.head for column in table.columns[len(columns) :])
    told = say("common.in_annex") if dropped else say("common.columns_in_annex", heads=heads)
    body = replace(
        table,
        frame=table.frame.head(rows).reset_index(drop=True),
        columns=columns,
        more=table.more + dropped,
        note=" · ".join(text for text in (told, table.note) if text),
    )
    return body, (replace(table, table_id=table.table_id + WHOLE),)


def _budget(table: Table) -> tuple[int, list[str]]:
    """The rows that a table may have in the chapters, and the last columns that it has only in the annex."""
    budgets: Mapping[str, Any] = find(BUDGETS)
    if table.table_id not in budgets:
        return len(table.frame), []
    given = budgets[table.table_id]
    left_out = list(given.get("without", ()))
    names = [column.name for column in table.columns]
    if not isinstance(given.get("rows"), int) or names[len(names) - len(left_out) :] != left_out:
        raise SpecError(f"brief_texts.yml, {BUDGETS}.{table.table_id}: rows, and last columns, are expected")
    return given["rows"], left_out
