"""Rows and sheets of cells, with merged ranges; the paper that a plan is printed on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

Cell = str | int | float | Decimal | None


@dataclass
class Row:
    """One row under the head.

    Attributes:
        kind: record, activity, section, subtotal, total, page, note, blank; head prints the whole head again.
        spans: column -> how many rows its cell is merged over, downwards.
        across: how many columns its first cell is merged over.
    """

    kind: str
    cells: list[Cell] = field(default_factory=list)
    section: str | None = None
    spans: dict[int, int] = field(default_factory=dict)
    across: int = 1


@dataclass
class Grid:
    """A sheet: rows of cells, and merged ranges as (top, left, bottom, right), zero-based and inclusive."""

    rows: list[list[Cell]] = field(default_factory=list)
    merges: list[tuple[int, int, int, int]] = field(default_factory=list)

    def put(self, top: int, left: int, cells: Sequence[Cell]) -> None:
        """Write cells from a place to the right."""
        while len(self.rows) <= top:
            self.rows.append([])
        row = self.rows[top]
        row.extend([None] * (left + len(cells) - len(row)))
        for index, cell in enumerate(cells):
            row[left + index] = cell

    def merge(self, top: int, left: int, bottom: int, right: int) -> None:
        """Merge a range that is more than one cell."""
        if (bottom, right) != (top, left):
            self.merges.append((top, left, bottom, right))

    def paste(self, other: Grid, top: int, left: int) -> None:
        """Write another grid from a place on."""
        for number, row in enumerate(other.rows):
            self.put(top + number, left, row)
        for a, b, c, d in other.merges:
            self.merge(a + top, b + left, c + top, d + left)

    @property
    def width(self) -> int:
        """How many columns the widest row has."""
        return max((len(row) for row in self.rows), default=0)


def head_grid(paths: list[tuple[str, ...]], *, is_merged: bool) -> Grid:
    """Print heads of one or more levels: groups over their columns, short ones merged down to the last row."""
    depth = max(map(len, paths))
    grid = Grid()
    for level in range(depth):
        grid.put(level, 0, [_head_text(paths, index, level) for index in range(len(paths))])
    if is_merged:
        _merge_groups(grid, paths, depth)
    return grid


def _head_text(paths: list[tuple[str, ...]], index: int, level: int) -> str | None:
    """The text of one cell of the head: a group stands in its first column only."""
    path = paths[index]
    if level >= len(path):
        return None
    is_leaf = level == len(path) - 1
    repeats = index > 0 and not is_leaf and paths[index - 1][: level + 1] == path[: level + 1]
    return None if repeats else path[level]


def _merge_groups(grid: Grid, paths: list[tuple[str, ...]], depth: int) -> None:
    """Merge groups across their columns and leaves down to the last row of the head."""
    for index, path in enumerate(paths):
        grid.merge(len(path) - 1, index, depth - 1, index)
        for level in range(len(path) - 1):
            if grid.rows[level][index] is not None:
                grid.merge(level, index, level, _group_end(paths, index, level))


def _group_end(paths: list[tuple[str, ...]], index: int, level: int) -> int:
    """The last column of the group that starts in a column."""
    end = index
    while end + 1 < len(paths) and paths[end + 1][: level + 1] == paths[index][: level + 1]:
        end += 1
    return end
