"""The figures of a brief's tables as links to their evidence, which a reader opens without script or network."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from pipeline.errors import BriefFailed
from pipeline.render.pandoc import Node, text_of
from pipeline.thai.digits import set_digits
from pipeline.trace import Evidence, Shown

FIGURE_CLASS = "traced"


@dataclass(frozen=True)
class Proven:
    """A figure with its evidence.

    Attributes:
        number: its number in the brief, from 1.
        shown: where and how it is shown.
        evidence: where it is from.
        root: the way from the brief's folder to the release's.
    """

    number: int
    shown: Shown
    evidence: Evidence
    root: str

    @property
    def figure_id(self) -> str:
        """The id of the figure in the table."""
        return f"figure-{self.number}"

    @property
    def evidence_id(self) -> str:
        """The id of its evidence."""
        return f"evidence-{self.number}"


def link_figures(table: Node, proven: Iterable[Proven]) -> Node:
    """Copy a table with each of its figures as a link to its evidence.

    Raises:
        BriefFailed: what stands at a figure's place is not the figure.
    """
    content = [*table["c"]]
    content[4] = [[*body[:3], [[row[0], [*row[1]]] for row in body[3]]] for body in content[4]]
    rows = [row for body in content[4] for row in body[3]]
    for figure in proven:
        place = figure.shown
        cell = rows[place.row][1][place.column] if place.row < len(rows) else [[]]
        blocks = cell[-1]
        if place.start is None and text_of(blocks).split() != set_digits(place.shown, is_cell=True).split():
            where = f"row {place.row + 1}, column {place.column + 1}"
            raise BriefFailed(
                f"table {place.table_id}, {where}: no {place.shown} there, but {text_of(blocks)!r}"
            )
        words = blocks[0]["c"]
        linked = {
            **blocks[0],
            "c": [_link(words, figure)] if place.start is None else link_part(words, figure),
        }
        rows[place.row][1][place.column] = [*cell[:-1], [linked, *blocks[1:]]]
    return {**table, "c": content}


def link_part(inlines: list[Node], figure: Proven) -> list[Node]:
    """Copy words with one figure among them as a link to its evidence.

    Raises:
        BriefFailed: what stands at the figure's place is not the figure.
    """
    start = figure.shown.start or 0
    end = start + len(figure.shown.shown)
    if text_of(inlines)[start:end] != set_digits(figure.shown.shown):
        raise BriefFailed(f"no {figure.shown.shown} at {start} of {text_of(inlines)!r}")
    at = 0
    before, inside, behind = list[Node](), list[Node](), list[Node]()
    for inline in inlines:
        length = len(text_of(inline))
        for part, from_ in _cut(inline, start - at, end - at):
            (before if at + from_ < start else inside if at + from_ < end else behind).append(part)
        at += length
    return [*before, _link(inside, figure), *behind]


def _cut(inline: Node, start: int, end: int) -> Iterator[tuple[Node, int]]:
    """Cut a word before and behind a figure; gives each piece with where in the word it begins."""
    text = inline["c"] if inline["t"] == "Str" else ""
    places = [place for place in (start, end) if 0 < place < len(text)]
    if not places:
        yield inline, 0
        return
    for first, last in pairwise([0, *places, len(text)]):
        yield {"t": "Str", "c": text[first:last]}, first


def group_sentences(proven: Iterable[Proven]) -> dict[str, list[list[Proven]]]:
    """Group the figures of sentences by sentence; one that is said twice has two lists, in order."""
    groups: dict[str, list[list[Proven]]] = defaultdict(list)
    for one in proven:
        said = groups[set_digits(one.shown.text)]
        if not said or (said[-1][-1].shown.start or 0) >= (one.shown.start or 0):
            said.append([])
        said[-1].append(one)
    return groups


def _link(inlines: list[Node], figure: Proven) -> Node:
    attributes = [figure.figure_id, [FIGURE_CLASS], []]
    return {"t": "Link", "c": [attributes, inlines, [f"#{figure.evidence_id}", "ดูที่มาของตัวเลขนี้"]]}
