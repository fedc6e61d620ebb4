"""Tables of evidence prompts for the SWOT, with room for the meeting, and of what changed since the release before."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from pipeline.brief_tables.study.listing import list_first
from pipeline.brief_tables.table import Column, Origin, Table, keep_as_is
from pipeline.brief_text.numbers import is_missing
from pipeline.brief_text.said import address_of
from pipeline.brief_text.study import Study
from pipeline.brief_text.study.changes import list_changed
from pipeline.brief_text.study.frames import write_plain
from pipeline.brief_text.study.swot import list_prompts
from pipeline.brief_text.templates import find, label, say
from pipeline.trace import Address


def tabulate_prompts(study: Study) -> tuple[Table, ...]:
    """Set facts beside their pointers and room for the meeting, a table a side that has facts."""
    prompts = pd.DataFrame(
        [(one.side, one.text, one.pointer) for one in list_prompts(study)],
        columns=["side", "text", "pointer"],
        dtype=object,
    )
    return tuple(
        Table(
            table_id=f"tbl-study-swot-{side}",
            caption=say(f"study.swot.table_{side}"),
            columns=(
                Column("text", "ข้อเท็จจริง", "text", 42),
                Column("pointer", "ดูที่", "path", 20),
                Column("room", "ที่ประชุมเห็นว่า", "text", 38),
            ),
            frame=some.assign(room=say(f"study.swot.room_{side}")).reset_index(drop=True),
        )
        for side in find("labels.side")
        if len(some := prompts[prompts["side"] == side])
    )


def tabulate_changes(study: Study) -> tuple[Table, ...]:
    """List the figures that differ from the release before, and why."""
    rows = list_changed(study)
    return list_first(
        rows.assign(
            old=[_write(value) for value in rows["old_value"]],
            new=[_write(value) for value in rows["new_value"]],
            at=keep_as_is(_find_address(row) for row in rows.to_dict("records")),
            why_name=[label("why", why) for why in rows["why"]],
        ),
        "tbl-study-change",
        caption=say("study.changes.table", place=study.place.th),
        columns=(
            Column("named", "ตัวเลข", "text", 38),
            Column("year_be", "พ.ศ.", "year", 9),
            Column("old", "ฉบับก่อน", "figure", 17),
            Column("new", "ฉบับนี้", "figure", 17),
            Column("why_name", "สิ่งที่เปลี่ยน", "text", 19),
        ),
        origins=(Origin("new"),),
    )


def _find_address(row: Mapping[Any, Any]) -> Address | None:
    """The address of a row's value in this release; None where it has none. A row of out_release_change."""
    if is_missing(row["new_value"]):
        return None
    at = {
        "project": ("out_project_summary.amount_baht", {"fiscal_year_be": "year_be", "measure": "code"}),
        "budget_line": ("out_budget_by_province.amount_baht", {"fiscal_year_be": "year_be", "stage": "code"}),
        "indicator": ("out_indicator.value", {"indicator_code": "code"}),
    }
    view, named = at[str(row["figure"])]
    return address_of(row, view, **{name: row[column] for name, column in named.items()})


def _write(value: object) -> str:
    """Write a value of a release, or that it had none."""
    return say("study.changes.absent") if is_missing(value) else write_plain(value)
