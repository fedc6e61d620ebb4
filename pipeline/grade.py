"""The one grade of a province's data: its weights, letters and due days from specs/grade.yml, and its words.

The view out_quality_grade works it out from what load_grade gives to the warehouse; the formula that is printed beside
it is made from the same.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from pipeline import specs
from pipeline.thai import to_buddhist_year

GRADE_FILE = "grade.yml"
# Each component with its columns in out_quality_grade: what was counted, of how many, and the share.
COLUMNS = {
    "completeness": ("n_complete", "n_complete_of", "completeness_pct"),
    "validity": ("n_valid", "n_valid_of", "validity_pct"),
    "reconciliation": ("n_reconciled", "n_reconciled_of", "reconciliation_pct"),
    "timeliness": ("n_in_time", "n_in_time_of", "timeliness_pct"),
}
_KINDS = {"project", "budget_line", "indicator", "unknown"}
_STATES = {"none", "refused", "waiting", "passed", "replaced"}


@dataclass(frozen=True)
class Component:
    """One of the things that are judged.

    Attributes:
        component: its name in the warehouse.
        name: in Thai.
        weight: among those that can be judged.
        counted: what is counted of what, in Thai.
        rule_group: the group of rules that is counted; None where rows or days are.
    """

    component: str
    name: str
    weight: float
    counted: str
    rule_group: str | None


@dataclass(frozen=True)
class Letter:
    """One letter: its Thai name and the lowest score, 0 to 100, that has it."""

    letter: str
    name: str
    at_least: float


@dataclass(frozen=True)
class Grading:
    """All of specs/grade.yml.

    Attributes:
        components: in the order in which they are told.
        letters: from the highest.
        due: kind of data and Buddhist fiscal year to the last day on which it is in time.
        kinds_th: kinds of data.
        states_th: what became of a submission.
        note: what is said behind the formula; empty where there is nothing to say.
    """

    components: tuple[Component, ...]
    letters: tuple[Letter, ...]
    due: Mapping[tuple[str, int], date]
    kinds_th: Mapping[str, str]
    states_th: Mapping[str, str]
    note: str


@lru_cache(maxsize=1)
def load_grading() -> Grading:
    """Load the weights, letters and due days.

    Raises:
        SpecError: one lacks or is not as it must be.
    """
    raw = specs.load_yaml(GRADE_FILE)
    parts = {"components", "letters", "due", "kinds", "states", "note"}
    specs.require(set(raw) == parts, GRADE_FILE, f"exactly {', '.join(sorted(parts))}")
    specs.require(
        set(raw["components"]) == set(COLUMNS), f"{GRADE_FILE}: components", f"exactly {', '.join(COLUMNS)}"
    )
    components = tuple(_component(name, raw["components"][name]) for name in COLUMNS)
    letters = tuple(Letter(**letter) for letter in raw["letters"])
    bounds = [letter.at_least for letter in letters]
    specs.require(
        bounds == sorted(set(bounds), reverse=True) and bounds[-1] == 0,
        f"{GRADE_FILE}: letters",
        "bounds from high to low, the last of them 0",
    )
    specs.require(set(raw["kinds"]) == _KINDS, f"{GRADE_FILE}: kinds", f"exactly {', '.join(_KINDS)}")
    specs.require(set(raw["states"]) == _STATES, f"{GRADE_FILE}: states", f"exactly {', '.join(_STATES)}")
    due = dict(map(_due, raw["due"]))
    return Grading(components, letters, due, raw["kinds"], raw["states"], raw["note"])


def _component(name: str, entry: dict[str, Any]) -> Component:
    """Hold one component to what it must say."""
    where = f"{GRADE_FILE}: components: {name}"
    specs.require({"name", "weight", "counted"} <= entry.keys(), where, "name, weight and counted")
    weight = entry["weight"]
    is_weight = isinstance(weight, int | float) and not isinstance(weight, bool) and weight > 0
    specs.require(is_weight, f"{where}: weight", "a number above 0")
    return Component(name, entry["name"], weight, entry["counted"], entry.get("rule_group"))


def _due(entry: dict[str, Any]) -> tuple[tuple[str, int], date]:
    """Hold one due day to what it must say."""
    where = f"{GRADE_FILE}: due"
    specs.require(
        set(entry) == {"kind", "fiscal_year_be", "due_on"}, where, "kind, fiscal_year_be and due_on"
    )
    year = entry["fiscal_year_be"]
    specs.require(entry["kind"] in _KINDS, f"{where}: kind", f"one of {', '.join(sorted(_KINDS))}")
    specs.require(
        isinstance(year, int) and to_buddhist_year(year) == year,
        f"{where}: fiscal_year_be",
        "a Buddhist year, such as 2566",
    )
    specs.require(isinstance(entry["due_on"], date), f"{where}: due_on", "a day, such as 2022-01-31")
    return (entry["kind"], year), entry["due_on"]


def grading_rows() -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """Give the warehouse's tables of the grade, each with its rows."""
    grading = load_grading()
    yield (
        "quality_component",
        [
            {"component": one.component, "weight": one.weight, "rule_group": one.rule_group}
            for one in grading.components
        ],
    )
    yield "quality_letter", [{"letter": one.letter, "at_least": one.at_least} for one in grading.letters]
    yield (
        "quality_due",
        [{"kind": kind, "fiscal_year_be": year, "due_on": day} for (kind, year), day in grading.due.items()],
    )


def write_formula() -> str:
    """Write how the score is worked out, from the weights that it is worked out by."""
    grading = load_grading()
    sum_of = " + ".join(f"{one.weight:g} × {one.name}" for one in grading.components)
    letters = "  ".join(f"{one.letter} {one.name} ตั้งแต่ {one.at_least:g}" for one in grading.letters)
    total = f"{sum(one.weight for one in grading.components):g}"
    note = f"  ({grading.note})" if grading.note else ""
    told = f"คะแนน (0-100) = ({sum_of}) ÷ {total} แต่ละด้านเป็นร้อยละ ด้านที่ประเมินไม่ได้ไม่นับทั้งตัวตั้งและน้ำหนัก"
    return f"{told}  เกรด: {letters}{note}"


def list_counted() -> list[str]:
    """Say of each component what is counted; of timeliness also that no due day is known, where none is."""
    grading = load_grading()
    told = [f"{one.name}: {one.counted}" for one in grading.components]
    if not grading.due:
        told[-1] += f" - ยังไม่ประเมิน ไม่มีกำหนดส่งใน specs/{GRADE_FILE}"
    return told


def say_grade(row: Mapping[Any, Any] | None) -> str:
    """Say a province's letter and score; a row of out_quality_grade, None where it has none.

    >>> say_grade({"grade": "B", "score": 84.25})
    'B ดี (84.2 จาก 100)'
    """
    if row is None:
        return "ยังไม่มีเกรด"
    names = {letter.letter: letter.name for letter in load_grading().letters}
    return f"{row['grade']} {names[row['grade']]} ({_down(row['score'])} จาก 100)"


def say_components(row: Mapping[Any, Any]) -> list[str]:
    """Say each component's share with what was counted of how many; a row of out_quality_grade."""
    told = []
    for one in load_grading().components:
        count, of, pct = (row[column] for column in COLUMNS[one.component])
        is_judged = pct is not None and pct == pct
        share = f"{_down(pct)} ({int(count):,} จาก {int(of):,})" if is_judged else "ไม่ประเมิน"
        told.append(f"{one.name} {share}")
    return told


def _down(value: float) -> str:
    """Write a share with one decimal, never rounded up: 99.96 is not 100, and no score is shown as a letter's bound.

    >>> _down(100.0), _down(99.96), _down(89.999)
    ('100.0', '99.9', '89.9')
    """
    return f"{int(value * 10 + 1e-6) / 10:.1f}"
