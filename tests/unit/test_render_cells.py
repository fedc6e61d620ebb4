"""Cells that share what stands in them are set as each would be by itself, wherever a page ends."""

from __future__ import annotations

import random
from pathlib import Path

import nbformat
import pytest

from pipeline.render import pdf
from pipeline.render.assemble import assemble
from pipeline.render.document import Document, build_document
from pipeline.render.pandoc import Node, read_markdown
from pipeline.render.typst_cells import share_cells
from tests.unit.rendered import HARD_WORDS, ITEM, NOTE, cells, displayed, write

WORDS = (*HARD_WORDS.split(), *ITEM.split(), "1,234,567.50", "พ.ศ. 2565", "-5", "กข/คง-จฉ", "**รวม**")
FEW, MANY, LONG = (1, 1, 2, 4), (2, 5, 14, 30), (400,)
TABLES = 7


def some_table(chance: random.Random, lengths: tuple[int, ...]) -> nbformat.NotebookNode:
    """A table of which some rows are high, and in which some texts stand often."""
    columns = chance.randint(2, 6)
    often = [" ".join(chance.choices(WORDS, k=chance.choice(lengths))) for _ in range(5)]

    def text() -> str:
        return chance.choice((*often, "", " ".join(chance.choices(WORDS, k=chance.choice(lengths)))))

    rows = [" | ".join(text() for _ in range(columns)) for _ in range(chance.choice((1, 2, 3, 6, 15, 40)))]
    head = "| " + " | ".join(f"หัว {number}" for number in range(columns)) + " |\n"
    table = f"{head}|{':--|' * columns}\n" + "".join(f"| {row} |\n" for row in rows)
    note = NOTE if chance.random() < 0.5 else ""
    name = f"tbl-{chance.random()}"
    return displayed({"text/markdown": f"{table}\n: ตารางที่ 1 ก\n{note}"}, kind="table", id=name)


def some_document(place: Path, seed: int) -> Document:
    chance = random.Random(seed)
    lengths = (*[FEW, MANY, FEW] * 2, LONG)
    parts = [cells()[0], nbformat.v4.new_markdown_cell("# 1 ก\n\nข")]
    parts += [some_table(chance, lengths[number]) for number in range(TABLES)]
    return build_document(assemble(write(place / "n.ipynb", parts)))


@pytest.mark.parametrize("seed", range(3))
def test_shared_cells_are_set_as_each_by_itself(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    document = some_document(tmp_path, seed)
    pdf.write_pdf(document, tmp_path / "shared.pdf")
    monkeypatch.setattr(pdf, "share_cells", list)
    pdf.write_pdf(document, tmp_path / "apart.pdf")
    assert (tmp_path / "shared.pdf").read_bytes() == (tmp_path / "apart.pdf").read_bytes()


def _blocks(begin: str, markdown: str) -> list[Node]:
    return [{"t": "RawBlock", "c": ["typst", begin]}, *read_markdown(markdown)["blocks"]]


def test_what_stands_in_many_cells_is_written_once() -> None:
    table = "| ก | ข |\n|:--|:--|\n| ค ง | ข |\n| ค ง |  |\n"
    told, begin, shared = share_cells(_blocks("#brief-table(rows: 2)[", table))
    lines = told["c"][1].splitlines()
    assert lines == [
        f"#let cell-{number} = whole-cell[{text}]" for number, text in enumerate(["ก", "ข", "ค ง"])
    ]
    assert begin["c"][1] == "#brief-table(rows: 2, whole-cells: true)["
    rows = [*shared["c"][3][1], *shared["c"][4][0][3]]
    called = [[cell[4][0]["c"][0]["c"][1] if cell[4] else "" for cell in row[1]] for row in rows]
    assert called == [["#cell-0", "#cell-1"], ["#cell-2", "#cell-1"], ["#cell-2", ""]]


@pytest.mark.parametrize("begin", ["#brief-table(rows: 2, long-rows: true)[", "#other["])
def test_rows_that_pages_may_part_stay_as_they_are(begin: str) -> None:
    blocks = _blocks(begin, "| ก |\n|:--|\n| ข |\n")
    assert share_cells(blocks) == blocks
