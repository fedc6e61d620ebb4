"""Plain Thai text as pandoc Markdown: every character stands for itself."""

from __future__ import annotations

import re
from collections.abc import Iterable

MARKED = re.compile(r"([\\`*_{}\[\]<>|$^~#@\"'&])")
SMART = re.compile(r"-{2,}|\.{3,}")
LIST_START = re.compile(r"^(\s*)([-+]|\d+[.)])(?=\s)")
ZERO_WIDTH_SPACE = "\u200b"


def escape(text: str) -> str:
    r"""Escape a text so that no character of it is read as Markdown.

    >>> print(escape("ร่าง *ก* | ข_ค..."))
    ร่าง \*ก\* \| ข\_ค\.\.\.
    """
    marked = MARKED.sub(r"\\\1", " ".join(text.split()))
    smart = SMART.sub(lambda run: "".join(f"\\{sign}" for sign in run.group()), marked)
    return LIST_START.sub(lambda start: f"{start.group(1)}{start.group(2)[:-1]}\\{start.group(2)[-1]}", smart)


def let_break(text: str) -> str:
    """Let a long file name break after slashes, hyphens and underscores; the eye sees no difference."""
    return re.sub(r"([/_-])", rf"\1{ZERO_WIDTH_SPACE}", text)


def as_paragraphs(texts: Iterable[str]) -> str:
    """Make a Markdown paragraph of each plain text."""
    return "\n\n".join(escape(text) for text in texts)


def as_list(texts: Iterable[str], *, is_numbered: bool = False) -> str:
    """Make a Markdown list of plain texts."""
    return "\n".join(
        f"{f'{n}.' if is_numbered else '-'} {escape(text)}" for n, text in enumerate(texts, start=1)
    )
