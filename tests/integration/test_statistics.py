"""Tables of statistics in made workbooks: what is loaded under which name, and what is told or refused."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import duckdb
import pytest
import xlsxwriter

from tests.integration.workbooks import ingest_folder, plan, write_sheet

TITLE = "จำนวนผู้รับบริการ จำแนกรายจังหวัด ปี 2564"
Read = Callable[[], duckdb.DuckDBPyConnection]
NAMES = ("สุโขทัย", "นครพนม", "ภูเก็ต", "ราชบุรี", "เชียงใหม่")


@pytest.fixture
def raw(tmp_path: Path) -> Path:
    folder = tmp_path / "raw"
    folder.mkdir()
    return folder


@pytest.fixture
def read(raw: Path, tmp_path: Path) -> Iterator[Callable[[], duckdb.DuckDBPyConnection]]:
    """Ingest what the test has put into raw; the connection is closed when the test is done."""
    opened: list[duckdb.DuckDBPyConnection] = []

    def ingested() -> duckdb.DuckDBPyConnection:
        opened.append(ingest_folder(raw, tmp_path / "baseline.duckdb")[1])
        return opened[0]

    yield ingested
    for connection in opened:
        connection.close()


def values(connection: duckdb.DuckDBPyConnection) -> list[tuple[Any, ...]]:
    """What was loaded: province, year, basis, period, value, unit and cell."""
    return connection.execute(
        "SELECT province_code, year_be, period_basis, period, value, unit, cell FROM core_indicator ORDER BY cell"
    ).fetchall()


def findings(connection: duckdb.DuckDBPyConnection) -> list[tuple[Any, ...]]:
    return connection.execute("SELECT rule, cell FROM quality_issue ORDER BY ALL").fetchall()


def roles(connection: duckdb.DuckDBPyConnection) -> list[str]:
    return [role for (role,) in connection.execute("SELECT role FROM raw_row ORDER BY row_number").fetchall()]


def table(head: Sequence[Any], *columns: Sequence[Any], title: str = TITLE) -> list[list[Any]]:
    rows = [[name, *(column[place] for column in columns)] for place, name in enumerate(NAMES)]
    return [[title], [None], list(head), *rows]


def test_a_column_that_no_series_names_is_loaded_under_its_own_head(raw: Path, read: Read) -> None:
    write_sheet(raw / "ก.xlsx", table(["จังหวัด", "รับบริการ (คน)", "ร้อยละที่พอใจ"], range(1, 6), range(90, 95)))
    connection = read()
    loaded = values(connection)
    assert loaded[0] == ("64", 2564, "CY", "year", 1.0, "คน", "B4")
    assert loaded[5] == ("64", 2564, "CY", "year", 90.0, "ร้อยละ", "C4")
    codes = connection.execute("SELECT DISTINCT indicator_code FROM core_indicator").fetchall()
    assert len(codes) == 2
    assert all(code.startswith("unnamed_") and len(code) == len("unnamed_") + 8 for (code,) in codes)
    assert findings(connection) == [("indicator_unnamed", "B3"), ("indicator_unnamed", "C3")]


def test_the_same_head_has_the_same_code_in_another_year_and_another_in_another_table(
    raw: Path, read: Read
) -> None:
    head = ["จังหวัด", "จำนวน (คน)"]
    write_sheet(raw / "1.xlsx", table(head, range(1, 6)))
    write_sheet(raw / "2.xlsx", table(head, range(2, 7), title=TITLE.replace("2564", "2565")))
    write_sheet(raw / "3.xlsx", table(head, range(3, 8), title="จำนวนผู้ต้องขัง รายจังหวัด ปีงบประมาณ 2564"))
    sql = """SELECT DISTINCT path, indicator_code, period_basis FROM core_indicator JOIN raw_file USING (file_id)
             ORDER BY path"""
    found = read().execute(sql).fetchall()
    assert found[0][1] == found[1][1] != found[2][1]
    assert [basis for _, _, basis in found] == ["CY", "CY", "FY"]


def test_numbers_of_rows_codes_and_places_are_no_indicators(raw: Path, read: Read) -> None:
    head = ["ลำดับที่", "จังหวัด", "รหัสจังหวัด", "ละติจูด", "รหัสไปรษณีย์", "จำนวน (แห่ง)"]
    rows = [
        [number, name, 10 + number, 13.5 + number, 64000, number * 3] for number, name in enumerate(NAMES, 1)
    ]
    write_sheet(raw / "ก.xlsx", [[TITLE], head, *rows])
    assert [cell for *_, cell in values(read())] == ["F3", "F4", "F5", "F6", "F7"]


def test_regions_and_the_nation_are_no_provinces(raw: Path, read: Read) -> None:
    rows = [
        ["ทั่วราชอาณาจักร", 16],
        ["ภาคเหนือ", 10],
        ["สุโขทัย", 4],
        ["เชียงใหม่", 6],
        ["ภาคใต้", 6],
        ["ภูเก็ต", 6],
        ["หมายเหตุ นับเฉพาะรายใหม่", None],
    ]
    write_sheet(raw / "ก.xlsx", [[TITLE], ["ภาค/จังหวัด", "จำนวน (คดี)"], *rows])
    connection = read()
    assert [province for province, *_ in values(connection)] == ["64", "50", "83"]
    assert roles(connection) == [
        "title", "header", "total", "subtotal", "record", "record", "subtotal", "record", "note",
    ]  # fmt: skip
    assert findings(connection) == [("indicator_unnamed", "B2")]


def test_a_total_that_its_rows_do_not_give_is_told_and_not_mended(raw: Path, read: Read) -> None:
    rows = table(["จังหวัด", "รับ (คดี)", "เสร็จ (คดี)"], range(1, 6), range(11, 16))
    write_sheet(raw / "ก.xlsx", [*rows, ["รวม", 15, 66]])
    connection = read()
    assert ("indicator_total_differs", "C9") in findings(connection)
    assert ("indicator_total_differs", "B9") not in findings(connection)
    assert len(values(connection)) == 10


def test_a_province_that_stands_twice_is_refused_twice(raw: Path, read: Read) -> None:
    rows = table(["จังหวัด", "จำนวน (คน)"], range(1, 6))
    more = [[name, 9] for name in ("ตราด", "ตาก", "ตรัง", "ระนอง", "ระยอง", "สุโขทัย")]
    write_sheet(raw / "ก.xlsx", [*rows, *more])
    connection = read()
    assert [province for province, *_ in values(connection) if province == "64"] == []
    repeated = [cell for rule, cell in findings(connection) if rule == "indicator_row_repeated"]
    assert repeated == ["A14", "A4"]


def test_rows_that_differ_in_something_unknown_refuse_the_table(raw: Path, read: Read) -> None:
    rows = [[name, kind, 1] for name in NAMES for kind in ("ชาย", "หญิง")]
    write_sheet(raw / "ก.xlsx", [[TITLE], ["จังหวัด", "เพศ", "จำนวน (คน)"], *rows])
    connection = read()
    assert values(connection) == []
    ((reason,),) = connection.execute("SELECT reason FROM raw_table").fetchall()
    assert "หลายแถว" in reason


def test_words_that_the_rows_of_a_head_break_apart_stand_together_again(raw: Path, read: Read) -> None:
    head = [
        [None, None, "รวมจำ", None],
        ["รหัส", "จังหวัด", "นวนประสบอัน", None],
        [None, None, "ตราย", None],
        [None, None, "นับทุกกรณี", "นับกรณีร้ายแรง"],
    ]
    body = [[number * 100, name, number, number] for number, name in enumerate(NAMES, 10)]
    path = raw / "ก.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        page = book.add_worksheet("1")
        page.write(0, 0, "จำนวนและอัตราการประสบอันตรายต่อลูกจ้าง 1,000 ราย ปี 2557")
        for number, row in enumerate([*head, *body], start=2):
            page.write_row(number, 0, ["" if value is None else value for value in row])
        for row in (2, 3, 4):
            page.merge_range(row, 2, row, 3, head[row - 2][2])
    codes = read().execute("SELECT DISTINCT indicator_code FROM core_indicator ORDER BY 1")
    assert codes.fetchall() == [("work_injury_all_cases",), ("work_injury_serious_cases",)]


def test_years_and_months_in_the_head(raw: Path, read: Read) -> None:
    head = [
        ["จังหวัด", "ปีงบประมาณ 2565", None, None, None],
        [None, "ต.ค. 64", "พย. 64", "2021-12-01", "ม.ค.65"],
    ]
    rows = [[name, 1, 2, 3, 4] for name in NAMES]
    path = raw / "ก.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        page = book.add_worksheet("1")
        for number, row in enumerate([*head, *rows]):
            page.write_row(number, 0, ["" if value is None else value for value in row])
        page.merge_range(0, 1, 0, 4, head[0][1])
    found = values(read())
    assert {(year, basis, period) for _, year, basis, period, *_ in found} == {
        (2565, "FY", period) for period in ("M10", "M11", "M12", "M01")
    }


def test_a_table_without_a_head_loads_once_its_year_is_known(
    shared_data: Path, raw: Path, read: Read
) -> None:
    births = shared_data / "unisexx-ppt" / "import_file" / "birth" / "birth_sample.xls"
    (raw / "พ.ศ. 2536").mkdir(parents=True)
    shutil.copy(births, raw / "พ.ศ. 2536")
    connection = read()
    sql = """SELECT count(*), count(DISTINCT province_code), min(year_be), max(year_be) FROM core_indicator
             WHERE indicator_code = 'birth_registered_total'"""
    assert connection.execute(sql).fetchone() == (76, 76, 2536, 2536)
    sums = """SELECT sum(value) FILTER (cell LIKE 'B%') + sum(value) FILTER (cell LIKE 'C%')
                     = sum(value) FILTER (cell LIKE 'D%') FROM core_indicator"""
    assert connection.execute(sums).fetchone() == (True,)
    assert set(roles(connection)) == {"record"}


@pytest.mark.parametrize(("changed", "told"), [(7, 1), (3, 0)])
def test_two_files_of_one_source_that_differ_are_told_and_counted_once(
    raw: Path, read: Read, changed: int, told: int
) -> None:
    head = ["จังหวัด", "2560", "2561"]
    for name, last in (("gpp_2021_01_01.xlsx", 3), ("gpp_2022_01_01.xlsx", changed)):
        write_sheet(raw / name, [head, *[[place, 1, 2] for place in NAMES[:-1]], [NAMES[-1], 5, last]])
    connection = read()
    conflicts = [rule for rule, _ in findings(connection) if rule == "indicator_conflict"]
    assert len(conflicts) == told
    chosen = """SELECT count(*), max(value) FROM out_chosen_value
                WHERE indicator_code = 'gpp_current_price' AND year_be = 2561"""
    assert connection.execute(chosen).fetchone() == (5, float(max(changed, 3)))
    statuses = connection.execute("SELECT status FROM raw_file ORDER BY path").fetchall()
    assert statuses == ([("superseded",), ("loaded",)] if told else [("loaded",), ("duplicate",)])


@pytest.mark.parametrize(
    "head",
    [
        ["จังหวัด", "งบประมาณ (บาท)", "เบิกจ่าย (บาท)"],
        ["จังหวัด", "ตัวชี้วัด", "จำนวน"],
        ["จังหวัด", "ชื่อโครงการ", "จำนวน"],
    ],
)
def test_projects_and_money_never_become_indicators_by_themselves(
    raw: Path, read: Read, head: list[str]
) -> None:
    write_sheet(raw / "ก.xlsx", table(head, [10, 20, 30, 40, 50], [1, 2, 3, 4, 5]))
    connection = read()
    assert values(connection) == []
    assert connection.execute("SELECT status FROM raw_table").fetchall() == [("refused",)]


def test_a_plan_of_one_province_gives_no_indicator(raw: Path, read: Read) -> None:
    write_sheet(raw / "ก.xlsx", plan("แผนงานโครงการ จังหวัดสุโขทัย ปีงบประมาณ พ.ศ. 2565", 1, 2, 3))
    connection = read()
    assert values(connection) == []
    assert connection.execute("SELECT count(*) FROM core_amount").fetchone() == (3,)


def test_a_column_whose_year_nothing_says_is_left_out_and_told(raw: Path, read: Read) -> None:
    head = ["จังหวัด", "ผู้รับบริการ 2564 (คน)", "พื้นที่ (ตร.กม.)"]
    write_sheet(raw / "ก.xlsx", table(head, range(1, 6), range(11, 16), title="รายจังหวัด"))
    connection = read()
    assert {cell[0] for *_, cell in values(connection)} == {"B"}
    assert ("indicator_without_year", "C3") in findings(connection)
