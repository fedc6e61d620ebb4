"""The collection workbook as specs/template.yml describes it, and what one workbook of it is about."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from pipeline import specs
from pipeline.layout import load_vocabulary
from pipeline.provinces.gazetteer import Province
from pipeline.thai import BUDDHIST_ERA

SPEC = "template.yml"
MONEY, DATE, NUMBER, QUANTITY, TEXT = "money", "date", "number", "quantity", "text"
EARLIER, AGENCIES = "earlier_projects", "agencies"
# What a spreadsheet program takes as a message of a cell, and as the name of a sheet.
LONGEST_MESSAGE, LONGEST_TITLE, LONGEST_NAME = 255, 32, 31
# What filling in days makes a message longer.
_ROOM = 15


@dataclass(frozen=True)
class Column:
    """One column of the form.

    Attributes:
        head: its word, one of vocabulary.yml as a whole.
        meaning: the field or measure that the word stands for.
        width: in characters.
        input: number, text, money, quantity or date.
        help: how to fill it, in Thai.
        list: the list to choose from; None where there is none.
        has_others: whether what is not in the list may be typed.
        is_required: whether a row with a project's name must have it.
        not_before: the meaning of the column of dates that this one may not precede.
        most: the meaning of the column of money that this one may not exceed.
    """

    head: str
    meaning: str
    width: float
    input: str
    help: str
    list: str | None = None
    has_others: bool = True
    is_required: bool = False
    not_before: str | None = None
    most: str | None = None


@dataclass(frozen=True)
class Template:
    """The whole of specs/template.yml.

    Attributes:
        columns: the form's columns from the left.
        words: everything else by its key: titles, texts, lists, formats.
    """

    columns: tuple[Column, ...]
    words: Mapping[str, Any]

    def place_of(self, meaning: str) -> int:
        """The zero-based place of the column with a meaning."""
        return next(place for place, column in enumerate(self.columns) if column.meaning == meaning)


@dataclass(frozen=True)
class Known:
    """What a published release knows of a province before a year.

    Attributes:
        projects: name and agency of each project of the newest earlier year that has any, in order.
        year_be: that year; None where there is no project.
        agencies: every agency that projects were ever of, those with most projects first.
    """

    projects: tuple[tuple[str, str | None], ...] = ()
    year_be: int | None = None
    agencies: tuple[str, ...] = ()


@dataclass(frozen=True)
class Subject:
    """What one workbook is about: a province, a fiscal year, and what is known from before."""

    province: Province
    year_be: int
    known: Known = Known()

    @property
    def first_day(self) -> date:
        """The day on which the fiscal year begins."""
        return date(self.year_be - BUDDHIST_ERA - 1, 10, 1)

    @property
    def last_day(self) -> date:
        """The day on which the fiscal year ends."""
        return date(self.year_be - BUDDHIST_ERA, 9, 30)


@lru_cache(maxsize=1)
def load_template() -> Template:
    """Load specs/template.yml.

    Raises:
        SpecError: a head is no word of vocabulary.yml as a whole, or stands for something else; a list, an input or
            a column that is named does not exist; a name or a message is too long for a spreadsheet program.
    """
    raw = specs.load_yaml(SPEC)
    columns = tuple(_read_column(entry) for entry in raw.pop("columns"))
    template = Template(columns, raw)
    meanings = [column.meaning for column in columns]
    specs.require(len(set(meanings)) == len(meanings), f"{SPEC}: columns", "each meaning once")
    for column in columns:
        _check_column(column, template)
    for name in raw["sheets"].values():
        specs.require(len(name) <= LONGEST_NAME, f"{SPEC}: sheets: {name}", f"{LONGEST_NAME} letters at most")
    return template


def _read_column(entry: Mapping[str, Any]) -> Column:
    """Read one entry of columns."""
    for key in ("head", "is", "width", "input", "help"):
        specs.require(key in entry, f"{SPEC}: columns: {entry}", f"a value for {key}")
    return Column(
        head=entry["head"],
        meaning=entry["is"],
        width=float(entry["width"]),
        input=entry["input"],
        help=entry["help"],
        list=entry.get("list"),
        has_others=entry.get("others", True),
        is_required=entry.get("required", False),
        not_before=entry.get("not_before"),
        most=entry.get("most"),
    )


def _check_column(column: Column, template: Template) -> None:
    """Hold one column to the vocabulary and to the rest of the spec."""
    where = f"{SPEC}: columns: {column.head}"
    heading = load_vocabulary().read_heading(column.head)
    said = heading.measure or heading.field
    specs.require(
        heading.is_exact and said == column.meaning,
        where,
        f"a whole word for {column.meaning}, and not {said}",
    )
    specs.require(column.input in template.words["inputs"], where, "an input that inputs has")
    specs.require(
        bool(heading.measure) == (column.input == MONEY), where, "money for a measure, and only there"
    )
    lists = {None, EARLIER, AGENCIES, *template.words["lists"]}
    specs.require(column.list in lists, where, "a list that lists has")
    meanings = {None, *(other.meaning for other in template.columns)}
    specs.require({column.not_before, column.most} <= meanings, where, "columns that the form has")
    told = column.help + template.words["inputs"][column.input].get("prompt", "")
    specs.require(
        len(told) <= LONGEST_MESSAGE - _ROOM, where, f"a help of {LONGEST_MESSAGE - _ROOM} letters at most"
    )
    specs.require(len(column.head) < LONGEST_TITLE, where, f"a head of less than {LONGEST_TITLE} letters")


def say(text: str, subject: Subject, **more: object) -> str:
    """Fill in a text of the spec: place, name, year, before, first, last, form and what else is given."""
    words = load_template().words
    province = subject.province
    place = (
        words["places_otherwise"].get(province.province_code, words["place"]).format(name=province.name_th)
    )
    return text.format(
        place=place,
        name=province.name_th,
        form=words["form"],
        year=subject.year_be,
        before=subject.year_be - 1,
        first=subject.first_day.isoformat(),
        last=subject.last_day.isoformat(),
        **more,
    )
