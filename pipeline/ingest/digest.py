"""What is kept of a table's records to compare it with others: a digest, what they are about, and a document's sums."""

from __future__ import annotations

import hashlib
import marshal
from typing import Any

from pipeline.records import Extract, Source
from pipeline.records.model import Batch

# Where a record stands, and what differs with the container it came in.
_PLACE = frozenset({"letters", "row_number", "owner_row", "text", "source", "source_rank"})
# The last version of marshal that writes a value the same however often the object is shared.
_NO_REFERENCES = 2
_DIGITS = 32
UnitKey = tuple[int, str | None, str | None]


def digest_content(extract: Extract) -> str:
    """Digest what the records say, whatever file and cell they stand in."""
    digest = hashlib.sha256()
    for batch in extract.batches:
        for name in sorted(batch.columns.keys() - _PLACE):
            digest.update(f"{batch.table}|{batch.count}|{name}|".encode())
            digest.update(_serialised(batch.columns[name]))
    return digest.hexdigest()[:_DIGITS]


def _serialised(values: Any) -> bytes:
    """A column as bytes, the same for equal values; texts at once, days and the like as their text."""
    try:
        if isinstance(values, list):
            return "\x1f".join(values).encode("utf-8", errors="replace")
    except TypeError:
        pass
    try:
        return marshal.dumps(values, _NO_REFERENCES)
    except ValueError:
        return repr(values).encode(errors="replace")


def tell_about(source: Source, extract: Extract) -> tuple[str, frozenset[str]]:
    """Tell what the records are about: projects with their province, year and measures, or budget documents.

    Returns:
        A line for each, some more than once, and the subjects that lines begin with, as far as their last bar.
    """
    measures = ",".join(sorted({column.measure or "" for column in source.table.money}))
    lines: list[str] = []
    subjects: set[str] = set()
    for batch in extract.batches:
        if batch.table == "core_project":
            subjects |= _add_projects(batch, measures, lines)
        elif batch.table == "core_budget_line":
            documents = set(zip(batch.values("document"), batch.values("ministry"), strict=True))
            lines += [f"{name}|{ministry}" for name, ministry in sorted(documents) if name]
            subjects |= {name for name, _ in documents if name}
        elif batch.table == "core_feedback":
            years = set(zip(batch.values("province_code"), batch.values("fiscal_year_be"), strict=True))
            lines += [f"feedback|{code}|{year}" for code, year in sorted(years)]
            subjects |= {f"feedback|{code}" for code, _ in years}
    return "\n".join(lines), frozenset(subjects)


def _add_projects(batch: Batch, measures: str, lines: list[str]) -> set[str]:
    """Add a line for each project; returns the subjects that they begin with."""
    names = "\n".join(batch.values("project_name")).replace(" ", "").lower()
    code, year = batch.columns["province_code"], batch.columns["fiscal_year_be"]
    if not isinstance(code, list) and not isinstance(year, list):
        subject = f"{measures}|{code}|{year}"
        lines.append(f"{subject}|" + names.replace("\n", f"\n{subject}|"))
        return {subject}
    of_rows = zip(batch.values("province_code"), batch.values("fiscal_year_be"), strict=True)
    subjects = [f"{measures}|{code}|{year}" for code, year in of_rows]
    lines += map("|".join, zip(subjects, names.split("\n"), strict=True))
    return set(subjects)


def sum_units(extract: Extract) -> dict[UnitKey, int]:
    """Sum a budget document's amounts by year, ministry and budgetary unit, in satang."""
    sums: dict[UnitKey, int] = {}
    for batch in extract.batches:
        if batch.table == "core_budget_line":
            columns = [batch.values(name) for name in ("fiscal_year_be", "ministry", "budgetary_unit")]
            for key, satang in zip(zip(*columns, strict=True), batch.values("amount_satang"), strict=True):
                sums[key] = sums.get(key, 0) + satang
    return sums
