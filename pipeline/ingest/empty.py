"""The warehouse before anything is read: its tables, what the study stands on, and the outlines of its views."""

from __future__ import annotations

import hashlib
from pathlib import Path

from pipeline.inputs import digest_code, digest_libraries, digest_specs
from pipeline.kept import keep

_LIBRARIES = ("duckdb", "pyyaml")


def write_empty(database: Path) -> None:
    """Write an empty warehouse; what it is made of seldom changes, so it is made once and copied.

    Args:
        database: the warehouse, which is not there yet.
    """
    made_of = "\n".join((digest_code(), digest_specs(), digest_libraries(_LIBRARIES)))
    content = keep("warehouse", hashlib.sha256(made_of.encode()).hexdigest(), lambda: _make(database))
    database.write_bytes(content)


def _make(database: Path) -> bytes:
    """Make it in the place where it is wanted."""
    from pipeline import store
    from pipeline.reference import load_reference
    from pipeline.views import in_one_step

    with store.open_new(database) as connection:
        with in_one_step(connection):
            store.create_tables(connection)
            load_reference(connection)
        store.create_views(connection)
    return database.read_bytes()
