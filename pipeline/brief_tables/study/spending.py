"""Tables of money: per head, by part, execution, need against money."""

from __future__ import annotations

import pandas as pd

from pipeline.brief_tables.study.listing import list_first
from pipeline.brief_tables.table import Column, Origin, Table, list_keys
from pipeline.brief_text.evidence import name_sources
from pipeline.brief_text.numbers import format_number, format_year, is_missing
from pipeline.brief_text.study import Study
from pipeline.brief_text.study.frames import limit
from pipeline.brief_text.study.spending import list_needs, list_parts, list_stages
from pipeline.brief_text.templates import label, say

PART_KEYS = ("province_code", "fiscal_year_be", "measure", "dimension", "code")
EXECUTION_KEYS = ("province_code", "fiscal_year_be", "quarter", "measure")
NEED_KEYS = ("province_code", "theme", "fiscal_year_be", "measure", "indicator_code")
STAGE_KEYS = ("province_code", "figure", "fiscal_year_be", "stage")


def _same(*columns: str) -> tuple[tuple[str, str], ...]:
    """Columns that are called as in their view."""
    return tuple((column, column) for column in columns)


def tabulate_per_head(study: Study) -> tuple[Table, ...]:
    """List money by year and stage with baht a head, and constant baht where a deflator is given."""
    rows = list_stages(study)
    has_constant = rows["constant_baht"].notna().any()
    constant_name = ("constant_baht",) if has_constant else ()
    constant = (Column("constant_baht", "ราคาคงที่ (บาท)", "baht", 16),) if has_constant else ()
    return list_first(
        rows.assign(
            head=[format_number(value, 2) for value in rows["per_head_baht"]],
            at=list_keys(rows, STAGE_KEYS),
        ),
        "tbl-study-per-head",
        caption=say("study.per_head.table", place=study.place.th),
        columns=(
            Column("fiscal_year_be", "ปีงบประมาณ พ.ศ.", "year", 13),
            Column("stage_name", "ขั้นของเงิน", "text", 29),
            Column("n", "โครงการ/บรรทัด", "count", 12),
            Column("amount_baht", "จำนวนเงิน (บาท)", "baht", 18),
            Column("head", "ต่อหัว (บาท)", "figure", 12),
            *constant,
        ),
        note=say("study.per_head.note"),
        origins=tuple(
            Origin(column, "out_money_by_stage", figure)
            for column, figure in (*_same("n", "amount_baht", *constant_name), ("head", "per_head_baht"))
        ),
    )


def tabulate_money_parts(study: Study) -> tuple[Table, ...]:
    """List the largest parts of each dimension that the forms name, and what they leave open."""
    rows = list_parts(study)
    named = rows[rows["dimension"].isin(rows.loc[~rows["is_open"], "dimension"])]
    if named.empty:
        return ()
    most = limit("listed_parts")
    some = [_list_dimension(part, most) for _, part in named.groupby("dimension_order")]
    measure, year = label("measure", str(study.measure)), format_year(study.fiscal_year_be)
    table = Table(
        table_id="tbl-study-parts",
        caption=say("study.parts.table", measure=measure, year=year, place=study.place.th),
        columns=(
            Column("dimension_name", "มุมมอง", "text", 15),
            Column("part", "ส่วน", "text", 37),
            Column("n_projects", "โครงการ (โครงการ)", "count", 12),
            Column("amount_baht", "จำนวนเงิน (บาท)", "baht", 18),
            Column("share_pct", "ร้อยละ", "decimal", 9),
            Column("head", "ต่อหัว (บาท)", "figure", 11),
        ),
        frame=pd.concat(some, ignore_index=True).pipe(
            lambda rows: rows.assign(at=list_keys(rows, PART_KEYS))
        ),
        origins=tuple(
            Origin(column, "out_money_by_part", figure)
            for column, figure in (
                *_same("n_projects", "amount_baht", "share_pct"),
                ("head", "per_head_baht"),
            )
        ),
    )
    return (table,)


def _list_dimension(rows: pd.DataFrame, most: int) -> pd.DataFrame:
    """Name the first parts of one dimension, and say in the last name how many more there are."""
    first = rows.head(most).reset_index(drop=True)
    names = [
        say("study.parts.unnamed")
        if row.is_open
        else str(row.code if is_missing(row["name"]) else row["name"])
        for _, row in first.iterrows()
    ]
    if len(rows) > most:
        names[-1] = f"{names[-1]} ({say('study.more', count=format_number(len(rows) - most))})"
    return first.assign(
        part=names,
        dimension_name=[label("dimension", code) for code in first["dimension"]],
        head=[format_number(value, 2) for value in first["per_head_baht"]],
    )


def tabulate_execution(study: Study) -> tuple[Table, ...]:
    """List what was paid of what was given by quarter, beside the dated target."""
    rows = study.views["execution"].sort_values(
        ["fiscal_year_be", "quarter", "measure"], ascending=[False, False, True]
    )
    return list_first(
        rows.assign(
            measure_name=[label("measure", measure) for measure in rows["measure"]],
            at=list_keys(rows, EXECUTION_KEYS),
        ),
        "tbl-study-execution",
        caption=say("study.execution.table", place=study.place.th),
        columns=(
            Column("fiscal_year_be", "ปีงบประมาณ พ.ศ.", "year", 11),
            Column("quarter", "ถึงไตรมาส", "text", 9),
            Column("measure_name", "รายการ", "text", 18),
            Column("n_projects", "โครงการ (โครงการ)", "count", 10),
            Column("given_baht", "ได้รับ (บาท)", "baht", 16),
            Column("paid_baht", "จ่าย (บาท)", "baht", 16),
            Column("execution_pct", "ร้อยละ", "decimal", 8),
            Column("target_pct", "เป้าหมาย (ร้อยละ)", "decimal", 11),
        ),
        source=name_sources(rows["source"]),
        origins=tuple(
            Origin(column, "out_execution", figure)
            for column, figure in _same("n_projects", "given_baht", "paid_baht", "execution_pct")
        ),
    )


def tabulate_need(study: Study) -> tuple[Table, ...]:
    """Set indicators beside the money of their theme, with the side of both means in words."""
    rows = list_needs(study)
    measure, year = label("measure", str(study.measure)), format_year(study.fiscal_year_be)
    return list_first(
        rows.assign(
            side=[label("quadrant", quadrant) for quadrant in rows["quadrant"]],
            rate_figure=[format_number(rate, 2) for rate in rows["rate"]],
            head=[format_number(value, 2) for value in rows["per_head_baht"]],
            at=list_keys(rows, NEED_KEYS),
        ),
        "tbl-study-need",
        caption=say("study.need.table", place=study.place.th, measure=measure, year=year),
        columns=(
            Column("indicator_name", "ตัวชี้วัด", "text", 34),
            Column("need_year_be", "พ.ศ.", "year", 8),
            Column("rate_figure", "อัตรา", "figure", 12),
            Column("head", "เงินต่อหัว (บาท)", "figure", 14),
            Column("side", "เทียบกับค่าเฉลี่ยของจังหวัดที่มีข้อมูล", "text", 32),
        ),
        note=say("study.need.note", learning=say("study.learning")),
        origins=(
            Origin("rate_figure", "out_need_money", "rate"),
            Origin("head", "out_need_money", "per_head_baht"),
        ),
    )
