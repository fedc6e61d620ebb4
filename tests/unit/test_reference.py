"""Reference tables: held to what reference.yml says, each row with its source, nothing made up."""

from __future__ import annotations

import shutil
from collections import Counter
from pathlib import Path

import pytest

from pipeline.errors import SpecError
from pipeline.provinces import load_gazetteer
from pipeline.records import load_catalogue
from pipeline.reference import load_tables
from pipeline.reference.groups import list_groups
from pipeline.reference.names import resolve_names
from pipeline.settings import SPECS


@pytest.fixture
def specs_folder(tmp_path: Path) -> Path:
    """A copy of specs/ to spoil."""
    return Path(shutil.copytree(SPECS, tmp_path / "specs"))


def spoil(folder: Path, name: str, old: str, new: str) -> None:
    text = (folder / name).read_text(encoding="utf-8")
    assert old in text
    (folder / name).write_text(text.replace(old, new, 1), encoding="utf-8")


def test_every_row_has_its_source_and_says_whether_it_is_verified() -> None:
    for table, rows in load_tables().items():
        assert all(row["source"] and isinstance(row["is_verified"], bool) for row in rows), table
    assert {table for table, rows in load_tables().items() if not rows} == {"core_deflator"}


@pytest.mark.parametrize(
    ("name", "old", "new", "told"),
    [
        ("reference/tags.csv", "theme_th,", "theme_thai,", r"tags\.csv, line 1.*theme_th"),
        ("reference/tags.csv", "tag_code,", "colour,tag_code,", r"tags\.csv, line 2"),
        ("reference/fund_sources.csv", "yes,พ.ร.บ.กองทุนยุติธรรม พ.ศ. 2558", "yes,", r"line 13: a value for source"),
        ("reference/fund_sources.csv", "กองทุน,yes,", "กองทุน,maybe,", r"line 13: is_verified: yes or no"),
        ("reference/plans.csv", "2562,2565,yes", "2562,2022,yes", r"plans\.csv, line 2: be_to: a Buddhist year"),
        ("reference/plans.csv", "njamp_4,2,0", "njamp_4,1,0", r"line 6: another plan_id, code than in line 5"),
        ("reference/plans.csv", "njamp_4,2,0", "njamp_4,2,9", r"plans\.csv, line 6: a parent_code"),
        ("reference/agencies.csv", ",number,", ",village,", r"agencies\.csv, line \d+: followed_by: one of"),
        ("reference/spending_targets.csv", "81.74", "มาก", r"spending_targets\.csv, line 3: target_pct: a number"),
        ("reference.yml", "  key: [tag_code]\n", "  keys: [tag_code]\n", r"yml, line \d+: table, key and columns"),
        ("reference.yml", "  key: [tag_code]\n", "  key: [tag_code]\n  colour: red\n", r"reference\.yml, line \d+"),
    ],
)  # fmt: skip
def test_a_wrong_file_is_told_by_file_and_line(
    specs_folder: Path, name: str, old: str, new: str, told: str
) -> None:
    spoil(specs_folder, name, old, new)
    with pytest.raises(SpecError, match=told):
        load_tables(specs_folder)


def test_a_column_that_nobody_reads_is_refused(specs_folder: Path) -> None:
    path = specs_folder / "reference" / "deflators.csv"
    path.write_text(
        path.read_text(encoding="utf-8").strip() + ",colour\n2560,1,2560,no,ก,red\n", encoding="utf-8"
    )
    with pytest.raises(SpecError, match=r"deflators\.csv, line 1: no column colour"):
        load_tables(specs_folder)


def test_no_title_of_a_plan_is_made_up(specs_folder: Path) -> None:
    titles = {(row["plan_id"], row["code"]): row["title_th"] for row in load_tables()["core_plan_item"]}
    assert titles["njamp_4", "1"] == "การสร้างความเป็นธรรมตามกฎหมาย"
    assert titles["njamp_4", "2"] == "การพัฒนากระบวนการยุติธรรมตามมาตรฐานสากล"
    assert titles["njamp_4", "3"] == "การสร้างเครือข่ายความร่วมมือในการบริหารงานยุติธรรม"
    below_third = [
        row for row in load_tables()["core_plan_item"] if row["plan_id"] == "njamp_3" and row["parent_code"]
    ]
    assert [(row["title_th"], row["is_verified"]) for row in below_third] == [("รอยืนยัน", False)]
    spoil(specs_folder, "reference/plans.csv", "ยุทธศาสตร์,รอยืนยัน,", "ยุทธศาสตร์,ยุทธศาสตร์ที่ 1,")
    with pytest.raises(SpecError, match=r"plans\.csv, line 3: title_th รอยืนยัน"):
        load_tables(specs_folder)


def test_groups_of_provinces_add_up() -> None:
    rows = list_groups()
    members = Counter(row["scheme"] for row in rows)
    assert members == {"cluster18": 76, "region4": 77, "region6": 77, "police_region": 77}
    assert "10" not in {row["province_code"] for row in rows if row["scheme"] == "cluster18"}
    of = {(row["scheme"], row["province_code"]): row["group_name_th"] for row in rows}
    assert (of["region4", "64"], of["region6", "64"]) == ("ภาคเหนือ", "ภาคกลาง")
    assert (of["region4", "10"], of["region6", "70"]) == ("กรุงเทพมหานคร", "ภาคตะวันตก")
    assert (of["police_region", "48"], of["police_region", "10"]) == ("ตำรวจภูธรภาค 4", "บช.น.")
    assert of["cluster18", "48"] == "กลุ่มจังหวัด" + (load_gazetteer().provinces["48"].cluster or "")
    assert {row["is_verified"] for row in rows if row["scheme"] == "police_region"} == {False}


@pytest.mark.parametrize(
    ("old", "new"),
    [("groups: 18", "groups: 19"), ('in_none: ["10"]', 'in_none: ["11"]'),
     ("  prefix: ภาค\n  groups: 6", "  groups: 6"), ("valid_from: 2017-11-17", "valid_from: long ago")],
)  # fmt: skip
def test_a_wrong_scheme_is_told(specs_folder: Path, old: str, new: str) -> None:
    spoil(specs_folder, "province_groups.yml", old, new)
    with pytest.raises(SpecError, match=r"province_groups\.yml, line \d+"):
        list_groups(specs_folder)


def test_breaks_and_themes_of_indicators_are_known() -> None:
    catalogue = load_catalogue()
    themes = {row["theme"] for row in load_tables()["core_tag"]}
    assert {entry.theme for entry in catalogue.definitions.values()} - {None} <= themes
    assert all(one.source and one.why_th for one in catalogue.breaks)
    assert {one.year_be for one in catalogue.breaks if one.indicator_code.startswith("crime_")} == {2557}
    assert catalogue.definitions["juvenile_case_total"].is_sensitive
    assert not catalogue.definitions["road_harm_dead"].is_sensitive


@pytest.mark.parametrize(
    ("text", "code", "match_type"),
    [
        ("งบลงทุน", "investment", "name"),
        ("งบ ลงทุน", "investment", "name"),
        ("ดำเนินงาน", "operating", "word"),
        ("ค่าครุภัณฑ์ ที่ดินและสิ่งก่อสร้าง ร่าง", "assets", "part"),
        ("ค่าครุภัณฑ์ ที่ดินเ ที่ดินและสิ่งก่อสร้าง", None, "unknown"),
        ("งบบุคลากร และงบลงทุน", None, "ambiguous"),
        ("ค่าใช้จ่ายในการดำเนินงานประชุม", None, "unknown"),
        ("", None, "unknown"),
    ],
)
def test_expense_categories(text: str, code: str | None, match_type: str) -> None:
    (row,) = resolve_names("core_expense_category", [text], column="category")
    assert (row["code"], row["match_type"]) == (code, match_type)


@pytest.mark.parametrize(
    ("text", "code"),
    [("งบจังหวัด", "area_province"), ("งบกลุ่มจังหวัด", "area_cluster"), ("งบพัฒนาจังหวัด ปี 2565", "area_province"),
     ("กองทุนยุติธรรม", "justice_fund"), ("กองทุนคุ้มครองเด็ก", "child_fund"), ("Function", "function"), ("ต่างประเทศ", None)],
)  # fmt: skip
def test_fund_sources(text: str, code: str | None) -> None:
    assert resolve_names("core_fund_source", [text], column="fund_source")[0]["code"] == code
