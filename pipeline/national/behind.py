"""The rows behind the maps of what was received and of grades, each with the way to the evidence in the portal."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from pipeline.brief_tables import Column, Table
from pipeline.brief_text.numbers import format_number
from pipeline.charts.chart import Chart
from pipeline.grade import load_grading, say_grade
from pipeline.national.items import as_frame
from pipeline.provinces import load_gazetteer

# From the national brief to a province in the portal, where its files, its findings and the sum of its grade stand.
EVIDENCE = "../index.html#p-{code}"


def put_files_behind(chart: Chart, received: pd.DataFrame) -> Chart:
    """Put behind a map what each province sent; rows of out_submission_board with files, of known provinces."""
    states_th, kinds_th = load_grading().states_th, load_grading().kinds_th
    rows = received.sort_values(["province_code", "kind"], ignore_index=True)
    frame = as_frame(
        {
            "province": _name(str(row["province_code"])),
            "kind": kinds_th[row["kind"]],
            "files": f"{format_number(row['n_received'])} ({states_th[row['state']]})",
        }
        for row in rows.to_dict("records")
    )
    heads = {"province": "จังหวัด", "kind": "ชนิดข้อมูล", "files": "ไฟล์ (สถานะ)"}
    return _put_behind(chart, frame, heads, rows["province_code"])


def put_grades_behind(chart: Chart, grades: pd.DataFrame) -> Chart:
    """Put behind a map the grade of each province with its parts; rows of out_quality_grade."""
    rows = grades.sort_values("province_code", ignore_index=True)
    frame = as_frame(
        {"province": _name(str(row["province_code"])), "grade": say_grade(row)}
        for row in rows.to_dict("records")
    )
    return _put_behind(chart, frame, {"province": "จังหวัด", "grade": "เกรด"}, rows["province_code"])


def _put_behind(chart: Chart, frame: pd.DataFrame, heads: dict[str, str], codes: Iterable[object]) -> Chart:
    """Put texts behind a chart, and on the first of each row the link to its province."""
    columns = tuple(Column(name, head, "text", 1) for name, head in heads.items())
    links = tuple(EVIDENCE.format(code=code) for code in codes)
    return chart.with_rows(Table("", "", columns, frame), links=links)


def _name(code: str) -> str:
    """A province's Thai name."""
    return load_gazetteer().provinces[code].name_th
