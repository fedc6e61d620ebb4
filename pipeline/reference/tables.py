"""specs/reference.yml and the CSV files that it names, held to what each column must be."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from pathlib import Path
from typing import Any

from pipeline import specs
from pipeline.settings import SPECS

FOLDER, SPEC = "reference", "reference.yml"
_NEEDED, _OPTIONAL = {"table", "key", "columns"}, {"parent", "unverified_title"}
_ALWAYS = {"is_verified", "source"}


@lru_cache(maxsize=2)
def load_tables(folder: Path = SPECS) -> dict[str, list[dict[str, Any]]]:
    """Read every reference file.

    Returns:
        By table of the warehouse, its rows by column; blank is None, yes and no are booleans, a list keeps its |.

    Raises:
        SpecError: a file lacks a column or has one too many, or a row lacks its source, repeats a key, or has a
            value that its column may not have; names file and line.
    """
    return {
        entry["table"]: _read_file(f"{name}.csv", _held(name, entry, folder), folder)
        for name, entry in specs.load_yaml(SPEC, folder=folder).items()
    }


def _held(name: str, entry: dict[str, Any], folder: Path) -> dict[str, Any]:
    """Hold one entry of reference.yml to what it must say."""
    unknown = set(entry) - _NEEDED - _OPTIONAL
    fits = set(entry) >= _NEEDED and not unknown and set(entry["columns"]) >= _ALWAYS
    if not fits:
        expected = (
            "table, key and columns (is_verified and source among them), and parent or unverified_title"
        )
        specs.require(fits, specs.locate(SPEC, name, folder=folder), expected)
    return entry


def _read_file(name: str, entry: dict[str, Any], folder: Path) -> list[dict[str, Any]]:
    """Read one file as its entry says."""
    columns = entry["columns"]
    lines = specs.load_csv(name, folder=folder / FOLDER, columns=tuple(columns))
    rows = []
    for number, line in enumerate(lines, start=2):
        where = f"{FOLDER}/{name}, line {number}"
        unknown = set(line) - set(columns)
        specs.require(not unknown, f"{FOLDER}/{name}, line 1", f"no column {', '.join(sorted(unknown))}")
        rows.append({column: _read(line[column], kind, column, where) for column, kind in columns.items()})
    _hold_keys(rows, entry["key"], name)
    if "parent" in entry:
        _hold_parents(rows, entry["parent"], name)
    if "unverified_title" in entry:
        _hold_titles(rows, entry["unverified_title"], name)
    return rows


def _read(text: str, kind: str | list[str], column: str, where: str) -> Any:
    """Read one value of a column of some kind."""
    text = text.strip()
    if isinstance(kind, list):
        specs.require(text in kind, where, f"{column}: one of {', '.join(kind)}")
        return text
    if not text:
        specs.require(kind in ("list", "text?", "year?"), where, f"a value for {column}")
        return None
    read, expected = _KINDS[kind.removesuffix("?")]
    value = read(text)
    specs.require(value is not None, where, f"{column}: {expected}, not {text}")
    return value


def _year(text: str) -> int | None:
    """A Buddhist year."""
    return int(text) if text.isdecimal() and 2400 <= int(text) <= 2700 else None


def _number(text: str) -> Decimal | None:
    """A number, exact."""
    try:
        return Decimal(text)
    except InvalidOperation:
        return None


_KINDS: dict[str, tuple[Callable[[str], Any], str]] = {
    "text": (lambda text: text, "text"),
    "list": (lambda text: text, "words with | between them"),
    "year": (_year, "a Buddhist year of four digits"),
    "number": (_number, "a number"),
    "yesno": ({"yes": True, "no": False}.get, "yes or no"),
}


def _hold_keys(rows: list[dict[str, Any]], key: list[str], name: str) -> None:
    """Hold each row to a key of its own."""
    seen: dict[tuple[Any, ...], int] = {}
    for number, row in enumerate(rows, start=2):
        value = tuple(row[column] for column in key)
        where = f"{FOLDER}/{name}, line {number}"
        specs.require(value not in seen, where, f"another {', '.join(key)} than in line {seen.get(value)}")
        seen[value] = number


def _hold_parents(rows: list[dict[str, Any]], shared: list[str], name: str) -> None:
    """Hold each parent_code to a row that exists, of the same plan where the file has several."""
    known = {(*(row[column] for column in shared), row["code"]) for row in rows}
    for number, row in enumerate(rows, start=2):
        wanted = (*(row[column] for column in shared), row["parent_code"])
        where = f"{FOLDER}/{name}, line {number}"
        specs.require(row["parent_code"] is None or wanted in known, where, "a parent_code of another row")


def _hold_titles(rows: list[dict[str, Any]], rule: dict[str, str], name: str) -> None:
    """Hold what is not verified to the one title that says so: no title is made up."""
    for number, row in enumerate(rows, start=2):
        is_held = row["is_verified"] == (row[rule["column"]] != rule["text"])
        where = f"{FOLDER}/{name}, line {number}"
        specs.require(
            is_held, where, f"{rule['column']} {rule['text']} where is_verified is no, and only there"
        )
