"""The tree of a brief that all formats are written from: headings are named, links are checked."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from pipeline.errors import BriefFailed
from pipeline.render.assemble import (
    FIGURE_CLASS,
    PAGE_BREAK_CLASS,
    TABLE_CLASS,
    Assembled,
    Cover,
    Figure,
)
from pipeline.render.digits import set_cover_digits, set_figure_digits, set_tree_digits
from pipeline.render.pandoc import Node, rewrite, text_of
from pipeline.render.tree_read import read_tree

HEADINGS, LINKS = frozenset({"Header"}), frozenset({"Link", "Image"})
NAMED, PLACED = frozenset({"Div", "Span", "Table"}), frozenset({"Div", "Table"})
TEXTS = frozenset({"Para", "Plain"})


@dataclass(frozen=True)
class Heading:
    """A heading, for the table of contents."""

    level: int
    id: str
    text: str


@dataclass(frozen=True)
class Document:
    """A brief as a tree.

    Attributes:
        cover: the cover.
        tree: pandoc's JSON tree; figures and page breaks are empty divs of their class, tables are in divs.
        figures: the figures by id.
        headings: in order.
    """

    cover: Cover
    tree: Node
    figures: dict[str, Figure]
    headings: tuple[Heading, ...]


def build_document(assembled: Assembled) -> Document:
    """Parse an assembled brief.

    Raises:
        BriefFailed: it holds an image that is not a figure output.
    """
    headings: list[Heading] = []
    names: set[str] = set()
    tree = set_tree_digits(read_tree(assembled.markdown))
    tree = rewrite(tree, lambda node: _name(node, headings, names), kinds=HEADINGS | NAMED)
    names |= {heading.id for heading in headings}
    tree = rewrite(tree, lambda node: _check_link(node, names), kinds=LINKS)
    figures = {name: set_figure_digits(figure) for name, figure in assembled.figures.items()}
    cover = set_cover_digits(assembled.cover)
    return Document(cover=cover, tree=tree, figures=figures, headings=tuple(headings))


def _name(node: Node, headings: list[Heading], names: set[str]) -> list[Node] | None:
    """Give a heading its id, and note the ids that other nodes have."""
    if node["t"] != "Header":
        names.add(node["c"][0][0])
        return None
    level, (name, classes, pairs), inlines = node["c"]
    heading = Heading(level=level, id=name or f"section-{len(headings) + 1}", text=text_of(inlines).strip())
    headings.append(heading)
    return [{"t": "Header", "c": [level, [heading.id, classes, pairs], inlines]}]


def _check_link(node: Node, names: set[str]) -> list[Node] | None:
    """A link to a place that the brief does not have becomes its text; Typst would refuse the document."""
    if node["t"] == "Image":
        raise BriefFailed(f"image {node['c'][2][0]}: a picture must be a figure output, not a Markdown image")
    if not node["c"][2][0].startswith("#") or node["c"][2][0][1:] in names:
        return None
    return [{"t": "Span", "c": [["", [], []], node["c"][1]]}]


def blocks_for(
    document: Document,
    *,
    figure: Callable[[Figure], Sequence[Node]],
    table: Callable[[str, Node], Sequence[Node]],
    page_break: Callable[[], Sequence[Node]],
    text: Callable[[Node], Sequence[Node] | None] | None = None,
) -> Node:
    """Copy the tree with each figure, table and page break as one format wants it.

    Args:
        document: the brief.
        figure: a figure's blocks.
        table: the blocks of a table, from its id ("" where it has none) and its node.
        page_break: a page break's blocks.
        text: the blocks of a paragraph or an item, None where it stays as it is; by default all stay.
    """

    def change(node: Node) -> Sequence[Node] | None:
        if node["t"] == "Table":
            return table(node["c"][0][0], node)
        if text and node["t"] in TEXTS:
            return text(node)
        (name, classes, _pairs), inside = node["c"]
        if PAGE_BREAK_CLASS in classes:
            return page_break()
        if FIGURE_CLASS in classes:
            return figure(document.figures[name])
        if TABLE_CLASS in classes:
            return _in_table_div(name, inside, table)
        return None

    tree: Node = rewrite(document.tree, change, kinds=PLACED | TEXTS if text else PLACED)
    return tree


def _in_table_div(
    name: str, inside: Sequence[Node], table: Callable[[str, Node], Sequence[Node]]
) -> list[Node]:
    if not any(block["t"] == "Table" for block in inside):
        raise BriefFailed(f"table {name}: its Markdown holds no pipe table")
    named = [name, *[""] * len(inside)]
    return [
        made
        for block in inside
        for made in (table(named.pop(0), block) if block["t"] == "Table" else [block])
    ]
