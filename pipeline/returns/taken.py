"""What of a received workbook does not go back: the cells that the warehouse does not keep, and names of sheets."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence

from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from pipeline.ingest.reading import cells_json
from pipeline.layout import used_rows
from pipeline.workbook import Sheet, column_index

_LONGEST_TITLE = 31
_BRACKETS = str.maketrans("[]", "()")
_FORBIDDEN = re.compile(r"[:\\/?*\x00-\x1f]")


def find_taken_out(sheet: Sheet, kept: Mapping[tuple[str, int], str]) -> list[tuple[int, int]]:
    """Find the cells of a sheet whose text the warehouse does not keep as it was received: personal data.

    Args:
        sheet: the received sheet, its name masked.
        kept: the rows of raw_row, as JSON, by sheet and row number.

    Returns:
        Zero-based rows and columns. A row that the warehouse lacks is taken out whole.
    """
    rows = used_rows(sheet)
    places = []
    for row, received in zip(rows, cells_json(sheet, rows), strict=True):
        stored = kept.get((sheet.name, row + 1))
        if stored == received:
            continue
        texts = json.loads(stored) if stored else {}
        places += [
            (row, column_index(letters))
            for letters, text in json.loads(received).items()
            if texts.get(letters) != text
        ]
    return places


def drop_choices(page: Worksheet, places: Sequence[tuple[int, int]]) -> None:
    """Take the lists of choices off the cells that do not go back: what is chosen from there is what was taken out.

    Args:
        page: the sheet.
        places: zero-based rows and columns of its cells that are taken out.
    """
    listed = page.data_validations
    listed.dataValidation = [
        one for one in listed.dataValidation if not (_is_written_out(one) and _covers(one, places))
    ]


def _is_written_out(choices: DataValidation) -> bool:
    """Whether choices stand in the list itself; those that stand in cells are looked at there."""
    return choices.type == "list" and str(choices.formula1).startswith('"')


def _covers(choices: DataValidation, places: Sequence[tuple[int, int]]) -> bool:
    """Whether any of the cells has these choices."""
    return any(
        area.min_row <= row + 1 <= area.max_row and area.min_col <= column + 1 <= area.max_col
        for area in choices.sqref.ranges
        for row, column in places
    )


def legal_titles(names: Sequence[str], *, taken: Iterable[str] = ()) -> list[str]:
    """Make names of sheets such as a spreadsheet program takes: its signs, its length, none twice.

    >>> legal_titles(["งบ 2565/66", "[ข้อมูล]", "[ข้อมูล]"])
    ['งบ 2565_66', '(ข้อมูล)', '(ข้อมูล) 2']
    """
    used = {name.casefold() for name in taken}
    titles = []
    for name in names:
        plain = _FORBIDDEN.sub("_", name.translate(_BRACKETS)).strip("' ") or "Sheet"
        title = plain[:_LONGEST_TITLE]
        count = 2
        while title.casefold() in used:
            title, count = f"{plain[: _LONGEST_TITLE - 4]} {count}", count + 1
        used.add(title.casefold())
        titles.append(title)
    return titles
