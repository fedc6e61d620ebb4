"""The heights that a table of the PDF is said to stand between hold the height that Typst gives it."""

from __future__ import annotations

import json
import random
import shutil
from pathlib import Path

import pytest
import typst

from pipeline.render.fonts import FAMILY, font_file
from pipeline.render.heights import Heights, note_heights, table_heights
from pipeline.render.line_breaks import keep_words
from pipeline.render.pandoc import Node, paragraph, read_markdown
from pipeline.render.pdf import MAIN, _table
from pipeline.render.tables import fit_table
from pipeline.render.tree_typst import write_typst_tree
from pipeline.settings import TEMPLATES
from tests.unit.rendered import HARD_WORDS, ITEM, TABLE

WORDS = (
    *HARD_WORDS.split(),
    *ITEM.split(),
    "1,234,567.50",
    "พ.ศ. 2565",
    "กรุงเทพมหานคร",
    "พระนครศรีอยุธยา",
    "กข/คง-จฉ",
)
TABLES = 24
DATA = {
    "cover": {
        "is_sample": False, "is_draft": False, "release": "", "status": "", "title": "ก", "subtitle": "", "notes": [],
    },
    "facts": [], "province": "", "running_left": "", "sample_words": "", "document_title": "ก", "figures": {},
}  # fmt: skip


def some_table(number: int) -> Node:
    """A table of a few columns and rows, some narrow and some with much to say."""
    chance = random.Random(number)
    columns = chance.randint(2, 7)

    def row() -> str:
        return " | ".join(
            " ".join(chance.choices(WORDS, k=chance.choice((1, 1, 2, 5, 14)))) for _ in range(columns)
        )

    rows = "".join(f"| {row()} |\n" for _ in range(chance.randint(1, 9)))
    caption = (
        f"\n: ตารางที่ 1 {' '.join(chance.choices(WORDS, k=chance.choice((2, 30))))}\n" if number % 3 else ""
    )
    table: Node = read_markdown(f"| {row()} |\n|{':--|' * columns}\n{rows}{caption}")["blocks"][0]
    return table


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("typst")
    shutil.copy(TEMPLATES / "brief.typ", folder)
    (folder / "brief.json").write_text(json.dumps(DATA), encoding="utf-8")
    for face in ("Regular", "Bold"):
        shutil.copy(font_file(face), folder / f"{FAMILY}-{face}.ttf")
    return folder


def measured(place: Path, body: str, size_pt: float) -> float:
    """How high Typst makes a body, in points."""
    height = f"#context [#metadata(measure(width: text-width)[{body}].height.pt()) <height>]"
    (place / "main.typ").write_text(
        f"{MAIN}#show table: set text(size: {size_pt}pt)\n{height}", encoding="utf-8"
    )
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(place)])
    found = typst.query(str(place / "main.typ"), "<height>", field="value", one=True, font_paths=fonts)
    return float(json.loads(found))


def holds(heights: Heights, height: float) -> bool:
    return heights.least - 0.1 <= height <= heights.most + 0.1


@pytest.mark.parametrize("number", range(TABLES))
def test_a_table_is_as_high_as_is_said(place: Path, number: int) -> None:
    table = some_table(number)
    fit = fit_table(table)
    sized = next(block for block in _table("", table) if block["t"] == "Table")
    body = keep_words(write_typst_tree({"blocks": [sized]}))
    assert holds(table_heights(table, fit), measured(place, body, fit.size_pt))


def test_a_note_is_as_high_as_is_said(place: Path) -> None:
    notes = [paragraph("ที่มา: แฟ้มตัวอย่าง"), paragraph(ITEM * 4)]
    body = "".join(f"#source-note[{note['c'][0]['c']}]" for note in notes)
    assert holds(note_heights(notes), measured(place, body, 10))


def test_plain_tables_are_known_without_being_measured() -> None:
    short = read_markdown("| ก | ข |\n|:--|--:|\n| หน่วยงาน | 1,234 |\n")["blocks"][0]
    heights = table_heights(short, fit_table(short))
    assert heights.most - heights.least < 1
    long = read_markdown(TABLE)["blocks"][0]
    assert table_heights(long, fit_table(long)).least > 1000
