"""A brief before it is written in any format, with the digits that are asked for in all that it prints."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import islice
from typing import Any

from pipeline.render.assemble import Cover, Figure
from pipeline.render.pandoc import Node, text_of
from pipeline.thai.digits import are_thai, set_digits

BLANKS = frozenset({"Space", "SoftBreak", "LineBreak"})
TEXTS = frozenset({"Para", "Plain"})


def set_cover_digits(cover: Cover) -> Cover:
    """A cover with the digits that are asked for; the release keeps its name."""
    if not are_thai():
        return cover
    return replace(
        cover,
        title=set_digits(cover.title),
        subtitle=set_digits(cover.subtitle),
        fiscal_year_be=set_digits(str(cover.fiscal_year_be)),
        data_cutoff=set_digits(cover.data_cutoff),
        status=set_digits(cover.status),
        notes=tuple(map(set_digits, cover.notes)),
        grade=set_digits(cover.grade),
    )


def set_figure_digits(figure: Figure) -> Figure:
    """A figure's words, and the rows behind it, with the digits that are asked for; its drawing has them already."""
    if not are_thai():
        return figure
    behind = dict(figure.behind)
    if behind:
        behind["head"] = [set_digits(head) for head in behind["head"]]
        behind["rows"] = [
            [[set_digits(text, is_cell=True), address] for text, address in row] for row in behind["rows"]
        ]
    return replace(
        figure,
        caption=set_digits(figure.caption),
        alt=set_digits(figure.alt),
        source=set_digits(figure.source),
        behind=behind,
    )


def set_tree_digits(part: Any) -> Any:
    """A tree, or a part of one, with the digits that are asked for; every text stays as long as it is."""
    return _set_blocks(part, is_cell=False) if are_thai() else part


def _set_blocks(part: Any, *, is_cell: bool) -> Any:
    if isinstance(part, list):
        return [_set_blocks(one, is_cell=is_cell) for one in part]
    if not isinstance(part, dict):
        return part
    kind, content = part.get("t"), part.get("c", [])
    if kind in TEXTS:
        return {**part, "c": _set_inlines(content, is_cell=is_cell)}
    if kind == "Header":
        return {**part, "c": [*content[:2], _set_inlines(content[2], is_cell=False)]}
    if kind == "Table":
        outside = _set_blocks(content[:3], is_cell=False)
        return {**part, "c": [*outside, *_set_blocks(content[3:], is_cell=True)]}
    return {name: _set_blocks(one, is_cell=is_cell) for name, one in part.items()}


def _set_inlines(inlines: list[Node], *, is_cell: bool) -> Any:
    """Names whose digits stay may be of several words, so the whole text is looked at."""
    return _take(inlines, iter(set_digits(text_of(inlines), is_cell=is_cell)))


def _take(part: Any, letters: Iterator[str]) -> Any:
    """Put the letters into a part of a tree where `text_of` finds them."""
    if isinstance(part, list):
        return [_take(one, letters) for one in part]
    if not isinstance(part, dict) or part["t"] == "Note":
        return part
    kind, content = part["t"], part.get("c", [])
    if kind == "Str":
        return {**part, "c": "".join(islice(letters, len(content)))}
    if kind == "Code":
        return {**part, "c": [content[0], "".join(islice(letters, len(content[1])))]}
    if kind in BLANKS:
        next(letters)
        return part
    return {**part, "c": _take(content, letters)} if content else part
