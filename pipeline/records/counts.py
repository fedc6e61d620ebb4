"""Counts that a sheet states, "รวม 32 โครงการ", against the records that it covers."""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import lru_cache

from pipeline.layout.model import NOTE, SECTION, SUBTOTAL, TOTAL
from pipeline.records.explain import load_totals, say_explanation
from pipeline.records.model import Extract
from pipeline.records.source import Source
from pipeline.records.spans import Span, list_readings
from pipeline.thai import squeeze, to_arabic_digits
from pipeline.workbook import address

_STATING = frozenset({TOTAL, SUBTOTAL, SECTION})
_NAMED_ROWS = 5


def read_counts(source: Source, counted: Collection[int], extract: Extract) -> None:
    """Add one row of counts for every count that a total, a subtotal, a section, a title or a note states.

    Args:
        source: the table.
        counted: the rows that are one of what is counted: projects and not their activities.
        extract: what the counts are added to; rows that were refused are not counted, and named.
    """
    pattern = _pattern(source.kind)
    if pattern is None:
        return
    table = source.table
    readings: dict[int, list[Span]] = {}
    whole = [(0, len(table.records))] if table.records else []
    for row in (*(row for row, _ in table.titles), *(r for r, role in table.roles.items() if role == NOTE)):
        readings[row] = whole
    readings |= list_readings(table)
    here = set(counted)
    for row, spans in readings.items():
        place = _find(source, row, pattern)
        if place is not None and spans:
            _add_count(source, (row, *place), spans, here, extract)


def _find(source: Source, row: int, pattern: re.Pattern[str]) -> tuple[int, int] | None:
    """The column and the number of the count that a row states."""
    cells = source.sheet.rows[row] if row < len(source.sheet.rows) else ()
    for index, cell in enumerate(cells):
        if isinstance(cell, str) and (found := pattern.search(to_arabic_digits(squeeze(cell)))):
            return index, int(found[1].replace(",", ""))
    return None


def _add_count(
    source: Source, place: tuple[int, int, int], spans: list[Span], counted: set[int], extract: Extract
) -> None:
    """Compare one stated count with the records that it may cover; the reading that proves it is taken."""
    row, index, stated = place
    records = source.table.records
    loaded = counted - extract.refused
    counts = {span: sum(each in loaded for each in records[span[0] : span[1]]) for span in spans}
    covered = next((span for span, count in counts.items() if count == stated), spans[0])
    refused = sorted(counted & extract.refused & set(records[covered[0] : covered[1]]))
    named = ", ".join(str(each + 1) for each in refused[:_NAMED_ROWS])
    extract.counts.append(
        {
            "sheet": source.sheet.name,
            "cell": address(row, index),
            "counted": source.kind,
            "stated_count": stated,
            "computed_count": counts[covered],
            "difference_count": stated - counts[covered],
            "province_code": source.province.value,
            "first_row": records[covered[0]] + 1,
            "last_row": records[covered[1] - 1] + 1,
            "explanation_th": say_explanation("count_missing", rows=named) if refused else None,
        }
    )


@lru_cache(maxsize=8)
def _pattern(kind: str) -> re.Pattern[str] | None:
    """What a stated count looks like in a table of a kind; None where nothing is counted."""
    words = load_totals()
    counted = words["counted"].get(kind)
    if not isinstance(counted, list):
        return None
    before = "|".join(re.escape(squeeze(str(word))) for word in sorted(words["count_words"], key=len)[::-1])
    after = "|".join(re.escape(squeeze(str(word))) for word in counted)
    return re.compile(rf"(?:{before})[:(]?(\d[\d,]*)(?:{after})")
