"""Between which heights a table or a note of the PDF stands: where that settles its place, it is not laid out twice."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.render.fonts import width_em
from pipeline.render.pandoc import Node, text_of
from pipeline.render.tables import PADDING_EM, POINTS_PER_CM, TEXT_WIDTH_CM, TableFit

# As in brief.typ: the height of a line, the gap between two, and the padding of a row, in em.
LINE_EM, LEADING_EM, ROW_PADDING_EM = 1.2, 0.28, 0.48
CAPTION_PT, AROUND_CAPTION_PT, NOTE_PT, AROUND_NOTE_PT = 10.5, 12.0, 9.0, 12.0
# What the widths that are added up here may differ from those of the page, bold among them.
WIDER, NARROWER = 1.1, 0.95
# The longest word of Thai that is kept whole.
LONGEST_WORD_EM = 9.0


@dataclass(frozen=True)
class Heights:
    """The least and the most that something can be high, in points."""

    least: float
    most: float

    def __add__(self, other: Heights) -> Heights:
        """Put one below the other."""
        return Heights(self.least + other.least, self.most + other.most)


def table_heights(table: Node, fit: TableFit) -> Heights:
    """Between which heights a table stands with its caption, without the note below it.

    Args:
        table: pandoc's table, of cells with one paragraph each.
        fit: how it is set.
    """
    _attributes, caption, _specs, head, bodies, _foot = table["c"]
    room = TEXT_WIDTH_CM * POINTS_PER_CM / fit.size_pt
    widths = [share * room - PADDING_EM for share in fit.shares]
    rows = [*head[1], *(row for body in bodies for row in body[3])]
    heights = _text_heights(caption[1], size_pt=CAPTION_PT, around_pt=AROUND_CAPTION_PT)
    for row in rows:
        lines = [_lines(text_of(cell[4]), width) for cell, width in zip(row[1], widths, strict=False)]
        heights += _set_lines(lines, fit.size_pt, padding_em=ROW_PADDING_EM)
    return heights


def note_heights(blocks: Sequence[Node]) -> Heights:
    """Between which heights the paragraphs of a note stand."""
    heights = Heights(0.0, 0.0)
    for block in blocks:
        heights += _text_heights(block, size_pt=NOTE_PT, around_pt=AROUND_NOTE_PT)
    return heights


def _text_heights(node: object, *, size_pt: float, around_pt: float) -> Heights:
    text = text_of(node)
    if not text:
        return Heights(0.0, 0.0)
    heights = _set_lines([_lines(text, TEXT_WIDTH_CM * POINTS_PER_CM / size_pt)], size_pt)
    return Heights(heights.least, heights.most + around_pt)


def _set_lines(cells: Sequence[tuple[int, int]], size_pt: float, *, padding_em: float = 0.0) -> Heights:
    """The heights of cells side by side, by the least and most lines of each; the gaps count for the most alone."""
    least, most = max(cell[0] for cell in cells), max(cell[1] for cell in cells)
    high = most * LINE_EM + (most - 1) * LEADING_EM
    return Heights(size_pt * (least * LINE_EM + padding_em), size_pt * (high + padding_em))


def _lines(text: str, width: float) -> tuple[int, int]:
    """The least and the most lines that a text takes.

    Each but the last lacks less than the word that follows, and two lines together are longer than one.
    """
    long = width_em(text)
    least = max(math.ceil(long * NARROWER / width), 1)
    if long * WIDER <= width:
        return least, least
    by_pairs = math.floor(2 * long * WIDER / width) + 1
    filled = width - LONGEST_WORD_EM
    return least, min(by_pairs, math.ceil(long * WIDER / filled)) if filled > 0 else by_pairs
