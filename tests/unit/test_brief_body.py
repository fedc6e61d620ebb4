"""What the chapters show of a table, and what of it the annex has."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

from pipeline.brief_tables import Column, Table, body, fit_body
from pipeline.errors import SpecError

COLUMNS = (
    Column("name", "ชื่อ", "text", 20),
    Column("n", "จำนวน", "count", 10),
    Column("by", "ที่มา", "text", 10),
)


def make(rows: int, **more: Any) -> Table:
    frame = pd.DataFrame({"name": [f"ก{n}" for n in range(rows)], "n": range(rows), "by": "ข"})
    return Table("tbl-one", "ตาราง", COLUMNS, frame, **more)


@pytest.fixture
def budget(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    budgets: dict[str, Any] = {"tbl-one": {"rows": 3}}
    monkeypatch.setattr(body, "find", lambda _: budgets)
    return budgets


@pytest.mark.usefixtures("budget")
def test_a_table_within_its_budget_stays_as_it_is() -> None:
    table = make(3)
    assert fit_body(table) == (table, ())


@pytest.mark.usefixtures("budget")
def test_a_longer_table_shows_its_first_rows_and_leads_to_the_annex() -> None:
    shown, (whole,) = fit_body(make(5, more=2, note="หมายเหตุ", source="แฟ้ม"))
    assert [row[0] for row in shown.cells] == ["ก0", "ก1", "ก2"]
    assert shown.remarks == ("และอีก 4 รายการ · ตารางเต็มอยู่ในหัวข้อ 6.8 · หมายเหตุ", "ที่มา: แฟ้ม")
    assert (whole.table_id, len(whole.cells)) == ("tbl-one-full", 5)
    assert whole.remarks == ("และอีก 2 รายการ · หมายเหตุ", "ที่มา: แฟ้ม")
    assert fit_body(whole) == (whole, ())


def test_last_columns_may_stand_in_the_annex_alone(budget: dict[str, Any]) -> None:
    budget["tbl-one"] = {"rows": 9, "without": ["by"]}
    shown, (whole,) = fit_body(make(2))
    assert [column.name for column in shown.columns] == ["name", "n"]
    assert shown.remarks == ("ที่มาอยู่ในตารางเต็ม หัวข้อ 6.8",)
    assert len(whole.columns) == 3


@pytest.mark.parametrize("given", [{"rows": "3"}, {"rows": 3, "without": ["name"]}, {}])
def test_a_budget_that_cannot_be_followed_says_so(budget: dict[str, Any], given: dict[str, Any]) -> None:
    budget["tbl-one"] = given
    with pytest.raises(SpecError, match=r"limits\.body_tables\.tbl-one"):
        fit_body(make(5))
