"""What is said of all provinces: who sent what, grades, money and rates, held against the rows that it is made of."""

from __future__ import annotations

from pathlib import Path

import duckdb
import openpyxl
import pytest

from pipeline import national, release
from pipeline.brief_tables import Table
from pipeline.brief_text.numbers import format_money, format_number
from pipeline.brief_text.reading import read_rows
from pipeline.charts.chart import Chart
from pipeline.national.items import Told
from pipeline.settings import PROJECT
from pipeline.trace import parse_figure
from pipeline.trace.cells import Reader
from pipeline.trace.derived import Tracer
from pipeline.trace.rows import Rows

SOURCE = "ตัวอย่าง"


@pytest.fixture(scope="module")
def published(sample_release: Path) -> Path:
    found = release.resolve_current(sample_release / "out")
    assert found is not None
    return found


@pytest.fixture(scope="module")
def warehouse(published: Path) -> duckdb.DuckDBPyConnection:
    return duckdb.connect(str(published / release.WAREHOUSE), read_only=True)


def texts(told: Told) -> str:
    return "\n".join(item for item in told if isinstance(item, str))


def tables(told: Told) -> dict[str, list[list[str]]]:
    return {item.table_id: item.cells for item in told if isinstance(item, Table)}


def charts(told: Told) -> list[Chart]:
    return [item for item in told if isinstance(item, Chart)]


def test_coverage_counts_the_provinces_that_sent(warehouse: duckdb.DuckDBPyConnection) -> None:
    provinces = read_rows(warehouse, "SELECT * FROM core_province")
    told = national.tell_coverage(
        provinces, read_rows(warehouse, "SELECT * FROM out_submission_board"), source=SOURCE
    )
    assert "ได้รับข้อมูลจาก 4 จาก 77 จังหวัด" in texts(told)
    assert "ยังไม่ได้รับข้อมูลใดจาก 73 จังหวัด" in texts(told)
    kinds = {row[0]: row[1:] for row in tables(told)["tbl-national-kind"]}
    assert all(sum(map(int, counts)) == 77 for counts in kinds.values())
    assert set(kinds) == {"โครงการ", "รายการงบประมาณ", "ตัวชี้วัด"}
    regions = tables(told)["tbl-national-region"]
    assert sum(int(row[1]) for row in regions) == 77
    assert [sum(int(row[place]) for row in regions) for place in (2, 3, 4)] == [4, 4, 4]
    assert "3 ชนิด 4" in charts(told)[0].words.alt


def test_without_any_data_it_says_so(warehouse: duckdb.DuckDBPyConnection) -> None:
    views = (
        "out_submission_board",
        "out_quality_grade",
        "out_issue_summary",
        "out_money_by_stage",
        "out_gap",
    )
    none = {view: read_rows(warehouse, f"SELECT * FROM {view} WHERE false") for view in views}
    provinces = read_rows(warehouse, "SELECT * FROM core_province")
    told = [
        *national.tell_coverage(provinces, none["out_submission_board"], source=SOURCE),
        *national.tell_grades(none["out_quality_grade"], source=SOURCE),
        *national.tell_findings(none["out_issue_summary"], source=SOURCE),
        *national.tell_projects(none["out_money_by_stage"], source=SOURCE),
        *national.tell_plans(none["out_gap"], source=SOURCE),
        *national.tell_rates(
            read_rows(warehouse, "SELECT * FROM out_indicator_rate WHERE false"), provinces, source=SOURCE
        ),
    ]
    assert all(isinstance(item, str) and ("ไม่มี" in item or "ยังไม่" in item) for item in told)
    assert len(told) == 6
    listed = national.list_provinces(
        provinces, none["out_submission_board"], none["out_quality_grade"], source=SOURCE
    )
    assert len(listed.cells) == 77
    assert all(row[2:] == ["ยังไม่ได้รับ", "ไม่มีข้อมูล", "ไม่มีข้อมูล", "ไม่มีข้อมูล"] for row in listed.cells)


def test_grades_and_findings_are_counted(warehouse: duckdb.DuckDBPyConnection) -> None:
    grades = read_rows(warehouse, "SELECT * FROM out_quality_grade")
    told = national.tell_grades(grades, source=SOURCE)
    for letter, count in grades["grade"].value_counts().items():
        assert f"เกรด {letter} {count} จังหวัด" in texts(told)
    assert len(charts(told)) == 2
    issues = read_rows(warehouse, "SELECT * FROM out_issue_summary")
    found = national.tell_findings(issues, source=SOURCE)
    (count,) = warehouse.execute("SELECT count(*) FROM quality_issue").fetchone() or (0,)
    assert f"ข้อค้นพบทั้งหมด {count} รายการ" in texts(found)
    assert sum(int(row[2]) for row in tables(found)["tbl-national-rules"]) == count


def test_money_is_summed_to_the_satang_by_stage(warehouse: duckdb.DuckDBPyConnection) -> None:
    budgets = read_rows(warehouse, "SELECT * FROM out_budget_by_province")
    told = national.tell_budgets(budgets, fiscal_year_be=2565, source=SOURCE, marked="64")
    (total,) = warehouse.execute("SELECT sum(amount_baht) FROM core_budget_line").fetchone() or (0,)
    assert f"มีบรรทัดของ 4 จังหวัด รวม {format_money(total)}" in texts(told)
    assert len(charts(told)) == 2
    assert "2543" in texts(national.tell_budgets(budgets, fiscal_year_be=2543, source=SOURCE))
    rows = tables(
        national.tell_projects(read_rows(warehouse, "SELECT * FROM out_money_by_stage"), source=SOURCE)
    )
    (requested,) = warehouse.execute(
        "SELECT sum(amount_baht) FROM out_project_amount WHERE fiscal_year_be = 2566 AND measure = 'requested'"
    ).fetchone() or (0,)
    newest = rows["tbl-national-projects"][0]
    assert newest[0] == "2566"
    assert newest[-1] == f"{requested:,.2f}"


def test_rates_leave_out_small_numbers(warehouse: duckdb.DuckDBPyConnection) -> None:
    rates = read_rows(warehouse, "SELECT * FROM out_indicator_rate WHERE rate IS NOT NULL")
    told = national.tell_rates(rates, read_rows(warehouse, "SELECT * FROM core_province"), source=SOURCE)
    drawn = charts(told)
    assert len(drawn) >= 2
    own = rates[(rates["indicator_code"] == "crime_violent_reported") & (rates["year_be"] == 2554)]
    large = own[~own["is_small_number"].astype(bool)]
    assert 0 < len(large) < len(own)
    ends = f"{large['rate'].min():.1f}–{large['rate'].max():.1f}"
    assert ends in drawn[0].words.alt or len(large) == 1


def test_plans_count_provinces_without_a_project(warehouse: duckdb.DuckDBPyConnection) -> None:
    told = national.tell_plans(read_rows(warehouse, "SELECT * FROM out_gap"), source=SOURCE)
    (without,) = warehouse.execute(
        "SELECT count(*) FROM out_gap WHERE fiscal_year_be = 2566 AND code = 'njamp_4:3' AND is_without_project"
    ).fetchone() or (0,)
    assert tables(told)["tbl-national-plan"][2][2] == str(without)


def test_a_release_holds_the_documents_and_the_portal_leads_to_them(published: Path) -> None:
    folder = published / "national"
    for name in ("brief.html", "brief.docx", "brief.pdf", "brief.ipynb", "data.xlsx"):
        assert (folder / name).stat().st_size > 5000, name
    page = (folder / "brief.html").read_text(encoding="utf-8")
    assert "ทั้งประเทศ" in page
    assert "จังหวัดทั้งประเทศ" not in page
    assert "ข้อมูลตัวอย่าง" in page
    assert 'href="national/brief.html"' in (published / "index.html").read_text(encoding="utf-8")
    assert str(PROJECT) not in page


def test_the_workbook_holds_every_province_that_sent(published: Path) -> None:
    book = openpyxl.load_workbook(published / "national" / "data.xlsx", read_only=True)
    assert book.sheetnames == ["สรุป", "สถานะการส่ง", "คุณภาพข้อมูล", "เงิน", "อัตราตัวชี้วัด", "ข้อค้นพบตามกฎ"]
    codes = {row[0] for row in book["คุณภาพข้อมูล"].iter_rows(min_row=2, values_only=True)}
    assert codes == {"64", "48", "83", "70"}


def test_behind_the_maps_and_strips_stand_their_rows_with_addresses(
    warehouse: duckdb.DuckDBPyConnection,
) -> None:
    provinces = read_rows(warehouse, "SELECT * FROM core_province")
    rates = read_rows(warehouse, "SELECT * FROM out_indicator_rate WHERE rate IS NOT NULL")
    budgets = read_rows(warehouse, "SELECT * FROM out_budget_by_province")
    drawn = charts(national.tell_rates(rates, provinces, source=SOURCE))
    maps = charts(national.tell_budgets(budgets, fiscal_year_be=2565, source=SOURCE))[1:]
    behind = [chart.behind for chart in (*drawn, *maps)]
    assert len(behind) >= 3
    tracer = Tracer(Reader(warehouse), Rows(warehouse))
    for table in behind:
        assert table is not None
        assert len(table.figures) == len(table.cells) >= 2
        for figure in table.figures[:3]:
            traced = tracer.trace(parse_figure(figure["address"]))
            decimals = len(figure["shown"].partition(".")[2])
            assert format_number(traced.recomputed, decimals) == figure["shown"]


def test_behind_the_maps_of_files_and_grades_each_province_leads_to_its_evidence(
    warehouse: duckdb.DuckDBPyConnection,
) -> None:
    provinces = read_rows(warehouse, "SELECT * FROM core_province")
    board = read_rows(warehouse, "SELECT * FROM out_submission_board")
    grades = read_rows(warehouse, "SELECT * FROM out_quality_grade")
    (received,) = charts(national.tell_coverage(provinces, board, source=SOURCE))
    graded = charts(national.tell_grades(grades, source=SOURCE))[0]
    assert received.behind is not None
    assert graded.behind is not None
    sent = board[board["province_code"].notna() & (board["kind"] != "unknown") & (board["n_received"] > 0)]
    assert len(received.behind.cells) == len(received.links) == len(sent) > 4
    assert [row[0] for row in graded.behind.cells] == ["นครพนม", "สุโขทัย", "ราชบุรี", "ภูเก็ต"]
    assert graded.links == tuple(f"../index.html#p-{code}" for code in ("48", "64", "70", "83"))
    assert all(row[1][0] in "ABCDE" and "จาก 100" in row[1] for row in graded.behind.cells)
