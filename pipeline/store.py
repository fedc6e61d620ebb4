"""The warehouse: the only place that opens DuckDB for writing; readers open it read-only."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import duckdb

from pipeline.settings import SQL
from pipeline.spool import BATCH, OwnRows, Rows, Spooled, shared_rows
from pipeline.views import make_views, remake_views, settle_views

if TYPE_CHECKING:
    import pandas as pd


_SATANG = "_satang"
_MEMORY = "1GB"
# Up to this size of a warehouse a second thread takes more time to be told what to do than it saves.
_FOR_ONE_THREAD = 32 << 20
_SATANG_AS_BAHT = "CAST(CAST({} AS DECIMAL(18, 0)) * CAST(0.01 AS DECIMAL(3, 2)) AS DECIMAL(18, 2))"


@contextmanager
def open_new(database: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """Open a warehouse that is only begun; what is written of it need not stay in memory."""
    connection = duckdb.connect(str(database), config={"memory_limit": _MEMORY})
    try:
        yield connection
    finally:
        connection.close()


@contextmanager
def open_for_writing(database: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """Open the warehouse that is being built; nobody else may have it open."""
    connection = duckdb.connect(str(database))
    try:
        _spare_threads(connection, database)
        yield connection
    finally:
        connection.close()


@contextmanager
def in_one_thread(connection: duckdb.DuckDBPyConnection) -> Iterator[None]:
    """Leave the other processors to whoever works beside; what is written stands in the order in which it came."""
    connection.execute("SET threads = 1")
    try:
        yield
    finally:
        connection.execute("RESET threads")


@contextmanager
def open_writers(
    connection: duckdb.DuckDBPyConnection, tables: Iterable[str]
) -> Iterator[dict[str, duckdb.DuckDBPyConnection]]:
    """Give each table a transaction of its own: what waits in memory at their ends is packed side by side."""
    writers = {table: connection.cursor() for table in tables}
    try:
        for writer in writers.values():
            writer.execute("BEGIN")
        yield writers
        with ThreadPoolExecutor() as threads:
            list(threads.map(lambda writer: writer.execute("COMMIT"), writers.values()))
    finally:
        for writer in writers.values():
            writer.close()


@contextmanager
def open_for_reading(database: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """Open a warehouse read-only; many readers at once may."""
    connection = duckdb.connect(str(database), read_only=True)
    try:
        _spare_threads(connection, database)
        yield connection
    finally:
        connection.close()


def _spare_threads(connection: duckdb.DuckDBPyConnection, database: Path) -> None:
    """Work on a small warehouse in one thread; what comes out is the same."""
    if database.stat().st_size < _FOR_ONE_THREAD:
        connection.execute("SET threads = 1")


def create_tables(connection: duckdb.DuckDBPyConnection) -> None:
    """Create every raw_, core_ and quality_ table, with comments, in an empty warehouse."""
    for script in sorted(SQL.glob("[0-9]*.sql")):
        connection.execute(script.read_text(encoding="utf-8"))


def create_views(connection: duckdb.DuckDBPyConnection) -> None:
    """Create or replace every out_ view; see the room views."""
    make_views(connection)


def keep_views(database: Path, *, near_score: float, previous: Path | None, are_made: bool = False) -> None:
    """Work out what the out_ views stand on besides, and keep each as a table; see the room views.

    Args:
        database: the warehouse that is being built; its last core_ and quality_ row is written.
        near_score: how alike names of projects must be, 0 to 100, to be told.
        previous: the warehouse of the release before; only read.
        are_made: whether this very run made the views, and they need not be made anew.
    """
    name = previous.parent.name if previous else ""
    with open_for_writing(database) as connection:
        if not are_made:
            remake_views(connection)
        settle_views(connection, near_score=near_score, previous=previous, previous_name=name)


def count_findings(connection: duckdb.DuckDBPyConnection) -> dict[str, int]:
    """Count the findings by severity."""
    return dict(
        connection.execute("SELECT severity, count(*) FROM quality_issue GROUP BY severity").fetchall()
    )


def append(connection: duckdb.DuckDBPyConnection, table: str, rows: pd.DataFrame) -> None:
    """Append a frame to a table by column name; columns that the frame lacks stay NULL.

    A column that ends in _satang (whole numbers) is stored exactly as the table's column that ends in _baht.
    """
    if rows.empty:
        return
    targets = ", ".join(f'"{_in_baht(name)}"' for name in rows.columns)
    values = ", ".join(
        _SATANG_AS_BAHT.format(f'"{name}"') if name.endswith(_SATANG) else f'"{name}"'
        for name in rows.columns
    )
    connection.register("incoming", rows)
    connection.execute(f"INSERT INTO {table} ({targets}) SELECT {values} FROM incoming")
    connection.unregister("incoming")


def append_batches(
    connection: duckdb.DuckDBPyConnection,
    spooled: Sequence[Spooled],
    *,
    computed: Mapping[str, str] | None = None,
) -> None:
    """Append what was spooled in one layout to its table, in order; columns that nothing gives stay NULL.

    Args:
        connection: the warehouse that is being built.
        spooled: rows whose columns are columns of the table, money in satang, or what `computed` is made of.
        computed: columns of the table that are computed, as SQL over the rows `s` and what their batch shares `h`.
    """
    layout = spooled[0].layout
    types = _column_types(connection, layout.table)
    computed = computed or {}
    sources = dict.fromkeys(layout.shared, "h") | dict.fromkeys(layout.own, "s")
    given = [name for name in sources if _in_baht(name) in types and _in_baht(name) not in computed]
    targets = [*map(_in_baht, given), *computed]
    values = [*(_value(name, sources[name]) for name in given), *computed.values()]
    with _registered(connection, own_rows=OwnRows(spooled), shared_rows=shared_rows(spooled)):
        connection.execute(
            f"INSERT INTO {layout.table} ({', '.join(targets)}) SELECT {', '.join(values)} "
            f"FROM own_rows AS s JOIN shared_rows AS h USING ({BATCH})"
        )


def append_rows(connection: duckdb.DuckDBPyConnection, table: str, rows: Rows) -> None:
    """Append rows to a table by column name; columns that they lack stay NULL, and money in satang becomes baht."""
    targets = ", ".join(map(_in_baht, rows.names))
    values = ", ".join(_value(name, "s") for name in rows.names)
    with _registered(connection, own_rows=rows):
        connection.execute(f"INSERT INTO {table} ({targets}) SELECT {values} FROM own_rows AS s")


def append_records(
    connection: duckdb.DuckDBPyConnection, table: str, records: Sequence[Mapping[str, Any]]
) -> None:
    """Append a few rows, each by column name and all with the same names, to a table."""
    if records:
        columns: dict[str, Sequence[Any]] = {
            name: [record[name] for record in records] for name in records[0]
        }
        append_rows(connection, table, Rows(columns))


@contextmanager
def _registered(connection: duckdb.DuckDBPyConnection, **streams: object) -> Iterator[None]:
    """Let a connection's SQL read Arrow streams by name."""
    for name, stream in streams.items():
        connection.register(name, stream)
    try:
        yield
    finally:
        for name in streams:
            connection.unregister(name)


def _column_types(connection: duckdb.DuckDBPyConnection, table: str) -> dict[str, str]:
    """The type of each column of a table."""
    # Of this table alone: a list of all columns would work out those of every view.
    return dict(connection.execute("SELECT name, type FROM pragma_table_info(?)", [table]).fetchall())


def _value(name: str, source: str) -> str:
    """A row's field as the value of its column."""
    value = f'{source}."{name}"'
    return _SATANG_AS_BAHT.format(value) if name.endswith(_SATANG) else value


def _in_baht(column: str) -> str:
    """Name the column in baht that a column in satang is stored as."""
    return column.removesuffix(_SATANG) + "_baht" if column.endswith(_SATANG) else column
