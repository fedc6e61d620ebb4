"""The command that writes collection workbooks: which provinces, which year, where, and its exit codes."""

from __future__ import annotations

import shutil
from pathlib import Path

import duckdb
import openpyxl
import pytest

from pipeline.refresh import templates
from pipeline.release import resolve_current
from pipeline.settings import Settings
from tests.conftest import run_pipeline


def test_a_release_decides_provinces_and_year_and_fills_in_what_it_knows(
    sample_release: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    release = resolve_current(sample_release / "out")
    assert release is not None
    (out / "current").mkdir(parents=True)
    shutil.copy2(release / "baseline.duckdb", out / "current")
    done = run_pipeline("templates", "--out", str(out))
    assert (done.returncode, done.stderr) == (0, "")
    written = sorted(path.relative_to(out).as_posix() for path in out.rglob("แบบรวบรวม*.xlsx"))
    forms = sorted(path.name for path in out.rglob("แบบประเมิน*.xlsx"))
    assert [path.split("/")[:2] for path in written] == [
        ["templates", "48-nakhon-phanom"],
        ["templates", "64-sukhothai"],
        ["templates", "70-ratchaburi"],
        ["templates", "83-phuket"],
    ]
    assert [path.name for path in out.rglob("*") if path.name.startswith(".")] == []
    years = {path[-9:-5] for path in written}
    with duckdb.connect(str(release / "baseline.duckdb"), read_only=True) as connection:
        ((focus,),) = connection.execute("SELECT fiscal_year_be FROM core_release").fetchall()
    assert years == {str(focus + 1)}
    assert len(forms) == 4
    assert {name[-9:-5] for name in forms} == {str(focus)}
    book = openpyxl.load_workbook(out / written[1])
    assert f"จังหวัดสุโขทัย ปีงบประมาณ พ.ศ. {years.pop()}" in book["กรอกข้อมูล"]["A1"].value
    assert book["กรอกข้อมูล"]["B6"].value is None


def test_projects_of_the_years_before_are_filled_in(sample_release: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    release = resolve_current(sample_release / "out")
    assert release is not None
    (out / "current").mkdir(parents=True)
    shutil.copy2(release / "baseline.duckdb", out / "current")
    sql = """SELECT DISTINCT p.project_name FROM core_project AS p LEFT JOIN out_project_amount AS a USING (project_id)
             WHERE p.is_current AND p.province_code = '64' AND $year IN (p.fiscal_year_be, a.fiscal_year_be)"""
    newest = """SELECT max(fiscal_year_be) FROM out_project_amount WHERE province_code = '64'"""
    with duckdb.connect(str(release / "baseline.duckdb"), read_only=True) as connection:
        ((year,),) = connection.execute(newest).fetchall()
        names = {name for (name,) in connection.execute(sql, {"year": year}).fetchall()}
    for asked, known in ((year + 1, names), (year + 3, names), (year + 4, set())):
        (path,) = templates(Settings(out=out, province_codes=("64",), fiscal_year_be=asked))
        page = openpyxl.load_workbook(path)["โครงการปีก่อน"]
        assert {row[1] for row in page.iter_rows(min_row=5, values_only=True)} == known
        assert page["A1"].value.count(str(year if known else asked)) == 1
    assert names


def test_without_a_release_every_province_gets_one(tmp_path: Path) -> None:
    written = templates(Settings(out=tmp_path, fiscal_year_be=2570))
    assert len(written) == len({path.parent.name for path in written}) == 77
    assert all(path.name.endswith(" ปีงบประมาณ 2570.xlsx") and path.exists() for path in written)


@pytest.mark.parametrize(
    ("arguments", "told"),
    [(("--province", "99"), "ไม่มีจังหวัดรหัส 99"), (("--fiscal-year", "66"), "ไม่มีปีงบประมาณ 66")],
)
def test_what_does_not_exist_is_wrong_usage(tmp_path: Path, arguments: tuple[str, ...], told: str) -> None:
    done = run_pipeline("templates", "--out", str(tmp_path / "out"), *arguments)
    assert done.returncode == 2
    assert told in done.stderr
    assert not (tmp_path / "out").exists()


def test_asked_provinces_and_year_are_what_is_written(tmp_path: Path) -> None:
    done = run_pipeline(
        "templates", "--out", str(tmp_path), "--province", "64", "--province", "10", "--fiscal-year", "2569"
    )
    assert done.returncode == 0
    names = sorted(path.name for path in tmp_path.rglob("*.xlsx"))
    assert names == [
        "แบบรวบรวมโครงการ กรุงเทพมหานคร ปีงบประมาณ 2569.xlsx",
        "แบบรวบรวมโครงการ จังหวัดสุโขทัย ปีงบประมาณ 2569.xlsx",
    ]
    assert "เขียนแล้ว 2 จังหวัด" in done.stdout
