"""Which received files go back, and what was found in each: read from the warehouse."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline import store
from pipeline.findings import Finding
from pipeline.provinces import load_gazetteer
from pipeline.returns.model import SEVERITIES, Remark, Run, Task, load_words
from pipeline.workbook import column_index

if TYPE_CHECKING:
    import duckdb

ALL = "all"
# A file that another one replaced or repeats does not go back: what is asked stands in the one that counts.
_FILES = """
SELECT f.file_id, f.path, p.province_code, a.agency_name
FROM raw_file AS f
LEFT JOIN (
    SELECT file_id, CASE WHEN count(DISTINCT province_code) = 1 THEN any_value(province_code) END AS province_code
    FROM (SELECT file_id, province_code FROM core_project
          UNION ALL SELECT file_id, province_code FROM core_budget_line
          UNION ALL SELECT file_id, province_code FROM core_indicator)
    GROUP BY file_id) AS p USING (file_id)
LEFT JOIN (
    SELECT file_id, CASE WHEN count(DISTINCT agency_name) = 1 THEN any_value(agency_name) END AS agency_name
    FROM core_project GROUP BY file_id) AS a USING (file_id)
WHERE f.status IN ('loaded', 'refused')
  AND f.file_id IN (SELECT file_id FROM quality_issue
                    WHERE severity IN ('error', 'warning') AND NOT list_contains(?, rule))
ORDER BY f.path"""
_ISSUES = """
SELECT i.rule, i.severity, i.message_th, i.sheet, i.cell, i.value, i.province_code, coalesce(s.sheet_number, 0)
FROM quality_issue AS i LEFT JOIN raw_sheet AS s USING (file_id, sheet)
WHERE i.file_id = ? AND NOT list_contains(?, i.rule)"""
_TOTALS = """
SELECT sheet, cell, stated_baht, computed_baht, difference_baht FROM quality_total
WHERE file_id = ? AND difference_baht <> 0 ORDER BY sheet, cell, measure"""
_ROWS = "SELECT sheet, row_number, cells FROM raw_row WHERE file_id = ?"
_OR = " หรือ"
_AMOUNT = re.compile(r"-?[\d,]+\.\d\d")
_BAHT = re.compile(r"-?\d+\.\d\d")
_BRACKETS = re.compile(r" ?\([^()]*\)")
_Place = tuple[str | None, str | None]


def list_tasks(database: Path, folder: Path, run: Run, sources: Mapping[str, Path]) -> list[Task]:
    """List the files with a finding that is more than an information, each with the workbook to write.

    Args:
        database: the checked warehouse.
        folder: where returned workbooks go, a folder a province.
        run: what is said of the run.
        sources: the received files by id.
    """
    provinces = load_gazetteer().provinces
    with store.open_for_reading(database) as connection:
        rows = connection.execute(_FILES, [load_words()["not_for_offices"]]).fetchall()
    tasks: list[Task] = []
    taken: set[Path] = set()
    for file_id, path, code, agency in rows:
        province = provinces[code] if code else _named_province(path)
        slug = province.slug if province else ALL
        target = _free_target(folder / slug, path, file_id, taken)
        who = "  ".join(filter(None, (f"จังหวัด{province.name_th}" if province else "", agency)))
        source = sources.get(file_id)
        tasks.append(Task(run, database, source, file_id, path, who, slug, target))
    return tasks


def _named_province(path: str) -> Any:
    """The one province that a file's name or folders name."""
    gazetteer = load_gazetteer()
    codes = gazetteer.find_all(path)
    return gazetteer.provinces[next(iter(codes))] if len(codes) == 1 else None


def _free_target(folder: Path, path: str, file_id: str, taken: set[Path]) -> Path:
    """The workbook's place: the received name, with the file's id where another file of the folder has that name."""
    stem = Path(path).stem
    target = folder / f"{stem}.xlsx"
    if Path(str(target).lower()) in taken:
        target = folder / f"{stem} {file_id}.xlsx"
    taken.add(Path(str(target).lower()))
    return target


def load_remarks(connection: duckdb.DuckDBPyConnection, file_id: str) -> tuple[Remark, ...]:
    """The remarks on a file, the gravest first, then in the order of sheets, rows and columns."""
    totals: dict[_Place, list[str]] = {}
    for sheet, cell, stated, computed, difference in connection.execute(_TOTALS, [file_id]).fetchall():
        words = load_words()["note"]["computed"]
        text = words.format(stated=f"{stated:,}", computed=f"{computed:,}", difference=f"{difference:,}")
        totals.setdefault((sheet, cell), []).append(text)
    rows = connection.execute(_ISSUES, [file_id, load_words()["not_for_offices"]]).fetchall()
    issues = [(Finding(*row[:7]), row[7]) for row in rows]
    issues.sort(key=lambda issue: _order(*issue))
    return tuple(_remark(number, finding, totals) for number, (finding, _) in enumerate(issues, start=1))


def _order(finding: Finding, sheet_number: int) -> tuple[Any, ...]:
    """Sort by severity, sheet, row and column."""
    place = (finding.cell or "").split(":")[0]
    letters = "".join(sign for sign in place if sign.isalpha())
    digits = "".join(sign for sign in place if sign.isdecimal())
    return (
        SEVERITIES.index(finding.severity),
        sheet_number,
        int(digits or 0),
        column_index(letters) if letters.isascii() else 0,
        finding.rule,
        finding.message_th,
    )


def _remark(number: int, finding: Finding, totals: Mapping[_Place, list[str]]) -> Remark:
    """Word a finding for the office that sent the file."""
    words = load_words()
    message, todo = split_message(finding.message_th, finding.severity)
    told = totals.get((finding.sheet, finding.cell), []) if finding.cell else []
    # What the message says already is not said again.
    computed = [text for text in told if not all(amount in message for amount in _AMOUNT.findall(text))]
    return Remark(
        number=number,
        severity=finding.severity,
        sheet=finding.sheet,
        cell=finding.cell,
        value=_say_value(finding.value),
        message=message,
        todo=todo,
        computed="\n".join(dict.fromkeys(computed)) if computed else None,
        is_marked=words["severities"][finding.severity]["marks"] or finding.rule in words["marked_rules"],
    )


def _say_value(value: str | None) -> str | None:
    """Write an amount as people read it; any other value stays.

    >>> _say_value("2875600.00"), _say_value("2565"), _say_value("ประมาณ 5 แสน")
    ('2,875,600.00', '2565', 'ประมาณ 5 แสน')
    """
    return f"{Decimal(value):,}" if value and _BAHT.fullmatch(value) else value


def split_message(message: str, severity: str) -> tuple[str, str]:
    """Part what was found from what an office can do; where a message does not say it, its severity does."""
    words = load_words()
    found, todo = _split(message)
    found = _BRACKETS.sub(_for_office, found)
    if not todo:
        return found, str(words["severities"][severity]["todo"])
    choices = [choice for choice in todo.split(_OR) if not _is_for_analysts(choice)]
    if choices:
        return found, _OR.join(choices).removeprefix("หรือ").strip()
    return found, str(words["severities"]["info"]["todo"] if severity == "info" else words["ask"])


def _split(message: str) -> tuple[str, str]:
    """What was found, and what to do where the message says it."""
    found, _, todo = message.rpartition("  ")
    if found:
        return found.rstrip(), todo
    for begin in load_words()["todo_begins"]:
        found, gap, rest = message.partition(f" {begin}")
        if gap:
            return found.rstrip(), begin + rest
    return message, ""


def _is_for_analysts(text: str) -> bool:
    """Whether a text is about what an office does not have."""
    return any(word in text for word in load_words()["analyst_words"])


def _for_office(brackets: re.Match[str]) -> str:
    """What stands in brackets, unless it is about what an office does not have."""
    return "" if _is_for_analysts(brackets[0]) else brackets[0]


def load_rows(connection: duckdb.DuckDBPyConnection, file_id: str) -> dict[tuple[str, int], str]:
    """What the warehouse keeps of each row of a file, as JSON, by sheet and row number."""
    rows = connection.execute(_ROWS, [file_id]).fetchall()
    return {(sheet, number): cells for sheet, number, cells in rows}
