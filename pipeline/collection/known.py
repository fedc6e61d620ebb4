"""What a published release knows before a year: its provinces, their projects and agencies."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from pipeline.collection.model import Known, load_template
from pipeline.store import open_for_reading
from pipeline.thai import squeeze

_FOCUS = "SELECT max(fiscal_year_be) FROM core_release"
_PROVINCES = """
SELECT DISTINCT province_code FROM (
    SELECT province_code FROM core_project
    UNION ALL SELECT province_code FROM core_budget_line
    UNION ALL SELECT province_code FROM core_indicator)
WHERE province_code IS NOT NULL ORDER BY province_code"""
_PROJECTS = """
WITH dated AS (
    SELECT project_id, fiscal_year_be FROM out_project_amount
    UNION SELECT project_id, fiscal_year_be FROM core_project WHERE is_current AND fiscal_year_be IS NOT NULL),
earlier AS (
    SELECT p.*, d.fiscal_year_be AS year, max(d.fiscal_year_be) OVER (PARTITION BY p.province_code) AS newest
    FROM core_project AS p JOIN dated AS d USING (project_id)
    WHERE p.is_current AND d.fiscal_year_be BETWEEN $first AND $last)
SELECT e.province_code, e.year, e.project_name, e.agency_name
FROM earlier AS e JOIN raw_file AS f USING (file_id)
WHERE e.year = e.newest
ORDER BY e.province_code, f.path, e.sheet, e.row_number, e.project_id"""
_AGENCIES = """
SELECT province_code, agency_name FROM core_project
WHERE is_current AND agency_name IS NOT NULL AND agency_name NOT LIKE '[%'
GROUP BY ALL ORDER BY province_code, count(*) DESC, agency_name"""


@dataclass(frozen=True)
class Published:
    """What a release holds.

    Attributes:
        year_be: its fiscal year in focus; None where it has none.
        provinces: the codes of all provinces that have data.
    """

    year_be: int | None
    provinces: tuple[str, ...]


NOTHING_PUBLISHED = Published(None, ())


def read_published(database: Path) -> Published:
    """Read of which year and which provinces a release is; opened read-only."""
    with open_for_reading(database) as connection:
        focus = connection.execute(_FOCUS).fetchone()
        codes = connection.execute(_PROVINCES).fetchall()
    return Published(focus[0] if focus else None, tuple(code for (code,) in codes))


def read_known(database: Path, *, before: int) -> dict[str, Known]:
    """Read by province what a release knows from before a fiscal year; opened read-only.

    Args:
        database: the release's warehouse.
        before: the fiscal year that is collected; projects are of the newest year before it
            that has any, and is not too long ago.
    """
    first = before - load_template().words["earlier_years"]
    with open_for_reading(database) as connection:
        projects = connection.execute(_PROJECTS, {"first": first, "last": before - 1}).fetchall()
        agencies = connection.execute(_AGENCIES).fetchall()
    years = {code: int(year) for code, year, _, _ in projects}
    return {
        code: Known(
            projects=tuple(_once((name, agency) for other, _, name, agency in projects if other == code)),
            year_be=years.get(code),
            agencies=tuple(name for other, name in agencies if other == code),
        )
        for code in {*years, *(code for code, _ in agencies)}
    }


def _once(projects: Iterable[tuple[str, str | None]]) -> Iterable[tuple[str, str | None]]:
    """Each project once, however it is spaced; the first spelling stays."""
    first: dict[tuple[str, str], tuple[str, str | None]] = {}
    for name, agency in projects:
        first.setdefault((squeeze(name), squeeze(agency or "")), (name, agency))
    return first.values()
