"""A simple tree as the parts of a Word document, as pandoc writes them; see `tree`."""

from __future__ import annotations

import re
import struct
from collections.abc import Mapping, Sequence
from functools import cache
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from types import MappingProxyType
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from pipeline.render.pandoc import Node, write_tree
from pipeline.render.reference import DOCUMENT, HEADER, RELATIONS, TYPES, make_reference, pack, unpack
from pipeline.render.tree import is_simple
from pipeline.render.tree_read import read_tree

NUMBERING = "word/numbering.xml"
SAMPLE = "- a\n\n1. b\n"
OWN_NUMBER = re.compile(r'<w:num w:numId="10(?!00").*?</w:num>', re.DOTALL)
FIRST_NUMBER, BULLETS, ORDERED = 1001, 991, 99201
RESTARTS = "".join(
    f'<w:lvlOverride w:ilvl="{level}"><w:startOverride w:val="1"/></w:lvlOverride>' for level in range(9)
)
BODY = re.compile(r"(?<=<w:body>).*(?=<w:sectPr>)", re.DOTALL)
BODY_STYLE, FIRST_STYLE, TIGHT_STYLE = "BodyText", "FirstParagraph", "Compact"
SIDES = {"AlignLeft": "left", "AlignRight": "right", "AlignCenter": "center", "AlignDefault": "left"}
# Word measures pictures in EMU; none is wider than the text, which pandoc counts in whole points.
EMU_PER_CM, TEXT_WIDTH_EMU = 360_000, 453 * 12_700
IMAGE_TYPE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/image"
PICTURES = "http://schemas.openxmlformats.org/drawingml/2006/picture"


def write_docx_parts(
    tree: Node, *, left: str, right: str, is_sample: bool, pictures: Mapping[str, bytes]
) -> dict[str, bytes]:
    """Write a tree in the look of the reference document.

    Args:
        tree: its raw blocks are WordprocessingML; a picture stands alone in its paragraph.
        left: the left of the running header.
        right: the right of the running header.
        is_sample: the right is an alarm, not a quiet note.
        pictures: PNG files by the names that the tree calls them by.

    Returns:
        The parts of the document by name.
    """
    reference = make_reference(left=left, right=right, is_sample=is_sample)
    if not is_simple(tree["blocks"]):
        return _convert(tree, reference, pictures)
    parts, body = dict(_base_parts()), _Body(pictures)
    written = body.write(tree["blocks"])
    parts[HEADER] = reference[HEADER]
    parts[DOCUMENT] = BODY.sub(lambda _: written, parts[DOCUMENT].decode(), count=1).encode()
    parts[NUMBERING] = _add(parts[NUMBERING], "".join(body.numbers))
    parts[RELATIONS] = _add(parts[RELATIONS], "".join(_relation(name) for name in body.shown))
    parts[TYPES] = _add(parts[TYPES], "".join(_content_type(name) for name in body.shown))
    return parts | {f"word/{_target(name)}": pictures[name] for name in body.shown}


@cache
def _base_parts() -> Mapping[str, bytes]:
    """The parts of a document without a body, whose lists are not begun."""
    parts = _convert(read_tree(SAMPLE), make_reference(left="", right="", is_sample=False), {})
    parts[NUMBERING] = OWN_NUMBER.sub("", parts[NUMBERING].decode()).encode()
    return MappingProxyType(parts)


def warm_up() -> None:
    """Make once what every document is built on."""
    _base_parts()


def _convert(tree: Node, reference: Mapping[str, bytes], pictures: Mapping[str, bytes]) -> dict[str, bytes]:
    """Let pandoc write a tree."""
    with TemporaryDirectory() as folder:
        place = Path(folder)
        (place / "reference.docx").write_bytes(pack(reference))
        for name, picture in pictures.items():
            (place / name).write_bytes(picture)
        places = f"--reference-doc={place / 'reference.docx'}", f"--resource-path={place}"
        return unpack(write_tree(tree, "docx", *places, "--output=-"))


def _add(part: bytes, children: str) -> bytes:
    """Add children at the end of a part."""
    end = part.rindex(b"</")
    return part[:end] + children.encode() + part[end:]


def _target(name: str) -> str:
    return f"media/{name}"


def _relation(name: str) -> str:
    return (
        f"<Relationship Type={quoteattr(IMAGE_TYPE)} Id={quoteattr(name)} Target={quoteattr(_target(name))}/>"
    )


def _content_type(name: str) -> str:
    return f'<Override PartName={quoteattr(f"/word/{_target(name)}")} ContentType="image/png"/>'


class _Body:
    """Writes blocks one after the other; each section, and each part with an id, is a bookmark.

    Attributes:
        numbers: the numbering of the lists that were written.
        shown: the names of the pictures that were written.
    """

    def __init__(self, pictures: Mapping[str, bytes]) -> None:
        self.numbers: list[str] = []
        self.shown: list[str] = []
        self._pictures = pictures
        self._ids = count(1)
        self._is_first = False

    def write(self, blocks: Sequence[Node]) -> str:
        """Write the blocks of the document."""
        written: list[str] = []
        open_: list[tuple[int, str]] = []
        for block in blocks:
            if block["t"] == "Header":
                while open_ and open_[-1][0] >= block["c"][0]:
                    written.append(open_.pop()[1])
                begin, end = self._bookmark(block["c"][1][0])
                written.append(begin)
                open_.append((block["c"][0], end))
            written.append(self._block(block))
        return "".join([*written, *(end for _, end in reversed(open_))])

    def _bookmark(self, name: str) -> tuple[str, str]:
        if not name:
            return "", ""
        number = next(self._ids)
        begin = f'<w:bookmarkStart w:id="{number}" w:name={quoteattr(name)}/>'
        return begin, f'<w:bookmarkEnd w:id="{number}"/>'

    def _block(self, block: Node, style: str = "") -> str:
        kind, content = block["t"], block["c"]
        if kind == "RawBlock":
            return str(content[1]) if content[0] == "openxml" else ""
        if kind == "Para":
            return self._paragraph(content, style)
        if kind == "Plain":
            return _write_paragraph(style or TIGHT_STYLE, _write_runs(content))
        if kind == "Header":
            self._is_first = True
            return _write_paragraph(f"Heading{content[0]}", _write_runs(content[2]))
        if kind == "Div":
            return self._div(content, style)
        written = self._table(content) if kind == "Table" else self._list(kind, content)
        self._is_first = True
        return written

    def _paragraph(self, inlines: Sequence[Node], style: str) -> str:
        own = FIRST_STYLE if self._is_first else BODY_STYLE
        self._is_first = False
        if inlines and inlines[0]["t"] == "Image":
            return _write_paragraph(style or own, self._picture(inlines[0]["c"]))
        return _write_paragraph(style or own, _write_runs(inlines))

    def _div(self, content: Sequence[Any], style: str) -> str:
        (name, _classes, pairs), blocks = content
        style = dict(pairs).get("custom-style", "").replace(" ", "") or style
        begin, end = self._bookmark(name)
        return "".join([begin, *(self._block(block, style) for block in blocks), end])

    def _list(self, kind: str, content: Sequence[Any]) -> str:
        items = content if kind == "BulletList" else content[1]
        number = FIRST_NUMBER + len(self.numbers)
        abstract, restarts = (BULLETS, "") if kind == "BulletList" else (ORDERED, RESTARTS)
        self.numbers.append(
            f'<w:num w:numId="{number}"><w:abstractNumId w:val="{abstract}"/>{restarts}</w:num>'
        )
        mark = f'<w:numPr><w:ilvl w:val="0"/><w:numId w:val="{number}"/></w:numPr>'
        style = TIGHT_STYLE if items[0][0]["t"] == "Plain" else ""
        return "".join(_write_paragraph(style, _write_runs(item[0]["c"]), mark) for item in items)

    def _table(self, content: Sequence[Any]) -> str:
        _attributes, (_short, caption), specs, head, bodies, _foot = content
        sides = [SIDES[spec[0]["t"]] for spec in specs]
        told = "".join(_write_paragraph("TableCaption", _write_runs(block["c"])) for block in caption)
        named = "".join(_words(block["c"]) for block in caption)
        label = f"<w:tblCaption w:val={quoteattr(named)}/>" if caption else ""
        rows = [_write_row(head[1][0], sides, '<w:trPr><w:tblHeader w:val="on"/></w:trPr>')]
        rows += [_write_row(row, sides) for row in bodies[0][3]]
        return (
            f'{told}<w:tbl><w:tblPr><w:tblStyle w:val="Table"/><w:tblW w:type="pct" w:w="5000"/>'
            '<w:tblLayout w:type="fixed"/><w:tblLook w:firstRow="1" w:lastRow="0" w:firstColumn="0" '
            f'w:lastColumn="0" w:noHBand="0" w:noVBand="0" w:val="0020"/>{label}</w:tblPr>'
            f"<w:tblGrid>{'<w:gridCol/>' * len(specs)}</w:tblGrid>{''.join(rows)}</w:tbl>"
        )

    def _picture(self, content: Sequence[Any]) -> str:
        (_name, _classes, pairs), alt, (name, _title) = content
        self.shown.append(name)
        wide = float(dict(pairs)["width"].removesuffix("cm")) * EMU_PER_CM
        pixels = struct.unpack(">II", self._pictures[name][16:24])
        width = min(int(wide), TEXT_WIDTH_EMU)
        height = (
            int(width * pixels[1] / pixels[0]) if wide > TEXT_WIDTH_EMU else int(wide * pixels[1] / pixels[0])
        )
        size, told = f'cx="{width}" cy="{height}"', quoteattr(_words(alt))
        first, second = next(self._ids), next(self._ids)
        return (
            f"<w:r><w:drawing><wp:inline><wp:extent {size}/>"
            '<wp:effectExtent b="0" l="0" r="0" t="0"/>'
            f'<wp:docPr descr={told} title="" id="{first}" name="Picture"/><a:graphic>'
            f"<a:graphicData uri={quoteattr(PICTURES)}><pic:pic><pic:nvPicPr>"
            f'<pic:cNvPr descr={quoteattr(name)} id="{second}" name="Picture"/>'
            '<pic:cNvPicPr><a:picLocks noChangeArrowheads="1" noChangeAspect="1"/></pic:cNvPicPr></pic:nvPicPr>'
            f"<pic:blipFill><a:blip r:embed={quoteattr(name)}/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>"
            f'<pic:spPr bwMode="auto"><a:xfrm><a:off x="0" y="0"/><a:ext {size}/></a:xfrm>'
            '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom><a:noFill/><a:ln w="9525"><a:noFill/><a:headEnd/>'
            "<a:tailEnd/></a:ln></pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
        )


def _write_row(row: Sequence[Any], sides: Sequence[str], properties: str = "") -> str:
    cells = [_write_cell(cell[4], side) for cell, side in zip(row[1], sides, strict=True)]
    return f"<w:tr>{properties}{''.join(cells)}</w:tr>"


def _write_cell(blocks: Sequence[Node], side: str) -> str:
    runs = "".join(_write_runs(block["c"]) for block in blocks)
    return f"<w:tc><w:tcPr/>{_write_paragraph(TIGHT_STYLE, runs, f'<w:jc w:val={quoteattr(side)}/>')}</w:tc>"


def _write_paragraph(style: str, runs: str, more: str = "") -> str:
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    return f"<w:p><w:pPr>{named}{more}</w:pPr>{runs}</w:p>"


def _write_runs(inlines: Sequence[Node], look: str = "") -> str:
    """Write inlines; words that stand together and look alike are one run."""
    runs: list[str] = []
    words: list[str] = []
    for inline in inlines:
        if inline["t"] in ("Strong", "Link"):
            runs.append(_write_run("".join(words), look))
            words = []
            bold = look or "<w:rPr><w:b/><w:bCs/></w:rPr>"
            runs.append(
                _write_runs(inline["c"], bold) if inline["t"] == "Strong" else _write_link(inline["c"])
            )
        elif inline["t"] != "RawInline":
            words.append(inline["c"] if inline["t"] == "Str" else " ")
    return "".join([*runs, _write_run("".join(words), look)])


def _write_run(text: str, look: str) -> str:
    return f'<w:r>{look}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>' if text else ""


def _write_link(content: Sequence[Any]) -> str:
    look = '<w:rPr><w:rStyle w:val="Hyperlink"/></w:rPr>'
    return (
        f"<w:hyperlink w:anchor={quoteattr(content[2][0][1:])}>{_write_runs(content[1], look)}</w:hyperlink>"
    )


def _words(inlines: Sequence[Node]) -> str:
    return "".join(
        inline["c"] if inline["t"] == "Str" else _words(inline["c"]) if inline["t"] == "Strong" else " "
        for inline in inlines
    )
