"""The rows of one province's views, found in what its brief has read already, without asking the warehouse again."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from pipeline.readings import OWN_ROWS, Reading, find_answer
from pipeline.trace.lineage import list_keys_of

AREA = "province_code"
# What is the same text in Python as in SQL, and what adds up to the same whoever adds it.
_WRITTEN_ALIKE = frozenset({"VARCHAR", "INTEGER", "BIGINT"})
_ADDED_EXACTLY = re.compile(r"INTEGER|BIGINT|HUGEINT|DECIMAL")
_PLAIN = re.compile(r'(?P<what>sum|any_value)\("?(?P<column>\w+)"?\)|count\(\*\)')
_Keys = tuple[str | None, ...]
_Rows = list[tuple[Any, ...]]


@dataclass(frozen=True)
class OwnRows:
    """Finds rows of views by their keys as text, where the province's rows of the view were read and are kept.

    Attributes:
        province_code: whose rows; of others, and of all where it is empty, nothing is known here.
        sorted_by: the rows of a view by the values of some keys; None where they cannot be told apart here.
    """

    province_code: str = ""
    sorted_by: dict[tuple[str, ...], dict[_Keys, _Rows] | None] = field(default_factory=dict)

    def find(self, view: str, keys: Mapping[str, str | None]) -> tuple[Reading, _Rows] | None:
        """Find the rows of a view that have these keys; None where that has to be asked of the warehouse.

        Args:
            view: the view.
            keys: names of its columns, and their values as SQL writes them.
        """
        names = tuple(keys)
        if keys.get(AREA, self.province_code) != self.province_code:
            return None
        reading = find_answer(OWN_ROWS.format(view=view), {AREA: self.province_code})
        if reading is None:
            return None
        if (view, *names) not in self.sorted_by:
            self.sorted_by[view, *names] = _sort(reading, names)
        rows = self.sorted_by[view, *names]
        found = None if rows is None else rows.get(tuple(keys.values()), [])
        # A row without the province among its keys may be another's.
        return None if found is None or not (found or AREA in keys) else (reading, found)

    def sum_rows(self, view: str, inside: str, keys: Mapping[str, str | None]) -> tuple[int, Any] | None:
        """Count rows and sum them up, where the sum is the same whoever adds; None where the warehouse has to say.

        Args:
            view: the view.
            inside: the sum, as SQL.
            keys: names of its columns, and their values as SQL writes them.
        """
        sums = _PLAIN.fullmatch(inside)
        is_settled = AREA in keys or set(keys) == set(list_keys_of(view))
        found = self.find(view, keys) if sums and is_settled else None
        if sums is None or found is None:
            return None
        reading, rows = found
        if sums["column"] is None:
            return len(rows), len(rows) or None
        place = reading.names.index(sums["column"])
        is_exact = sums["what"] == "sum" and _ADDED_EXACTLY.match(reading.types[place])
        if len(rows) > 1 and not is_exact:
            return None
        values = [row[place] for row in rows if row[place] is not None]
        total: Any = sum(values[1:], values[0]) if values else None
        return len(rows), total


def _sort(reading: Reading, names: tuple[str, ...]) -> dict[_Keys, _Rows] | None:
    places = [reading.names.index(name) for name in names]
    if not all(reading.types[place] in _WRITTEN_ALIKE for place in places):
        return None
    by_keys: dict[_Keys, _Rows] = defaultdict(list)
    for row in reading.rows:
        by_keys[tuple(None if row[place] is None else str(row[place]) for place in places)].append(row)
    return dict(by_keys)
