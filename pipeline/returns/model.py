"""What goes into a returned workbook, and the words of specs/returns.yml."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from pipeline import specs

SEVERITIES = ("error", "warning", "info")


@dataclass(frozen=True)
class Run:
    """What all returned workbooks of a run say of it.

    Attributes:
        release: the release that they belong to.
        day: the day of the check.
        due: the day by which corrections are asked.
        is_sample: whether the data are the bundled sample.
    """

    release: str
    day: date
    due: date
    is_sample: bool


@dataclass(frozen=True)
class Task:
    """One received file to give back.

    Attributes:
        run: the run.
        database: the warehouse that says what was found.
        source: the received file; None where it is not there any more.
        file_id: its id.
        path: relative to RAW, personal data masked.
        who: its province and office, as far as they are known.
        slug: the folder of its province, or that of files of several or none.
        target: the workbook to write.
    """

    run: Run
    database: Path
    source: Path | None
    file_id: str
    path: str
    who: str
    slug: str
    target: Path


@dataclass(frozen=True)
class Remark:
    """One finding as an office reads it.

    Attributes:
        number: its place in the list, from 1.
        severity: error, warning or info.
        sheet: the sheet's name in the warehouse; None where the finding is about the whole file.
        cell: F12, 12:12 for a row; None where the finding is about the whole sheet.
        value: what stands there.
        message: what was found and what is expected.
        todo: what to do.
        computed: the stated total beside the computed one, where the cell is a total.
        is_marked: whether its cell is marked.
    """

    number: int
    severity: str
    sheet: str | None
    cell: str | None
    value: str | None
    message: str
    todo: str
    computed: str | None = None
    is_marked: bool = True


@dataclass(frozen=True)
class Returned:
    """What came of giving one file back.

    Attributes:
        slug: the folder under returns/.
        file_id: the received file.
        path: its path, personal data masked.
        name: the workbook's name in the folder; None where none was made.
        errors: findings of severity error.
        warnings: findings of severity warning.
        failure: why there is no copy with marks; None where there is one.
    """

    slug: str
    file_id: str
    path: str
    name: str | None
    errors: int
    warnings: int
    failure: str | None = None


@lru_cache(maxsize=1)
def load_words() -> dict[str, Any]:
    """Load specs/returns.yml.

    Raises:
        SpecError: a severity or the first sheet's name lacks.
    """
    words: dict[str, Any] = specs.load_yaml("returns.yml")
    for severity in SEVERITIES:
        entry = words["severities"].get(severity, {})
        specs.require(
            {"name", "fill", "border", "line", "marks", "todo"} <= entry.keys(),
            f"returns.yml: severities: {severity}",
            "name, fill, border, line, marks and todo",
        )
    specs.require("marked_rules" in words, "returns.yml: marked_rules", "a list of rules")
    specs.require(len(words["columns"]) == 7, "returns.yml: columns", "seven columns")
    return words


def count_remarks(remarks: tuple[Remark, ...]) -> dict[str, int]:
    """Count remarks by severity; a severity without any is 0."""
    return {severity: sum(remark.severity == severity for remark in remarks) for severity in SEVERITIES}
