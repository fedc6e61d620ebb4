"""The pages themselves: each looks as it was last looked at, and nothing on any of them is where it should not be."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pypdf
import pytest
from lxml import etree
from PIL import Image

from pipeline import store
from pipeline.briefs import make_briefs
from pipeline.gates import load_gates
from tests.agree import disagreements
from tests.pages import (
    BOOKS,
    DPI,
    KEPT,
    README_BOOK,
    README_DPI,
    README_PAGES,
    README_PICTURES,
    changed_squares,
    draw_pages,
    page_pictures,
    published,
    show_change,
)

pytestmark = pytest.mark.skipif(shutil.which("pdftoppm") is None, reason="poppler is not on this machine")
BRIEFS = (
    "briefs/64-sukhothai", "briefs/48-nakhon-phanom", "briefs/83-phuket", "briefs/70-ratchaburi", "national",
    "national/lessons",
)  # fmt: skip
POINTS_PER_CM = 72 / 2.54
LEFT, RIGHT, HEIGHT = 3 * POINTS_PER_CM, 19 * POINTS_PER_CM, 29.7 * POINTS_PER_CM
TOP, BOTTOM = 2.2 * POINTS_PER_CM, HEIGHT - 1.9 * POINTS_PER_CM
# A cover with the contents, a front page, ten pages of chapters, and then the annex.
ANNEX_BEGINS_BY = 13
FEW_LINES = 4
MARK = re.compile("[\u0e31\u0e34-\u0e3a\u0e45-\u0e4e]|\u0e2f(?!\u0e25\u0e2f)|[)\\]”,;]")


@dataclass(frozen=True)
class Line:
    """A line of a page, where it stands in points."""

    text: str
    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True)
class Book:
    """A brief: its PDF and the lines of each page, without the running header and the page's number."""

    pdf: Path
    pages: list[list[Line]]


def read_lines(pdf: Path) -> list[list[Line]]:
    done = subprocess.run(["pdftotext", "-bbox-layout", pdf, "-"], capture_output=True, check=True)
    assert done.stderr == b""
    root = etree.fromstring(done.stdout, etree.XMLParser(load_dtd=False, recover=True))
    return [
        [_line(line, line.iter("{*}word")) for line in page.iter("{*}line")] for page in root.iter("{*}page")
    ]


def read_words(pdf: Path) -> list[list[Line]]:
    done = subprocess.run(["pdftotext", "-bbox", pdf, "-"], capture_output=True, check=True)
    root = etree.fromstring(done.stdout, etree.XMLParser(load_dtd=False, recover=True))
    return [[_line(word, [word]) for word in page.iter("{*}word")] for page in root.iter("{*}page")]


def _line(place: etree._Element, words: Iterable[etree._Element]) -> Line:
    text = " ".join(word.text or "" for word in words)
    return Line(text, *(float(place.get(side, "nan")) for side in ("xMin", "yMin", "xMax", "yMax")))


def begins_annex(pdf: Path) -> list[int]:
    """The page that the annex begins on; none of a document without one."""
    reader = pypdf.PdfReader(pdf)
    return [
        reader.get_destination_page_number(entry) + 1
        for entry in reader.outline
        if not isinstance(entry, list) and "ภาคผนวก" in str(entry["/Title"])
    ]


@pytest.fixture(scope="module", params=BRIEFS)
def book(request: pytest.FixtureRequest, sample_release: Path) -> Book:
    pdf = published(sample_release / "out") / str(request.param) / "brief.pdf"
    return Book(pdf, read_lines(pdf))


def body(page: list[Line]) -> list[Line]:
    return [line for line in page if line.top >= TOP and line.bottom <= BOTTOM]


@pytest.mark.parametrize("name", BOOKS)
def test_every_page_looks_as_it_was_last_looked_at(name: str, sample_release: Path, tmp_path: Path) -> None:
    executed = published(sample_release / "out") / BOOKS[name] / "brief.ipynb"
    made = page_pictures(executed, tmp_path, dpi=DPI)
    kept = sorted(KEPT.glob(f"{name}-*.png"))
    changed = [_changed(path, page, tmp_path) for path, page in zip(kept, made, strict=False)]
    assert [said for said in changed if said] == [], (
        f"see {tmp_path}; what is meant is kept by: python -m tests.pages"
    )
    assert len(made) == len(kept)


def test_the_pictures_of_the_readme_are_the_pages_of_now(sample_release: Path, tmp_path: Path) -> None:
    executed = published(sample_release / "out") / README_BOOK / "brief.ipynb"
    made = page_pictures(executed, tmp_path, dpi=README_DPI)
    kept = [(README_PICTURES / f"page-{number}.png", made[number - 1]) for number in README_PAGES]
    assert [said for path, page in kept if (said := _changed(path, page, tmp_path))] == []
    assert all(path.stat().st_size < 110_000 for path, _page in kept)


def _changed(path: Path, page: Image.Image, folder: Path) -> str:
    with Image.open(path) as kept:
        squares = changed_squares(kept, page)
        if squares:
            show_change(kept, page, folder / f"changed-{path.name}")
    return f"{path.name}: {squares} squares" if squares else ""


def test_a_picture_tells_a_line_gone_and_a_block_moved_and_no_more() -> None:
    with Image.open(KEPT / "64-03.png") as kept:
        page = np.asarray(kept.convert("L"))
    # The heaviest line of the page's text.
    first = int(np.argmin([page[row : row + 8].mean() for row in range(60, page.shape[0] - 80)])) + 60
    gone, moved, rubbed = page.copy(), page.copy(), page.astype(int)
    gone[first : first + 8] = 255
    moved[first:] = np.roll(page[first:], 3, axis=0)
    rubbed += np.random.default_rng(1).integers(-6, 7, page.shape)
    seen = [
        changed_squares(Image.fromarray(page), Image.fromarray(np.clip(other, 0, 255).astype(np.uint8)))
        for other in (gone, moved, rubbed, page[:-8])
    ]
    assert seen[0] > 3
    assert seen[1] > 100
    assert seen[2] == 0
    assert seen[3] == (page.shape[0] // 8) * (page.shape[1] // 8)


def test_no_word_and_no_drawing_stands_outside_the_margins(book: Book) -> None:
    words = [line for page in book.pages for line in page]
    assert [line for line in words if line.left < LEFT - 1 or line.right > RIGHT + 1] == []
    assert [line for line in words if line.top < 30 or line.bottom > HEIGHT - 28] == []
    for number, picture in enumerate(draw_pages(book.pdf, dpi=DPI), start=1):
        white = np.asarray(picture.convert("L")) > 250
        left, right = (round(place / 72 * DPI) for place in (LEFT, RIGHT))
        assert white[:, : left - 2].all(), number
        assert white[:, right + 2 :].all(), number


def test_no_word_is_printed_over_another(book: Book) -> None:
    over = [
        (one.text, other.text)
        for page in read_words(book.pdf)
        for one, other in combinations(sorted(page, key=lambda word: word.left), 2)
        if min(one.right, other.right) - other.left > 1
        and min(one.bottom, other.bottom) - max(one.top, other.top) > (one.bottom - one.top) / 2
    ]
    assert over == []


def test_the_figures_stand_in_their_order(book: Book) -> None:
    captions = [
        found for page in book.pages for line in page if (found := re.match(r"รูปที่ (\d+) ", line.text))
    ]
    numbers = [int(found[1]) for found in captions]
    assert numbers == sorted(set(numbers))
    assert numbers


def test_no_line_begins_with_a_mark(book: Book) -> None:
    lines = [line.text for page in book.pages for line in page]
    assert len(lines) > 100
    assert [text for text in lines if MARK.match(text)] == []


def test_no_page_is_left_to_a_few_lines_or_begins_with_the_note_of_the_page_before(book: Book) -> None:
    assert [number for number, page in enumerate(book.pages[:-1], 1) if len(body(page)) < FEW_LINES] == []
    assert [page for page in book.pages if body(page) and body(page)[0].text.startswith("ที่มา:")] == []


def test_no_page_ends_with_a_heading(book: Book) -> None:
    outline = pypdf.PdfReader(book.pdf).outline
    headings = {re.sub(r"\s", "", title) for title in _titles(outline)}
    lasts = [max(body(page), key=lambda line: line.bottom).text for page in book.pages[1:]]
    assert len(headings) >= 7
    assert [last for last in lasts if re.sub(r"\s", "", last) in headings] == []


def _titles(outline: list[object]) -> list[str]:
    found = []
    for entry in outline:
        found += _titles(entry) if isinstance(entry, list) else [str(entry["/Title"])]  # type: ignore[index]
    return found


def test_a_brief_is_no_longer_than_a_reader_has_time_for(book: Book) -> None:
    annex = begins_annex(book.pdf)
    assert len(annex) == ("briefs/" in book.pdf.as_posix())
    assert (annex or [len(book.pages)])[0] <= ANNEX_BEGINS_BY


def test_a_brief_of_published_data_is_no_longer(
    shared_warehouse: duckdb.DuckDBPyConnection, build_once: Callable[..., Path], tmp_path: Path
) -> None:
    assert shared_warehouse
    database = tmp_path / "baseline.duckdb"
    shutil.copy2(build_once("shared-data", lambda folder: None) / "baseline.duckdb", database)
    with duckdb.connect(str(database)) as writer:
        writer.execute(
            "INSERT INTO core_release BY NAME SELECT '20260101T000000Z' AS release_name, "
            "DATE '2026-01-01' AS built_on, DATE '2026-01-01' AS data_cutoff, 2565 AS fiscal_year_be, "
            "false AS is_sample, '1' AS pipeline_version"
        )
    store.keep_views(database, near_score=load_gates().near_project_score, previous=None)
    # The one whose chapters are longest of all 77, and one that is set as it is meant.
    provinces = [("21", "21-rayong"), ("50", "50-chiang-mai")]
    given: dict[str, Any] = {"fiscal_year_be": 2565, "jobs": 2, "progress": str}
    made = make_briefs(database, tmp_path, provinces=provinces, **given)
    assert [one.error for one in made] == [None] * 2
    starts = [page for one in made for page in begins_annex(tmp_path / one.slug / "brief.pdf")]
    assert len(starts) == 2
    assert all(8 < start <= ANNEX_BEGINS_BY for start in starts), starts
    assert [one.slug for one in made if disagreements(tmp_path / one.slug)] == []
