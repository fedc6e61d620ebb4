"""Nearly every number of a brief has an address, and specs/lineage.yml says why of each that has none."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest
from lxml import html

from pipeline import store
from pipeline.brief_text.numbers import format_number
from pipeline.briefs.execute import run_notebook
from pipeline.briefs.maker import EXECUTED, prove
from pipeline.release import WAREHOUSE
from pipeline.render.assemble import assemble
from pipeline.render.document import build_document
from pipeline.render.html import write_html
from pipeline.settings import NOTEBOOKS
from pipeline.store import open_for_reading
from pipeline.trace import parse_figure, read_figures
from pipeline.trace.cells import Reader
from pipeline.trace.derived import Tracer
from pipeline.trace.lineage import load_lineage
from pipeline.trace.rows import Rows
from pipeline.views.keep import keep_views
from tests.functional.coverage_of import count_figures
from tests.integration import view_rows

# Of the numbers that a brief states; what is left out are limits, list numbers, scores, and counts of nothing.
LEAST_PCT = {"sample": 93, "tests": 86}


@pytest.fixture(scope="module")
def made(build_once: Callable[..., Path]) -> Path:
    """Two briefs of the tests' small warehouse, in which every section of the study has rows."""
    return build_once("coverage", make_briefs)


def make_briefs(folder: Path) -> None:
    database = folder / "baseline.duckdb"
    view_rows.build(database)
    with store.open_for_writing(database) as warehouse:
        keep_views(warehouse)
    for code in ("64", "65"):
        make_page(folder / "briefs" / code, database, code)


def make_page(brief: Path, database: Path, province_code: str) -> None:
    brief.mkdir(parents=True)
    parameters = {"database": os.path.relpath(database, brief), "province_code": province_code}
    run_notebook(
        NOTEBOOKS / "province_brief.ipynb",
        brief / EXECUTED,
        parameters=parameters | {"fiscal_year_be": 2566},
        in_process=True,
    )
    proven = prove(brief, database)
    write_html(build_document(assemble(brief / EXECUTED)), brief / "brief.html", proven)


def measure(briefs: Iterable[Path]) -> tuple[float, Counter[str]]:
    """The share of figures with an address in per cent, and where the others stand."""
    linked, without = 0, Counter[str]()
    for brief in briefs:
        found, left = count_figures(brief)
        linked, without = linked + found, without + left
    return 100 * linked / (linked + without.total()), without


def test_figures_of_the_samples_briefs_have_an_address(sample_release: Path) -> None:
    share, without = measure((sample_release / "out" / "current" / "briefs").iterdir())
    assert set(without) <= set(load_lineage().without_address), without
    assert share >= LEAST_PCT["sample"], (share, without)


def test_figures_of_a_study_with_all_its_sections_have_an_address(made: Path) -> None:
    share, without = measure((made / "briefs").iterdir())
    assert set(without) <= set(load_lineage().without_address), without
    assert share >= LEAST_PCT["tests"], (share, without)


def test_every_address_of_such_a_study_gives_its_figure_again(made: Path) -> None:
    figures = [figure for brief in (made / "briefs").iterdir() for figure in read_figures(brief / EXECUTED)]
    assert len(figures) > 400
    with open_for_reading(made / "baseline.duckdb") as connection:
        tracer = Tracer(Reader(connection), Rows(connection))
        for figure in figures:
            traced = tracer.trace(parse_figure(figure.address))
            assert traced.is_equal, (figure, traced.stated, traced.recomputed)
            assert traced.cells or "count(" in figure.address or traced.stated == 0, figure


def test_what_the_charts_of_years_draw_has_addresses(sample_release: Path) -> None:
    release = sample_release / "out" / "current"
    page = html.fromstring((release / "briefs" / "64-sukhothai" / "brief.html").read_text(encoding="utf-8"))
    cells = page.xpath("//details[@class='behind']//td[@class='number']")
    assert len(cells) > 100
    with open_for_reading(release / WAREHOUSE) as connection:
        tracer = Tracer(Reader(connection), Rows(connection))
        for cell in cells[::7]:
            traced = tracer.trace(parse_figure(cell.get("title")))
            assert traced.is_equal
            assert cell.text_content() in (
                format_number(traced.recomputed),
                format_number(traced.recomputed, 1),
            )


def test_every_reason_is_of_something_that_a_brief_can_show() -> None:
    lineage = load_lineage()
    for slot, why in (*lineage.without_address.items(), *lineage.not_data.items()):
        assert why.strip(), slot
        assert slot.startswith("tbl-") or slot.count(".") >= 2, slot
