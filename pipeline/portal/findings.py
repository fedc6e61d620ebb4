"""The findings by rule, with the first places of each and the links to them."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

import duckdb

from pipeline.inspect.places import SheetPages, say_cell, say_place
from pipeline.portal.warehouse import read_rows

# Of each place its findings; the first places of each rule, of all provinces together or of each.
_PLACES = """
WITH asked AS (SELECT * REPLACE ({province} AS province_code) FROM quality_issue WHERE {province} IS NOT NULL),
place AS (
    SELECT province_code, rule, severity, file_id, path, sheet, cell, min(message_th) AS message_th,
           min(rule_group) AS rule_group, count(*) AS n
    FROM asked GROUP BY ALL
),
counted AS (
    SELECT *, sum(n) OVER by_rule AS findings, count(*) OVER by_rule AS places,
           row_number() OVER (PARTITION BY province_code, rule, severity
                              ORDER BY path NULLS FIRST, sheet NULLS FIRST, cell NULLS FIRST) AS place_order
    FROM place
    WINDOW by_rule AS (PARTITION BY province_code, rule, severity)
)
SELECT * FROM counted WHERE place_order <= {shown}
ORDER BY province_code, list_position(['error', 'warning', 'info'], severity), findings DESC, rule, place_order"""
_ALL = _PLACES.format(province="''", shown=5)
_EACH = _PLACES.format(province="province_code", shown=1)


@dataclass(frozen=True)
class Rule:
    """The findings of one rule.

    Attributes:
        rule: its code.
        severity: error, warning or info.
        findings: how many there are.
        example: the message of the first.
        group: of rules that it is of, or empty.
        shown: the first places: each file and sheet with its spots there and their links; a link is empty where no
            page shows it, and so is the spot of a finding that is about the whole sheet or file.
        more: how many places are not shown.
    """

    rule: str
    severity: str
    findings: int
    example: str
    group: str
    shown: tuple[tuple[str, tuple[tuple[str, str], ...]], ...]
    more: int


def read_rules(connection: duckdb.DuckDBPyConnection, pages: SheetPages) -> list[Rule]:
    """Every rule with findings, the gravest first."""
    return _read(connection, _ALL, pages).get("", [])


def read_rules_by_province(connection: duckdb.DuckDBPyConnection, pages: SheetPages) -> dict[str, list[Rule]]:
    """Each province's rules with findings, the gravest first, with the first place of each."""
    return _read(connection, _EACH, pages)


def _read(connection: duckdb.DuckDBPyConnection, sql: str, pages: SheetPages) -> dict[str, list[Rule]]:
    """Rules by province code."""
    places: dict[tuple[str, str, str], list[dict[str, Any]]] = defaultdict(list)
    for row in read_rows(connection, sql):
        places[row["province_code"], row["rule"], row["severity"]].append(row)
    rules: dict[str, list[Rule]] = defaultdict(list)
    for (province, _, _), rows in places.items():
        rules[province].append(_rule(rows, pages))
    return rules


def _rule(rows: list[dict[str, Any]], pages: SheetPages) -> Rule:
    """Put one rule together from its first places."""
    first = rows[0]
    spots: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for row in rows:
        link = pages.find(row["file_id"], row["sheet"], row["cell"])
        spots[say_place(row["path"], row["sheet"])].append((say_cell(row["cell"] or ""), link))
    return Rule(
        rule=first["rule"],
        severity=first["severity"],
        findings=int(first["findings"]),
        example=first["message_th"],
        group=first["rule_group"] or "",
        shown=tuple((where, tuple(found)) for where, found in spots.items()),
        more=first["places"] - len(rows),
    )
