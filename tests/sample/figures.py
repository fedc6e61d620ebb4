"""The tables beside this module: every figure that the sample shows, one a row, with its source."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from pathlib import Path

FOLDER = Path(__file__).parent
PROVINCES = {"64": "สุโขทัย", "48": "นครพนม", "83": "ภูเก็ต", "70": "ราชบุรี"}
CODES = {name: code for code, name in PROVINCES.items()}

Row = Mapping[str, str]


def read_rows(table: str) -> list[Row]:
    """Read one table of figures, all text.

    Args:
        table: bill_lines, child_fund, indicators or requests.

    Returns:
        The rows in the order of the file.
    """
    with (FOLDER / f"{table}.csv").open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def write_rows(table: str, rows: Sequence[Row]) -> None:
    """Write one table of figures; the first row's keys are the header."""
    with (FOLDER / f"{table}.csv").open("w", encoding="utf-8", newline="") as lines:
        writer = csv.DictWriter(lines, fieldnames=list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def rows_of(table: str, /, **wanted: str) -> list[Row]:
    """Read the rows of a table whose columns hold exactly the values wanted."""
    return [row for row in read_rows(table) if all(row[column] == value for column, value in wanted.items())]
