"""Forms that were seen before: told by their heads, read again as a person once noted."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from pipeline import specs
from pipeline.layout.columns import read_columns
from pipeline.layout.given import UNKNOWN, Meaning, read_meaning
from pipeline.layout.headers import is_number
from pipeline.layout.model import Column, Header
from pipeline.layout.words.vocabulary import Heading, Vocabulary, load_vocabulary
from pipeline.thai import clean_text
from pipeline.workbook import Cell, Sheet, cell_text

FORMS_FILE = "known_forms.yml"
_SEARCHED_ROWS = 100


@dataclass(frozen=True)
class KnownForm:
    """One entry of known_forms.yml.

    Attributes:
        name: what people call the form.
        fingerprint: the digest of its heads.
        depth: how many rows its head has.
        words: every text of its head, years taken out.
        meanings: what each column with a head is, in order.
        sheets_beside: names of sheets that come with the form in its workbook and hold no data: a guide, lists.
    """

    name: str
    fingerprint: str
    depth: int
    words: frozenset[str]
    meanings: tuple[Meaning, ...]
    sheets_beside: frozenset[str] = frozenset()


@lru_cache(maxsize=1)
def load_forms() -> Mapping[str, KnownForm]:
    """Load specs/known_forms.yml by fingerprint.

    Raises:
        SpecError: an entry lacks something, names no known field, or two entries are of one form.
    """
    forms: dict[str, KnownForm] = {}
    vocabulary = load_vocabulary()
    for number, entry in enumerate(specs.load_yaml(FORMS_FILE) or (), start=1):
        where = f"{FORMS_FILE}, entry {number}"
        for key in ("name", "fingerprint", "noted_by", "noted_on", "head_rows", "columns"):
            specs.require(key in entry, where, f"a value for {key}")
        specs.require(entry["fingerprint"] not in forms, where, "one entry for each form")
        form = _read_form(entry, where, vocabulary)
        forms[form.fingerprint] = form
    return forms


def fingerprint(columns: Iterable[Column]) -> str:
    """Digest a layout: the heads of its columns with their periods, whatever the year and the unit in them."""
    heads = "|".join(" ".join(map(_head_word, column.headings)) for column in columns)
    return hashlib.blake2b(heads.encode(), digest_size=8).hexdigest()


def find_known_header(sheet: Sheet, vocabulary: Vocabulary) -> Header | None:
    """Find the first rows that are the head of a known form, whatever the vocabulary makes of their words."""
    forms = load_forms()
    if not forms:
        return None
    known: frozenset[str] = frozenset().union(*(form.words for form in forms.values()))
    has_numbers = any(word[:1].isdigit() for word in known)
    for number, row in enumerate(sheet.rows[:_SEARCHED_ROWS]):
        if (not has_numbers and any(map(is_number, row))) or not known & _words_of(
            _first_cell(row), vocabulary
        ):
            continue
        words = _words_of(row, vocabulary)
        for form in forms.values():
            if len(words) > 1 and words <= form.words and number + form.depth <= len(sheet.rows):
                rows = tuple(range(number, number + form.depth))
                header = Header(first=number, last=rows[-1], rows=rows)
                if fingerprint(read_columns(sheet, header, vocabulary)) == form.fingerprint:
                    return header
    return None


def find_sheets_beside(sheets: Sequence[Sheet], vocabulary: Vocabulary) -> dict[str, str]:
    """Find the sheets of a workbook that only come with a known form in another of its sheets.

    Returns:
        By the sheet's name, the name of the form.
    """
    named = {name: form for form in load_forms().values() for name in form.sheets_beside}
    if not any(sheet.name in named for sheet in sheets):
        return {}
    held = {sheet.name: _form_of(sheet, vocabulary) for sheet in sheets}
    found = set(held.values())
    return {
        name: named[name].name
        for name, form in held.items()
        if form is None and name in named and named[name].fingerprint in found
    }


def _form_of(sheet: Sheet, vocabulary: Vocabulary) -> str | None:
    """The fingerprint of the known form that a sheet is; None where it is none."""
    header = find_known_header(sheet, vocabulary)
    return fingerprint(read_columns(sheet, header, vocabulary)) if header else None


def known_meanings(columns: tuple[Column, ...]) -> Mapping[int, Meaning]:
    """What each column is by the form that the heads are known as; empty where they are not."""
    forms = load_forms()
    form = forms.get(fingerprint(columns)) if forms else None
    if form is None:
        return {}
    return {column.index: meaning for column, meaning in zip(columns, form.meanings, strict=True)}


def describe_form(columns: Sequence[Column]) -> list[dict[str, str]]:
    """Write down what each column is, as known_forms.yml keeps it; years stay with the sheet's own heads."""
    described = []
    for column in columns:
        entry = {"head": column.name, "is": column.measure or column.field or UNKNOWN}
        own = {heading.period for heading in column.headings} | {"year"}
        if column.period not in own:
            entry["period"] = column.period
        if column.category and column.category not in {heading.category for heading in column.headings}:
            entry["category"] = column.category
        if column.unit and column.unit not in {heading.unit for heading in column.headings}:
            entry["unit"] = column.unit
        described.append(entry)
    return described


def _read_form(entry: dict[str, object], where: str, vocabulary: Vocabulary) -> KnownForm:
    """Read one entry."""
    columns = entry["columns"]
    specs.require(isinstance(columns, list) and columns, where, "a list of columns")
    assert isinstance(columns, list)
    meanings = []
    words: set[str] = set()
    for column in columns:
        specs.require("is" in column and "head" in column, where, "head and is for every column")
        texts = {key: str(value) for key, value in column.items()}
        meaning = read_meaning(texts, vocabulary, why=f"แบบที่รู้จัก: {entry['name']}")
        specs.require(meaning, where, f"a field or a measure of vocabulary.yml and not {column['is']}")
        assert meaning is not None
        meanings.append(meaning)
        words |= {_head_word(vocabulary.read_heading(text)) for text in texts["head"].split(" › ")}
    return KnownForm(
        str(entry["name"]),
        str(entry["fingerprint"]),
        int(str(entry["head_rows"])),
        frozenset(words),
        tuple(meanings),
        frozenset(map(str, _listed(entry.get("sheets_beside", []), where))),
    )


def _listed(value: object, where: str) -> list[object]:
    """Hold a value of an entry to being a list."""
    specs.require(isinstance(value, list), where, "a list of names for sheets_beside")
    return list(value) if isinstance(value, list) else []


def _first_cell(row: Sequence[Cell]) -> Sequence[Cell]:
    """The first used cell of a row, by which most rows are told to be no head of a form."""
    return next(([cell] for cell in row if cell is not None and cell != ""), ())


def _words_of(row: Sequence[Cell], vocabulary: Vocabulary) -> frozenset[str]:
    """The texts of a row as a form keeps them."""
    texts = [clean_text(cell_text(cell)) for cell in row if cell is not None]
    return frozenset(_head_word(vocabulary.read_heading(text)) for text in texts if text)


def _head_word(heading: Heading) -> str:
    """One level of a head without its year and its unit."""
    return f"{heading.text}{heading.period or ''}"
