"""How what is known of the provinces spreads: money of budget documents and projects, and rates of indicators."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from statistics import median

import pandas as pd

from pipeline import figures
from pipeline.brief_tables import Column, Table, tabulate_amounts, tabulate_spread
from pipeline.brief_text.numbers import MILLION, format_money, format_number, format_years
from pipeline.brief_text.templates import label, say
from pipeline.charts.chart import Chart
from pipeline.national.items import Item, Told, drawn, known

FEWEST = 2
RANGES_A_FIGURE = 8


def tell_budgets(budgets: pd.DataFrame, *, fiscal_year_be: int, source: str, marked: str = "") -> Told:
    """Say what the budget documents of a year hold for the provinces, of each stage apart.

    Args:
        budgets: rows of out_budget_by_province.
        fiscal_year_be: the year, Buddhist.
        source: what stands under the figures.
        marked: code of a province to frame on the maps; empty for none.
    """
    own = known(budgets[budgets["fiscal_year_be"] == fiscal_year_be], "amount_baht")
    if own.empty:
        return (say("national.no_budget", year=fiscal_year_be),)
    told: list[str] = []
    maps: list[Item] = []
    for stage, rows in own.groupby("stage", sort=True):
        amounts = sorted(rows["amount_baht"])
        sums = {"total": sum(amounts), "low": amounts[0], "middle": median(amounts), "high": amounts[-1]}
        written = {name: format_money(Decimal(value)) for name, value in sums.items()}
        named = {"stage": label("stage", str(stage)), "year": fiscal_year_be}
        told.append(say("national.budget", count=len(rows), **named, **written))
        if len(rows) >= FEWEST:
            maps.append(_map_budget(rows, named, source, marked))
    strips = own.assign(
        stage_name=[label("stage", stage) for stage in own["stage"]], million=own["amount_baht"] / MILLION
    )
    spread = drawn(
        strips,
        lambda: figures.ranges(
            strips,
            name="stage_name",
            value="million",
            title=say("national.spread_budget"),
            unit=say("national.unit_budget", year=fiscal_year_be),
            source=source,
        ),
    )
    return (*told, say("national.method_missing"), *spread, *maps)


def _map_budget(rows: pd.DataFrame, named: Mapping[str, object], source: str, marked: str) -> Chart:
    """Map what one stage's documents hold, in millions."""
    chart = figures.tile_map(
        rows.assign(million=rows["amount_baht"] / MILLION),
        value="million",
        title=say("national.map_budget", stage=named["stage"]),
        unit=say("national.unit_map_budget", year=named["year"]),
        source=source,
        marked=marked,
    )
    return chart.with_rows(tabulate_amounts(rows))


def tell_projects(money: pd.DataFrame, *, source: str) -> Told:
    """Say of which years and measures projects are; rows of out_money_by_stage."""
    own = money[(money["figure"] == "project") & (money["n"] > 0)]
    if own.empty:
        return (say("national.no_project"),)
    years = format_years(own["fiscal_year_be"])
    rows = own.groupby(["fiscal_year_be", "stage"], as_index=False).agg(
        n_provinces=("province_code", "nunique"), n=("n", "sum"), amount_baht=("amount_baht", "sum")
    )
    rows = rows.sort_values(["fiscal_year_be", "stage"], ascending=[False, True], ignore_index=True)
    table = Table(
        table_id="tbl-national-projects",
        caption=say("national.table_projects"),
        columns=(
            Column("fiscal_year_be", "ปีงบประมาณ", "year", 13),
            Column("measure", "รายการเงิน", "text", 30),
            Column("n_provinces", "จังหวัด", "count", 12),
            Column("n", "โครงการ", "count", 12),
            Column("amount_baht", "บาท", "baht", 22),
        ),
        frame=rows.assign(measure=[label("measure", stage) for stage in rows["stage"]]),
        source=source,
        note=say("national.note_projects"),
    )
    return say("national.projects", years=years), table


def tell_rates(rates: pd.DataFrame, provinces: pd.DataFrame, *, source: str, marked: str = "") -> Told:
    """Draw how rates spread over the provinces, each indicator in its newest year.

    Args:
        rates: rows of out_indicator_rate with a rate; those of small numbers are left out.
        provinces: rows of core_province.
        source: what stands under the figures.
        marked: code of a province to frame on the map; empty for none.
    """
    own = rates[~rates["is_small_number"].fillna(True).astype(bool)]
    newest = own.groupby("indicator_code")["year_be"].transform("max")
    own = own[own["year_be"] == newest]
    counts = own.groupby("indicator_code")["province_code"].transform("nunique")
    own = own[counts >= FEWEST].sort_values(["topic", "indicator_name", "province_code"])
    if own.empty:
        return (say("national.no_rate"),)
    names_th = provinces.set_index("province_code")["name_th"]
    named = own.assign(
        province_name=own["province_code"].map(names_th),
        named=[
            say(
                "national.rate_name",
                name=row.indicator_name,
                year=row.year_be,
                per=format_number(row.rate_per),
            )
            for _, row in own.iterrows()
        ],
    )
    names = list(dict.fromkeys(named["named"]))
    groups = [names[first : first + RANGES_A_FIGURE] for first in range(0, len(names), RANGES_A_FIGURE)]
    charts = [
        _range_rates(named[named["named"].isin(group)], number, source)
        for number, group in enumerate(groups, 1)
    ]
    told = (say("national.rates", count=len(names)), say("national.learning"), say("national.method_rate"))
    return (*told, *charts, _map_rate(named, source, marked))


def _range_rates(rows: pd.DataFrame, number: int, source: str) -> Chart:
    """Draw a strip an indicator."""
    chart = figures.ranges(
        rows,
        name="named",
        value="rate",
        title=say("national.spread_rate", number=number),
        unit=say("national.unit_rate"),
        source=source,
    )
    return chart.with_rows(tabulate_spread(rows))


def _map_rate(rows: pd.DataFrame, source: str, marked: str) -> Chart:
    """Map the indicator that most provinces have, the first by name where several are alike."""
    counts = rows.groupby("indicator_code")["province_code"].nunique()
    own = rows[rows["indicator_code"] == counts.idxmax()]
    first = own.iloc[0]
    chart = figures.tile_map(
        own,
        value="rate",
        title=say("national.map_rate", name=first.indicator_name),
        unit=say("national.unit_map_rate", per=format_number(first.rate_per), year=first.year_be),
        source=source,
        marked=marked,
        none_name=say("national.none_rate"),
    )
    return chart.with_rows(tabulate_spread(own))
