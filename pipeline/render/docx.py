"""brief.docx: pandoc writes it in the look of the reference document; then the tables and pages are finished."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from xml.sax.saxutils import escape, quoteattr

from lxml import etree

from pipeline.render.assemble import Cover, Figure
from pipeline.render.cover import SAMPLE_WORDS, cover_facts, province_name, running_header
from pipeline.render.document import Document, Heading, blocks_for
from pipeline.render.docx_styles import table_style_id
from pipeline.render.pandoc import Node, paragraph, raw_block, styled, write_tree
from pipeline.render.reference import DOCUMENT, make_reference, pack, parse, serialise, tag, unpack
from pipeline.render.tables import TableFit, fit_table

TEXT_WIDTH_TWIPS = 9071
SPACE_AFTER_TABLE_TWIPS = 160
RUNNING_TEXT = ("BodyText", "FirstParagraph", "Compact", "SourceNote")
PAGE_BREAK_STYLE = "BriefPageBreak"
CORE, SETTINGS = "docProps/core.xml", "word/settings.xml"
DUBLIN_CORE = "{http://purl.org/dc/elements/1.1/}"
DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/"
CONTENTS_FIELD = r' TOC \o "1-2" \h \z \u '


def write_docx(document: Document, target: Path) -> None:
    """Write a brief as a Word document."""
    fits: list[TableFit] = []
    tree = blocks_for(
        document, figure=_figure, table=lambda name, node: _table(name, node, fits), page_break=_page_break
    )
    tree["blocks"] = [raw_block("openxml", _front(document)), *tree["blocks"]]
    with TemporaryDirectory() as folder:
        parts = unpack(_convert(Path(folder), document, tree))
    parts[DOCUMENT] = _finish(parts[DOCUMENT], fits)
    parts[SETTINGS] = _modernise(parts[SETTINGS])
    parts[CORE] = _name(parts[CORE], running_header(document.cover)[0])
    target.write_bytes(pack(parts))


def _convert(folder: Path, document: Document, tree: Node) -> bytes:
    left, right = running_header(document.cover)
    reference = folder / "reference.docx"
    reference.write_bytes(make_reference(left=left, right=right, is_sample=document.cover.is_sample))
    for name, figure in document.figures.items():
        (folder / f"{name}.png").write_bytes(figure.png)
    places = f"--reference-doc={reference}", f"--resource-path={folder}"
    return write_tree(tree, "docx", *places, "--output=-")


def _page_break() -> list[Node]:
    return [raw_block("openxml", _paragraph(PAGE_BREAK_STYLE, ""))]


def _figure(figure: Figure) -> list[Node]:
    size = ["width", f"{figure.width_cm:g}cm"]
    image = {"t": "Image", "c": [["", [], [size]], [{"t": "Str", "c": figure.alt}], [f"{figure.id}.png", ""]]}
    caption = styled("Image Caption", [paragraph(figure.caption)])
    blocks = [styled("Captioned Figure", [{"t": "Para", "c": [image]}]), caption]
    if figure.source:
        blocks.append(styled("Image Source", [paragraph(f"ที่มา: {figure.source}")]))
    return [{"t": "Div", "c": [[figure.id, [], []], blocks]}]


def _table(name: str, table: Node, fits: list[TableFit]) -> Sequence[Node]:
    fits.append(fit_table(table))
    return [{"t": "Div", "c": [[name, [], []], [{**table, "c": [["", [], []], *table["c"][1:]]}]]}]


def _front(document: Document) -> str:
    """The cover and the table of contents."""
    return _cover(document.cover) + _contents(
        [heading for heading in document.headings if heading.level <= 2]
    )


def _cover(cover: Cover) -> str:
    spacer = '<w:p><w:pPr><w:spacing w:before="2400"/></w:pPr></w:p>'
    sample = _paragraph("CoverSample", SAMPLE_WORDS) if cover.is_sample else ""
    facts = "".join(_paragraph("CoverFact", name, value) for name, value in cover_facts(cover))
    gap = '<w:p><w:pPr><w:spacing w:before="480"/></w:pPr></w:p>' if cover.notes else ""
    notes = "".join(_paragraph("CoverNote", note) for note in cover.notes)
    return (
        spacer
        + sample
        + _paragraph("CoverProvince", province_name(cover))
        + _paragraph("Title", cover.title)
        + _paragraph("Subtitle", cover.subtitle)
        + facts
        + gap
        + notes
        + _paragraph(PAGE_BREAK_STYLE, "")
    )


def _contents(headings: Sequence[Heading]) -> str:
    """A field that Word can renew, already filled: Word asks nothing when the document is opened."""
    begin = (
        f'<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve">'
        f'{escape(CONTENTS_FIELD)}</w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    )
    entries = [
        f'<w:p><w:pPr><w:pStyle w:val="TOC{heading.level}"/></w:pPr>{begin if number == 0 else ""}'
        f"<w:hyperlink w:anchor={quoteattr(heading.id)}>{_run(heading.text)}</w:hyperlink></w:p>"
        for number, heading in enumerate(headings)
    ]
    end = '<w:p><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>'
    title = _paragraph("TOCHeading", "สารบัญ")
    return title + "".join(entries) + (end if entries else "") + _paragraph(PAGE_BREAK_STYLE, "")


def _paragraph(style: str, *texts: str) -> str:
    runs = "<w:r><w:tab/></w:r>".join(_run(text) for text in texts)
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{runs}</w:p>'


def _run(text: str) -> str:
    return f'<w:r><w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def _finish(part: bytes, fits: Sequence[TableFit]) -> bytes:
    root = parse(part)
    for table, fit in zip(root.iter(tag("tbl")), fits, strict=True):
        _finish_table(table, fit)
        _space(_next_paragraph(table), SPACE_AFTER_TABLE_TWIPS)
    for inline in root.iter(f"{DRAWING}wordprocessingDrawing}}inline"):
        _finish_picture(inline)
    for mark in _page_breaks(root):
        _break_before_next(mark)
    return serialise(root)


def _finish_picture(inline: etree._Element) -> None:
    """Put a picture flush with the text, and its description where every reader looks for it."""
    for side in "TBLR":
        inline.set(f"dist{side}", "0")
    described = inline.find(f"{DRAWING}wordprocessingDrawing}}docPr")
    for picture in inline.iter(f"{DRAWING}picture}}cNvPr"):
        picture.set("descr", "" if described is None else str(described.get("descr")))


def _finish_table(table: etree._Element, fit: TableFit) -> None:
    widths = [round(share * TEXT_WIDTH_TWIPS) for share in fit.shares]
    properties = table.find(tag("tblPr"))
    assert properties is not None, "pandoc gives every table properties"
    for name in ("tblW", "tblLayout"):
        for old in properties.findall(tag(name)):
            properties.remove(old)
    style = properties.find(tag("tblStyle"))
    place = 0 if style is None else properties.index(style) + 1
    properties.insert(place, _element("tblW", type="dxa", w=str(TEXT_WIDTH_TWIPS)))
    look = properties.find(tag("tblLook"))
    layout = _element("tblLayout", type="fixed")
    properties.insert(len(properties) if look is None else properties.index(look), layout)
    for column, width in zip(table.iter(tag("gridCol")), widths, strict=True):
        column.set(tag("w"), str(width))
    for row in table.iter(tag("tr")):
        _finish_row(row, widths, fit)


def _finish_row(row: etree._Element, widths: Sequence[int], fit: TableFit) -> None:
    if not fit.has_long_row:
        properties = row.find(tag("trPr"))
        if properties is None:
            properties = _element("trPr")
            row.insert(0, properties)
        properties.insert(0, _element("cantSplit"))
    for cell, width in zip(row.iter(tag("tc")), widths, strict=False):
        cell_properties = cell.find(tag("tcPr"))
        if cell_properties is not None:
            cell_properties.insert(0, _element("tcW", type="dxa", w=str(width)))
    for style in row.iter(tag("pStyle")):
        style.set(tag("val"), table_style_id(fit.size_pt))


def _page_breaks(root: etree._Element) -> list[etree._Element]:
    styles = [style for style in root.iter(tag("pStyle")) if style.get(tag("val")) == PAGE_BREAK_STYLE]
    return [next(style.iterancestors(tag("p"))) for style in styles]


def _next_paragraph(element: etree._Element) -> etree._Element | None:
    """The properties of the paragraph after an element; None where a table follows, or nothing."""
    following = element.getnext()
    while following is not None and following.tag in (tag("bookmarkStart"), tag("bookmarkEnd")):
        following = following.getnext()
    return following.find(tag("pPr")) if following is not None and following.tag == tag("p") else None


def _space(properties: etree._Element | None, twips: int) -> None:
    """Set the space above a paragraph, unless it is set already or the style gives more, as a heading's does."""
    if properties is None or properties.find(tag("spacing")) is not None:
        return
    style = properties.find(tag("pStyle"))
    if twips == 0 or (style is not None and style.get(tag("val")) in RUNNING_TEXT):
        before = [tag(name) for name in ("pStyle", "keepNext", "keepLines", "pageBreakBefore", "numPr")]
        place = sum(child.tag in before for child in properties)
        properties.insert(place, _element("spacing", before=str(twips)))


def _break_before_next(mark: etree._Element) -> None:
    """Let the next paragraph begin a page; before a table, or at the end, an empty paragraph does."""
    properties = _next_paragraph(mark)
    parent = mark.getparent()
    assert parent is not None, "a paragraph stands in a body"
    if properties is None:
        mark[:] = [parse(f'<w:r xmlns:w="{mark.nsmap["w"]}"><w:br w:type="page"/></w:r>')]
        return
    after_style = 1 if len(properties) and properties[0].tag == tag("pStyle") else 0
    properties.insert(after_style, _element("pageBreakBefore"))
    _space(properties, 0)
    parent.remove(mark)


def _element(name: str, /, **attributes: str) -> etree._Element:
    return etree.Element(tag(name), {tag(key): value for key, value in attributes.items()})


def _modernise(part: bytes) -> bytes:
    """Say that the document is made for today's Word, which else opens it in compatibility mode, and is Thai."""
    root = parse(part)
    compatibility = _element("compat")
    mode = {"name": "compatibilityMode", "uri": "http://schemas.microsoft.com/office/word", "val": "15"}
    compatibility.append(_element("compatSetting", **mode))
    place = root.find(tag("rsids"))
    root.insert(len(root) if place is None else root.index(place), compatibility)
    for language in root.findall(tag("themeFontLang")):
        language.set(tag("bidi"), "th-TH")
    return serialise(root)


def _name(part: bytes, title: str) -> bytes:
    root = parse(part)
    for name, value in (("title", title), ("language", "th-TH")):
        element = root.find(f"{DUBLIN_CORE}{name}")
        if element is None:
            element = etree.SubElement(root, f"{DUBLIN_CORE}{name}")
        element.text = value
    return serialise(root)
