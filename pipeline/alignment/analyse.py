"""The analyse stage: what the warehouse's names and projects mean, once the data is checked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline import store
from pipeline.alignment.settled import SETTLED_FILE, Settled
from pipeline.alignment.tables import fill_alignment
from pipeline.alignment.to_settle import TO_SETTLE_FILE, write_to_settle
from pipeline.findings import make_finding
from pipeline.reference import load_reference, resolve_all

_STAGE = "analyse"
_COUNTS = """
SELECT a.how, count(*)
FROM core_project_alignment AS a
JOIN core_project AS p USING (project_id)
WHERE p.is_current
GROUP BY a.how
ORDER BY a.how"""


@dataclass(frozen=True)
class Analysed:
    """What an analysis came to.

    Attributes:
        projects: projects that count, by how they were aligned: column, rule, settled or unsure.
        to_settle: lines of the file in which the unsure ones are settled.
    """

    projects: dict[str, int]
    to_settle: int


def analyse(database: Path, folder: Path, settled: Sequence[Settled]) -> Analysed:
    """Resolve names, align and tag every project, tell what could not be told, and list what is to be settled.

    What an earlier analysis left is replaced.

    Args:
        database: the warehouse that is being built; nobody else may have it open.
        folder: where the list of what is to be settled goes.
        settled: the lines of alignment.csv.

    Raises:
        SpecError: a file of specs/ is wrong; names file and line.
    """
    with store.open_for_writing(database) as connection:
        load_reference(connection)
        issues = resolve_all(connection)
        unmatched = fill_alignment(connection, settled)
        issues += _tell_lines(settled, unmatched)
        connection.execute("DELETE FROM quality_issue WHERE stage = ?", [_STAGE])
        rows = [{**issue, "stage": _STAGE} for issue in issues]
        store.append_records(connection, "quality_issue", rows)
        counts = dict(connection.execute(_COUNTS).fetchall())
        return Analysed(counts, write_to_settle(connection, folder / TO_SETTLE_FILE))


def _tell_lines(settled: Sequence[Settled], unmatched: Sequence[Settled]) -> list[dict[str, Any]]:
    """Word an error for each line that matches nothing, and one warning for those that nobody signed."""
    findings = [make_finding("alignment_unmatched", place=line.place, told=line.told) for line in unmatched]
    unsigned = [line for line in settled if not line.is_signed]
    if unsigned:
        count = f"{len(unsigned) - 1:,}"
        findings.append(make_finding("alignment_unsigned", place=unsigned[0].place, count=count))
    return [{**vars(finding), "file_id": None, "path": SETTLED_FILE} for finding in findings]
