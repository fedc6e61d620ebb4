"""Check the warehouse: every rule of specs/checks.yml, its findings at their cells, and the Data Docs."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd

from pipeline.checks import docs, findings, frames, suites
from pipeline.checks.near import lay_near_names
from pipeline.checks.rules import SEVERITIES, Rule, RuleBook, load_rules
from pipeline.checks.tally import TALLY, tally_outcomes
from pipeline.gates import load_gates
from pipeline.previous import lay_previous
from pipeline.store import append, open_for_writing


@dataclass(frozen=True)
class CheckSummary:
    """What a check came to.

    Attributes:
        rules: how many rules were checked.
        failed_rules: how many of them do not hold.
        findings: by severity, how many findings they left.
        seconds: how long it took.
    """

    rules: int
    failed_rules: int
    findings: Mapping[str, int]
    seconds: float


@dataclass(frozen=True)
class _TableCheck:
    """One table, checked: for each rule that does not hold its findings, and the line on the front page."""

    findings: Mapping[Rule, pd.DataFrame]
    summary: docs.TableSummary


def run_checks(
    database: Path, docs_folder: Path, *, progress: Callable[[str], None], previous: Path | None = None
) -> CheckSummary:
    """Check the warehouse, put its findings into quality_issue and write the Data Docs.

    The findings of an earlier check are replaced; those of ingest stay. Nothing is blocked: what a finding of
    severity error means for publishing is the caller's to decide.

    Args:
        database: the warehouse that is being built; nobody else may have it open.
        docs_folder: where index.html and the pages go.
        progress: is told one line a table: counts and names, never a value.
        previous: the warehouse of the release before, with whose counts today's are compared; only read.

    Raises:
        SpecError: a rule or check query is wrong; names the file and, for a rule, the line.
    """
    started = time.perf_counter()
    book = load_rules()
    engine = suites.start_engine(datetime.now(UTC), list(book.tables_th))
    checked: dict[str, _TableCheck] = {}
    with open_for_writing(database) as connection:
        frames.lay_rounding(connection, book.rounding_baht)
        lay_near_names(connection, load_gates())
        lay_previous(connection, previous)
        connection.execute(f"DELETE FROM {TALLY}")
        for table, rules in book.by_table():
            checked[table] = _check_table(connection, table, rules, engine=engine, book=book)
            progress(_progress_line(table, checked[table].summary))
        by_rule = {rule: found for check in checked.values() for rule, found in check.findings.items()}
        _store(connection, list(by_rule.values()))
    docs.build_site(engine, docs_folder, summaries={table: check.summary for table, check in checked.items()})
    counts: Counter[str] = Counter()
    for rule, found in by_rule.items():
        counts[rule.severity] += len(found)
    return CheckSummary(
        rules=len(book.rules),
        failed_rules=len(by_rule),
        findings={severity: counts[severity] for severity in SEVERITIES},
        seconds=time.perf_counter() - started,
    )


def _check_table(
    connection: duckdb.DuckDBPyConnection,
    table: str,
    rules: Sequence[Rule],
    *,
    engine: suites.Engine,
    book: RuleBook,
) -> _TableCheck:
    frame = frames.lay_frame(connection, table, named_in=rules[0].where_in_spec)
    for rule in rules:
        frames.require_columns(frame, rule, plain_text=book.plain_text)
    values = frames.read_values(connection, frame, rules, plain_text=book.plain_text)
    arguments = [(rule, frames.resolve_arguments(connection, rule)) for rule in rules]
    run = suites.run_suite(engine, table, values, grain=frame.grain, rules=arguments)
    tally_outcomes(connection, frame, run.outcomes)
    broken = [outcome for outcome in run.outcomes if not outcome.holds]
    found = {outcome.rule: _list_findings(connection, frame, outcome, book=book) for outcome in broken}
    docs.keep_result(
        engine, run, samples={rule.code: _sample(rows, book.shown_rows) for rule, rows in found.items()}
    )
    summary = docs.TableSummary(
        name_th=book.tables_th[table],
        rows=frame.rows,
        rules=len(rules),
        broken=Counter(rule.severity for rule in found),
        findings=sum(len(rows) for rows in found.values()),
    )
    return _TableCheck(findings=found, summary=summary)


def _list_findings(
    connection: duckdb.DuckDBPyConnection, frame: frames.Frame, outcome: suites.Outcome, *, book: RuleBook
) -> pd.DataFrame:
    rule = outcome.rule
    if not outcome.keys:
        return findings.find_whole_table(rule, observed=outcome.observed, book=book)
    rows = frames.read_rows(connection, frame, outcome.keys[: book.listed_rows])
    column = rule.reported_column
    shows_value = column is not None and frame.is_plain(column, plain_text=book.plain_text)
    listed = findings.list_findings(rule, rows, book=book, shows_value=shows_value)
    if len(outcome.keys) <= book.listed_rows:
        return listed
    rest = findings.sum_up_rest(rule, failing=len(outcome.keys), listed=len(listed))
    return pd.concat([listed, rest], ignore_index=True)


def _sample(rows: pd.DataFrame, shown_rows: int) -> list[tuple[str, str]]:
    """Give the value and the place of the first findings, for the pages."""
    return [_value_and_place(row) for row in rows.head(shown_rows).to_dict("records")]


def _value_and_place(finding: Mapping[Any, Any]) -> tuple[str, str]:
    parts = [finding[name] for name in ("path", "sheet", "cell") if isinstance(finding[name], str)]
    value = finding["value"] if isinstance(finding["value"], str) else findings.EMPTY_TH
    return value, " › ".join(parts) or str(finding["province_code"] or findings.EMPTY_TH)


def _store(connection: duckdb.DuckDBPyConnection, found: Sequence[pd.DataFrame]) -> None:
    """Replace the findings of an earlier check, all or nothing."""
    connection.execute("BEGIN")
    connection.execute("DELETE FROM quality_issue WHERE stage = 'check'")
    for rows in found:
        append(connection, "quality_issue", rows)
    connection.execute("COMMIT")


def _progress_line(table: str, summary: docs.TableSummary) -> str:
    return (
        f"{table}: {summary.rules} กฎ {summary.rows:,} แถว "
        f"ไม่ผ่าน {sum(summary.broken.values())} กฎ ข้อค้นพบ {summary.findings:,} รายการ"
    )
