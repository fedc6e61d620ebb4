"""Fonts that matplotlib draws with out of memory: of a file it asks each glyph's bytes anew, by calls of Python."""

from __future__ import annotations

import os
from functools import cache, lru_cache
from io import BytesIO
from pathlib import Path
from types import FunctionType, SimpleNamespace
from typing import Any

from matplotlib import font_manager
from matplotlib.ft2font import FT2Font

FONTS_KEPT = 64


@cache
def hold_fonts() -> None:
    """Let matplotlib open every font that it draws with from the bytes of its file, once a process.

    It takes a file object for a path, but has no place to hand one over: what opens the fonts for it is its own
    function, which sees another FT2Font. What is drawn is the same.
    """
    opens = font_manager._get_font.__wrapped__  # type: ignore[attr-defined]
    seen = opens.__globals__ | {"ft2font": SimpleNamespace(FT2Font=_open_font)}
    held = FunctionType(opens.__code__, seen, opens.__name__)
    held.__kwdefaults__ = opens.__kwdefaults__
    kept = lru_cache(FONTS_KEPT)(held)
    font_manager._get_font = kept  # type: ignore[attr-defined]
    # As matplotlib does: a font is of the process that opened it.
    if hasattr(os, "register_at_fork"):
        os.register_at_fork(after_in_child=kept.cache_clear)


def _open_font(path: str, **given: Any) -> FT2Font:
    return FT2Font(BytesIO(_read(path)), **given)


@cache
def _read(path: str) -> bytes:
    return Path(path).read_bytes()
