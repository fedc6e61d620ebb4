"""Figures of the published briefs lead back to cells whose texts, read here by other means, give them again."""

from __future__ import annotations

import json
import random
import re
from collections import Counter
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import Any

import duckdb
import pytest
from lxml import html

from pipeline.release import WAREHOUSE
from pipeline.trace import Question, answer
from tests.conftest import run_pipeline
from tests.functional.traced_again import read_cells, read_number, work_out

UNITS = """
SELECT f.path, a.sheet, a.cell, a.unit FROM core_amount AS a JOIN raw_file AS f USING (file_id) UNION
SELECT f.path, b.sheet, b.cell, b.unit FROM core_budget_line AS b JOIN raw_file AS f USING (file_id)"""


@pytest.fixture(scope="module")
def release(sample_release: Path) -> Path:
    return (sample_release / "out" / "current").resolve()


@pytest.fixture(scope="module")
def units(release: Path) -> dict[tuple[str, str, str], str]:
    """The unit in which a cell's money stands, and of a column's for its totals."""
    with duckdb.connect(str(release / WAREHOUSE), read_only=True) as connection:
        rows = connection.execute(UNITS).fetchall()
    by_column = {(path, sheet, cell.rstrip("0123456789")): unit for path, sheet, cell, unit in rows}
    return by_column | {(path, sheet, cell): unit for path, sheet, cell, unit in rows}


def figures_of(brief: Path) -> list[dict[str, Any]]:
    figures: list[dict[str, Any]] = json.loads((brief / "figures.json").read_text(encoding="utf-8"))[
        "figures"
    ]
    return figures


KINDS = ("cells", "rows", "derived", "formula", "sentence")


def kind_of(one: dict[str, Any]) -> str:
    """How a figure comes about, or that it stands in a sentence."""
    if not one["table_id"]:
        return "sentence"
    if one["operands"]:
        return "formula" if one["address"].partition("(")[1] else "derived"
    return "cells" if one["cells"] else "rows"


def draw(release: Path) -> list[dict[str, Any]]:
    """Ten figures of cells of each of the four briefs, and four of each other kind."""
    briefs = sorted((release / "briefs").iterdir())
    assert len(briefs) == 4
    drawn = random.Random(2565)
    every = [
        # How many agencies there are cannot be read from the places of their projects alone.
        [one for one in figures_of(brief) if kind_of(one) == kind and "n_agencies" not in one["address"]]
        for brief in briefs
        for kind in KINDS
    ]
    return [
        one
        for number, some in enumerate(every)
        for one in drawn.sample(some, min(len(some), 4 if number % len(KINDS) else 10))
    ]


def test_figures_drawn_from_four_briefs_trace_to_cells_that_give_them_again(
    release: Path, units: dict[tuple[str, str, str], str], tmp_path: Path
) -> None:
    drawn = draw(release)
    for one in drawn:
        target = tmp_path / "cells.csv"
        code, lines = answer(Question(one["address"], target=target), release, WAREHOUSE)
        assert code == 0, lines
        cells = read_cells(target, units)
        given, shown = Decimal(str(work_out(one["address"], cells))), read_number(one["shown"])
        if "ล้านบาท" in one["shown"]:
            given /= 1_000_000
        assert given.quantize(shown, ROUND_HALF_UP) == shown, (one, given)
        if kind_of(one) == "cells":
            assert one["n_cells"] == sum(map(len, cells.values()))
    counted = Counter(map(kind_of, drawn))
    assert counted["cells"] == 40
    assert all(counted[kind] >= 12 for kind in KINDS)
    assert {"amount_baht", "n_projects", "share_pct"} < {column_of(one) for one in drawn}


def column_of(one: dict[str, Any]) -> str:
    """The column of a figure's view, or of its first operand's."""
    return one["address"].rpartition("(")[2].partition("?")[0].split(".")[1]


def test_every_figure_of_every_brief_is_given_again(release: Path) -> None:
    for brief in sorted((release / "briefs").iterdir()):
        figures = figures_of(brief)
        assert len(figures) > 300
        for one in figures:
            assert one["result_th"].startswith("ค่าในมุมมอง"), one
            assert "ไม่เท่ากัน" not in one["result_th"], one
            assert (
                one["cells"] or one["operands"] or "ด้วยคำสั่ง trace" in one["how_th"] or one["shown"] == "0"
            ), one


def test_figures_of_the_page_are_links_to_evidence_that_leads_to_the_row_of_the_sheet(release: Path) -> None:
    brief = release / "briefs" / "64-sukhothai"
    text = (brief / "brief.html").read_text(encoding="utf-8")
    page, figures = html.fromstring(text), figures_of(brief)
    assert not page.xpath("//*[@onclick]")
    links = page.xpath("//main//a[@class='traced']")
    assert [link.text_content() for link in links] == [one["shown"] for one in figures]
    rows: dict[str, set[str]] = {}
    for link, one in zip(links, figures, strict=True):
        (proof,) = page.xpath("//section[@id=$id]", id=link.get("href")[1:])
        assert proof.xpath(".//a[@class='back']/@href") == [f"#{link.get('id')}"]
        assert one["address"] in proof.text_content()
        assert one["result_th"] in proof.text_content()
        for place in proof.xpath(".//ol/li/a/@href"):
            name, anchor = place.split("#")
            if name not in rows:
                sheet = html.fromstring((brief / name).read_text(encoding="utf-8"))
                rows[name] = set(sheet.xpath("//tr/@id"))
            assert anchor in rows[name]
    assert len(rows) > 3


def test_what_is_printed_or_sent_on_paper_has_no_evidence_in_it(release: Path) -> None:
    folder = release / "briefs" / "64-sukhothai"
    css = re.sub(r"\s+", " ", (folder / "brief.html").read_text(encoding="utf-8").partition("</style>")[0])
    assert ".proof { display: none;" in css
    assert "@media screen { .proof:target { display: block; } }" in css
    assert (
        ".skip, footer, .hint, .proof, .behind { display: none; }"
        in css.partition("@media print { @page { size")[2]
    )


def test_the_command_tells_view_row_formula_and_cells(release: Path) -> None:
    out = str(release.parent.parent)
    address = "out_crime_rate.rate_per_100000?province_code=64&year_be=2554&crime_group=violent"
    done = run_pipeline("trace", address, "--out", out)
    assert done.returncode == 0, done.stderr
    for told in (
        "มุมมอง: out_crime_rate",
        "year_be = 2554",
        "100,000 x",
        'สถิติคดีอาญา พ.ศ. 2545-2554.xlsx › อุกฉกรรจ์ › T7: "16" = 16 คดี',
        'K5: "601504" = 601,504 คน (ตัวหาร)',
        "เท่ากัน",
    ):
        assert told in done.stdout
    listed = run_pipeline("trace", "--brief", "64-sukhothai", "--out", out)
    assert listed.returncode == 0
    assert address in listed.stdout


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        (
            ["out_crime_rate.rate_per_100000?province_code=99&year_be=2554&crime_group=violent"],
            2,
            "ไม่มีแถวที่ตรงกับ",
        ),
        (["ตัวเลข"], 2, "ไม่ใช่ที่อยู่ของตัวเลข"),
        (["--brief", "99-nowhere"], 2, "รายงานที่มีคือ 48-nakhon-phanom"),
        ([], 2, "อย่างใดอย่างหนึ่ง"),
    ],
)
def test_what_is_not_there_is_said_in_thai(release: Path, arguments: list[str], code: int, told: str) -> None:
    done = run_pipeline("trace", *arguments, "--out", str(release.parent.parent))
    assert done.returncode == code
    assert told in done.stderr
    assert "Traceback" not in done.stderr


def test_without_a_release_it_says_what_to_type(tmp_path: Path) -> None:
    done = run_pipeline("trace", "out_population.population", "--out", str(tmp_path))
    assert done.returncode == 4
    assert "make refresh" in done.stderr
