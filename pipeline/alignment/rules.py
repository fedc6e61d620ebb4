"""specs/alignment.yml: which words speak for which item of the plan and for which tags."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from pipeline import specs
from pipeline.reference import load_tables
from pipeline.settings import SPECS
from pipeline.thai import squeeze

SPEC = "alignment.yml"
_SETTINGS = {"plan", "is_verified", "source", "decide", "columns", "rules"}
_NEEDED, _OPTIONAL = {"words", "items", "tags"}, {"not"}


@dataclass(frozen=True, eq=False)
class Rule:
    """Words that speak for items and tags.

    Attributes:
        words: by its squeezed form each word as written, the longest first.
        excluded: squeezed phrases that hold a word but are about something else.
        items: by code of an item how much the words weigh for it.
        tags: the tags that the words give.
    """

    words: Mapping[str, str]
    excluded: tuple[str, ...]
    items: Mapping[str, int]
    tags: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class Rules:
    """All of alignment.yml, and the titles of the plans.

    Attributes:
        plan_id: the plan whose items the rules speak for.
        rules: in the order of the file.
        words: every squeezed word with the number of its rule.
        least: what an item must weigh to be decided.
        lead: by how much it must outweigh every other.
        titles: by plan with verified items, the squeezed title of each and its code.
        whole: by plan, squeezed texts of a column that stand for an item, and its code.
    """

    plan_id: str
    rules: tuple[Rule, ...]
    words: tuple[tuple[str, int], ...]
    least: int
    lead: int
    titles: Mapping[str, Mapping[str, str]]
    whole: Mapping[str, Mapping[str, str]]


@lru_cache(maxsize=1)
def load_rules(folder: Path = SPECS) -> Rules:
    """Load the rules.

    Raises:
        SpecError: a rule lacks something, has a name that nobody reads, or speaks for an item or a tag that does not
            exist; names file and line.
    """
    raw = specs.load_yaml(SPEC, folder=folder)
    where = f"{SPEC}, line 1"
    specs.require(set(raw) == _SETTINGS, where, f"exactly {', '.join(sorted(_SETTINGS))}")
    specs.require(raw["source"], where, "a source")
    titles = _titles(folder)
    specs.require(
        raw["plan"] in titles, specs.locate(SPEC, "plan", folder=folder), "a plan with verified items"
    )
    items, tags = set(titles[raw["plan"]].values()), _tags(folder)
    for code in raw["columns"]:
        specs.require(code in items, specs.locate(SPEC, code, folder=folder), f"an item of {raw['plan']}")
    rules = tuple(_read_rule(name, entry, items, tags, folder) for name, entry in raw["rules"].items())
    return Rules(
        raw["plan"],
        rules,
        tuple((word, number) for number, rule in enumerate(rules) for word in rule.words),
        int(raw["decide"]["least"]),
        int(raw["decide"]["lead"]),
        titles,
        {raw["plan"]: {squeeze(text): code for code, texts in raw["columns"].items() for text in texts}},
    )


def _titles(folder: Path) -> dict[str, dict[str, str]]:
    """The verified titles of items, by plan; a plan without one has nothing to be aligned with."""
    titles: dict[str, dict[str, str]] = {}
    for row in load_tables(folder)["core_plan_item"]:
        if row["is_verified"] and row["parent_code"] is not None:
            titles.setdefault(row["plan_id"], {})[squeeze(row["title_th"])] = row["code"]
    return titles


def _tags(folder: Path) -> set[str]:
    """The tags that there are."""
    return {row["tag_code"] for row in load_tables(folder)["core_tag"]}


def _read_rule(name: str, entry: dict[str, Any], items: set[str], tags: set[str], folder: Path) -> Rule:
    """Read one rule, or say what is wrong with it."""
    told = {
        f"{', '.join(sorted(_NEEDED))}, and not or nothing": _NEEDED <= set(entry) <= _NEEDED | _OPTIONAL,
        "at least one word, and none with a number": bool(entry.get("words"))
        and not any(letter.isdecimal() for word in entry["words"] for letter in str(word)),
        f"items of {', '.join(sorted(items))} with a weight": _are_weights(entry.get("items", {}), items),
        "tags of reference/tags.csv": set(entry.get("tags", ())) <= tags,
    }
    for expected, fits in told.items():
        if not fits:
            specs.require(fits, f"{specs.locate(SPEC, name, folder=folder)} ({name})", expected)
    words = sorted(map(str, entry["words"]), key=len, reverse=True)
    return Rule(
        {squeeze(word): word for word in words},
        tuple(squeeze(phrase) for phrase in entry.get("not", ())),
        entry["items"],
        tuple(entry["tags"]),
    )


def _are_weights(given: Mapping[str, Any], items: set[str]) -> bool:
    """Whether these are weights of known items."""
    return set(given) <= items and all(isinstance(weight, int) and weight > 0 for weight in given.values())
