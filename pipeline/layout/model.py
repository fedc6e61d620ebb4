"""What was understood of a sheet: tables, columns, and the role of every row."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pipeline.layout.words.vocabulary import Heading
from pipeline.thai import Unit

if TYPE_CHECKING:
    from pipeline.layout.given import Meaning

TITLE, HEADER, RECORD, SECTION = "title", "header", "record", "section"
SUBTOTAL, TOTAL, NOTE, REFUSED = "subtotal", "total", "note", "refused"


@dataclass(frozen=True)
class Column:
    """One column of a table.

    Attributes:
        index: zero-based column of the sheet.
        path: the head from the outermost group to the leaf, as text.
        headings: what each level of the path says, the leaf last.
        field: the canonical field; None for money, values and unknown columns.
        measure: the stage of money; None where the column holds no money.
        category: the expense category that the column is a part by.
        fund_source: the source of money that the column is a part by.
        year_be: the year in the head.
        period: year, Q1-Q4 or M01-M12.
        unit: the unit in the head, as printed.
        is_percent: whether it holds percentages.
        by_row: whether its amounts are of the stage that their row names.
        stage_by: the word of the table's title that says the stage, where no head does.
        is_outflow: whether its amounts were taken away, however they are written.
    """

    index: int
    path: tuple[str, ...]
    headings: tuple[Heading, ...]
    field: str | None = None
    measure: str | None = None
    category: str | None = None
    fund_source: str | None = None
    year_be: int | None = None
    period: str = "year"
    unit: str | None = None
    is_percent: bool = False
    by_row: bool = False
    stage_by: str | None = None
    is_outflow: bool = False

    @property
    def name(self) -> str:
        """The head as one text."""
        return " › ".join(self.path)


@dataclass(frozen=True)
class Header:
    """Where a table's head stands: its rows, zero-based, without the row of column numbers.

    Attributes:
        is_stacked: whether the words of one head are typed in cells below one another, and no row is a group.
    """

    first: int
    last: int
    rows: tuple[int, ...]
    is_stacked: bool = False


@dataclass(frozen=True)
class Table:
    """One table of a sheet.

    Attributes:
        number: from 1 in its sheet.
        header: the rows of its head.
        columns: every column with a head.
        roles: the role of each used row of the sheet from the titles to the notes, by zero-based row.
        records: the rows that hold records, in order.
        sections: the section that each record stands under, where there is one.
        parents: the row of its project for a row that is one of a project's activities.
        continued: the rows that continue a record's texts, by the record's row.
        stages: the stage of money of each record and total, where rows and not columns say it.
        titles: texts above the head, with the rows they stand in.
        sheet_titles: titles of the sheet's first table, which speak where this table's own are silent.
        unit: the money unit that a title or unit cell states.
        fields: the column of each field.
        fingerprint: the digest of its heads.
        meanings: what was said of columns by a person or a known form, by column.
        form_name: the known form that its heads are, as it is told.
    """

    number: int
    header: Header
    columns: tuple[Column, ...]
    roles: dict[int, str]
    records: tuple[int, ...]
    sections: dict[int, str]
    titles: tuple[tuple[int, str], ...]
    unit: Unit | None
    sheet_titles: tuple[tuple[int, str], ...] = ()
    fields: dict[str, Column] = field(default_factory=dict)
    parents: dict[int, int] = field(default_factory=dict)
    continued: dict[int, tuple[int, ...]] = field(default_factory=dict)
    stages: dict[int, str] = field(default_factory=dict)
    fingerprint: str = ""
    meanings: Mapping[int, Meaning] = field(default_factory=dict)
    form_name: str | None = None

    @property
    def money(self) -> tuple[Column, ...]:
        """The columns that hold amounts of money."""
        return tuple(column for column in self.columns if column.measure)
