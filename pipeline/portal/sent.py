"""What a province's state of submission stands on: the files that it sent of each kind of data, sheet by sheet."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import duckdb

from pipeline.inspect.places import SheetPages, say_place
from pipeline.portal.warehouse import read_rows

# The province's own files first: few provinces stand in them.
_SENT = """
WITH fed AS (
    SELECT province_code, kind, path, sheet, sum(n_rows)::BIGINT AS n_rows FROM out_source GROUP BY ALL
)
SELECT s.province_code, s.kind, s.file_id, s.path, s.state, s.n_errors, fed.sheet, fed.n_rows,
       count(DISTINCT s.province_code) OVER (PARTITION BY s.file_id) AS n_provinces
FROM out_submission_file AS s
LEFT JOIN fed USING (province_code, kind, path)
WHERE s.province_code IS NOT NULL
ORDER BY s.province_code, s.kind, n_provinces, s.path, fed.sheet"""


@dataclass(frozen=True)
class Sent:
    """A sheet that gave rows of a province, or a file that gave none.

    Attributes:
        place: the file and sheet.
        link: to the sheet's page, or to the file's first; empty where it has none.
        state: what became of the file: passed, waiting, refused or replaced.
        n_rows: rows or values that it gave; None where it gave none.
        n_errors: findings of level error in the file.
    """

    place: str
    link: str
    state: str
    n_rows: int | None
    n_errors: int


def read_sent(
    connection: duckdb.DuckDBPyConnection, pages: SheetPages
) -> dict[str, dict[str, tuple[Sent, ...]]]:
    """What each province sent, by its code and the kind of data."""
    sent: dict[str, dict[str, tuple[Sent, ...]]] = defaultdict(dict)
    for row in read_rows(connection, _SENT):
        before = sent[row["province_code"]].get(row["kind"], ())
        sent[row["province_code"]][row["kind"]] = (*before, _sent(row, pages))
    return sent


def _sent(row: Mapping[str, Any], pages: SheetPages) -> Sent:
    """Put one sheet or file together."""
    link = pages.find(row["file_id"], row["sheet"]) or next(
        (first for _, first in pages.of_file(row["file_id"])), ""
    )
    return Sent(say_place(row["path"], row["sheet"]), link, row["state"], row["n_rows"], row["n_errors"])
