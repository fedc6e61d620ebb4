"""Trees and Markdown of a brief's kind, made at random, to hold our writers and our reader to pandoc."""

from __future__ import annotations

from random import Random
from typing import Any

import pandas as pd

from pipeline.brief_tables import Column, Table
from pipeline.brief_text.markdown import as_list, as_paragraphs, escape
from pipeline.render.tree import PLAIN_ORDER

# Signs that mean something to a format are many; Latin, Thai, punctuation, arrows and boxes.
SIGNS = [
    *map(chr, (*range(0x21, 0x7F), *range(0x21, 0x30), *range(0xA1, 0x250), *range(0xE00, 0xE5C))),
    *map(chr, (*range(0x2010, 0x2027), *range(0x2190, 0x2194), 0x2212, 0x2260, 0x2610, 0x2612, 0x200B)),
    *"/-+=;.0123456789(:,'\"…" * 8, *["//", "--", "...", "1.", "12.", "http://a.b", "1)", "(1)", "&amp;", "**"] * 4,
]  # fmt: skip
BARE: list[Any] = ["", [], []]
SIDES = ("AlignLeft", "AlignRight", "AlignCenter", "AlignDefault")


class Maker:
    """Makes trees for one format, "html" or "typst", the same for the same seed."""

    def __init__(self, seed: int, form: str) -> None:
        self.random, self.form = Random(seed), form

    def word(self) -> str:
        return "".join(self.random.choices(SIGNS, k=self.random.randint(1, 6)))

    def words(self, depth: int = 0) -> list[dict[str, Any]]:
        inlines: list[dict[str, Any]] = []
        for place in range(self.random.randint(1, 5)):
            if place and self.random.random() < 0.85:
                inlines.append({"t": self.random.choice(("Space", "Space", "SoftBreak"))})
            kind = self.random.random()
            if kind < 0.12 and depth < 2:
                inlines.append({"t": "Strong", "c": self.words(depth + 1)})
            elif kind < 0.2:
                inlines.append({"t": "RawInline", "c": ["typst", "\\-"]})
            elif kind < 0.25 and self.form == "html":
                target = ["#evidence-1", 'ดู <ที่> "มา" & \'']
                inlines.append({"t": "Link", "c": [["figure-1", ["traced"], []], self.words(2), target]})
            else:
                inlines.append({"t": "Str", "c": self.word()})
        return inlines

    def paragraph(self, kind: str = "Plain") -> dict[str, Any]:
        return {"t": kind, "c": self.words()}

    def items(self) -> list[list[dict[str, Any]]]:
        kind = self.random.choice(("Plain", "Para"))
        return [[self.paragraph(kind)] for _ in range(self.random.randint(1, 4))]

    def row(self, count: int) -> list[Any]:
        cells = [
            [
                ["", ["number"], [["scope", "col"]]],
                {"t": "AlignDefault"},
                1,
                1,
                [self.paragraph()] if self.random.random() < 0.9 else [],
            ]
            for _ in range(count)
        ]
        return [BARE, cells]

    def table(self) -> dict[str, Any]:
        count = self.random.randint(1, 4)
        free = {"t": "ColWidthDefault"}
        specs = [
            [
                {"t": self.random.choice(SIDES)},
                free if self.form == "html" else {"t": "ColWidth", "c": round(self.random.random(), 4)},
            ]
            for _ in range(count)
        ]
        caption = [None, [self.paragraph()] if self.random.random() < 0.6 else []]
        rows = [self.row(count) for _ in range(self.random.randint(1, 4))]
        body = [BARE, 0, [], rows]
        return {"t": "Table", "c": [BARE, caption, specs, [BARE, [self.row(count)]], [body], [BARE, []]]}

    def block(self, depth: int = 0) -> dict[str, Any]:
        makers = [
            lambda: self.paragraph("Para"),
            lambda: {"t": "Header", "c": [self.random.randint(1, 4), ["section-1", [], []], self.words()]},
            lambda: {"t": "BulletList", "c": self.items()},
            lambda: {"t": "OrderedList", "c": [PLAIN_ORDER, self.items()]},
            self.table,
            lambda: {"t": "RawBlock", "c": [self.form, self.random.choice(("RAW", "#x[", "]"))]},
        ]
        if depth == 0 and self.random.random() < 0.1:
            inside = [self.block(1) for _ in range(3)]
            return {"t": "Div", "c": [["", ["source"], [["custom-style", "Source Note"]]], inside]}
        made: dict[str, Any] = self.random.choice(makers)()
        return made

    def text(self) -> str:
        return " ".join(self.word() for _ in range(self.random.randint(1, 5)))

    def part(self) -> str:
        """One output of a brief's notebook, as `assemble` joins it."""
        makers = [
            lambda: f"## {self.random.randint(1, 9)}. {escape(self.text())}",
            lambda: as_paragraphs(self.text() for _ in range(self.random.randint(1, 3))),
            lambda: as_list((self.text() for _ in range(3)), is_numbered=self.random.random() < 0.4),
            lambda: f"**{escape(self.text())}**",
            lambda: "::: brief-break\n:::",
            lambda: "::: {#fig-a .brief-figure}\n:::",
            lambda: f"::: {{#tbl-a .brief-table}}\n{self.pipe_table().to_markdown().strip()}\n:::",
        ]
        return self.random.choice(makers)()

    def pipe_table(self) -> Table:
        names = [f"column_{number}" for number in range(self.random.randint(1, 4))]
        columns = [
            Column(name, self.text(), self.random.choice(("text", "figure")), self.random.randint(1, 40))
            for name in names
        ]
        rows = [{name: self.text() for name in names} for _ in range(self.random.randint(1, 4))]
        note = self.text() if self.random.random() < 0.5 else ""
        return Table("tbl-a", self.text(), tuple(columns), pd.DataFrame(rows), note=note, source=self.text())
