"""brief.pdf: pandoc writes Typst, Typst sets the pages, and every glyph then says which character it is."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import typst

from pipeline.errors import BriefFailed
from pipeline.render.assemble import SOURCE_CLASS, Figure
from pipeline.render.cover import SAMPLE_WORDS, cover_facts, province_name, running_header
from pipeline.render.document import Document, blocks_for
from pipeline.render.fonts import FAMILY, fallback_file, only_drawable
from pipeline.render.heights import note_heights, table_heights
from pipeline.render.line_breaks import keep_words
from pipeline.render.pandoc import SOURCE_DATE_EPOCH, Node, raw_block, rewrite
from pipeline.render.pdf_fonts import FACES, readable_face
from pipeline.render.pdf_text import make_text_readable
from pipeline.render.tables import fit_table
from pipeline.render.tree_typst import write_typst_tree
from pipeline.settings import TEMPLATES

NOTES, TEXTS = frozenset({"Div"}), frozenset({"Str"})
MAIN = '#import "brief.typ": *\n#show: brief\n\n'
SHORTHAND = re.compile(r"(-(?=\d)|\.(?=\.\.)|^(?:[-+/]|=+|\d+\.)$)")
TABLE_BEGIN, TABLE_END = ")[", "]"
TELLING = frozenset({"Para", "BulletList", "OrderedList"})
FIGURE_END, FLOATING_END = '") <', '", below-text: true) <'
VIEW_BOX = re.compile(r'viewBox="\S+ \S+ (?P<width>[\d.]+) (?P<height>[\d.]+)"')
ACCESSIBLE: typst.PDFStandard = "ua-1"
STANDARD_BROKEN = "PDF/UA"


def write_pdf(document: Document, target: Path) -> None:
    """Write a brief as a tagged A4 PDF.

    Raises:
        BriefFailed: Typst refuses the document; with what it says.
    """
    tree = blocks_for(document, figure=_figure, table=_table, page_break=_page_break)
    tree |= {"blocks": _let_float(_join_notes(tree["blocks"]))}
    tree = rewrite(rewrite(tree, _small_note, kinds=NOTES), _plain_signs, kinds=TEXTS)
    with TemporaryDirectory() as place:
        _write_sources(Path(place), document, keep_words(write_typst_tree(tree)))
        target.write_bytes(make_text_readable(_compile(Path(place))))


def _write_sources(place: Path, document: Document, body: str) -> None:
    words = json.dumps(_words(document), ensure_ascii=False)
    texts = {"main.typ": MAIN + body, "brief.json": words} | {
        f"{name}.svg": figure.svg for name, figure in document.figures.items()
    }
    for name, text in texts.items():
        (place / name).write_text(only_drawable(text), encoding="utf-8")
    (place / "brief.typ").write_bytes((TEMPLATES / "brief.typ").read_bytes())
    for face in FACES:
        (place / f"{FAMILY}-{face}.ttf").write_bytes(readable_face(face))
    (place / fallback_file().name).write_bytes(fallback_file().read_bytes())


def _words(document: Document) -> dict[str, Any]:
    cover = document.cover
    left, _right = running_header(cover)
    on_cover = {"title": keep_words(cover.title), "subtitle": keep_words(cover.subtitle)}
    return {
        "cover": asdict(cover) | on_cover | {"notes": [keep_words(note) for note in cover.notes]},
        "facts": cover_facts(cover),
        "province": province_name(cover),
        "running_left": left,
        "sample_words": SAMPLE_WORDS,
        "document_title": f"{left} ({SAMPLE_WORDS})" if cover.is_sample else left,
        "figures": {
            name: {
                "file": f"{name}.svg",
                "width_cm": figure.width_cm,
                "height_cm": _height_cm(figure),
                "alt": figure.alt,
                "caption": keep_words(figure.caption),
                "source": keep_words(figure.source),
            }
            for name, figure in document.figures.items()
        },
    }


def _compile(place: Path) -> bytes:
    """Typeset to PDF/UA; a brief that breaks one of its rules, such as a skipped heading level, to plain PDF."""
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(place)])
    compiler = typst.Compiler(input=str(place / "main.typ"), root=str(place), font_paths=fonts)
    try:
        return _typeset(compiler, [ACCESSIBLE])
    except typst.TypstError as error:
        if STANDARD_BROKEN not in error.message:
            raise BriefFailed(f"typst: {error.message} {error.diagnostic}") from error
    try:
        return _typeset(compiler, [])
    except typst.TypstError as error:
        raise BriefFailed(f"typst: {error.message} {error.diagnostic}") from error


def _typeset(compiler: typst.Compiler, standards: list[typst.PDFStandard]) -> bytes:
    pdf = compiler.compile(format="pdf", timestamp=int(SOURCE_DATE_EPOCH), pdf_standards=standards)
    if not isinstance(pdf, bytes):
        raise BriefFailed("typst: no PDF")
    return pdf


def _join_notes(blocks: Sequence[Node]) -> list[Node]:
    """Put the note below a table into the table's own block, so that no page parts them."""
    joined: list[Node] = []
    for block in blocks:
        end = joined[-1]["c"] if joined and joined[-1]["t"] == "RawBlock" else ["", ""]
        if block["t"] == "Div" and SOURCE_CLASS in block["c"][0][1] and end[1].startswith(TABLE_END):
            begin, table, note = joined[-3]["c"][1], joined[-2], block["c"][1]
            begin = begin.replace(TABLE_BEGIN, f", note-most: {note_heights(note).most:.1f}pt{TABLE_BEGIN}")
            parts = raw_block("typst", "]["), *note, raw_block("typst", end[1])
            joined[-3:] = [raw_block("typst", begin), table, *parts]
        else:
            joined.append(block)
    return joined


def _let_float(blocks: Sequence[Node]) -> list[Node]:
    """Let a figure leave its place for the head or foot of a page where its section has text to tell it by."""
    placed: list[Node] = []
    is_told = False
    for block in blocks:
        raw = block["c"][1] if block["t"] == "RawBlock" else ""
        if is_told and FIGURE_END in raw:
            block = raw_block("typst", raw.replace(FIGURE_END, FLOATING_END))
        is_told = block["t"] in TELLING or raw.startswith(TABLE_END) or (is_told and FIGURE_END in raw)
        placed.append(block)
    return placed


def _height_cm(figure: Figure) -> float:
    """How high a drawing is at its width, by the size that its SVG states."""
    found = VIEW_BOX.search(figure.svg)
    return figure.width_cm * float(found["height"]) / float(found["width"]) if found else 0.0


def _small_note(node: Node) -> list[Node] | None:
    if SOURCE_CLASS not in node["c"][0][1]:
        return None
    return [raw_block("typst", "#source-note["), *node["c"][1], raw_block("typst", "]")]


def _plain_signs(node: Node) -> list[Node] | None:
    """Keep signs as they are that Typst, and not pandoc, takes for more.

    It makes a minus of a hyphen before a digit, one sign of three dots, and at the start of a cell a list of
    "- x", "+ x", "1. x" or "/ x: y" and a heading of "= x".
    """
    if not SHORTHAND.search(node["c"]):
        return None
    return [
        {"t": "RawInline", "c": ["typst", f"\\{piece}"]} if SHORTHAND.fullmatch(piece) or piece in "-."
        else {"t": "Str", "c": piece}
        for piece in SHORTHAND.split(node["c"]) if piece
    ]  # fmt: skip


def _page_break() -> list[Node]:
    return [raw_block("typst", "#pagebreak(weak: true)")]


def _figure(figure: Figure) -> list[Node]:
    return [raw_block("typst", f'#brief-figure("{figure.id}") <{figure.id}>')]


def _table(name: str, table: Node) -> Sequence[Node]:
    fit = fit_table(table)
    attributes, caption, specs, head, bodies, foot = table["c"]
    widths = [
        [align, {"t": "ColWidth", "c": round(share, 4)}]
        for (align, _width), share in zip(specs, fit.shares, strict=True)
    ]
    sized = {"t": "Table", "c": [["", *attributes[1:]], caption, widths, head, bodies, foot]}
    look = f"size: {fit.size_pt}pt, rows: {sum(len(body[3]) for body in bodies)}"
    look += ", long-rows: true" if fit.has_long_row else ""
    heights = table_heights(table, fit)
    look += f", least: {heights.least:.1f}pt, most: {heights.most:.1f}pt"
    end = f"{TABLE_END} <{name}>" if name else TABLE_END
    return [raw_block("typst", f"#brief-table({look}{TABLE_BEGIN}"), sized, raw_block("typst", end)]
