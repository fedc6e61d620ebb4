"""Rows that stand under others: by their numbering, by bullets, and by what stands beside their names."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from pipeline.layout.model import RECORD, SECTION, SUBTOTAL, TOTAL, Column
from pipeline.layout.rows.figures import proves
from pipeline.layout.rows.lettered import ABOVE, are_lettered, letter_of, without_letter
from pipeline.layout.words.vocabulary import Vocabulary
from pipeline.thai import clean_text, squeeze, to_arabic_digits
from pipeline.workbook import Cell, Sheet, cell_text

_DOTTED = re.compile(r"\d{1,3}(?:\.\d{1,3})+\.?")
_LEADING = re.compile(r"\(?(\d{1,3}(?:\.\d{1,3})*)[.)]?(?=[\s).ก-๙])")
_TOP, _BELOW = 1, 9
_NAMES = ("project_name", "item", "activity")
_DIGITS = "0123456789๐๑๒๓๔๕๖๗๘๙"
_SECTION_NUMBER = re.compile(r"^[ก-๙]+?(?:ที่)?\d")


@dataclass
class Outline:
    """Where rows stand under others.

    Attributes:
        parents: row of an activity -> row of its project.
        sections: rows that head the rows under them.
    """

    parents: dict[int, int] = field(default_factory=dict)
    sections: set[int] = field(default_factory=set)


@dataclass(frozen=True)
class _Row:
    """A record in its outline: how deep, what its name is, and what other texts stand beside it."""

    number: int
    level: int
    name: str
    texts: frozenset[int]


def read_outline(
    sheet: Sheet, columns: tuple[Column, ...], roles: dict[int, str], vocabulary: Vocabulary
) -> Outline:
    """Find which records stand under another, and whether that one heads them or is their project.

    A row numbered 1.1 stands under 1; a row without a number that begins with a bullet, or calls itself an
    activity, under the project above. What stands above is a heading where its words or its empty cells say so.
    """
    outline = Outline()
    if not _may_have_levels(sheet, columns, roles, vocabulary):
        return outline
    rows = _below_by_sums(sheet, columns, _levels(sheet, columns, roles, vocabulary), vocabulary)
    children: dict[int, list[_Row]] = {}
    by_number = {row.number: row for row in rows if row}
    stack: list[_Row] = []
    for row in rows:
        if row is None:
            stack = []
            continue
        while stack and stack[-1].level >= row.level:
            stack.pop()
        if stack:
            children.setdefault(stack[-1].number, []).append(row)
        stack.append(row)
    for number, below in children.items():
        if _heads(by_number[number], below, vocabulary):
            outline.sections.add(number)
    for number, below in children.items():
        if number not in outline.sections:
            outline.parents.update((row.number, number) for row in below)
    _climb(outline)
    return outline


def _climb(outline: Outline) -> None:
    """Give what stands under an activity to the activity's project."""
    for row in outline.parents:
        while outline.parents[row] in outline.parents:
            outline.parents[row] = outline.parents[outline.parents[row]]


def _below_by_sums(
    sheet: Sheet, columns: tuple[Column, ...], rows: list[_Row | None], vocabulary: Vocabulary
) -> list[_Row | None]:
    """Put rows without a number below the numbered project above where they are categories, or add up to it."""
    number = _index(columns, ("row_no",))
    if number is None or not any(row and _is_numbered(sheet, row, number) for row in rows):
        return rows
    money = [column.index for column in columns if column.measure]
    settled = list(rows)
    for place, row in enumerate(rows):
        if row is None or row.level != _TOP or not _is_numbered(sheet, row, number):
            continue
        run = _unnumbered_run(sheet, rows[place + 1 :], number)
        known = all(squeeze(each.name) in vocabulary.categories for each in run)
        if run and (known or proves(sheet, money, row.number, [each.number for each in run])):
            settled[place + 1 : place + 1 + len(run)] = [replace(each, level=_BELOW) for each in run]
    return settled


def _is_numbered(sheet: Sheet, row: _Row, number: int) -> bool:
    """Whether a row has anything in the column of running numbers."""
    cells = sheet.rows[row.number]
    return number < len(cells) and cells[number] is not None


def _unnumbered_run(sheet: Sheet, rows: list[_Row | None], number: int) -> list[_Row]:
    """The rows from here on that have neither a number nor an agency of their own."""
    run: list[_Row] = []
    for row in rows:
        if row is None or row.level != _TOP or row.texts or _is_numbered(sheet, row, number):
            break
        run.append(row)
    return run


def _may_have_levels(
    sheet: Sheet, columns: tuple[Column, ...], roles: dict[int, str], vocabulary: Vocabulary
) -> bool:
    """Whether any record may stand below another; fast, and never wrongly no."""
    name, number = _index(columns, _NAMES), _index(columns, ("row_no",))
    if name is None:
        return False
    has_numbers = number is not None
    starts = (*vocabulary.bullets, *vocabulary.activity_starts, *_DIGITS, "(", " ", "ก.", "ก)")
    for row, role in roles.items():
        if role != RECORD:
            continue
        cells = sheet.rows[row]
        value = cells[number] if number is not None and number < len(cells) else None
        if isinstance(value, float | int):
            if value % 1:
                return True
        elif isinstance(value, str):
            if not value.isdecimal():
                return True
        elif (
            name < len(cells)
            and isinstance(text := cells[name], str)
            and (has_numbers or text.startswith(starts))
        ):
            return True
    return False


def _levels(
    sheet: Sheet, columns: tuple[Column, ...], roles: dict[int, str], vocabulary: Vocabulary
) -> list[_Row | None]:
    """The records that have a name, with their levels; None where a heading or a total ends what is above."""
    name = _index(columns, _NAMES)
    number = _index(columns, ("row_no",))
    if name is None:
        return []
    texts = frozenset(
        column.index for column in columns if column.field in ("agency", "activity", "objective")
    )
    lettered = _lettered(sheet, roles, name if number is None else number)
    rows: list[_Row | None] = []
    for row, role in roles.items():
        if role in (SECTION, TOTAL, SUBTOTAL):
            rows.append(None)
        elif role == RECORD:
            cells = sheet.rows[row]
            value = cells[name] if name < len(cells) else None
            if value is not None and (named := cell_text(value).strip()):
                value = cells[number] if number is not None and number < len(cells) else None
                level = ABOVE if row in lettered else _level(value, named, vocabulary)
                rows.append(_Row(row, level, named, _beside(cells, texts)))
    return rows


def _lettered(sheet: Sheet, roles: dict[int, str], index: int) -> frozenset[int]:
    """The records that are lettered ก. ข. ค. in a column, where they are a list."""
    texts = {
        row: text.strip()
        for row, role in roles.items()
        if role == RECORD and index < len(cells := sheet.rows[row]) and isinstance(text := cells[index], str)
    }
    texts = {row: text for row, text in texts.items() if letter_of(text)}
    return frozenset(texts) if are_lettered(texts.values()) else frozenset()


def _beside(cells: Sequence[Cell], texts: frozenset[int]) -> frozenset[int]:
    """Which of the columns of texts hold something in a row."""
    return frozenset(index for index in texts if index < len(cells) and cells[index] is not None)


def _index(columns: tuple[Column, ...], fields: tuple[str, ...]) -> int | None:
    """The first column of one of these fields."""
    for name in fields:
        found = next((column.index for column in columns if column.field == name), None)
        if found is not None:
            return found
    return None


def _level(number: Cell, name: str, vocabulary: Vocabulary) -> int:
    """How deep a row stands: by its number, else by what its name begins with."""
    if isinstance(number, float | int) and not isinstance(number, bool):
        return _TOP if float(number).is_integer() else _TOP + 1
    plain = to_arabic_digits(cell_text(number)).strip() if number is not None else ""
    if plain:
        dotted = _DOTTED.fullmatch(plain)
        if dotted:
            return plain.strip(".").count(".") + 1
        if plain not in vocabulary.bullets:
            return _TOP
    if plain or name.startswith((*vocabulary.bullets, *vocabulary.activity_starts)):
        return _BELOW
    leading = _LEADING.match(to_arabic_digits(name))
    return leading.group(1).count(".") + 1 if leading else _TOP


def stands_below(name: str, vocabulary: Vocabulary) -> bool:
    """Whether a name begins as that of something listed: with a bullet, a number, or a word for an activity."""
    listed = name.startswith((*vocabulary.bullets, *vocabulary.activity_starts))
    return listed or bool(_LEADING.match(to_arabic_digits(name)))


def _heads(parent: _Row, below: list[_Row], vocabulary: Vocabulary) -> bool:
    """Whether a row heads the rows under it, and is not a project of which they are activities."""
    plain = _bare(parent.name)
    if plain.startswith(vocabulary.project_starts):
        return False
    if parent.level == ABOVE or (is_section_name(parent.name, vocabulary) and not parent.texts):
        return True
    names = [_bare(row.name) for row in below]
    if all(name.startswith(vocabulary.project_starts) for name in names):
        return True
    return not parent.texts and all(row.texts for row in below)


def is_section_name(name: str, vocabulary: Vocabulary) -> bool:
    """Whether a name begins as that of a strategy or a plan does."""
    return _bare(name).startswith(vocabulary.sections)


def may_be_section(name: Cell, vocabulary: Vocabulary) -> bool:
    """Whether a name may begin as a section's or a total's; fast, and never wrongly no."""
    if not isinstance(name, str):
        return False
    first = name[:1]
    return first in vocabulary.first_letters or not ("ก" <= first <= "ฮ" or first in "เแโใไ")


def may_be_total(name: Cell, vocabulary: Vocabulary) -> bool:
    """Whether a name begins as a total's may, so that its figures should be looked at."""
    return (
        isinstance(name, str)
        and may_be_section(name, vocabulary)
        and squeeze(name).startswith(vocabulary.total_starts)
    )


def is_numbered_section(name: str, vocabulary: Vocabulary) -> bool:
    """Whether a name begins as that of a numbered strategy does: ยุทธศาสตร์ที่ 1."""
    plain = _bare(name)
    word = next((word for word in vocabulary.sections if plain.startswith(word)), None)
    return word is not None and bool(_SECTION_NUMBER.match(plain[: len(word) + 12]))


def _bare(name: str) -> str:
    """A name without its numbering and bullet, squeezed."""
    plain = without_letter(to_arabic_digits(clean_text(name)).lstrip("-–—•·*▪●○➢►✓ "))
    leading = _LEADING.match(plain + " ")
    return squeeze(plain[leading.end() :] if leading else plain)
