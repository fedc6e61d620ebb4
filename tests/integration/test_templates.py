"""Collection workbooks: blank they say nothing, filled they are read as they were filled, and for sure."""

from __future__ import annotations

import random
import shutil
import subprocess
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import openpyxl
import pytest

from pipeline.collection import Known, Subject, load_template, write_templates
from pipeline.provinces import load_gazetteer
from tests.integration.workbooks import ingest_folder

YEAR = 2567
PROVINCES = ("64", "48", "10")
EARLIER = Known(
    projects=(
        ("โครงการส่งเสริมความรู้กฎหมายในสถานศึกษา", "สำนักงานยุติธรรมจังหวัดสุโขทัย"),
        ("โครงการไกล่เกลี่ยข้อพิพาทในชุมชน", None),
    ),
    year_be=2566,
    agencies=("สำนักงานยุติธรรมจังหวัดสุโขทัย",),
)
FORM = "กรอกข้อมูล"
FIRST_ROW = 6
MEASURES = ("requested", "allocated", "disbursed")
TEXTS = {
    "project_name": "project_name", "agency": "agency_name", "plan_group": "plan_group", "kpi": "kpi",
    "target": "target", "target_group": "target_group", "area": "area", "fund_source": "fund_source",
    "expense_category": "expense_category", "note": "note",
}  # fmt: skip
NAMES = (
    "โครงการอบรมกฎหมายรุ่นที่ {}",
    "รวมพลังชุมชนป้องกันยาเสพติด ครั้งที่ {}",
    "แผนงานไกล่เกลี่ยข้อพิพาท ระยะที่ {}",
    "- กิจกรรมเยี่ยมเรือนจำ {}",
    "1.{} จัดตั้งศูนย์ยุติธรรมชุมชน",
)
Records = list[dict[str, Any]]


def write_blanks(folder: Path) -> dict[str, Path]:
    """Blank workbooks of three provinces, by code."""
    provinces = load_gazetteer().provinces
    subjects = [Subject(provinces[code], YEAR, EARLIER if code == "64" else Known()) for code in PROVINCES]
    written = write_templates(folder, subjects, jobs=1)
    return {path.parent.name[:2]: path for path in written}


def make_records(seed: int) -> Records:
    """The truth: what a province fills in; rows left empty between projects are None."""
    chance = random.Random(seed)
    lists = load_template().words["lists"]
    records: Records = []
    for number in range(1, 13):
        requested = Decimal(chance.randrange(0, 500_000_000)) / 100
        allocated = chance.choice([None, requested, Decimal(0), requested / 2])
        start = date(YEAR - 544, 10, 1 + chance.randrange(28))
        records.append(
            {
                "row": FIRST_ROW + number * 2 if number > 8 else FIRST_ROW + number - 1,
                "project_name": chance.choice(NAMES).format(number),
                "agency": chance.choice(
                    ["สำนักงานยุติธรรมจังหวัด", "ที่ทำการปกครองอำเภอเมือง", "สถานพินิจและคุ้มครองเด็กและเยาวชน"]
                ),
                "plan_group": chance.choice(lists["dimensions"]["words"]),
                "kpi": chance.choice(["จำนวนผู้ผ่านการอบรม", "ร้อยละของเรื่องที่ยุติ"]),
                "unit_of_measure": chance.choice(lists["units"]["words"]),
                "target": chance.choice([50, 80, 1200]),
                "target_group": chance.choice(["เยาวชนในสถานศึกษา", None]),
                "area": chance.choice(["ทั้งจังหวัด", "อำเภอเมือง", None]),
                "fund_source": chance.choice(lists["fund_sources"]["words"]),
                "expense_category": chance.choice([*lists["expense_categories"]["words"], None]),
                "requested": requested,
                "allocated": None if allocated is None else round(allocated, 2),
                "disbursed": chance.choice([None, Decimal(1234567) / 100]),
                "start_date": start,
                "end_date": chance.choice([start, date(YEAR - 543, 9, 30)]),
                "note": chance.choice(["ทำต่อจากปีก่อน", None]),
            }
        )
    return records


def fill(path: Path, records: Records) -> Path:
    """Type records into a blank workbook, as a person would: only into cells that are not locked."""
    book = openpyxl.load_workbook(path)
    page = book[FORM]
    assert page.protection.sheet
    for record in records:
        for place, column in enumerate(load_template().columns, start=1):
            if record.get(column.meaning) is not None:
                cell = page.cell(record["row"], place)
                assert not cell.protection.locked, cell.coordinate
                value = record[column.meaning]
                cell.value = float(value) if isinstance(value, Decimal) else value
    book.save(path)
    return path


def recalculate(folder: Path, target: Path) -> None:
    """Open every workbook in LibreOffice and save it anew."""
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("LibreOffice (soffice) is not on this machine")
    target.mkdir()
    profile = f"-env:UserInstallation={(target.parent / 'office').as_uri()}"
    files = sorted(map(str, folder.rglob("*.xlsx")))
    command = [office, profile, "--headless", "--convert-to", "xlsx", "--outdir", str(target), *files]
    subprocess.run(command, check=True, capture_output=True, timeout=300)
    assert len(list(target.glob("*.xlsx"))) == len(files)


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three provinces' workbooks, filled by a script."""
    folder = tmp_path_factory.mktemp("filled")
    for code, path in write_blanks(folder).items():
        fill(path, make_records(int(code)))
    return folder


def read_back(raw: Path, database: Path) -> duckdb.DuckDBPyConnection:
    return ingest_folder(raw, database)[1]


def assert_read_as_filled(connection: duckdb.DuckDBPyConnection) -> None:
    """Nothing missed, nothing extra, nothing to look at, and no doubt."""
    rules = connection.execute("SELECT DISTINCT rule, severity FROM quality_issue").fetchall()
    # The folder of a province, as the command writes it, names it in English.
    assert set(rules) <= {("sheet_beside", "info"), ("province_named", "info")}
    tables = connection.execute("SELECT kind, status, records, confidence FROM raw_table").fetchall()
    assert tables == [("project", "loaded", 12, 1.0)] * len(PROVINCES)
    names = ", ".join(TEXTS.values())
    for code in PROVINCES:
        truth = make_records(int(code))
        sql = f"""SELECT row_number, fiscal_year_be, start_date, end_date, {names} FROM core_project
                  WHERE province_code = ? ORDER BY row_number"""
        assert connection.execute(sql, [code]).fetchall() == [expected_project(record) for record in truth]
        sql = """SELECT CAST(substr(cell, 2) AS INTEGER), measure, period, category, a.fund_source, amount_baht, unit
                 FROM core_amount AS a JOIN core_project AS p USING (project_id)
                 WHERE province_code = ? AND amount_baht IS NOT NULL ORDER BY ALL"""
        expected = [
            (record["row"], measure, "year", None, None, record[measure], "บาท")
            for record in truth
            for measure in MEASURES
            if record[measure] is not None
        ]
        assert connection.execute(sql, [code]).fetchall() == sorted(expected, key=lambda row: row[:2])


def expected_project(record: dict[str, Any]) -> tuple[Any, ...]:
    texts = (None if record[field] is None else str(record[field]) for field in TEXTS)
    return (record["row"], YEAR, record["start_date"], record["end_date"], *texts)


def test_a_blank_workbook_gives_nothing_and_asks_for_nothing(tmp_path: Path) -> None:
    write_blanks(tmp_path / "raw")
    done, connection = ingest_folder(tmp_path / "raw", tmp_path / "baseline.duckdb")
    with connection:
        rules = connection.execute(
            "SELECT rule, severity, count(*) FROM quality_issue GROUP BY ALL ORDER BY 1"
        ).fetchall()
        counts = connection.execute(
            "SELECT (SELECT count(*) FROM core_project), (SELECT count(*) FROM core_amount), "
            "(SELECT count(*) FROM core_indicator), (SELECT count(*) FROM raw_row WHERE role = 'refused')"
        ).fetchone()
    assert done.files == {"loaded": 3}
    assert rules == [("sheet_beside", "info", 12), ("table_blank", "info", 3)]
    assert counts == (0, 0, 0, 0)


def test_what_was_filled_is_read_back_for_sure(filled: Path, tmp_path: Path) -> None:
    with read_back(filled, tmp_path / "baseline.duckdb") as connection:
        assert_read_as_filled(connection)


def test_what_libreoffice_saved_is_read_back_for_sure(filled: Path, tmp_path: Path) -> None:
    recalculate(filled, tmp_path / "raw")
    with read_back(tmp_path / "raw", tmp_path / "baseline.duckdb") as connection:
        assert_read_as_filled(connection)
        totals = connection.execute(
            "SELECT measure, stated_baht, difference_baht FROM quality_total WHERE province_code = '64' ORDER BY 1"
        ).fetchall()
    sums = {measure: sum(record[measure] or 0 for record in make_records(64)) for measure in sorted(MEASURES)}
    assert totals == [(measure, total, 0) for measure, total in sums.items()]


def test_a_renamed_workbook_still_says_whose_it_is(filled: Path, tmp_path: Path) -> None:
    raw = tmp_path / "raw"
    raw.mkdir()
    for number, path in enumerate(sorted(filled.rglob("*.xlsx"))):
        shutil.copy2(path, raw / f"{number}.xlsx")
    with read_back(raw, tmp_path / "baseline.duckdb") as connection:
        assert_read_as_filled(connection)


def test_a_row_without_a_name_is_told_at_its_cell(tmp_path: Path) -> None:
    path = write_blanks(tmp_path / "raw")["64"]
    fill(path, [{"row": 9, "agency": "สำนักงานยุติธรรมจังหวัด", "requested": Decimal(5)}, make_records(1)[0]])
    with read_back(tmp_path / "raw", tmp_path / "baseline.duckdb") as connection:
        sql = "SELECT rule, severity, cell FROM quality_issue WHERE severity <> 'info'"
        assert connection.execute(sql).fetchall() == [("project_name_missing", "error", "B9")]
        assert connection.execute("SELECT row_number FROM core_project").fetchall() == [(6,)]


@pytest.fixture
def sheets_of_another_form(tmp_path: Path) -> Path:
    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    page.title = "โครงการปีก่อน"
    page.append(["โครงการจังหวัดสุโขทัย ปีงบประมาณ 2565"])
    page.append(["ลำดับ", "โครงการ", "หน่วยงาน", "ได้รับจัดสรร (บาท)"])
    page.append([1, "โครงการหนึ่ง", "กรมหนึ่ง", 100])
    (tmp_path / "raw").mkdir()
    book.save(tmp_path / "raw" / "a.xlsx")
    return tmp_path / "raw"


def test_a_sheet_of_such_a_name_is_read_where_the_form_is_not_beside_it(
    sheets_of_another_form: Path, tmp_path: Path
) -> None:
    with read_back(sheets_of_another_form, tmp_path / "baseline.duckdb") as connection:
        assert connection.execute("SELECT amount_baht FROM core_amount").fetchall() == [(Decimal(100),)]
