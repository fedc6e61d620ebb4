"""Sentences as a notebook shows them: Markdown, and beside it where their figures stand, with their addresses."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from pipeline.brief_text.markdown import as_list, as_paragraphs
from pipeline.brief_text.said import Said, tidy


@dataclass(frozen=True)
class Prose:
    """Sentences.

    Attributes:
        markdown: as they are written.
        sentences: with their figures, as a page shows them.
    """

    markdown: str
    sentences: tuple[Said, ...]

    def _repr_mimebundle_(self, **_: Any) -> tuple[dict[str, str], dict[str, Any]]:
        """Show itself to a notebook; the metadata tells the renderer where the figures are."""
        figures = [
            {"row": row, "column": 0, "start": one.start, "shown": str(sentence[one.start : one.end])}
            | {"address": one.address, "text": str(sentence)}
            | ({"slot": one.slot} if one.slot else {})
            for row, sentence in enumerate(self.sentences)
            for one in sentence.figures
        ]
        brief = {"kind": "text", "id": "", "figures": figures}
        return {"text/markdown": self.markdown, "text/plain": self.markdown}, {
            "brief": brief
        } if figures else {}


def write_prose(
    sentences: Iterable[str], *, head: str = "", is_list: bool = False, is_numbered: bool = False
) -> Prose:
    """Write sentences as paragraphs, or as a list.

    Args:
        sentences: plain texts, which may know their figures.
        head: Markdown that stands before them.
        is_list: each is an item of a list.
        is_numbered: of a numbered list.
    """
    texts = tuple(sentences)
    body = as_list(texts, is_numbered=is_numbered) if is_list or is_numbered else as_paragraphs(texts)
    return Prose(f"{head}\n\n{body}" if head else body, tuple(map(tidy, texts)))
