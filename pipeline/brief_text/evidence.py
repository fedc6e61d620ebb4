"""What one brief is made from, and the words that go with a figure; both frozen."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from pipeline.brief_text.numbers import is_missing
from pipeline.brief_text.templates import say

BANGKOK = "10"


@dataclass(frozen=True)
class Place:
    """The province that a brief is about."""

    province_code: str
    name_th: str
    cluster: str | None = None

    @property
    def th(self) -> str:
        """The province as Thai sentences name it; Bangkok is no จังหวัด."""
        return self.name_th if self.province_code == BANGKOK else f"จังหวัด{self.name_th}"


@dataclass(frozen=True)
class Evidence:
    """What the warehouse holds for one province; a frame without rows where it holds nothing.

    Attributes:
        place: the province.
        fiscal_year_be: the Buddhist fiscal year in focus.
        population: rows of out_population of the province.
        crime: rows of out_crime_rate of the province.
        areas: rows of out_crime_rate_by_area of its cluster and the nation.
        budgets: rows of out_budget_by_province, every province.
        budget_projects: rows of out_budget_by_project of the province.
        projects: rows of out_project_place of the province.
        project_sums: rows of out_project_summary of the province.
        issues: rows of quality_issue of the province, or of no province in a file that it uses.
        totals: rows of quality_total of the province, with the path.
        sources: rows of out_source of the province.
    """

    place: Place
    fiscal_year_be: int
    population: pd.DataFrame
    crime: pd.DataFrame
    areas: pd.DataFrame
    budgets: pd.DataFrame
    budget_projects: pd.DataFrame
    projects: pd.DataFrame
    project_sums: pd.DataFrame
    issues: pd.DataFrame
    totals: pd.DataFrame
    sources: pd.DataFrame


@dataclass(frozen=True)
class Words:
    """The words of one figure.

    Attributes:
        figure_id: a name for links, as "fig-population".
        title: the finding, a sentence computed from the data.
        caption: what is shown, where and when.
        unit: the unit and period of what is drawn.
        alt: the figure for one who cannot see it.
        source: where its numbers are from.
    """

    figure_id: str
    title: str
    caption: str
    unit: str
    alt: str
    source: str


def name_sources(*columns: pd.Series) -> str:
    """List the different sources that columns name, in their order; empty where they name none."""
    named = [str(source) for column in columns for source in column if not is_missing(source)]
    return "; ".join(dict.fromkeys(named))


def cite_files(rows: pd.DataFrame) -> str:
    """Name the files that rows with a path are from, without their folders."""
    return "; ".join(
        dict.fromkeys(say("common.file", file=file_name(path)) for path in sorted(set(rows["path"])))
    )


def cite_budget(sources: pd.DataFrame) -> str:
    """Name the budget documents that a province's lines are from, with their files; rows of out_source."""
    rows = sources[sources["kind"] == "budget_line"].sort_values("path")
    return "; ".join(
        say("common.file", file=file_name(row.path))
        if is_missing(row.source)
        else say("common.document_file", document=row.source, file=file_name(row.path))
        for _, row in rows.iterrows()
    )


def file_name(path: str) -> str:
    """Give a path's last part."""
    return path.rsplit("/", 1)[-1]
