"""A statistical table with what was decided about it, and the name of every figure in it."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection
from dataclasses import dataclass

from pipeline.findings import Finding, make_finding
from pipeline.layout import Column
from pipeline.layout.statistics import LABEL, Figures
from pipeline.layout.statistics.words import load_figure_words
from pipeline.records.catalogue import Series, load_catalogue
from pipeline.records.matching import Matched, head_words
from pipeline.records.source import Source
from pipeline.thai import squeeze
from pipeline.workbook import address, cell_text

_PERCENT = "ร้อยละ"
_DIGITS = re.compile(r"[\d๐-๙_\-\s]+")


@dataclass(frozen=True)
class Statistics:
    """A statistical table as its reader sees it.

    Attributes:
        source: its cells, and the province and year that titles and names give.
        figures: its layout.
        matched: the series that the catalogue knows of it.
        about: its titles, or the file's name where it has none.
        path: the file, the source of what no series names.
        may_be_unnamed: whether a column that no series names is loaded under its own head.
    """

    source: Source
    figures: Figures
    matched: Matched
    about: str
    path: str
    may_be_unnamed: bool

    @property
    def records(self) -> tuple[int, ...]:
        """The rows of the table that hold records."""
        return self.figures.table.records

    def at_head(self, rule: str, column: Column, **words: str) -> Finding:
        """Word a finding at a column's head, or at its first record where it has none."""
        rows = self.figures.table.header.rows
        cell = address(rows[-1] if rows else self.records[0], column.index)
        return make_finding(rule, sheet=self.source.sheet.name, cell=cell, value=column.name, **words)


@dataclass(frozen=True)
class Named:
    """What a figure is.

    Attributes:
        code: the indicator's, or unnamed_ and a hash.
        unit: of the value, where known.
        basis: FY, CY, AY or point.
        source: whom it is from.
        rank: which source goes first.
        is_named: whether the catalogue knows it.
    """

    code: str
    unit: str | None
    basis: str
    source: str
    rank: int
    is_named: bool = True


def name_rows(table: Statistics, column: Column) -> dict[int, Named]:
    """Name a column's figures, by row; a row whose figure has no name and may have none is left out."""
    if table.figures.subject == LABEL:
        return _name_items(table, column)
    places = table.matched.columns.get(column.index, ())
    if not places:
        named = _unnamed(table, column) if table.may_be_unnamed else None
        return dict.fromkeys(table.records, named) if named else {}
    if len(places) == 1 and not places[0].where:
        return dict.fromkeys(table.records, _named(places[0]))
    return _name_parts(table, places)


def _name_items(table: Statistics, column: Column) -> dict[int, Named]:
    """Name the figures of a column whose rows are items."""
    names: dict[int, Named] = {}
    for row in table.records:
        series = table.matched.cells.get((row, column.index))
        label = cell_text(table.source.cell(row, table.figures.subject_column))
        names[row] = _named(series) if series else _unnamed(table, column, label)
    return names


def _name_parts(table: Statistics, places: Collection[Series]) -> dict[int, Named]:
    """Name the figures of a column whose rows are parts by what stands in another column."""
    names: dict[int, Named] = {}
    columns = {
        head: column
        for series in places
        for head, _ in series.where
        for column in table.figures.table.columns
        if head in squeeze(column.name)
    }
    by_parts = {series.where: _named(series) for series in places}
    for row in table.records:
        parts = tuple(
            (head, squeeze(cell_text(table.source.cell(row, column)))) for head, column in columns.items()
        )
        if parts in by_parts:
            names[row] = by_parts[parts]
    return names


def part_columns(table: Statistics) -> list[Column]:
    """The columns whose texts tell a province's rows apart."""
    heads = {head for series in table.matched.series for head, _ in series.where}
    return [
        column
        for column in table.figures.table.columns
        if any(head in squeeze(column.name) for head in heads)
    ]


def _named(series: Series) -> Named:
    """Name a figure by its series."""
    definition = load_catalogue().definitions[series.indicator_code]
    return Named(series.indicator_code, definition.unit, definition.period_basis, series.source, series.rank)


def _unnamed(table: Statistics, column: Column, label: str = "") -> Named:
    """Name a figure by a hash of its titles, its head and its row's label, years and numbers left out."""
    about = _DIGITS.sub("", squeeze(table.about))
    said = "|".join((about, head_words(column) or squeeze(column.name), squeeze(label)))
    code = "unnamed_" + hashlib.blake2b(said.encode(), digest_size=4).hexdigest()
    unit = column.unit or (_PERCENT if column.is_percent else None)
    return Named(code, unit, _basis(table, column), table.path, 1, is_named=False)


def _basis(table: Statistics, column: Column) -> str:
    """The clock of figures that no series names: fiscal where the words of the year say so."""
    titles = (text for _, text in (*table.figures.table.sheet_titles, *table.figures.table.titles))
    year = table.figures.table.fields.get("year")
    said = squeeze("|".join((*titles, column.name, year.name if year else "")))
    return "FY" if load_figure_words().is_fiscal(said) else "CY"
