"""Findings beside those of the release before, and submissions that it had and RAW has no more.

A finding is the same where the same rule speaks of the same thing: the record and column, in the file itself or in the
one that took its place; where no record is known, the cell. So a row that moved, in a workbook that was sent again,
takes its findings along.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.since.overwritten import compare_overwritten

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

# Each sheet of this release with the sheet that counts in its place: itself, or the last of those that replaced it.
_LINES = """
CREATE OR REPLACE TEMP TABLE check_line AS
WITH RECURSIVE chain AS (
    SELECT table_id, table_id AS last_id, replaced_by FROM raw_table
    UNION ALL
    SELECT c.table_id, t.table_id, t.replaced_by FROM chain AS c JOIN raw_table AS t ON t.table_id = c.replaced_by
)
SELECT t.file_id, t.sheet, min(n.file_id) AS line_file, min_by(n.sheet, n.file_id) AS line_sheet
FROM chain AS c JOIN raw_table AS t ON t.table_id = c.table_id JOIN raw_table AS n ON n.table_id = c.last_id
WHERE c.replaced_by IS NULL
GROUP BY ALL
HAVING bool_and(t.replaced_by IS NOT NULL)"""

# The file that counts in the place of one that came again as a whole.
_HEIRS = """
CREATE OR REPLACE TEMP TABLE check_heir AS
SELECT l.file_id, min(l.line_file) AS line_file FROM check_line AS l JOIN raw_file AS f USING (file_id)
WHERE f.status = 'superseded' GROUP BY ALL"""

# What each sheet's records are about; a file that came under another name is known by it.
_SUBJECTS = """
SELECT file_id, sheet, 'project' AS kind, province_code, fiscal_year_be AS year FROM {db}core_project WHERE is_current
UNION SELECT file_id, sheet, 'budget_line', province_code, fiscal_year_be FROM {db}core_budget_line
UNION SELECT file_id, sheet, 'indicator', province_code, year_be FROM {db}core_indicator"""

# Each sheet of the release before with the one of this release that stands in its place; none where two might.
_PLACES = f"""
CREATE OR REPLACE TEMP TABLE check_place AS
WITH now AS ({_SUBJECTS.format(db="")}), was AS ({_SUBJECTS.format(db="earlier.")}),
kept AS (
    SELECT e.file_id, min(f.file_id) AS now_file
    FROM earlier.raw_file AS e JOIN raw_file AS f ON f.file_id = e.file_id OR f.path = e.path
    GROUP BY ALL
),
shared AS (
    SELECT w.file_id, w.sheet, n.file_id AS now_file, n.sheet AS now_sheet, n.sheet = w.sheet AS is_named, count(*) AS n
    FROM was AS w JOIN now AS n ON n.kind = w.kind
        AND n.province_code IS NOT DISTINCT FROM w.province_code AND n.year IS NOT DISTINCT FROM w.year
    WHERE w.file_id NOT IN (SELECT file_id FROM kept) AND n.file_id NOT IN (SELECT now_file FROM kept)
    GROUP BY ALL
),
nearest AS (
    SELECT * FROM shared QUALIFY rank() OVER (PARTITION BY file_id, sheet ORDER BY is_named DESC, n DESC) = 1
)
SELECT file_id, CAST(NULL AS VARCHAR) AS sheet, now_file, CAST(NULL AS VARCHAR) AS now_sheet FROM kept
UNION ALL
SELECT file_id, sheet, now_file, now_sheet FROM nearest
QUALIFY count(*) OVER (PARTITION BY file_id, sheet) = 1"""

# What a finding is about, beside its place: the record of its row. Nobody is asked of a file that came again.
_FINDINGS = """
CREATE OR REPLACE TEMP TABLE check_finding_{side} AS
WITH record AS (
    SELECT file_id, sheet, "row_number" AS row, min(concat_ws('|', province_code, fiscal_year_be,
           lower(regexp_replace(project_name, '\\s', '', 'g')))) AS record
    FROM {db}core_project GROUP BY ALL
    UNION ALL
    SELECT file_id, sheet, "row_number", min(concat_ws('|', province_code, fiscal_year_be, budgetary_unit, plan, output,
           project, category_1, category_2, category_3, item))
    FROM {db}core_budget_line GROUP BY ALL
),
placed AS (
    SELECT row_number() OVER (ORDER BY i.rule, i.path, i.sheet, i.cell, i.message_th) AS id, i.*,
           {file} AS at_file, {sheet} AS at_sheet, regexp_extract(i.cell, '^[A-Z]+') AS letters,
           TRY_CAST(regexp_extract(i.cell, '[0-9]+') AS INTEGER) AS row
    FROM {db}quality_issue AS i LEFT JOIN {db}raw_file AS f ON f.file_id = i.file_id {places}
    WHERE f.status IS DISTINCT FROM 'superseded'
)
SELECT p.* EXCLUDE (at_file, at_sheet, row), r.record,
       coalesce(l.line_file, h.line_file, p.at_file, p.path, '') AS line_file,
       coalesce(l.line_sheet, p.at_sheet) AS line_sheet
FROM placed AS p
LEFT JOIN record AS r ON r.file_id = p.file_id AND r.sheet = p.sheet AND r.row = p.row
LEFT JOIN check_line AS l ON l.file_id = p.at_file AND l.sheet = p.at_sheet
LEFT JOIN check_heir AS h ON h.file_id = p.at_file"""
_PLACED = """
LEFT JOIN check_place AS w ON w.file_id = i.file_id AND w.sheet IS NULL
LEFT JOIN check_place AS m ON m.file_id = i.file_id AND m.sheet = i.sheet"""

# The ways in which two findings are one, the surest first; equal ones are paired in their order.
_ROUNDS = (
    ("rule, file_id, path, sheet, cell, message_th", "true"),
    ("rule, line_file, line_sheet, record, letters", "record IS NOT NULL"),
    ("rule, line_file, line_sheet, record", "record IS NOT NULL"),
    ("rule, line_file, line_sheet, cell, province_code", "record IS NULL"),
)
_PAIR = """
INSERT INTO check_pair
WITH was AS (
    SELECT *, row_number() OVER (PARTITION BY {key} ORDER BY id) AS n FROM check_finding_was
    WHERE {held} AND id NOT IN (SELECT was_id FROM check_pair)
),
now AS (
    SELECT *, row_number() OVER (PARTITION BY {key} ORDER BY id) AS n FROM check_finding_now
    WHERE {held} AND id NOT IN (SELECT now_id FROM check_pair)
)
SELECT was.id, now.id FROM was JOIN now ON was.n = now.n AND {same}"""
_CHANGES = """
INSERT INTO quality_finding_change
SELECT CASE WHEN w.id IS NULL THEN 'new' ELSE 'stays' END, n.rule, n.severity, n.province_code, n.file_id, n.path,
       n.sheet, n.cell, n.message_th, w.path, w.sheet, w.cell, $release
FROM check_finding_now AS n
LEFT JOIN check_pair AS p ON p.now_id = n.id
LEFT JOIN check_finding_was AS w ON w.id = p.was_id
UNION ALL
SELECT 'gone', w.rule, w.severity, w.province_code, f.file_id, w.path, w.sheet, w.cell, w.message_th, w.path, w.sheet,
       w.cell, $release
FROM check_finding_was AS w LEFT JOIN raw_file AS f ON f.file_id = w.line_file
WHERE w.id NOT IN (SELECT was_id FROM check_pair)
ORDER BY ALL"""
_FORMER = """
INSERT INTO quality_former_submission BY NAME
WITH known AS (
    SELECT t.table_id, t.file_id, t.kind, t.province_code, t.year_be AS fiscal_year_be, f.path, t.sheet, f.received_on,
           t.records AS n_rows, $release AS last_release
    FROM earlier.raw_table AS t JOIN earlier.raw_file AS f USING (file_id)
    WHERE t.kind IS NOT NULL AND t.status IN ('loaded', 'superseded', 'duplicate')
    UNION ALL BY NAME
    SELECT * FROM earlier.quality_former_submission
)
SELECT * FROM known WHERE table_id NOT IN (SELECT table_id FROM raw_table) ORDER BY ALL"""
_HAS_FORMER = """
SELECT count(*) FROM duckdb_tables() WHERE database_name = 'earlier' AND table_name = 'quality_former_submission'"""


def forget_comparison(connection: DuckDBPyConnection) -> None:
    """Empty what an earlier comparison left in the warehouse that is being built."""
    connection.execute("DELETE FROM quality_finding_change")
    connection.execute("DELETE FROM quality_former_submission")
    connection.execute(
        "DELETE FROM quality_change WHERE earlier_file_id NOT IN (SELECT file_id FROM raw_file)"
    )


def compare_releases(connection: DuckDBPyConnection) -> None:
    """Fill quality_finding_change and quality_former_submission, and quality_change where a file lies no more.

    Args:
        connection: the warehouse that is being built, the release before attached as `earlier`.
    """
    connection.execute("BEGIN")
    for (release,) in connection.execute("SELECT release_name FROM earlier.core_release").fetchall():
        _compare(connection, str(release))
    connection.execute("COMMIT")


def _compare(connection: DuckDBPyConnection, release: str) -> None:
    """Compare with the release of a name; one that was built before submissions were kept has none to carry on."""
    connection.execute(_LINES)
    connection.execute(_HEIRS)
    connection.execute(_PLACES)
    now = {"file": "i.file_id", "sheet": "i.sheet", "places": ""}
    was = {
        "file": "coalesce(m.now_file, w.now_file)",
        "sheet": "coalesce(m.now_sheet, i.sheet)",
        "places": _PLACED,
    }
    connection.execute(_FINDINGS.format(side="now", db="", **now))
    connection.execute(_FINDINGS.format(side="was", db="earlier.", **was))
    connection.execute("CREATE OR REPLACE TEMP TABLE check_pair (was_id BIGINT, now_id BIGINT)")
    for key, held in _ROUNDS:
        same = " AND ".join(f"was.{name} IS NOT DISTINCT FROM now.{name}" for name in key.split(", "))
        connection.execute(_PAIR.format(key=key, held=held, same=same))
    connection.execute(_CHANGES, {"release": release})
    if connection.execute(_HAS_FORMER).fetchall()[0][0]:
        connection.execute(_FORMER, {"release": release})
        compare_overwritten(connection)
