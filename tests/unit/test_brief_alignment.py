"""The brief's words and table on the master plan: verified titles only, shares by hand, every doubt printed."""

from __future__ import annotations

from decimal import Decimal

import pandas as pd
import pytest

from pipeline import brief_tables as tables
from pipeline import brief_text as text
from pipeline.brief_text.alignment import describe_plan
from pipeline.reference import load_tables
from tests.unit.brief_frames import SUKHOTHAI

ITEMS = pd.DataFrame(load_tables()["core_plan_item"])
COLUMNS = ("item_code", "how", "n_projects", "amount_baht")


def alignment(
    *rows: tuple[str | None, str, int, str], year: int = 2566, in_force: bool = True
) -> pd.DataFrame:
    """Rows of out_project_by_plan of one year and measure."""
    told = [{**dict(zip(COLUMNS, row, strict=True)), "amount_baht": Decimal(row[3])} for row in rows]
    shared = {"fiscal_year_be": year, "measure": "allocated", "plan_id": "njamp_4", "is_in_force": in_force}
    return pd.DataFrame([{**shared, **row} for row in told], columns=[*shared, *COLUMNS])


PLACED = (
    ("1", "rule", 3, "300"),
    ("1", "column", 1, "100"),
    ("3", "settled", 1, "50"),
    (None, "unsure", 5, "550"),
)


@pytest.mark.parametrize(
    ("year", "titles"), [(2561, 0), (2562, 0), (2565, 0), (2566, 3), (2569, 3), (2570, 0)]
)
def test_only_verified_titles_of_the_master_plan_are_named(year: int, titles: int) -> None:
    plan, *items = describe_plan(ITEMS, year)
    assert str(year) in plan
    assert len(items) == titles
    assert ("รอยืนยัน" in plan) is (titles == 0)
    assert all(item.startswith(f"มิติที่ {number} ") for number, item in enumerate(items, start=1))


def test_what_is_placed_and_what_is_not_is_told_with_its_doubts() -> None:
    told = text.describe_alignment(alignment(*PLACED), ITEMS, SUKHOTHAI, fiscal_year_be=2566, wanted=2566)
    placed, unsure, doubt = told[-3:]
    assert "10 โครงการ จัดเข้ามิติได้ 5 โครงการ" in placed
    assert "คอลัมน์ของแบบฟอร์ม 1 ตามคำในชื่อหรือรายละเอียด 3 และนักวิเคราะห์ตัดสิน 1 โครงการ" in placed
    assert unsure.startswith("ยังไม่จัดเข้ามิติ 5 โครงการ (ร้อยละ 50.0) รวม 550 บาท (ร้อยละ 55.0)")
    assert "ยังไม่ได้ยืนยัน" in doubt


def test_a_plan_of_other_years_says_so_and_no_rule_needs_no_doubt() -> None:
    rows = alignment(("1", "column", 1, "0"), year=2565, in_force=False)
    told = text.describe_alignment(rows, ITEMS, SUKHOTHAI, fiscal_year_be=2565, wanted=2565)
    assert "ฉบับที่ 3" in told[0]
    assert "รอยืนยัน" in told[0]
    assert "ไม่ใช่แผนที่ใช้ในปีงบประมาณ พ.ศ. 2565" in told[-1]
    assert not any("ตีความ" in sentence for sentence in told)
    assert "(ไม่มีข้อมูล)" in told[-2]


def test_the_table_has_every_item_and_adds_up() -> None:
    (table,) = tables.tabulate_alignment(
        alignment(*PLACED, (None, "settled", 2, "10")), ITEMS, SUKHOTHAI, fiscal_year_be=2566
    )
    assert list(table.frame["n_projects"]) == [4, 0, 1, 2, 5, 12]
    assert list(table.frame["amount_baht"]) == [400, 0, 50, 10, 550, 1010]
    assert table.frame["item"].iloc[0] == "มิติที่ 1 การสร้างความเป็นธรรมตามกฎหมาย"
    assert table.frame["share_pct"].iloc[:-1].sum() == pytest.approx(100)


def test_a_year_without_project_has_no_table() -> None:
    told = text.describe_alignment(alignment(), ITEMS, SUKHOTHAI, fiscal_year_be=2566, wanted=2566)
    assert "ไม่มีแผนงาน/โครงการ" in told[-1]
    assert tables.tabulate_alignment(alignment(), ITEMS, SUKHOTHAI, fiscal_year_be=2566) == ()
