"""The brief's words, kept as data in specs/brief_texts.yml: this fills them and says which one is wrong."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from pipeline.brief_text.numbers import is_missing
from pipeline.brief_text.said import fill
from pipeline.errors import SpecError
from pipeline.specs import load_yaml, require

SPEC, NATIONAL = "brief_texts.yml", "national_texts.yml"


@cache
def read_texts() -> Mapping[str, Any]:
    """Read the templates, sections of named texts; those across all provinces stand in a file of their own."""
    texts: dict[str, Any] = load_yaml(SPEC)
    across: dict[str, Any] = load_yaml(NATIONAL)
    require(not texts.keys() & across.keys(), NATIONAL, f"sections that {SPEC} has not")
    return texts | across


def say(key: str, **values: object) -> str:
    """Fill one template.

    Args:
        key: its path, as "population.size".
        **values: what stands in its places; a value that the template has no place for is an error too.

    Raises:
        SpecError: there is no such template, or its places are not exactly the values given.
        ValueError: a value is missing; no sentence is made from what is not there.
    """
    template = find(key)
    if not isinstance(template, str):
        raise SpecError(f"{SPEC}, {key}: a text is expected")
    missing = [name for name, value in values.items() if is_missing(value)]
    if missing:
        raise ValueError(f"{key} would speak of what is missing: {', '.join(missing)}")
    unused = [name for name in values if f"{{{name}}}" not in template]
    try:
        filled = fill(template, values, key=key)
    except (KeyError, IndexError, ValueError) as error:
        raise SpecError(f"{SPEC}, {key}: cannot be filled ({error})") from error
    if unused:
        raise SpecError(f"{SPEC}, {key}: has no place for {', '.join(unused)}")
    return filled


def find(key: str) -> Any:
    """Find a template or a section by its path.

    Raises:
        SpecError: there is none.
    """
    found: Any = read_texts()
    for part in key.split("."):
        if not isinstance(found, Mapping) or part not in found:
            raise SpecError(f"{SPEC}, {key}: the text is missing")
        found = found[part]
    return found


def label(kind: str, code: str) -> str:
    """Name a code in Thai; a code that the spec does not list stays itself."""
    labels: Mapping[str, str] = find(f"labels.{kind}")
    return labels.get(code, code)


def order_of(kind: str, code: str) -> int:
    """Give the place of a code in the spec's list, after all of them where it is not listed."""
    listed = list(find(f"labels.{kind}"))
    return listed.index(code) if code in listed else len(listed)
