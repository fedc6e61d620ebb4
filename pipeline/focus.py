"""What a run is about: the provinces that get a brief and the fiscal year in focus."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

import duckdb
import pandas as pd

from pipeline import __version__, store
from pipeline.clock import this_day
from pipeline.errors import UsageError
from pipeline.settings import Settings

_PROVINCES_WITH_DATA = """
SELECT DISTINCT province_code FROM (
    SELECT province_code FROM core_project
    UNION ALL SELECT province_code FROM core_budget_line
    UNION ALL SELECT province_code FROM core_indicator)
WHERE province_code IS NOT NULL ORDER BY province_code"""
_MONEY_YEARS = """
SELECT fiscal_year_be, count(DISTINCT province_code) AS provinces FROM (
    SELECT province_code, fiscal_year_be FROM core_budget_line WHERE stage IN ('bill', 'act')
    UNION ALL
    SELECT p.province_code, a.fiscal_year_be FROM core_amount AS a JOIN core_project AS p USING (project_id)
    WHERE a.measure IN ('appropriated', 'allocated') AND a.amount_baht IS NOT NULL AND p.is_current)
WHERE list_contains($provinces, province_code)
GROUP BY fiscal_year_be ORDER BY fiscal_year_be DESC"""
_YEARS_WITH_DATA = """
SELECT DISTINCT year FROM (
    SELECT fiscal_year_be AS year FROM core_budget_line
    UNION ALL SELECT fiscal_year_be FROM core_amount
    UNION ALL SELECT year_be FROM core_indicator)
ORDER BY year DESC"""


@dataclass(frozen=True)
class Focus:
    """What the briefs are made of.

    Attributes:
        provinces: code and slug of each province that gets a brief.
        fiscal_year_be: the year in focus.
    """

    provinces: tuple[tuple[str, str], ...]
    fiscal_year_be: int


def decide_focus(
    database: Path, settings: Settings, *, release_name: str, is_sample: bool, data_cutoff: str | None
) -> Focus:
    """Decide provinces and year, and write core_release and quality_asked so that all that follows says the same."""
    with store.open_for_writing(database) as connection:
        with_data = [row[0] for row in connection.execute(_PROVINCES_WITH_DATA).fetchall()]
        codes = list(settings.province_codes) or with_data
        year = _decide_year(connection, settings.fiscal_year_be, codes)
        slugs = dict(connection.execute("SELECT province_code, slug FROM core_province").fetchall())
        connection.execute("DELETE FROM core_release")
        connection.execute("DELETE FROM quality_asked")
        connection.execute(
            "INSERT INTO quality_asked SELECT DISTINCT unnest(?::VARCHAR[])", [list(settings.province_codes)]
        )
        store.append(
            connection,
            "core_release",
            pd.DataFrame(
                [
                    {
                        "release_name": release_name,
                        "built_on": this_day(),
                        "data_cutoff": date.fromisoformat(data_cutoff) if data_cutoff else None,
                        "fiscal_year_be": year,
                        "is_sample": is_sample,
                        "pipeline_version": __version__,
                    }
                ]
            ),
        )
    return Focus(tuple((code, slugs[code]) for code in codes), year)


def check_year(database: Path, asked: int | None) -> None:
    """Hold the year asked for to the years that have data, before anything dear is done.

    Raises:
        UsageError: the year has no data; names the years that have.
    """
    if asked is None:
        return
    with store.open_for_reading(database) as connection:
        years = _years_with_data(connection)
    if asked not in years:
        told = ", ".join(map(str, years[:8])) or "ไม่มี"
        raise UsageError(f"ไม่มีข้อมูลของปี {asked}  ใช้ FY= ปีที่มีข้อมูล: {told}")


def _years_with_data(connection: duckdb.DuckDBPyConnection) -> list[int]:
    """Every year with data of any kind, the newest first."""
    return [row[0] for row in connection.execute(_YEARS_WITH_DATA).fetchall()]


def _decide_year(connection: duckdb.DuckDBPyConnection, asked: int | None, codes: list[str]) -> int:
    """The year asked for, else the newest for which most of the provinces have money, else the one most have."""
    if asked is not None:
        return asked
    counts = connection.execute(_MONEY_YEARS, {"provinces": codes}).fetchall()
    for year, provinces in counts:
        if provinces * 2 > len(codes):
            return int(year)
    if counts:
        return int(max(counts, key=lambda row: (row[1], row[0]))[0])
    return _years_with_data(connection)[0]
