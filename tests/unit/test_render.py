"""The page and the document behind all formats of a brief."""

from __future__ import annotations

import base64
import hashlib
import re
from pathlib import Path
from typing import Any

import nbformat
import pytest
from lxml import html

from pipeline.errors import BriefFailed
from pipeline.render import render_brief
from pipeline.render.assemble import COVER_MIME, assemble
from pipeline.render.document import build_document
from pipeline.render.pandoc import read_markdown
from pipeline.render.svg import Drawings
from pipeline.render.tables import fit_table
from tests.unit.rendered import (
    COVER,
    HARD_WORDS,
    ITEM,
    ROWS,
    SIGNS,
    SVG,
    TABLE,
    cells,
    displayed,
    figure,
    png,
    write,
)


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
    assert not page.xpath("//script[@src] | //link | //img | //iframe | //object | //*[@onclick]")
    (script,) = page.xpath("//script")
    digest = base64.b64encode(hashlib.sha256(script.text.encode("utf-8")).digest()).decode("ascii")
    assert f"script-src 'sha256-{digest}'" in page.xpath("//meta[@http-equiv]/@content")[0]
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
    assert {cell.get("scope") for cell in table.xpath("./thead/tr/th")} == {"col"}
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
