"""The Word document and the PDF of a brief."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import nbformat
import pypdf
import pytest
from lxml import etree

from pipeline.errors import BriefFailed
from pipeline.render import docx_fonts, render_brief
from pipeline.render.pdf_text import make_text_readable
from pipeline.render.reference import unpack
from tests.unit.rendered import COVER, HARD_WORDS, SIGNS, W, cells, write


def test_a_document_is_thai_in_every_style(docx: dict[str, etree._Element]) -> None:
    styles = docx["word/styles.xml"]
    assert styles.find(f".//{W}docDefaults//{W}lang").get(f"{W}bidi") == "th-TH"
    fonts = styles.findall(f".//{W}rFonts")
    assert {fonts_of.get(f"{W}{kind}") for fonts_of in fonts for kind in ("ascii", "hAnsi", "cs")} == {
        "Sarabun"
    }
    for run in styles.findall(f".//{W}style[@{W}type='paragraph']/{W}rPr"):
        sizes = [run.find(f"{W}{name}") for name in ("sz", "szCs")]
        assert len({None if size is None else size.get(f"{W}val") for size in sizes}) == 1


def test_an_office_may_have_a_typeface_of_its_own(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    parts = unpack((folder / "brief.docx").read_bytes())
    monkeypatch.setattr(docx_fonts, "_wanted", lambda: ("TH SarabunPSK", 1.45))
    own = {name: content for name, content in parts.items() if not name.startswith("word/fonts/")}
    docx_fonts.set_font(own)
    styles = etree.fromstring(own["word/styles.xml"])
    named = {fonts.get(f"{W}{kind}") for fonts in styles.iter(f"{W}rFonts") for kind in ("ascii", "cs")}
    assert named == {"TH SarabunPSK"}
    assert styles.find(f".//{W}docDefaults//{W}szCs").get(f"{W}val") == "32"
    assert not any(name.startswith("word/fonts/") for name in own)
    assert len([name for name in parts if name.startswith("word/fonts/")]) == 2


def test_a_document_has_its_tables_finished(docx: dict[str, etree._Element]) -> None:
    table = docx["word/document.xml"].find(f".//{W}tbl")
    rows = table.findall(f"{W}tr")
    assert rows[0].find(f"{W}trPr/{W}tblHeader") is not None
    assert all(row.find(f"{W}trPr/{W}cantSplit") is not None for row in rows)
    assert sum(int(column.get(f"{W}w")) for column in table.iter(f"{W}gridCol")) == pytest.approx(9071, abs=3)
    assert {row.findall(f"{W}tc")[2].find(f".//{W}jc").get(f"{W}val") for row in rows} == {"right"}
    assert {style.get(f"{W}val") for style in table.iter(f"{W}pStyle")} == {"TableText100"}


def test_a_document_has_cover_contents_breaks_and_running_header(docx: dict[str, etree._Element]) -> None:
    body = docx["word/document.xml"]
    by_style = {
        style.get(f"{W}val"): "".join(style.getparent().getparent().itertext())
        for style in body.iter(f"{W}pStyle")
    }
    assert by_style["Title"] == COVER["title"]
    assert by_style["CoverSample"] == "ข้อมูลตัวอย่าง"
    assert by_style["SourceNote"] == "ที่มา: แฟ้มตัวอย่าง"
    assert by_style["CoverNote"] == "ใช้ประกอบการประชุม <เท่านั้น>"
    assert "BriefPageBreak" not in by_style
    assert "TOC" in "".join(body.xpath("//w:instrText/text()", namespaces={"w": W[1:-1]}))
    anchors = {link.get(f"{W}anchor") for link in body.iter(f"{W}hyperlink")}
    assert anchors <= {mark.get(f"{W}name") for mark in body.iter(f"{W}bookmarkStart")}
    broken = ["".join(mark.getparent().getparent().itertext()) for mark in body.iter(f"{W}pageBreakBefore")]
    assert broken == ["สารบัญ", "1 บทสรุป", "2 สถานการณ์"]
    assert "ข้อมูลตัวอย่าง · 20221201-0930" in "".join(docx["word/header1.xml"].itertext())
    assert body.find(f".//{W}sectPr/{W}headerReference") is not None


def test_a_document_describes_its_pictures(docx: dict[str, etree._Element]) -> None:
    described_as = docx["word/document.xml"].xpath("//*[local-name()='docPr' or local-name()='cNvPr']/@descr")
    assert described_as == ["กราฟเส้นที่สูงขึ้น"] * 2


def test_a_pdf_gives_back_its_words(pdf: pypdf.PdfReader) -> None:
    text = " ".join("".join(sheet.extract_text() for sheet in pdf.pages).split())
    assert [word for word in HARD_WORDS.split() if word not in text] == []
    assert 'คำ "ในเครื่องหมาย" -- <script>alert(1)</script> $x$ @a \\alpha' in text
    assert SIGNS in text


def test_a_pdf_gives_back_its_words_to_poppler(folder: Path) -> None:
    if shutil.which("pdftotext") is None:
        pytest.skip("pdftotext is not on this machine")
    done = subprocess.run(
        ["pdftotext", folder / "brief.pdf", "-"], capture_output=True, check=True, text=True
    )
    words = done.stdout.split()
    assert [word for word in HARD_WORDS.split() if word not in words] == []
    assert "1,234,567.50" in words


def test_every_page_says_whose_it_is_and_that_it_is_a_sample(pdf: pypdf.PdfReader) -> None:
    texts = [sheet.extract_text() for sheet in pdf.pages]
    assert len(texts) > 4
    assert all("ข้อมูลตัวอย่าง" in text for text in texts)
    assert all("สุโขทัย" in text and "20221201-0930" in text for text in texts)
    assert f"หน้า {len(texts)} จาก {len(texts)}" in texts[-1]


def test_a_table_repeats_its_head_on_every_page(pdf: pypdf.PdfReader) -> None:
    with_rows = [text for sheet in pdf.pages if "1,234,567.50" in (text := sheet.extract_text())]
    assert len(with_rows) > 1
    assert all("วงเงิน (บาท)" in text for text in with_rows)


def test_a_pdf_is_tagged_named_and_bookmarked(pdf: pypdf.PdfReader) -> None:
    catalog = pdf.root_object
    assert catalog["/Lang"] == "th-TH"
    assert catalog["/MarkInfo"]["/Marked"]
    assert pdf.metadata is not None
    assert str(pdf.metadata.title).startswith(str(COVER["title"]))
    titles = [item["/Title"] for item in pdf.outline if isinstance(item, dict)]
    assert titles == ["1 บทสรุป", "2 สถานการณ์"]
    assert _alternatives(pdf) == ["กราฟเส้นที่สูงขึ้น"]
    assert {font for sheet in pdf.pages for font in _fonts(sheet)} <= {"Sarabun-Regular", "Sarabun-Bold"}


def _alternatives(pdf: pypdf.PdfReader) -> list[str]:
    objects = [pdf.get_object(number) for number in range(1, int(pdf.trailer["/Size"]))]
    attributes = [item for item in objects if isinstance(item, dict)]
    return [str(item["/Alt"]) for item in attributes if "/Alt" in item]


def _fonts(sheet: pypdf.PageObject) -> set[str]:
    fonts = sheet["/Resources"].get("/Font", {})
    return {str(font.get_object()["/BaseFont"]).partition("+")[2] for font in fonts.values()}


def test_signs_that_no_font_has_do_not_stop_a_pdf(tmp_path: Path) -> None:
    odd = nbformat.v4.new_markdown_cell("# 1 ก\n\nเครื่องหมาย ✓ → ≥ และ 漢\n\n### ข้ามระดับ")
    render_brief(write(tmp_path / "n.ipynb", [cells()[0], odd]), tmp_path)
    text = pypdf.PdfReader(tmp_path / "brief.pdf").pages[1].extract_text()
    assert "เครื่องหมาย ✓ → ≥ และ \ufffd" in text


def test_a_cell_that_begins_like_a_list_stays_as_it_is(tmp_path: Path) -> None:
    signs = ["- ก", "+ ข", "= ค", "== ค", "1. ง", "/ จ: ฉ", "-", "**- ช**", "// ซ", "#ญ", "-5 ฎ", "ฏ -- ฐ"]
    table = "| รายการ | ยอด |\n|:--|--:|\n" + "".join(f"| {sign} | 1 |\n" for sign in signs)
    text = nbformat.v4.new_markdown_cell(f"# 1 ก\n\n{table}")
    render_brief(write(tmp_path / "n.ipynb", [cells()[0], text]), tmp_path)
    lines = pypdf.PdfReader(tmp_path / "brief.pdf").pages[1].extract_text().splitlines()
    assert lines[3:-1] == [f"{sign.strip('*')} 1" for sign in signs]


def test_a_pdf_built_otherwise_is_refused() -> None:
    with pytest.raises(BriefFailed, match="cross-reference"):
        make_text_readable(b"%PDF-1.7\nxref stream\nstartxref\n9\n%%EOF")
