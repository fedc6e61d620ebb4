"""Calls pandoc, and walks the tree that it reads and writes as JSON."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Callable, Sequence
from typing import Any

import pypandoc

from pipeline.errors import BriefFailed

Node = dict[str, Any]
# Nodes that hold no other; most of a tree.
LEAVES = frozenset({"Str", "Space", "SoftBreak", "LineBreak"})
# What else a tree holds, told by its very type: every node of every tree is asked.
INNER = (list, dict)

# A fixed moment for what a format insists on dating: equal input gives equal bytes.
SOURCE_DATE_EPOCH = "1640995200"
# Text of received files may stand in a brief: nothing of it is raw HTML, TeX, math, a citation or a title.
# Lists may follow a paragraph at once and quotes stay as typed, as the notebook looks in JupyterLab.
READER = (
    "markdown-raw_html-raw_tex-raw_attribute-latex_macros-tex_math_dollars-citations-example_lists-fancy_lists"
    "-smart-subscript-superscript-yaml_metadata_block-pandoc_title_block-line_blocks-auto_identifiers"
    "-implicit_figures-implicit_header_references-simple_tables-multiline_tables-native_divs-native_spans"
    "+lists_without_preceding_blankline"
)


def read_markdown(markdown: str) -> Node:
    """Parse pandoc Markdown into pandoc's JSON tree."""
    tree: Node = json.loads(run_pandoc("--from", READER, "--to", "json", content=markdown.encode()))
    return tree


def write_tree(tree: Node, to: str, *options: str) -> bytes:
    """Write a JSON tree in a format of pandoc's."""
    return run_pandoc("--from", "json", "--to", to, *options, content=json.dumps(tree).encode())


def run_pandoc(*options: str, content: bytes = b"") -> bytes:
    """Run pandoc on bytes.

    Raises:
        BriefFailed: pandoc refuses; with what it says.
    """
    done = subprocess.run(
        [pypandoc.get_pandoc_path(), *options],
        input=content,
        capture_output=True,
        check=False,
        env=os.environ | {"SOURCE_DATE_EPOCH": SOURCE_DATE_EPOCH},
    )
    if done.returncode:
        raise BriefFailed(f"pandoc {' '.join(options)}: {done.stderr.decode(errors='replace').strip()}")
    return done.stdout


def text_of(node: object) -> str:
    """The plain text of a tree or a part of one."""
    if isinstance(node, list):
        return "".join([text_of(part) for part in node])
    if not isinstance(node, dict):
        return ""
    if node["t"] in ("Str", "Code"):
        return str(node["c"] if node["t"] == "Str" else node["c"][1])
    if node["t"] in LEAVES:
        return " "
    return "" if node["t"] == "Note" else text_of(node.get("c"))


def rewrite(node: Any, change: Callable[[Node], Sequence[Node] | None], *, kinds: frozenset[str]) -> Any:
    """A tree with what `change` returns in the place of a node; None keeps it and goes on inside.

    What nothing is changed in is not copied, so no tree is ever written to.

    Args:
        node: the tree or a part of one.
        change: is given each node of the kinds.
        kinds: of nodes, as pandoc names them.
    """
    if type(node) is list:
        return _rewrite_list(node, change, kinds)
    if type(node) is not dict:
        return node
    made = {}
    for key, value in node.items():
        if type(value) in INNER and (new := rewrite(value, change, kinds=kinds)) is not value:
            made[key] = new
    return node | made if made else node


def _rewrite_list(
    nodes: list[Any], change: Callable[[Node], Sequence[Node] | None], kinds: frozenset[str]
) -> list[Any]:
    parts: list[Any] = []
    is_same = True
    for part in nodes:
        kind = part.get("t") if type(part) is dict else None
        changed = change(part) if kind in kinds else None
        if changed is not None:
            parts.extend(changed)
            is_same = False
        elif kind in LEAVES or type(part) not in INNER or not part:
            parts.append(part)
        else:
            parts.append(rewrite(part, change, kinds=kinds))
            is_same = is_same and parts[-1] is part
    return nodes if is_same else parts


def raw_block(format_name: str, text: str) -> Node:
    """A block that only one format sees."""
    return {"t": "RawBlock", "c": [format_name, text]}


def styled(style: str, blocks: Sequence[Node]) -> Node:
    """Blocks in a named paragraph style of the DOCX reference document."""
    return {"t": "Div", "c": [["", [], [["custom-style", style]]], list(blocks)]}


def paragraph(text: str) -> Node:
    """A paragraph of plain text."""
    return {"t": "Para", "c": [{"t": "Str", "c": text}]}
