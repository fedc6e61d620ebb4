"""What briefs ask of the warehouse one after the other, read for all of them at once before they are forked.

Of most views a province has a few rows: to ask for them takes longer than to read those of all provinces.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from pipeline.brief_text.reading import QUERIES, read_rows
from pipeline.brief_text.study.frames import VIEWS
from pipeline.readings import OWN_ROWS, Reading, ask, keep_answer

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

AREA = "province_code"
# What is held of a view: each brief is forked of a process that holds it.
ROWS_AT_MOST = 5_000
# A warehouse that is larger as a file is not brought into memory.
LOADED_AT_MOST = 256 << 20
_SMALL = "SELECT table_name FROM duckdb_tables() WHERE estimated_size <= $most"
_LARGE = "SELECT table_name FROM duckdb_tables() WHERE estimated_size > $most"


def read_ahead(connection: DuckDBPyConnection) -> None:
    """Read what is the same for all briefs, and every province's rows of the views that are small and kept as tables.

    Args:
        connection: the warehouse, in one thread, so that rows come in the order in which they stand; what is read of it
            is kept as long as readings are.
    """
    for sql in QUERIES.values():
        if "$" not in sql:
            read_rows(connection, sql)
    codes = [code for (code,) in connection.execute("SELECT province_code FROM core_province").fetchall()]
    small = {table for (table,) in connection.execute(_SMALL, {"most": ROWS_AT_MOST}).fetchall()}
    asked = {*QUERIES.values(), *(OWN_ROWS.format(view=f"out_{view}") for view in VIEWS)}
    for view in sorted(small):
        own = OWN_ROWS.format(view=view)
        if own in asked:
            _share_out(own, ask(connection, f"SELECT * FROM {view}", {}), codes)


def load_tables(connection: DuckDBPyConnection) -> None:
    """Bring the large tables into the memory that forks share: each would read their blocks, and check them, by itself.

    Args:
        connection: the warehouse, in one thread.
    """
    for (table,) in connection.execute(_LARGE, {"most": ROWS_AT_MOST}).fetchall():
        connection.execute(f"SELECT bit_xor(hash(t)) FROM {table} AS t").fetchall()


def _share_out(own: str, whole: Reading, codes: list[str]) -> None:
    """Keep the rows of each province as what it would be answered; of one without rows, that it has none."""
    place = whole.names.index(AREA)
    rows: dict[str, list[tuple[Any, ...]]] = defaultdict(list)
    for row in whole.rows:
        rows[row[place]].append(row)
    for code in codes:
        keep_answer(own, {AREA: code}, Reading(whole.names, whole.types, rows[code]))
