"""The lists of specs/vocabulary.yml -> tables of words in the form in which heads are compared."""

from __future__ import annotations

import re
from typing import Any

from pipeline import specs
from pipeline.thai import squeeze

EDGE = " *:：.;"


def compile_documents(rules: list[dict[str, str]]) -> tuple[tuple[re.Pattern[str], str, str], ...]:
    """Compile the rules that tell a document's stage by its code."""
    return tuple((re.compile(rule["pattern"]), rule["stage"], rule["source"]) for rule in rules)


def compile_stages(raw: dict[str, list[str]]) -> tuple[tuple[str, str], ...]:
    """Pair words of titles with the stage of a budget document, the longest first."""
    pairs = [(squeeze(word), stage) for stage, names in raw.items() for word in names]
    return tuple(sorted(pairs, key=lambda pair: -len(pair[0])))


def compile_words(raw: dict[str, Any]) -> tuple[dict[str, tuple[str, str]], dict[str, tuple[str, str]]]:
    """Split the lists into words that count only as a whole and words that count inside a longer head."""
    exact: dict[str, tuple[str, str]] = {}
    words: dict[str, tuple[str, str]] = {}
    for name, lists in raw["fields"].items():
        for word in lists.get("words", ()):
            claim(words, word, ("field", name))
        for word in lists.get("exact", ()):
            claim(exact, word, ("field", name))
    for name, measure_words in raw["measures"].items():
        for word in measure_words:
            claim(words, word, ("measure", name))
    for name, measure_words in raw["measures_exact"].items():
        for word in measure_words:
            claim(exact, word, ("measure", name))
    return {**words, **exact}, words


def claim(table: dict[str, tuple[str, str]], word: str, meaning: tuple[str, str]) -> None:
    """Enter a word once; the same word for two things would be a guess."""
    key = squeeze(str(word)).strip(EDGE) or squeeze(str(word))
    known = table.setdefault(key, meaning)
    specs.require(
        known == meaning, f'vocabulary.yml: "{word}"', f"stands for {known[1]} and {meaning[1]}; keep one"
    )


def compile_ends(raw: dict[str, Any], name: str) -> tuple[tuple[str, tuple[str, str]], ...]:
    """Pair words that count only where a head begins, or ends, with them, with their field."""
    return tuple(
        (squeeze(word), ("field", field))
        for field, lists in raw["fields"].items()
        for word in lists.get(name, ())
    )


def by_key(words: list[str]) -> dict[str, str]:
    """Words by the form in which heads are compared."""
    return {squeeze(word).strip(EDGE): word for word in words}
