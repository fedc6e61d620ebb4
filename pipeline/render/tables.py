"""How wide each column of a table is and how small its type: numbers never wrap, long text does."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from pipeline.render.fonts import WIDTHS_KEPT, width_em
from pipeline.render.pandoc import Node, text_of

TEXT_WIDTH_CM = 16.0
POINTS_PER_CM = 72 / 2.54
SIZES_PT = (10.0, 9.0, 8.5, 8.0, 7.5, 7.0)
PADDING_EM = 0.8
BOLD = 1.07
COMFORTABLE_EM = 7.0
THAI_WORD_EM, THAI_TITLE_EM = 4.5, 8.0
SLACK_EM, SMALL_LACK_EM = 0.3, 3.0
LONG_ROW_LINES, HIGH_ROW_LINES = 24, 12
UNBREAKABLE = re.compile("[^\\s\u200b/-]+[/-]*")
THAI = re.compile("[\u0e00-\u0e7f]")


@dataclass(frozen=True)
class _Text:
    text: str
    is_bold: bool


@dataclass(frozen=True)
class Column:
    """What a column asks for, in em.

    Attributes:
        full: every text on one line, the title too.
        natural: every text on one line but for the title.
        comfortable: what it wants before the type is set smaller.
        least: its longest piece that cannot break; in a column of numbers that is each number.
    """

    full: float
    natural: float
    comfortable: float
    least: float


@dataclass(frozen=True)
class TableFit:
    """How a table is set: the share of the text's width of each column, and the size of its type.

    Attributes:
        shares: one a column; together 1.
        size_pt: the size of the type.
        has_long_row: a row is so long that it has to break over pages.
        has_high_row: a row is too high for two of them to be kept on one page.
    """

    shares: tuple[float, ...]
    size_pt: float
    has_long_row: bool
    has_high_row: bool


def fit_table(table: Node) -> TableFit:
    """Fit a table into the text's width, in the largest type in which its columns are comfortable."""
    head, body = _rows(table)
    return _fit(head, body, [spec[0]["t"] for spec in table["c"][2]])


def keep_pairs(table: Node) -> Node:
    """Copy a table with a column of no width, whose cells hold its first two rows together, and its last two."""
    attributes, caption, specs, head, bodies, foot = table["c"]
    last = sum(len(body[3]) for body in bodies) - 2
    if last < 0 or len(bodies) != 1:
        return table
    starts = {last, 0} if last > 1 else {last}
    rows = [
        [row[0], [*row[1], *([] if number - 1 in starts else [_empty_cell(rows=1 + (number in starts))])]]
        for number, row in enumerate(bodies[0][3])
    ]
    heads = [[row[0], [*row[1], _empty_cell()]] for row in head[1]]
    no_width = [{"t": "AlignDefault"}, {"t": "ColWidth", "c": 0.0}]
    body = [*bodies[0][:3], rows]
    return {
        "t": "Table",
        "c": [attributes, caption, [*specs, no_width], [head[0], heads], [body], foot],
    }


def _empty_cell(rows: int = 1) -> list[Any]:
    """A cell that says nothing; one over two rows holds them together, whatever their other cells may do."""
    held = [["typst:breakable", "false"]] if rows > 1 else []
    return [["", [], held], {"t": "AlignDefault"}, rows, 1, []]


def fit_cells(head: Sequence[str], body: Sequence[Sequence[str]], *, is_right: Sequence[bool]) -> TableFit:
    """Fit a table of plain texts as `fit_table` does.

    Args:
        head: the titles of its columns.
        body: the texts of its rows.
        is_right: for each column, whether it holds numbers, which stand right and never wrap.
    """
    rows = [[_Text(text, is_bold=False) for text in row] for row in body]
    aligns = ["AlignRight" if right else "AlignLeft" for right in is_right]
    return _fit([[_Text(text, is_bold=False) for text in head]], rows, aligns)


def _fit(head: list[list[_Text]], body: list[list[_Text]], aligns: Sequence[str]) -> TableFit:
    columns = [_measure(_column(head, n), _column(body, n), align=align) for n, align in enumerate(aligns)]
    size = next((size for size in SIZES_PT if _is_comfortable(columns, size)), SIZES_PT[-1])
    widths = _share_out(columns, _room(len(columns), size))
    padded = [width + PADDING_EM for width in widths]
    shares = tuple(width / sum(padded) for width in padded)
    lines = max((_width(text) / widths[n] for row in body for n, text in enumerate(row)), default=0)
    return TableFit(
        shares=shares,
        size_pt=size,
        has_long_row=lines > LONG_ROW_LINES,
        has_high_row=lines > HIGH_ROW_LINES,
    )


def _rows(table: Node) -> tuple[list[list[_Text]], list[list[_Text]]]:
    _attributes, _caption, _specs, head, bodies, _foot = table["c"]
    return [_texts(row) for row in head[1]], [_texts(row) for body in bodies for row in body[3]]


def _texts(row: list[Any]) -> list[_Text]:
    return [_Text(text=text_of(cell[4]), is_bold=_has_bold(cell[4])) for cell in row[1]]


def _has_bold(node: object) -> bool:
    """Whether any of a part of a tree is bold."""
    if isinstance(node, list):
        return any(map(_has_bold, node))
    return isinstance(node, dict) and (node["t"] == "Strong" or _has_bold(node.get("c")))


def _column(rows: list[list[_Text]], number: int) -> list[_Text]:
    return [row[number] for row in rows if number < len(row)]


def _measure(head: Sequence[_Text], body: Sequence[_Text], *, align: str) -> Column:
    title = max((width_em(text.text) * BOLD for text in head), default=0.0) + SLACK_EM
    title_words = [_longest_piece(text.text, thai_word=THAI_TITLE_EM) * BOLD for text in head]
    title_word = max(title_words, default=0.0) + SLACK_EM
    widest = max((_width(text) for text in body), default=0.0) + SLACK_EM
    natural = max(widest, title_word)
    if align == "AlignRight":
        return Column(full=max(title, natural), natural=natural, comfortable=natural, least=natural)
    pieces = [_longest_piece(text.text, thai_word=THAI_WORD_EM) for text in body]
    piece = max(pieces, default=0.0) + SLACK_EM
    least = min(max(piece, title_word), natural)
    comfortable = min(natural, max(least, COMFORTABLE_EM))
    return Column(full=max(title, natural), natural=natural, comfortable=comfortable, least=least)


def _width(text: _Text) -> float:
    return width_em(text.text) * (BOLD if text.is_bold else 1)


@lru_cache(maxsize=WIDTHS_KEPT)
def _longest_piece(text: str, *, thai_word: float) -> float:
    """Thai breaks between words, which are seldom longer than that; other writing at spaces, - and /."""
    return max(
        (
            min(width_em(piece), thai_word) if THAI.search(piece) else width_em(piece)
            for piece in UNBREAKABLE.findall(text)
        ),
        default=0.0,
    )


def _room(columns: int, size_pt: float) -> float:
    return TEXT_WIDTH_CM * POINTS_PER_CM / size_pt - columns * PADDING_EM


def _is_comfortable(columns: Sequence[Column], size_pt: float) -> bool:
    return sum(column.comfortable for column in columns) <= _room(len(columns), size_pt)


def _share_out(columns: Sequence[Column], room: float) -> list[float]:
    """Give each column the most that fits: one line for all, else for all but the titles, else what it needs."""
    steps = [
        [getattr(column, step) for column in columns] for step in ("full", "natural", "comfortable", "least")
    ]
    if sum(steps[0]) <= room:
        return [width * room / sum(steps[0]) for width in steps[0]]
    for wider, narrower in zip(steps, steps[1:], strict=False):
        if sum(narrower) <= room:
            return _fill(narrower, wider, room)
    return [width * room / sum(steps[-1]) for width in steps[-1]]


def _fill(floor: list[float], wanted: list[float], room: float) -> list[float]:
    """Share what is left over the floor: a column that lacks little gets it, the rest goes by what each lacks."""
    lacks = [max(most - least, 0.0) for most, least in zip(wanted, floor, strict=True)]
    small = [lack if lack <= SMALL_LACK_EM else 0.0 for lack in lacks]
    if sum(small) < sum(lacks) and sum(small) <= (room - sum(floor)) / 2:
        floor = [least + lack for least, lack in zip(floor, small, strict=True)]
        lacks = [lack - given for lack, given in zip(lacks, small, strict=True)]
    spare = room - sum(floor)
    return [least + spare * lack / sum(lacks) for least, lack in zip(floor, lacks, strict=True)]
