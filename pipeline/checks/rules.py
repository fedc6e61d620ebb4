"""The rules of specs/checks.yml: read and held to what a rule must say, before any data is looked at."""

from __future__ import annotations

import string
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from pipeline.errors import SpecError
from pipeline.settings import SPECS
from pipeline.specs import require

CHECKS = SPECS / "checks.yml"
SEVERITIES = ("error", "warning", "info")
GROUPS = ("complete", "valid", "unique", "consistent", "plausible", "reconciled")
PLACE_FIELDS = frozenset({"value", "path", "sheet", "cell", "province_name", "indicator_name"})

_REQUIRED = frozenset({"code", "group", "table", "title_th", "expect", "severity", "message_th"})
_OPTIONAL = frozenset({"arguments", "where", "cell", "value"})
_SETTINGS = frozenset(
    {"listed_rows", "shown_rows", "plain_text", "rounding_baht", "tables_th", "words_th", "rules"}
)
_COLUMN_ARGUMENTS = ("column", "column_A", "column_B")


@dataclass(frozen=True, eq=False)
class Rule:
    """One rule: an expectation of one table or check query, and what to tell the reader where it fails.

    Attributes:
        code: stable English name, as in quality_issue.rule.
        group: complete, valid, unique, consistent, plausible or reconciled.
        table: a warehouse table, or the name of a file pipeline/sql/check_*.sql.
        title_th: what must hold, in Thai, for the Data Docs.
        expectation: Great Expectations' name of the expectation.
        arguments: its arguments; one given as {select: SQL} is the list of that query's first column.
        severity: error, warning or info.
        message_th: what was found, what is expected, what to do; {column} stands for the row's value.
        where: SQL condition on the row; the rule holds for the rows that meet it, None for all.
        cell_column: the column with the cell to point at; None for cell, else the whole row.
        value_column: the column whose value is reported; None for the first column that is checked.
        where_in_spec: the file and line of the rule, for an error.
    """

    code: str
    group: str
    table: str
    title_th: str
    expectation: str
    arguments: Mapping[str, Any]
    severity: str
    message_th: str
    where: str | None
    cell_column: str | None
    value_column: str | None
    where_in_spec: str

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns that the expectation looks at; none for one about the whole table."""
        single = [self.arguments[name] for name in _COLUMN_ARGUMENTS if name in self.arguments]
        return (*single, *self.arguments.get("column_list", ()))

    @property
    def reported_column(self) -> str | None:
        """The column whose value goes into the finding; None for a rule about the whole table."""
        return self.value_column or next(iter(self.columns), None)

    @property
    def placeholders(self) -> frozenset[str]:
        """The names in braces in the message."""
        return frozenset(
            name for _, name, _, _ in string.Formatter().parse(self.message_th) if name is not None
        )


@dataclass(frozen=True)
class RuleBook:
    """All of checks.yml.

    Attributes:
        rules: in the order of the file.
        listed_rows: findings that one rule may leave; the rows beyond are counted in one finding.
        shown_rows: failing rows of one rule that the Data Docs show.
        plain_text: text columns whose words may be shown; of any other only its length is known.
        rounding_baht: by unit of money, how far rounding may move one printed amount.
        tables_th: by table, what it holds, in Thai, for the Data Docs.
        words_th: by column, the Thai for a code in it.
    """

    rules: tuple[Rule, ...]
    listed_rows: int
    shown_rows: int
    plain_text: frozenset[str]
    rounding_baht: Mapping[str, float]
    tables_th: Mapping[str, str]
    words_th: Mapping[str, Mapping[str, str]]

    def by_table(self) -> Iterator[tuple[str, tuple[Rule, ...]]]:
        """Give each table with its rules, in the order of the file."""
        for table in dict.fromkeys(rule.table for rule in self.rules):
            yield table, tuple(rule for rule in self.rules if rule.table == table)


def load_rules(path: Path = CHECKS) -> RuleBook:
    """Read the rules and hold each to what a rule must say.

    Raises:
        SpecError: the file is missing or no YAML, or a rule lacks something; names the file and the line.
    """
    content, lines = _read(path)
    where = f"{path.name}, line 1"
    require(
        set(content) == _SETTINGS,
        where,
        f"exactly these settings are expected: {', '.join(sorted(_SETTINGS))}",
    )
    require(len(lines) == len(content["rules"]), where, "rules is expected to be a list")
    rules = tuple(
        _rule(entry, f"{path.name}, line {line}") for entry, line in zip(content["rules"], lines, strict=True)
    )
    _require_unique(rules)
    for rule in rules:
        require(
            rule.table in content["tables_th"], rule.where_in_spec, f"{rule.table} has no name in tables_th"
        )
    for name in ("listed_rows", "shown_rows"):
        require(
            isinstance(content[name], int) and content[name] > 0, where, f"{name} is expected to be 1 or more"
        )
    return RuleBook(
        rules=rules,
        listed_rows=content["listed_rows"],
        shown_rows=content["shown_rows"],
        plain_text=frozenset(content["plain_text"]),
        rounding_baht=content["rounding_baht"],
        tables_th=content["tables_th"],
        words_th=content["words_th"],
    )


def _read(path: Path) -> tuple[dict[str, Any], list[int]]:
    """Read the file, and the line on which each entry of rules begins, which plain loading forgets."""
    require(path.exists(), path.name, "the file is missing")
    loader = yaml.CSafeLoader(path.read_text(encoding="utf-8"))
    try:
        root = loader.get_single_node()
        if not isinstance(root, yaml.MappingNode):
            raise SpecError(f"{path.name}, line 1: settings with names are expected")
        content: dict[str, Any] = loader.construct_document(root)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise SpecError(f"{path.name}, line {line}: {error.problem}") from error
    finally:
        loader.dispose()
    entries = next((value for key, value in root.value if key.value == "rules"), None)
    nodes = entries.value if isinstance(entries, yaml.SequenceNode) else []
    return content, [node.start_mark.line + 1 for node in nodes]


def _rule(entry: Any, where: str) -> Rule:
    require(isinstance(entry, dict), where, "a rule with names and values is expected")
    where = f"{where} ({entry.get('code', '?')})"
    lacking, unknown = _REQUIRED - set(entry), set(entry) - _REQUIRED - _OPTIONAL
    require(not lacking, where, f"{', '.join(sorted(lacking))} is missing")
    require(not unknown, where, f"{', '.join(sorted(map(str, unknown)))} is not known")
    for name in (*_REQUIRED, *(_OPTIONAL - {"arguments"})):
        require(isinstance(entry.get(name, ""), str), where, f"{name} is expected to be text")
    require(
        isinstance(entry.get("arguments", {}), dict), where, "arguments is expected to have names and values"
    )
    require(
        entry["severity"] in SEVERITIES, where, f"severity is expected to be one of {', '.join(SEVERITIES)}"
    )
    require(entry["group"] in GROUPS, where, f"group is expected to be one of {', '.join(GROUPS)}")
    require(
        entry["code"].isidentifier() and entry["code"].islower(), where, "code is expected to be snake_case"
    )
    _require_plain_braces(entry["message_th"], where)
    return Rule(
        code=entry["code"],
        group=entry["group"],
        table=entry["table"],
        title_th=entry["title_th"],
        expectation=entry["expect"],
        arguments=entry.get("arguments", {}),
        severity=entry["severity"],
        message_th=entry["message_th"],
        where=entry.get("where"),
        cell_column=entry.get("cell"),
        value_column=entry.get("value"),
        where_in_spec=where,
    )


def _require_plain_braces(message: str, where: str) -> None:
    try:
        fields = [part for part in string.Formatter().parse(message) if part[1] is not None]
    except ValueError as error:
        raise SpecError(f"{where}: message_th: {error}") from error
    for _, name, format_spec, conversion in fields:
        is_plain = str(name).isidentifier() and not format_spec and conversion is None
        require(is_plain, where, f"message_th: {{{name}}} is expected to be the bare name of a column")


def _require_unique(rules: tuple[Rule, ...]) -> None:
    seen: dict[str, str] = {}
    for rule in rules:
        require(rule.code not in seen, rule.where_in_spec, f"this code is taken by {seen.get(rule.code)}")
        seen[rule.code] = rule.where_in_spec
