"""What differs between a submission and the one that it replaces, and between two extractions of a document."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from pipeline.ingest.digest import UnitKey
from pipeline.thai import squeeze

NEAR_NAME_SCORE = 80
_MARKS = re.compile("[\u0e31\u0e34-\u0e3a\u0e47-\u0e4e\\s]")
# Texts of a project that are compared; province, year and name are what it is matched by.
_TEXTS = (
    "agency_name", "plan_group", "activity", "objective", "target", "target_group", "kpi", "area", "period_text",
    "fund_source", "expense_category", "note",
)  # fmt: skip
_COLUMN_OF = {"agency_name": "agency"}

Row = dict[str, Any]
CHANGE_COLUMNS = (
    "change", "subject", "field", "old_value", "new_value", "province_code", "fiscal_year_be", "earlier_file_id",
    "earlier_sheet", "earlier_row_number", "file_id", "sheet", "row_number",
)  # fmt: skip


@dataclass(frozen=True)
class Project:
    """One project of a submission with its amounts in satang, by measure, period, part and year."""

    row: Row
    amounts: dict[str, int | None] = field(default_factory=dict)

    @property
    def group(self) -> tuple[Any, Any]:
        """The province and the year, which never differ between two readings of one project."""
        return self.row["province_code"], self.row["fiscal_year_be"]

    @property
    def key(self) -> tuple[Any, ...]:
        """What it is matched by: province, year and name."""
        return (*self.group, squeeze(self.row["project_name"]))


def compare_submissions(before: list[Project], after: list[Project], texts: Sequence[str]) -> list[Row]:
    """List every project that came, went or changed between a submission and the one that replaces it.

    Projects are matched by province, year and name, equal amounts first; those left over, by equal amounts and a
    near name. Every project of either is matched or listed.

    Args:
        before: the projects of the submission that is replaced.
        after: those of the one that replaces it.
        texts: the columns of core_project to compare.

    Returns:
        Rows of quality_change without their files.
    """
    pairs = _match(before, after)
    matched_before = {id(old) for old, _ in pairs}
    matched_after = {id(new) for _, new in pairs}
    changes = [change for old, new in pairs for change in _changes(old, new, texts)]
    changes += [_change("removed", old, None) for old in before if id(old) not in matched_before]
    changes += [_change("added", None, new) for new in after if id(new) not in matched_after]
    return changes


def compare_documents(
    earlier: Mapping[UnitKey, int], later: Mapping[UnitKey, int]
) -> tuple[list[Row], list[dict[str, str]]]:
    """List the units on which two extractions of a budget document disagree in the year that it is of.

    Units are matched without vowel and tone marks and spaces, since one extraction may have moved them.

    Args:
        earlier: the sums of one by year, ministry and unit, in satang.
        later: those of the other.

    Returns:
        Rows of quality_change without their files, with both sums in baht; and for each ministry that has any the
        words of a finding.
    """
    year = _year_of(earlier)
    ours, names = _sums(earlier, year)
    theirs, other_names = _sums(later, year)
    names = {**other_names, **names}
    rows = [
        {
            "change": "conflict",
            "subject": " › ".join(names[unit]),
            "field": "amount_baht",
            "old_value": _baht(ours.get(unit)),
            "new_value": _baht(theirs.get(unit)),
            "fiscal_year_be": year,
        }
        for unit in sorted(ours.keys() | theirs.keys(), key=lambda unit: names[unit])
        if ours.get(unit) != theirs.get(unit)
    ]
    return rows, _told_by_ministry(rows, {unit: names[unit][0] for unit in ours.keys() | theirs.keys()})


def _told_by_ministry(rows: list[Row], ministries: dict[str, str]) -> list[dict[str, str]]:
    """The words of one finding a ministry."""
    units = Counter(ministries.values())
    told = []
    for ministry in sorted(units):
        own = [row for row in rows if row["subject"].partition(" › ")[0] == ministry]
        if own:
            differences = "; ".join(
                f"{row['subject'].partition(' › ')[2]} {row['old_value'] or 'ไม่มี'} กับ {row['new_value'] or 'ไม่มี'} บาท"
                for row in own
            )
            words = {"ministry": ministry, "count": str(len(own)), "units": str(units[ministry])}
            told.append({**words, "year": str(own[0]["fiscal_year_be"]), "difference": differences})
    return told


def _match(before: list[Project], after: list[Project]) -> list[tuple[Project, Project]]:
    """Pair projects: equal key and amounts, then equal key, then equal amounts and a near name."""
    pairs: list[tuple[Project, Project]] = []
    left, right = before, after
    for signature in (lambda one: (*one.key, str(one.amounts)), lambda one: one.key):
        waiting: dict[tuple[Any, ...], list[Project]] = {}
        for new in right:
            waiting.setdefault(signature(new), []).append(new)
        found = [(old, queue.pop(0)) for old in left if (queue := waiting.get(signature(old)))]
        pairs += found
        left, right = _rest(left, [old for old, _ in found]), _rest(right, [new for _, new in found])
    return sorted(pairs + _match_near(left, right), key=lambda pair: pair[0].row["row_number"])


def _match_near(left: list[Project], right: list[Project]) -> list[tuple[Project, Project]]:
    """Pair what is left by equal amounts, province and year and a near name, the nearest first."""
    candidates = [
        (-score, old.row["row_number"], new.row["row_number"], old, new)
        for old in left
        for new in right
        if old.group == new.group
        and old.amounts == new.amounts
        and (score := _nearness(old.key[2], new.key[2])) >= NEAR_NAME_SCORE
    ]
    pairs: list[tuple[Project, Project]] = []
    taken: set[int] = set()
    for *_, old, new in sorted(candidates, key=lambda candidate: candidate[:3]):
        if not {id(old), id(new)} & taken:
            pairs.append((old, new))
            taken |= {id(old), id(new)}
    return pairs


def _nearness(one: str, other: str) -> float:
    """How near two names are, 0 to 100; a name that was cut off is as near as can be to the whole."""
    from rapidfuzz import fuzz

    if one.startswith(other) or other.startswith(one):
        return 100.0
    return float(fuzz.ratio(one, other))


def _rest(projects: list[Project], taken: Iterable[Project]) -> list[Project]:
    """The projects that are not yet paired."""
    known = {id(project) for project in taken}
    return [project for project in projects if id(project) not in known]


def common_texts(earlier: Iterable[str | None], later: Iterable[str | None]) -> tuple[str, ...]:
    """The texts of a project that both forms have a column for, by what their columns were read as."""
    fields = set(earlier) & set(later)
    return tuple(name for name in _TEXTS if _COLUMN_OF.get(name, name) in fields)


def _changes(old: Project, new: Project, texts: Sequence[str]) -> list[Row]:
    """Every field in which two readings of one project differ."""
    fields = [(name, old.row[name], new.row[name]) for name in ("project_name", *texts)]
    differing = [(name, was, now) for name, was, now in fields if squeeze(was or "") != squeeze(now or "")]
    differing += [
        (name, _baht(old.amounts.get(name)), _baht(new.amounts.get(name)))
        for name in sorted(old.amounts.keys() | new.amounts.keys())
        if old.amounts.get(name) != new.amounts.get(name)
    ]
    return [
        {**_change("changed", old, new), "field": name, "old_value": was, "new_value": now}
        for name, was, now in differing
    ]


def _change(change: str, old: Project | None, new: Project | None) -> Row:
    """One row of quality_change without its files; a project that came or went shows its amounts."""
    project = new or old
    assert project is not None
    return {
        "change": change,
        "subject": project.row["project_name"],
        "province_code": project.row["province_code"],
        "fiscal_year_be": project.row["fiscal_year_be"],
        "field": None,
        "old_value": _told_amounts(old) if new is None else None,
        "new_value": _told_amounts(new) if old is None else None,
        "earlier_row_number": old.row["row_number"] if old else None,
        "row_number": new.row["row_number"] if new else None,
    }


def _told_amounts(project: Project | None) -> str | None:
    """A project's amounts in words."""
    amounts = project.amounts if project else {}
    return ", ".join(f"{name} {_baht(amount) or 'ว่าง'}" for name, amount in amounts.items()) or None


def _year_of(units: Mapping[UnitKey, int]) -> int:
    """The year that a document is of: the one in which most of its units have money, the latest of several."""
    counts = Counter(year for year, _, _ in units)
    return max(counts, key=lambda year: (counts[year], year))


def _sums(units: Mapping[UnitKey, int], year: int) -> tuple[dict[str, int], dict[str, tuple[str, str]]]:
    """A document's amounts of one year by unit, in satang; and the names of each unit's ministry and unit."""
    sums: dict[str, int] = {}
    names: dict[str, tuple[str, str]] = {}
    for (line_year, ministry, name), satang in units.items():
        if line_year == year:
            unit = "|".join(_MARKS.sub("", part or "").replace("ำ", "า") for part in (ministry, name))
            names.setdefault(unit, (ministry or "", name or ""))
            sums[unit] = sums.get(unit, 0) + satang
    return sums, names


def _baht(satang: int | None) -> str | None:
    """Satang as baht in words."""
    return None if satang is None else f"{satang // 100:,}.{satang % 100:02d}"
