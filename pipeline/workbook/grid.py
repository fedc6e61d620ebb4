"""A sheet as a grid of cells with addresses, whatever container it came in."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache, cached_property
from itertools import zip_longest

# From here on a float no longer tells one whole number from the next.
LARGEST_WHOLE = 1e15
Cell = str | int | float | bool | date | datetime | time | timedelta | None


@dataclass(frozen=True)
class Merge:
    """A merged range, zero-based and inclusive."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True)
class Sheet:
    """One sheet.

    Attributes:
        name: as the container has it.
        rows: the cells; rows[0] is what a spreadsheet program shows as row 1; empty cells are None.
        merges: merged ranges, where the container says them.
        is_hidden: whether a spreadsheet program would hide the sheet.
        captions: lines of text around the table of a document, which stand in no row.
    """

    name: str
    rows: list[list[Cell]]
    merges: tuple[Merge, ...] = ()
    is_hidden: bool = False
    captions: tuple[str, ...] = ()

    @cached_property
    def columns(self) -> list[tuple[Cell, ...]]:
        """The same cells by column, all of one length; made once: what is changed later is changed by `put`."""
        return list(zip_longest(*self.rows))

    def put(self, row: int, column: int, value: Cell) -> None:
        """Write a cell, zero-based."""
        self.rows[row][column] = value
        self.__dict__.pop("columns", None)


@dataclass(frozen=True)
class Workbook:
    """All sheets of one file, and what kind of container it was."""

    container: str
    sheets: tuple[Sheet, ...]


@cache
def column_letters(index: int) -> str:
    """Name a zero-based column as spreadsheets do.

    >>> column_letters(0), column_letters(25), column_letters(26), column_letters(701)
    ('A', 'Z', 'AA', 'ZZ')
    """
    letters = ""
    number = index + 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


@cache
def column_index(letters: str) -> int:
    """The zero-based column that letters name.

    >>> column_index("A"), column_index("AA")
    (0, 26)
    """
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1


def address(row: int, column: int) -> str:
    """Name a zero-based row and column as a cell.

    >>> address(11, 5)
    'F12'
    """
    return f"{column_letters(column)}{row + 1}"


def cell_text(value: Cell) -> str:
    """Write a cell as its text: numbers without a superfluous ".0", dates in ISO form.

    >>> cell_text(285000.0), cell_text(0.31), cell_text(" ข้อความ ")
    ('285000', '0.31', ' ข้อความ ')
    """
    if isinstance(value, str):
        return value
    if value is None:
        return ""
    if isinstance(value, float):
        return _float_text(value)
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(sep=" ")
    return str(value)


def cell_texts(cells: Iterable[Cell]) -> list[str | None]:
    """Write cells as `cell_text` does, None for an empty one; a column at once, since a call a cell would cost more.

    >>> cell_texts(("ก", 12.0, 0.5, None))
    ['ก', '12', '0.5', None]
    """
    return [
        cell
        if type(cell) is str or cell is None
        else (str(int(cell)) if cell.is_integer() and abs(cell) < LARGEST_WHOLE else repr(cell))
        if type(cell) is float
        else cell_text(cell)
        for cell in cells
    ]


def _float_text(value: float) -> str:
    """Write a float with the fewest digits that give it again."""
    return str(int(value)) if value.is_integer() and abs(value) < LARGEST_WHOLE else repr(value)
