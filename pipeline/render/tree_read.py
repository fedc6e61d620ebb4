"""The Markdown of a brief as a tree, node for node as pandoc reads it, without starting it.

Briefs are written by `brief_text.markdown` and `brief_tables.table`: headings, paragraphs and items of one line, pipe
tables, and divs between fences, with every sign escaped that could mean something. Anything else goes to pandoc.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import Any

from pipeline.render.pandoc import Node, read_markdown
from pipeline.render.tree import PLAIN_ORDER

HEADING = re.compile(r"(#{1,6}) (\S.*)")
ITEM, NUMBERED = re.compile(r"- (\S.*)"), re.compile(r"\d+\. (\S.*)")
FENCE = re.compile(r'::: (?:([\w-]+)|\{(?:#([\w-]+) )?\.([\w-]+)(?: ([\w-]+)="([^"\\]*)")?\})')
END = ":::"
PIPE = re.compile(r"(?<!\\)\|")
RULE = re.compile(r":(-+)|(-+):")
CAPTION = re.compile(r": (\S.*)")
# A line of a paragraph begins with none of the signs of other blocks, and is no number of a list.
PARAGRAPH = re.compile(r"(?![:|%=]|(?:[-+]|\d+[.)])(?:\s|$))\S.*")
SPACES = re.compile(" +")
ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
# Letters, and the signs that mean nothing unless they begin a line; the rest must be escaped, or is for pandoc.
WORD = re.compile(
    r"(?:[0-9A-Za-z!%()+,\-./:;=?\u00a1-\u1fff\u200b-\u2027\u2030-\u205e\u2070-\U0001ffff]|\\[!-/:-@\[-`{-~])+"
)


class _Unread(Exception):
    """Something that is read by pandoc only."""


def read_tree(markdown: str) -> Node:
    """Parse the Markdown of a brief into pandoc's JSON tree."""
    try:
        blocks = _Reader(markdown.split("\n")).read()
    except _Unread:
        return read_markdown(markdown)
    return {**empty_tree(), "blocks": blocks}


@cache
def empty_tree() -> Node:
    """The tree of nothing, which tells the version of pandoc's tree."""
    return read_markdown("")


class _Reader:
    """Reads lines one after the other."""

    def __init__(self, lines: Sequence[str]) -> None:
        self._lines = lines
        self._next = 0

    def read(self) -> list[Node]:
        """Read all blocks."""
        blocks = self._blocks(is_inside=False)
        if self._next < len(self._lines):
            raise _Unread
        return blocks

    def _peek(self, ahead: int = 0) -> str | None:
        place = self._next + ahead
        return self._lines[place] if place < len(self._lines) else None

    def _take(self) -> str:
        self._next += 1
        return self._lines[self._next - 1]

    def _blocks(self, *, is_inside: bool) -> list[Node]:
        """Read the blocks up to the end, or to the end of a div."""
        blocks: list[Node] = []
        while (line := self._peek()) is not None and not (is_inside and line == END):
            if line:
                blocks.append(self._block(line))
            else:
                self._next += 1
        return blocks

    def _block(self, line: str) -> Node:
        if found := HEADING.fullmatch(line):
            self._next += 1
            return {"t": "Header", "c": [len(found[1]), ["", [], []], read_words(found[2])]}
        if ITEM.fullmatch(line):
            return {"t": "BulletList", "c": self._items(ITEM)}
        if line.startswith("1. "):
            return {"t": "OrderedList", "c": [PLAIN_ORDER, self._items(NUMBERED)]}
        if found := FENCE.fullmatch(line):
            return self._div(found)
        if line.startswith("|"):
            return self._table()
        return self._paragraph()

    def _paragraph(self) -> Node:
        line = self._take()
        if not PARAGRAPH.fullmatch(line) or self._peek() not in (None, "", END):
            raise _Unread
        return {"t": "Plain" if self._peek() == END else "Para", "c": read_words(line)}

    def _items(self, form: re.Pattern[str]) -> list[list[Node]]:
        """Read a list: its items are paragraphs where an empty line stands between any two."""
        items: list[list[Node]] = []
        kind = "Plain"
        while found := form.fullmatch(self._peek() or ""):
            if not PARAGRAPH.fullmatch(found[1]):
                raise _Unread
            items.append(read_words(found[1]))
            self._next += 1
            gap = 0
            while self._peek(gap) == "":
                gap += 1
            if gap and form.fullmatch(self._peek(gap) or ""):
                kind = "Para"
                self._next += gap
        if self._peek() not in (None, "", END):
            raise _Unread
        return [[{"t": kind, "c": words}] for words in items]

    def _div(self, found: re.Match[str]) -> Node:
        self._next += 1
        alone, name, named, key, value = found.groups()
        blocks = self._blocks(is_inside=True)
        if self._peek() != END:
            raise _Unread
        self._next += 1
        return {"t": "Div", "c": [[name or "", [alone or named], [[key, value]] if key else []], blocks]}

    def _table(self) -> Node:
        head, rules = _split_row(self._take()), _split_row(self._take() if self._peek() else "")
        marks = [RULE.fullmatch(rule) for rule in rules]
        rows = []
        while (self._peek() or "").startswith("|"):
            rows.append(_split_row(self._take()))
        if not all(marks) or {len(row) for row in (head, *rows)} != {len(rules)} or not rows:
            raise _Unread
        specs = _read_columns([found for found in marks if found])
        return {"t": "Table", "c": [["", [], []], [None, self._caption()], specs, *_make_parts(head, rows)]}

    def _caption(self) -> list[Node]:
        """Read what stands below a table; every table of a brief has a caption."""
        found = CAPTION.fullmatch(self._peek(1) or "")
        if self._peek() != "" or not found or self._peek(2) not in (None, "", END):
            raise _Unread
        self._next += 2
        return [{"t": "Plain", "c": read_words(found[1])}]


def _split_row(line: str) -> list[str]:
    """Split a line of a pipe table into its cells."""
    first, *cells, last = PIPE.split(line)
    if first or last or not cells:
        raise _Unread
    return [cell.strip(" ") for cell in cells]


def _read_columns(marks: Sequence[re.Match[str]]) -> list[Any]:
    """The side and the share of each column."""
    lengths = [len(found[0]) for found in marks]
    return [
        [{"t": "AlignLeft" if found[1] else "AlignRight"}, {"t": "ColWidth", "c": length / sum(lengths)}]
        for found, length in zip(marks, lengths, strict=True)
    ]


def _make_parts(head: Sequence[str], rows: Sequence[Sequence[str]]) -> list[Any]:
    """The head, the one body and the empty foot of a table."""
    body = [["", [], []], 0, [], [_make_row(row) for row in rows]]
    return [[["", [], []], [_make_row(head)]], [body], [["", [], []], []]]


def _make_row(cells: Sequence[str]) -> list[Any]:
    return [
        ["", [], []],
        [
            [
                ["", [], []],
                {"t": "AlignDefault"},
                1,
                1,
                [{"t": "Plain", "c": read_words(cell)}] if cell else [],
            ]
            for cell in cells
        ],
    ]


def read_words(text: str) -> list[Node]:
    """Read a line of escaped text, all of which may be bold.

    >>> read_words(r"**2\\*3 ก**")
    [{'t': 'Strong', 'c': [{'t': 'Str', 'c': '2*3'}, {'t': 'Space'}, {'t': 'Str', 'c': 'ก'}]}]
    """
    if text.startswith("**") and text.endswith("**") and len(text) > 4:
        return [{"t": "Strong", "c": _read_words(text[2:-2])}]
    return _read_words(text)


def _read_words(text: str) -> list[Node]:
    words = SPACES.split(text)
    if not all(map(WORD.fullmatch, words)):
        raise _Unread
    inlines = [inline for word in words for inline in ({"t": "Space"}, _make_word(word))]
    return inlines[1:]


def _make_word(word: str) -> Node:
    return {"t": "Str", "c": ESCAPED.sub(r"\1", word) if "\\" in word else word}
