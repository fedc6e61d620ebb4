"""The three formats of a brief, made from a notebook that is written here as executed."""

from __future__ import annotations

import base64
import copy
import re
import shutil
import subprocess
import zipfile
from io import BytesIO
from pathlib import Path
from typing import Any

import nbformat
import pypdf
import pytest
from lxml import etree, html
from PIL import Image

from pipeline.errors import BriefFailed
from pipeline.render import render_brief
from pipeline.render.assemble import COVER_MIME, assemble
from pipeline.render.document import build_document
from pipeline.render.pandoc import read_markdown
from pipeline.render.pdf_text import make_text_readable
from pipeline.render.svg import Drawings
from pipeline.render.tables import fit_table

# Each has a cluster that a PDF easily loses: sara am under and without a tone mark, marks over ป ฝ ฟ, marks over ั ิ ึ,
# vowels under ญ ฐ ฎ ฏ, thanthakhat over a vowel.
HARD_WORDS = (
    "กำหนด น้ำท่วม ต่ำกว่า ค่ำ ป้ำ สำนักงาน จำนวน ปั้น ฟื้นฟู ปี่ ป่า ฝ่าย ฟ้อง นั้น ครั้ง ทั้งสิ้น ตั้งแต่ กิ่ง สิ่ง หนึ่ง ซึ่ง "
    "ยั่งยืน มื้อ เพื่อ ญี่ปุ่น ผู้สูงอายุ ญุ ฐุ ฎุ ฏู สิทธิ์ พันธุ์ เก้าอี้ ๆ ฯลฯ ๑๒๓ กั๊ก ปิ๋ว เป็น ไก่ แก้"
)
COVER = {
    "title": "เอกสารสรุปการบริหารงานยุติธรรม", "subtitle": "ปีงบประมาณ พ.ศ. 2565", "province": "สุโขทัย",
    "fiscal_year_be": 2565, "data_cutoff": "5 พฤศจิกายน 2565", "release": "20221201-0930", "status": "ร่าง",
    "is_sample": True, "notes": ["ใช้ประกอบการประชุม <เท่านั้น>"],
}  # fmt: skip
SVG = (
    '<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" '
    'viewBox="0 0 160 60" width="160pt" height="60pt"><defs><path id="Sarabun-e01" d="M0 0L9 0L9 9Z"/>'
    '<clipPath id="p1"><rect width="160" height="60"/></clipPath></defs><script>alert(1)</script>'
    '<g id="unused" clip-path="url(#p1)">'
    '<use xlink:href="#Sarabun-e01" x="5" y="5"/></g></svg>'
)
ITEM = "โครงการก่อสร้างถนนคอนกรีตเสริมเหล็กพร้อมระบบระบายน้ำ สายบ้านใหม่ ตำบลปากแคว อำเภอเมืองสุโขทัย จังหวัดสุโขทัย "
ROWS = 60
TABLE = (
    "| ที่ | รายการ | วงเงิน (บาท) |\n|---:|:---|---:|\n"
    + "".join(f"| {number} | {ITEM * (1 + number % 3)} | 1,234,567.50 |\n" for number in range(1, ROWS + 1))
    + "\n: ตารางที่ 1 รายการ\n"
)
NOTE = '\n::: {.source custom-style="Source Note"}\nที่มา: แฟ้มตัวอย่าง\n:::\n'
SIGNS = "ลดลง -36.5 -- 1-2 --- 2022-3-13 ~ ... 'ก' [ข] #ค =ง +จ /ฉ //ช ร้อยละ -5"
TEXT = (
    f"# 1 บทสรุป\n\n{HARD_WORDS}\n\n## 1.1 ข้อสังเกต\n\n"
    f"{SIGNS}\n\n"
    'คำ "ในเครื่องหมาย" -- <script>alert(1)</script> $x$ @a \\alpha ดู[ตารางที่ 1](#tbl-1) และ[ที่ไม่มี](#nowhere)'
    "\n\n- หนึ่ง\n- สอง"
)
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def png() -> str:
    packed = BytesIO()
    Image.new("RGB", (320, 120), "white").save(packed, "PNG")
    return base64.b64encode(packed.getvalue()).decode("ascii")


def displayed(data: dict[str, Any], **brief: Any) -> nbformat.NotebookNode:
    output = nbformat.v4.new_output("display_data", data=data, metadata={"brief": brief} if brief else {})
    return nbformat.v4.new_code_cell("hidden_code()", outputs=[output])


def figure(**changes: Any) -> nbformat.NotebookNode:
    brief = {
        "kind": "figure",
        "id": "fig-1",
        "caption": "ภาพที่ 1 แนวโน้ม",
        "alt": "กราฟเส้นที่สูงขึ้น",
        "source": "สำนักงานตำรวจแห่งชาติ",
        "width_cm": 16,
    } | changes
    return displayed({"image/svg+xml": SVG, "image/png": png()}, **brief)


def cells() -> list[nbformat.NotebookNode]:
    return [
        displayed({COVER_MIME: copy.deepcopy(COVER), "text/plain": "cover"}),
        nbformat.v4.new_markdown_cell(TEXT),
        nbformat.v4.new_code_cell(
            "print()",
            outputs=[
                nbformat.v4.new_output("stream", name="stdout", text="must not show\n"),
                nbformat.v4.new_output(
                    "execute_result", data={"text/plain": "nor this", "text/html": "<b>nor that</b>"}
                ),
            ],
        ),
        displayed({"text/markdown": TABLE + NOTE}, kind="table", id="tbl-1"),
        displayed({"text/markdown": "\\newpage"}),
        nbformat.v4.new_markdown_cell("# 2 สถานการณ์"),
        figure(),
        displayed({"text/markdown": "ย่อหน้าสุดท้าย"}),
    ]


def write(path: Path, notebook_cells: list[nbformat.NotebookNode]) -> Path:
    notebook = nbformat.v4.new_notebook()
    notebook.cells = notebook_cells
    nbformat.write(notebook, path)
    return path


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("brief")
    render_brief(write(made / "brief.ipynb", cells()), made)
    return made


@pytest.fixture(scope="module")
def page(folder: Path) -> html.HtmlElement:
    return html.fromstring((folder / "brief.html").read_bytes())


@pytest.fixture(scope="module")
def docx(folder: Path) -> dict[str, etree._Element]:
    with zipfile.ZipFile(folder / "brief.docx") as archive:
        return {
            name: etree.fromstring(archive.read(name)) for name in archive.namelist() if name.endswith(".xml")
        }


@pytest.fixture(scope="module")
def pdf(folder: Path) -> pypdf.PdfReader:
    return pypdf.PdfReader(folder / "brief.pdf")


def test_only_displays_and_markdown_are_the_document(tmp_path: Path) -> None:
    markdown = assemble(write(tmp_path / "n.ipynb", cells())).markdown
    parts = ("1 บทสรุป", "tbl-1 .brief-table", "brief-break", "# 2", "fig-1", "สุดท้าย")
    places = [markdown.index(part) for part in parts]
    assert places == sorted(places)
    assert not re.search("must not show|nor this|nor that|hidden_code", markdown)


def failed() -> nbformat.NotebookNode:
    error = nbformat.v4.new_output("error", ename="ValueError", evalue="x", traceback=[])
    return nbformat.v4.new_code_cell("boom()", outputs=[error])


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        (failed(), "cell 9 failed"),
        (displayed({COVER_MIME: COVER}), "2 covers"),
        (displayed({COVER_MIME: {"title": "x"}}), "missing"),
        (figure(id="fig-2", alt=""), "no alt"),
        (figure(), "used twice"),
        (displayed({"image/png": png()}), "both image/svg"),
        (displayed({"text/markdown": TABLE}, kind="table"), "no id"),
    ],
)
def test_what_breaks_the_convention_is_refused(
    cell: nbformat.NotebookNode, said: str, tmp_path: Path
) -> None:
    with pytest.raises(BriefFailed, match=said):
        assemble(write(tmp_path / "n.ipynb", [*cells(), cell]))


def test_a_markdown_image_is_refused(tmp_path: Path) -> None:
    picture = nbformat.v4.new_markdown_cell("![x](y.png)")
    with pytest.raises(BriefFailed, match="figure output"):
        build_document(assemble(write(tmp_path / "n.ipynb", [cells()[0], picture])))


def test_equal_notebooks_make_equal_files(folder: Path, tmp_path: Path) -> None:
    render_brief(folder / "brief.ipynb", tmp_path)
    for name in ("brief.html", "brief.docx", "brief.pdf"):
        assert (tmp_path / name).read_bytes() == (folder / name).read_bytes()


def test_the_page_asks_nothing_of_anywhere(folder: Path, page: html.HtmlElement) -> None:
    text = (folder / "brief.html").read_text(encoding="utf-8")
    assert "default-src 'none'" in text
    assert not page.xpath("//script | //link | //img | //iframe | //object")
    assert set(re.findall(r"url\((\w+):", text)) == {"data"}
    assert not re.search(r"""(src|href)=["']?(https?:)?//""", text)
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in text
    assert len(text) < 300_000


def test_the_page_can_be_read_by_everybody(page: html.HtmlElement) -> None:
    assert page.get("lang") == "th"
    anchors = page.xpath("//a[starts-with(@href, '#')]/@href")
    assert {anchor[1:] for anchor in anchors} <= set(page.xpath("//@id"))
    assert "#content" in anchors
    assert "#tbl-1" in anchors
    assert [link.text_content() for link in page.xpath("//nav//a")] == [
        "1 บทสรุป",
        "1.1 ข้อสังเกต",
        "2 สถานการณ์",
    ]
    drawing = page.xpath("//figure[@id='fig-1']//*[local-name()='svg']")[0]
    assert (drawing.get("role"), drawing.get("aria-label")) == ("img", "กราฟเส้นที่สูงขึ้น")
    assert (
        page.xpath("//figure[@id='fig-1']/figcaption")[0].text_content()
        == "ภาพที่ 1 แนวโน้มที่มา: สำนักงานตำรวจแห่งชาติ"
    )
    assert len(page.xpath("//h1")) == 1
    assert page.xpath("//p[@class='sample']")[0].text_content() == "ข้อมูลตัวอย่าง"


def test_the_page_keeps_words_as_they_are(page: html.HtmlElement) -> None:
    text = page.xpath("//main")[0].text_content()
    assert HARD_WORDS in text
    assert SIGNS in text
    assert 'คำ "ในเครื่องหมาย" -- <script>alert(1)</script> $x$ @a \\alpha' in text


def test_a_table_scrolls_in_its_box_with_numbers_marked(page: html.HtmlElement) -> None:
    table = page.xpath("//figure[@id='tbl-1']//div[@class='box'][@tabindex='0']/table")[0]
    assert page.xpath("//figure[@id='tbl-1']/figcaption")[0].text_content().strip() == "ตารางที่ 1 รายการ"
    assert len(table.xpath("./tbody/tr")) == ROWS
    assert {cell.get("class") for cell in table.xpath("./tbody/tr/td[3]")} == {"number"}
    assert {cell.get("class") for cell in table.xpath("./tbody/tr/td[2]")} == {"long"}
    assert page.xpath("//main/div[@class='source']")[0].text_content().strip() == "ที่มา: แฟ้มตัวอย่าง"


def test_drawings_share_their_letters_and_keep_their_names_apart() -> None:
    drawings = Drawings()
    hostile = SVG.replace("<g id", '<image href="http://example.org/x.png"/><g id')
    inlined = [drawings.inline(hostile, alt="ก") for _ in range(2)]
    ids = [name for drawing in inlined for name in re.findall(r' id="([^"]+)"', drawing)]
    assert len(ids) == len(set(ids)) == 2
    assert drawings.letters().count("<path") == 1
    for drawing, name in zip(inlined, ids, strict=True):
        assert 'href="#l0"' in drawing
        assert f"url(#{name})" in drawing
    assert not re.search("script|example|unused|xlink", "".join(inlined))


def described(markdown: str) -> Any:
    return fit_table(read_markdown(markdown)["blocks"][0])


def test_columns_of_numbers_get_what_they_need_and_text_the_rest() -> None:
    fit = described(TABLE)
    assert sum(fit.shares) == pytest.approx(1)
    assert fit.size_pt == 10
    assert fit.shares[1] > 0.7
    assert fit.shares[2] * 16 > 2.0
    assert not fit.has_long_row


def test_a_crowded_table_is_set_smaller() -> None:
    cells = " | ".join(["1,234,567,890.50"] * 6)
    fit = described(f"| ก | {'ข | ' * 6}\n|:--|{'--:|' * 6}\n| หน่วยงาน | {cells} |\n")
    assert fit.size_pt < 10
    assert min(fit.shares[1:]) * 16 * 72 / 2.54 / fit.size_pt > 0.5 * len("1,234,567,890.50")


def test_a_row_longer_than_a_page_may_break() -> None:
    assert described(f"| ก | ข |\n|:--|--:|\n| {ITEM * 40} | 1 |\n").has_long_row


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
    text = pypdf.PdfReader(tmp_path / "brief.pdf").pages[2].extract_text()
    assert "เครื่องหมาย ✓ → ≥ และ \ufffd" in text


def test_a_cell_that_begins_like_a_list_stays_as_it_is(tmp_path: Path) -> None:
    signs = ["- ก", "+ ข", "= ค", "== ค", "1. ง", "/ จ: ฉ", "-", "**- ช**", "// ซ", "#ญ", "-5 ฎ", "ฏ -- ฐ"]
    table = "| รายการ | ยอด |\n|:--|--:|\n" + "".join(f"| {sign} | 1 |\n" for sign in signs)
    text = nbformat.v4.new_markdown_cell(f"# 1 ก\n\n{table}")
    render_brief(write(tmp_path / "n.ipynb", [cells()[0], text]), tmp_path)
    lines = pypdf.PdfReader(tmp_path / "brief.pdf").pages[2].extract_text().splitlines()
    assert lines[3:-1] == [f"{sign.strip('*')} 1" for sign in signs]


def test_a_pdf_built_otherwise_is_refused() -> None:
    with pytest.raises(BriefFailed, match="cross-reference"):
        make_text_readable(b"%PDF-1.7\nxref stream\nstartxref\n9\n%%EOF")
