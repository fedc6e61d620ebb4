"""The release before: what this one is compared with, and the result of its checks where nothing has changed since."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline import store
from pipeline.inputs import digest_code, digest_libraries, digest_specs, digest_tables

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_EARLIER = "earlier"
# What the checks leave, or what comes after them; of findings only those of the ingest come before.
_LEFT_BY_CHECKS = "quality_check"
_NOT_LOOKED_AT = {
    "core_release", "quality_asked", "quality_finding_change", "quality_former_submission", _LEFT_BY_CHECKS,
}  # fmt: skip
_FOUND_BEFORE = {"quality_issue": "stage = 'ingest'"}
_RECORDS = ("core_project", "core_budget_line", "core_indicator")
_LIBRARIES = ("duckdb", "great-expectations", "pandas", "rapidfuzz")
_COUNTS = """
SELECT province_code, 'project', count(*) FROM earlier.core_project WHERE is_current GROUP BY ALL
UNION ALL
SELECT province_code, 'budget_line', count(*) FROM earlier.core_budget_line WHERE province_code IS NOT NULL GROUP BY ALL
UNION ALL
SELECT province_code, 'indicator', count(value) FROM earlier.core_indicator WHERE province_code IS NOT NULL GROUP BY ALL
"""


def lay_previous(connection: DuckDBPyConnection, previous: Path | None) -> None:
    """Lay out in quality_previous how many projects, budget lines and figures each province had.

    A release before of the same records is the same release made again: then what it was compared with counts, so that
    making a release again gives the same findings.

    Args:
        connection: the warehouse that is being built.
        previous: the warehouse of the release before; None where there is none.
    """
    connection.execute("DELETE FROM quality_previous")
    if previous is None:
        return
    with attached(connection, previous):
        is_same = _has_same_records(connection)
        counts = f"FROM {_EARLIER}.quality_previous" if is_same else _COUNTS
        connection.execute(f"INSERT INTO quality_previous {counts}")


def _has_same_records(connection: DuckDBPyConnection) -> bool:
    """Whether the release before knows what it was compared with, and has the records that this one has."""
    sql = "SELECT count(*) FROM duckdb_tables() WHERE database_name = ? AND table_name = 'quality_previous'"
    if not connection.execute(sql, [_EARLIER]).fetchall()[0][0]:
        return False
    now = digest_tables(connection, _RECORDS)
    before = digest_tables(connection, [f"{_EARLIER}.{table}" for table in _RECORDS])
    return list(now.values()) == list(before.values())


def list_check_inputs(database: Path, previous: Path | None) -> dict[str, str]:
    """List what the result of all checks depends on, as digests: every table that they read, rules, program, versions.

    Args:
        database: the warehouse that is being built.
        previous: the warehouse of the release before, with which it is compared.
    """
    with store.open_for_writing(database) as connection:
        lay_previous(connection, previous)
        rows = connection.execute("SELECT table_name FROM duckdb_tables() WHERE NOT internal").fetchall()
        tables = sorted({name for (name,) in rows} - _NOT_LOOKED_AT)
        made_of = digest_tables(connection, tables, where=_FOUND_BEFORE)
    return made_of | {
        "code": digest_code(),
        "specs": digest_specs(),
        "libraries": digest_libraries(_LIBRARIES),
    }


def take_over_checks(database: Path, docs_folder: Path, release: Path, warehouse: Path) -> None:
    """Take findings, counts and Data Docs over from a release whose checks looked at the same.

    Args:
        database: the warehouse that is being built.
        docs_folder: where the Data Docs go; what is there is replaced.
        release: the published release's folder.
        warehouse: its warehouse.
    """
    with store.open_for_writing(database) as connection, attached(connection, warehouse):
        connection.execute("BEGIN")
        connection.execute("DELETE FROM quality_issue WHERE stage = 'check'")
        connection.execute(f"INSERT INTO quality_issue FROM {_EARLIER}.quality_issue WHERE stage = 'check'")
        connection.execute(f"DELETE FROM {_LEFT_BY_CHECKS}")
        connection.execute(f"INSERT INTO {_LEFT_BY_CHECKS} FROM {_EARLIER}.{_LEFT_BY_CHECKS}")
        connection.execute("COMMIT")
    shutil.rmtree(docs_folder, ignore_errors=True)
    shutil.copytree(release / docs_folder.name, docs_folder)


@contextmanager
def attached(connection: DuckDBPyConnection, warehouse: Path) -> Iterator[None]:
    """Have another warehouse at hand as `earlier`, read-only."""
    connection.execute(f"ATTACH '{str(warehouse).replace(chr(39), chr(39) * 2)}' AS {_EARLIER} (READ_ONLY)")
    try:
        yield
    finally:
        connection.execute(f"DETACH {_EARLIER}")
