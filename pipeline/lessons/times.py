"""How long a clean file took, and how it went year by year."""

from __future__ import annotations

import pandas as pd

from pipeline import figures
from pipeline.brief_tables import Column, Table
from pipeline.brief_text.numbers import MISSING, format_number, format_years
from pipeline.brief_text.templates import say
from pipeline.grade import load_grading
from pipeline.lessons.forms import of_data
from pipeline.national.items import Told, as_frame, drawn, known
from pipeline.thai import BUDDHIST_ERA


def tell_days(times: pd.DataFrame, *, source: str) -> Told:
    """Say how many days it took until a file had no error; rows of out_clean_time."""
    own = known(times, "first_received_on")
    if own.empty:
        return (say("lessons.no_time"),)
    clean = known(own, "days_to_clean")
    later = clean[clean["days_to_clean"] > 0]
    counts = {
        "count": len(own),
        "first": len(clean) - len(later),
        "later": len(later),
        "never": len(own) - len(clean),
    }
    told = [say("lessons.times", **{name: format_number(count) for name, count in counts.items()})]
    if len(later):
        days = later["days_to_clean"].astype(float)
        low, middle, high = (format_number(day) for day in (days.min(), days.median(), days.max()))
        told.append(say("lessons.days", low=low, middle=middle, high=high))
    named = later.assign(kind_name=[load_grading().kinds_th[kind] for kind in later["kind"]])
    chart = drawn(
        named,
        lambda: figures.ranges(
            named,
            name="kind_name",
            value="days_to_clean",
            title=say("lessons.chart_times"),
            unit=say("lessons.unit_times"),
            source=source,
            decimals=0,
        ),
    )
    return (*told, *chart, _tabulate_days(own, source))


def _tabulate_days(times: pd.DataFrame, source: str) -> Table:
    """Count by kind of data: clean at once, later, not yet; and the median of the days of those later."""
    rows = []
    for kind, own in times.groupby("kind", sort=True):
        clean = known(own, "days_to_clean")
        later = clean[clean["days_to_clean"] > 0]["days_to_clean"].astype(float)
        rows.append(
            {
                "kind": load_grading().kinds_th[str(kind)],
                "n": len(own),
                "first": len(clean) - len(later),
                "later": len(later),
                "never": len(own) - len(clean),
                "days": format_number(later.median()) if len(later) else MISSING,
            }
        )
    return Table(
        table_id="tbl-lessons-times",
        caption=say("lessons.table_times"),
        columns=(
            Column("kind", "ชนิดข้อมูล", "text", 26),
            Column("n", "ชุดที่ส่ง", "count", 14),
            Column("first", "ไม่มีข้อผิดพลาดตั้งแต่ไฟล์แรก", "count", 18),
            Column("later", "ได้ในภายหลัง", "count", 14),
            Column("never", "ยังไม่ได้", "count", 12),
            Column("days", "มัธยฐานของที่ได้ภายหลัง (วัน)", "figure", 18),
        ),
        frame=as_frame(rows),
        source=source,
        note=say("lessons.note_times"),
    )


def tell_years(readings: pd.DataFrame, errors: pd.DataFrame, *, source: str) -> Told:
    """Set the years in which files came beside each other.

    Args:
        readings: rows of out_table_reading.
        errors: path and n_errors, the findings of severity error of each file.
        source: what stands under the table and the figure.
    """
    own = known(of_data(readings), "received_on")
    if own.empty:
        return (say("lessons.no_time"),)
    by_file = dict(zip(errors["path"], errors["n_errors"], strict=True))
    dated = own.assign(year_be=[day.year + BUDDHIST_ERA for day in own["received_on"]])
    rows = [_year(int(str(year)), part, by_file) for year, part in dated.groupby("year_be", sort=True)]
    years = as_frame(rows)
    told = say("lessons.years", years=format_years(years["year_be"]))
    chart = drawn(
        years,
        lambda: figures.bars(
            years,
            name="year_be",
            value="refused_pct",
            title=say("lessons.chart_years"),
            unit=say("lessons.unit_years"),
            source=source,
            decimals=1,
        ),
    )
    return (told, *(chart or (say("lessons.one_year"),)), _tabulate_years(years, source))


def _year(year_be: int, tables: pd.DataFrame, errors: dict[str, int]) -> dict[str, object]:
    """Sum up the tables that came in one year."""
    refused = int((tables["status"] == "refused").sum())
    return {
        "year_be": year_be,
        "files": tables["path"].nunique(),
        "tables": len(tables),
        "refused": refused,
        "refused_pct": 100 * refused / len(tables),
        "heads": int(tables["n_unknown_heads"].sum()),
        "errors": sum(int(errors.get(path, 0)) for path in set(tables["path"])),
    }


def _tabulate_years(years: pd.DataFrame, source: str) -> Table:
    """List the years."""
    return Table(
        table_id="tbl-lessons-years",
        caption=say("lessons.table_years"),
        columns=(
            Column("year_be", "พ.ศ. ที่ได้รับ", "year", 14),
            Column("files", "ไฟล์", "count", 10),
            Column("tables", "ตารางที่เป็นข้อมูล", "count", 16),
            Column("refused", "ปฏิเสธ", "count", 12),
            Column("refused_pct", "ปฏิเสธ (ร้อยละ)", "decimal", 14),
            Column("heads", "หัวที่ไม่รู้จัก", "count", 14),
            Column("errors", "ต้องแก้ไข (รายการ)", "count", 16),
        ),
        frame=years,
        source=source,
    )
