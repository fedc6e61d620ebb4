"""Expense categories and sources of funds as forms write them -> their code; several in one text is refused."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from pipeline.reference.tables import load_tables
from pipeline.thai import squeeze


def resolve_names(table: str, texts: Iterable[str], *, column: str) -> list[dict[str, Any]]:
    """Resolve texts by the names and words of a reference table that has code, name_th and words.

    A whole name goes first, then a whole listed word, then the one name that the text holds.

    Args:
        table: core_expense_category or core_fund_source.
        texts: as received, each once.
        column: what to call the text in the rows.

    Returns:
        One row per text, in their order: the text, code, match_type and candidates.
    """
    rows = load_tables()[table]
    names = {squeeze(row["name_th"]): row["code"] for row in rows}
    words = {squeeze(word): row["code"] for row in rows for word in (row["words"] or "").split("|") if word}
    return [{column: text, **_resolve(squeeze(text), names, words)} for text in texts]


def _resolve(plain: str, names: dict[str, str], words: dict[str, str]) -> dict[str, str | None]:
    """Resolve one squeezed text."""
    for match_type, known in (("name", names), ("word", words)):
        if plain in known:
            return {"code": known[plain], "match_type": match_type, "candidates": None}
    # A name that begins another may be what is left of it where the text is damaged.
    held = [name for name in names if name in plain]
    last = [name for name in held if not any(name != one and name in one for one in held)]
    codes = sorted({names[name] for name in last if not _begins_another(name, names)})
    if len(codes) == 1:
        return {"code": codes[0], "match_type": "part", "candidates": None}
    match_type = "ambiguous" if codes else "unknown"
    return {"code": None, "match_type": match_type, "candidates": "|".join(codes) or None}


def _begins_another(name: str, names: dict[str, str]) -> bool:
    """Whether another name is this one and more."""
    return any(one != name and one.startswith(name) for one in names)
