"""What is kept of a table's records to compare it with others: a digest, what they are about, and a document's sums."""

from __future__ import annotations

import hashlib
import marshal
from typing import Any

from pipeline.records import Extract, Source

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


def list_keys(source: Source, extract: Extract) -> list[str]:
    """List what the records are about: projects with their province, year and measures, or budget documents."""
    measures = ",".join(sorted({column.measure or "" for column in source.table.money}))
    keys: dict[str, None] = {}
    for batch in extract.batches:
        if batch.table == "core_project":
            names = "\n".join(batch.values("project_name")).replace(" ", "").lower().split("\n")
            about = zip(batch.values("province_code"), batch.values("fiscal_year_be"), names, strict=True)
            keys |= dict.fromkeys(f"{measures}|{code}|{year}|{name}" for code, year, name in about)
        elif batch.table == "core_budget_line":
            documents = set(zip(batch.values("document"), batch.values("ministry"), strict=True))
            keys |= dict.fromkeys(f"{name}|{ministry}" for name, ministry in sorted(documents) if name)
        elif batch.table == "core_feedback":
            about_briefs = set(
                zip(batch.values("province_code"), batch.values("fiscal_year_be"), strict=True)
            )
            keys |= dict.fromkeys(f"feedback|{code}|{year}" for code, year in sorted(about_briefs))
    return list(keys)


def sum_units(extract: Extract) -> dict[UnitKey, int]:
    """Sum a budget document's amounts by year, ministry and budgetary unit, in satang."""
    sums: dict[UnitKey, int] = {}
    for batch in extract.batches:
        if batch.table == "core_budget_line":
            columns = [batch.values(name) for name in ("fiscal_year_be", "ministry", "budgetary_unit")]
            for key, satang in zip(zip(*columns, strict=True), batch.values("amount_satang"), strict=True):
                sums[key] = sums.get(key, 0) + satang
    return sums
