"""What `import pipeline` offers a notebook: a release that stays, provinces by name, and figures."""

from __future__ import annotations

import shutil
import subprocess
import sys
import warnings
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pandas as pd
import pytest

import pipeline
from pipeline import figures, release
from pipeline.errors import UsageError
from pipeline.opened import NewerReleaseWarning, Release, open_release
from pipeline.settings import PROJECT
from tests.conftest import run_pipeline

READ = "SELECT sum(amount_baht) AS baht FROM out_money_by_stage WHERE province_code = $code"


@pytest.fixture
def out(sample_release: Path, tmp_path: Path) -> Path:
    """A folder of releases of one's own, with the sample's release published."""
    published = release.resolve_current(sample_release / "out")
    assert published is not None
    (tmp_path / release.RELEASES).mkdir()
    shutil.copytree(published, tmp_path / release.RELEASES / "20250101T000000Z")
    release.point_current(tmp_path, "20250101T000000Z")
    return tmp_path


@pytest.fixture
def opened(out: Path) -> Iterator[Release]:
    with open_release(out) as one:
        yield one


def test_the_package_alone_is_light() -> None:
    told = "import sys, pipeline; print(sorted({'pandas', 'duckdb', 'matplotlib'} & set(sys.modules)), dir(pipeline))"
    done = subprocess.run(
        [sys.executable, "-c", told], cwd=PROJECT, capture_output=True, text=True, check=True
    )
    assert done.stdout.startswith("[] ['__version__', 'figures', 'open_release', 'province']")
    assert pipeline.figures is figures
    assert pipeline.open_release is open_release
    with pytest.raises(AttributeError, match="no attribute 'regions'"):
        pipeline.regions  # noqa: B018


def test_money_is_exact_and_values_are_named(opened: Release) -> None:
    baht = opened.query(READ, code="64")["baht"].iloc[0]
    assert isinstance(baht, Decimal)
    assert baht > 0
    with pytest.raises(UsageError, match=r"\$place"):
        opened.query("SELECT 1", place="64")


def test_tables_and_columns_say_what_they_are(opened: Release) -> None:
    tables = opened.tables().set_index("name")
    assert {"out_money_by_stage", "core_amount", "quality_issue", "raw_row"} <= set(tables.index)
    assert tables["comment"].notna().all()
    columns = opened.describe("out_project_amount").set_index("column_name")
    assert columns.loc["amount_baht", "data_type"] == "DECIMAL(18,2)"
    assert columns["comment"].notna().all()
    with pytest.raises(UsageError, match="core_amount"):
        opened.describe("out_amount")


def test_a_release_is_only_read(opened: Release) -> None:
    with pytest.raises(Exception, match="read-only"):
        opened.query("CREATE TABLE mine (a INTEGER)")


def test_an_open_release_blocks_no_refresh_and_says_once_that_there_is_a_newer(out: Path) -> None:
    with open_release(out) as held:
        before = held.query(READ, code="64")["baht"].iloc[0]
        raw = out / "raw" / "สุโขทัย"
        raw.mkdir(parents=True)
        shutil.copy2(next((PROJECT / "raw_data" / "sample" / "สุโขทัย").glob("คำของบ*.xlsx")), raw)
        done = run_pipeline("refresh", "--raw", str(out / "raw"), "--out", str(out))
        assert done.returncode in (0, 3), done.stderr
        newer = release.resolve_current(out)
        assert newer is not None
        assert newer.name != held.name
        with pytest.warns(NewerReleaseWarning, match=newer.name):
            assert held.query(READ, code="64")["baht"].iloc[0] == before
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            held.query("SELECT 1")
    with open_release(out, held.name) as again, pytest.warns(NewerReleaseWarning):
        assert again.query(READ, code="64")["baht"].iloc[0] == before


def test_a_release_is_opened_by_its_warehouse_too(out: Path) -> None:
    for path in (
        out / "current" / "baseline.duckdb",
        out / "releases" / "20250101T000000Z" / "baseline.duckdb",
    ):
        with open_release(path) as one:
            assert one.name == "20250101T000000Z"
    with pytest.raises(UsageError, match="20250101T000000Z"):
        open_release(out / "releases" / "2024" / "baseline.duckdb")


def test_what_is_not_there_is_told(out: Path, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="20250101T000000Z"):
        open_release(out, "2024")
    with pytest.raises(UsageError, match="make refresh"):
        open_release(tmp_path / "releases")


@pytest.mark.parametrize(
    ("text", "code"),
    [("สุโขทัย", "64"), ("64", "64"), ("๖๔", "64"), ("จ.ราชบุรี", "70"), ("Phuket", "83"), ("กทม.", "10")],
)
def test_a_province_is_found_by_any_of_its_names(text: str, code: str) -> None:
    assert pipeline.province(text).province_code == code


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("เพชร", ["เพชรบุรี", "เพชรบูรณ์"]),
        ("สมุทร", ["สมุทรปราการ", "สมุทรสาคร", "สมุทรสงคราม"]),
        ("ราชบุรี สุโขทัย", ["ราชบุรี", "สุโขทัย"]),
        ("สุโขไท", ["สุโขทัย"]),
    ],
)
def test_what_could_be_several_provinces_is_none(text: str, names: list[str]) -> None:
    with pytest.raises(UsageError) as told:
        pipeline.province(text)
    assert all(name in str(told.value) for name in names)


@pytest.fixture(scope="module")
def by_province() -> pd.DataFrame:
    codes = ["64", "48", "83", "70"]
    years = [2564, 2565, 2564, 2565]
    return pd.DataFrame(
        {
            "province_code": codes, "name": ["ก", "ข", "ค", "ง"], "year_be": years, "group": ["ช", "ช", "ซ", "ซ"],
            "baht": [Decimal("1.50"), Decimal("20.25"), None, Decimal("7.00")], "low": [1.0, 18.0, None, 6.0],
            "high": [2.0, 21.0, None, 9.0], "word": ["น้อย", "มาก", None, "มาก"],
        }
    )  # fmt: skip


def test_every_figure_draws_what_is_there(by_province: pd.DataFrame) -> None:
    asked = {"value": "baht", "title": "เงิน", "unit": "บาท", "source": "ตัวอย่าง"}
    drawn = [
        figures.bars(by_province, name="name", **asked),
        figures.lines(by_province.head(2), **asked),
        figures.lines(by_province, panel="group", **asked),
        figures.dots(by_province, name="name", interval=("low", "high"), focus="ข", **asked),
        figures.ranges(by_province, name="group", **asked),
        figures.tile_map(by_province, marked="64", **asked),
    ]
    assert all(chart.svg.startswith("<svg") and chart.png.startswith(b"\x89PNG") for chart in drawn)
    assert all(chart.words.alt.startswith("เงิน (บาท): ") for chart in drawn)
    assert drawn[0].words.alt == "เงิน (บาท): ก 2; ข 20; ง 7"
    words = figures.tile_map(by_province, value="word", order=["น้อย", "มาก"], title="ระดับ")
    assert words.words.alt == "ระดับ: น้อย 1; มาก 2"


def test_a_figure_says_what_it_lacks(by_province: pd.DataFrame) -> None:
    with pytest.raises(UsageError, match="ไม่มีคอลัมน์ money"):
        figures.bars(by_province, name="name", value="money", title="เงิน")
    with pytest.raises(UsageError, match="ยังไม่มีข้อมูลให้วาด"):
        figures.bars(by_province[by_province["name"] == "ค"], name="name", value="baht", title="เงิน")
    with pytest.raises(UsageError, match="หนึ่งปีต้องมีแถวเดียว"):
        figures.lines(by_province, value="baht", title="เงิน")
    with pytest.raises(UsageError, match="หนึ่งจังหวัดต้องมีแถวเดียว"):
        figures.tile_map(pd.concat([by_province, by_province]), value="baht", title="เงิน")
    with pytest.raises(UsageError, match="มาก"):
        figures.tile_map(by_province, value="word", order=["น้อย"], title="ระดับ")
