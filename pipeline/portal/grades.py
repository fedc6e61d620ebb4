"""A province's grade with the sum that it came from, written with the counts themselves."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import duckdb

from pipeline.grade import COLUMNS, load_grading, say_components, say_grade
from pipeline.portal.warehouse import read_rows

_GRADES = "SELECT * FROM out_quality_grade"


@dataclass(frozen=True)
class Part:
    """One component of a grade: its code, its share of 100 (None where it is not judged) and what is said of it."""

    component: str
    share: float | None
    told: str


@dataclass(frozen=True)
class Grade:
    """A province's grade.

    Attributes:
        letter: A to E.
        told: letter, name and score in words.
        score: 0 to 100.
        parts: its components.
        sum_told: how the score came about, with the province's own counts.
    """

    letter: str
    told: str
    score: float
    parts: tuple[Part, ...]
    sum_told: str


def read_grades(connection: duckdb.DuckDBPyConnection) -> dict[str, Grade]:
    """The grade of each province that has one."""
    return {row["province_code"]: _grade(row) for row in read_rows(connection, _GRADES)}


def _grade(row: Mapping[str, Any]) -> Grade:
    """Put one grade together."""
    parts = tuple(
        Part(one.component, _known(row[COLUMNS[one.component][2]]), told)
        for one, told in zip(load_grading().components, say_components(row), strict=True)
    )
    return Grade(row["grade"], say_grade(row), row["score"], parts, _write_sum(row))


def _known(share: float | None) -> float | None:
    """A share; None where it is not judged."""
    return None if share is None or share != share else share


def _write_sum(row: Mapping[str, Any]) -> str:
    """Write the sum with the province's counts, of the components that are judged."""
    judged = [
        (one.weight, *(row[column] for column in COLUMNS[one.component][:2]))
        for one in load_grading().components
        if _known(row[COLUMNS[one.component][2]]) is not None
    ]
    terms = " + ".join(f"{weight:g} × {int(count):,}/{int(of):,}" for weight, count, of in judged)
    score = int(row["score"] * 10 + 1e-6) / 10
    return f"({terms}) ÷ {sum(weight for weight, _, _ in judged):g} × 100 = {score:.1f}"
