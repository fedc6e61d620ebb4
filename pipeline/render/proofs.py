"""The figures of a brief's tables as links to their evidence, which a reader opens without script or network."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from pipeline.errors import BriefFailed
from pipeline.render.pandoc import Node, text_of
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
        if text_of(blocks).split() != place.shown.split():
            where = f"row {place.row + 1}, column {place.column + 1}"
            raise BriefFailed(
                f"table {place.table_id}, {where}: no {place.shown} there, but {text_of(blocks)!r}"
            )
        linked = {**blocks[0], "c": [_link(blocks[0]["c"], figure)]}
        rows[place.row][1][place.column] = [*cell[:-1], [linked, *blocks[1:]]]
    return {**table, "c": content}


def _link(inlines: list[Node], figure: Proven) -> Node:
    attributes = [figure.figure_id, [FIGURE_CLASS], []]
    return {"t": "Link", "c": [attributes, inlines, [f"#{figure.evidence_id}", "ดูที่มาของตัวเลขนี้"]]}
