"""A submission beside the one that it replaces: every project is matched or listed."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from pipeline.ingest.again.changes import Project, common_texts, compare_documents, compare_submissions

TEXTS = ("agency_name",)


def submission(*projects: tuple[str, int | None], agency: str = "ก") -> list[Project]:
    """A submission's projects with their one amount in satang, from row 3 on."""
    return [
        Project(
            {
                "province_code": "64",
                "fiscal_year_be": 2565,
                "project_name": name,
                "agency_name": agency,
                "row_number": number,
            },
            {"2565 allocated year": satang},
        )
        for number, (name, satang) in enumerate(projects, start=3)
    ]


def compare(before: list[Project], after: list[Project]) -> list[dict[str, Any]]:
    return compare_submissions(before, after, TEXTS)


def told(*changes: dict[str, Any]) -> list[tuple[Any, ...]]:
    return [
        (
            one["change"],
            one["field"],
            one["old_value"],
            one["new_value"],
            one["earlier_row_number"],
            one["row_number"],
        )
        for one in changes
    ]


def test_what_is_the_same_is_not_told() -> None:
    assert compare(submission(("ก", 1), ("ข", 2)), submission(("ข", 2), ("ก", 1))) == []


def test_an_amount_that_changed() -> None:
    changes = compare(submission(("ก", 100)), submission(("ก", 250)))
    assert told(*changes) == [("changed", "2565 allocated year", "1.00", "2.50", 3, 3)]


def test_a_text_that_changed() -> None:
    changes = compare(submission(("ก", 1)), submission(("ก", 1), agency="ข"))
    assert told(*changes) == [("changed", "agency_name", "ก", "ข", 3, 3)]


def test_a_name_that_was_mended_or_cut_off_is_a_change_and_not_two_projects() -> None:
    changes = compare(
        submission(("โครงการ", 500), ("ไกล่เกลี่ยข้อพิพาทชุมชน", 700)),
        submission(("โครงการ “เยาวชน”", 500), ("ไกล่เกลี่ยข้อพิพาทในชุมชน", 700)),
    )
    assert [(one["change"], one["field"]) for one in changes] == [("changed", "project_name")] * 2


def test_equal_names_are_paired_by_their_amounts_first() -> None:
    changes = compare(submission(("ก", 1), ("ก", 2)), submission(("ก", 2), ("ก", 3)))
    assert told(*changes) == [("changed", "2565 allocated year", "0.01", "0.03", 3, 4)]


def test_what_came_and_what_went_shows_its_amounts() -> None:
    changes = compare(submission(("ก", 100)), submission(("ฮ", None)))
    assert told(*changes) == [
        ("removed", None, "2565 allocated year 1.00", None, 3, None),
        ("added", None, None, "2565 allocated year ว่าง", None, 3),
    ]


_projects = st.lists(
    st.tuples(st.sampled_from(["ก", "ก ข", "ค", "งาน", "งานหนึ่ง"]), st.sampled_from([None, 0, 100]))
)


@given(_projects, _projects)
def test_every_project_of_either_is_matched_or_listed(
    before: list[tuple[str, int | None]], after: list[tuple[str, int | None]]
) -> None:
    changes = compare(submission(*before), submission(*after))
    removed = sum(one["change"] == "removed" for one in changes)
    added = sum(one["change"] == "added" for one in changes)
    assert len(before) - removed == len(after) - added
    rows = [one["earlier_row_number"] for one in changes if one["change"] == "removed"]
    assert len(rows) == len(set(rows))
    assert changes == compare(submission(*before), submission(*after))


def test_only_what_both_forms_have_is_compared() -> None:
    assert common_texts(["project_name", "agency", "kpi"], ["agency", "target", None]) == ("agency_name",)


def test_two_extractions_disagree_on_a_unit_in_the_year_of_the_document() -> None:
    ours = {
        (2565, "กระทรวงยุติธรรม", "กรมหนึ่ง"): 100,
        (2565, "กระทรวงยุติธรรม", "กรมสอง"): 5,
        (2564, "กระทรวงยุติธรรม", "กรมสอง"): 7,
    }
    theirs = {(2565, "กระทรวงยติุธรรม", "กรมหนึ่ง"): 300, (2565, "กระทรวงยติุธรรม", "กรม สอง"): 5}
    changes, words = compare_documents(ours, theirs)
    assert [(one["subject"], one["old_value"], one["new_value"]) for one in changes] == [
        ("กระทรวงยุติธรรม › กรมหนึ่ง", "1.00", "3.00")
    ]
    assert [(one["ministry"], one["count"], one["units"], one["year"]) for one in words] == [
        ("กระทรวงยุติธรรม", "1", "2", "2565")
    ]
