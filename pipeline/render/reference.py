"""The reference document that gives brief.docx its look, made from pandoc's own."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from io import BytesIO
from types import MappingProxyType
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from lxml import etree

from pipeline.render.docx_styles import ACCENT, ALARM, BODY_PT, INK, LOOKS, RULE, TINT, Look
from pipeline.render.fonts import FAMILY
from pipeline.render.pandoc import run_pandoc

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
NAMESPACES = f'xmlns:w="{W}" xmlns:r="{R}"'
STYLES, DOCUMENT, HEADER = "word/styles.xml", "word/document.xml", "word/header1.xml"
RELATIONS, TYPES = "word/_rels/document.xml.rels", "[Content_Types].xml"
WORD_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
FONTS = f'<w:rFonts w:ascii="{FAMILY}" w:hAnsi="{FAMILY}" w:eastAsia="{FAMILY}" w:cs="{FAMILY}"/>'
LANGUAGES = '<w:lang w:val="en-US" w:eastAsia="en-US" w:bidi="th-TH"/>'
# A4; margins of a Thai official letter: 3 cm on the left, 2 cm on the right; text 16 cm wide.
SECTION = (
    '<w:sectPr><w:headerReference w:type="default" r:id="rIdHeader"/>'
    '<w:footerReference w:type="default" r:id="rIdFooter"/>'
    '<w:pgSz w:w="11906" w:h="16838"/>'
    '<w:pgMar w:top="1531" w:right="1134" w:bottom="1304" w:left="1701" w:header="737" w:footer="624" '
    'w:gutter="0"/>'
    "<w:titlePg/></w:sectPr>"
)
TABLE_STYLE = f"""
<w:style {NAMESPACES} w:type="table" w:default="1" w:styleId="Table"><w:name w:val="Table"/>
<w:basedOn w:val="TableNormal"/><w:qFormat/>
<w:tblPr><w:tblInd w:w="0" w:type="dxa"/>
<w:tblBorders>
<w:top w:val="single" w:sz="6" w:space="0" w:color="{ACCENT}"/>
<w:bottom w:val="single" w:sz="4" w:space="0" w:color="{RULE}"/>
<w:insideH w:val="single" w:sz="4" w:space="0" w:color="{RULE}"/>
</w:tblBorders>
<w:tblCellMar><w:top w:w="20" w:type="dxa"/><w:left w:w="80" w:type="dxa"/>
<w:bottom w:w="20" w:type="dxa"/><w:right w:w="80" w:type="dxa"/></w:tblCellMar></w:tblPr>
<w:tblStylePr w:type="firstRow"><w:rPr><w:b/><w:bCs/></w:rPr><w:tcPr>
<w:tcBorders><w:bottom w:val="single" w:sz="6" w:space="0" w:color="{ACCENT}"/></w:tcBorders>
<w:shd w:val="clear" w:color="auto" w:fill="{TINT}"/><w:vAlign w:val="bottom"/></w:tcPr></w:tblStylePr>
</w:style>"""

PROMPT_STYLE = f"""
<w:style {NAMESPACES} w:type="character" w:styleId="PlanPrompt"><w:name w:val="Plan Prompt"/>
<w:qFormat/><w:rPr>{FONTS}<w:color w:val="{ALARM}"/></w:rPr></w:style>"""


def make_reference(*, left: str, right: str, is_sample: bool) -> dict[str, bytes]:
    """Make the parts of the reference document of one brief.

    Args:
        left: the left of the running header.
        right: the right of the running header.
        is_sample: the right is an alarm, not a quiet note.

    Returns:
        A document, part by part, in which every style names Sarabun for Latin and for Thai, with header and footer.
    """
    return {**_base_parts(), HEADER: _header(left, right, is_sample=is_sample)}


def pack(parts: Mapping[str, bytes]) -> bytes:
    """Zip the parts of a document, in their order and without a time: equal parts make equal files."""
    packed = BytesIO()
    with ZipFile(packed, "w", ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            entry = ZipInfo(name)
            entry.compress_type = ZIP_DEFLATED
            archive.writestr(entry, content)
    return packed.getvalue()


def unpack(document: bytes) -> dict[str, bytes]:
    """The parts of a document by name."""
    with ZipFile(BytesIO(document)) as archive:
        return {name: archive.read(name) for name in archive.namelist() if not name.endswith("/")}


def tag(name: str) -> str:
    """A name of WordprocessingML as lxml wants it."""
    return f"{{{W}}}{name}"


def parse(xml: bytes | str) -> etree._Element:
    """Parse XML without looking outside it."""
    content = xml.encode() if isinstance(xml, str) else xml
    return etree.fromstring(content, etree.XMLParser(resolve_entities=False, no_network=True))


def serialise(root: etree._Element) -> bytes:
    """XML as a part of a document."""
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


@cache
def _base_parts() -> Mapping[str, bytes]:
    parts = unpack(run_pandoc("--print-default-data-file", "reference.docx"))
    parts[STYLES] = _restyle(parts[STYLES])
    parts[DOCUMENT] = _set_section(parts[DOCUMENT])
    for kind in ("header", "footer"):
        parts[RELATIONS] = _add_child(parts[RELATIONS], _relation(kind))
        parts[TYPES] = _add_child(parts[TYPES], _content_type(kind))
    parts["word/footer1.xml"] = _footer()
    return MappingProxyType(parts)


def _set_section(document: bytes) -> bytes:
    root = parse(document)
    body = root.find(tag("body"))
    assert body is not None, "pandoc's reference document has a body"
    for section in body.findall(tag("sectPr")):
        body.remove(section)
    body.append(parse(SECTION.replace("<w:sectPr>", f"<w:sectPr {NAMESPACES}>", 1)))
    return serialise(root)


def _add_child(part: bytes, child: str) -> bytes:
    root = parse(part)
    root.append(parse(child))
    return serialise(root)


def _relation(kind: str) -> str:
    return (
        '<Relationship xmlns="http://schemas.openxmlformats.org/package/2006/relationships" '
        f'Id="rId{kind.title()}" Type="{R}/{kind}" Target="{kind}1.xml"/>'
    )


def _content_type(kind: str) -> str:
    return (
        '<Override xmlns="http://schemas.openxmlformats.org/package/2006/content-types" '
        f'PartName="/word/{kind}1.xml" ContentType="{WORD_TYPE}.{kind}+xml"/>'
    )


def _header(left: str, right: str, *, is_sample: bool) -> bytes:
    alarm = f'<w:b/><w:bCs/><w:color w:val="{ALARM}"/>' if is_sample else ""
    return (
        f'<w:hdr {NAMESPACES}><w:p><w:pPr><w:pStyle w:val="Header"/></w:pPr>'
        f'<w:r><w:t xml:space="preserve">{escape(left)}</w:t></w:r><w:r><w:tab/></w:r>'
        f'<w:r><w:rPr>{alarm}</w:rPr><w:t xml:space="preserve">{escape(right)}</w:t></w:r></w:p></w:hdr>'
    ).encode()


def _footer() -> bytes:
    page, pages = (
        f'<w:fldSimple w:instr=" {field} "><w:r><w:t>1</w:t></w:r></w:fldSimple>'
        for field in ("PAGE", "NUMPAGES")
    )
    return (
        f'<w:ftr {NAMESPACES}><w:p><w:pPr><w:pStyle w:val="Footer"/></w:pPr>'
        f'<w:r><w:t xml:space="preserve">หน้า </w:t></w:r>{page}'
        f'<w:r><w:t xml:space="preserve"> จาก </w:t></w:r>{pages}</w:p></w:ftr>'
    ).encode()


def _restyle(part: bytes) -> bytes:
    styles = parse(part)
    _name_one_font(styles)
    defaults = styles.find(tag("docDefaults"))
    if defaults is not None:
        styles.replace(defaults, parse(_defaults()))
    existing = {str(style.get(tag("styleId"))): style for style in styles.findall(tag("style"))}
    for made in (*(parse(_style(look)) for look in LOOKS), parse(TABLE_STYLE), parse(PROMPT_STYLE)):
        old = existing.get(str(made.get(tag("styleId"))))
        if old is None:
            made.set(tag("customStyle"), "1")
            styles.append(made)
        else:
            _keep_ties(old, made)
            styles.replace(old, made)
    return serialise(styles)


def _keep_ties(old: etree._Element, made: etree._Element) -> None:
    """Carry over which style follows and which character style belongs to this one."""
    if old.get(tag("customStyle")):
        made.set(tag("customStyle"), "1")
    ties = [tie for name in ("next", "link", "uiPriority") for tie in old.findall(tag(name))]
    made[2:2] = ties


def _name_one_font(styles: etree._Element) -> None:
    """Every style of pandoc's names theme fonts and theme colours: put ours, and ink, in their place."""
    for fonts in list(styles.iter(tag("rFonts"))):
        fonts.attrib.clear()
        fonts.attrib.update({tag(kind): FAMILY for kind in ("ascii", "hAnsi", "eastAsia", "cs")})
    for colour in list(styles.iter(tag("color"))):
        colour.attrib.clear()
        colour.set(tag("val"), ACCENT)


def _defaults() -> str:
    size = round(BODY_PT * 2)
    return (
        f'<w:docDefaults {NAMESPACES}><w:rPrDefault><w:rPr>{FONTS}<w:color w:val="{INK}"/>'
        f'<w:sz w:val="{size}"/><w:szCs w:val="{size}"/>'
        f"{LANGUAGES}</w:rPr></w:rPrDefault>"
        '<w:pPrDefault><w:pPr><w:spacing w:after="0" w:line="288" w:lineRule="auto"/></w:pPr></w:pPrDefault>'
        "</w:docDefaults>"
    )


def _style(look: Look) -> str:
    keeps = "<w:keepNext/><w:keepLines/>" if look.keeps_next else ""
    alignment = look.extra if look.extra.startswith("<w:jc") else ""
    frame = "" if alignment else look.extra
    bold = "<w:b/><w:bCs/>" if look.is_bold else ""
    size = f'<w:sz w:val="{round(look.size_pt * 2)}"/><w:szCs w:val="{round(look.size_pt * 2)}"/>'
    indent = f'<w:ind w:left="{_twips(look.indent_pt)}"/>' if look.indent_pt else ""
    outline = "" if look.outline is None else f'<w:outlineLvl w:val="{look.outline}"/>'
    return (
        f'<w:style {NAMESPACES} w:type="paragraph" w:styleId="{look.id}"><w:name w:val="{look.name}"/>'
        f'<w:basedOn w:val="{look.based_on}"/><w:qFormat/><w:pPr>{keeps}{frame}'
        f'<w:spacing w:before="{_twips(look.before_pt)}" w:after="{_twips(look.after_pt)}" '
        f'w:line="{round(look.line * 240)}" w:lineRule="auto"/>{indent}{alignment}{outline}</w:pPr>'
        f'<w:rPr>{FONTS}{bold}<w:color w:val="{look.colour}"/>{size}</w:rPr></w:style>'
    )


def _twips(points: float) -> int:
    return round(points * 20)
