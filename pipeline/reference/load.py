"""Fill the core_ tables that come from specs/ alone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pipeline import store
from pipeline.grade import grading_rows
from pipeline.provinces import load_gazetteer
from pipeline.records import load_catalogue
from pipeline.reference.groups import list_groups
from pipeline.reference.tables import load_tables

if TYPE_CHECKING:
    import duckdb


def load_reference(connection: duckdb.DuckDBPyConnection) -> None:
    """Fill, or fill anew, every table that comes from specs/ alone.

    Raises:
        SpecError: a file is wrong; names file and line.
    """
    for table, rows in _gather().items():
        connection.execute(f"DELETE FROM {table}")
        store.append_records(connection, table, rows)


def _gather() -> dict[str, list[dict[str, Any]]]:
    """All rows by table."""
    catalogue = load_catalogue()
    return {
        "core_province": [vars(province) for province in load_gazetteer().provinces.values()],
        "core_province_group": list_groups(),
        "core_indicator_definition": [vars(entry) for entry in catalogue.definitions.values()],
        "core_indicator_break": [vars(entry) for entry in catalogue.breaks],
        **load_tables(),
        **dict(grading_rows()),
    }
