"""What the study of one province is made from: rows of out_ views, the year told, and the limits of sentences."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import pandas as pd

from pipeline.brief_text.evidence import Place
from pipeline.brief_text.numbers import format_number, is_missing
from pipeline.brief_text.projects import choose_project_year, pick_measure
from pipeline.brief_text.reading import read_rows
from pipeline.brief_text.said import join_said
from pipeline.brief_text.templates import find, label, say
from pipeline.errors import SpecError
from pipeline.readings import OWN_ROWS, read_once

VIEWS = (
    "peer", "peer_variable", "indicator_rate", "indicator_trend", "justice_chain", "money_by_stage", "money_by_part",
    "execution", "concentration", "need_money", "gap", "overlap", "likely_duplicate", "project_life",
    "kpi_quality_by_province", "release_change", "quality_grade",
)  # fmt: skip
STATED = ("value", "suppressed")
# What is worked out of a study is worked out once; a process tells of one province, or two that are compared.
STUDIES_KEPT = 4


@dataclass(frozen=True, eq=False)
class Study:
    """The views' rows of one province; each study is its own, so that what is worked out of it can be kept.

    Attributes:
        place: the province.
        fiscal_year_be: the fiscal year whose projects are told; the one in focus, else the nearest.
        views: rows by the view's name without out_; a frame without rows where it has none.
    """

    place: Place
    fiscal_year_be: int
    views: Mapping[str, pd.DataFrame]

    def of_year(self, view: str) -> pd.DataFrame:
        """Keep a view's rows of the year that is told."""
        rows = self.views[view]
        return rows[rows["fiscal_year_be"] == self.fiscal_year_be]

    @cached_property
    def measure(self) -> str:
        """The stage of money by which the year's projects are told; empty where they have none."""
        rows = self.of_year("money_by_part").rename(columns={"code": "part_code"})
        return "" if rows.empty else pick_measure(rows)


def read_study(connection: Any, place: Place, fiscal_year_be: int) -> Study:
    """Read the study's views of one province.

    Args:
        connection: an open DuckDB connection.
        place: the province.
        fiscal_year_be: the Buddhist fiscal year in focus.
    """
    return read_once(("study", place, fiscal_year_be), lambda: _read_study(connection, place, fiscal_year_be))


def _read_study(connection: Any, place: Place, fiscal_year_be: int) -> Study:
    code = place.province_code
    views = {
        view: read_rows(connection, OWN_ROWS.format(view=f"out_{view}"), province_code=code) for view in VIEWS
    }
    money = views["money_by_stage"]
    told = money[(money["figure"] == "project") & (money["n"] > 0)]
    return Study(place, choose_project_year(told, fiscal_year_be), views)


def limit(name: str) -> int:
    """A limit of sentences or tables, as the spec gives it.

    Raises:
        SpecError: it is no number.
    """
    value = find(f"limits.{name}")
    if not isinstance(value, int):
        raise SpecError(f"brief_texts.yml, limits.{name}: a whole number is expected")
    return value


def name_few(names: Iterable[object]) -> str:
    """List the first few names, and say how many more there are."""
    told = list(dict.fromkeys(str(name) for name in names if not is_missing(name))) or [say("common.unnamed")]
    most = limit("listed_names")
    more = [say("study.more", count=format_number(len(told) - most))] if len(told) > most else []
    return join_said(told[:most] + more, " · ")


def write_plain(value: object, decimals: int = 2) -> str:
    """Write a value with decimals only where it has them."""
    is_whole = not is_missing(value) and float(str(value)).is_integer()
    return format_number(value, 0 if is_whole else decimals)


def write_value(row: pd.Series) -> str:
    """Write a row's value with its unit, or what its status says instead; a row of an indicator or a chain."""
    if row.status != "value":
        return label("status", str(row.status))
    return (
        write_plain(row.value) if is_missing(row.unit) else join_said((write_plain(row.value), row.unit), " ")
    )


def name_stage(row: pd.Series) -> str:
    """Name a row's stage of money: of a budget document, or of projects."""
    return label("stage" if row.figure == "budget_line" else "measure", str(row.stage))


def keep_newest(rows: pd.DataFrame, *keys: str) -> pd.DataFrame:
    """Keep the rows of the newest year of each key."""
    newest = rows.groupby(list(keys), dropna=False)["year_be"].transform("max")
    return rows[rows["year_be"] == newest]
