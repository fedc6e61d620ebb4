"""How sure each decision about a table is and why; a table is as sure as the least sure of those that matter."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from pipeline import specs
from pipeline.context import Answer
from pipeline.ingest.beside.rulings import Rulings
from pipeline.ingest.kinds import load_kinds
from pipeline.layout import Column, Table
from pipeline.layout.headers import is_number
from pipeline.layout.model import HEADER, NOTE, RECORD, SECTION, SUBTOTAL, TITLE, TOTAL
from pipeline.records import Extract, Source
from pipeline.workbook import column_letters

_BY_WORDS = (HEADER, TOTAL, SUBTOTAL, NOTE)
_BY_PLACE = (TITLE, RECORD, SECTION)
COLUMNS_DECIDE = "คอลัมน์ของตาราง"


@dataclass(frozen=True)
class Decision:
    """One thing that was decided about a table.

    Attributes:
        what: header, kind, column, unit, province, year, stage or roles.
        value: as what it was decided.
        confidence: 0 to 1, by what gave it; see specs/confidence.yml.
        why: what gave it, in words.
        matters: whether the table's records stand on it.
        more: what else the decision says: of a column its letter, head, year, period, category and unit.
    """

    what: str
    value: Any
    confidence: float
    why: str
    matters: bool = True
    more: dict[str, Any] = field(default_factory=dict)

    def as_dict(self) -> dict[str, Any]:
        """The decision as raw_table keeps it."""
        return {
            "what": self.what,
            "value": self.value,
            "confidence": self.confidence,
            "why": self.why,
            **{key: value for key, value in self.more.items() if value is not None},
        }


@lru_cache(maxsize=1)
def load_levels() -> dict[str, tuple[float, str]]:
    """Load specs/confidence.yml.

    Raises:
        SpecError: a level is no number from 0 to 1, or says nothing.
    """
    levels = {}
    for name, entry in specs.load_yaml("confidence.yml").items():
        where = f"confidence.yml: {name}"
        specs.require(isinstance(entry.get("level"), int | float), where, "a level from 0 to 1")
        specs.require(0 <= entry["level"] <= 1 and entry.get("told"), where, "a level from 0 to 1, and told")
        levels[name] = (float(entry["level"]), str(entry["told"]))
    return levels


def decide_layout(table: Table, rulings: Rulings, *, series: Collection[int] = ()) -> list[Decision]:
    """How sure a table's head and columns are.

    Args:
        table: the layout.
        rulings: what overrides.csv says of it.
        series: indexes of columns whose indicator is known.
    """
    given = next(iter(rulings.of("header")), None)
    known = sum(_is_known(column, series) for column in table.columns)
    is_read = known == len(table.columns)
    name = "override" if given or table.form_name else "heads_known" if is_read else "heads_partly"
    told = given.told if given else table.form_name or f"{known}/{len(table.columns)}"
    head = Decision("header", [row + 1 for row in table.header.rows], *_say(name, told))
    return [head, *(_column(column, table, series) for column in table.columns)]


def decide_all(
    source: Source, rulings: Rulings, extract: Extract, matched: Collection[int]
) -> list[Decision]:
    """How sure everything about a table is, once its records are read.

    Args:
        source: the table with what was decided.
        rulings: what overrides.csv says of it.
        extract: its records, for the totals that prove them; empty where it was refused.
        matched: indexes of columns whose indicator is known.
    """
    asked = next(iter(rulings.of("kind")), None)
    kind = _say("override", asked.told) if asked else _say("kind_fields")
    decisions = [
        *decide_layout(source.table, rulings, series=matched),
        Decision("kind", source.kind, *kind),
        *_units(source, rulings),
        _spelt(_answer("province", source.province), source.province),
        _answer("year", source.year),
    ]
    if source.kind == "budget_line" and source.stage.value:
        decisions.append(_answer("stage", source.stage))
    needed = _needed(source.kind)
    decisions = [_weighed(decision, needed) for decision in decisions]
    return [*decisions, _roles(source, extract)]


def least_sure(decisions: list[Decision]) -> float:
    """How sure the least sure decision is, of those that matter."""
    return min((decision.confidence for decision in decisions if decision.matters), default=0.0)


def _say(name: str, detail: str = "") -> tuple[float, str]:
    """The level and the words of what gave a decision."""
    level, told = load_levels()[name]
    return level, told.format(detail=detail)


def _is_known(column: Column, series: Collection[int]) -> bool:
    """Whether anything is known of a column."""
    return bool(column.field or column.measure or column.is_percent or column.index in series)


def _column(column: Column, table: Table, series: Collection[int]) -> Decision:
    """How sure a column's meaning is."""
    given = table.meanings.get(column.index)
    deciding = next(
        (heading for heading in reversed(column.headings) if heading.field or heading.measure), None
    )
    if given:
        confidence, why = _say("override", given.why)
    elif column.is_percent:
        confidence, why = _say("percent")
    elif column.index in series:
        confidence, why = _say("indicator")
    elif column.stage_by:
        confidence, why = _say("title_word", column.stage_by)
    elif deciding:
        confidence, why = _say("exact_word" if deciding.is_exact else "part_of_word", deciding.text)
    else:
        confidence, why = _say("neighbour" if column.measure or column.field else "unknown")
    more = {
        "cell": column_letters(column.index),
        "head": column.name,
        "measure": column.measure,
        "year": column.year_be,
        "period": column.period if column.measure or column.period != "year" else None,
        "category": column.category,
        "unit": column.unit,
    }
    value = (
        column.measure
        or column.field
        or ("percent" if column.is_percent else "value" if column.index in series else None)
    )
    return Decision("column", value, confidence, why, matters=bool(column.measure), more=more)


@lru_cache(maxsize=8)
def _needed(kind: str) -> frozenset[str]:
    """The fields that a kind cannot do without."""
    entry = next(entry for entry in load_kinds() if entry["kind"] == kind)
    return frozenset([*entry["needs"], *entry.get("any_of", ()), *entry.get("instead", {}).values(), "value"])


def _weighed(decision: Decision, needed: frozenset[str]) -> Decision:
    """A column's decision, told whether the records stand on it."""
    if decision.what != "column" or decision.matters or decision.value not in needed:
        return decision
    return Decision(
        decision.what, decision.value, decision.confidence, decision.why, matters=True, more=decision.more
    )


def _units(source: Source, rulings: Rulings) -> list[Decision]:
    """How sure the unit of each column of money is."""
    decisions = []
    for column in source.table.money:
        unit, how = source.unit_of(column)
        line = next(
            (line for line in rulings.of("unit") if line.area.left <= column.index <= line.area.right), None
        )
        given = source.table.meanings.get(column.index)
        told = line.told if line else given.why if given and given.unit else None
        confidence, why = _say("override", told) if told else _say(f"unit_{how}")
        more = {"cell": column_letters(column.index)}
        decisions.append(Decision("unit", unit.name, confidence, why, more=more))
    return decisions


def _answer(what: str, answer: Answer) -> Decision:
    """How sure province, year or stage is, by the places that said it."""
    if answer.value is None:
        is_asked = COLUMNS_DECIDE in answer.where
        return Decision(
            what, None, *(_say("by_column") if is_asked else (0.0, "ไม่มีที่ใดบอก")), matters=is_asked
        )
    levels = load_levels()
    if len(answer.where) > 1:
        return Decision(what, answer.value, *_say("agreed", " · ".join(answer.where)))
    where = answer.where[0]
    name = next((name for name in levels if where.startswith(name)), "override")
    return Decision(what, answer.value, *_say(name, where))


def _spelt(decision: Decision, answer: Answer) -> Decision:
    """A province's decision, less sure where no place names it by its exact name."""
    if answer.value is None:
        return decision
    how = sorted({how for _, _, how in answer.spellings}) or ["exact"]
    if not answer.spellings:
        return Decision(decision.what, decision.value, decision.confidence, decision.why, more={"how": how})
    level, told = _say("spelling", ", ".join(f'"{spelling}"' for _, spelling, _ in answer.spellings))
    is_named = len({where for where, _, _ in answer.spellings}) < len(set(answer.where))
    level = 1.0 if is_named else level
    confidence, why = min(level, decision.confidence), f"{decision.why} · {told}"
    return Decision(decision.what, decision.value, confidence, why, more={"how": how})


def _all_numbered(source: Source) -> bool:
    """Whether every record has a running number."""
    column = source.table.fields.get("row_no")
    return column is not None and all(map(is_number, source.cells(column)))


def _roles(source: Source, extract: Extract) -> Decision:
    """How many rows have each role, and how sure that is: printed totals prove it, running numbers support it."""
    counts = Counter(source.table.roles.values())
    counts["refused"] = len(extract.refused)
    counts[RECORD] -= len(extract.refused & set(source.table.records)) if extract.refused else 0
    proved = sum(total["difference_satang"] == 0 for total in extract.totals)
    disproved = len(extract.totals) - proved
    if disproved:
        confidence, why = _say("rows_disproved", f"{disproved}/{len(extract.totals)}")
    elif proved:
        confidence, why = _say("rows_proved", str(proved))
    elif source.table.form_name and _all_numbered(source):
        confidence, why = _say("rows_known", source.table.form_name)
    else:
        confidence, why = _say("rows_numbered" if "row_no" in source.table.fields else "rows_placed")
    all_rows = sum(count for count in counts.values())
    shares = {
        "by_words": round(sum(counts[role] for role in _BY_WORDS) / max(all_rows, 1), 3),
        "by_place": round(sum(counts[role] for role in _BY_PLACE) / max(all_rows, 1), 3),
        "by_arithmetic": round(proved / max(len(extract.totals), 1), 3) if extract.totals else None,
    }
    return Decision(
        "roles",
        {role: count for role, count in sorted(counts.items()) if count},
        confidence,
        why,
        more=shares,
    )
