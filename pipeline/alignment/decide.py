"""One project's words -> the item of the plan, or that it is unsure; always with the words that say so."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from pipeline.alignment.rules import Rule, Rules

COLUMN, RULE, SETTLED, UNSURE = "column", "rule", "settled", "unsure"
_GONE = "\x00"


@dataclass(frozen=True)
class Decision:
    """What words come to for one plan.

    Attributes:
        item_code: the item; None where unsure.
        how: column, rule or unsure.
        words: the words that decided, or that speak for the candidates, as the specs write them.
        candidates: items that words speak for, but not clearly.
    """

    item_code: str | None
    how: str
    words: tuple[str, ...] = ()
    candidates: tuple[str, ...] = ()


@dataclass(frozen=True)
class Hit:
    """A rule whose word stands in a text."""

    rule: Rule
    word: str


def read_column(text: str, plan_id: str, rules: Rules) -> Decision | None:
    """Read a squeezed column of plans: the one item whose title it holds, or that it stands for as a whole.

    Returns:
        The item, or unsure where the text holds titles of several; None where it names none.
    """
    code = rules.whole.get(plan_id, {}).get(text)
    if code:
        return Decision(code, COLUMN, (text,))
    held = {title: code for title, code in rules.titles[plan_id].items() if title in text}
    codes = tuple(sorted(set(held.values())))
    if len(codes) == 1:
        return Decision(codes[0], COLUMN, tuple(held))
    return Decision(None, UNSURE, tuple(held), codes) if codes else None


def find_hits(text: str, rules: Rules) -> list[Hit]:
    """Find the rules that have a word in a squeezed text, each with its longest; excluded phrases do not count."""
    spoken = {number for plain, number in rules.words if plain in text}
    hits = []
    for number in sorted(spoken):
        word = _first_word(text, rules.rules[number])
        if word:
            hits.append(Hit(rules.rules[number], word))
    return hits


def _first_word(text: str, rule: Rule) -> str | None:
    """The longest word of a rule in a text, once the phrases that it excludes are out."""
    for phrase in rule.excluded:
        text = text.replace(phrase, _GONE)
    return next((word for plain, word in rule.words.items() if plain in text), None)


def decide(hits: list[Hit], rules: Rules) -> Decision:
    """Weigh rules against each other: the one item that is heavy enough, and heavier than every other.

    An item weighs what the heaviest of its rules does; light rules never add up to a decision.
    """
    weights: dict[str, int] = {}
    for hit in hits:
        for item, weight in hit.rule.items.items():
            weights[item] = max(weight, weights.get(item, 0))
    ranked = sorted(weights, key=lambda item: (-weights[item], item))
    if not ranked:
        return Decision(None, UNSURE)
    best = ranked[0]
    behind = max((weights[item] for item in ranked[1:]), default=0)
    if weights[best] >= rules.least and weights[best] - behind >= rules.lead:
        deciding = (hit.word for hit in hits if hit.rule.items.get(best, 0) == weights[best])
        return Decision(best, RULE, _unique(deciding))
    speaking = (hit.word for hit in hits if hit.rule.items)
    return Decision(None, UNSURE, _unique(speaking), tuple(sorted(weights)))


def list_tags(hits: list[Hit]) -> dict[str, tuple[str, ...]]:
    """The tags that rules give, each with the words that give it."""
    words: dict[str, list[str]] = {}
    for hit in hits:
        for tag in hit.rule.tags:
            words.setdefault(tag, []).append(hit.word)
    return {tag: _unique(given) for tag, given in words.items()}


def _unique(words: Iterable[str]) -> tuple[str, ...]:
    """Words once each, in order."""
    return tuple(dict.fromkeys(words))
