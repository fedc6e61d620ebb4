"""The files of a brief open elsewhere without a word: poppler and qpdf for PDF, LibreOffice for Word."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import zipfile
from pathlib import Path

import pypdf
import pytest
from lxml import etree

from pipeline.render.docx_fonts import FONT_RELATIONS, FONT_TABLE
from tests.integration.office import needs_office
from tests.pages import published

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
BRIEFS = ("briefs/64-sukhothai", "briefs/83-phuket", "national", "national/lessons")
WORD_FILES = ("brief.docx", "plan_draft.docx")
# What LibreOffice says of the machine, not of the file.
OF_THE_MACHINE = re.compile(r"javaldx|^convert .* using filter|^$")
# What is drawn in another typeface: signs that Sarabun lacks, and the bullets of LibreOffice itself.
OTHER_FACES = {"OpenSymbol", "DejaVuSans", "DejaVuSans-Bold"}


def needs(tool: str) -> pytest.MarkDecorator:
    return pytest.mark.skipif(shutil.which(tool) is None, reason=f"{tool} is not on this machine")


@pytest.fixture(scope="module", params=BRIEFS)
def pdf(request: pytest.FixtureRequest, sample_release: Path) -> Path:
    return published(sample_release / "out") / str(request.param) / "brief.pdf"


def said(*command: str | Path) -> str:
    """What a tool says of a file; it may not complain on the side."""
    done = subprocess.run([*command], capture_output=True, check=True, text=True)
    assert done.stderr == ""
    return done.stdout


@needs("pdfinfo")
def test_poppler_reads_a_tagged_thai_pdf_with_its_fonts_and_complains_of_nothing(pdf: Path) -> None:
    about = said("pdfinfo", pdf)
    assert re.search(r"^Tagged: +yes$", about, re.MULTILINE)
    assert re.search(r"^Title: +\S", about, re.MULTILINE)
    fonts = [line.split() for line in said("pdffonts", pdf).splitlines()[2:]]
    assert {font[0].partition("+")[2] for font in fonts} <= {"Sarabun-Regular", "Sarabun-Bold", "DejaVuSans"}
    assert {tuple(font[-5:-2]) for font in fonts} == {("yes", "yes", "yes")}
    assert said("pdftotext", pdf, "-").count("\f") == len(pypdf.PdfReader(pdf).pages)


def test_a_pdf_says_that_it_is_for_all_readers_in_thai(pdf: Path) -> None:
    reader = pypdf.PdfReader(pdf)
    assert str(reader.root_object["/Lang"]).startswith("th")
    assert len(reader.outline) >= 5
    assert b'pdfuaid:part="1"' in _metadata(reader) or b"<pdfuaid:part>1<" in _metadata(reader)


def _metadata(reader: pypdf.PdfReader) -> bytes:
    return bytes(reader.root_object["/Metadata"].get_object().get_data())


def test_a_pdf_names_no_syllable_twice_and_no_sign_that_is_not_read(pdf: Path) -> None:
    drawn = b"".join(page.get_contents().get_data() for page in pypdf.PdfReader(pdf).pages)
    assert re.search(rb"ActualText<[0-9A-F]*?(?:2060|200B)", drawn) is None
    twice = re.compile(
        rb"ActualText<(\w{12,})>>>BDC[^<]*EMC\s+ET\s+Q\s[^<\[(]*(?:/Span<</MCID \d+>>BDC\s)?[^<\[(]*"
    )
    spans = [(found.group(1), drawn[found.end() : found.end() + 60]) for found in twice.finditer(drawn)]
    assert spans
    assert [name for name, after in spans if after.startswith(b"/Span<</ActualText<" + name)] == []


@needs("qpdf")
def test_qpdf_finds_no_fault(pdf: Path) -> None:
    assert "No syntax or stream encoding errors found" in said("qpdf", "--check", pdf)


@needs("verapdf")
def test_verapdf_finds_it_to_be_pdf_ua(pdf: Path) -> None:
    assert 'isCompliant="true"' in said("verapdf", "--flavour", "ua1", "--format", "xml", pdf)


@pytest.mark.parametrize("name", WORD_FILES)
def test_a_word_file_carries_its_typeface(name: str, sample_release: Path) -> None:
    path = published(sample_release / "out") / BRIEFS[0] / name
    with zipfile.ZipFile(path) as archive:
        parts = {part: archive.read(part) for part in archive.namelist()}
    table = etree.fromstring(parts[FONT_TABLE])
    links = {link.get("Id"): link.get("Target") for link in etree.fromstring(parts[FONT_RELATIONS])}
    (font,) = table.findall(f"{W}font")
    assert font.get(f"{W}name") == "Sarabun"
    for kind in ("embedRegular", "embedBold"):
        face = font.find(f"{W}{kind}")
        assert face is not None
        key = bytes.fromhex(re.sub("[{}-]", "", face.get(f"{W}fontKey")))[::-1]
        (link,) = face.xpath("@*[local-name()='id']")
        hidden = parts[f"word/{links[link]}"]
        assert bytes(a ^ b for a, b in zip(hidden[:4], key, strict=False)) == b"\x00\x01\x00\x00"
    assert b"embedTrueTypeFonts" in parts["word/settings.xml"]
    assert b'Extension="odttf"' in parts["[Content_Types].xml"]


@needs_office
@needs("pdffonts")
@pytest.mark.parametrize("name", WORD_FILES)
def test_libreoffice_opens_a_word_file_in_its_typeface_and_warns_of_nothing(
    name: str, sample_release: Path, tmp_path: Path
) -> None:
    path = published(sample_release / "out") / BRIEFS[0] / name
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    done = subprocess.run(
        ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", tmp_path, path],
        capture_output=True, check=True, text=True, timeout=240, env=os.environ | {"SAL_LOG": "+WARN"},
    )  # fmt: skip
    told = [line for line in (done.stdout + done.stderr).splitlines() if not OF_THE_MACHINE.search(line)]
    assert told == []
    written = tmp_path / f"{path.stem}.pdf"
    fonts = {line.split()[0].partition("+")[2] for line in said("pdffonts", written).splitlines()[2:]}
    assert {"Sarabun-Regular", "Sarabun-Bold"} <= fonts <= {"Sarabun-Regular", "Sarabun-Bold", *OTHER_FACES}
    assert "ประชากรตามทะเบียน" in said("pdftotext", written, "-")
