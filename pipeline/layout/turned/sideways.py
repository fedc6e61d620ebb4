"""Tables that lie on their side: a project in each column, the labels of what it asks for down the left."""

from __future__ import annotations

from dataclasses import dataclass, replace

from pipeline.layout.headers import is_number
from pipeline.layout.words.vocabulary import Heading, Vocabulary
from pipeline.thai import clean_text
from pipeline.workbook import Cell, Sheet, cell_text

_LONGEST_LABEL = 60
_FEWEST_LABELS, _FEWEST_PROJECTS = 3, 2
# A sheet whose first rows name no projects beside one another holds no such table.
_FIRST_ROWS = 60
_NAME, _PERSON = "project_name", "person"


@dataclass(frozen=True)
class Sideways:
    """A table on its side, turned so that its labels are a head and each project is a row.

    Attributes:
        sheet: the turned table, its titles above.
        head: the row of the turned table's head.
        label_rows: for each column of the turned table, the row of its label.
        value_columns: for each row below the head of the turned table, the column that it was.
        label_column: the column of the labels.
        people: cells that name persons.
    """

    sheet: Sheet
    head: int
    label_rows: tuple[int, ...]
    value_columns: tuple[int, ...]
    label_column: int
    people: tuple[tuple[int, int], ...]

    @property
    def rows(self) -> frozenset[int]:
        """The rows that hold labels."""
        return frozenset(self.label_rows)

    def place(self, row: int, column: int) -> tuple[int, int]:
        """Where a cell of the turned table stands in the sheet."""
        below = row - self.head
        return self.label_rows[column], self.value_columns[below - 1] if below > 0 else self.label_column


def turn(sheet: Sheet, vocabulary: Vocabulary) -> Sideways | None:
    """Turn a table that lies on its side; None where the sheet holds none.

    It does where a label asks for the project's name with several names to its right, none of them a head, and the
    labels above and below it ask for an amount and more, each of a single field once.
    """
    for number, row in enumerate(sheet.rows[:_FIRST_ROWS]):
        label = _label(row, vocabulary)
        if label and label[1].field == _NAME and _names_projects(row, label[0], vocabulary):
            return _turn_block(sheet, number, label[0], vocabulary)
    return None


def _label(row: list[Cell], vocabulary: Vocabulary) -> tuple[int, Heading] | None:
    """The first text of a row and what it says as a head."""
    index = next((index for index, cell in enumerate(row) if cell is not None), None)
    if index is None or not isinstance(row[index], str):
        return None
    text = clean_text(str(row[index]))
    return (index, vocabulary.read_heading(text)) if 0 < len(text) <= _LONGEST_LABEL else None


def _names_projects(row: list[Cell], index: int, vocabulary: Vocabulary) -> bool:
    """Whether what stands right of a label are names: several texts, none a number and none a head."""
    texts = [cell for cell in row[index + 1 :] if cell is not None and cell_text(cell).strip()]
    if len(texts) < _FEWEST_PROJECTS or any(is_number(text) for text in texts):
        return False
    return not any(vocabulary.read_heading(clean_text(cell_text(text))).is_exact for text in texts)


def _turn_block(sheet: Sheet, name_row: int, label_column: int, vocabulary: Vocabulary) -> Sideways | None:
    """Turn the rows of labels around the one that names the projects."""
    first = last = name_row
    while first and _is_labelled(sheet.rows[first - 1], label_column):
        first -= 1
    while last + 1 < len(sheet.rows) and _is_labelled(sheet.rows[last + 1], label_column):
        last += 1
    labelled = [(row, sheet.rows[row]) for row in range(first, last + 1)]
    headings = [_label(cells, vocabulary) for _, cells in labelled]
    known = [heading for found in headings if found and (heading := found[1]).is_known]
    fields = [heading.field for heading in known if heading.field and heading.field != _PERSON]
    has_money = any(heading.measure for heading in known)
    if len(known) < _FEWEST_LABELS or not has_money or len(fields) != len(set(fields)):
        return None
    columns = tuple(
        index
        for index in range(label_column + 1, max(len(cells) for _, cells in labelled))
        if any(index < len(cells) and cells[index] is not None for _, cells in labelled)
    )
    return _turned(sheet, tuple(row for row, _ in labelled), columns, label_column, headings)


def _turned(
    sheet: Sheet,
    rows: tuple[int, ...],
    columns: tuple[int, ...],
    label_column: int,
    headings: list[tuple[int, Heading] | None],
) -> Sideways:
    """Lay labels out as a head and every column of values as a row below it, the titles above as they are."""

    def cell(row: int, index: int) -> Cell:
        cells = sheet.rows[row]
        return cells[index] if index < len(cells) else None

    head = max(rows[0], 1)
    laid = [list(row) for row in sheet.rows[: rows[0]]]
    laid += [[] for _ in range(head - len(laid))]
    laid.append([cell(row, label_column) for row in rows])
    laid += [[cell(row, index) for row in rows] for index in columns]
    people = tuple(
        (row, index)
        for row, found in zip(rows, headings, strict=True)
        if found and found[1].field == _PERSON
        for index in columns
    )
    return Sideways(replace(sheet, rows=laid, merges=()), head, rows, columns, label_column, people)


def _is_labelled(row: list[Cell], column: int) -> bool:
    """Whether a row goes on with the labels: a text in their column, nothing left of it, a value right of it."""
    held = [index for index, cell in enumerate(row) if cell is not None and cell_text(cell).strip()]
    return len(held) > 1 and held[0] == column and isinstance(row[column], str) and not is_number(row[column])
