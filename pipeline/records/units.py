"""The unit of a column of figures: what its head says, against what the indicator's definition says."""

from __future__ import annotations

from functools import lru_cache

from pipeline.layout import Column
from pipeline.records.model import Extract
from pipeline.records.statistics import Named, Statistics
from pipeline.thai import Unit

_BAHT = "บาท"


def scale_of(table: Statistics, column: Column, named: Named) -> float:
    """By what a value is multiplied to be in the definition's unit: 1 but between stated units of money."""
    stated, wanted = _stated_money(table, column), _money(table, named.unit)
    if stated is None or wanted is None or not named.is_named or stated.baht == wanted.baht:
        return 1
    return _ratio(stated, wanted)


@lru_cache(maxsize=64)
def _ratio(stated: Unit, wanted: Unit) -> float:
    """How many of one unit are in another."""
    return float(stated.baht / wanted.baht)


def _money(table: Statistics, unit: str | None) -> Unit | None:
    """A unit of money by its name."""
    return table.source.vocabulary.money_units.get(unit or "")


def _stated_money(table: Statistics, column: Column) -> Unit | None:
    """The unit of money that the column, or a title, states."""
    return _money(table, column.unit) or table.figures.table.unit


def tell_unit(table: Statistics, column: Column, names: dict[int, Named], extract: Extract) -> None:
    """Tell a unit that the head states otherwise than the definition, and money whose unit nothing states."""
    named = next((named for named in names.values() if named.is_named), None)
    if named is None or named.unit is None:
        return
    stated, money = column.unit, _money(table, named.unit)
    if stated and money is None and len({each.unit for each in names.values()}) == 1 and stated != named.unit:
        words = {"stated": stated, "unit": named.unit}
        extract.findings.append(table.at_head("indicator_unit_differs", column, **words))
    if money and _stated_money(table, column) is None and _BAHT not in column.name:
        told = any(finding.rule == "indicator_unit_assumed" for finding in extract.findings)
        if not told:
            extract.findings.append(table.at_head("indicator_unit_assumed", column, unit=named.unit))
