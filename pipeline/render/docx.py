"""brief.docx: pandoc writes it in the look of the reference document; then the tables and pages are finished."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from lxml import etree

from pipeline.render.assemble import Figure
from pipeline.render.cover import running_header
from pipeline.render.document import Document, blocks_for
from pipeline.render.docx_parts import (
    PAGE_BREAK_STYLE,
    break_pages,
    element,
    finish_parts,
    next_paragraph,
    space_above,
    write_front,
    write_paragraph,
)
from pipeline.render.docx_styles import table_style_id
from pipeline.render.pandoc import Node, paragraph, raw_block, styled
from pipeline.render.reference import DOCUMENT, pack, parse, serialise, tag
from pipeline.render.tables import TableFit, fit_table
from pipeline.render.tree_docx import write_docx_parts

TEXT_WIDTH_TWIPS = 9071
SPACE_AFTER_TABLE_TWIPS = 160
# A table of no more rows than this, its head among them, stays on one page with its note.
SHORT_TABLE_ROWS = 10
DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/"


def write_docx(document: Document, target: Path) -> None:
    """Write a brief as a Word document."""
    fits: list[TableFit] = []
    tree = blocks_for(
        document, figure=_figure, table=lambda name, node: _table(name, node, fits), page_break=_page_break
    )
    tree["blocks"] = [raw_block("openxml", write_front(document.cover, document.headings)), *tree["blocks"]]
    left, right = running_header(document.cover)
    parts = write_docx_parts(
        tree,
        left=left,
        right=right,
        is_sample=document.cover.is_sample,
        pictures={f"{name}.png": figure.png for name, figure in document.figures.items()},
    )
    parts[DOCUMENT] = _finish(parts[DOCUMENT], fits)
    finish_parts(parts, title=left)
    target.write_bytes(pack(parts))


def _page_break() -> list[Node]:
    return [raw_block("openxml", write_paragraph(PAGE_BREAK_STYLE, ""))]


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


def _finish(part: bytes, fits: Sequence[TableFit]) -> bytes:
    root = parse(part)
    for table, fit in zip(root.iter(tag("tbl")), fits, strict=True):
        _finish_table(table, fit)
        space_above(next_paragraph(table), SPACE_AFTER_TABLE_TWIPS)
    for inline in root.iter(f"{DRAWING}wordprocessingDrawing}}inline"):
        _finish_picture(inline)
    break_pages(root)
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
    properties.insert(place, element("tblW", type="dxa", w=str(TEXT_WIDTH_TWIPS)))
    look = properties.find(tag("tblLook"))
    layout = element("tblLayout", type="fixed")
    properties.insert(len(properties) if look is None else properties.index(look), layout)
    for column, width in zip(table.iter(tag("gridCol")), widths, strict=True):
        column.set(tag("w"), str(width))
    rows = list(table.iter(tag("tr")))
    for row in rows:
        _finish_row(row, widths, fit)
    for row in _rows_kept(rows, has_note=_has_note(table)):
        _keep_with_next(row)


def _rows_kept(rows: Sequence[etree._Element], *, has_note: bool) -> list[etree._Element]:
    """The rows that stand with what follows: of a long table its first two, head included, and its last two."""
    last = rows if has_note else rows[:-1]
    return [*rows[:2], *last[-2 if has_note else -1 :]] if len(rows) > SHORT_TABLE_ROWS else [*last]


def _has_note(table: etree._Element) -> bool:
    following = next_paragraph(table)
    style = None if following is None else following.find(tag("pStyle"))
    return style is not None and style.get(tag("val")) == "SourceNote"


def _keep_with_next(row: etree._Element) -> None:
    for style in row.iter(tag("pStyle")):
        style.addnext(element("keepNext"))


def _finish_row(row: etree._Element, widths: Sequence[int], fit: TableFit) -> None:
    if not fit.has_long_row:
        properties = row.find(tag("trPr"))
        if properties is None:
            properties = element("trPr")
            row.insert(0, properties)
        properties.insert(0, element("cantSplit"))
    for cell, width in zip(row.iter(tag("tc")), widths, strict=False):
        cell_properties = cell.find(tag("tcPr"))
        if cell_properties is not None:
            cell_properties.insert(0, element("tcW", type="dxa", w=str(width)))
    for style in row.iter(tag("pStyle")):
        style.set(tag("val"), table_style_id(fit.size_pt))
