"""Addresses of figures, and the spec that says where they are from."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.errors import UsageError
from pipeline.trace import Address, make_address, page_name, parse_address
from pipeline.trace.lineage import HOWS, Derived, Path, find_path, load_lineage

NAME = st.from_regex(r"[a-z][a-z0-9_]*", fullmatch=True)
GOOD = "out_project_summary.amount_baht?province_code=64&fiscal_year_be=2565&measure=requested"


@given(NAME, NAME, st.dictionaries(NAME, st.none() | st.text()))
def test_an_address_is_read_back_as_it_was_written(
    view: str, column: str, keys: dict[str, str | None]
) -> None:
    address = Address(view, column, tuple(keys.items()))
    assert parse_address(str(address)) == address
    assert not re.search(r"\s", str(address))


def test_values_of_frames_are_written_as_a_person_would() -> None:
    made = make_address(
        "out_a", "b", {"year_be": 2565.0, "name": "งบ & เงิน", "item": float("nan"), "how": None}
    )
    assert str(made) == "out_a.b?year_be=2565&name=งบ%20%26%20เงิน&item&how"


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("ตัวเลข", "ไม่ใช่ที่อยู่ของตัวเลข"),
        ("out_a.b?x=1&x=2", "คีย์ซ้ำ"),
        ("out_nothing.amount_baht", "ไม่มีมุมมอง out_nothing"),
        ("out_correction.n_rows", "มุมมอง out_correction ย้อนกลับไม่ได้: เป็นสิ่งที่แก้"),
        (GOOD.replace("amount_baht", "cost"), "ไม่มีคอลัมน์ cost"),
        (GOOD.replace("&measure=requested", ""), "ขาดคีย์ measure"),
        (GOOD + "&sheet=1", "ไม่มีคีย์ sheet"),
        ("out_crime_rate.population_year_be?province_code=64", "คอลัมน์ population_year_be ย้อนกลับไม่ได้"),
    ],
)
def test_an_address_of_nothing_says_what_there_is(address: str, told: str) -> None:
    with pytest.raises(UsageError, match=re.escape(told)):
        find_path(parse_address(address))


def test_the_spec_uses_only_what_it_defines() -> None:
    lineage = load_lineage()
    derived = [
        (f"{name}.{column}", part)
        for name, view in lineage.views.items()
        for column, path in view.columns.items()
        if isinstance(path, Derived)
        for part in path.parts
    ]
    assert len(derived) > 40
    for name, view in lineage.views.items():
        assert set(view.needs) <= set(view.keys), name
        assert set(view.match) <= set(view.keys), name
        assert not set(view.columns) & set(view.untraced), name
        for path in (path for path in view.columns.values() if isinstance(path, Path)):
            assert path.how in HOWS
            assert set(path.within) <= set(view.keys)
    assert not set(lineage.views) & set(lineage.untraced_views)
    for name, part in derived:
        view, column = part.partition("?")[0].split(".")
        assert view == "{view}" or column in lineage.views[view].columns, name


def test_the_first_page_of_a_sheet_has_the_shortest_name() -> None:
    assert (page_name(3), page_name(3, 2)) == ("3.html", "3-2.html")
