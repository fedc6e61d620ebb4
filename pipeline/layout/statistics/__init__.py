"""A sheet of statistics -> its table, found by what its cells hold: provinces, months or items beside figures."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from pipeline.layout.model import RECORD, TITLE, Column, Header, Table
from pipeline.layout.statistics.columns import read_figure_columns, sort_columns
from pipeline.layout.statistics.heads import cell_at, filled, find_head_rows
from pipeline.layout.statistics.roles import assign_figure_roles, row_texts
from pipeline.layout.statistics.words import FigureWords, is_figure, is_year_cell, load_figure_words
from pipeline.layout.words.moments import Moment, read_moment
from pipeline.layout.words.vocabulary import Vocabulary
from pipeline.provinces import Gazetteer
from pipeline.thai import squeeze
from pipeline.workbook import Sheet, cell_text

PROVINCE, DATE, LABEL = "province", "date", "label"
_LEAST_NAMES = 3
_MOSTLY = 0.5

Known = Callable[[str], bool]


@dataclass(frozen=True)
class Figures:
    """A statistical table.

    Attributes:
        table: its layout; `fields` has what names a row (province, date or label) and its year and month columns.
        subject: what names its rows: province, date or label.
        values: its columns of figures.
        empty: its columns with a head and hardly a figure.
        codes: its columns of codes, places and running numbers.
        moments: the month that is a column's head, by column index.
    """

    table: Table
    subject: str
    values: tuple[Column, ...]
    empty: tuple[Column, ...]
    codes: tuple[Column, ...]
    moments: dict[int, Moment]

    @property
    def subject_column(self) -> Column:
        """The column that names the rows."""
        return self.table.fields[self.subject]


def find_figures(
    sheet: Sheet,
    vocabulary: Vocabulary,
    gazetteer: Gazetteer,
    *,
    number: int = 1,
    sheet_titles: tuple[tuple[int, str], ...] = (),
) -> Figures | None:
    """Find the statistical table of a sheet, or of what `crop` leaves of it; None where it holds none.

    Its rows are provinces where a column names them, else months where a column holds dates, else items.
    """
    words = load_figure_words()
    rows = [row for row in range(len(sheet.rows)) if filled(sheet, row)]
    known = _remember(
        lambda text: bool(gazetteer.resolve(text) or words.area_role(text, vocabulary) == "subtotal")
    )
    found = (
        _find_subject(sheet, rows, PROVINCE, known)
        or _find_subject(sheet, rows, DATE, lambda text: _is_dated(text, vocabulary))
        or _find_labels(sheet, rows)
    )
    if found is None:
        return None
    subject, index, first = found
    if subject == PROVINCE and not _names_provinces(sheet, rows, index, gazetteer):
        return None
    first = _with_rows_above(sheet, first, index, lambda text: bool(words.area_role(text, vocabulary)))
    header = find_head_rows(sheet, first, index)
    return _understand(
        sheet,
        header,
        (subject, index),
        known=known if subject == PROVINCE else None,
        words=words,
        vocabulary=vocabulary,
        titles=(number, sheet_titles),
    )


def _remember(ask: Known) -> Known:
    """Ask about each text once: names come again and again."""
    answers: dict[str, bool] = {}

    def remembered(text: str) -> bool:
        if text not in answers:
            answers[text] = ask(text)
        return answers[text]

    return remembered


def _is_dated(text: str, vocabulary: Vocabulary) -> bool:
    """Whether a text is a month with its year."""
    moment = read_moment(text, vocabulary)
    return moment is not None and moment.calendar_be is not None


def _find_subject(sheet: Sheet, rows: list[int], subject: str, known: Known) -> tuple[str, int, int] | None:
    """Find the column with the most rows whose text is known, with a figure elsewhere, and the first of them."""
    best: tuple[int, int, int] | None = None
    width = max((len(cells) for cells in sheet.rows), default=0)
    for index in range(width):
        named = _named(sheet, rows, index)
        hits = [row for row, text in named if known(text) and _has_figure(sheet, row, index)]
        if len({cell_text(sheet.rows[row][index]) for row in hits}) < _LEAST_NAMES:
            continue
        beside = sum(_has_figure(sheet, row, index) for row, _ in named)
        if len(hits) >= beside * _MOSTLY and (best is None or len(hits) > best[0]):
            best = (len(hits), index, hits[0])
    return None if best is None else (subject, best[1], best[2])


def _named(sheet: Sheet, rows: list[int], index: int) -> list[tuple[int, str]]:
    """The rows whose cell in a column is a text or a date and no number, with that text."""
    found = []
    for row in rows:
        cells = sheet.rows[row]
        cell = cells[index] if index < len(cells) else None
        if cell is not None and not is_figure(cell):
            found.append((row, cell_text(cell)))
    return found


def _with_rows_above(sheet: Sheet, first: int, index: int, is_area: Known) -> int:
    """The first row of figures where totals, regions or names that are not known stand above the first known name."""
    while first and (name := cell_text(cell_at(sheet, first - 1, index)).strip()):
        is_total = is_area(name) and _has_figure(sheet, first - 1, index)
        if not (is_total or _is_all_figures(sheet, first - 1, index)):
            break
        first -= 1
    return first


def _is_all_figures(sheet: Sheet, row: int, index: int) -> bool:
    """Whether a row holds figures beside its name, and neither years nor the numbers of columns, as a head does."""
    cells = [cell for other, cell in enumerate(sheet.rows[row]) if other > index and cell is not None]
    figures = [cell for cell in cells if is_figure(cell)]
    if len(figures) * 2 <= len(cells) or all(is_year_cell(cell) for cell in figures):
        return False
    numbers = [cell for cell in figures if isinstance(cell, float | int)]
    return numbers != list(range(1, len(numbers) + 1)) or len(numbers) == 1


def _names_provinces(sheet: Sheet, rows: list[int], index: int, gazetteer: Gazetteer) -> bool:
    """Whether any row of a column names a province, and not regions alone."""
    return any(gazetteer.resolve(cell_text(cell_at(sheet, row, index))) for row in rows)


def _has_figure(sheet: Sheet, row: int, index: int) -> bool:
    """Whether a row holds a figure in another column."""
    return any(is_figure(cell) for other, cell in enumerate(sheet.rows[row]) if other != index)


def _find_labels(sheet: Sheet, rows: list[int]) -> tuple[str, int, int] | None:
    """Find the leftmost column of different texts with figures beside them, and the first such row."""
    for index in range(max((len(cells) for cells in sheet.rows), default=0)):
        hits = [
            row
            for row in rows
            if isinstance(cell_at(sheet, row, index), str)
            and not is_figure(cell_at(sheet, row, index))
            and _has_figure(sheet, row, index)
        ]
        texts = {squeeze(cell_text(sheet.rows[row][index])) for row in hits}
        if len(texts) >= _LEAST_NAMES and len(texts) == len(hits):
            return LABEL, index, hits[0]
        if hits:
            return None
    return None


def _understand(
    sheet: Sheet,
    header: Header,
    subject: tuple[str, int],
    *,
    known: Known | None,
    words: FigureWords,
    vocabulary: Vocabulary,
    titles: tuple[int, tuple[tuple[int, str], ...]],
) -> Figures:
    """Read columns and roles of the table whose head and whose naming column are found."""
    body = [row for row in range(header.last + 1, len(sheet.rows)) if filled(sheet, row)]
    columns, moments = read_figure_columns(sheet, header, subject[1], body=body, vocabulary=vocabulary)
    known_rows = [row for row in body if known is None or known(cell_text(cell_at(sheet, row, subject[1])))]
    fields, kinds = sort_columns(
        sheet, columns, known_rows, subject=subject, words=words, vocabulary=vocabulary
    )
    values = kinds["value"]
    roles = assign_figure_roles(
        sheet, header, (subject[1], known), values=values, words=words, vocabulary=vocabulary
    )
    own_titles = tuple(
        (row, text) for row, role in roles.items() if role == TITLE for text in row_texts(sheet, row)
    )
    table = Table(
        number=titles[0],
        header=header,
        columns=tuple(columns),
        roles=roles,
        records=tuple(row for row, role in roles.items() if role == RECORD),
        sections={},
        titles=own_titles,
        sheet_titles=titles[1],
        unit=next(
            (unit for _, text in (*own_titles, *titles[1]) if (unit := vocabulary.find_unit(text))), None
        ),
        fields=fields,
    )
    return Figures(table, subject[0], tuple(values), tuple(kinds["empty"]), tuple(kinds["code"]), moments)
