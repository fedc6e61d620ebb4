"""The look of every figure: one function a figure, rows of an out_ view and its words in, a frozen Chart out."""

from __future__ import annotations

from decimal import Decimal
from statistics import median

import pandas as pd

from pipeline.brief_text.budget import Document, name_part, other_amounts
from pipeline.brief_text.crime import known_cases
from pipeline.brief_text.evidence import Place, Words
from pipeline.brief_text.numbers import format_money, format_number, is_missing
from pipeline.brief_text.population import known_population
from pipeline.brief_text.projects import name_agency
from pipeline.brief_text.rates import compare_newest, covered_areas, known_rates
from pipeline.brief_text.templates import say
from pipeline.charts.bars import Bar, draw_bars
from pipeline.charts.chart import Chart
from pipeline.charts.compare import Dot, draw_dots, draw_strip
from pipeline.charts.lines import Line, draw_panels, draw_years
from pipeline.charts.style import INK, MIDDLE

__all__ = [
    "Chart",
    "draw_agencies",
    "draw_budget_parts",
    "draw_cases",
    "draw_measures",
    "draw_peers",
    "draw_population",
    "draw_project_years",
    "draw_rate_trend",
    "draw_rates",
]

SHOWN_BARS = 10
ALONE = Line("", "population", "-", INK, 1.6, "o")
REPORTED = Line("รับแจ้ง", "reported", "-", INK, 1.5, "o")
ARRESTED = Line("จับกุม", "arrested", "--", MIDDLE, 1.2, "s")
CLUSTER = Line("กลุ่มจังหวัด", "cluster_rate", "--", MIDDLE, 1.2, is_labelled=False)
NATION = Line("ประเทศ", "nation_rate", ":", INK, 1.3, is_labelled=False)
AREAS = (("cluster", CLUSTER), ("nation", NATION))


def draw_population(population: pd.DataFrame, words: Words) -> Chart:
    """Draw the registered population by year (persons); rows of out_population of one province."""
    return draw_years(known_population(population), words, ALONE)


def draw_cases(crime: pd.DataFrame, words: Words) -> Chart:
    """Draw reported cases and arrests by year, a panel a group; rows of out_crime_rate of one province."""
    return draw_panels(known_cases(crime), words, panel="group_name", lines=(REPORTED, ARRESTED))


def draw_rate_trend(crime: pd.DataFrame, areas: pd.DataFrame, words: Words, *, place: Place) -> Chart:
    """Draw rates per 100,000 by year beside the cluster's and the nation's, where enough provinces have them."""
    rates = known_rates(crime)
    covered = covered_areas(areas)
    lines = [Line(place.name_th, "rate_per_100000", "-", INK, 1.5, "o")]
    for kind, line in AREAS:
        area = covered.loc[covered["area_kind"] == kind, ["crime_group", "year_be", "rate_per_100000"]]
        area = area.rename(columns={"rate_per_100000": line.column})
        rates = rates.merge(area, on=["crime_group", "year_be"], how="left")
        lines += [line] if rates.groupby("crime_group")[line.column].count().max() > 1 else []
    return draw_panels(rates, words, panel="group_name", lines=lines, decimals=1)


def draw_rates(crime: pd.DataFrame, areas: pd.DataFrame, words: Words, *, place: Place) -> Chart:
    """Draw the newest year's rates with their intervals, a block a group, beside the cluster's and the nation's."""
    compared = compare_newest(crime, areas)
    groups = []
    for _, row in compared.iterrows():
        own = Dot(place.name_th, row.rate_per_100000, row.rate_low, row.rate_high, is_focus=True)
        near = ((CLUSTER.name, row.cluster_rate, "D"), (NATION.name, row.nation_rate, "s"))
        others = [
            Dot(name, float(rate), marker=marker) for name, rate, marker in near if not is_missing(rate)
        ]
        groups.append((str(row.group_name), [own, *others]))
    return draw_dots(groups, words)


def draw_budget_parts(parts: pd.DataFrame, words: Words) -> Chart:
    """Draw one document's projects or categories, largest first; rows of one document."""
    bars = [
        Bar(
            name_part(row["name"]),
            float(row.amount_baht),
            f"{format_money(row.amount_baht)} (ร้อยละ {format_number(row.share_pct, 1)})",
        )
        for _, row in parts.iterrows()
    ]
    return draw_bars(_fold(bars, list(parts["amount_baht"])), words)


def draw_peers(budgets: pd.DataFrame, words: Words, *, document: Document, place: Place) -> Chart:
    """Draw the province's amount among the others' of one document; rows of out_budget_by_province."""
    others = other_amounts(budgets, document, place)
    return draw_strip(
        [float(amount) for amount in others],
        float(document.amount_baht),
        words,
        own_name=f"{place.name_th} {format_money(document.amount_baht)}",
        median_name=say("budget.median", median=format_money(median(others))),
    )


def draw_measures(sums: pd.DataFrame, words: Words) -> Chart:
    """Draw one year's measures in their order; rows of out_project_summary of the year. They are not added up."""
    bars = [Bar(row.measure_name, float(row.amount_baht), _with_projects(row)) for _, row in sums.iterrows()]
    return draw_bars(bars, words)


def draw_agencies(agencies: pd.DataFrame, words: Words) -> Chart:
    """Draw one year's and measure's agencies, largest first; rows of out_project_by_agency."""
    bars = [
        Bar(name_agency(row.agency_name), float(row.amount_baht), _with_projects(row))
        for _, row in agencies.iterrows()
    ]
    return draw_bars(_fold(bars, list(agencies["amount_baht"])), words)


def draw_project_years(years: pd.DataFrame, words: Words) -> Chart:
    """Draw one measure's sums of other fiscal years, a bar a year and file; rows of pick_years."""
    bars = [Bar(str(row["name"]), float(row.amount_baht), _with_projects(row)) for _, row in years.iterrows()]
    return draw_bars(_fold(bars, list(years["amount_baht"])), words)


def warm_up() -> None:
    """Draw a figure of each kind once: the fonts, their letters and the code are then at hand."""
    words = Words("warm-up", "กขค", "บาท", "", "", "")
    years = pd.DataFrame({"year_be": [2564, 2565], "population": [1.0, 2.0], "panel": "ก"})
    draw_years(years, words, ALONE)
    draw_panels(years, words, panel="panel", lines=(ALONE,))
    draw_bars([Bar("ก", 1.0, "1")], words)


def _with_projects(row: pd.Series) -> str:
    """Write an amount and how many projects it is of."""
    return f"{format_money(row.amount_baht)} ({format_number(row.n_projects)} โครงการ)"


def _fold(bars: list[Bar], amounts: list[Decimal]) -> list[Bar]:
    """Keep the first SHOWN_BARS bars and sum the others into one."""
    if len(bars) <= SHOWN_BARS + 1:
        return bars
    rest = sum(amounts[SHOWN_BARS:], Decimal(0))
    folded = Bar(f"อื่น ๆ รวม {len(bars) - SHOWN_BARS} รายการ", float(rest), format_money(rest), is_rest=True)
    return [*bars[:SHOWN_BARS], folded]
