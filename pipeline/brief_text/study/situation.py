"""Words on peers, indicators beside them, trends with their breaks, and the justice chain."""

from __future__ import annotations

from functools import lru_cache

import pandas as pd

from pipeline.brief_text.numbers import format_number, format_year, is_missing
from pipeline.brief_text.said import address_of, cite, cite_as, count_of
from pipeline.brief_text.study.frames import STATED, STUDIES_KEPT, Study, keep_newest, limit, name_few
from pipeline.brief_text.templates import label, say
from pipeline.trace import Address, Formula


@lru_cache(maxsize=STUDIES_KEPT)
def list_peers(study: Study) -> pd.DataFrame:
    """The provinces most like it, nearest first; rows of out_peer."""
    return study.views["peer"].dropna(subset=["peer_code"]).sort_values("peer_order", ignore_index=True)


def describe_peers(study: Study) -> tuple[str, ...]:
    """Name the provinces most like it and by what; or which variables are lacking."""
    rows = list_peers(study)
    lacking = next((str(text) for text in study.views["peer"]["lacking_th"] if not is_missing(text)), "")
    if rows.empty:
        return (say("study.peers.none", place=study.place.th, lacking=lacking or say("common.unnamed")),)
    told = say(
        "study.peers.told",
        place=study.place.th,
        count=format_number(len(rows)),
        names=" ".join(rows["peer_name"]),
        variables=rows["variables_th"].iloc[0],
    )
    learning = say("study.learning")
    return (told, learning, *([say("study.peers.lacking", lacking=lacking)] if lacking else []))


@lru_cache(maxsize=STUDIES_KEPT)
def list_ranges(study: Study) -> pd.DataFrame:
    """The newest year of each named indicator with a rate or a band, or not to be shown; rows of out_indicator_rate."""
    rows = study.views["indicator_rate"]
    stated = rows[rows["status"].isin(STATED) & rows["indicator_name"].notna()]
    is_told = stated["rate"].notna() | stated["band"].notna() | stated["status"].eq("suppressed")
    newest = keep_newest(stated[is_told], "indicator_code", "period_basis")
    order = newest.assign(is_hidden=newest["status"].eq("suppressed"), is_bare=newest["rate"].isna())
    return order.sort_values(["is_hidden", "is_bare", "topic", "indicator_code"], ignore_index=True)


def describe_ranges(study: Study) -> tuple[str, ...]:
    """Count the indicators by band among the provinces like it; name those that are small or may not be shown."""
    rows = list_ranges(study)
    if rows.empty:
        return (say("study.indicators.none", place=study.place.th),)
    bands = [name_band(row) for _, row in rows[rows["band"].notna()].iterrows()]
    counts = {name: format_number(bands.count(name)) for name in ("low", "middle", "high")}
    bare = rows[rows["rate"].notna() & rows["band"].isna() & ~rows["is_small_number"].eq(True)]
    told = [say("study.indicators.banded", count=format_number(len(bands)), **counts)] if bands else []
    told += [say("study.indicators.unbanded", count=_count(bare))] if len(bare) else []
    for kind, some in (
        ("small", rows[rows["is_small_number"].eq(True)]),
        ("suppressed", rows[rows["status"].eq("suppressed")]),
    ):
        if len(some):
            names = name_few(some["indicator_name"])
            count = _count(some) if kind == "small" else format_number(len(some))
            told.append(say(f"study.indicators.{kind}", count=count, names=names))
    return tuple(told)


def _count(rows: pd.DataFrame) -> str:
    """Write how many indicators there are, each told by its value; rows of out_indicator_rate that have one."""
    return cite_as(format_number(len(rows)), count_of(rows, "out_indicator_rate.value"))


def name_band(row: pd.Series) -> str:
    """Say where among the bands a row of out_indicator_rate lies: low, middle or high.

    >>> name_band(pd.Series({"band": 2, "n_bands": 3}))
    'middle'
    """
    return "low" if row.band == 1 else "high" if row.band == row.n_bands else "middle"


@lru_cache(maxsize=STUDIES_KEPT)
def list_trends(study: Study) -> pd.DataFrame:
    """The newest change of each indicator that a rate is made of, largest first; rows of out_indicator_trend.

    change_told is that of the rate, else of the value; percent, NULL where no_change says why none is told.
    """
    rates = study.views["indicator_rate"]
    coded = set(rates.loc[rates["rate_per"].notna(), "indicator_code"])
    rows = study.views["indicator_trend"]
    named = rows[rows["indicator_code"].isin(coded) & rows["indicator_name"].notna()]
    newest = keep_newest(named, "indicator_code", "period_basis").dropna(subset=["before_year_be"])
    change = newest["rate_change_pct"].astype(float).fillna(newest["change_pct"].astype(float))
    told = newest.assign(change_told=change, size=change.abs())
    return told.sort_values(["size", "indicator_code"], ascending=[False, True], ignore_index=True)


def list_moved(study: Study) -> pd.DataFrame:
    """The changes that reach the limit; rows of list_trends."""
    rows = list_trends(study)
    return rows[rows["size"] >= limit("trend_pct")]


def describe_trends(study: Study) -> tuple[str, ...]:
    """Say which indicators changed by the limit or more, and where a series breaks."""
    rows = list_trends(study)
    if rows.empty:
        return (say("study.trends.none", place=study.place.th), *describe_breaks(study))
    moved = [say_moved(row) for _, row in list_moved(study).head(limit("listed_names")).iterrows()]
    return (*(moved or [say("study.trends.still", limit=limit("trend_pct"))]), *describe_breaks(study))


def say_moved(row: pd.Series) -> str:
    """Say one change; a row of list_trends that has one."""
    side = "up" if row.change_told > 0 else "down"
    return say(
        "study.trends.moved",
        name=row.indicator_name,
        unit=say("study.trends.count" if is_missing(row.rate_change_pct) else "study.trends.rate"),
        change=say(
            f"study.trends.{side}",
            pct=cite_as(format_number(abs(row.change_told), 1), Formula("size", (change_at(row),))),
        ),
        before=format_year(row.before_year_be),
        year=format_year(row.year_be),
    )


def change_at(row: pd.Series) -> Address:
    """The address of a row's change, of the rate where there is one; a row of list_trends."""
    column = "change_pct" if is_missing(row.rate_change_pct) else "rate_change_pct"
    return address_of(row, f"out_indicator_trend.{column}")


def describe_breaks(study: Study) -> list[str]:
    """Say where series break, those of one year and one reason together."""
    rows = study.views["indicator_trend"]
    broken = rows[rows["is_break"].eq(True) & rows["indicator_name"].notna()]
    return [
        say(
            "study.trends.break",
            names=name_few(some["indicator_name"]),
            year=format_year(year),
            unverified="" if some["is_break_verified"].eq(True).all() else say("study.trends.unverified"),
            why=why,
        )
        for (year, why), some in broken.groupby(["year_be", "break_th"])
    ]


@lru_cache(maxsize=STUDIES_KEPT)
def list_chain(study: Study) -> pd.DataFrame:
    """The steps of each chain in its newest year with a figure; rows of out_justice_chain."""
    rows = study.views["justice_chain"]
    stated = rows[rows["status"].isin(STATED)]
    newest = stated.groupby("chain", as_index=False).agg(newest=("year_be", "max"))
    told = rows.merge(newest, on="chain")
    told = told[told["year_be"] == told["newest"]]
    return told.sort_values(["chain_order", "step_order"], ignore_index=True)


def describe_chain(study: Study) -> tuple[str, ...]:
    """Say that steps have units of their own, and which steps have no figure."""
    rows = list_chain(study)
    if rows.empty:
        return (say("study.chain.none", place=study.place.th),)
    lacking = rows[~rows["status"].isin(STATED)]
    names = [f"{row.chain_name} {row.step_name}" for _, row in lacking.iterrows()]
    absent = [say("study.chain.absent", names=name_few(names))] if names else []
    return (say("study.chain.units"), *absent)


def say_share(row: pd.Series, names: dict[tuple[str, str], str]) -> str:
    """Say a step's share of the step that it may be divided by, or why it is not divided; empty where none is asked."""
    if is_missing(row.of_step):
        return "–"
    if not is_missing(row.no_share):
        return label("no_share", str(row.no_share))
    of = names[(str(row.chain), str(row.of_step))]
    share = cite(format_number(row.share_pct, 1), row, "out_justice_chain.share_pct")
    return say("study.chain.share", share=share, of=of)
