"""brief.pdf: pandoc writes Typst, Typst sets the pages, and every glyph then says which character it is."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import typst

from pipeline.errors import BriefFailed
from pipeline.render.assemble import SOURCE_CLASS, Figure
from pipeline.render.cover import SAMPLE_WORDS, cover_facts, province_name, running_header
from pipeline.render.document import Document, blocks_for
from pipeline.render.fonts import FAMILY, fallback_file, only_drawable, width_em
from pipeline.render.heights import note_heights, table_heights
from pipeline.render.line_breaks import keep_whole, keep_words
from pipeline.render.pandoc import SOURCE_DATE_EPOCH, Node, raw_block, rewrite
from pipeline.render.pdf_fonts import FACES, readable_face
from pipeline.render.pdf_text import make_text_readable
from pipeline.render.tables import THAI_TITLE_EM, fit_table, keep_pairs
from pipeline.render.tree import is_simple
from pipeline.render.tree_typst import write_typst_tree
from pipeline.render.typst_cells import share_cells
from pipeline.settings import TEMPLATES
from pipeline.thai.digits import set_digits

NOTES, TEXTS = frozenset({"Div"}), frozenset({"Str"})
MAIN = '#import "brief.typ": *\n#show: brief\n\n'
SHORTHAND = re.compile(r"(-(?=\d)|\.(?=\.\.)|^(?:[-+/]|=+|\d+\.)$)")
TABLE_BEGIN, TABLE_END = ")[", "]"
TELLING = frozenset({"Para", "BulletList", "OrderedList"})
LAST_ITEMS, HIGH_CM, LOW_TABLE_PT = 3, 3.5, 120
# The chapters have so many pages with the cover; a brief of more is set closer, by the steps of brief.typ.
PAGES_BEFORE_ANNEX, TIGHTEST = 12, 2
ANNEX, CHAPTERS = "ภาคผนวก", "<chapters>"
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
    heights = {name: _height_cm(figure) for name, figure in document.figures.items()}
    tree |= {"blocks": _let_float(_keep_last_items(_join_notes(tree["blocks"])), heights)}
    tree = rewrite(rewrite(tree, _small_note, kinds=NOTES), _plain_signs, kinds=TEXTS)
    if is_simple(tree["blocks"], may_span=True):
        tree |= {"blocks": share_cells(tree["blocks"])}
    with TemporaryDirectory() as place:
        _write_sources(Path(place), document, keep_words(write_typst_tree(tree)))
        target.write_bytes(make_text_readable(_fit(Path(place), document)))


def _fit(place: Path, document: Document) -> bytes:
    """Typeset as loosely as the chapters have room for; the closest there is where even that has not enough."""
    chapters = [heading.text for heading in document.headings if heading.level == 1]
    annex = next((number for number, text in enumerate(chapters) if ANNEX in text), None)
    pdf = b""
    for tightness in range(TIGHTEST + 1):
        words = json.dumps(_words(document, tightness), ensure_ascii=False)
        (place / "brief.json").write_text(only_drawable(words), encoding="utf-8")
        pdf, pages = _compile(place)
        if annex is None or pages[annex] <= PAGES_BEFORE_ANNEX + 1:
            break
    return pdf


def _write_sources(place: Path, document: Document, body: str) -> None:
    texts = {"main.typ": MAIN + body} | {
        f"{name}.svg": figure.svg for name, figure in document.figures.items()
    }
    for name, text in texts.items():
        (place / name).write_text(only_drawable(text), encoding="utf-8")
    (place / "brief.typ").write_bytes((TEMPLATES / "brief.typ").read_bytes())
    for face in FACES:
        (place / f"{FAMILY}-{face}.ttf").write_bytes(readable_face(face))
    (place / fallback_file().name).write_bytes(fallback_file().read_bytes())


def _words(document: Document, tightness: int) -> dict[str, Any]:
    cover = document.cover
    left, _right = running_header(cover)
    on_cover = {"title": keep_words(cover.title), "subtitle": keep_words(cover.subtitle)}
    return {
        "cover": asdict(cover) | on_cover | {"notes": [keep_words(note) for note in cover.notes]},
        "facts": cover_facts(cover),
        "province": province_name(cover),
        "running_left": left,
        "sample_words": SAMPLE_WORDS,
        "tightness": tightness,
        "digits": list(set_digits("0123456789")),
        "document_title": f"{left} ({SAMPLE_WORDS})" if cover.is_sample else left,
        "figures": {
            name: {
                "file": f"{name}.svg",
                "width_cm": figure.width_cm,
                "alt": figure.alt,
                "caption": keep_words(figure.caption),
                "source": keep_words(figure.source),
            }
            for name, figure in document.figures.items()
        },
    }


def _compile(place: Path) -> tuple[bytes, list[int]]:
    """Typeset to PDF/UA; a brief that breaks one of its rules, such as a skipped heading level, to plain PDF.

    Returns:
        The file, and the page that each chapter begins on.
    """
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


def _typeset(compiler: typst.Compiler, standards: list[typst.PDFStandard]) -> tuple[bytes, list[int]]:
    pdf = compiler.compile(format="pdf", timestamp=int(SOURCE_DATE_EPOCH), pdf_standards=standards)
    if not isinstance(pdf, bytes):
        raise BriefFailed("typst: no PDF")
    (pages,) = json.loads(compiler.query(CHAPTERS, field="value"))
    return pdf, pages


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


def _keep_last_items(blocks: Sequence[Node]) -> list[Node]:
    """Keep the last items of a numbered list on one page, so that no page is left to one of them."""
    kept: list[Node] = []
    for block in blocks:
        if block["t"] != "OrderedList":
            kept.append(block)
            continue
        attributes, items = block["c"]
        first = max(len(items) - LAST_ITEMS, 0)
        if first:
            kept.append({"t": "OrderedList", "c": [attributes, items[:first]]})
        last = {"t": "OrderedList", "c": [attributes, items[first:]]}
        kept += [raw_block("typst", f"#last-items({first + 1})["), last, raw_block("typst", "]")]
    return kept


def _let_float(blocks: Sequence[Node], heights_cm: Mapping[str, float]) -> list[Node]:
    """Let a high figure leave its place for the foot of a page where its section has text to tell it by.

    Figures stand in their order: a low one goes with those before it in its chapter, and one that is followed by a
    figure that stays in its place stays too.
    """
    floats = [*_would_float(blocks, heights_cm)]
    placed: list[Node] = []
    is_followed = False
    for does_float, block in zip(reversed(floats), reversed(blocks), strict=True):
        if FIGURE_END in _raw(block):
            is_followed = is_followed or not does_float
            if not is_followed:
                block = raw_block("typst", _raw(block).replace(FIGURE_END, FLOATING_END))
        elif _is_chapter(block):
            is_followed = False
        placed.append(block)
    return placed[::-1]


def _would_float(blocks: Sequence[Node], heights_cm: Mapping[str, float]) -> Iterator[bool]:
    """Say of each block whether it is a figure with text before it in its section that is high, or follows such."""
    is_told = has_floating = False
    for block in blocks:
        raw = _raw(block)
        is_high = FIGURE_END in raw and heights_cm[raw.rpartition("<")[2][:-1]] > HIGH_CM
        does_float = FIGURE_END in raw and is_told and (is_high or has_floating)
        has_floating = (has_floating or does_float) and not _is_chapter(block)
        is_told = block["t"] in TELLING or raw.startswith(TABLE_END) or (is_told and FIGURE_END in raw)
        yield does_float


def _is_chapter(block: Node) -> bool:
    return bool(block["t"] == "Header" and block["c"][0] == 1)


def _raw(block: Node) -> str:
    return str(block["c"][1]) if block["t"] == "RawBlock" else ""


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


def _whole_unit(node: Node) -> list[Node] | None:
    """Keep the unit of a column on one line of its head, which has the room for it."""
    text = node["c"]
    if not (text.startswith("(") and text.endswith(")")) or width_em(text) > THAI_TITLE_EM:
        return None
    return [{"t": "Str", "c": keep_whole(text)}]


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
    heads = rewrite(head[1], _whole_unit, kinds=TEXTS)
    sized = {"t": "Table", "c": [["", *attributes[1:]], caption, widths, [head[0], heads], bodies, foot]}
    look = f"size: {fit.size_pt}pt, columns: {len(specs)}, rows: {sum(len(body[3]) for body in bodies)}"
    look += ", long-rows: true" if fit.has_long_row else ""
    heights = table_heights(table, fit)
    if heights.most > LOW_TABLE_PT and not fit.has_high_row:
        sized = keep_pairs(sized)
    look += f", least: {heights.least:.1f}pt, most: {heights.most:.1f}pt"
    end = f"{TABLE_END} <{name}>" if name else TABLE_END
    return [raw_block("typst", f"#brief-table({look}{TABLE_BEGIN}"), sized, raw_block("typst", end)]
