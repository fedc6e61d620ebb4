"""What is otherwise than in the release before, in numbers; all of it stands in changes.html."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import duckdb

from pipeline.portal.warehouse import read_rows

_FINDINGS = """
SELECT severity, count(*) FILTER (change = 'gone') AS gone, count(*) FILTER (change = 'new') AS new,
       count(*) FILTER (change = 'stays') AS stays
FROM out_finding_change GROUP BY severity ORDER BY list_position(['error', 'warning', 'info'], severity)"""
_FIGURES = """
SELECT why, count(*) AS n, count(DISTINCT province_code) AS provinces FROM out_release_change
GROUP BY why ORDER BY n DESC, why"""
_EARLIER = """
SELECT coalesce((SELECT min(release_name) FROM core_previous_figure),
                (SELECT min(earlier_release) FROM out_finding_change)) AS name"""


@dataclass(frozen=True)
class Since:
    """The changes in numbers.

    Attributes:
        earlier: the release that is compared with; None where there is none.
        findings: by severity, how many are gone, new, and stay.
        figures: by why, how many headline figures changed, in how many provinces.
    """

    earlier: str | None
    findings: list[dict[str, Any]]
    figures: list[dict[str, Any]]


def read_since(connection: duckdb.DuckDBPyConnection) -> Since:
    """Count what changed since the release before."""
    (earlier,) = read_rows(connection, _EARLIER)
    return Since(earlier["name"], read_rows(connection, _FINDINGS), read_rows(connection, _FIGURES))
