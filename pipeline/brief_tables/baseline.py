"""Tables of chapters 1 and 2: population, cases, rates and other indicators."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pandas as pd

from pipeline.brief_tables.table import Column, Origin, Table, keep_as_is, list_keys
from pipeline.brief_text.change import COVERED_PCT, Change, change_pct, classify_change, is_covered
from pipeline.brief_text.crime import pair_years
from pipeline.brief_text.evidence import Place, name_sources
from pipeline.brief_text.numbers import MISSING, format_number, format_year, is_missing
from pipeline.brief_text.rates import compare_newest
from pipeline.brief_text.said import address_of, cite, join_said
from pipeline.brief_text.templates import find, label, say
from pipeline.trace import Address, Formula

AREAS = ("cluster", "region", "nation")
COUNTED = ("population", "male", "female", "houses", "households")
ENDS = ("low", "high")
RATE_KEYS = ("year_be", "crime_group")
INDICATOR_KEYS = ("indicator_code", "year_be", "period_basis", "period")
RATIO_DECIMALS = 2
OTHER_TOPICS = ("population", "crime")
INTERVAL = " ถึง "
PERSONS = "out_population.population"
REPORTED = "out_crime_rate.reported"


def tabulate_profile(profile: pd.DataFrame, population: pd.DataFrame, place: Place) -> Table:
    """Set the province's newest figures beside its cluster, region and the nation; rows of out_province_profile."""
    known = {row["item"]: row for _, row in profile.iterrows()}
    rows = [
        _profile_row(item, known.get(item)) | _profile_keys(item, known.get(item), place)
        for item in find("labels.item")
    ]
    return Table(
        table_id="tbl-profile",
        caption=say("population.table_profile", place=place.th),
        columns=(
            Column("item", "รายการ (หน่วย)", "text", 26),
            Column("year_be", "พ.ศ.", "text", 9),
            Column("value", place.name_th, "figure", 16),
            Column("cluster", "กลุ่มจังหวัด", "figure", 16),
            Column("region", "ภาค", "figure", 16),
            Column("nation", "ประเทศ", "figure", 17),
        ),
        frame=pd.DataFrame(rows),
        source=name_sources(
            population.dropna(subset=["population"]).sort_values("year_be")["source"].tail(1)
        ),
        note=say("population.note_profile", limit=COVERED_PCT),
        origins=(Origin("value", at="at"), *(Origin(area, at=f"at_{area}") for area in AREAS)),
    )


def tabulate_population(population: pd.DataFrame, place: Place) -> Table:
    """List the population by year with its change; rows of out_population of one province."""
    years = population.sort_values("year_be", ignore_index=True)
    before = years["population"].shift().where(years["year_be"].diff() == 1)
    return Table(
        table_id="tbl-population",
        caption=say("population.table_years", place=place.th),
        columns=(
            Column("year_be", "พ.ศ. (31 ธันวาคม)", "year", 18),
            Column("population", "ประชากร (คน)", "count", 20),
            Column("change_pct", "เปลี่ยนแปลงจากปีก่อน (ร้อยละ)", "decimal", 24),
            Column("source", "ที่มา", "text", 38),
        ),
        frame=years.assign(
            change_pct=100 * (years["population"] - before) / before,
            at=list_keys(years, ["year_be"], province_code=place.province_code),
            at_change=keep_as_is(map(_change_at, years.to_dict("records"), before.notna())),
        ),
        origins=(Origin("population", "out_population", "population"), Origin("change_pct", at="at_change")),
    )


def tabulate_cases(crime: pd.DataFrame, place: Place) -> Table:
    """Set each group's oldest year of cases beside its newest; rows of out_crime_rate of one province."""
    pairs = pair_years(crime)
    return Table(
        table_id="tbl-crime",
        caption=say("crime.table", place=place.th),
        columns=(
            Column("group_name", "กลุ่มคดี", "text", 28),
            Column("first_year_be", "ปีแรก (พ.ศ.)", "year", 10),
            Column("first_reported", "รับแจ้ง (คดี)", "count", 13),
            Column("last_year_be", "ปีล่าสุด (พ.ศ.)", "year", 11),
            Column("last_reported", "รับแจ้ง (คดี)", "count", 13),
            Column("change", "เปลี่ยนแปลง (ร้อยละ)", "figure", 14),
            Column("last_arrested", f"จับกุม ({_unit_of(crime, 'arrested_unit')})", "count", 13),
        ),
        frame=_without_lone_years(pairs).assign(
            change=[_change_cell(pair) for _, pair in pairs.iterrows()],
            at_change=keep_as_is(_change_of_pair(pair) for _, pair in pairs.iterrows()),
            at_first=_crime_keys(pairs, place, "first_year_be"),
            at_last=_crime_keys(pairs, place, "last_year_be"),
        ),
        source=name_sources(crime["source"]),
        origins=(
            Origin("first_reported", "out_crime_rate", "reported", at="at_first"),
            Origin("last_reported", "out_crime_rate", "reported", at="at_last"),
            Origin("last_arrested", "out_crime_rate", "arrested", at="at_last"),
            Origin("change", at="at_change"),
        ),
    )


def tabulate_rates(crime: pd.DataFrame, areas: pd.DataFrame, place: Place) -> Table:
    """Set the newest rates beside the cluster's and the nation's; rows of out_crime_rate and out_crime_rate_by_area."""
    compared = compare_newest(crime, areas)
    interval = [
        join_said(
            (cite(format_number(row[f"rate_{end}"], 1), row, f"out_crime_rate.rate_{end}") for end in ENDS),
            INTERVAL,
        )
        for row in compared.to_dict("records")
    ]
    return Table(
        table_id="tbl-crime-rate",
        caption=say("rate.table", place=place.th, year=format_year(compared["year_be"].iloc[0])),
        columns=(
            Column("group_name", "กลุ่มคดี", "text", 27),
            Column("reported", "รับแจ้ง (คดี)", "count", 12),
            Column("rate_per_100000", "จังหวัด (คดีต่อแสนคน)", "decimal", 14),
            Column("interval", "ช่วงความเชื่อมั่นร้อยละ 95", "figure", 19),
            Column("cluster_rate", "กลุ่มจังหวัด (คดีต่อแสนคน)", "decimal", 14),
            Column("nation_rate", "ประเทศ (คดีต่อแสนคน)", "decimal", 14),
        ),
        frame=compared.assign(
            interval=keep_as_is(interval),
            at=_crime_keys(compared, place, "year_be"),
            at_cluster=list_keys(compared, RATE_KEYS, area_kind="cluster", area=place.cluster),
            at_nation=list_keys(compared, RATE_KEYS, area_kind="nation", area="nation"),
        ),
        source=name_sources(compared["source"], compared["population_source"]),
        origins=(
            Origin("reported", "out_crime_rate", "reported"),
            Origin("rate_per_100000", "out_crime_rate", "rate_per_100000"),
            Origin("cluster_rate", "out_crime_rate_by_area", "rate_per_100000", at="at_cluster"),
            Origin("nation_rate", "out_crime_rate_by_area", "rate_per_100000", at="at_nation"),
        ),
    )


def newest_indicators(indicators: pd.DataFrame) -> pd.DataFrame:
    """Keep the newest year of every indicator that briefs list, outside population and police cases.

    Takes rows of out_indicator.
    """
    is_listed = indicators["indicator_name"].notna() & indicators["is_in_brief"].astype(bool)
    named = indicators[is_listed & ~indicators["topic"].isin(OTHER_TOPICS)]
    yearly = named[named["period"] == "year"].assign(is_empty=lambda rows: rows["value"].isna())
    newest = yearly.sort_values(["is_empty", "year_be"], ascending=[True, False])
    return newest.drop_duplicates("indicator_code").sort_values(
        ["topic", "indicator_code"], ignore_index=True
    )


def tabulate_indicators(newest: pd.DataFrame, place: Place) -> Table:
    """List other indicators at their newest year, with what is not verified marked; rows of newest_indicators."""
    return Table(
        table_id="tbl-indicator",
        caption=say("indicator.table", place=place.th),
        columns=(
            Column("indicator_name", "ตัวชี้วัด", "text", 28),
            Column("year_be", "พ.ศ.", "year", 8),
            Column("figure", "ค่า", "figure", 12),
            Column("unit", "หน่วย", "text", 9),
            Column("remark", "ข้อควรระวัง", "text", 22),
            Column("source", "ที่มา", "text", 21),
        ),
        frame=newest.assign(
            figure=[_plain_number(value) for value in newest["value"]],
            remark=[_remark(row) for _, row in newest.iterrows()],
            at=list_keys(newest, INDICATOR_KEYS, province_code=place.province_code),
        ),
        origins=(Origin("figure", "out_indicator", "value"),),
    )


def _crime_keys(rows: pd.DataFrame, place: Place, year: str) -> list[Any]:
    """The keys of rows in the view of police cases, by the year in one of their columns."""
    dated = rows[["crime_group"]].assign(year_be=rows[year])
    return list_keys(dated, RATE_KEYS, province_code=place.province_code)


def _profile_row(item: str, row: pd.Series | None) -> dict[str, Any]:
    """Write one line of the profile; every cell says so where there is nothing."""
    named = {
        "item": label("item", item),
        "year_be": MISSING,
        "value": MISSING,
        **dict.fromkeys(AREAS, MISSING),
    }
    if row is None:
        return named
    decimals = 0 if row.is_sum else RATIO_DECIMALS
    named |= {"year_be": format_year(row.year_be), "value": format_number(row.value, decimals)}
    for area in AREAS:
        known, members = row[f"n_{area}"], row[f"n_{area}_members"]
        if not is_missing(known) and is_covered(known, members):
            named[area] = format_number(row[f"{area}_value"], decimals)
    return named


def _profile_keys(item: str, row: pd.Series | None, place: Place) -> dict[str, object]:
    """The addresses of a line's value and of those of its areas; None where there is no value."""
    found: dict[str, object] = dict.fromkeys(("at", *(f"at_{area}" for area in AREAS)))
    if row is None:
        return found
    year = {"year_be": row.year_be, "province_code": place.province_code}
    found["at"] = _make_up(item, lambda part: address_of(year, f"out_population.{part}"))
    areas = AREAS if item in COUNTED else ()
    return found | {f"at_{area}": address_of(row, f"out_province_profile.{area}_value") for area in areas}


def _make_up(item: str, address: Callable[[str], Address]) -> Address | Formula:
    """The address of an item of the profile: a count's own, or that of counts set against each other."""
    if item == "female_share":
        return Formula("part_pct", (address("female"), address("male")))
    if item == "persons_per_house":
        return Formula("ratio", (address("population"), address("houses")))
    return address(item)


def _change_at(row: Mapping[Any, Any], has_before: bool) -> Formula | None:
    """The address of the change from the year before; a row of out_population."""
    if not has_before:
        return None
    before = address_of(row, PERSONS, year_be=row["year_be"] - 1)
    return Formula("change_pct", (before, address_of(row, PERSONS)))


def _change_of_pair(pair: pd.Series) -> Formula | None:
    """The address of a group's change, where one is told."""
    if pair.first_year_be == pair.last_year_be or not _has_change(pair):
        return None
    years = ("first_year_be", "last_year_be")
    return Formula("change_pct", tuple(address_of(pair, REPORTED, year_be=pair[year]) for year in years))


def _has_change(pair: pd.Series) -> bool:
    return classify_change(pair.first_reported, pair.last_reported, steady_pct=0) is not Change.TOO_SMALL


def _without_lone_years(pairs: pd.DataFrame) -> pd.DataFrame:
    """Leave the first year empty where it is the last one too."""
    has_two = pairs["first_year_be"] < pairs["last_year_be"]
    return pairs.assign(**{name: pairs[name].where(has_two) for name in ("first_year_be", "first_reported")})


def _change_cell(pair: pd.Series) -> str:
    """Write a group's change in per cent, or that it is too small or has no other year."""
    if pair.first_year_be == pair.last_year_be:
        return MISSING
    if not _has_change(pair):
        return "น้อยเกินเทียบ"
    return format_number(change_pct(pair.first_reported, pair.last_reported), 1)


def _unit_of(crime: pd.DataFrame, column: str) -> str:
    """Name the unit that the source's definition gives."""
    return name_sources(crime[column]) or say("common.unnamed")


def _plain_number(value: object) -> str:
    """Write an indicator's value with decimals only where it has them."""
    is_whole = not is_missing(value) and float(str(value)).is_integer()
    return format_number(value, 0 if is_whole else 2)


def _remark(row: pd.Series) -> str:
    """Join an indicator's caution with the mark of what is not verified."""
    parts = [
        "" if row.is_verified else say("common.unverified"),
        "" if is_missing(row.caution_th) else row.caution_th,
    ]
    return "; ".join(part for part in parts if part) or "–"
