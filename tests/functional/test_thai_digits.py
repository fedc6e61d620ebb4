"""A brief printed with Thai digits: every format has them, all formats agree, and names keep their own."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pypdf
import pytest
from lxml import etree, html

from pipeline.briefs import CAN_FORK, ENVIRONMENT
from pipeline.release import WAREHOUSE, resolve_current
from pipeline.settings import PROJECT
from tests.agree import WORD, disagreements, html_tables

pytestmark = pytest.mark.skipif(not CAN_FORK, reason="the brief is made by the engine of forks")
# What keeps its digits in the text of a page: see specs/digits.yml.
NAMES = re.compile(
    r"\d{8}T\d{6}Z|[^\s\u0e00-\u0e7f]*[A-Za-z][^\s\u0e00-\u0e7f]*|"
    r"แฟ้ม (?:(?!แฟ้ม ).)+?\.(?:xlsx?|csv)|\S+\.(?:xlsx?|csv)\b"
)
PAPERS = ("brief.docx", "plan_draft.docx")


@pytest.fixture(scope="module")
def brief(sample_release: Path, build_once: Callable[..., Path]) -> Path:
    published = resolve_current(sample_release / "out")
    assert published is not None
    database = (published / WAREHOUSE).resolve()

    def make(folder: Path) -> None:
        given = [sys.executable, "-m", "tests.functional.thai_brief", database, folder / "64-sukhothai"]
        subprocess.run(given, cwd=PROJECT, env=os.environ | ENVIRONMENT, check=True)

    return build_once("thai-digits", make) / "64-sukhothai"


def arabic(text: str) -> list[str]:
    return re.findall(r"[0-9][0-9.,]*", NAMES.sub(" ", text))


def paragraphs(paper: Path) -> list[str]:
    """The texts of a Word file but those of tables, where a name may begin in one line and end in another."""
    with zipfile.ZipFile(paper) as archive:
        root = etree.fromstring(archive.read("word/document.xml"))
    for table in list(root.iter(f"{WORD}tbl")):
        table.getparent().remove(table)
    return ["".join(text.text or "" for text in one.iter(f"{WORD}t")) for one in root.iter(f"{WORD}p")]


def test_no_arabic_digit_is_printed_but_in_names(brief: Path) -> None:
    document = html.fromstring((brief / "brief.html").read_text(encoding="utf-8"))
    told = [
        one.text_content() for one in document.xpath("//main//p|//main//li|//main//h2|//main//h3|//nav//a")
    ]
    told += document.xpath("//figcaption//text()|//header//text()|//svg/@aria-label")
    told += [text for paper in PAPERS for text in paragraphs(brief / paper)]
    assert sum(bool(re.search("[๐-๙]", text)) for text in told) > 200
    assert [text for text in told if arabic(text)] == []
    cells = [cell for table in html_tables(brief) for cell in table]
    assert sum(bool(re.search("[0-9]", cell)) for cell in cells) > 300, "read as Arabic for comparison"
    raw = [one.text_content().replace("\u200b", "") for one in document.xpath("//main//td[@class='number']")]
    assert [text for text in raw if arabic(text)] == []


def test_pages_items_and_captions_are_counted_in_thai(brief: Path) -> None:
    pages = pypdf.PdfReader(brief / "brief.pdf").pages
    feet = [re.search(r"^หน้า (\S+) จาก (\S+)$", page.extract_text(), re.MULTILINE) for page in pages[1:]]
    assert feet[0]
    assert feet[0].groups()[0] == "๒"
    assert all(foot and not re.search("[0-9]", foot.group()) for foot in feet)
    front = pages[1].extract_text()
    assert re.search(r"^๑\.", front, re.MULTILINE)
    assert not re.search(r"^[0-9]+\.", front, re.MULTILINE)
    page = (brief / "brief.html").read_text(encoding="utf-8")
    assert "counter(page, thai)" in page
    assert "ol { list-style-type: thai; }" in page
    for paper in PAPERS:
        with zipfile.ZipFile(brief / paper) as archive:
            assert b'w:fmt="thaiNumbers"/><w:titlePg' in archive.read("word/document.xml")
            assert b'w:val="decimal"' not in archive.read("word/numbering.xml")
            assert b"NUMPAGES" not in archive.read("word/footer1.xml")


@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="poppler's pdftotext is not on this machine")
def test_the_formats_agree_and_data_xlsx_and_addresses_stay_arabic(brief: Path) -> None:
    assert disagreements(brief) == []
    assert not re.search("[๐-๙]", (brief / "figures.json").read_text(encoding="utf-8").split('"evidence"')[0])
