"""Submissions whose file does not lie in RAW any more, beside what stands in its place: what changed row by row."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pipeline.ingest.again.changes import CHANGE_COLUMNS, common_texts, compare_submissions
from pipeline.ingest.again.replaced import load_projects
from pipeline.ingest.again.settle import SAME_SUBMISSION_SHARE
from pipeline.spool import Rows
from pipeline.store import append_rows

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

# What the release before said of files that were gone already, or are now; the later file is still here.
_CARRIED = """
INSERT INTO quality_change BY NAME
SELECT * FROM earlier.quality_change
WHERE earlier_file_id NOT IN (SELECT file_id FROM raw_file) AND file_id IN (SELECT file_id FROM raw_file)"""
_PAIRS = """
SELECT e.table_id, e.file_id, e.sheet, json_keys(e.decided_by, '$.fields'),
       n.table_id, n.file_id, n.sheet, json_keys(n.decided_by, '$.fields')
FROM earlier.raw_table AS e
LEFT JOIN check_place AS w ON w.file_id = e.file_id AND w.sheet IS NULL
LEFT JOIN check_place AS m ON m.file_id = e.file_id AND m.sheet = e.sheet
JOIN raw_table AS n ON n.file_id = coalesce(m.now_file, w.now_file) AND n.sheet = coalesce(m.now_sheet, e.sheet)
    AND n.table_number = e.table_number
WHERE e.kind = 'project' AND n.kind = 'project' AND e.status = 'loaded' AND n.status = 'loaded'
    AND e.file_id NOT IN (SELECT file_id FROM raw_file)
ORDER BY ALL"""


def compare_overwritten(connection: DuckDBPyConnection) -> None:
    """Add to quality_change what changed between a file that was overwritten or taken away and its successor.

    Args:
        connection: the warehouse that is being built, the release before attached as `earlier` and its sheets led to
            today's in check_place.
    """
    connection.execute(_CARRIED)
    changes = [row for pair in connection.execute(_PAIRS).fetchall() for row in _compare(connection, pair)]
    if changes:
        append_rows(
            connection,
            "quality_change",
            Rows({name: [row[name] for row in changes] for name in CHANGE_COLUMNS}),
        )


def _compare(connection: DuckDBPyConnection, pair: tuple[Any, ...]) -> list[dict[str, Any]]:
    """Rows of quality_change of one pair of tables; none where they are not mostly about the same projects."""
    earlier_id, earlier_file, earlier_sheet, earlier_fields, table_id, file_id, sheet, fields = pair
    before = load_projects(connection, earlier_id, db="earlier.")
    after = load_projects(connection, table_id)
    changes = compare_submissions(before, after, common_texts(earlier_fields or (), fields or ()))
    matched = len(before) - sum(change["change"] == "removed" for change in changes)
    if matched <= SAME_SUBMISSION_SHARE * max(len(before), len(after)):
        return []
    sides = {
        "earlier_file_id": earlier_file,
        "earlier_sheet": earlier_sheet,
        "file_id": file_id,
        "sheet": sheet,
    }
    return [dict.fromkeys(CHANGE_COLUMNS) | change | sides for change in changes]
