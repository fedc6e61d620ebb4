"""Words on what changed since the release before, and why."""

from __future__ import annotations

import pandas as pd

from pipeline.brief_text.numbers import format_number
from pipeline.brief_text.study.frames import Study
from pipeline.brief_text.templates import find, label, order_of, say


def list_changed(study: Study) -> pd.DataFrame:
    """The figures that differ from the release before, by why and then by size; rows of out_release_change."""
    rows = study.views["release_change"]
    sized = rows.assign(
        order=[order_of("why", why) for why in rows["why"]],
        size=rows["difference"].astype(float).abs(),
        named=[_name_figure(row, study) for _, row in rows.iterrows()],
    )
    keys = ["order", "size", "named"]
    return sized.sort_values(keys, ascending=[True, False, True], ignore_index=True)


def describe_changes(study: Study) -> tuple[str, ...]:
    """Count the changed figures by why they changed."""
    rows = list_changed(study)
    if rows.empty:
        return (say("study.changes.none", place=study.place.th),)
    counts = rows["why"].value_counts()
    parts = [
        say("study.changes.part", why=name, count=format_number(int(counts[why])))
        for why, name in find("labels.why").items()
        if why in counts
    ]
    told = {"release": str(rows["release_name"].iloc[0]), "count": format_number(len(rows))}
    return (say("study.changes.told", place=study.place.th, parts=" · ".join(parts), **told),)


def _name_figure(row: pd.Series, study: Study) -> str:
    """Name a headline figure: its kind, and the indicator or stage of money."""
    kind = label("figure", str(row.figure))
    if row.figure == "indicator":
        rates = study.views["indicator_rate"]
        names = rates.loc[rates["indicator_code"] == row.code, "indicator_name"].dropna()
        return f"{kind} {names.iloc[0] if len(names) else row.code}"
    return f"{kind} {label('stage' if row.figure == 'budget_line' else 'measure', str(row.code))}"
