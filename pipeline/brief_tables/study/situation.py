"""Tables of peers, indicators beside them, trends, and the justice chain."""

from __future__ import annotations

from typing import Any

import pandas as pd

from pipeline.brief_tables.study.listing import list_first
from pipeline.brief_tables.table import Column, Origin, Table, keep_as_is, list_keys
from pipeline.brief_text.evidence import name_sources
from pipeline.brief_text.numbers import MISSING, format_number, format_year, is_missing
from pipeline.brief_text.said import cite, cite_as, join_said
from pipeline.brief_text.study import Study
from pipeline.brief_text.study.frames import limit, write_plain, write_value
from pipeline.brief_text.study.situation import (
    change_at,
    list_chain,
    list_peers,
    list_ranges,
    list_trends,
    name_band,
    say_share,
)
from pipeline.brief_text.templates import label, say

VALUES = ("before_value", "value")
CHAIN_KEYS = ("province_code", "chain", "year_be", "step")
RATE_KEYS = ("province_code", "indicator_code", "year_be", "period_basis")
PAIR = "{before} → {now}"
ARROW = " → "


def tabulate_likeness(study: Study) -> tuple[Table, ...]:
    """List the provinces most like it with the distance, and the variables that are nearest and farthest."""
    rows = list_peers(study)
    parts = study.views["peer_variable"].dropna(subset=["peer_code", "distance_part"])
    sides = [_say_sides(parts[parts["peer_code"] == code]) for code in rows["peer_code"]]
    return list_first(
        rows.assign(
            near=[near for near, _ in sides],
            far=[far for _, far in sides],
            distance_figure=[format_number(distance, 2) for distance in rows["distance"]],
        ),
        "tbl-study-peers",
        caption=say("study.peers.table", place=study.place.th),
        columns=(
            Column("peer_name", "จังหวัด", "text", 13),
            Column("distance_figure", "ระยะห่าง", "figure", 9),
            Column("n_variables", "ตัวแปรร่วม", "count", 8),
            Column("near", "ตัวแปรที่ใกล้ที่สุด", "text", 35),
            Column("far", "ตัวแปรที่ต่างที่สุด", "text", 35),
        ),
        note=say("study.peers.note"),
    )


def _say_sides(parts: pd.DataFrame) -> tuple[str, str]:
    """Say the variable that is nearest and the one that is farthest; rows of out_peer_variable of one pair."""
    ordered = parts.sort_values(["distance_part", "variable"])
    if ordered.empty:
        return MISSING, MISSING
    near, far = (
        say(
            "study.peers.pair",
            name=row.variable_name,
            own=write_plain(row.value, 1),
            other=write_plain(row.peer_value, 1),
            unit="" if is_missing(row.unit) else row.unit,
        )
        for row in (ordered.iloc[0], ordered.iloc[-1])
    )
    return near, far


def tabulate_ranges(study: Study) -> tuple[Table, ...]:
    """Set indicators beside the provinces like it, with interval and band; what may not be shown says so."""
    rows = list_ranges(study)
    told = rows.head(limit("listed_rows"))
    return list_first(
        rows.assign(
            figure=[write_value(row) for _, row in rows.iterrows()],
            interval=keep_as_is(_say_rate(row) for _, row in rows.iterrows()),
            peer_figure=[_say_peer(row) for _, row in rows.iterrows()],
            band_name=[_say_band(row) for _, row in rows.iterrows()],
            at=_keys_where(rows, rows["status"].eq("value")),
            at_peer=_keys_where(rows, rows["peer_value"].notna() & rows["rate"].notna()),
        ),
        "tbl-study-indicators",
        caption=say("study.indicators.table", place=study.place.th),
        columns=(
            Column("indicator_name", "ตัวชี้วัด", "text", 27),
            Column("year_be", "พ.ศ.", "year", 7),
            Column("figure", "ค่า (หน่วย)", "figure", 16),
            Column("interval", "อัตรา (ช่วง)", "figure", 24),
            Column("peer_figure", "จังหวัดคล้ายกัน", "figure", 12),
            Column("band_name", "กลุ่ม", "text", 10),
        ),
        source=name_sources(told["source"], told["denominator_source"]),
        note=say("study.indicators.note"),
        origins=(
            Origin("figure", "out_indicator_rate", "value"),
            Origin("peer_figure", "out_indicator_rate", "peer_value", at="at_peer"),
        ),
    )


def _keys_where(rows: pd.DataFrame, is_told: pd.Series) -> list[Any]:
    """The keys of rows of out_indicator_rate; none where nothing is told."""
    return [keys if told else None for keys, told in zip(list_keys(rows, RATE_KEYS), is_told, strict=True)]


def _say_rate(row: pd.Series) -> str:
    """Write the rate with its interval and what it is of; a figure that is no rate has none."""
    if is_missing(row.rate):
        return "–"
    names = ("rate",) if is_missing(row.rate_low) else ("rate", "rate_low", "rate_high")
    rate, *ends = (cite(format_number(row[name], 2), row, f"out_indicator_rate.{name}") for name in names)
    whole = join_said((rate, " (", join_said(ends, "–"), ")")) if ends else rate
    return join_said((whole, say("study.indicators.per", per=label("per", str(int(row.rate_per))))), " ")


def _say_peer(row: pd.Series) -> str:
    """Write the value of the provinces like it."""
    return MISSING if is_missing(row.peer_value) else format_number(row.peer_value, 2)


def _say_band(row: pd.Series) -> str:
    """Name the band, or that the number is small."""
    if not is_missing(row.band):
        return label("band", name_band(row))
    return (
        say("study.indicators.small_mark") if row.is_small_number is True or row.is_small_number == 1 else "–"
    )


def tabulate_trends(study: Study) -> tuple[Table, ...]:
    """List the newest change of each indicator, or why none is told, with breaks marked."""
    rows = list_trends(study)
    return list_first(
        rows.assign(
            years=[
                PAIR.format(before=format_year(row.before_year_be), now=format_year(row.year_be))
                for _, row in rows.iterrows()
            ],
            values=keep_as_is(
                join_said(
                    (cite(write_plain(row[name]), row, f"out_indicator_trend.{name}") for name in VALUES),
                    ARROW,
                )
                for _, row in rows.iterrows()
            ),
            told=keep_as_is(_say_change(row) for _, row in rows.iterrows()),
        ),
        "tbl-study-trends",
        caption=say("study.trends.table", place=study.place.th),
        columns=(
            Column("indicator_name", "ตัวชี้วัด", "text", 34),
            Column("years", "พ.ศ.", "text", 13),
            Column("values", "ค่า", "figure", 16),
            Column("unit", "หน่วย", "text", 9),
            Column("told", "เปลี่ยนแปลง (ร้อยละ)", "figure", 22),
        ),
    )


def _say_change(row: pd.Series) -> str:
    """Write a change, of the rate where there is one, or why none is told."""
    if not is_missing(row.no_change):
        return label("no_change", str(row.no_change))
    if is_missing(row.change_told):
        return MISSING
    of = say("study.trends.count" if is_missing(row.rate_change_pct) else "study.trends.rate")
    return join_said((of, cite_as(format_number(row.change_told, 1), change_at(row))), " ")


def tabulate_chain(study: Study) -> tuple[Table, ...]:
    """List the steps of each chain, each in its own unit, and a share only where both count the same."""
    rows = list_chain(study)
    names = {(str(row.chain), str(row.step)): str(row.step_name) for _, row in rows.iterrows()}
    frame = rows.assign(
        figure=[write_value(row) for _, row in rows.iterrows()],
        share=keep_as_is(say_share(row, names) for _, row in rows.iterrows()),
        at=keep_as_is(
            keys if status == "value" else None
            for keys, status in zip(list_keys(rows, CHAIN_KEYS), rows["status"], strict=True)
        ),
    )
    if frame.empty:
        return ()
    table = Table(
        table_id="tbl-study-chain",
        caption=say("study.chain.table", place=study.place.th),
        columns=(
            Column("chain_name", "เรื่อง", "text", 28),
            Column("year_be", "พ.ศ.", "year", 8),
            Column("step_name", "ขั้น", "text", 22),
            Column("figure", "จำนวน (หน่วย)", "figure", 18),
            Column("share", "สัดส่วนของขั้นก่อน", "text", 24),
        ),
        frame=frame[frame["status"].isin(("value", "suppressed"))].reset_index(drop=True),
        note=say("study.chain.units"),
        origins=(Origin("figure", "out_justice_chain", "value"),),
    )
    return (table,)
