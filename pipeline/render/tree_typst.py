"""A simple tree as Typst, byte for byte as pandoc writes it; see `tree`."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from pipeline.render.pandoc import Node, write_tree
from pipeline.render.tree import is_simple

SIDES = {"AlignLeft": "left", "AlignRight": "right", "AlignCenter": "center", "AlignDefault": "auto"}
SIGNS = str.maketrans(
    {sign: f"\\{sign}" for sign in "\"#$'*<>@[\\]_`~"} | {"\u00a0": "~", "–": "--", "—": "---", "’": "'"}
)
SPACES = ("Space", "SoftBreak")
AT_LINE_START = tuple("+-/=")
NUMBER = re.compile(r"\d+\.")
# What a name begins with that is said to Typst.
OWN = "typst:"
DOUBLED = re.compile("(?<=/)(?=/)|(?<=-)(?=-)")


def write_typst_tree(tree: Node) -> str:
    """Write a tree as the body of a Typst document."""
    if not is_simple(tree["blocks"], may_span=True):
        return write_tree(tree, "typst", "--wrap=none").decode()
    return _write_blocks(tree["blocks"]).rstrip("\n") + "\n"


def _write_blocks(blocks: Sequence[Node]) -> str:
    return "\n".join([_BLOCKS[block["t"]](block["c"]) for block in blocks])


def _write_inlines(inlines: Sequence[Node], *, begins_line: bool = False) -> str:
    """Write inlines; at the start of a line more signs mean something to Typst, and a bracket does behind a word."""
    written = [_INLINES[inline["t"]](inline.get("c")) for inline in inlines]
    for place, inline in enumerate(inlines):
        is_behind_word = not place or inlines[place - 1]["t"] not in SPACES
        if is_behind_word and inline["t"] == "Str" and inline["c"].startswith("("):
            written[place] = f"\\{written[place]}"
    text = inlines[0]["c"] if begins_line and inlines and inlines[0]["t"] == "Str" else ""
    if text.startswith(AT_LINE_START) or NUMBER.fullmatch(text):
        written[0] = f"\\{written[0]}"
    return "".join(written)


def _write_line(inlines: Sequence[Node]) -> str:
    return _write_inlines(inlines, begins_line=True)


def _write_text(text: str) -> str:
    written = "\\".join([piece.translate(SIGNS) for piece in DOUBLED.split(text)])
    return f"\\{written}" if text.startswith(";") else written


def _write_header(content: Sequence[Any]) -> str:
    level, (name, _classes, _pairs), inlines = content
    label = f"\n<{name}>" if name else ""
    return f"{'=' * level} {_write_inlines(inlines)}{label}"


def _write_items(mark: str, items: Sequence[Sequence[Node]]) -> str:
    gap = "\n\n" if items[0][0]["t"] == "Para" else "\n"
    return gap.join(f"{mark} {_write_inlines(item[0]['c'])}" for item in items) + "\n"


def _write_div(content: Sequence[Any]) -> str:
    (name, _classes, _pairs), blocks = content
    return f"#block[\n{_write_blocks(blocks)}\n]{f' <{name}>' if name else ''}"


def _write_table(content: Sequence[Any]) -> str:
    _attributes, (_short, caption), specs, head, bodies, _foot = content
    widths = ", ".join(_write_width(width) for _align, width in specs)
    sides = "".join(f"{SIDES[align['t']]}," for align, _width in specs)
    lines = [
        "#figure(", "  align(center)[#table(", f"    columns: ({widths}),", f"    align: ({sides}),",
        f"    table.header({_write_row(head[1][0])},),", "    table.hline(),",
        *(f"    {_write_row(row)}," for row in bodies[0][3]), "  )]",
        *([f"  , caption: [{write_cell(caption)}]"] if caption else []), "  , kind: table", "  )", "",
    ]  # fmt: skip
    return "\n".join(lines)


def _write_width(width: Node) -> str:
    return f"{_write_number(width['c'] * 100)}%" if width["t"] == "ColWidth" else "auto"


def _write_number(number: float) -> str:
    return f"{number:.2f}".rstrip("0").rstrip(".")


def _write_row(row: Sequence[Any]) -> str:
    return ", ".join(f"{_write_span(cell[0][2], cell[2])}[{write_cell(cell[4])}]" for cell in row[1])


def _write_span(pairs: Sequence[Sequence[str]], rows: int) -> str:
    """Write what a cell is told beside its text: over how many rows it stands, and what is meant for Typst alone."""
    told = [f"rowspan: {rows}"] if rows > 1 else []
    told += [f"{name.removeprefix(OWN)}: {value}" for name, value in pairs if name.startswith(OWN)]
    return f"table.cell({', '.join(told)})" if told else ""


def write_cell(blocks: Sequence[Node]) -> str:
    """Write what stands in a cell of a simple tree."""
    return "".join(_write_inlines(block["c"]) for block in blocks)


_BLOCKS: Mapping[str, Callable[[Any], str]] = {
    "Para": lambda inlines: f"{_write_line(inlines)}\n",
    "Plain": _write_line,
    "Header": _write_header,
    "BulletList": lambda items: _write_items("-", items),
    "OrderedList": lambda content: _write_items("+", content[1]),
    "Div": _write_div,
    "Table": _write_table,
    "RawBlock": lambda content: content[1] if content[0] == "typst" else "",
}
_INLINES: Mapping[str, Callable[[Any], str]] = {
    "Str": _write_text,
    "Space": lambda _: " ",
    "SoftBreak": lambda _: " ",
    "Strong": lambda inlines: f"#strong[{_write_line(inlines)}]",
    "Link": lambda content: f"#link(<{content[2][0][1:]}>)[{_write_inlines(content[1])}]",
    "RawInline": lambda content: content[1] if content[0] == "typst" else "",
}
