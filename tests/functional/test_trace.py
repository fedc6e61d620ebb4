"""Figures of the published briefs lead back to cells whose texts, read here by other means, give them again."""

from __future__ import annotations

import csv
import json
import random
import re
from collections import defaultdict
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import Any

import duckdb
import pytest
from lxml import html

from pipeline.release import WAREHOUSE
from pipeline.settings import PROJECT
from pipeline.trace import Question, answer
from tests.conftest import run_pipeline
from tests.integration.test_lineage import figure, grids

UNITS = """
SELECT f.path, a.sheet, a.cell, a.unit FROM core_amount AS a JOIN raw_file AS f USING (file_id) UNION
SELECT f.path, b.sheet, b.cell, b.unit FROM core_budget_line AS b JOIN raw_file AS f USING (file_id)"""
PLACE = re.compile(r"([A-Z]+)([0-9]+)")
COUNTS = ("n_projects", "n_lines", "n")
FACTOR = re.compile(r"([0-9,]+) x ")
FIRST_NUMBER = re.compile(r"-?[0-9][0-9,]*(\.[0-9]+)?")
Cells = list[tuple[tuple[str, str, int], Decimal]]


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


def draw(release: Path) -> list[dict[str, Any]]:
    """Ten figures of each of the four briefs."""
    briefs = sorted((release / "briefs").iterdir())
    assert len(briefs) == 4
    drawn = random.Random(2565)
    return [one for brief in briefs for one in drawn.sample(figures_of(brief), 10)]


def read_cells(traced: Path, units: dict[tuple[str, str, str], str]) -> tuple[Cells, Cells]:
    """Read what the listed cells hold out of the received files: those above the line, and those below it."""
    above, below = list[Any](), list[Any]()
    with traced.open(encoding="utf-8-sig", newline="") as lines:
        for row in csv.DictReader(lines):
            place = PLACE.fullmatch(row["cell"])
            assert place
            sheets = grids(PROJECT / "raw_data" / row["path"])
            text = sheets.get(row["sheet"], sheets.get("", {}))[int(place[2]), place[1]]
            assert Decimal(row["text"]) == Decimal(str(text)) if row["text"].isdigit() else row["text"]
            column = units.get((row["path"], row["sheet"], place[1]), "")
            value = figure(text, units.get((row["path"], row["sheet"], row["cell"]), column))
            line = (row["path"], row["sheet"], int(place[2]))
            (below if row["part"] else above).append((line, value))
    return above, below


def read_number(text: str) -> Decimal:
    """Read the first number of a text; a unit or an interval may follow it."""
    found = FIRST_NUMBER.search(text)
    assert found, text
    return Decimal(found[0].replace(",", ""))


def work_out(one: dict[str, Any], above: Cells, below: Cells) -> Decimal:
    """Apply the figure's formula again, in a way of the test's own; a project or a line is a row of its sheet."""
    view, column = one["address"].partition("?")[0].split(".")
    total = sum((value for _, value in above), Decimal(0))
    lines = Decimal(len({line for line, _ in above}))
    if column == "n_zero":
        by_row = defaultdict(Decimal)
        for line, value in above:
            by_row[line] += value
        return Decimal(sum(value == 0 for value in by_row.values()))
    if column in COUNTS:
        return lines
    if view == "out_project_by_plan" and column == "share_pct":
        return 100 * lines / len({line for line, _ in below})
    if not below:
        return total
    factor = FACTOR.search(one["how_th"])
    assert factor, one
    return read_number(factor[1]) * total / sum(value for _, value in below)


def test_40_figures_drawn_from_four_briefs_trace_to_cells_that_give_them_again(
    release: Path, units: dict[tuple[str, str, str], str], tmp_path: Path
) -> None:
    drawn = draw(release)
    for one in drawn:
        target = tmp_path / "cells.csv"
        code, lines = answer(Question(one["address"], target=target), release, WAREHOUSE)
        assert code == 0, lines
        above, below = read_cells(target, units)
        given, shown = work_out(one, above, below), read_number(one["shown"])
        assert given.quantize(shown, ROUND_HALF_UP) == shown, (one, given)
        assert one["n_cells"] == len(above) + len(below)
    kinds = {one["address"].partition("?")[0].split(".")[1] for one in drawn}
    assert {"amount_baht", "n_projects", "share_pct"} < kinds
    assert len(drawn) == 40


def test_every_figure_of_every_brief_is_given_again(release: Path) -> None:
    for brief in sorted((release / "briefs").iterdir()):
        figures = figures_of(brief)
        assert len(figures) > 100
        for one in figures:
            assert one["result_th"].endswith("เท่ากัน"), one
            assert not one["result_th"].endswith("ไม่เท่ากัน"), one
            assert one["cells"] or one["shown"] == "0", one


def test_figures_of_the_page_are_links_to_evidence_that_leads_to_the_row_of_the_sheet(release: Path) -> None:
    brief = release / "briefs" / "64-sukhothai"
    text = (brief / "brief.html").read_text(encoding="utf-8")
    page, figures = html.fromstring(text), figures_of(brief)
    assert not page.xpath("//*[@onclick]")
    links = page.xpath("//td/a[@class='traced']")
    assert [link.text_content() for link in links] == [one["shown"] for one in figures]
    rows: dict[str, set[str]] = {}
    for link, one in zip(links, figures, strict=True):
        (proof,) = page.xpath("//section[@id=$id]", id=link.get("href")[1:])
        assert proof.xpath(".//a[@class='back']/@href") == [f"#{link.get('id')}"]
        assert one["address"] in proof.text_content()
        assert one["result_th"] in proof.text_content()
        for place in proof.xpath(".//li/a/@href"):
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
        ".skip, footer, .hint, .proof { display: none; }" in css.partition("@media print { @page { size")[2]
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
