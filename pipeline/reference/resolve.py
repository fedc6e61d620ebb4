"""Every name of an agency, a category or a source of funds in the warehouse -> its code; what could not be told."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pipeline import store
from pipeline.findings import make_finding
from pipeline.reference.agencies import resolve_agencies
from pipeline.reference.names import resolve_names
from pipeline.reference.tables import load_tables

if TYPE_CHECKING:
    import duckdb

_AGENCIES = "SELECT DISTINCT agency_name FROM core_project WHERE agency_name IS NOT NULL ORDER BY 1"
_CATEGORIES = """
SELECT category FROM core_amount UNION SELECT expense_category FROM core_project
UNION SELECT category_1 FROM core_budget_line UNION SELECT category_2 FROM core_budget_line
ORDER BY 1"""
_FUND_SOURCES = "SELECT fund_source FROM core_amount UNION SELECT fund_source FROM core_project ORDER BY 1"
_AMBIGUOUS = """
SELECT n.agency_name, n.candidates, count(*) AS projects, min_by(p.file_id, p.project_id) AS file_id,
       min_by(f.path, p.project_id) AS path, min_by(p.sheet, p.project_id) AS sheet,
       min_by(p."row_number", p.project_id) AS "row_number", min_by(p.province_code, p.project_id) AS province_code
FROM core_agency_name AS n
JOIN core_project AS p USING (agency_name)
LEFT JOIN raw_file AS f USING (file_id)
WHERE n.match_type = 'ambiguous' AND p.is_current
GROUP BY ALL
ORDER BY ALL"""


def resolve_all(connection: duckdb.DuckDBPyConnection) -> list[dict[str, Any]]:
    """Fill, or fill anew, core_agency_name, core_category_name and core_fund_source_name.

    Returns:
        One row of quality_issue per name of an agency that several kinds have, at its first row.
    """
    rows = {
        "core_agency_name": resolve_agencies(_texts(connection, _AGENCIES)),
        "core_category_name": resolve_names(
            "core_expense_category", _texts(connection, _CATEGORIES), column="category"
        ),
        "core_fund_source_name": resolve_names(
            "core_fund_source", _texts(connection, _FUND_SOURCES), column="fund_source"
        ),
    }
    for table, resolved in rows.items():
        connection.execute(f"DELETE FROM {table}")
        store.append_records(connection, table, resolved)
    names_th = {agency["agency_code"]: agency["name_th"] for agency in load_tables()["core_agency"]}
    return [_word(row, names_th) for row in connection.execute(_AMBIGUOUS).fetchall()]


def _texts(connection: duckdb.DuckDBPyConnection, sql: str) -> list[str]:
    """The texts that a query gives, without the missing one."""
    return [text for (text,) in connection.execute(sql).fetchall() if text is not None]


def _word(row: tuple[Any, ...], names_th: dict[str, str]) -> dict[str, Any]:
    """Word the finding of one ambiguous name."""
    name, candidates, count, file_id, path, sheet, number, province = row
    finding = make_finding(
        "agency_ambiguous",
        sheet=sheet,
        cell=f"{number}:{number}",
        value=name,
        province_code=province,
        kinds=", ".join(names_th[code] for code in candidates.split("|")),
        count=f"{count:,}",
    )
    return {**vars(finding), "file_id": file_id, "path": path}
