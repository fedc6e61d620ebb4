"""A simple tree as HTML, byte for byte as pandoc writes it; see `tree`."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from pipeline.render.pandoc import Node, write_tree
from pipeline.render.tree import is_simple

SIDES = {"AlignLeft": "left", "AlignRight": "right", "AlignCenter": "center"}
KNOWN = ("scope", "style")
OPTIONS = "--wrap=none", "--shift-heading-level-by=1"


def write_html_tree(tree: Node) -> str:
    """Write a tree as the body of a page, its headings one level lower."""
    if not is_simple(tree["blocks"]):
        return write_tree(tree, "html5", *OPTIONS).decode()
    return _write_blocks(tree["blocks"]) + "\n"


def _write_blocks(blocks: Sequence[Node]) -> str:
    return "\n".join([_BLOCKS[block["t"]](block["c"]) for block in blocks])


def _write_inlines(inlines: Sequence[Node]) -> str:
    return "".join([_INLINES[inline["t"]](inline.get("c")) for inline in inlines])


def _write_attributes(attributes: Sequence[Any]) -> str:
    """An id, classes, and other attributes; all but KNOWN are none of HTML's."""
    name, classes, pairs = attributes
    others = ((key if key in KNOWN else f"data-{key}", value) for key, value in pairs)
    listed = [("id", name), ("class", " ".join(classes)), *others]
    return "".join(f' {key}="{_escape(value)}"' for key, value in listed if value)


def _write_header(content: Sequence[Any]) -> str:
    level, attributes, inlines = content
    return f"<h{level + 1}{_write_attributes(attributes)}>{_write_inlines(inlines)}</h{level + 1}>"


def _write_items(tag: str, items: Sequence[Sequence[Node]]) -> str:
    lines = [f"<li>{_write_blocks(item)}</li>" for item in items]
    return "\n".join([f"<{tag}>", *lines, f"</{tag}>"])


def _write_div(content: Sequence[Any]) -> str:
    attributes, blocks = content
    return f"<div{_write_attributes(attributes)}>\n{_write_blocks(blocks)}\n</div>"


def _write_link(content: Sequence[Any]) -> str:
    attributes, inlines, (target, title) = content
    told = f' title="{_escape(title)}"' if title else ""
    return f'<a href="{_escape(target)}"{_write_attributes(attributes)}{told}>{_write_inlines(inlines)}</a>'


def _write_table(content: Sequence[Any]) -> str:
    _attributes, (_short, caption), specs, head, bodies, _foot = content
    styles = [_style(spec[0]["t"]) for spec in specs]
    named = [f"<caption>{_write_blocks(caption)}</caption>"] if caption else []
    return "\n".join(
        ["<table>", *named, "<thead>", *_write_rows(head[1], "th", styles), "</thead>", "<tbody>"]
        + [*_write_rows(bodies[0][3], "td", styles), "</tbody>", "</table>"]
    )


def _style(align: str) -> list[list[str]]:
    return [["style", f"text-align: {SIDES[align]};"]] if align in SIDES else []


def _write_rows(rows: Sequence[Any], tag: str, styles: Sequence[list[list[str]]]) -> list[str]:
    return [line for row in rows for line in ("<tr>", *_write_cells(row[1], tag, styles), "</tr>")]


def _write_cells(cells: Sequence[Any], tag: str, styles: Sequence[list[list[str]]]) -> Iterator[str]:
    for cell, style in zip(cells, styles, strict=True):
        name, classes, pairs = cell[0]
        attributes = _write_attributes((name, classes, [*style, *pairs]))
        yield f"<{tag}{attributes}>{_write_blocks(cell[4])}</{tag}>"


def _escape(text: str) -> str:
    """The value of an attribute."""
    return _write_text(text).replace('"', "&quot;").replace("'", "&#39;")


def _write_text(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


_BLOCKS: Mapping[str, Callable[[Any], str]] = {
    "Para": lambda inlines: f"<p>{_write_inlines(inlines)}</p>",
    "Plain": _write_inlines,
    "Header": _write_header,
    "BulletList": lambda items: _write_items("ul", items),
    "OrderedList": lambda content: _write_items("ol", content[1]),
    "Div": _write_div,
    "Table": _write_table,
    "RawBlock": lambda content: content[1] if content[0] == "html" else "",
}
_INLINES: Mapping[str, Callable[[Any], str]] = {
    "Str": _write_text,
    "Space": lambda _: " ",
    "SoftBreak": lambda _: " ",
    "Strong": lambda inlines: f"<strong>{_write_inlines(inlines)}</strong>",
    "Link": _write_link,
    "RawInline": lambda content: content[1] if content[0] == "html" else "",
}
