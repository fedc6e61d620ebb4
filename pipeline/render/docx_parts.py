"""The parts that every Word document of ours has: cover, contents, page breaks, language and name."""

from __future__ import annotations

import re
from collections.abc import Sequence
from xml.sax.saxutils import escape, quoteattr

from lxml import etree

from pipeline.render.assemble import Cover
from pipeline.render.cover import SAMPLE_WORDS, cover_facts, province_name
from pipeline.render.document import Heading
from pipeline.render.docx_fonts import set_font
from pipeline.render.reference import DOCUMENT, parse, serialise, tag
from pipeline.thai.digits import are_thai, set_digits

RUNNING_TEXT = ("BodyText", "FirstParagraph", "Compact", "SourceNote")
PAGE_BREAK_STYLE = "BriefPageBreak"
FOOTER, NUMBERING = "word/footer1.xml", "word/numbering.xml"
PAGES_FIELD = re.compile(
    rb'<w:r><w:t[^>]*>[^<]*</w:t></w:r><w:fldSimple w:instr=" NUMPAGES ">.*?</w:fldSimple>'
)
FIRST_PAGE = b"<w:titlePg/>"
CORE, SETTINGS = "docProps/core.xml", "word/settings.xml"
DUBLIN_CORE = "{http://purl.org/dc/elements/1.1/}"
NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
CONTENTS_FIELD = r' TOC \o "1-2" \h \z \u '


def write_front(cover: Cover, headings: Sequence[Heading]) -> str:
    """Write the cover and the table of contents, of two levels, as the first blocks of a body."""
    return _write_cover(cover) + _write_contents([heading for heading in headings if heading.level <= 2])


def _write_cover(cover: Cover) -> str:
    spacer = '<w:p><w:pPr><w:spacing w:before="2400"/></w:pPr></w:p>'
    sample = write_paragraph("CoverSample", SAMPLE_WORDS) if cover.is_sample else ""
    facts = "".join(write_paragraph("CoverFact", name, value) for name, value in cover_facts(cover))
    gap = '<w:p><w:pPr><w:spacing w:before="480"/></w:pPr></w:p>' if cover.notes else ""
    notes = "".join(write_paragraph("CoverNote", note) for note in cover.notes)
    return (
        spacer
        + sample
        + write_paragraph("CoverProvince", province_name(cover))
        + write_paragraph("Title", cover.title)
        + write_paragraph("Subtitle", cover.subtitle)
        + facts
        + gap
        + notes
        + write_paragraph(PAGE_BREAK_STYLE, "")
    )


def _write_contents(headings: Sequence[Heading]) -> str:
    """A field that Word can renew, already filled: Word asks nothing when the document is opened."""
    begin = (
        f'<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve">'
        f'{escape(CONTENTS_FIELD)}</w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    )
    entries = [
        f'<w:p><w:pPr><w:pStyle w:val="TOC{heading.level}"/></w:pPr>{begin if number == 0 else ""}'
        f"<w:hyperlink w:anchor={quoteattr(heading.id)}>{write_run(heading.text)}</w:hyperlink></w:p>"
        for number, heading in enumerate(headings)
    ]
    end = '<w:p><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>'
    title = write_paragraph("TOCHeading", "สารบัญ")
    return title + "".join(entries) + (end if entries else "") + write_paragraph(PAGE_BREAK_STYLE, "")


def write_paragraph(style: str, *texts: str) -> str:
    """Write a paragraph of a style; a tab stands between its texts."""
    runs = "<w:r><w:tab/></w:r>".join(write_run(text) for text in texts)
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{runs}</w:p>'


def write_run(text: str) -> str:
    """Write a text with the look of its paragraph."""
    return f'<w:r><w:t xml:space="preserve">{escape(NOT_XML.sub("", text))}</w:t></w:r>'


def break_pages(root: etree._Element) -> None:
    """Put a page break where a document's marks are, and take the marks out."""
    for mark in _page_breaks(root):
        _break_before_next(mark)


def _page_breaks(root: etree._Element) -> list[etree._Element]:
    styles = [style for style in root.iter(tag("pStyle")) if style.get(tag("val")) == PAGE_BREAK_STYLE]
    return [next(style.iterancestors(tag("p"))) for style in styles]


def next_paragraph(element: etree._Element) -> etree._Element | None:
    """The properties of the paragraph after an element; None where a table follows, or nothing."""
    following = element.getnext()
    while following is not None and following.tag in (tag("bookmarkStart"), tag("bookmarkEnd")):
        following = following.getnext()
    return following.find(tag("pPr")) if following is not None and following.tag == tag("p") else None


def space_above(properties: etree._Element | None, twips: int) -> None:
    """Set the space above a paragraph, unless it is set already or the style gives more, as a heading's does."""
    if properties is None or properties.find(tag("spacing")) is not None:
        return
    style = properties.find(tag("pStyle"))
    if twips == 0 or (style is not None and style.get(tag("val")) in RUNNING_TEXT):
        before = [tag(name) for name in ("pStyle", "keepNext", "keepLines", "pageBreakBefore", "numPr")]
        place = sum(child.tag in before for child in properties)
        properties.insert(place, element("spacing", before=str(twips)))


def _break_before_next(mark: etree._Element) -> None:
    """Let the next paragraph begin a page; before a table, or at the end, an empty paragraph does."""
    properties = next_paragraph(mark)
    parent = mark.getparent()
    assert parent is not None, "a paragraph stands in a body"
    if properties is None:
        mark[:] = [parse(f'<w:r xmlns:w="{mark.nsmap["w"]}"><w:br w:type="page"/></w:r>')]
        return
    after_style = 1 if len(properties) and properties[0].tag == tag("pStyle") else 0
    properties.insert(after_style, element("pageBreakBefore"))
    space_above(properties, 0)
    parent.remove(mark)


def element(name: str, /, **attributes: str) -> etree._Element:
    """Make an element of WordprocessingML."""
    return etree.Element(tag(name), {tag(key): value for key, value in attributes.items()})


def finish_parts(parts: dict[str, bytes], *, title: str) -> None:
    """Give a document's parts its title, language and typeface, and say what Word they are for."""
    set_font(parts)
    if are_thai():
        _set_number_digits(parts)
    parts[SETTINGS] = _modernise(parts[SETTINGS])
    parts[CORE] = _name(parts[CORE], title)


def _set_number_digits(parts: dict[str, bytes]) -> None:
    """Let Word count pages and items in Thai digits.

    How many pages there are follows no page's format, and other programs read the switch that would set it as letters;
    so the foot says the page alone.
    """
    parts[FOOTER] = PAGES_FIELD.sub(b"", parts[FOOTER]).replace(
        b"<w:t>1</w:t>", f"<w:t>{set_digits('1')}</w:t>".encode()
    )
    parts[DOCUMENT] = parts[DOCUMENT].replace(FIRST_PAGE, b'<w:pgNumType w:fmt="thaiNumbers"/>' + FIRST_PAGE)
    parts[NUMBERING] = parts[NUMBERING].replace(b'w:val="decimal"', b'w:val="thaiNumbers"')


def _modernise(part: bytes) -> bytes:
    """Say that the document is made for today's Word, which else opens it in compatibility mode, and is Thai."""
    root = parse(part)
    compatibility = element("compat")
    mode = {"name": "compatibilityMode", "uri": "http://schemas.microsoft.com/office/word", "val": "15"}
    compatibility.append(element("compatSetting", **mode))
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
