"""Who has sent what: counts, a map, and one line a province."""

from __future__ import annotations

import pandas as pd

from pipeline import figures
from pipeline.brief_tables import Column, Table
from pipeline.brief_text.numbers import MISSING, format_number, join_thai
from pipeline.brief_text.templates import say
from pipeline.grade import load_grading
from pipeline.national.behind import put_files_behind
from pipeline.national.items import Told, as_frame

MOST_NAMED = 12
UNKNOWN = "unknown"
STATES = ("passed", "waiting", "refused", "replaced")


def tell_coverage(provinces: pd.DataFrame, board: pd.DataFrame, *, source: str, marked: str = "") -> Told:
    """Say from how many provinces what was received.

    Args:
        provinces: rows of core_province, all 77.
        board: rows of out_submission_board.
        source: what stands under the figures.
        marked: code of a province to frame on the map; empty for none.
    """
    kinds = _kinds()
    received = _received(board)
    sent = provinces[provinces["province_code"].isin(set(received["province_code"]))]
    if sent.empty:
        return (say("national.received_none"),)
    counted = received.groupby("province_code")["kind"].nunique()
    levels = as_frame(
        {"province_code": code, "kinds": say("national.kinds_of", count=int(n))}
        for code, n in counted.items()
    )
    chart = figures.tile_map(
        levels,
        value="kinds",
        order=[say("national.kinds_of", count=number) for number in range(1, len(kinds) + 1)],
        title=say("national.map_received"),
        unit=say("national.unit_kinds", count=len(kinds)),
        source=source,
        marked=marked,
        none_name=say("national.none_received"),
    )
    return (
        *_describe(provinces, sent, board),
        put_files_behind(chart, received),
        _tabulate_kinds(provinces, board, source),
        _tabulate_regions(provinces, received, source),
    )


def _kinds() -> dict[str, str]:
    """The kinds of data by name, without what nobody could tell the kind of."""
    return {kind: name for kind, name in load_grading().kinds_th.items() if kind != UNKNOWN}


def _received(board: pd.DataFrame) -> pd.DataFrame:
    """The kinds of data that a known province has sent a file of."""
    is_known = board["province_code"].notna() & board["kind"].isin(list(_kinds()))
    return board[is_known & (board["n_received"] > 0)]


def _describe(provinces: pd.DataFrame, sent: pd.DataFrame, board: pd.DataFrame) -> tuple[str, ...]:
    """Count provinces by kind, and name those that sent nothing where they are few."""
    received = _received(board)
    parts = [
        say("national.received_kind", kind=name, known=int((received["kind"] == kind).sum()))
        for kind, name in _kinds().items()
    ]
    told = [say("national.received", known=len(sent), all=len(provinces), kinds=" · ".join(parts))]
    absent = provinces[~provinces["province_code"].isin(set(sent["province_code"]))]
    if 0 < len(absent) <= MOST_NAMED:
        told.append(say("national.not_yet", places=join_thai(absent["name_th"])))
    elif len(absent):
        told.append(say("national.not_yet_many", count=len(absent)))
    waiting = received[received["state"].isin(["waiting", "refused"])]["province_code"].nunique()
    return (*told, *[say("national.waiting", count=waiting)] * bool(waiting), say("national.learning"))


def _tabulate_kinds(provinces: pd.DataFrame, board: pd.DataFrame, source: str) -> Table:
    """Count provinces by kind of data and state."""
    received, states_th = _received(board), load_grading().states_th
    rows = []
    for kind, name in _kinds().items():
        own = received[received["kind"] == kind]
        states = {state: int((own["state"] == state).sum()) for state in STATES}
        rows.append({"kind": name, **states, "none": len(provinces) - len(own)})
    heads = [Column(state, states_th.get(state, state), "count", 14) for state in (*STATES, "none")]
    return Table(
        table_id="tbl-national-kind",
        caption=say("national.table_kind"),
        columns=(Column("kind", "ชนิดข้อมูล", "text", 30), *heads),
        frame=as_frame(rows),
        source=source,
    )


def _tabulate_regions(provinces: pd.DataFrame, received: pd.DataFrame, source: str) -> Table:
    """Count provinces that have sent by region and kind."""
    kinds = _kinds()
    rows: list[dict[str, object]] = []
    for region, members in provinces.groupby("region4"):
        own = received[received["province_code"].isin(set(members["province_code"]))]
        sent = {kind: int((own["kind"] == kind).sum()) for kind in kinds}
        rows.append({"region": region, "n": len(members), **sent})
    return Table(
        table_id="tbl-national-region",
        caption=say("national.table_region"),
        columns=(
            Column("region", "ภาค", "text", 28),
            Column("n", "จังหวัดทั้งหมด", "count", 16),
            *(Column(kind, name, "count", 18) for kind, name in kinds.items()),
        ),
        frame=as_frame(rows),
        source=source,
        note=say("national.note_region"),
    )


def list_provinces(
    provinces: pd.DataFrame, board: pd.DataFrame, grades: pd.DataFrame, *, source: str
) -> Table:
    """List every province with what is there of it; what is not there says so."""
    received = _received(board)
    names = _kinds()
    letters = dict(zip(grades["province_code"], grades["grade"], strict=True))
    rows = []
    for _, province in provinces.sort_values("province_code").iterrows():
        own = received[received["province_code"] == province["province_code"]]
        rows.append(
            {
                "code": province["province_code"],
                "name": province["name_th"],
                "kinds": " · ".join(names[kind] for kind in names if kind in set(own["kind"]))
                or say("national.none_received"),
                "files": format_number(int(own["n_received"].sum())) if len(own) else MISSING,
                "errors": format_number(int(own["n_errors"].sum())) if len(own) else MISSING,
                "grade": letters.get(province["province_code"], MISSING),
            }
        )
    return Table(
        table_id="tbl-national-provinces",
        caption=say("national.table_provinces"),
        columns=(
            Column("code", "รหัส", "text", 7),
            Column("name", "จังหวัด", "text", 20),
            Column("kinds", "ข้อมูลที่ได้รับ", "text", 40),
            Column("files", "ไฟล์ (นับตามชนิด)", "figure", 13),
            Column("errors", "ต้องแก้ไข (รายการ)", "figure", 13),
            Column("grade", "เกรด", "text", 12),
        ),
        frame=as_frame(rows),
        source=source,
    )
