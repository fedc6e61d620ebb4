"""Tables that only the plan has: projects with agency and source, baselines beside open targets."""

from __future__ import annotations

import pandas as pd

from pipeline.brief_tables import Column, Table
from pipeline.brief_text.evidence import name_sources
from pipeline.brief_text.numbers import format_number, format_year, is_missing
from pipeline.brief_text.projects import rows_of_year
from pipeline.brief_text.study.frames import write_plain
from pipeline.brief_text.templates import label
from pipeline.plan.outline import Outline
from pipeline.plan.release import Release

# A column whose cells are the committee's to fill; its texts are what they ask for.
OPEN = "ask_"
LISTED_MEASURES = 3


def is_open(column: Column) -> bool:
    """Say whether the cells of a column are the committee's to fill."""
    return column.name.startswith(OPEN)


def open_table(caption: str, columns: tuple[tuple[str, str], ...], rows: int, *, cell: str) -> Table:
    """Make a table that the committee fills.

    Args:
        caption: what it is for.
        columns: each its heading and what its cells ask for.
        rows: how many.
        cell: how an asking cell looks, with a place for {ask}.
    """
    names = [f"{OPEN}{number}" for number in range(len(columns))]
    asked = {name: cell.format(ask=ask) for name, (_, ask) in zip(names, columns, strict=True)}
    return Table(
        table_id="tbl-plan-open",
        caption=caption,
        columns=tuple(Column(name, head, "text", 1) for name, (head, _) in zip(names, columns, strict=True)),
        frame=pd.DataFrame([asked] * rows),
    )


def tabulate_projects(release: Release, outline: Outline) -> tuple[Table, ...]:
    """List the year's projects with agency, source of money and amounts, the largest first; none without projects."""
    rows = rows_of_year(release.rows["projects"], release.project_year_be)
    if rows.empty:
        return ()
    common = set(rows["measure"].value_counts().index[:LISTED_MEASURES])
    measures = [measure for measure in dict.fromkeys(rows["measure"]) if measure in common]
    listed, most = _list_projects(rows, measures), outline.limits["listed_projects"]
    counts = {"shown": format_number(most), "total": format_number(len(listed))}
    year, place = format_year(release.project_year_be), release.place.th
    table = Table(
        table_id="tbl-plan-projects",
        caption=outline.say("projects", year=year, place=place),
        columns=(
            Column("number", "ที่", "count", 5),
            Column("project_name", "โครงการ", "text", 36),
            Column("agency_name", "หน่วยงาน", "text", 20),
            Column("fund_source", "แหล่งงบประมาณ", "text", 14),
            *(Column(measure, f"{label('measure', measure)} (บาท)", "baht", 15) for measure in measures),
        ),
        frame=listed.head(most),
        source=outline.say("projects_source", place=place),
        note=outline.say("more", **counts) if len(listed) > most else "",
    )
    return (table,)


def _list_projects(rows: pd.DataFrame, measures: list[str]) -> pd.DataFrame:
    """Set one project a row, its amounts side by side; a measure that it lacks is None."""
    first = rows.drop_duplicates("project_id").set_index("project_id")
    largest = (
        rows.groupby("project_id", sort=False)["amount_baht"]
        .max()
        .sort_values(ascending=False, kind="stable")
    )
    listed = first.loc[largest.index, ["project_name", "agency_name", "fund_source"]]
    for measure in measures:
        some = rows[rows["measure"] == measure].drop_duplicates("project_id").set_index("project_id")
        amounts = some["amount_baht"].to_dict()
        listed[measure] = [amounts.get(project_id) for project_id in listed.index]
    return listed.reset_index(drop=True).assign(number=range(1, len(listed) + 1))


def tabulate_baselines(release: Release, outline: Outline) -> tuple[Table, ...]:
    """Set every indicator that has a newest value beside open cells for the plan's targets; none without values."""
    compared, newest = release.rows["compared"], release.rows["newest"]
    others = newest[~newest["indicator_code"].isin(compared["indicator_code"])]
    listed = [
        _baseline_row(row)
        for rows in (compared[compared["status"] == "value"], others)
        for _, row in rows.iterrows()
        if not is_missing(row["value"])
    ]
    if not listed:
        return ()
    targets = [(f"{OPEN}{year}", f"ปีที่ {year}") for year in range(1, outline.limits["plan_years"] + 1)]
    asked = {name: outline.say("cell", ask="เป้า") for name, _ in targets}
    frame = pd.DataFrame([row | asked for row in listed])
    table = Table(
        table_id="tbl-plan-baselines",
        caption=outline.say("baselines", place=release.place.th),
        columns=(
            Column("name", "ตัวชี้วัด", "text", 34),
            Column("unit", "หน่วย", "text", 10),
            Column("year_be", "พ.ศ.", "year", 8),
            Column("figure", "ค่าฐาน", "figure", 12),
            *(Column(name, head, "text", 7) for name, head in targets),
        ),
        frame=frame.drop(columns="source"),
        source=name_sources(frame["source"]),
        note=outline.say("baselines_note"),
    )
    return (table,)


def _baseline_row(row: pd.Series) -> dict[str, object]:
    return {
        "name": row["indicator_name"],
        "unit": row["unit"],
        "year_be": row["year_be"],
        "figure": write_plain(row["value"]),
        "source": row["source"],
    }
