"""Projects and their words -> core_project_alignment and core_project_tag; each text is read once."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from pipeline import store
from pipeline.alignment.decide import UNSURE, Decision, Hit, decide, find_hits, list_tags, read_column
from pipeline.alignment.rules import Rules, load_rules
from pipeline.alignment.settled import Settled
from pipeline.settings import SQL
from pipeline.spool import Rows

if TYPE_CHECKING:
    import duckdb

_TEXTS = """
CREATE OR REPLACE TEMP TABLE align_text AS
SELECT row_number() OVER (ORDER BY name, support, plan_text, section_text) AS text_id, *
FROM (SELECT DISTINCT name, support, plan_text, section_text FROM align_project)"""
_LAID = (
    "text_id BIGINT, plan_id VARCHAR, item_code VARCHAR, how VARCHAR, words VARCHAR, candidates VARCHAR",
    "text_id BIGINT, tag_code VARCHAR, words VARCHAR",
    "line BIGINT, project_id VARCHAR, name VARCHAR, agency VARCHAR, province_code VARCHAR, plan_id VARCHAR, "
    "item_code VARCHAR, tags VARCHAR, told VARCHAR",
)
_DECISION, _TAG, _SETTLED = "align_decision", "align_tag", "align_settled"
_TAGS = """
INSERT INTO core_project_tag
SELECT p.project_id, g.tag_code, 'rule', g.words
FROM align_project AS p
JOIN align_text AS t USING (name, support, plan_text, section_text)
JOIN align_tag AS g USING (text_id)
WHERE p.project_id NOT IN (SELECT project_id FROM align_match WHERE settles = 'tags')
UNION ALL
SELECT m.project_id, unnest(string_split(s.tags, '|')), 'settled', NULL
FROM align_match AS m
JOIN align_settled AS s USING (line)
WHERE m.settles = 'tags' AND m.place = 1 AND s.tags != ''
ORDER BY ALL"""


def fill_alignment(connection: duckdb.DuckDBPyConnection, settled: Sequence[Settled]) -> list[Settled]:
    """Fill, or fill anew, core_project_alignment and core_project_tag.

    Args:
        connection: the warehouse that is being built.
        settled: the lines of alignment.csv.

    Returns:
        The lines that speak of no project.
    """
    rules = load_rules()
    _lay(connection, "align_project", words="|".join(re.escape(word) for word, _ in rules.words))
    connection.execute(_TEXTS)
    for table, columns in zip((_DECISION, _TAG, _SETTLED), _LAID, strict=True):
        connection.execute(f"CREATE OR REPLACE TEMP TABLE {table} ({columns})")
    _read_texts(connection, rules)
    store.append_records(connection, _SETTLED, [_settled_row(*line) for line in enumerate(settled)])
    _lay(connection, "align_match")
    connection.execute("DELETE FROM core_project_alignment")
    connection.execute(f"INSERT INTO core_project_alignment\n{_sql('align_fill')}")
    connection.execute("DELETE FROM core_project_tag")
    connection.execute(_TAGS)
    used = {line for (line,) in connection.execute("SELECT DISTINCT line FROM align_match").fetchall()}
    return [line for number, line in enumerate(settled) if number not in used]


def _lay(connection: duckdb.DuckDBPyConnection, name: str, **given: str) -> None:
    """Lay a query out as a temporary table of its name."""
    connection.execute(f"CREATE OR REPLACE TEMP TABLE {name} AS\n{_sql(name)}", given)


def _sql(name: str) -> str:
    """A query of the alignment."""
    return (SQL / f"{name}.sql").read_text(encoding="utf-8")


def _settled_row(number: int, line: Settled) -> dict[str, Any]:
    """One row of the lines of alignment.csv."""
    kept = ("project_id", "name", "agency", "province_code", "plan_id", "item_code", "told")
    tags = None if line.tags is None else "|".join(line.tags)
    return {"line": number, "tags": tags, **{name: getattr(line, name) for name in kept}}


def _read_texts(connection: duckdb.DuckDBPyConnection, rules: Rules) -> None:
    """Decide every distinct text, once."""
    texts = connection.execute(
        "SELECT text_id, name, support, plan_text, section_text FROM align_text ORDER BY text_id"
    ).fetchall()
    find = lru_cache(maxsize=1 << 16)(lambda text: find_hits(text, rules))
    decisions: list[tuple[int, str, Decision]] = []
    tags: list[tuple[int, str, str]] = []
    for text_id, name, support, *columns in texts:
        hits = choose_hits(find(name), find(support) if support else [])
        decisions += (
            (text_id, plan_id, _decide_plan(plan_id, columns, hits, rules)) for plan_id in rules.titles
        )
        tags += ((text_id, tag, "|".join(words)) for tag, words in list_tags(hits).items())
    store.append_rows(connection, _DECISION, Rows(_decision_columns(decisions)))
    names = ("text_id", "tag_code", "words")
    by_column: dict[str, Sequence[Any]] = {name: [row[n] for row in tags] for n, name in enumerate(names)}
    store.append_rows(connection, _TAG, Rows(by_column))


def choose_hits(of_name: list[Hit], of_support: list[Hit]) -> list[Hit]:
    """The rules that count: the name's, where it says anything of an item; else those of its other words too."""
    return of_name if any(hit.rule.items for hit in of_name) else [*of_name, *of_support]


def _decide_plan(plan_id: str, columns: Sequence[str], hits: list[Hit], rules: Rules) -> Decision:
    """Decide for one plan: its own column goes first, then the rules, if they are of this plan."""
    for text in columns:
        named = read_column(text, plan_id, rules) if text else None
        if named:
            return named
    return decide(hits, rules) if plan_id == rules.plan_id else Decision(None, UNSURE)


def _decision_columns(decisions: list[tuple[int, str, Decision]]) -> dict[str, Sequence[Any]]:
    """Decisions by column of the temporary table."""
    return {
        "text_id": [text_id for text_id, _, _ in decisions],
        "plan_id": [plan_id for _, plan_id, _ in decisions],
        "item_code": [decision.item_code for _, _, decision in decisions],
        "how": [decision.how for _, _, decision in decisions],
        "words": ["|".join(decision.words) or None for _, _, decision in decisions],
        "candidates": ["|".join(decision.candidates) or None for _, _, decision in decisions],
    }
