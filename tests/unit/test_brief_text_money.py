"""The brief's words on money and on the front page."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pandas as pd
import pytest

from pipeline import brief_text as text
from pipeline.brief_text.budget import Document, title_peers
from pipeline.brief_text.cover import COVER_MIME
from pipeline.brief_text.evidence import Evidence
from pipeline.brief_text.projects import title_agencies, title_measures
from tests.unit.brief_frames import SUKHOTHAI, budgets_of, crime_of, no_evidence, population_of, project_rows


@pytest.fixture
def empty() -> Evidence:
    return no_evidence()


# Budget


def test_documents_of_the_year_in_focus_come_first() -> None:
    budgets = budgets_of(
        ("64", 2566, "bill", "5"), ("64", 2565, "bill", "4"), ("64", 2565, "act", "3"),
        ("64", 2563, "act", "2"), ("70", 2565, "act", "1"), ("64", 2564, "act", None),
    )  # fmt: skip
    listed = text.list_documents(budgets, SUKHOTHAI, fiscal_year_be=2565)
    assert [(one.fiscal_year_be, one.stage) for one in listed] == [
        (2565, "bill"), (2565, "act"), (2563, "act"), (2566, "bill"),
    ]  # fmt: skip


def test_another_year_than_asked_is_told() -> None:
    parts = pd.DataFrame(
        {
            "fiscal_year_be": [2565],
            "stage": ["bill"],
            "name": ["โครงการ ก"],
            "amount_baht": [Decimal(9)],
            "share_pct": [100.0],
        }
    )
    document = Document(2565, "bill", Decimal(9), 1)
    told = text.describe_budget(document, parts, SUKHOTHAI, fiscal_year_be=2566)
    assert told[0] == "ไม่มีข้อมูลปีงบประมาณ พ.ศ. 2566 แสดงปีงบประมาณ พ.ศ. 2565 แทน"
    assert any("ไม่ใช่ พ.ร.บ. ที่ประกาศใช้" in sentence for sentence in told)


def test_no_line_is_no_zero() -> None:
    budgets = budgets_of(("64", 2565, "bill", None), ("70", 2565, "bill", "1"))
    told = " ".join(text.describe_missing_budget(budgets, SUKHOTHAI))
    assert "ไม่มีข้อมูลรายการงบประมาณของจังหวัดสุโขทัย" in told
    assert "มีบรรทัดของ 1 จังหวัด แต่ไม่มีของจังหวัดสุโขทัย" in told


def test_peers_need_ten_others() -> None:
    document = Document(2565, "bill", Decimal(100), 3)
    nine = budgets_of(
        ("64", 2565, "bill", "100"), *((f"{code}", 2565, "bill", "50") for code in range(70, 79))
    )
    ten = pd.concat([nine, budgets_of(("90", 2565, "bill", "50"))])
    assert text.describe_peers(nine, document, SUKHOTHAI) == (
        "มีข้อมูลของจังหวัดอื่นเพียง 9 จังหวัด น้อยเกินกว่าจะใช้เทียบ",
    )
    compared, learning = text.describe_peers(ten, document, SUKHOTHAI)
    assert (
        compared == "วงเงินในร่าง พ.ร.บ. งบประมาณรายจ่าย ของจังหวัดสุโขทัยสูงกว่ามัธยฐานของ 10 จังหวัดอื่นที่มีข้อมูล (50 บาท)"
    )
    assert "เพื่อการเรียนรู้ ไม่ใช่การจัดอันดับ" in learning
    assert "เท่ากับ" in title_peers(ten, replace(document, amount_baht=Decimal(50)), SUKHOTHAI)


# Projects


def test_requested_and_allocated_are_compared_for_the_same_projects_only() -> None:
    rows = project_rows(("a", "requested", "100"), ("a", "allocated", "80"), ("b", "requested", "900"))
    told = text.describe_year(rows, SUKHOTHAI, fiscal_year_be=2565)
    assert (
        "โครงการที่มีทั้งคำขอและได้รับจัดสรรมี 1 โครงการ ขอ 100.00 บาท ได้รับจัดสรร 80.00 บาท คิดเป็นร้อยละ 80.0 ของที่ขอ"
        in told
    )
    assert "ไม่มีข้อมูลเบิกจ่ายของปีงบประมาณ พ.ศ. 2565" in told


def test_a_request_of_nothing_has_no_share() -> None:
    rows = project_rows(("a", "requested", "0"), ("a", "allocated", "80"))
    assert not any("คิดเป็นร้อยละ" in told for told in text.describe_year(rows, SUKHOTHAI, fiscal_year_be=2565))


def test_sums_of_different_projects_say_so() -> None:
    sums = pd.DataFrame(
        {"measure": ["requested", "allocated"], "n_projects": [5, 2], "amount_baht": [Decimal(9), Decimal(8)]}
    )
    assert "(จำนวนโครงการไม่เท่ากัน)" in title_measures(sums, fiscal_year_be=2565)
    assert "ไม่เท่ากัน" not in title_measures(sums.assign(n_projects=5), fiscal_year_be=2565)


def test_agencies_that_no_form_names() -> None:
    agencies = pd.DataFrame(
        {"agency_name": [None], "n_projects": [3], "amount_baht": [Decimal(9)], "fiscal_year_be": 2565}
    )
    assert title_agencies(agencies, measure="requested") == "แบบฟอร์มไม่ระบุหน่วยงานของโครงการ"
    assert text.describe_agencies(agencies, "requested") == ("มี 3 โครงการที่แบบฟอร์มไม่ระบุหน่วยงาน",)


def test_other_years_are_summed_by_file_and_never_across() -> None:
    rows = pd.concat(
        [
            project_rows(("a", "allocated", "1"), ("b", "allocated", "0")).assign(fiscal_year_be=2550),
            project_rows(("c", "allocated", "7")).assign(fiscal_year_be=2550, path="ข.xlsx"),
            project_rows(("d", "allocated", "100")),
        ]
    )
    by_file = text.sum_by_file(rows, fiscal_year_be=2565)
    assert by_file[["path", "n_projects", "n_zero", "amount_baht"]].values.tolist() == [
        ["ก.xlsx", 2, 1, Decimal(1)],
        ["ข.xlsx", 1, 0, Decimal(7)],
    ]


# The front page


def test_a_province_without_data_has_gaps_and_questions_but_no_number(empty: Evidence) -> None:
    assert text.list_facts(empty) == ("ไม่มีข้อมูลของจังหวัดสุโขทัยในคลังข้อมูลที่จะสรุปเป็นข้อเท็จจริงได้",)
    assert [gap.kind for gap in text.list_gaps(empty)] == ["budget", "project", "population", "crime"]
    assert all(gap.text.startswith("ไม่มีข้อมูล") for gap in text.list_gaps(empty))
    assert len(text.list_questions(empty)) == 3


def test_facts_name_their_source(empty: Evidence) -> None:
    full = replace(
        empty, population=population_of(1000, 1100), crime=crime_of({"person": {2545: 100, 2554: 50}})
    )
    facts = text.list_facts(full)
    assert len(facts) == 2
    assert all("[ที่มา: " in fact for fact in facts)


@pytest.mark.parametrize(("year", "is_old"), [(2557, False), (2558, True)])
def test_old_data_is_a_gap_after_three_years(empty: Evidence, year: int, is_old: bool) -> None:
    kinds = {
        gap.kind
        for gap in text.list_gaps(
            replace(empty, population=population_of(1000, first_year=2554), fiscal_year_be=year)
        )
    }
    assert ("population_old" in kinds) is is_old


def test_faults_are_gaps(empty: Evidence) -> None:
    faulty = replace(
        empty,
        issues=pd.DataFrame(
            {"severity": ["error", "error", "info"], "province_code": "64", "path": "ก", "rule": "ก"}
        ),
        totals=pd.DataFrame({"difference_baht": [Decimal(0), Decimal(5)]}),
        population=population_of(1000, is_conflict=True),
    )
    told = {gap.kind: gap.text for gap in text.list_gaps(faulty)}
    assert "2 รายการ" in told["error"]
    assert "1 ยอด" in told["total"]
    assert "2545" in told["conflict"]


def test_requests_without_allocations_are_a_gap(empty: Evidence) -> None:
    sums = pd.DataFrame(
        {
            "fiscal_year_be": [2565],
            "measure": ["requested"],
            "n_projects": [1],
            "n_zero": [0],
            "amount_baht": [Decimal(5)],
        }
    )
    kinds = [gap.kind for gap in text.list_gaps(replace(empty, project_sums=sums))]
    assert kinds[:2] == ["budget", "allocated"]
    assert "disbursed" not in kinds


@pytest.mark.parametrize("is_sample", [True, False])
def test_the_cover_says_when_it_is_a_sample(is_sample: bool) -> None:
    releases = pd.DataFrame(
        {"release_name": ["20221201"], "data_cutoff": [date(2022, 11, 5)], "is_sample": [is_sample]}
    )
    cover = text.write_cover(releases, SUKHOTHAI, 2565)
    assert (cover["status"], cover["data_cutoff"], cover["is_sample"]) == (
        "ร่าง",
        "5 พฤศจิกายน 2565",
        is_sample,
    )
    assert any("ข้อมูลตัวอย่าง" in note for note in cover["notes"]) is is_sample  # type: ignore[attr-defined]
    assert bool(text.note_sample(releases)) is is_sample
    assert text.bundle_cover(cover)[COVER_MIME] == cover


def test_a_release_without_a_cutoff_says_so() -> None:
    releases = pd.DataFrame({"release_name": ["20221201"], "data_cutoff": [None], "is_sample": [False]})
    assert text.write_cover(releases, SUKHOTHAI, 2565)["data_cutoff"] == "ไม่ระบุ"


def test_findings_and_totals_are_counted() -> None:
    issues = pd.DataFrame(
        {
            "severity": ["info", "error", "error"],
            "province_code": ["64", "64", None],
            "path": "ก",
            "rule": "ก",
        }
    )
    assert text.describe_issues(issues) == (
        "ข้อค้นพบด้านคุณภาพ 3 รายการ: ต้องแก้ไข 2 ควรตรวจสอบ 0 แจ้งให้ทราบ 1",
        "ในจำนวนนี้ 1 รายการอยู่ในแฟ้มที่ใช้ร่วมกันหลายจังหวัดและไม่ระบุจังหวัด",
    )
    assert text.describe_totals(pd.DataFrame({"difference_baht": [Decimal(0), Decimal("0.01")]})) == (
        "ยอดรวมที่แบบฟอร์มระบุไว้ 2 ยอด ตรงกับผลรวมของแถว 1 ยอด ไม่ตรง 1 ยอด"
    )


@pytest.mark.parametrize(
    ("years", "told"),
    [([2563, 2565], 2565), ([2564, 2566], 2566), ([2563], 2563), ([2562, 2568], 2565), ([], 2565)],
)
def test_projects_of_the_nearest_year_are_told_where_the_one_in_focus_has_none(
    years: list[int], told: int
) -> None:
    sums = pd.DataFrame({"fiscal_year_be": pd.Series(years, dtype=int)})
    assert text.choose_project_year(sums, 2565) == told


def test_a_year_told_instead_is_named() -> None:
    rows = project_rows(("a", "requested", "1"))
    told = text.describe_year(rows, SUKHOTHAI, fiscal_year_be=2565, wanted=2564)
    assert told[0] == "ไม่มีข้อมูลแผนงาน/โครงการปีงบประมาณ พ.ศ. 2564 ของจังหวัดสุโขทัย แสดงปีงบประมาณ พ.ศ. 2565 แทน"
    assert text.describe_year(rows, SUKHOTHAI, fiscal_year_be=2565, wanted=2565)[0].startswith(
        "แผนงาน/โครงการ"
    )


def test_the_front_page_tells_the_same_years_projects_as_the_chapter(empty: Evidence) -> None:
    rows = project_rows(("a", "requested", "1500000")).assign(fiscal_year_be=2566)
    old = project_rows(("b", "allocated", "7")).assign(fiscal_year_be=2550)
    sums = pd.DataFrame(
        {"fiscal_year_be": [2566, 2550], "measure": ["requested", "allocated"], "n_projects": [1, 1]}
    )
    sums = sums.assign(n_zero=0, amount_baht=[Decimal(1500000), Decimal(7)])
    facts = text.list_facts(replace(empty, projects=pd.concat([rows, old]), project_sums=sums))
    assert facts == (
        "โครงการปีงบประมาณ พ.ศ. 2566: คำขอ 1 โครงการ 1.50 ล้านบาท [ที่มา: แฟ้ม ก.xlsx]",
        "โครงการปีงบประมาณอื่น พ.ศ. 2550: ได้รับจัดสรร 1 โครงการ 7 บาท [ที่มา: แฟ้ม ก.xlsx]",
    )
