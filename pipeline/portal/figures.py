"""Key figures of all provinces side by side, from which a reader picks two to compare."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import duckdb

from pipeline.brief_text.numbers import format_number
from pipeline.brief_text.templates import find, label, order_of
from pipeline.portal.warehouse import read_rows

_PROFILE = """
SELECT p.province_code, p.item, p.year_be, p.value, coalesce(r.is_small_number, false) AS is_small
FROM out_province_profile AS p
LEFT JOIN out_indicator_rate AS r
    ON r.province_code = p.province_code AND r.year_be = p.year_be
    AND p.item = regexp_replace(r.indicator_code, '_reported$', '_rate')
WHERE p.value IS NOT NULL"""
# The newest year that has an amount, as a province's pages show it first.
_MONEY = """
SELECT province_code, figure, stage, fiscal_year_be AS year_be, amount_baht AS value FROM out_money_by_stage
WHERE amount_baht IS NOT NULL
QUALIFY row_number() OVER (PARTITION BY province_code, figure, stage ORDER BY fiscal_year_be DESC) = 1"""
_PROJECTS = """
SELECT province_code, count(*) AS value FROM core_project WHERE is_current AND province_code IS NOT NULL
GROUP BY province_code"""
_ITEMS = ("population", "female_share", "persons_per_house")
_LABELS = {"project": "measure", "budget_line": "stage"}


@dataclass(frozen=True)
class Shown:
    """One figure of one province.

    Attributes:
        text: as it is shown.
        number: to sort by.
        year_be: the Buddhist year that it is of; None where it is of no one year.
        is_small: it stands on so few events that it is not to be compared.
    """

    text: str
    number: float
    year_be: int | None = None
    is_small: bool = False


@dataclass(frozen=True)
class Figure:
    """One key figure.

    Attributes:
        name: with its unit.
        group: what it is about.
        by_province: what is known of it, by province code.
    """

    name: str
    group: str
    by_province: dict[str, Shown]


def read_key_figures(connection: duckdb.DuckDBPyConnection) -> list[Figure]:
    """The key figures that any province has."""
    projects = {row["province_code"]: _show(row, 0) for row in read_rows(connection, _PROJECTS)}
    figures = [
        *_profile(read_rows(connection, _PROFILE)),
        *_money(read_rows(connection, _MONEY)),
        Figure("โครงการที่ได้รับ (โครงการ)", "money", projects),
    ]
    return [figure for figure in figures if figure.by_province]


def _profile(rows: Sequence[dict[str, Any]]) -> list[Figure]:
    """People, then rates of crime."""
    people = [Figure(find("labels.item")[item], "people", _pick(rows, item)) for item in _ITEMS]
    crimes = [
        Figure(f"{name} (คดีต่อแสนคน)", "crime", _pick(rows, f"crime_{code}_rate"))
        for code, name in find("labels.crime").items()
    ]
    return [*people, *crimes]


def _pick(rows: Sequence[dict[str, Any]], item: str) -> dict[str, Shown]:
    """One item of the profile, by province."""
    decimals = 0 if item == "population" else 2
    return {row["province_code"]: _show(row, decimals) for row in rows if row["item"] == item}


def _money(rows: Sequence[dict[str, Any]]) -> list[Figure]:
    """Each stage of money, in the order in which money goes through them."""
    stages = sorted(
        {(row["figure"], row["stage"]) for row in rows},
        key=lambda one: (one[0], order_of(_LABELS[one[0]], one[1])),
    )
    return [
        Figure(
            f"{label(_LABELS[figure], stage)} (บาท)",
            "money",
            {
                row["province_code"]: _show(row, 2)
                for row in rows
                if (row["figure"], row["stage"]) == (figure, stage)
            },
        )
        for figure, stage in stages
    ]


def _show(row: dict[str, Any], decimals: int) -> Shown:
    """Write one value."""
    return Shown(
        format_number(row["value"], decimals),
        float(row["value"]),
        row.get("year_be"),
        row.get("is_small", False),
    )
