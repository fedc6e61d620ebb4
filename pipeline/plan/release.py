"""What a plan draft is filled from: one province's rows of the release's views."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from pipeline.brief_tables import newest_indicators
from pipeline.brief_text.evidence import Place
from pipeline.brief_text.projects import choose_project_year
from pipeline.brief_text.reading import QUERIES, find_place, read_rows
from pipeline.brief_text.study import Study, read_study
from pipeline.brief_text.study.situation import list_ranges
from pipeline.readings import OWN
from pipeline.store import open_for_reading

READ = (
    "provinces", "releases", "population", "profile", "crime", "areas", "projects", "project_sums",
    "project_agencies", "alignment", "plan_items", "sources", "failed", "grades",
)  # fmt: skip
# Of the indicators only what may stand in a brief: the others are thousands of rows.
INDICATORS = f"SELECT * FROM out_indicator {OWN} AND is_in_brief AND period = 'year'"


@dataclass(frozen=True)
class Release:
    """What the release says of one province.

    Attributes:
        place: the province.
        fiscal_year_be: the Buddhist fiscal year in focus.
        rows: frames by the names of READ; indicators, newest (those of them at their newest year), and compared
            (those with a rate, beside the provinces like it).
        study: the study's views.
    """

    place: Place
    fiscal_year_be: int
    rows: Mapping[str, pd.DataFrame]
    study: Study

    @property
    def project_year_be(self) -> int:
        """The fiscal year whose projects are told: the one in focus, else the nearest."""
        return choose_project_year(self.rows["project_sums"], self.fiscal_year_be)


def read_release(database: Path, *, province_code: str, fiscal_year_be: int) -> Release:
    """Read what a plan draft is filled from.

    Args:
        database: the warehouse; opened read-only.
        province_code: DOPA code, two digits.
        fiscal_year_be: the Buddhist fiscal year in focus.

    Raises:
        ValueError: there is no such province.
    """
    queries = {name: QUERIES[name] for name in READ} | {"indicators": INDICATORS}
    with open_for_reading(database) as connection:
        rows = {
            name: read_rows(connection, sql, province_code=province_code) for name, sql in queries.items()
        }
        place = find_place(rows["provinces"], province_code)
        study = read_study(connection, place, fiscal_year_be)
    rows |= {"newest": newest_indicators(rows["indicators"]), "compared": list_ranges(study)}
    return Release(place, fiscal_year_be, rows, study)
