"""The study's sentences and tables: thresholds on both sides, nothing from what is missing, no cause, no conclusion."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from pipeline import brief_tables as tables
from pipeline import brief_text as text
from pipeline.brief_text.evidence import Place
from pipeline.brief_text.study import SECTIONS, find_shortfalls, list_visit, tell_facts
from pipeline.brief_text.study.frames import limit, name_few
from pipeline.brief_text.study.swot import list_prompts
from pipeline.brief_text.templates import find, read_texts
from pipeline.settings import NOTEBOOKS
from pipeline.store import open_for_reading
from tests.integration import view_rows
from tests.integration.view_rows import EMPTY_PROVINCE

YEAR = 2566
SQL = Path(text.__file__).parents[1] / "sql"
# Columns that a view always fills: its keys, counts, and names that specs give.
FILLED = (
    r"\w+_(?:code|id|key|order)|code|\w*year_be|(?:peer|variable|chain|step|release|project|like_project)_name",
    r"figure|measure|stage|holder|dimension|period|quarter|status|chain|step|theme|topic|variable|how|why|grade",
    r"n_\w+|top_\w+|hhi|rate_per|amount_baht|score|variables_th|is_without_\w+",
)
KEYS = re.compile("|".join(FILLED))
BROKEN = re.compile(r"\b(?:nan|None|NaT|<NA>)\b", re.IGNORECASE)


@pytest.fixture(scope="module")
def studies(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, text.Study]:
    path = tmp_path_factory.mktemp("study") / "baseline.duckdb"
    view_rows.build(path)
    with open_for_reading(path) as warehouse:
        return {
            code: text.read_study(warehouse, Place(code, name), YEAR)
            for code, name in {"64": "สุโขทัย", "65": "พิษณุโลก", EMPTY_PROVINCE: "สตูล"}.items()
        }


@pytest.fixture
def bare(studies: Mapping[str, text.Study]) -> text.Study:
    """A province without a row in any view."""
    study = studies[EMPTY_PROVINCE]
    return replace(
        study, fiscal_year_be=YEAR, views={name: rows.head(0) for name, rows in study.views.items()}
    )


def give(study: text.Study, view: str, *rows: Mapping[str, Any]) -> text.Study:
    """The study with rows in one view; a column that they do not name is missing."""
    frame = pd.DataFrame(list(rows)).reindex(columns=study.views[view].columns)
    return replace(study, views={**study.views, view: frame})


def say_all(study: text.Study) -> list[str]:
    return [sentence for section in SECTIONS for sentence in text.describe_study(section, study)]


def cells_of(study: text.Study) -> list[str]:
    made = [table for section in SECTIONS for table in tables.tabulate_study(section, study)]
    return [cell for table in made for row in table.cells for cell in row]


@pytest.mark.parametrize(
    ("points", "words"), [(5, "สูงกว่าเป้าหมาย"), (4.99, "ต่างจาก"), (-4.99, "ต่างจาก"), (-5, "ต่ำกว่าเป้าหมาย")]
)
def test_execution_is_told_by_its_distance_from_the_target(
    bare: text.Study, points: float, words: str
) -> None:
    row = {
        "fiscal_year_be": YEAR,
        "quarter": "Q2",
        "measure": "disbursed",
        "n_projects": 3,
        "target_pct": 50.0,
    }
    study = give(bare, "execution", row | {"execution_pct": 50.0 + points, "difference_points": points})
    (told,) = text.describe_study("execution", study)
    assert words in told
    assert [fact for fact, _ in tell_facts(study)] == [told]
    assert len(list_visit(study)) == (points <= -5)


def test_execution_without_a_target_names_no_side(bare: text.Study) -> None:
    row = {
        "fiscal_year_be": YEAR,
        "quarter": "Q2",
        "measure": "disbursed",
        "n_projects": 3,
        "execution_pct": 50.0,
    }
    (told,) = text.describe_study("execution", give(bare, "execution", row))
    assert told.endswith("ยังไม่มีข้อมูลเป้าหมายของไตรมาสนี้")


@pytest.mark.parametrize(("change", "is_told"), [(10.0, True), (9.99, False), (-10.0, True), (-9.99, False)])
def test_a_trend_is_a_fact_from_its_limit_on(bare: text.Study, change: float, is_told: bool) -> None:
    row = {"indicator_code": "c", "indicator_name": "คดี ก", "topic": "crime", "year_be": 2565, "value": 50.0}
    row |= {
        "before_year_be": 2564,
        "before_value": 45.0,
        "rate": 8.0,
        "rate_change_pct": change,
        "unit": "คดี",
    }
    study = give(bare, "indicator_trend", row | {"period_basis": "CY", "is_break": False})
    study = give(study, "indicator_rate", {"indicator_code": "c", "rate_per": 100_000})
    told = text.describe_study("trends", study)
    assert told == (
        (f"คดี ก อัตรา {'เพิ่มขึ้น' if change > 0 else 'ลดลง'}ร้อยละ 10.0 จาก พ.ศ. 2564 ถึง พ.ศ. 2565",)
        if is_told
        else ("ไม่มีตัวชี้วัดที่เปลี่ยนจากปีก่อนตั้งแต่ร้อยละ 10",)
    )
    assert len(list_prompts(study)) == is_told


@pytest.mark.parametrize(
    ("holders", "share", "words", "facts"),
    [(6, 80.0, "ร้อยละ 80.0 จาก 6 ราย", 1), (6, 79.9, "ต่ำกว่าเกณฑ์ร้อยละ 80", 0), (5, 100.0, "ไม่เกิน 5 ราย", 0)],
)
def test_money_is_concentrated_from_its_limit_on(
    bare: text.Study, holders: int, share: float, words: str, facts: int
) -> None:
    row = {
        "figure": "budget_line",
        "holder": "project",
        "fiscal_year_be": 2565,
        "stage": "bill",
        "hhi": 2000.0,
    }
    study = give(
        bare,
        "concentration",
        row | {"n_holders": holders, "top_count": 5, "top_share_pct": share, "amount_baht": 9},
    )
    (told,) = text.describe_study("concentration", study)
    assert words in told
    assert len(list(tell_facts(study))) == facts


@pytest.mark.parametrize(("lacking", "kinds"), [(5, ["kpi"]), (4, [])])
def test_projects_without_indicator_are_a_gap_from_half_on(
    bare: text.Study, lacking: int, kinds: list[str]
) -> None:
    row = {"fiscal_year_be": YEAR, "n_projects": 10, "n_without_kpi": lacking, "n_with_kpi": 10 - lacking}
    study = give(bare, "kpi_quality_by_province", row | dict.fromkeys(list(find("labels.lack"))[1:], 0))
    assert [kind for kind, _ in find_shortfalls(study)] == kinds


@pytest.mark.parametrize(("unmapped", "kinds"), [(5, ["unmapped"]), (4, [])])
def test_unplaced_projects_are_a_gap_from_half_on(bare: text.Study, unmapped: int, kinds: list[str]) -> None:
    row = {"fiscal_year_be": YEAR, "dimension": "plan", "code": "p:1", "name": "มิติ ก", "n_projects": 5}
    row |= {
        "is_without_project": False,
        "is_without_money": False,
        "n_all_projects": 10,
        "n_unmapped": unmapped,
    }
    study = give(bare, "gap", row)
    assert [kind for kind, _ in find_shortfalls(study)] == kinds
    assert text.describe_study("gaps", study) == ("ทุกมิติของแผนแม่บทมีโครงการปีงบประมาณ พ.ศ. 2566",)


@pytest.mark.parametrize(("count", "note"), [(8, ()), (9, ("และอีก 1 รายการ",))])
def test_a_long_table_says_how_many_rows_it_leaves_out(
    bare: text.Study, count: int, note: tuple[str, ...]
) -> None:
    rows = [
        {
            "fiscal_year_be": YEAR,
            "tag_code": f"t{n}",
            "name": "ก",
            "n_agencies": 2,
            "n_projects": 2,
            "amount_baht": 1,
        }
        for n in range(count)
    ]
    (table,) = tables.tabulate_study("overlaps", give(bare, "overlap", *rows))
    assert len(table.frame) == limit("listed_rows") == 8
    assert table.remarks == note


def test_a_sentence_names_the_first_few_only() -> None:
    names = [str(number) for number in range(limit("listed_names") + 1)]
    assert name_few(names[:-1]) == "0 · 1 · 2 · 3 · 4"
    assert name_few(names) == "0 · 1 · 2 · 3 · 4 · และอีก 1 รายการ"


def test_a_province_without_data_says_so_in_every_section_and_has_no_table(bare: text.Study) -> None:
    for section in SECTIONS:
        told = text.describe_study(section, bare)
        assert len(told) == 1
        assert "ไม่มีข้อมูล" in told[0] or section == "changes", section
        assert tables.tabulate_study(section, bare) == ()
    assert list_visit(bare) == ()
    assert list(tell_facts(bare)) == []


@pytest.mark.parametrize("code", ["64", "65"])
def test_no_sentence_and_no_cell_is_made_from_a_missing_value(
    studies: Mapping[str, text.Study], code: str
) -> None:
    study = studies[code]
    whole, tried = set(say_all(study)), 0
    for view, rows in study.views.items():
        for column in (name for name in rows.columns if len(rows) and not KEYS.fullmatch(name)):
            emptied = replace(study, views={**study.views, view: rows.assign(**{column: None})})
            told = say_all(emptied)
            assert not [
                line for line in (*told, *list_visit(emptied), *cells_of(emptied)) if BROKEN.search(line)
            ]
            assert not [line for line in set(told) - whole if " ไม่มีข้อมูล" in line], (view, column)
            tried += 1
    assert tried > 80


def test_a_missing_value_in_a_template_is_an_error() -> None:
    with pytest.raises(ValueError, match=r"study\.more"):
        text.say("study.more", count=None)


@pytest.mark.parametrize("code", ["64", "65", EMPTY_PROVINCE])
def test_no_sentence_tells_a_cause_or_a_conclusion(studies: Mapping[str, text.Study], code: str) -> None:
    study = studies[code]
    told = [*say_all(study), *list_visit(study), *(prompt.text for prompt in list_prompts(study))]
    assert len(told) > 15
    assert [(word, line) for word in find("forbidden") for line in told if word in line] == []


def test_no_template_tells_a_cause_or_a_conclusion() -> None:
    def texts_of(part: Any) -> list[str]:
        parts = part.values() if isinstance(part, Mapping) else part if isinstance(part, list) else ()
        return [part] if isinstance(part, str) else [one for some in parts for one in texts_of(some)]

    templates = texts_of({name: part for name, part in read_texts().items() if name != "forbidden"})
    assert len(templates) > 300
    assert len(find("forbidden")) > 20
    assert [(word, line) for word in find("forbidden") for line in templates if word in line] == []


def test_every_prompt_points_to_a_heading_of_the_brief_and_to_a_view(
    studies: Mapping[str, text.Study],
) -> None:
    cells = json.loads((NOTEBOOKS / "province_brief.ipynb").read_text(encoding="utf-8"))["cells"]
    headings = "".join("".join(cell["source"]) + "\n" for cell in cells if cell["cell_type"] == "markdown")
    for pointer in find("study.pointer").values():
        found = re.fullmatch(r"หัวข้อ ([\d.]+) \((out_\w+)\)", pointer)
        assert found is not None, pointer
        assert f"## {found[1]} " in headings
        assert (SQL / f"{found[2]}.sql").is_file(), pointer
    prompts = list_prompts(studies["65"])
    assert {prompt.side for prompt in prompts} <= set(find("labels.side"))
    assert {prompt.pointer for prompt in prompts} <= set(find("study.pointer").values())
    assert len(prompts) >= 3


def test_the_prompts_leave_room_for_the_meeting(studies: Mapping[str, text.Study]) -> None:
    for table in tables.tabulate_study("swot", studies["65"]):
        assert [column.head for column in table.columns] == ["ข้อเท็จจริง", "ดูที่", "ที่ประชุมเห็นว่า"]
        assert all("☐" in cell and "………" in cell for _, _, cell in table.cells)
