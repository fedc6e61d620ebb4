"""The plan's outline as specs/plan_draft.yml gives it: its chapters, and what stands in each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from pipeline.specs import load_yaml, require

SPEC = "plan_draft.yml"
KINDS = ("section", "topic", "ask", "note", "show", "form")
OPTIONS = {"show": {"topics", "caption"}, "form": {"columns", "rows"}}


@dataclass(frozen=True)
class Part:
    """One piece of a chapter.

    Attributes:
        kind: one of KINDS.
        text: a heading, what the committee is asked to write, a note, or an open table's caption.
        names: what is shown.
        topics: the topics of the indicators that are shown.
        caption: the caption of the table that is shown, where it is not the table's own.
        columns: an open table's columns, each its heading and what its cells ask for.
        rows: how many rows an open table has.
    """

    kind: str
    text: str
    names: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    caption: str = ""
    columns: tuple[tuple[str, str], ...] = ()
    rows: int = 0


@dataclass(frozen=True)
class Chapter:
    """A chapter of the plan."""

    title: str
    parts: tuple[Part, ...]


@dataclass(frozen=True)
class Outline:
    """The whole plan.

    Attributes:
        is_verified: somebody who may say so has confirmed the chapters and their order.
        cover: the words of the cover.
        words: the other words, each with places for values.
        limits: how many rows and years are shown.
        chapters: in order.
    """

    is_verified: bool
    cover: Mapping[str, Any]
    words: Mapping[str, str]
    limits: Mapping[str, int]
    chapters: tuple[Chapter, ...]

    def say(self, name: str, **values: object) -> str:
        """Fill one of the words.

        Raises:
            SpecError: there are no such words, or they have a place for another value.
        """
        require(name in self.words, f"{SPEC}, words", f"{name} is missing")
        return fill(self.words[name], where=f"{SPEC}, words.{name}", **values)


def fill(text: str, *, where: str, **values: object) -> str:
    """Put values into a text's places.

    Raises:
        SpecError: the text has a place for another value.
    """
    try:
        return text.format(**values)
    except (KeyError, IndexError, ValueError) as error:
        require(False, where, f"cannot be filled ({error})")
        raise


@cache
def load_outline() -> Outline:
    """Read the outline.

    Raises:
        SpecError: a part is of no known kind, or lacks what its kind needs; names the chapter and the part.
    """
    return read_outline(load_yaml(SPEC))


def read_outline(spec: Mapping[str, Any]) -> Outline:
    """Read an outline from what its file says.

    Raises:
        SpecError: as for `load_outline`.
    """
    for name in ("cover", "words", "limits", "chapters"):
        require(spec.get(name), SPEC, f"{name} is missing")
    return Outline(
        is_verified=bool(spec.get("is_verified")),
        cover=spec["cover"],
        words=spec["words"],
        limits=spec["limits"],
        chapters=tuple(_read_chapter(number, one) for number, one in enumerate(spec["chapters"], start=1)),
    )


def _read_chapter(number: int, chapter: Mapping[str, Any]) -> Chapter:
    where = f"{SPEC}, chapter {number}"
    require(chapter.get("title"), where, "a title is expected")
    require(chapter.get("parts"), where, "parts are expected")
    parts = tuple(
        _read_part(part, f"{where}, part {place}") for place, part in enumerate(chapter["parts"], start=1)
    )
    return Chapter(str(chapter["title"]), parts)


def _read_part(part: Mapping[str, Any], where: str) -> Part:
    kinds = [kind for kind in KINDS if kind in part]
    require(len(kinds) == 1, where, f"exactly one of {', '.join(KINDS)} is expected")
    (kind,) = kinds
    unknown = sorted(set(part) - {kind} - OPTIONS.get(kind, set()))
    require(not unknown, where, f"{', '.join(unknown)} has no meaning beside {kind}")
    columns = tuple((str(head), str(ask)) for head, ask in part.get("columns", ()))
    if kind == "form":
        require(columns and int(part.get("rows", 0)) > 0, where, "an open table needs columns and rows")
    return Part(
        kind=kind,
        text=str(part[kind]),
        names=_read_names(part.get("show", ())),
        topics=tuple(part.get("topics", ())),
        caption=str(part.get("caption", "")),
        columns=columns,
        rows=int(part.get("rows", 0)),
    )


def _read_names(shown: str | list[str]) -> tuple[str, ...]:
    return (shown,) if isinstance(shown, str) else tuple(shown)
