"""The sheet that a returned workbook begins with: ours, and no data where the workbook is sent again."""

from __future__ import annotations

from functools import lru_cache

from pipeline import specs
from pipeline.workbook import Sheet

_MARKER_ROWS = 5


@lru_cache(maxsize=1)
def _signs() -> tuple[str, str]:
    """The sheet's name and the text that marks it."""
    words = specs.load_yaml("returns.yml")
    return words["sheet"], words["marker"]


def is_returned_sheet(sheet: Sheet) -> bool:
    """Whether a sheet is the list of findings that went back with the workbook: by its name and by its marker."""
    name, marker = _signs()
    if not sheet.name.startswith(name):
        return False
    return any(row and row[0] == marker for row in sheet.rows[:_MARKER_ROWS])
