"""Frames as the views give them, small, for the tests of the brief's words, tables and charts."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

import pandas as pd

from pipeline.brief_text.evidence import Evidence, Place

SUKHOTHAI = Place("64", "สุโขทัย", "ภาคเหนือตอนล่าง 1")


def population_of(*values: float | None, first_year: int = 2545, is_conflict: bool = False) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "province_code": "64",
            "year_be": range(first_year, first_year + len(values)),
            "population": pd.Series(values, dtype=float),
            "male": None,
            "female": None,
            "houses": None,
            "households": None,
            "source": "กรมการปกครอง",
            "is_conflict": is_conflict,
        }
    )


def crime_of(groups: Mapping[str, Mapping[int, float | None]], *, persons: float = 600_000) -> pd.DataFrame:
    rows = [
        {
            "province_code": "64",
            "year_be": year,
            "crime_group": group,
            "reported": cases,
            "reported_unit": "คดี",
            "arrested": None if cases is None else cases / 2,
            "arrested_unit": "ราย",
            "population": persons,
            "rate_per_100000": None if cases is None else cases / persons * 100_000,
            "rate_low": None if cases is None else cases * 0.9 / persons * 100_000,
            "rate_high": None if cases is None else cases * 1.1 / persons * 100_000,
            "is_small_number": cases is not None and cases < 20,
            "source": "ตำรวจ",
            "population_source": "กรมการปกครอง",
        }
        for group, years in groups.items()
        for year, cases in years.items()
    ]
    return pd.DataFrame(rows).astype({"reported": float, "arrested": float, "rate_per_100000": float})


def areas_of(
    rate: float, *, known: int = 77, members: int = 77, groups: tuple[str, ...] = ("person",)
) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "area_kind": "nation",
            "area": "nation",
            "year_be": 2554,
            "crime_group": groups,
            "reported": 1000.0,
            "rate_per_100000": rate,
            "n_provinces": known,
            "n_members": members,
        }
    )


def budgets_of(*rows: tuple[str, int, str, str | None]) -> pd.DataFrame:
    return pd.DataFrame(
        [
            {
                "province_code": code,
                "fiscal_year_be": year,
                "stage": stage,
                "amount_baht": None if amount is None else Decimal(amount),
                "n_lines": 0 if amount is None else 3,
            }
            for code, year, stage, amount in rows
        ],
        columns=["province_code", "fiscal_year_be", "stage", "amount_baht", "n_lines"],
    )


def nothing(*columns: str) -> pd.DataFrame:
    return pd.DataFrame(columns=list(columns))


def project_rows(*rows: tuple[str, str, str]) -> pd.DataFrame:
    return pd.DataFrame(
        [
            {
                "province_code": "64",
                "project_id": name,
                "fiscal_year_be": 2565,
                "measure": measure,
                "amount_baht": Decimal(amount),
                "path": "ก.xlsx",
            }
            for name, measure, amount in rows
        ]
    )


def no_evidence() -> Evidence:
    """A province of which the warehouse holds nothing."""
    sums = nothing("fiscal_year_be", "measure", "n_projects", "n_zero", "amount_baht")
    places = nothing("project_id", "fiscal_year_be", "measure", "amount_baht", "path", "n_cells")
    return Evidence(
        place=SUKHOTHAI,
        fiscal_year_be=2565,
        population=population_of(),
        crime=nothing(
            "province_code",
            "year_be",
            "crime_group",
            "reported",
            "population",
            "rate_per_100000",
            "is_small_number",
        ),
        areas=areas_of(1).head(0),
        budgets=budgets_of(),
        budget_projects=nothing("fiscal_year_be", "stage", "name", "amount_baht", "share_pct"),
        projects=places,
        project_sums=sums,
        issues=nothing("severity", "province_code", "path", "rule"),
        totals=nothing("difference_baht"),
        sources=nothing("kind", "path", "source"),
    )
