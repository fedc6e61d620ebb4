"""The heights that a table of the PDF is said to stand between hold the height that Typst gives it."""

from __future__ import annotations

import json
import random
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from pipeline.render.fonts import FAMILY, font_file
from pipeline.render.heights import Heights, note_heights, table_heights
from pipeline.render.line_breaks import keep_words
from pipeline.render.pandoc import Node, paragraph, read_markdown, text_of
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
NOTES = [paragraph("ที่มา: แฟ้มตัวอย่าง"), paragraph(ITEM * 4)]
QUERY = """
import sys, typst
fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[sys.argv[1]])
print(typst.query(f"{sys.argv[1]}/main.typ", "<height>", field="value", font_paths=fonts))
"""
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


@pytest.fixture(scope="module")
def measured(place: Path) -> list[float]:
    """How high Typst makes each table, and at last some notes, in points; in a process of its own.

    Typst starts threads, and what is forked of a process that has them waits for them for ever.
    """
    bodies = [set_table(some_table(number)) for number in range(TABLES)]
    bodies.append("".join(f"#source-note[{text_of(note)}]" for note in NOTES))
    asked = "".join(
        f"#context [#metadata(measure(width: text-width)[{body}].height.pt()) <height>]\n\n"
        for body in bodies
    )
    (place / "main.typ").write_text(MAIN + asked, encoding="utf-8")
    done = subprocess.run([sys.executable, "-c", QUERY, str(place)], capture_output=True, check=True)
    return [float(height) for height in json.loads(done.stdout)]


def set_table(table: Node) -> str:
    sized = next(block for block in _table("", table) if block["t"] == "Table")
    body = keep_words(write_typst_tree({"blocks": [sized]}))
    return f"#[#show table: set text(size: {fit_table(table).size_pt}pt)\n{body}]"


def holds(heights: Heights, height: float) -> bool:
    return heights.least - 0.1 <= height <= heights.most + 0.1


@pytest.mark.parametrize("number", range(TABLES))
def test_a_table_is_as_high_as_is_said(measured: list[float], number: int) -> None:
    table = some_table(number)
    assert holds(table_heights(table, fit_table(table)), measured[number])


def test_a_note_is_as_high_as_is_said(measured: list[float]) -> None:
    assert len(measured) == TABLES + 1
    assert holds(note_heights(NOTES), measured[TABLES])


def test_plain_tables_are_known_without_being_measured() -> None:
    short = read_markdown("| ก | ข |\n|:--|--:|\n| หน่วยงาน | 1,234 |\n")["blocks"][0]
    heights = table_heights(short, fit_table(short))
    assert heights.most - heights.least < 1
    long = read_markdown(TABLE)["blocks"][0]
    assert table_heights(long, fit_table(long)).least > 1000
