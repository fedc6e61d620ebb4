"""Every rule of checks.yml on a small warehouse: silent where nothing is wrong, at the planted cell where it is."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import pandas as pd
import pytest

from pipeline import checks, specs, store
from pipeline.checks import CheckSummary, run_checks
from pipeline.checks.rules import RuleBook, load_rules
from pipeline.errors import SpecError
from tests.integration.planted import PLANTED_NAME, Place, Plan, good_rows
from tests.integration.planted_faults import plant_indicators, plant_lines, plant_projects
from tests.integration.planted_more import (
    earlier_release,
    plant_amounts,
    plant_forms,
    plant_names,
    plant_series,
)

BOOK = load_rules()
EXTRA_PROVINCE = "07x"
LOOSE = ("core_province", "core_project", "core_budget_line", "core_indicator")


def build_warehouse(folder: Path, plan: Plan, provinces: pd.DataFrame) -> Path:
    """Build a warehouse whose tables take rows that its keys would refuse."""
    database = folder / "baseline.duckdb"
    with store.open_for_writing(database) as connection:
        store.create_tables(connection)
        for table in LOOSE:
            connection.execute(f"CREATE OR REPLACE TABLE {table} AS FROM {table}")
        store.append(connection, "core_province", provinces)
        for table, rows in plan.rows.items():
            store.append(connection, table, pd.DataFrame(rows))
        for stage in ("ingest", "check"):
            row = {"rule": f"earlier_{stage}", "severity": "info", "message_th": "ก่อนหน้า", "stage": stage}
            store.append(connection, "quality_issue", pd.DataFrame([row]))
    return database


def load_provinces() -> pd.DataFrame:
    provinces = pd.DataFrame(specs.load_csv("provinces.csv"))
    keep = ["province_code", "iso_code", "name_th", "name_en", "cluster", "region4", "region6"]
    return provinces[keep].assign(slug=provinces["name_en"].str.lower(), is_pilot=False)


@dataclass(frozen=True)
class Checked:
    """A warehouse that was checked."""

    summary: CheckSummary
    issues: pd.DataFrame
    docs: Path
    plan: Plan
    progress: tuple[str, ...]

    def places(self, rule: str) -> set[Place]:
        found = self.issues[self.issues["rule"] == rule]
        return {
            (row.province_code, row.path, row.sheet, row.cell)
            for row in found.astype(object).where(found.notna(), None).itertuples()
        }


def check(folder: Path, plan: Plan, provinces: pd.DataFrame, *, earlier: Plan | None = None) -> Checked:
    database, told = build_warehouse(folder, plan, provinces), list[str]()
    previous = None
    if earlier:
        (folder / "earlier").mkdir()
        previous = build_warehouse(folder / "earlier", earlier, provinces)
    summary = run_checks(database, folder / "quality", progress=told.append, previous=previous)
    with store.open_for_reading(database) as connection:
        issues = connection.execute("SELECT * FROM quality_issue").df()
    return Checked(summary=summary, issues=issues, docs=folder / "quality", plan=plan, progress=tuple(told))


@pytest.fixture(scope="module")
def clean(tmp_path_factory: pytest.TempPathFactory) -> Checked:
    provinces = load_provinces()
    return check(tmp_path_factory.mktemp("clean"), good_rows(list(provinces["province_code"])), provinces)


@pytest.fixture(scope="module")
def broken(tmp_path_factory: pytest.TempPathFactory) -> Checked:
    provinces = load_provinces()
    extra = provinces.iloc[:1].assign(province_code=EXTRA_PROVINCE, region4="ตะวันตก", name_th="เกิน")
    provinces = pd.concat([provinces, extra], ignore_index=True)
    codes = list(provinces["province_code"])
    plan = good_rows(codes)
    for rule in ("province_code_format", "province_region_known"):
        plan.expect(rule, None, at=None, province=EXTRA_PROVINCE)
    plan.expect("province_count", None, at=None, province=None)
    plant_projects(plan)
    plant_lines(plan, codes)
    plant_indicators(plan, codes)
    for plant in (plant_forms, plant_names, plant_amounts, plant_series):
        plant(plan)
    return check(tmp_path_factory.mktemp("broken"), plan, provinces, earlier=earlier_release())


def test_good_rows_leave_no_finding(clean: Checked) -> None:
    assert list(clean.issues["rule"]) == ["earlier_ingest"]
    assert clean.summary.failed_rules == 0
    assert clean.summary.findings == {"error": 0, "warning": 0, "info": 0}


@pytest.mark.parametrize("rule", [rule.code for rule in BOOK.rules])
def test_rule_fires_at_what_breaks_it_and_nowhere_else(broken: Checked, rule: str) -> None:
    assert broken.plan.places.get(rule), f"nothing is planted for {rule}"
    assert broken.places(rule) == broken.plan.places[rule]


def test_summary_counts_what_is_in_quality_issue(broken: Checked) -> None:
    found = broken.issues[broken.issues["stage"] == "check"]
    assert broken.summary.rules == broken.summary.failed_rules == len(BOOK.rules)
    assert broken.summary.findings == found["severity"].value_counts().to_dict()
    assert broken.summary.seconds > 0


def test_findings_of_ingest_stay_and_those_of_an_earlier_check_go(broken: Checked) -> None:
    earlier = broken.issues[broken.issues["rule"].str.startswith("earlier_")]
    assert list(earlier["rule"]) == ["earlier_ingest"]


def test_messages_are_filled_and_values_are_plain(broken: Checked) -> None:
    found = broken.issues[broken.issues["stage"] == "check"]
    assert not found["message_th"].str.contains("[{}]").any()
    negative = found[found["rule"] == "amount_not_negative"].iloc[0]
    assert negative["value"] == "-5000.00"
    assert negative["message_th"].startswith("พบงบผูกพัน -5,000.00 บาท ซึ่งติดลบ")
    total = found[(found["rule"] == "total_mismatch") & (found["path"] == "total_mismatch.xlsx")].iloc[0]
    assert "150,000.00" in total["message_th"]
    assert "ต่างกัน 50,000.00 บาท" in total["message_th"]


def test_personal_text_is_neither_in_the_findings_nor_in_any_byte_of_the_pages(broken: Checked) -> None:
    assert PLANTED_NAME not in broken.issues.to_json(force_ascii=False)
    assert not any(PLANTED_NAME in line for line in broken.progress)
    pages = [path for path in broken.docs.rglob("*") if path.is_file()]
    assert len(pages) > len(BOOK.tables_th)
    for page in pages:
        content = page.read_bytes()
        assert PLANTED_NAME.encode() not in content
        assert PLANTED_NAME.encode("unicode_escape") not in content


def test_pages_fetch_nothing_and_link_only_to_each_other(broken: Checked) -> None:
    pages = list(broken.docs.rglob("*.html"))
    assert broken.docs / "index.html" in pages
    for page in pages:
        content = page.read_text(encoding="utf-8")
        assert not re.search(r"https?://|<script|<img|@import|url\(", content)
        for target in re.findall(r'href="([^"#]+)"', content):
            assert (page.parent / target).resolve().is_file(), f"{page.name}: {target}"


def test_front_page_leads_to_the_place_of_a_failing_row(broken: Checked) -> None:
    front = (broken.docs / "index.html").read_text(encoding="utf-8")
    assert "จำนวนเงินของโครงการ" in front
    page = next(broken.docs.glob("validations/core_amount/**/*.html")).read_text(encoding="utf-8")
    assert "amount_not_negative.xlsx › amount_not_negative › F5" in page


@pytest.fixture
def check_with(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[RuleBook], Checked]:
    def run(book: RuleBook) -> Checked:
        monkeypatch.setattr(checks, "load_rules", lambda: book)
        plan = Plan()
        for row in range(5, 10):
            plan.project("many", row, amounts="budget=-5")
        return check(tmp_path, plan, load_provinces())

    return run


def rule_like(code: str, **changes: object) -> RuleBook:
    rule = next(rule for rule in BOOK.rules if rule.code == code)
    return replace(BOOK, rules=(replace(rule, **changes),))  # type: ignore[arg-type]


def test_rows_beyond_the_limit_are_counted_in_one_finding(check_with: Callable[[RuleBook], Checked]) -> None:
    checked = check_with(replace(rule_like("amount_not_negative"), listed_rows=2))
    found = checked.issues[checked.issues["rule"] == "amount_not_negative"]
    assert list(found["cell"].fillna("")) == ["F5", "F6", ""]
    assert found["value"].iloc[-1] == "5"
    assert "ไม่ผ่าน 5 แถว บันทึกไว้เฉพาะ 2 แถวแรก" in found["message_th"].iloc[-1]


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"expectation": "expect_the_best"}, "expect_the_best"),
        ({"arguments": {"column": "amount_baht", "at_least": 0}}, "expect_column_values_to_be_between"),
        ({"arguments": {"column": "amount_bath", "min_value": 0}}, "core_amount has no column amount_bath"),
        ({"arguments": {"column": "measure", "min_value": 0}}, "cannot be computed"),
        ({"arguments": {"column": "amount_baht", "min_value": {"select": "SELECT x"}}}, "select"),
        ({"where": "amount_baht >"}, "where"),
        ({"message_th": "พบ {text}"}, "text is free text"),
        ({"value_column": "text"}, "text is free text"),
        ({"arguments": {"column": "text", "min_value": 0}}, "text is free text"),
        ({"table": "core_wish"}, "core_wish"),
    ],
)
def test_a_rule_that_does_not_fit_the_warehouse_is_an_error_that_names_it(
    check_with: Callable[[RuleBook], Checked], changes: dict[str, object], expected: str
) -> None:
    with pytest.raises(SpecError, match=rf"checks\.yml, line \d+ \(amount_not_negative\): .*{expected}"):
        check_with(rule_like("amount_not_negative", **changes))
