"""What holds data back: a table most of whose rows were refused, a brief whose province's money does not add up."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import duckdb
import pandas as pd
import pytest
import yaml

from pipeline import brief_tables, brief_text, gates, release
from pipeline.brief_text.evidence import Place
from pipeline.errors import SpecError
from pipeline.gates import load_gates
from pipeline.ingest import gate
from pipeline.render.assemble import Cover
from pipeline.render.cover import running_header
from tests.integration import view_rows
from tests.integration.workbooks import ingest_folder, write_sheet

DRAFT = "ร่าง - ข้อมูลยังไม่ผ่านการตรวจ"


def _ingest(tmp_path: Path, *, wrong: int, of: int) -> duckdb.DuckDBPyConnection:
    rows = [["แผนงานโครงการ ปีงบประมาณ 2565"], ["ลำดับ", "จังหวัด", "ชื่อโครงการ", "งบประมาณที่ได้รับจัดสรร (บาท)"]]
    for number in range(1, of + 1):
        province = "เมืองสมมติ" if number <= wrong else "สุโขทัย"
        rows.append([number, province, f"โครงการที่ {number}", 50_000 + number])
    write_sheet(tmp_path / "raw" / "แผน.xlsx", rows)
    return ingest_folder(tmp_path / "raw", tmp_path / "b.duckdb")[1]


@pytest.mark.parametrize(
    ("wrong", "of", "status"), [(11, 22, "loaded"), (12, 22, "refused"), (15, 20, "loaded")]
)
def test_a_table_of_which_most_rows_were_refused_is_kept_out(
    tmp_path: Path, wrong: int, of: int, status: str
) -> None:
    with _ingest(tmp_path, wrong=wrong, of=of) as connection:
        ((found, reason),) = connection.execute("SELECT status, reason FROM raw_table").fetchall()
        projects, rows, cells = connection.execute(
            """SELECT (SELECT count(*) FROM core_project), (SELECT count(*) FROM raw_row),
                      (SELECT count(*) FROM quality_issue WHERE rule = 'province_unknown')"""
        ).fetchall()[0]
        refused = connection.execute("SELECT sum(n_rows) FROM out_refused_row").fetchall()[0][0]
    assert (found, rows, cells) == (status, of + 2, wrong)
    assert projects == (of - wrong if status == "loaded" else 0)
    assert refused == (wrong if status == "loaded" else of + 2)
    assert status == "loaded" or f"{wrong} จาก {of} แถว (ร้อยละ 54.5) เกินขีดจำกัดร้อยละ 50" in reason


def test_the_limit_is_a_setting(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gate, "load_gates", lambda: replace(load_gates(), refused_share=0.9))
    with _ingest(tmp_path, wrong=12, of=22) as connection:
        assert connection.execute("SELECT status FROM raw_table").fetchall() == [("loaded",)]


@pytest.mark.parametrize(
    "change", [{"draft": {}}, {"draft": {"failed": -1}}, {"draft": {"failed": "x"}}, {"odd": {}}]
)
def test_a_wrong_limit_is_an_error(monkeypatch: pytest.MonkeyPatch, change: dict[str, object]) -> None:
    content = yaml.safe_load((gates.specs.SPECS / gates.LIMITS_FILE).read_text(encoding="utf-8"))
    monkeypatch.setattr(gates.specs, "load_yaml", lambda name: content | change)
    with pytest.raises(SpecError, match=r"limits\.yml"):
        gates.load_gates.__wrapped__()


@pytest.fixture(scope="module")
def warehouse(tmp_path_factory: pytest.TempPathFactory) -> Iterator[duckdb.DuckDBPyConnection]:
    database = tmp_path_factory.mktemp("gates") / "b.duckdb"
    view_rows.build(database)
    with duckdb.connect(str(database), read_only=True) as connection:
        yield connection


@pytest.mark.parametrize(("province", "is_draft"), [("65", True), ("64", False)])
def test_a_brief_of_money_that_does_not_add_up_is_marked(
    warehouse: duckdb.DuckDBPyConnection, province: str, is_draft: bool
) -> None:
    failed = warehouse.execute("SELECT * FROM out_failed_identity WHERE province_code = ?", [province]).df()
    releases = warehouse.execute("SELECT * FROM core_release").df()
    cover = brief_text.write_cover(releases, Place(province, "จังหวัดหนึ่ง"), 2565, failed=failed)
    assert cover["is_draft"] is is_draft
    assert (cover["status"] == DRAFT) is is_draft
    notes = cover["notes"]
    assert isinstance(notes, list)
    assert any("1 รายการ" in note for note in notes) is is_draft
    rendered = Cover(**cover | {"notes": tuple(notes)})  # type: ignore[arg-type]
    assert (DRAFT in running_header(rendered)[1]) is is_draft


def test_what_was_refused_is_listed_with_its_reason(warehouse: duckdb.DuckDBPyConnection) -> None:
    refused = warehouse.execute("SELECT * FROM out_refused_row ORDER BY cell").df()
    assert refused["cell"].tolist() == ["14:14", "A2:F20"]
    assert set(refused["province_code"]) == {"64"}
    table = brief_tables.tabulate_refused(refused)
    assert list(table.frame["place"]) == ["plan.xlsx › แผน › 14:14", "plan.xlsx › แผน › A2:F20"]
    assert list(table.frame["reason"])[1] == "ไม่มีหัวตาราง"


def test_the_release_before_is_compared_only_with_its_like(tmp_path: Path) -> None:
    assert release.find_previous(tmp_path, is_sample=True) is None
    folder = tmp_path / "releases" / "r1"
    folder.mkdir(parents=True)
    (tmp_path / "current").symlink_to("releases/r1")
    (folder / release.WAREHOUSE).touch()
    (folder / "run.json").write_text(json.dumps({"counts": {"is_sample": True}}), encoding="utf-8")
    found = release.find_previous(tmp_path, is_sample=True)
    assert found is not None
    assert found.name == release.WAREHOUSE
    assert release.find_previous(tmp_path, is_sample=False) is None


def test_a_total_says_what_explains_it() -> None:
    row = {"path": "ก.xlsx", "sheet": "แผน", "cell": "F9", "measure": "allocated", "difference_baht": -5}
    totals = pd.DataFrame(
        [row | {"stated_baht": 5, "computed_baht": 10, "explanation_th": "ต่างเท่ากับแถว 5 พอดี"}]
    )
    assert "ต่างเท่ากับแถว 5 พอดี" in brief_tables.tabulate_totals(totals).frame["place"].iloc[0]
