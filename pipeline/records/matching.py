"""Which indicator each figure of a table is: by the words of its table, its column and its row."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.layout import Column
from pipeline.layout.statistics import LABEL, Figures
from pipeline.records.catalogue import Catalogue, Series
from pipeline.thai import squeeze
from pipeline.workbook import Sheet, cell_text

Places = dict[int, tuple[Series, ...]]


@dataclass(frozen=True)
class Matched:
    """The series of a table.

    Attributes:
        columns: for rows of provinces or months: by column index, the series that its cells may be.
        cells: for rows of items: by row and column index, the series that the cell is.
    """

    columns: Places
    cells: dict[tuple[int, int], Series]

    @property
    def is_empty(self) -> bool:
        """Whether the catalogue knows nothing of the table."""
        return not self.columns and not self.cells

    @property
    def series(self) -> tuple[Series, ...]:
        """Every series that was matched."""
        return (*(series for places in self.columns.values() for series in places), *self.cells.values())


def match_figures(figures: Figures, sheet: Sheet, spoken: str, catalogue: Catalogue) -> Matched:
    """Find the series of each column of figures, or of each cell where rows are items; the most words win.

    Args:
        figures: the table.
        sheet: its cells.
        spoken: titles, sheet's and file's name, squeezed and joined.
        catalogue: the series to look for.
    """
    spoken += "\n" + "".join(squeeze(text) for text in figures.subject_column.path)
    candidates = [
        series
        for series in catalogue.series
        if bool(series.row) == (figures.subject == LABEL) and all(word in spoken for word in series.title)
    ]
    by_column = {column.index: _fitting(column, candidates) for column in figures.values}
    if figures.subject == LABEL:
        return Matched({}, _match_cells(figures, sheet, by_column))
    return Matched({index: _best(fitting) for index, fitting in by_column.items() if fitting}, {})


def _fitting(column: Column, candidates: list[Series]) -> list[Series]:
    """The series whose words stand in a column's head; without words the head must be a year or a month alone."""
    path = head_words(column)
    return [
        series
        for series in candidates
        if (all(word in path for word in series.column) if series.column else not path)
    ]


def head_words(column: Column) -> str:
    """A column's head from group to leaf as one text, years, months and units taken out.

    Words that the rows of a head break apart stand together again.
    """
    return "".join(heading.text for heading in column.headings)


def _best(fitting: list[Series]) -> tuple[Series, ...]:
    """The series with the most words of the column and of the table; several only where their rows differ."""
    most = max(_weight(series) for series in fitting)
    best = [series for series in fitting if _weight(series) == most]
    return tuple(best) if all(series.where for series in best) else (best[0],)


def _weight(series: Series) -> tuple[int, int]:
    """How much of a column's head and of the titles a series names."""
    return len("".join(series.column)), len(series.title)


def _match_cells(
    figures: Figures, sheet: Sheet, by_column: dict[int, list[Series]]
) -> dict[tuple[int, int], Series]:
    """Choose for every cell of the records the series with the most words of its row, then of its column."""
    cells = {}
    for row in figures.table.records:
        name = squeeze(cell_text(sheet.rows[row][figures.subject_column.index]))
        for index, candidates in by_column.items():
            fitting = [series for series in candidates if all(word in name for word in series.row)]
            if fitting:
                cells[row, index] = max(
                    fitting, key=lambda series: (len("".join(series.row)), *_weight(series))
                )
    return cells
