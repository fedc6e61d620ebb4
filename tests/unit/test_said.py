"""Texts that know their figures, and the operations of derived figures."""

from __future__ import annotations

from decimal import Decimal

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.brief_text.numbers import format_money, format_number, format_share
from pipeline.brief_text.prose import write_prose
from pipeline.brief_text.said import (
    MOST_OPERANDS,
    Said,
    cite,
    cite_formula,
    count_of,
    figures_of,
    fill,
    join_said,
    mark_figures,
    sum_of,
    tidy,
)
from pipeline.trace import Address, parse_figure
from pipeline.trace.formula import OPERATIONS, operate

YEAR = {"province_code": "64", "year_be": 2565}
PERSONS = "out_population.population"


def shown(text: str) -> list[tuple[str, str]]:
    return [(text[one.start : one.end], one.address) for one in figures_of(text)]


def test_a_number_is_a_figure_and_keeps_its_place_through_templates() -> None:
    persons = cite(format_number(602_713), YEAR, PERSONS)
    inner = fill("{n} คน", {"n": persons})
    said = fill("{a} มี {inner} เพิ่ม {share} ({money})", {
        "a": "จังหวัด", "inner": inner, "share": format_share(3.64), "money": format_money(Decimal("1500000")),
    }, key="x.y")  # fmt: skip
    assert said == "จังหวัด มี 602,713 คน เพิ่ม ร้อยละ 3.6 (1.50 ล้านบาท)"
    address = "out_population.population?province_code=64&year_be=2565"
    assert shown(said) == [("602,713", address), ("3.6", ""), ("1.50 ล้านบาท", "")]
    assert [one.slot for one in figures_of(said)] == ["", "x.y.share", "x.y.money"]


def test_what_is_missing_is_no_figure() -> None:
    assert figures_of(format_number(None)) == figures_of(format_share(float("nan"))) == ()


@given(st.lists(st.text(max_size=8) | st.integers(0, 10**6).map(format_number), max_size=6))
def test_joined_and_tidied_texts_say_the_same_figures(parts: list[str]) -> None:
    joined = join_said(parts, " ")
    assert joined == " ".join(parts)
    told = [part for part in parts if isinstance(part, Said)]
    assert [text for text, _ in shown(joined)] == told
    assert tidy(joined) == " ".join("".join(joined).split())
    assert [text for text, _ in shown(tidy(joined))] == told


def test_prose_tells_the_renderer_where_its_figures_are() -> None:
    sentence = join_said(("มี  ", cite(format_number(12), YEAR, PERSONS), " คน"))
    bundle, metadata = write_prose([sentence], head="## ก", is_list=True)._repr_mimebundle_()
    assert bundle["text/markdown"] == "## ก\n\n- มี 12 คน"
    (figure,) = metadata["brief"]["figures"]
    assert (figure["text"], figure["shown"], figure["start"]) == ("มี 12 คน", "12", 3)
    assert write_prose(["ไม่มี"])._repr_mimebundle_()[1] == {}


def test_sums_and_counts_name_their_rows_as_long_as_an_address_can() -> None:
    rows = pd.DataFrame([YEAR | {"year_be": year} for year in (2564, 2565)])
    counted = count_of(rows, PERSONS)
    assert str(counted).startswith("count(out_population.population?province_code=64&year_be=2564;")
    assert parse_figure(str(counted)) == counted
    assert sum_of(rows.head(0), PERSONS) is None
    assert sum_of(pd.concat([rows] * MOST_OPERANDS), PERSONS) is None
    total = cite_formula(mark_figures("12 จาก 13"), "share_pct", Address("out_a", "n"), 13.0)
    assert {address for _, address in shown(total)} == {"share_pct(out_a.n;13)"}


@pytest.mark.parametrize(
    ("operation", "values", "result"),
    [
        ("change_pct", [Decimal(200), Decimal(150)], -25),
        ("share_pct", [1, 0], None),
        ("part_pct", [3, 1], 75),
        ("difference", [Decimal("5.10"), Decimal("0.10")], 5),
        ("size", [-3.5], 3.5),
        ("pooled_rate", [1, 100, 3, 300, 1000], 10),
        ("top_share_pct", [50, 30, -5, 20, 2.0], 80),
        ("hhi", [75, 25, 0], 6250),
        ("count", [5, 5, 5], 3),
        ("median", [1, 9, 2], 2),
        ("times", [Decimal(10), 1.5], 15),
        ("byar_low", [12, 586_830, 100_000, 1.96], 1.0557),
        ("byar_high", [12, 586_830, 100_000, 1.96], 3.5721),
        ("byar_low", [0, 10, 1, 1.96], 0),
    ],
)
def test_operations_by_hand(operation: str, values: list[float], result: float | None) -> None:
    worked = operate(operation, values)
    assert worked == (None if result is None else pytest.approx(result, abs=1e-3))
    assert operation in OPERATIONS
