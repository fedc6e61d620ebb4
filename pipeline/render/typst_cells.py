"""The cells of the PDF's tables: what stands in many is written once, and what Typst has laid out serves again.

Typst lays out the cells of a row to measure it and again to set it, and most of the time of a brief's pages goes there,
into finding the words of the Thai. What it was given before it does not lay out again, where that is the same text of
the same place of the source, in a block of the same width that no page may part.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pipeline.render.pandoc import Node, raw_block
from pipeline.render.tree_typst import write_cell

TABLE, TABLE_BEGIN, LONG_ROWS = "#brief-table(", ")[", "long-rows: true"
WHOLE_CELLS = ", whole-cells: true"


def share_cells(blocks: Sequence[Node]) -> list[Node]:
    """Name what stands in the cells of the tables, and let the cells call it by its name.

    Tables whose rows are so long that pages may part them stay as they are.

    Args:
        blocks: of a simple tree; each table behind the call of `brief-table` that it stands in.
    """
    names: dict[str, str] = {}
    shared: list[Node] = []
    for block in blocks:
        begin = str(shared[-1]["c"][1]) if shared and shared[-1]["t"] == "RawBlock" else ""
        if block["t"] == "Table" and begin.startswith(TABLE) and LONG_ROWS not in begin:
            shared[-1] = raw_block("typst", begin.replace(TABLE_BEGIN, f"{WHOLE_CELLS}{TABLE_BEGIN}"))
            block = {"t": "Table", "c": _call_cells(block["c"], names)}
        shared.append(block)
    told = "\n".join(f"#let {name} = whole-cell[{text}]" for text, name in names.items())
    return [raw_block("typst", told), *shared] if told else shared


def _call_cells(content: Sequence[Any], names: dict[str, str]) -> list[Any]:
    """Put the names of what stands in the cells in its place; new ones are added to the names."""
    attributes, caption, specs, head, bodies, foot = content
    heads = [_call_row(row, names) for row in head[1]]
    called = [[*body[:3], [_call_row(row, names) for row in body[3]]] for body in bodies]
    return [attributes, caption, specs, [head[0], heads], called, foot]


def _call_row(row: Sequence[Any], names: dict[str, str]) -> list[Any]:
    cells = [[*cell[:4], _call(cell[4], names) if cell[4] else []] for cell in row[1]]
    return [row[0], cells]


def _call(blocks: Sequence[Node], names: dict[str, str]) -> list[Node]:
    name = names.setdefault(write_cell(blocks), f"cell-{len(names)}")
    return [{"t": "Plain", "c": [{"t": "RawInline", "c": ["typst", f"#{name}"]}]}]
