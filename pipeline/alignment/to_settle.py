"""The projects that nobody has placed, as the file in which an analyst settles them."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.settings import SQL

if TYPE_CHECKING:
    import duckdb

TO_SETTLE_FILE = "alignment_to_settle.csv"


def write_to_settle(connection: duckdb.DuckDBPyConnection, target: Path) -> int:
    """Write what is still to be settled, with the columns of alignment.csv first: fill item_code and move the file.

    UTF-8 with BOM, no cell that a spreadsheet would run as a formula. Lines that stay unfilled are passed over when it
    is read.

    Returns:
        How many lines.
    """
    result = connection.execute((SQL / "align_to_settle.sql").read_text(encoding="utf-8"))
    rows = result.fetchall()
    with target.open("w", encoding="utf-8-sig", newline="") as lines:
        writer = csv.writer(lines)
        writer.writerow([column[0] for column in result.description])
        writer.writerows(rows)
    return len(rows)
