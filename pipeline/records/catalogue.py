"""What every indicator means and where it may be read: the folder specs/indicators."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from pipeline import specs
from pipeline.thai import squeeze

FOLDER = "indicators"
_BASES = ("FY", "CY", "AY", "point")
_DIRECTIONS = ("lower_better", "higher_better", "neutral")
_NEEDED = ("name_th", "topic", "unit", "period_basis", "direction", "verified")
# What a family says, and each of its items or measures may say differently.
_SAID = frozenset(
    ("unit", "direction", "caution_th", "in_brief", "verified", "period_basis")
    + ("numerator", "denominator", "theme", "sensitive", "breaks")
)
_KNOWN = _SAID | {*_NEEDED, "read_from", "also_from", "items", "measures"}
_KNOWN_OF_ITEM = _SAID | {"name", "column", "row", "where", "also"}
_BREAK = {"year", "why", "verified", "source"}
NATION = "nation"


@dataclass(frozen=True)
class Series:
    """Where one indicator may be read: words of the table, of the column, and of the row.

    Attributes:
        indicator_code: topic_what_measure.
        title: squeezed words that all stand in titles, the sheet's or the file's name.
        column: squeezed words that all stand in the column's head; none: the head is only a year or a month.
        source: whom the figures are from.
        rank: which source goes first where several give the same figure.
        row: squeezed words that all stand in the row's name, where rows are items; none: rows are provinces or months.
        where: squeezed pairs of another column's head and what stands there in the rows that hold it.
        is_national: whether the figures are the nation's.
    """

    indicator_code: str
    title: tuple[str, ...]
    column: tuple[str, ...]
    source: str
    rank: int
    row: tuple[str, ...] = ()
    where: tuple[tuple[str, str], ...] = ()
    is_national: bool = False


@dataclass(frozen=True)
class Definition:
    """What an indicator means; see specs/indicators."""

    indicator_code: str
    name_th: str
    topic: str
    unit: str | None
    period_basis: str
    direction: str
    caution_th: str | None
    is_verified: bool
    is_in_brief: bool = True
    numerator_th: str | None = None
    denominator_th: str | None = None
    theme: str | None = None
    is_sensitive: bool = False
    source: str | None = None


@dataclass(frozen=True)
class Break:
    """A year from which an indicator's figures do not compare with those before it, and why."""

    indicator_code: str
    year_be: int
    why_th: str
    is_verified: bool
    source: str


@dataclass(frozen=True)
class Catalogue:
    """All indicators and where they are read."""

    definitions: dict[str, Definition]
    series: tuple[Series, ...]
    breaks: tuple[Break, ...] = ()


@lru_cache(maxsize=1)
def load_catalogue() -> Catalogue:
    """Load every file of specs/indicators.

    Raises:
        SpecError: an indicator lacks what it must say, or says what nobody reads.
    """
    definitions: dict[str, Definition] = {}
    series: list[Series] = []
    breaks: list[Break] = []
    for pattern, raw in specs.load_yaml(FOLDER).items():
        _hold_names(pattern, raw)
        for code, entry in _expand(pattern, raw):
            specs.require(code not in definitions, f"{FOLDER}: {code}", "one entry for each code")
            definitions[code] = _read_definition(code, entry)
            series.extend(_read_series(code, place) for place in entry.get("read_from", ()))
            breaks.extend(_read_break(pattern, code, said) for said in entry.get("breaks", ()))
    return Catalogue(definitions, tuple(series), tuple(breaks))


def _hold_names(pattern: str, raw: dict[str, Any]) -> None:
    """Hold an entry to names that somebody reads."""
    unknown = set(raw) - _KNOWN
    for part in ("items", "measures"):
        unknown |= {name for said in raw.get(part, {}).values() for name in said} - _KNOWN_OF_ITEM
    if unknown:
        specs.require(False, specs.locate(FOLDER, pattern), f"no {', '.join(sorted(unknown))}")


def _expand(pattern: str, raw: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Write out a family of indicators: one for each of its items, or of its items and measures."""
    if "items" not in raw:
        yield pattern, raw
        return
    shared = {key: value for key, value in raw.items() if key not in ("items", "measures")}
    for item, said in raw["items"].items():
        for measure, measured in raw.get("measures", {"": {}}).items():
            names = {"item": said.get("name", ""), "measure": measured.get("name", "")}
            entry = {**shared, **_own(said), **_own(measured)}
            if entry["unit"] == "item":
                entry["unit"] = said.get("unit")
            entry["name_th"] = entry["name_th"].format(**names)
            words = {
                key: [*said.get(key, ()), *measured.get(key, ())]
                for key in ("column", "row")
                if key in said or key in measured
            }
            where = {"where": said["where"]} if "where" in said else {}
            entry["read_from"] = [{**place, **words, **where} for place in raw.get("read_from", ())]
            if "also" in said:
                entry["read_from"].append({**raw["also_from"], "column": said["also"]})
            yield pattern.format(item=item, measure=measure), entry


def _own(said: dict[str, Any]) -> dict[str, Any]:
    """What an item or a measure says differently from its family."""
    return {key: said[key] for key in said if key in _SAID}


def _read_definition(code: str, entry: dict[str, Any]) -> Definition:
    """Read what one indicator means."""
    where = f"{FOLDER}: {code}"
    for key in _NEEDED:
        specs.require(key in entry, where, f"a value for {key}")
    specs.require(entry["period_basis"] in _BASES, where, "period_basis FY, CY, AY or point")
    specs.require(entry["direction"] in _DIRECTIONS, where, f"direction {', '.join(_DIRECTIONS)}")
    return Definition(
        code,
        entry["name_th"],
        entry["topic"],
        entry["unit"],
        entry["period_basis"],
        entry["direction"],
        entry.get("caution_th"),
        bool(entry["verified"]),
        bool(entry.get("in_brief", True)),
        entry.get("numerator"),
        entry.get("denominator"),
        entry.get("theme"),
        bool(entry.get("sensitive", False)),
        next((str(place["source"]) for place in entry.get("read_from", ())), None),
    )


def _read_break(pattern: str, code: str, said: dict[str, Any]) -> Break:
    """Read one break of a series."""
    fits = set(said) == _BREAK and isinstance(said["year"], int) and said["why"] and said["source"]
    if not fits:
        specs.require(fits, specs.locate(FOLDER, pattern), f"breaks with {', '.join(sorted(_BREAK))}")
    return Break(code, said["year"], said["why"], bool(said["verified"]), said["source"])


def _read_series(code: str, place: dict[str, Any]) -> Series:
    """Read one entry of read_from."""
    where = f"{FOLDER}: {code}"
    for key in ("title", "column"):
        specs.require(isinstance(place.get(key), list), where, f"{key} as a list of words")
    specs.require(place.get("area", NATION) == NATION, where, "area: nation, or none")
    return Series(
        code,
        _squeezed(place["title"]),
        _squeezed(place["column"]),
        str(place["source"]),
        int(str(place["rank"])),
        row=_squeezed(place.get("row", ())),
        where=tuple(
            (squeeze(str(head)), squeeze(str(text))) for head, text in place.get("where", {}).items()
        ),
        is_national="area" in place,
    )


def _squeezed(words: list[object]) -> tuple[str, ...]:
    """Words in the form in which they are compared."""
    return tuple(squeeze(str(word)) for word in words)
