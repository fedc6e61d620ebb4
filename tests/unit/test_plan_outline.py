"""The plan's outline: what it may say, and how a wrong one is told."""

from __future__ import annotations

from typing import Any

import pytest

from pipeline.errors import SpecError
from pipeline.plan.outline import load_outline, read_outline
from pipeline.plan.shown import NAMES, STUDY
from pipeline.specs import load_yaml


def test_what_it_shows_has_a_name_that_something_answers_to() -> None:
    names = {name for chapter in load_outline().chapters for part in chapter.parts for name in part.names}
    assert {name for name in names if not name.startswith(STUDY)} == set(NAMES)
    assert len(names) > len(NAMES)


@pytest.mark.parametrize(
    ("part", "told"),
    [
        ({"section": "ก", "ask": "ข"}, "exactly one of"),
        ({"words": "ก"}, "exactly one of"),
        ({"ask": "ก", "rows": 2}, "rows has no meaning beside ask"),
        ({"form": "ก", "columns": [["ข", "ค"]]}, "an open table needs columns and rows"),
    ],
)
def test_an_outline_that_cannot_be_followed_is_told_by_its_place(part: dict[str, Any], told: str) -> None:
    spec = load_yaml("plan_draft.yml") | {"chapters": [{"title": "ก", "parts": [{"ask": "ข"}, part]}]}
    with pytest.raises(SpecError, match=rf"chapter 1, part 2: .*{told}"):
        read_outline(spec)
