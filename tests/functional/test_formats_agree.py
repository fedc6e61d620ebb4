"""The three formats of a brief say the same, and the PDF's text is right Thai; read back out of the files."""

from __future__ import annotations

import re
import shutil
import subprocess
import zipfile
from pathlib import Path

import pypdf
import pytest
from lxml import etree, html

from pipeline.brief_text.templates import find
from pipeline.release import resolve_current

WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
BREAKS = re.compile(r"[\s\u200b]+")
# A page's foot and the next page's head are read between two lines of a sentence that goes on over the page.
FOOT_HEAD = re.compile(r"^หน้า \d+ จาก \d+$|\A.*\d{8}T\d{6}Z$", re.MULTILINE)
PROVINCES = ("64-sukhothai", "48-nakhon-phanom", "83-phuket", "70-ratchaburi")


def squeezed(text: str) -> str:
    return BREAKS.sub("", text)


@pytest.fixture(scope="module", params=PROVINCES)
def brief(request: pytest.FixtureRequest, sample_release: Path) -> Path:
    published = resolve_current(sample_release / "out")
    assert published is not None
    return published / "briefs" / str(request.param)


def page(brief: Path) -> html.HtmlElement:
    """The HTML brief without what is no text of the document."""
    document = html.fromstring((brief / "brief.html").read_text(encoding="utf-8"))
    # What stands behind a chart are the rows that the other formats draw.
    for other in document.xpath("//script|//style|//svg|//nav|//header|//details"):
        other.drop_tree()
    return document


def html_tables(brief: Path) -> list[list[str]]:
    return [
        [squeezed(cell.text_content()) for cell in table.iter("td", "th")]
        for table in page(brief).iter("table")
    ]


def word_tables(brief: Path) -> list[list[str]]:
    with zipfile.ZipFile(brief / "brief.docx") as archive:
        document = etree.fromstring(archive.read("word/document.xml"))
    return [
        [
            squeezed("".join(text.text or "" for text in cell.iter(f"{WORD}t")))
            for cell in table.iter(f"{WORD}tc")
        ]
        for table in document.iter(f"{WORD}tbl")
    ]


def word_text(brief: Path) -> str:
    with zipfile.ZipFile(brief / "brief.docx") as archive:
        document = etree.fromstring(archive.read("word/document.xml"))
    return squeezed("".join(text.text or "" for text in document.iter(f"{WORD}t")))


def pdf_text(brief: Path) -> str:
    sheets = [sheet.extract_text() for sheet in pypdf.PdfReader(brief / "brief.pdf").pages]
    assert all(len(FOOT_HEAD.findall(sheet)) == 2 for sheet in sheets[1:])
    return squeezed("".join(FOOT_HEAD.sub("", sheet) for sheet in sheets))


def paragraphs(brief: Path) -> list[str]:
    elements = page(brief).xpath(
        "//main//p|//main//li|//main//h2|//main//h3|//main//figcaption|//main//caption"
    )
    return [text for element in elements if (text := squeezed(element.text_content()))]


def test_every_table_is_the_same_in_html_and_word(brief: Path) -> None:
    tables = html_tables(brief)
    assert len(tables) >= 8
    assert tables == word_tables(brief)


def test_every_figure_of_every_table_stands_in_the_pdf(brief: Path) -> None:
    text = pdf_text(brief)
    figures = [cell for table in html_tables(brief) for cell in table if re.search(r"\d", cell)]
    assert len(figures) > 100
    assert [figure for figure in figures if figure not in text] == []


def test_every_sentence_is_the_same_and_right_thai(brief: Path) -> None:
    word, pdf = word_text(brief), pdf_text(brief)
    sentences = paragraphs(brief)
    assert len(sentences) > 40
    assert [sentence for sentence in sentences if sentence not in word] == []
    assert [sentence for sentence in sentences if sentence not in pdf] == []
    assert "\ufffd" not in pdf
    assert "ํา" not in pdf


def test_no_sentence_of_a_brief_tells_a_cause_or_a_conclusion(brief: Path) -> None:
    told = "\n".join(paragraphs(brief))
    assert [word for word in find("forbidden") if word in told] == []


@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="poppler's pdftotext is not on this machine")
def test_another_reader_finds_the_same_thai_in_the_pdf(brief: Path) -> None:
    read = subprocess.run(
        ["pdftotext", "-raw", str(brief / "brief.pdf"), "-"], capture_output=True, check=True
    )
    text = squeezed(read.stdout.decode("utf-8"))
    headings = [squeezed(heading.text_content()) for heading in page(brief).xpath("//main//h2|//main//h3")]
    assert len(headings) > 8
    assert [heading for heading in headings if heading not in text] == []


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


def test_a_sample_says_so_on_every_format(brief: Path) -> None:
    assert "ข้อมูลตัวอย่าง" in (brief / "brief.html").read_text(encoding="utf-8")
    assert "ข้อมูลตัวอย่าง" in word_text(brief)
    assert all(
        "ข้อมูลตัวอย่าง" in squeezed(sheet.extract_text()) for sheet in pypdf.PdfReader(brief / "brief.pdf").pages
    )
