"""The portal's parts: the files of a brief, the sum of a grade, and the scripts that a page may run."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.inspect.places import find_row, say_place
from pipeline.portal.documents import Made, find_document, list_national
from pipeline.portal.grades import _grade
from pipeline.render.script import load_script
from pipeline.settings import TEMPLATES

NOTHING = Made({}, {})


def test_a_brief_is_listed_by_the_files_that_are_there(tmp_path: Path) -> None:
    folder = tmp_path / "briefs" / "64-sukhothai"
    assert find_document(tmp_path, "briefs/64-sukhothai", "สุโขทัย", NOTHING) is None
    folder.mkdir(parents=True)
    (folder / "brief.pdf").write_bytes(b"x" * 3000)
    (folder / "figures.json").write_text("{}", encoding="utf-8")
    found = find_document(
        tmp_path, "briefs/64-sukhothai", "สุโขทัย", Made({}, {"64-sukhothai": "20260101T000000Z"})
    )
    assert found is not None
    assert found.formats == (("PDF", "briefs/64-sukhothai/brief.pdf", "3 KB"),)
    assert (found.failure, found.made_in) == ("", "20260101T000000Z")


def test_a_brief_that_failed_is_told_though_nothing_of_it_is_there(tmp_path: Path) -> None:
    made = Made({"national": "In cell 3\nValueError: no rows", "64-sukhothai": "killed"}, {})
    found = find_document(tmp_path, "briefs/64-sukhothai", "สุโขทัย", made)
    assert found is not None
    assert (found.formats, found.failure) == ((), "killed")
    (national,) = list_national(tmp_path, made)
    assert national.failure == "ValueError: no rows"
    assert list_national(tmp_path, NOTHING) == []


def test_a_grade_is_the_sum_that_is_written_beside_it() -> None:
    counts = {"n_complete": 44, "n_complete_of": 45, "n_valid": 1200, "n_valid_of": 1200}
    nothing = dict.fromkeys(("n_reconciled", "n_reconciled_of", "reconciliation_pct"))
    late = {"n_in_time": None, "n_in_time_of": None, "timeliness_pct": float("nan")}
    shares = {
        "completeness_pct": 4400 / 45,
        "validity_pct": 100.0,
        "score": (4400 / 45 + 100) / 2,
        "grade": "A",
    }
    grade = _grade(counts | nothing | late | shares)
    assert grade.sum_told == "(30 × 44/45 + 30 × 1,200/1,200) ÷ 60 × 100 = 98.8"
    assert [part.share for part in grade.parts] == [4400 / 45, 100.0, None, None]


@pytest.mark.parametrize(
    ("cell", "place"), [("19:19", "แถว 19"), ("4:6", "แถว 4-6"), ("B:D", "คอลัมน์ B-D"), ("E14", "E14")]
)
def test_a_place_is_said_as_a_person_would(cell: str, place: str) -> None:
    assert say_place("ก.xlsx", "Sheet1", cell) == f"ก.xlsx › Sheet1 › {place}"


def test_only_rows_and_cells_have_a_place_on_a_page() -> None:
    assert [find_row(cell) for cell in ("B:D", None, "", "4:6")] == [None, None, None, (4, "r4")]


def test_no_script_of_a_page_asks_for_anything() -> None:
    scripts = sorted((TEMPLATES / "scripts").glob("*.js"))
    assert len(scripts) == 5
    for script in scripts:
        text = script.read_text(encoding="utf-8")
        for word in (
            "fetch(",
            "XMLHttpRequest",
            "import(",
            "eval(",
            "innerHTML",
            "http",
            "</script",
            "localStorage",
        ):
            assert word not in text, (script.name, word)
    assert load_script("tables").policy != load_script("tables", "evidence").policy
