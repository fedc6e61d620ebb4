"""Which trees are simple enough to be written here, as pandoc would write them, without starting it.

A brief is headings, paragraphs, lists and tables of plain text. Its tree is written in a few milliseconds by
`tree_html` and `tree_typst`, byte for byte as pandoc does; a tree that holds anything else goes to pandoc.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from pipeline.render.pandoc import Node

BARE = ["", [], []]
PLAIN_ORDER = [1, {"t": "DefaultStyle"}, {"t": "DefaultDelim"}]
# Signs that pandoc leaves as they are or the writers here know: Latin, Thai, punctuation, arrows, relations, boxes.
KNOWN_SIGNS = re.compile(
    "[ -~\u00a0-\u024f\u0e00-\u0e5f\u2000-\u206f\u2190-\u2193\u2200-\u22ff\u2610-\u2612]*"
)
NAME = re.compile("([A-Za-z][A-Za-z0-9_-]{0,39})?")
TASKS = ("☐", "☒")
INLINES = frozenset({"Space", "SoftBreak", "RawInline"})


def is_simple(blocks: Sequence[Node], *, may_span: bool = False) -> bool:
    """Say whether blocks hold nothing that the writers here do not know.

    Args:
        blocks: the blocks of a tree.
        may_span: an empty cell of a table may stand over several rows.
    """
    return all(_is_simple_block(block, may_span=may_span) for block in blocks)


def _is_simple_block(block: Node, *, may_span: bool) -> bool:
    kind, content = block["t"], block.get("c", [])
    if kind in ("Para", "Plain"):
        return _are_words(content)
    if kind == "Header":
        name, *more = content[1]
        return more == BARE[1:] and _is_name(name) and _are_words(content[2])
    if kind == "BulletList":
        return _is_simple_list(content)
    if kind == "OrderedList":
        return content[0] == PLAIN_ORDER and _is_simple_list(content[1])
    if kind == "Div":
        # One that begins with a heading becomes a section.
        is_section = content[1][:1] and content[1][0]["t"] == "Header"
        return not is_section and _is_name(content[0][0]) and is_simple(content[1], may_span=may_span)
    return kind == "RawBlock" or kind == "Table" and _is_simple_table(content, may_span=may_span)


def _is_name(name: str) -> bool:
    """A name that Word takes for a bookmark, or none."""
    return NAME.fullmatch(name) is not None


def _is_simple_list(items: Sequence[Sequence[Node]]) -> bool:
    """One paragraph an item, in all of them of the same kind; no box to tick."""
    kinds = {tuple(block["t"] for block in item) for item in items}
    words = [inline for item in items for block in item for inline in block["c"][:1]]
    return (
        kinds in ({("Plain",)}, {("Para",)})
        and not any(word["t"] == "Str" and word["c"].startswith(TASKS) for word in words)
        and all(_are_words(item[0]["c"]) for item in items)
    )


def _is_simple_table(content: Sequence[Any], *, may_span: bool) -> bool:
    """One row of heads, one body, no cell over several columns, and one paragraph at most a cell."""
    attributes, (_short, caption), _specs, head, bodies, foot = content
    if attributes[1:] != BARE[1:] or len(head[1]) != 1 or len(bodies) != 1 or bodies[0][2] or foot[1]:
        return False
    cells = [cell for row in (*head[1], *bodies[0][3]) for cell in row[1]]
    return all(_is_simple_cell(cell, may_span=may_span) for cell in cells) and _is_paragraph(caption)


def _is_simple_cell(cell: Sequence[Any], *, may_span: bool) -> bool:
    """One over several rows is empty."""
    _attributes, align, rows, columns, blocks = cell
    is_spanning = may_span and not blocks
    return (
        align["t"] == "AlignDefault" and columns == 1 and (rows == 1 or is_spanning) and _is_paragraph(blocks)
    )


def _is_paragraph(blocks: Sequence[Node]) -> bool:
    return not blocks or len(blocks) == 1 and blocks[0]["t"] == "Plain" and _are_words(blocks[0]["c"])


def _are_words(inlines: Sequence[Node], *, may_link: bool = True) -> bool:
    return all(_is_word(inline, may_link=may_link) for inline in inlines)


def _is_word(inline: Node, *, may_link: bool) -> bool:
    """No link leads out of the document, and none stands in another; a picture tells its width."""
    kind, content = inline["t"], inline.get("c", "")
    if kind == "Image":
        return [name for name, _ in content[0][2]] == ["width"] and _are_words(content[1])
    if kind == "Str":
        return KNOWN_SIGNS.fullmatch(content) is not None
    if kind == "Strong":
        return _are_words(content, may_link=may_link)
    if kind == "Link":
        return may_link and content[2][0].startswith("#") and _are_words(content[1], may_link=False)
    return kind in INLINES
