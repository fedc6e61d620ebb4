"""Views of money and projects on the small warehouse of view_rows: to the satang, each amount at its cell."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pandas as pd
import pytest

from tests.integration import view_rows
from tests.integration.conftest import Read
from tests.integration.view_rows import (
    AMOUNTS,
    EMPTY_PROVINCE,
    LINES,
)


def text_or_none(value: object) -> str | None:
    return value if isinstance(value, str) else None


@pytest.mark.parametrize(
    ("view", "columns"),
    [("plan", ["plan"]), ("project", ["project", "output"]), ("category", ["category_1"])],
)
def test_budgets_add_up_to_the_satang(read: Read, view: str, columns: list[str]) -> None:
    expected: dict[tuple[Any, ...], tuple[Decimal, int]] = {}
    for row in LINES:
        name = next((row[column] for column in columns if row.get(column)), None)
        key = (row["province_code"], row["fiscal_year_be"], row["stage"], name)
        total, count = expected.get(key, (Decimal(0), 0))
        expected[key] = (total + row["amount_baht"], count + 1)
    rows = read(f"SELECT * FROM out_budget_by_{view}").to_dict("records")
    found = {
        (*(row[part] for part in ("province_code", "fiscal_year_be", "stage")), text_or_none(row["name"])): (
            row["amount_baht"],
            row["n_lines"],
        )
        for row in rows
    }
    assert found == {key: value for key, value in expected.items() if key[0] is not None}
    shares = read(
        f"SELECT sum(share_pct) AS whole FROM out_budget_by_{view} GROUP BY province_code, fiscal_year_be, stage"
    )
    assert shares["whole"].tolist() == pytest.approx([100.0] * len(shares))


def test_a_province_without_lines_has_no_amount_and_no_zero(read: Read) -> None:
    rows = read("SELECT * FROM out_budget_by_province")
    documents = rows[["fiscal_year_be", "stage"]].drop_duplicates()
    assert len(rows) == len(view_rows.PROVINCES) * len(documents) == 6 * 3
    bill = rows[(rows["fiscal_year_be"] == 2565) & (rows["stage"] == "bill")].set_index("province_code")
    assert bill.loc["64", ["amount_baht", "n_lines"]].tolist() == [Decimal("300000.35"), 3]
    assert bill.loc[EMPTY_PROVINCE, "n_lines"] == 0
    assert bill.loc[EMPTY_PROVINCE, "amount_baht"] is None


def test_projects_are_summed_by_their_year_and_the_replaced_form_is_out(read: Read) -> None:
    rows = read("SELECT * FROM out_project_summary WHERE province_code <> '65'").to_dict("records")
    found = {
        (row["province_code"], row["fiscal_year_be"], row["measure"]): (
            row["n_projects"],
            row["n_zero"],
            row["amount_baht"],
        )
        for row in rows
    }
    assert found == {
        ("48", 2565, "requested"): (1, 0, Decimal("9.00")),
        ("64", 2566, "requested"): (2, 1, Decimal("1000.25")),
        ("64", 2566, "allocated"): (2, 0, Decimal("920.00")),
        ("64", 2566, "disbursed"): (1, 0, Decimal("30.30")),
    }


def test_agencies_add_up_to_the_summary(read: Read) -> None:
    rows = read("SELECT * FROM out_project_by_agency WHERE province_code = '64' AND measure = 'allocated'")
    names = [text_or_none(name) for name in rows["agency_name"]]
    assert dict(zip(names, rows["amount_baht"], strict=True)) == {
        "หน่วย ก": Decimal("800.00"),
        None: Decimal("120.00"),
    }


def test_every_amount_leads_to_its_cell(read: Read) -> None:
    places = (
        read("SELECT * FROM out_project_place WHERE province_code <> '65'")
        .set_index(["project_id", "measure"])
        .sort_index()
    )
    assert places.loc[("p1", "requested"), ["path", "sheet", "cell", "n_cells"]].tolist() == [
        "plan.xlsx",
        "แผน",
        "E6",
        1,
    ]
    assert places.loc[("p2", "disbursed"), ["cell", "n_cells"]].tolist() == ["K7", 3]
    assert places.loc[("p3", "allocated"), ["cell", "n_cells"]].tolist() == ["J8", 2]
    written = {(row["project_id"], row["measure"], row["cell"]): row["amount_baht"] for row in AMOUNTS}
    for (name, measure), row in places[places["n_cells"] == 1].iterrows():
        assert written[name, measure, row["cell"]] == row["amount_baht"]
    assert set(places.index.get_level_values("project_id")) == {"p1", "p2", "p3", "p4"}


def test_parts_stay_parts(read: Read) -> None:
    rows = read("SELECT * FROM out_project_part")
    found = {
        (row["kind"], row["name"]): (row["measure"], row["amount_baht"]) for row in rows.to_dict("records")
    }
    assert found == {
        ("category", "งบดำเนินงาน"): ("requested", Decimal("600.25")),
        ("category", "งบลงทุน"): ("requested", Decimal("400.00")),
        ("fund_source", "งบจังหวัด"): ("allocated", Decimal("50.00")),
        ("fund_source", "กองทุน"): ("allocated", Decimal("70.00")),
    }


def test_projects_by_item_of_the_plan(read: Read) -> None:
    placed = read("SELECT * FROM out_project_by_plan ORDER BY ALL")
    amounts = read("SELECT * FROM out_project_amount").merge(
        pd.DataFrame(view_rows.ALIGNMENT), on="project_id"
    )
    keys = ["province_code", "fiscal_year_be", "measure", "plan_id", "item_code", "how"]
    expected = amounts.groupby(keys, dropna=False, as_index=False).agg(
        n_projects=("project_id", "nunique"), amount_baht=("amount_baht", "sum")
    )
    told = {tuple(map(str, row)) for row in placed[[*keys, "n_projects", "amount_baht"]].fillna("").values}
    assert told == {tuple(map(str, row)) for row in expected.fillna("").values}
    assert dict(zip(placed["fiscal_year_be"], placed["is_in_force"], strict=True)) == {
        2565: False,
        2566: True,
    }
