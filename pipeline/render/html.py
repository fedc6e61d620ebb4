"""brief.html: one file that asks nothing of anywhere, for a screen, a phone and a printer."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from functools import cache
from html import escape
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template, select_autoescape
from markupsafe import Markup

from pipeline.render.assemble import Figure
from pipeline.render.cover import SAMPLE_WORDS, cover_facts, province_name, running_header
from pipeline.render.document import Document, blocks_for
from pipeline.render.fonts import embedded_face, width_em
from pipeline.render.pandoc import Node, raw_block, text_of
from pipeline.render.proofs import Proven, group_sentences, link_figures, link_part
from pipeline.render.script import load_script
from pipeline.render.svg import Drawings
from pipeline.render.tree_html import write_html_tree
from pipeline.settings import TEMPLATES
from pipeline.thai.digits import are_thai, set_digits

SOURCE_LABEL, BEHIND_TH = "ที่มา", "ตัวเลขในรูป"
LONG_EM, MEDIUM_EM = 18.0, 6.0


def write_html(document: Document, target: Path, proven: Sequence[Proven] = ()) -> None:
    """Write a brief as one self-contained HTML file, with the evidence of some of its figures."""
    drawings = Drawings()
    by_table: dict[str, list[Proven]] = defaultdict(list)
    for one in proven:
        by_table[one.shown.table_id].append(one)
    by_sentence = group_sentences(by_table.pop("", ()))
    tree = blocks_for(
        document,
        figure=lambda figure: _figure(figure, drawings),
        table=lambda name, table: _table(name, link_figures(table, by_table[name])),
        page_break=_page_break,
        text=lambda node: _sentence(node, by_sentence),
    )
    body = write_html_tree(tree)
    left, right = running_header(document.cover)
    page = page_template().render(
        cover=document.cover,
        facts=cover_facts(document.cover),
        province=province_name(document.cover),
        running_left=left,
        running_right=right,
        print_left=_css_string(left),
        print_right=_css_string(right),
        contents=[heading for heading in document.headings if heading.level <= 2],
        body=body,
        proven=proven,
        evidence_of={one.evidence.address: one.evidence_id for one in reversed(proven)},
        letters=drawings.letters(),
        script=load_script("tables", "evidence"),
        sample_words=SAMPLE_WORDS,
        has_thai_digits=are_thai(),
        regular=embedded_face("Regular"),
        bold=embedded_face("Bold"),
    )
    target.write_text(page, encoding="utf-8", newline="\n")


def _css_string(text: str) -> Markup:
    """A text as a CSS string inside a style element, where HTML's escapes mean nothing."""
    return Markup('"' + "".join(f"\\{ord(sign):x} " if sign in '"\\<>&\n' else sign for sign in text) + '"')


@cache
def page_template() -> Template:
    """The template of a page."""
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        autoescape=select_autoescape(),
    )
    environment.filters["digits"] = set_digits
    return environment.get_template("brief.html")


def _sentence(node: Node, by_sentence: dict[str, list[list[Proven]]]) -> list[Node] | None:
    """A paragraph with its figures as links; None where it has none."""
    waiting = by_sentence.get(text_of(node["c"]).strip())
    if not waiting:
        return None
    inlines = node["c"]
    for one in waiting.pop(0):
        inlines = link_part(inlines, one)
    return [{"t": node["t"], "c": inlines}]


def _page_break() -> list[Node]:
    return [raw_block("html", '<div class="page-break"></div>')]


def _figure(figure: Figure, drawings: Drawings) -> list[Node]:
    source = f'<span class="source">{SOURCE_LABEL}: {escape(figure.source)}</span>' if figure.source else ""
    drawing = drawings.inline(figure.svg, alt=figure.alt)
    return [
        raw_block(
            "html",
            (
                f'<figure id="{escape(figure.id)}" class="drawing">'
                f'<div class="paper" style="max-width:{figure.width_cm:g}cm">{drawing}</div>'
                f"<figcaption>{escape(figure.caption)}{source}</figcaption>{_behind(figure)}</figure>"
            ),
        )
    ]


def _behind(figure: Figure) -> str:
    """The rows that a figure draws, to be opened; the address of each is told to who points at it, and to programs."""
    if not figure.behind:
        return ""
    head = "".join(f'<th scope="col">{escape(name)}</th>' for name in figure.behind["head"])
    links = figure.behind.get("links") or [""] * len(figure.behind["rows"])
    rows = "".join(map(_behind_row, figure.behind["rows"], links))
    return (
        f'<details class="behind"><summary>{BEHIND_TH}</summary><div class="box" role="region" tabindex="0" '
        f'aria-label="{BEHIND_TH}: {escape(figure.caption)}"><table><thead><tr>{head}</tr></thead>'
        f"<tbody>{rows}</tbody></table></div></details>"
    )


def _behind_row(row: Sequence[Sequence[str]], link: str) -> str:
    """A row, from the first text of which a link leads to what it stands on."""
    first, *cells = map(_behind_cell, row)
    if link:
        first = f'<td><a href="{escape(link)}">{escape(row[0][0])}</a></td>'
    return f"<tr>{first}{''.join(cells)}</tr>"


def _behind_cell(cell: Sequence[str]) -> str:
    text, address = map(escape, cell)
    return f'<td class="number" title="{address}">{text}</td>' if address else f"<td>{text}</td>"


def _mark_cells(table: Node) -> Node:
    """A copy with a class on each cell, by which the style sheet gives it room, and a scope on each head."""
    attributes, caption, specs, head, bodies, foot = table["c"]
    sides = [align["t"] for align, _width in specs]
    marked = [[*body[:3], [_mark_row(row, sides, []) for row in body[3]]] for body in bodies]
    heads = [head[0], [_mark_row(row, sides, [["scope", "col"]]) for row in head[1]]]
    return {"t": "Table", "c": [attributes, caption, specs, heads, marked, foot]}


def _mark_row(row: Sequence[Any], sides: Sequence[str], scope: Sequence[Sequence[str]]) -> list[Any]:
    kinds = [
        "number" if side == "AlignRight" else _length(width_em(text_of(cell[4])))
        for cell, side in zip(row[1], sides, strict=False)
    ]
    cells = [[["", [kind], scope], *cell[1:]] for cell, kind in zip(row[1], kinds, strict=False)]
    return [row[0], [*cells, *row[1][len(cells) :]]]


def _length(width: float) -> str:
    return "long" if width > LONG_EM else "medium" if width > MEDIUM_EM else "short"


def _table(name: str, table: Node) -> Sequence[Node]:
    """A table in a box of its own that scrolls; the caption stays outside, where a narrow screen can read it."""
    attributes, (_short, caption), specs, head, bodies, foot = _mark_cells(table)["c"]
    inlines = [inline for block in caption for inline in block["c"]]
    free = [[align, {"t": "ColWidthDefault"}] for align, _width in specs]
    label = escape(text_of(inlines))
    place = f' id="{escape(name)}"' if name else ""
    bare = {"t": "Table", "c": [["", attributes[1], []], [None, []], free, head, bodies, foot]}
    return [
        raw_block("html", f'<figure{place} class="table"><figcaption>'),
        {"t": "Plain", "c": inlines},
        raw_block("html", f'</figcaption><div class="box" role="region" aria-label="{label}" tabindex="0">'),
        bare,
        raw_block("html", "</div></figure>"),
    ]
