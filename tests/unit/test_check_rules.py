"""checks.yml: every rule says what a rule must say, and a wrong one is an error with its file and line."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest
import yaml

from pipeline import specs, store
from pipeline.checks import docs, findings, frames, rules
from pipeline.checks.near import lay_near_names
from pipeline.checks.rules import GROUPS, Rule, load_rules
from pipeline.errors import SpecError
from pipeline.gates import load_gates
from pipeline.grade import load_grading
from pipeline.previous import lay_previous
from pipeline.settings import SQL

BOOK = load_rules()
RULE = {
    "code": "a_rule",
    "group": "valid",
    "table": "core_amount",
    "title_th": "ต้องไม่ติดลบ",
    "expect": "expect_column_values_to_be_between",
    "arguments": {"column": "amount_baht", "min_value": 0},
    "severity": "error",
    "message_th": "พบ {value} บาท",
}
FORMS = [pytest.param(module, id=module.__name__) for module in (docs, findings)]


@pytest.fixture(scope="module")
def warehouse() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as connection:
        store.create_tables(connection)
        frames.lay_rounding(connection, BOOK.rounding_baht)
        lay_near_names(connection, load_gates())
        lay_previous(connection, None)
        yield connection


def write(folder: Path, *entries: object, **settings: object) -> Path:
    content = {
        "listed_rows": 10,
        "shown_rows": 2,
        "plain_text": ["measure"],
        "rounding_baht": {"บาท": 1},
        "tables_th": {"core_amount": "จำนวนเงิน"},
        "words_th": {},
        "rules": list(entries),
    }
    path = folder / "checks.yml"
    path.write_text(yaml.safe_dump(content | settings, allow_unicode=True, sort_keys=False), encoding="utf-8")
    return path


def test_there_are_rules_for_every_core_table_with_data() -> None:
    tables = {table for table, _ in BOOK.by_table()}
    assert {"core_province", "core_project", "core_amount", "core_budget_line", "core_indicator"} <= tables
    assert len(BOOK.rules) >= 45
    assert {rule.group for rule in BOOK.rules} == set(GROUPS)


def test_codes_are_no_codes_of_the_ingest() -> None:
    assert not {rule.code for rule in BOOK.rules} & set(specs.load_yaml("messages.yml"))


def test_every_check_query_is_used_and_says_its_grain() -> None:
    queries = {script.stem: script for script in SQL.glob("check_*.sql")}
    assert set(queries) == {table for table, _ in BOOK.by_table() if table.startswith("check_")}
    for script in queries.values():
        assert script.read_text(encoding="utf-8").startswith("-- one row per ")


@pytest.mark.parametrize("rule", BOOK.rules, ids=lambda rule: rule.code)
def test_rule_fits_the_warehouse_and_its_message_can_be_filled(
    warehouse: duckdb.DuckDBPyConnection, rule: Rule
) -> None:
    frame = frames.lay_frame(warehouse, rule.table, named_in=rule.where_in_spec)
    frames.require_columns(frame, rule, plain_text=BOOK.plain_text)
    frames.read_values(warehouse, frame, [rule], plain_text=BOOK.plain_text)
    frames.resolve_arguments(warehouse, rule)
    row = dict.fromkeys([*frame.columns, "path", "province_name", "indicator_name"])
    finding = findings.list_findings(rule, [row], book=BOOK, shows_value=True).iloc[0]
    assert "{" not in finding["message_th"]


@pytest.mark.parametrize("rule", BOOK.rules, ids=lambda rule: rule.code)
def test_message_says_what_to_do_in_thai(rule: Rule) -> None:
    assert "โปรด" in rule.message_th
    assert not rule.message_th.endswith(".")


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"severity": "fatal"}, "severity is expected to be one of error, warning, info"),
        ({"group": "odd"}, "group is expected to be one of complete, valid, unique"),
        ({"severity": None}, "severity is expected to be text"),
        ({"code": "A-Rule"}, "code is expected to be snake_case"),
        ({"arguments": ["amount_baht"]}, "arguments is expected to have names and values"),
        ({"message_th": "พบ {amount_baht:,.2f}"}, "is expected to be the bare name of a column"),
        ({"message_th": "พบ {value"}, "message_th"),
        ({"colour": "red"}, "colour is not known"),
        ({"table": "core_project"}, "core_project has no name in tables_th"),
    ],
)
def test_a_wrong_rule_is_an_error_with_file_and_line(
    tmp_path: Path, change: dict[str, object], expected: str
) -> None:
    path = write(tmp_path, RULE, RULE | {"code": "b_rule"} | change)
    lines = path.read_text(encoding="utf-8").splitlines()
    second = [number for number, line in enumerate(lines, start=1) if line.startswith("- code:")][1]
    with pytest.raises(SpecError, match=f"^checks.yml, line {second} .*{expected}"):
        load_rules(path)


@pytest.mark.parametrize("name", ["code", "group", "title_th", "expect", "severity", "message_th"])
def test_a_rule_that_lacks_something_is_an_error(tmp_path: Path, name: str) -> None:
    path = write(tmp_path, {key: value for key, value in RULE.items() if key != name})
    with pytest.raises(SpecError, match=rf"^checks.yml, line \d+ .*{name} is missing"):
        load_rules(path)


def test_a_code_that_is_taken_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(
        SpecError, match=r"^checks.yml, line \d+ \(a_rule\): this code is taken by checks.yml, line"
    ):
        load_rules(write(tmp_path, RULE, RULE))


def test_broken_yaml_is_an_error_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "checks.yml"
    path.write_text("listed_rows: 10\nrules: [a, b\nwords_th: {}\n", encoding="utf-8")
    with pytest.raises(SpecError, match=r"^checks.yml, line 3: "):
        load_rules(path)


@pytest.mark.parametrize("text", ["", "- a\n- b\n", "rules: []\n"])
def test_a_file_that_is_no_rule_book_is_an_error(tmp_path: Path, text: str) -> None:
    path = tmp_path / "checks.yml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(SpecError, match=r"^checks.yml, line 1: "):
        load_rules(path)


def test_a_missing_file_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(SpecError, match=r"^checks.yml: the file is missing"):
        load_rules(tmp_path / "checks.yml")


@pytest.mark.parametrize("name", ["listed_rows", "shown_rows"])
def test_a_limit_below_one_is_an_error(tmp_path: Path, name: str) -> None:
    with pytest.raises(SpecError, match=f"{name} is expected to be 1 or more"):
        load_rules(write(tmp_path, RULE, **{name: 0}))


def test_text_that_is_not_plain_reaches_the_engine_as_dots(warehouse: duckdb.DuckDBPyConnection) -> None:
    warehouse.execute(
        "INSERT INTO core_project (project_id, province_code, project_name, file_id, sheet, row_number) VALUES"
        " ('p', '64', 'นายสมมติ', 'f', 's', 5)"
    )
    rule = next(rule for rule in BOOK.rules if rule.code == "project_name_length_plausible")
    frame = frames.lay_frame(warehouse, "core_project", named_in="")
    values = frames.read_values(warehouse, frame, [rule], plain_text=BOOK.plain_text)
    warehouse.execute("DELETE FROM core_project")
    assert list(values["project_name"]) == ["•" * len("นายสมมติ")]


@pytest.mark.parametrize("module", [*FORMS, pytest.param(rules, id="rules")])
def test_examples_in_the_docstrings_hold(module: object) -> None:
    import doctest

    assert doctest.testmod(module).failed == 0  # type: ignore[arg-type]


def test_the_grade_counts_no_rule_that_asks_for_the_release_before() -> None:
    """Else the second release ever has another grade for every province, whose briefs are all made again."""
    compared = {
        path.stem
        for path in SQL.glob("check_*.sql")
        if "quality_previous" in path.read_text(encoding="utf-8")
    }
    counted = {component.rule_group for component in load_grading().components}
    found = [rule for rule in BOOK.rules if rule.table in compared]
    assert [rule.code for rule in found] == ["coverage_shrank"]
    assert not {rule.group for rule in found} & counted
