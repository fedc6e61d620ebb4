"""What is written and read here without pandoc is what pandoc writes and reads."""

from __future__ import annotations

import json
from contextlib import suppress
from typing import Any

import pytest

from pipeline.render import tree_html, tree_read, tree_typst
from pipeline.render.pandoc import Node, read_markdown, write_tree
from pipeline.render.tables import keep_pairs
from pipeline.render.tree import is_simple
from tests.unit.trees import Maker

SEEDS = (1, 2, 3)
BLOCKS = 200
CODE = {"t": "CodeBlock", "c": [["", [], []], "x"]}
NESTED = {
    "t": "BulletList",
    "c": [[{"t": "Plain", "c": [{"t": "Str", "c": "ก"}]}, {"t": "BulletList", "c": []}]],
}


def tree(blocks: list[dict[str, Any]]) -> Node:
    return {**tree_read.empty_tree(), "blocks": blocks}


def simple(seed: int, form: str) -> Node:
    maker = Maker(seed, form)
    blocks = [block for block in (maker.block() for _ in range(BLOCKS)) if is_simple([block])]
    assert len(blocks) > 0.8 * BLOCKS
    return tree(blocks)


@pytest.mark.parametrize("seed", SEEDS)
def test_html_is_as_pandoc_writes_it(seed: int) -> None:
    made = simple(seed, "html")
    assert tree_html.write_html_tree(made) == write_tree(made, "html5", *tree_html.OPTIONS).decode()


@pytest.mark.parametrize("seed", SEEDS)
def test_typst_is_as_pandoc_writes_it(seed: int) -> None:
    made = simple(seed, "typst")
    assert tree_typst.write_typst_tree(made) == write_tree(made, "typst", "--wrap=none").decode()


@pytest.mark.parametrize("rows", [1, 2, 3, 4, 9])
def test_a_table_that_keeps_its_first_and_last_rows_in_pairs_is_as_pandoc_writes_it(rows: int) -> None:
    (table,) = read_markdown("| ก | ข |\n|---|---|\n" + "| 1 | 2 |\n" * rows)["blocks"]
    table["c"][2] = [[align, {"t": "ColWidth", "c": 0.5}] for align, _width in table["c"][2]]
    kept = tree([keep_pairs(table)])
    written = tree_typst.write_typst_tree(kept)
    assert written == write_tree(kept, "typst", "--wrap=none").decode()
    # The rows that begin a pair hold the cell over both, and those that end one have no cell beside it.
    starts = [
        number
        for number, line in enumerate(written.split("[1]")[1:])
        if "table.cell(rowspan: 2, breakable: false)[]" in line
    ]
    assert starts == {1: [], 2: [0], 3: [1], 4: [0, 2], 9: [0, 7]}[rows]


@pytest.mark.parametrize("seed", SEEDS)
def test_markdown_is_read_as_pandoc_reads_it(seed: int) -> None:
    maker = Maker(seed, "html")
    parts = [part for part in (maker.part() for _ in range(BLOCKS)) if is_read_here(part)]
    assert len(parts) > 0.9 * BLOCKS
    markdown = "\n\n".join(parts) + "\n"
    assert is_read_here(markdown)
    assert rounded(tree_read.read_tree(markdown)) == rounded(read_markdown(markdown))


@pytest.mark.parametrize(
    "markdown", ["a *b* c", "- - ก", "1. ก\n   ข", "ก\n\n: ข", "> ก", "    ก", "![](x.png)", "ก\nข"]
)
def test_other_markdown_is_read_by_pandoc(markdown: str) -> None:
    assert not is_read_here(markdown)
    assert tree_read.read_tree(markdown) == read_markdown(markdown)


@pytest.mark.parametrize("block", [CODE, NESTED])
def test_other_trees_are_written_by_pandoc(block: dict[str, Any]) -> None:
    assert not is_simple([block])
    assert (
        tree_html.write_html_tree(tree([block]))
        == write_tree(tree([block]), "html5", *tree_html.OPTIONS).decode()
    )
    assert (
        tree_typst.write_typst_tree(tree([block]))
        == write_tree(tree([block]), "typst", "--wrap=none").decode()
    )


def is_read_here(markdown: str) -> bool:
    with suppress(tree_read._Unread):
        tree_read._Reader(f"{markdown}\n".split("\n")).read()
        return True
    return False


def rounded(read: Node) -> Node:
    """A tree whose shares of columns are told to nine digits."""
    told: Node = json.loads(json.dumps(read), parse_float=lambda text: round(float(text), 9))
    return told
