"""The look of every figure: its type, its inks, its size, and that what it draws is what the rows say."""

from __future__ import annotations

import base64
import io
import re
from decimal import Decimal
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from matplotlib import font_manager
from matplotlib.colors import to_rgb
from matplotlib.ft2font import FT2Font
from PIL import Image

from pipeline import brief_text as text
from pipeline import charts
from pipeline.able import may_fork
from pipeline.brief_text.budget import Document
from pipeline.brief_text.evidence import Place, Words
from pipeline.charts.bars import Bar, _Scale, draw_bars
from pipeline.charts.lines import _spread, fill_years
from pipeline.charts.style import (
    INK,
    LABEL_PT,
    LIGHT,
    MIDDLE,
    TITLE_PT,
    WIDTH_CM,
    balance_text,
    is_wider,
    measure_cm,
    register_fonts,
    wrap_text,
)
from pipeline.cluster.processes import in_child
from tests.unit.brief_frames import SUKHOTHAI, areas_of, budgets_of, crime_of, population_of

LONG_NAME = "โครงการเสริมสร้างความเข้มแข็งของเครือข่ายยุติธรรมชุมชนและอาสาสมัครคุมประพฤติ" * 3
WORDS = Words(
    figure_id="fig-test",
    title="คดีที่รับแจ้งลดลง 4 จาก 4 กลุ่ม ระหว่าง พ.ศ. 2545 กับ 2554 (ไม่นับคดีที่รัฐเป็นผู้เสียหาย) และที่ต่ำกว่าประเทศ 3 กลุ่ม",
    caption="คดีของจังหวัด",
    unit="คดี ปีปฏิทิน",
    alt="กราฟของคดี",
    source="สำนักงานตำรวจแห่งชาติ",
)
THIN_MARKS = "ิีึืฺุู่้๊๋ั็์ํะาำๅๆฯ"


def pixels(chart: charts.Chart) -> Any:
    return np.asarray(Image.open(io.BytesIO(chart.png)).convert("L"))


def every_chart() -> dict[str, charts.Chart]:
    """One of each figure, from rows with gaps, zeros, long names and both comparisons."""
    crime = crime_of(
        {
            group: {2545: 100, 2546: None, 2547: 120, 2554: 40_000 * n}
            for n, group in enumerate(("violent", "person", "property", "notable", "state"), start=1)
        },
        persons=6_000_000,
    )
    areas = pd.concat([areas_of(30.0).assign(year_be=year) for year in (2545, 2547, 2554)])
    population = population_of(600_000, None, 610_000, 590_000)
    budgets = budgets_of(
        ("64", 2565, "bill", "5000000"), *((f"{n}", 2565, "bill", f"{n}00000") for n in range(70, 90))
    )
    document = Document(2565, "bill", Decimal(5_000_000), 3)
    parts = pd.DataFrame(
        {"name": [LONG_NAME, *"ขคง"], "share_pct": 25.0, "amount_baht": [Decimal(9), *[Decimal(1)] * 3]}
    )
    sums = pd.DataFrame({"measure": ["requested", "transferred"], "n_projects": [2, 1]})
    sums = text.rows_of_year(sums.assign(amount_baht=[Decimal(5), Decimal(-2)], fiscal_year_be=2565), 2565)
    agencies = pd.DataFrame(
        {"agency_name": ["ก", None], "n_projects": 1, "amount_baht": [Decimal(2), Decimal(0)]}
    )
    years = pd.DataFrame({"name": ["2550", "2551"], "n_projects": 1, "amount_baht": [Decimal(0), Decimal(0)]})
    return {
        "population": charts.draw_population(population, WORDS),
        "cases": charts.draw_cases(crime, WORDS),
        "rates": charts.draw_rates(crime, areas, WORDS, place=Place("77", "ประจวบคีรีขันธ์")),
        "rate_trend": charts.draw_rate_trend(crime, areas, WORDS, place=SUKHOTHAI),
        "budget_parts": charts.draw_budget_parts(parts, WORDS),
        "peers": charts.draw_peers(budgets, WORDS, document=document, place=SUKHOTHAI),
        "measures": charts.draw_measures(sums, WORDS),
        "agencies": charts.draw_agencies(agencies, WORDS),
        "project_years": charts.draw_project_years(years, WORDS),
    }


@pytest.fixture(scope="module")
def drawn() -> dict[str, charts.Chart]:
    return every_chart()


def test_every_public_drawing_is_drawn_here(drawn: dict[str, charts.Chart]) -> None:
    assert {f"draw_{name}" for name in drawn} | {"Chart"} == set(charts.__all__)


def test_letters_are_drawn_out_of_memory_as_out_of_the_file() -> None:
    for file in register_fonts():
        held, opened = font_manager.get_font(str(file)), FT2Font(str(file))
        assert isinstance(held.fname, io.BytesIO)
        assert held.postscript_name == opened.postscript_name
        for font in (held, opened):
            font.set_size(9, 300)
        for letter in "กำ้1%":
            widths = [font.load_char(ord(letter)).horiAdvance for font in (held, opened)]
            outlines = [font.get_path() for font in (held, opened)]
            assert widths[0] == widths[1]
            assert all(np.array_equal(one, other) for one, other in zip(*outlines, strict=True))


@pytest.mark.skipif(not may_fork(), reason="this system cannot fork")
def test_a_fork_opens_its_fonts_anew() -> None:
    file = str(register_fonts()[0])
    font_manager.get_font(file)
    assert font_manager._get_font.cache_info().currsize  # type: ignore[attr-defined]
    assert in_child(lambda _: font_manager._get_font.cache_info().currsize) == 0  # type: ignore[attr-defined]


def test_letters_are_paths_so_that_no_reader_needs_the_font(drawn: dict[str, charts.Chart]) -> None:
    for name, chart in drawn.items():
        assert chart.svg.startswith("<svg"), name
        assert "<text" not in chart.svg, name
        assert "Sarabun" in chart.svg, name
        assert "DejaVu" not in chart.svg, name


def test_figures_are_as_wide_as_the_page_at_300_dots_an_inch(drawn: dict[str, charts.Chart]) -> None:
    for name, chart in drawn.items():
        image = Image.open(io.BytesIO(chart.png))
        assert chart.width_cm == WIDTH_CM == 16, name
        assert image.width == pytest.approx(16 / 2.54 * 300, abs=1), name
        assert image.height == pytest.approx(chart.height_cm / 2.54 * 300, abs=2), name
        assert image.info["dpi"] == pytest.approx((300, 300), abs=0.1), name


def test_nothing_is_cut_off_at_the_edges_and_the_paper_is_white(drawn: dict[str, charts.Chart]) -> None:
    for name, chart in drawn.items():
        grey = pixels(chart)
        edges = (grey[:2], grey[-2:], grey[:, :2], grey[:, -2:])
        assert all((edge == 255).all() for edge in edges), name
        assert grey.min() < 60, name


def test_the_same_rows_give_the_same_bytes(drawn: dict[str, charts.Chart]) -> None:
    again = every_chart()
    assert [
        name for name in drawn if again[name].svg != drawn[name].svg or again[name].png != drawn[name].png
    ] == []


def test_a_chart_shows_itself_with_what_the_renderer_needs(drawn: dict[str, charts.Chart]) -> None:
    chart = drawn["cases"].numbered(4)
    bundle, metadata = chart._repr_mimebundle_()
    assert metadata["brief"] == {
        "kind": "figure",
        "id": "fig-test",
        "caption": "รูปที่ 4 คดีของจังหวัด",
        "alt": "กราฟของคดี",
        "source": "สำนักงานตำรวจแห่งชาติ",
        "unit": "คดี ปีปฏิทิน",
        "width_cm": 16.0,
    }
    assert base64.b64decode(bundle["image/png"]) == chart.png
    assert bundle["image/svg+xml"] == chart.svg
    assert chart.caption == "รูปที่ 4 คดีของจังหวัด"
    assert "svg" not in repr(chart)


def test_inks_stay_apart_without_colour() -> None:
    greys = [
        sum(part * weight for part, weight in zip(to_rgb(ink), (0.299, 0.587, 0.114), strict=True))
        for ink in (INK, MIDDLE, LIGHT)
    ]
    assert greys == sorted(greys)
    assert all(lighter - darker > 0.2 for darker, lighter in zip(greys, [*greys[1:], 1.0], strict=True))


def test_the_packaged_font_is_used() -> None:
    registered = {str(file) for file in register_fonts()}
    assert registered <= {font.fname for font in font_manager.fontManager.ttflist}


# Lines


def test_a_year_without_a_value_breaks_the_line() -> None:
    filled = fill_years(pd.DataFrame({"year_be": [2545, 2548], "reported": [1.0, 2.0]}))
    assert filled["year_be"].tolist() == [2545, 2546, 2547, 2548]
    assert filled["reported"].isna().tolist() == [False, True, True, False]


def test_the_cluster_is_not_in_the_key_where_it_has_no_line() -> None:
    crime = crime_of({"person": {2553: 100, 2554: 120}})
    nation = pd.concat([areas_of(30.0).assign(year_be=year) for year in (2553, 2554)])
    cluster = areas_of(30.0).assign(area_kind="cluster")
    with_point = charts.draw_rate_trend(crime, pd.concat([nation, cluster]), WORDS, place=SUKHOTHAI)
    assert with_point.svg == charts.draw_rate_trend(crime, nation, WORDS, place=SUKHOTHAI).svg


@given(st.lists(st.floats(min_value=0, max_value=1000), min_size=1, max_size=2))
def test_labels_are_moved_apart_and_never_below_zero(heights: list[float]) -> None:
    moved = _spread(heights, apart=50)
    assert min(moved) >= 0
    assert all(abs(one - other) >= 50 - 1e-6 for n, one in enumerate(moved) for other in moved[n + 1 :])
    assert [moved.index(height) for height in sorted(moved)] == sorted(
        range(len(heights)), key=lambda n: heights[n]
    )


# Bars


def test_bars_begin_at_zero_and_keep_their_proportion() -> None:
    scale = _Scale([Bar("ก", 100, "100"), Bar("ข", 25, "25"), Bar("ค", -50, "-50")], left=2, right=15)
    assert scale.place(100) - scale.zero == pytest.approx(4 * (scale.place(25) - scale.zero))
    assert scale.place(-50) > 2
    assert scale.place(100) < 15


def test_many_bars_end_with_the_sum_of_the_rest() -> None:
    parts = pd.DataFrame({"name": [f"โครงการ {n}" for n in range(14)], "share_pct": 5.0})
    parts = parts.assign(amount_baht=[Decimal(100 - n) for n in range(14)])
    folded = charts._fold([Bar(name, 1, "") for name in parts["name"]], list(parts["amount_baht"]))
    assert len(folded) == 11
    assert (folded[-1].is_rest, folded[-1].value) == (True, float(90 + 89 + 88 + 87))
    assert folded[-1].name == "อื่น ๆ รวม 4 รายการ"
    assert len(charts._fold(folded, [Decimal(1)] * 11)) == 11


def test_zero_is_drawn_as_no_bar() -> None:
    def ink(value: float) -> int:
        chart = draw_bars([Bar("ก", 10, "10 บาท"), Bar("ข", value, "0 บาท")], WORDS)
        return int((pixels(chart) < 80).sum())

    assert ink(5) - ink(0) > 10_000


# Words in the drawing


def test_lines_fit_and_keep_every_letter() -> None:
    for size in (8.0, TITLE_PT):
        lines = wrap_text(LONG_NAME + " " + WORDS.title, width_cm=8, size=size)
        assert all(measure_cm(line, size=size) <= 8 for line in lines)
        assert "".join(lines).replace(" ", "") == (LONG_NAME + WORDS.title).replace(" ", "")


def test_no_line_begins_with_a_mark() -> None:
    lines = wrap_text(LONG_NAME, width_cm=5, size=9)
    assert len(lines) > 3
    assert all(line[0] not in THIN_MARKS for line in lines)


@settings(deadline=None)
@given(st.integers(min_value=5, max_value=15))
def test_a_number_stays_with_its_unit(width: int) -> None:
    lines = wrap_text(WORDS.title, width_cm=width, size=TITLE_PT, weight="bold")
    assert not any(re.match(r"\d|กลุ่ม|จาก", line) for line in lines)
    assert not any(line.endswith("พ.ศ.") for line in lines)


def test_titles_are_balanced() -> None:
    words = {"width_cm": 15.8, "size": TITLE_PT, "weight": "bold"}
    greedy, even = wrap_text(WORDS.title, **words), balance_text(WORDS.title, **words)  # type: ignore[arg-type]
    assert len(even) == len(greedy) == 2
    assert abs(len(even[0]) - len(even[1])) <= abs(len(greedy[0]) - len(greedy[1]))


@pytest.mark.parametrize("weight", ["normal", "semibold", "bold"])
@pytest.mark.parametrize(
    "line", ["สำนักงานยุติธรรมจังหวัดสุโขทัย", "โครงการที่ 12 (คำขอ)", "1,234,567.50 บาท", "ปี่ ก็ ำ้", "AVATo"]
)
def test_a_line_fits_as_it_does_when_it_is_measured(line: str, weight: str) -> None:
    for size in (TITLE_PT, LABEL_PT):
        measured = measure_cm(line, size=size, weight=weight)
        for share in (0.5, 0.8, 0.9, 0.99, 1.01, 1.1, 1.3):
            assert is_wider(line, share * measured, size=size, weight=weight) == (share < 1)
