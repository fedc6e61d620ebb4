"""What a person settled about a table beforehand: its head, its columns, its rows, its unit."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from pipeline.layout.columns import SUM_OF_YEARS
from pipeline.layout.columns.parts import FUND_MARK
from pipeline.layout.columns.stages import STAGE
from pipeline.layout.columns.twins import REPEATED
from pipeline.layout.headers import is_number_row
from pipeline.layout.model import Column, Header
from pipeline.layout.words.vocabulary import Heading, Vocabulary
from pipeline.workbook import Sheet, column_letters


@dataclass(frozen=True)
class Meaning:
    """What a column is by somebody's word, whatever its head says.

    Attributes:
        name: a field or a measure of vocabulary.yml; None: nothing that is loaded.
        is_measure: whether the name is a measure.
        why: whose word it is.
        year_be: the year of its money; None: the head's own.
        period: year, Q1-Q4 or M01-M12; None: the head's own.
        category: the expense category that it is a part by; None: the head's own.
        unit: the unit as printed in vocabulary.yml; None: the head's own.
    """

    name: str | None
    is_measure: bool
    why: str
    year_be: int | None = None
    period: str | None = None
    category: str | None = None
    unit: str | None = None


@dataclass(frozen=True)
class Given:
    """What is settled about one table; rows and columns are zero-based.

    Attributes:
        header: the first and the last row of its head.
        roles: the role of single rows.
        columns: the meaning of single columns.
        units: the unit of money of single columns; under None that of all others.
    """

    header: tuple[int, int] | None = None
    roles: Mapping[int, str] = field(default_factory=dict)
    columns: Mapping[int, Meaning] = field(default_factory=dict)
    units: Mapping[int | None, str] = field(default_factory=dict)


NOTHING_GIVEN = Given()


def given_header(sheet: Sheet, given: Given) -> Header | None:
    """Make the head of the rows that were given; a last row of column numbers says nothing of the columns."""
    if given.header is None:
        return None
    first, last = given.header
    rows = tuple(range(first, min(last, len(sheet.rows) - 1) + 1))
    if len(rows) > 1 and is_number_row(sheet.rows[rows[-1]]):
        rows = rows[:-1]
    return Header(first=first, last=last, rows=rows)


def settle_columns(
    columns: tuple[Column, ...], meanings: Mapping[int, Meaning], units: Mapping[int | None, str]
) -> tuple[Column, ...]:
    """Put given meanings and units in the place of what the heads say; a column without a head may be given one."""
    known = {column.index: column for column in columns}
    for index in meanings.keys() - known.keys():
        name = f"คอลัมน์ {column_letters(index)}"
        known[index] = Column(index=index, path=(name,), headings=(Heading(text=""),))
    settled = [
        _with_unit(_with_meaning(known[index], meanings.get(index)), meanings.get(index), units)
        for index in sorted(known)
    ]
    return tuple(settled)


def rank_fields(columns: tuple[Column, ...], meanings: Mapping[int, Meaning]) -> dict[str, Column]:
    """Find each field's column: a given one, then an exact head before a part of one, the left before the right."""
    fields: dict[str, Column] = {}
    ranked = sorted(
        (column for column in columns if column.field),
        key=lambda column: (column.index not in meanings, not column.headings[-1].is_exact, column.index),
    )
    for column in ranked:
        fields.setdefault(str(column.field), column)
    return fields


def read_meaning(words: Mapping[str, str], vocabulary: Vocabulary, *, why: str) -> Meaning | None:
    """Read what a column is, from a line of overrides.csv or of known_forms.yml; None where a word is not known.

    Args:
        words: `is` (a field, a measure, a word of one, or `unknown`), and where it differs from the head's own
            `year`, `period`, `category`, `unit`.
        vocabulary: what is known.
        why: whose word it is.
    """
    name, kind = words["is"], _kind_of(words["is"], vocabulary)
    year = words.get("year", "")
    unit = words.get("unit")
    is_known = (
        (kind or name == UNKNOWN)
        and (not year or year.isdecimal())
        and words.get("period", "year") in _PERIODS
        and (unit is None or unit in vocabulary.money_units)
    )
    if not is_known:
        return None
    return Meaning(
        name=kind[1] if kind else None,
        is_measure=bool(kind and kind[0] == "measure"),
        why=why,
        year_be=int(year) if year else None,
        period=words.get("period"),
        category=words.get("category"),
        unit=unit,
    )


UNKNOWN = "unknown"
# What a column may be by the columns beside it only, so that no word of the vocabulary stands for it.
_BY_NEIGHBOURS = frozenset({SUM_OF_YEARS, FUND_MARK, REPEATED, STAGE})
_PERIODS = frozenset(
    {"year", *(f"Q{number}" for number in range(1, 5)), *(f"M{number:02d}" for number in range(1, 13))}
)


def _kind_of(name: str, vocabulary: Vocabulary) -> tuple[str, str] | None:
    """Find a field or a measure by its own name, else by a word that stands for it as a whole."""
    if name in _BY_NEIGHBOURS:
        return "field", name
    for kind, known in vocabulary.exact.values():
        if known == name:
            return kind, known
    return vocabulary.exact.get(vocabulary.read_heading(name).text)


def _with_meaning(column: Column, meaning: Meaning | None) -> Column:
    """One column as it was given."""
    if meaning is None:
        return column
    return replace(
        column,
        field=None if meaning.is_measure else meaning.name,
        measure=meaning.name if meaning.is_measure else None,
        is_percent=column.is_percent and not meaning.is_measure,
        category=meaning.category or column.category,
        year_be=meaning.year_be or column.year_be,
        period=meaning.period or column.period,
        unit=meaning.unit or column.unit,
    )


def _with_unit(column: Column, meaning: Meaning | None, units: Mapping[int | None, str]) -> Column:
    """One column of money in the unit that was given."""
    unit = units.get(column.index, None if meaning and meaning.unit else units.get(None))
    return replace(column, unit=unit) if unit and column.measure else column
