"""The three formats of a brief say the same, and the PDF's text is right Thai; read back out of the files."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import zipfile
from collections.abc import Callable
from pathlib import Path

import pypdf
import pytest
from lxml import html

from pipeline.brief_text.templates import find
from pipeline.release import resolve_current
from tests.agree import (
    WORD,
    disagreements,
    html_tables,
    page,
    sheet_numbers,
    squeezed,
    word_document,
    word_tables,
)

# A page's foot and the next page's head are read between two lines of a sentence that goes on over the page.
FOOT_HEAD = re.compile(r"^หน้า \d+ จาก \d+$|\A.*\d{8}T\d{6}Z$", re.MULTILINE)
PROVINCES = ("64-sukhothai", "48-nakhon-phanom", "83-phuket", "70-ratchaburi")


@pytest.fixture(scope="module", params=PROVINCES)
def brief(request: pytest.FixtureRequest, sample_release: Path) -> Path:
    published = resolve_current(sample_release / "out")
    assert published is not None
    return published / "briefs" / str(request.param)


@pytest.fixture
def sheets(brief: Path, build_once: Callable[..., Path]) -> list[str]:
    """The text of each page of the PDF; reading it takes seconds, so all workers share what one has read."""

    def read(folder: Path) -> None:
        texts = [sheet.extract_text() for sheet in pypdf.PdfReader(brief / "brief.pdf").pages]
        (folder / "sheets.json").write_text(json.dumps(texts), encoding="utf-8")

    kept = build_once(f"sheets-{brief.name}", read) / "sheets.json"
    return [str(text) for text in json.loads(kept.read_text(encoding="utf-8"))]


@pytest.fixture
def pdf_text(sheets: list[str]) -> str:
    assert all(len(FOOT_HEAD.findall(sheet)) == 2 for sheet in sheets[1:])
    return squeezed("".join(FOOT_HEAD.sub("", sheet) for sheet in sheets))


def word_text(brief: Path) -> str:
    return squeezed("".join(text.text or "" for text in word_document(brief).iter(f"{WORD}t")))


def paragraphs(brief: Path) -> list[str]:
    elements = page(brief).xpath(
        "//main//p|//main//li|//main//h2|//main//h3|//main//figcaption|//main//caption"
    )
    return [text for element in elements if (text := squeezed(element.text_content()))]


def test_every_table_is_the_same_in_html_and_word(brief: Path) -> None:
    tables = html_tables(brief)
    assert len(tables) >= 8
    assert tables == word_tables(brief)


def test_every_figure_of_every_table_stands_in_the_pdf(brief: Path, pdf_text: str) -> None:
    figures = [cell for table in html_tables(brief) for cell in table if re.search(r"\d", cell)]
    assert len(figures) > 100
    assert [figure for figure in figures if figure not in pdf_text] == []


@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="poppler's pdftotext is not on this machine")
def test_each_figure_is_the_same_in_all_formats_and_in_data_xlsx(brief: Path) -> None:
    assert len(sheet_numbers(brief)) > 500
    assert disagreements(brief) == []


def test_every_sentence_is_the_same_and_right_thai(brief: Path, pdf_text: str) -> None:
    word = word_text(brief)
    sentences = paragraphs(brief)
    assert len(sentences) > 40
    assert [sentence for sentence in sentences if sentence not in word] == []
    assert [sentence for sentence in sentences if sentence not in pdf_text] == []
    assert "\ufffd" not in pdf_text
    assert "ํา" not in pdf_text


def test_no_sentence_of_a_brief_tells_a_cause_or_a_conclusion(brief: Path) -> None:
    told = "\n".join(paragraphs(brief))
    assert [word for word in find("forbidden") if word in told] == []


@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="poppler's pdftotext is not on this machine")
def test_another_reader_finds_the_same_thai_in_the_pdf(brief: Path) -> None:
    read = subprocess.run(
        ["pdftotext", "-raw", str(brief / "brief.pdf"), "-"], capture_output=True, check=True
    )
    sheets = read.stdout.decode("utf-8").split("\f")
    text = squeezed("".join(FOOT_HEAD.sub("", sheet.strip()) for sheet in sheets))
    sentences = paragraphs(brief)
    assert len(sentences) > 40
    assert [sentence for sentence in sentences if sentence not in text] == []
    assert "\u2060" not in text


def test_a_brief_shows_five_charts_or_more_each_with_words_for_those_who_do_not_see(brief: Path) -> None:
    document = html.fromstring((brief / "brief.html").read_text(encoding="utf-8"))
    charts = document.xpath("//figure[.//*[local-name()='svg']]")
    assert len(charts) >= 5
    assert all(
        chart.xpath(".//*[local-name()='svg']/@aria-label|.//*[local-name()='title']/text()")
        for chart in charts
    )
    with zipfile.ZipFile(brief / "brief.docx") as archive:
        pictures = [name for name in archive.namelist() if name.startswith("word/media/")]
    assert len(pictures) == len(charts)


def test_the_pdf_carries_its_fonts_its_language_and_its_bookmarks(brief: Path) -> None:
    reader = pypdf.PdfReader(brief / "brief.pdf")
    root = reader.trailer["/Root"]
    assert str(root["/Lang"]).startswith("th")
    assert root["/MarkInfo"]["/Marked"]
    assert len(reader.outline) >= 5
    fonts = {
        str(font.get_object()["/BaseFont"])
        for sheet in reader.pages
        for font in sheet["/Resources"].get("/Font", {}).values()
    }
    assert fonts
    assert all(re.match(r"/[A-Z]{6}\+", name) for name in fonts), (
        "a subset tag says that the font is embedded"
    )


def test_a_sample_says_so_on_every_format(brief: Path, sheets: list[str]) -> None:
    assert "ข้อมูลตัวอย่าง" in (brief / "brief.html").read_text(encoding="utf-8")
    assert "ข้อมูลตัวอย่าง" in word_text(brief)
    assert len(sheets) > 10
    assert all("ข้อมูลตัวอย่าง" in squeezed(sheet) for sheet in sheets)
