"""Submissions that replace others, compared row by row once both are in the warehouse."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from pipeline.findings import make_finding
from pipeline.ingest.again.changes import Project, Row, common_texts, compare_submissions
from pipeline.ingest.reading import FileReading
from pipeline.ingest.table_reading import TableReading

if TYPE_CHECKING:
    import duckdb

_PROJECTS = "SELECT * FROM {db}core_project WHERE starts_with(project_id, ?) ORDER BY row_number, project_id"
_AMOUNTS = """
SELECT project_id, concat_ws(' ', fiscal_year_be, measure, period, category, fund_source),
       CAST(sum(amount_baht) * 100 AS BIGINT)
FROM {db}core_amount WHERE starts_with(project_id, ?) GROUP BY ALL ORDER BY ALL"""


def compare_replaced(connection: duckdb.DuckDBPyConnection, readings: Sequence[FileReading]) -> list[Row]:
    """Compare every submission with those that it replaces; a finding in its file's reading says how much differs.

    Returns:
        Rows of quality_change.
    """
    placed = {table.table_id: (reading, table) for reading in readings for table in reading.tables}
    return [
        change
        for reading, later in placed.values()
        for earlier_id in later.replaces
        for change in _compare(connection, placed[earlier_id], (reading, later))
    ]


def _compare(
    connection: duckdb.DuckDBPyConnection,
    earlier: tuple[FileReading, TableReading],
    later: tuple[FileReading, TableReading],
) -> Iterator[Row]:
    """Compare one submission with one that it replaces."""
    texts = common_texts((name for _, name in earlier[1].heads), (name for _, name in later[1].heads))
    before, after = (load_projects(connection, table.table_id) for _, table in (earlier, later))
    changes = compare_submissions(before, after, texts)
    rows = {
        name: {
            (change["earlier_row_number"], change["row_number"])
            for change in changes
            if change["change"] == name
        }
        for name in ("added", "removed", "changed")
    }
    later[0].findings.append(
        make_finding(
            "submission_changed",
            sheet=later[1].sheet,
            earlier=f"{earlier[0].file.path} › {earlier[1].sheet}",
            **{name: f"{len(places):,}" for name, places in rows.items()},
        )
    )
    sides = {
        "earlier_file_id": earlier[0].file.file_id,
        "earlier_sheet": earlier[1].sheet,
        "file_id": later[0].file.file_id,
        "sheet": later[1].sheet,
    }
    return ({**change, **sides} for change in changes)


def load_projects(connection: duckdb.DuckDBPyConnection, table_id: str, *, db: str = "") -> list[Project]:
    """Read the projects of one table with their amounts; `db` is the attached warehouse that has it, as "earlier."."""
    result = connection.execute(_PROJECTS.format(db=db), [f"{table_id}-"])
    names = [column[0] for column in result.description]
    projects = {
        project["project_id"]: Project(project)
        for project in (dict(zip(names, row, strict=True)) for row in result.fetchall())
    }
    for project_id, name, satang in connection.execute(_AMOUNTS.format(db=db), [f"{table_id}-"]).fetchall():
        projects[project_id].amounts[name] = satang
    return list(projects.values())
