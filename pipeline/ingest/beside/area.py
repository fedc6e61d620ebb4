"""A range of a sheet as an analyst writes it: A1:F20, 4:6, D, D5, or nothing for the whole."""

from __future__ import annotations

import re
from dataclasses import dataclass

FIRST, LAST = 0, 1_048_576
_PART = re.compile(r"([A-Za-z]{0,3})(\d{0,7})")


@dataclass(frozen=True)
class Area:
    """A rectangle of a sheet, zero-based and inclusive; rows alone or columns alone go to the sheet's ends."""

    top: int = FIRST
    bottom: int = LAST
    left: int = FIRST
    right: int = LAST

    @property
    def is_whole(self) -> bool:
        """Whether it is the whole sheet."""
        return self == WHOLE

    @property
    def has_rows(self) -> bool:
        """Whether it names rows."""
        return self.bottom != LAST

    @property
    def has_columns(self) -> bool:
        """Whether it names columns."""
        return self.right != LAST

    def overlaps(self, other: Area) -> bool:
        """Whether two areas share a cell."""
        return (
            self.top <= other.bottom
            and other.top <= self.bottom
            and self.left <= other.right
            and other.left <= self.right
        )


WHOLE = Area()


def read_area(text: str) -> Area | None:
    """Read a range; None where the text is none.

    >>> read_area("4:6"), read_area("D5")
    (Area(top=3, bottom=5, left=0, right=1048576), Area(top=4, bottom=4, left=3, right=3))
    >>> read_area("").is_whole, read_area("F1:A0"), read_area("แถว 4")
    (True, None, None)
    """
    plain = text.strip().replace("$", "")
    if not plain:
        return WHOLE
    first, colon, second = plain.partition(":")
    corners = [_PART.fullmatch(part) for part in (first, second if colon else first)]
    if not all(corners):
        return None
    (left, top), (right, bottom) = ((corner[1], corner[2]) for corner in corners if corner)
    if not (left or top) or bool(left) != bool(right) or bool(top) != bool(bottom) or "0" in (top, bottom):
        return None
    area = Area(
        top=int(top) - 1 if top else FIRST,
        bottom=int(bottom) - 1 if bottom else LAST,
        left=_column(left) if left else FIRST,
        right=_column(right) if right else LAST,
    )
    return area if area.top <= area.bottom and area.left <= area.right else None


def _column(letters: str) -> int:
    """The zero-based number of a column's letters."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number - 1
