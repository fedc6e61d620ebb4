"""The rows behind the charts of years, which no table of the brief lists in full."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from pipeline.brief_tables.table import Column, Origin, Table, list_keys
from pipeline.brief_text.crime import known_cases
from pipeline.brief_text.evidence import Place
from pipeline.brief_text.rates import covered_areas, known_rates

KEYS = ("year_be", "crime_group")
AREAS = {"cluster": "กลุ่มจังหวัด", "nation": "ประเทศ"}
NAMED = (Column("group_name", "กลุ่มคดี", "text", 4), Column("year_be", "พ.ศ.", "year", 1))


def tabulate_case_years(crime: pd.DataFrame, place: Place) -> Table:
    """List reported cases and arrests by group and year; rows of out_crime_rate of one province."""
    columns = (Column("reported", "รับแจ้ง", "count", 1), Column("arrested", "จับกุม", "count", 1))
    origins = tuple(Origin(column.name, "out_crime_rate", column.name) for column in columns)
    rows = known_cases(crime)
    return _make(rows.assign(at=list_keys(rows, KEYS, province_code=place.province_code)), columns, origins)


def tabulate_rate_years(crime: pd.DataFrame, areas: pd.DataFrame, place: Place) -> Table:
    """List rates per 100,000 by group and year, beside those of the areas that enough provinces have.

    Args:
        crime: rows of out_crime_rate of the province.
        areas: rows of out_crime_rate_by_area of its cluster and the nation.
        place: the province.
    """
    rows, covered = known_rates(crime), covered_areas(areas)
    rows = rows.assign(at=list_keys(rows, KEYS, province_code=place.province_code))
    columns = [Column("rate_per_100000", place.name_th, "decimal", 1)]
    origins = [Origin("rate_per_100000", "out_crime_rate", "rate_per_100000")]
    for kind, name in AREAS.items():
        area = covered.loc[covered["area_kind"] == kind, [*KEYS, "area", "rate_per_100000"]]
        if area.empty:
            continue
        named = area.assign(**{f"at_{kind}": list_keys(area, ("area", *KEYS), area_kind=kind)})
        named = named.rename(columns={"rate_per_100000": kind}).drop(columns="area")
        rows = rows.merge(named, on=list(KEYS), how="left")
        columns.append(Column(kind, name, "decimal", 1))
        origins.append(Origin(kind, "out_crime_rate_by_area", "rate_per_100000", at=f"at_{kind}"))
    return _make(rows, columns, origins)


def _make(rows: pd.DataFrame, columns: Sequence[Column], origins: Sequence[Origin]) -> Table:
    return Table("", "", (*NAMED, *columns), rows, origins=tuple(origins))
