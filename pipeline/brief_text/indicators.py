"""Words on other indicators, and the cautions that definitions carry."""

from __future__ import annotations

import pandas as pd

from pipeline.brief_text.crime import POLICE_ACTIVITY
from pipeline.brief_text.evidence import Place
from pipeline.brief_text.numbers import format_number, is_missing
from pipeline.brief_text.templates import say


def describe_indicators(indicators: pd.DataFrame, shown: int, place: Place) -> tuple[str, ...]:
    """Say that there is no other indicator, and how many have no name yet.

    Args:
        indicators: rows of out_indicator of the province.
        shown: how many named ones the brief shows.
        place: the province.
    """
    unnamed = indicators.loc[indicators["indicator_name"].isna(), "indicator_code"].nunique()
    told = [] if shown else [say("indicator.none", place=place.th)]
    return (*told, *([say("indicator.unnamed", count=format_number(unnamed))] if unnamed else []))


def note_cautions(indicators: pd.DataFrame, topic: str) -> tuple[str, ...]:
    """List the cautions of a topic's definitions, and say where one is not verified; rows of out_indicator.

    The group that shows what the police did has a note of its own.
    """
    rows = indicators[indicators["topic"] == topic].sort_values("indicator_code")
    others = rows[~rows["indicator_code"].str.startswith(f"crime_{POLICE_ACTIVITY}_")]
    cautions = [str(text) for text in dict.fromkeys(others["caution_th"]) if not is_missing(text)]
    unverified = [] if rows["is_verified"].astype(bool).all() else [say("indicator.unverified")]
    listed = [say("indicator.cautions", cautions="; ".join(cautions))] if cautions else []
    return tuple(listed + unverified)
