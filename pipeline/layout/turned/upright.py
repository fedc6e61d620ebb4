"""Forms that stand upright: the labels of one project in a column, the answers to their right or after a colon."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from pipeline.layout.words.vocabulary import Heading, Vocabulary
from pipeline.thai import clean_text, to_arabic_digits
from pipeline.workbook import Cell, Sheet, cell_text

_NUMBERING = re.compile(r"^\(?\d{1,2}(?:\.\d{1,2})*[.)]?\s*")
_LONGEST_LABEL = 60
_FEWEST_LABELS, _MOST_CELLS = 4, 3
# A sheet whose first rows ask for no project's name holds no such form.
_FIRST_ROWS = 60
_NAME, _PERSON = "project_name", "person"
# An amount within a sentence: จำนวน 250,000 บาท (สองแสนห้าหมื่นบาทถ้วน).
_SENTENCE = re.compile(
    r"^(?:เป็นเงิน|จำนวน|รวม)*\s*([\d,.]+\s*(?:บาท|พันบาท|ล้านบาท)?(?:ถ้วน)?)\s*(?:\([^\d()]*\))?$"
)


@dataclass(frozen=True)
class Upright:
    """A form that stands upright, laid down as a table of one record.

    Attributes:
        sheet: the table: a head of the labels and one row of what they ask for.
        places: for each column of the table, where its value stands in the form.
        head: the row of the table's head; the record is the next.
        rows: the rows of the form that hold its labels.
        people: where the form names persons.
    """

    sheet: Sheet
    places: tuple[tuple[int, int], ...]
    head: int
    rows: frozenset[int]
    people: tuple[tuple[int, int], ...]

    def place(self, row: int, column: int) -> tuple[int, int]:
        """Where a cell of the table stands in the form; of its head, where the value does."""
        return self.places[column]


@dataclass(frozen=True)
class _Label:
    """One label of a form, what it is, and where its value stands."""

    row: int
    index: int
    text: str
    field: str | None
    is_money: bool
    value: Cell


def find_forms(sheet: Sheet, vocabulary: Vocabulary) -> list[int]:
    """Find the first row of each upright form of a sheet; none where its rows are records of a table.

    A sheet holds such forms where a label asks for a project's name with one value beside it, others ask for at
    least an amount and two more, each field once, and the labels stand in one column.
    """
    if not any(label.field == _NAME for label in _read_labels(sheet, vocabulary, last=_FIRST_ROWS)):
        return []
    labels = _read_labels(sheet, vocabulary)
    starts = [label.row for label in labels if label.field == _NAME]
    ends = [*starts, len(sheet.rows)][1:]
    parts = [
        [label for label in labels if start <= label.row < end]
        for start, end in zip(starts, ends, strict=True)
    ]
    return starts if parts and all(_is_form(part) for part in parts) else []


def lay_down(sheet: Sheet, vocabulary: Vocabulary) -> Upright | None:
    """Lay an upright form down as a table with its titles above; None where the sheet holds none."""
    starts = find_forms(sheet, vocabulary)
    if len(starts) != 1:
        return None
    labels = [label for label in _read_labels(sheet, vocabulary) if label.row >= starts[0]]
    head = max(starts[0], 1)
    rows: list[list[Cell]] = [list(row) for row in sheet.rows[: starts[0]]]
    rows += [[] for _ in range(head - len(rows))]
    rows.append([label.text for label in labels])
    rows.append([_plain_value(label) for label in labels])
    return Upright(
        sheet=replace(sheet, rows=rows, merges=()),
        places=tuple((label.row, label.index) for label in labels),
        head=head,
        rows=frozenset(label.row for label in labels),
        people=tuple((label.row, label.index) for label in labels if label.field == _PERSON),
    )


def _is_form(labels: list[_Label]) -> bool:
    """Whether labels make a form: enough of them, an amount among them, and no field twice."""
    fields = [label.field for label in labels if label.field and label.field != _PERSON]
    return (
        len(labels) >= _FEWEST_LABELS
        and any(label.is_money for label in labels)
        and len(fields) == len(set(fields))
        and len({label.row for label in labels}) == len(labels)
    )


def _read_labels(sheet: Sheet, vocabulary: Vocabulary, *, last: int | None = None) -> list[_Label]:
    """Every row of a sheet that is a label and its value; of those before `last`, where that is given."""
    found = (
        _read_label(row, cells, vocabulary)
        for row, cells in enumerate(sheet.rows[:last])
        if 0 < len(cells) - cells.count(None) <= _MOST_CELLS
    )
    return [label for label in found if label]


def _read_label(row: int, cells: Sequence[Cell], vocabulary: Vocabulary) -> _Label | None:
    """Read one row as a label and its value: beside each other, or in one cell around a colon."""
    held = [index for index, cell in enumerate(cells) if cell is not None and cell_text(cell).strip()]
    if not held or not isinstance(cells[held[0]], str):
        return None
    text, _, after = clean_text(str(cells[held[0]])).partition(":")
    name = _NUMBERING.sub("", to_arabic_digits(text)).strip()
    if not name or len(name) > _LONGEST_LABEL:
        return None
    heading = vocabulary.read_heading(name)
    if not (heading.field or heading.measure):
        return None
    if not (heading.is_exact or _is_label(held, after, cells) or _asks_amount(heading, held, cells)):
        return None
    if len(held) == 1:
        if not after.strip():
            return None
        return _Label(row, held[0], name, heading.field, bool(heading.measure), after.strip())
    value, unit = cells[held[1]], cell_text(cells[held[2]]).strip() if len(held) == 3 else ""
    if heading.measure and unit in vocabulary.money_units and not heading.unit:
        name = f"{name} ({unit})"
    elif unit:
        return None
    return _Label(row, held[1], name, heading.field, bool(heading.measure), value)


def _is_label(held: list[int], after: str, cells: Sequence[Cell]) -> bool:
    """Whether a text of which only a part is known is a label all the same: it is numbered, or ends in a colon."""
    text = to_arabic_digits(str(cells[held[0]])).strip()
    return ":" in text or bool(after) or bool(_NUMBERING.match(text))


def _asks_amount(heading: Heading, held: list[int], cells: Sequence[Cell]) -> bool:
    """Whether a text of which only a part is known asks for money, and an amount stands beside it."""
    if not heading.measure or len(held) < 2:
        return False
    value = cells[held[1]]
    if isinstance(value, str):
        return bool(_SENTENCE.match(to_arabic_digits(clean_text(value))))
    return isinstance(value, int | float)


def _plain_value(label: _Label) -> Cell:
    """A label's value; of an amount within a sentence, the amount."""
    if not label.is_money or not isinstance(label.value, str):
        return label.value
    found = _SENTENCE.match(to_arabic_digits(clean_text(label.value)))
    return found.group(1).strip() if found else label.value
