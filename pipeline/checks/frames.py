"""What the rules look at: a warehouse table or a check query, laid out once with a key a row.

Great Expectations is given the columns that its rules name and nothing else; text that is not listed as plain
reaches it as dots, so that neither its results nor its pages can hold the words.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import duckdb
import pandas as pd

from pipeline.checks.rules import PLACE_FIELDS, Rule
from pipeline.errors import SpecError
from pipeline.settings import SQL
from pipeline.specs import require

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

CHECKED_TABLES = frozenset(
    {
        "core_province",
        "core_project",
        "core_amount",
        "core_budget_line",
        "core_indicator",
        "core_indicator_definition",
        "quality_total",
    }
)

# A submission that another one replaced is kept, but nobody is asked to mend it.
_TABLE = "SELECT t.* FROM {name} AS t"
_TABLE_OF_FILES = (
    "SELECT t.*{province} FROM {name} AS t LEFT JOIN raw_file AS f USING (file_id){projects}"
    " WHERE f.status IS DISTINCT FROM 'superseded'{current}"
)
_PROJECTS = (
    " LEFT JOIN (SELECT project_id, any_value(province_code) AS province_code, any_value(is_current) AS is_current"
    " FROM core_project GROUP BY project_id) AS p USING (project_id)"
)


_BLIND_EXPECTATIONS = frozenset(
    {
        "expect_column_values_to_not_be_null",
        "expect_column_values_to_be_null",
        "expect_column_value_lengths_to_be_between",
        "expect_column_value_lengths_to_equal",
    }
)


@dataclass(frozen=True)
class Frame:
    """A table or query that is being checked, laid out in the temporary table `checked`.

    Attributes:
        name: as the rules name it.
        grain: what one row is.
        columns: each column's DuckDB type.
        rows: how many rows there are.
    """

    name: str
    grain: str
    columns: Mapping[str, str]
    rows: int

    def is_plain(self, column: str, *, plain_text: frozenset[str]) -> bool:
        """Tell whether a column's values may be shown: a number, a date, a truth, or text listed as plain."""
        return column in plain_text or self.columns[column].startswith(_PLAIN_TYPES)


_PLAIN_TYPES = (
    "DECIMAL",
    "DOUBLE",
    "FLOAT",
    "TINYINT",
    "SMALLINT",
    "INTEGER",
    "BIGINT",
    "HUGEINT",
    "UBIGINT",
    "DATE",
    "BOOLEAN",
)


def lay_rounding(connection: DuckDBPyConnection, rounding_baht: Mapping[str, float]) -> None:
    """Lay out how far rounding may move one amount, by its unit, for the check queries to join."""
    connection.execute("CREATE OR REPLACE TEMP TABLE check_rounding (unit VARCHAR, rounding_baht DOUBLE)")
    connection.executemany(
        "INSERT INTO check_rounding VALUES (?, ?)", [list(pair) for pair in rounding_baht.items()]
    )


def lay_frame(connection: DuckDBPyConnection, name: str, *, named_in: str) -> Frame:
    """Lay out one table or check query as `checked`, in a stable order, with row_key from 0.

    Args:
        connection: the warehouse.
        name: the table's, or that of the file sql/check_*.sql.
        named_in: the file and line that name it, for an error.

    Raises:
        SpecError: there is no such table or query, or the query does not run.
    """
    grain, sql = _source(connection, name, named_in)
    try:
        connection.execute(
            "CREATE OR REPLACE TEMP TABLE checked AS"
            f" SELECT row_number() OVER () - 1 AS row_key, * FROM (SELECT * FROM (\n{sql}\n) ORDER BY ALL)"
        )
    except duckdb.Error as error:
        raise SpecError(f"{name}.sql: {error}") from error
    described = connection.execute("DESCRIBE checked").fetchall()
    rows = connection.execute("SELECT count(*) FROM checked").fetchall()[0][0]
    return Frame(name=name, grain=grain, columns={row[0]: row[1] for row in described}, rows=rows)


def read_values(
    connection: DuckDBPyConnection, frame: Frame, rules: Sequence[Rule], *, plain_text: frozenset[str]
) -> pd.DataFrame:
    """Read what the rules look at: their columns, text that is not plain as dots, and one truth a condition.

    Returns:
        One row a row of the frame, in the order of row_key; column applies_CODE for each rule with a condition.

    Raises:
        SpecError: a condition is no SQL on the frame's columns.
    """
    columns = dict.fromkeys(column for rule in rules for column in rule.columns)
    shown = [_shown(frame, column, plain_text) for column in columns]
    for rule in rules:
        if rule.where is not None:
            _require_condition(connection, rule)
            shown.append(f"coalesce(({rule.where}), false) AS {condition_column(rule)}")
    if not shown:
        return pd.DataFrame(index=range(frame.rows))
    values: pd.DataFrame = connection.execute(f"SELECT {', '.join(shown)} FROM checked ORDER BY row_key").df()
    return values


def condition_column(rule: Rule) -> str:
    """Name the column that tells whether a rule's condition is met."""
    return f"applies_{rule.code}"


def read_rows(connection: DuckDBPyConnection, frame: Frame, keys: Sequence[int]) -> list[dict[str, Any]]:
    """Read the rows with these keys whole, with the file's path and the names of province and indicator."""
    failing = pd.DataFrame({"row_key": pd.Series(keys, dtype="int64")})
    extra, joins = _names(frame)
    connection.register("failing", failing)
    cursor = connection.execute(
        f"SELECT c.*{extra} FROM checked AS c JOIN failing USING (row_key){joins} ORDER BY row_key"
    )
    names = [column[0] for column in cursor.description or ()]
    rows = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
    connection.unregister("failing")
    return rows


def resolve_arguments(connection: DuckDBPyConnection, rule: Rule) -> dict[str, Any]:
    """Give a rule's arguments, each {select: SQL} replaced by the list of the query's first column.

    Raises:
        SpecError: the query does not run.
    """
    return {name: _resolve(connection, rule, value) for name, value in rule.arguments.items()}


def require_columns(frame: Frame, rule: Rule, *, plain_text: frozenset[str]) -> None:
    """Hold a rule to the columns that its table has, and to showing none that may hold personal data.

    Raises:
        SpecError: a column is missing; or it is free text, and the rule shows it or needs to read it.
    """
    told = {*filter(None, (rule.value_column,)), *(rule.placeholders - PLACE_FIELDS)}
    named = {*rule.columns, *told, *filter(None, (rule.cell_column,))}
    missing = sorted(named - set(frame.columns))
    require(not missing, rule.where_in_spec, f"{frame.name} has no column {', '.join(missing)}")
    read = set() if rule.expectation in _BLIND_EXPECTATIONS else set(rule.columns)
    hidden = sorted(column for column in told | read if not frame.is_plain(column, plain_text=plain_text))
    reason = "free text: it is never shown, and only its presence and length can be checked"
    require(not hidden, rule.where_in_spec, f"{', '.join(hidden)} is {reason}")


def _source(connection: DuckDBPyConnection, name: str, named_in: str) -> tuple[str, str]:
    """Give the grain and the SQL of a frame."""
    script = SQL / f"{name}.sql"
    if name.startswith("check_") and script.exists():
        sql = script.read_text(encoding="utf-8")
        return sql.splitlines()[0].removeprefix("-- "), sql
    require(name in CHECKED_TABLES, named_in, f"{name} is neither a core_ table nor a file sql/check_*.sql")
    found = connection.execute(
        "SELECT column_name FROM duckdb_columns() WHERE table_name = ?", [name]
    ).fetchall()
    columns = {row[0] for row in found}
    comment = connection.execute(
        "SELECT comment FROM duckdb_tables() WHERE table_name = ?", [name]
    ).fetchall()
    grain = str(comment[0][0] or name) if comment else name
    return grain, _table_sql(name, columns)


def _table_sql(name: str, columns: set[str]) -> str:
    if "file_id" not in columns:
        return _TABLE.format(name=name)
    if "project_id" in columns and "province_code" not in columns:
        current = " AND p.is_current IS DISTINCT FROM false"
        return _TABLE_OF_FILES.format(
            name=name, province=", p.province_code", projects=_PROJECTS, current=current
        )
    current = " AND t.is_current" if "is_current" in columns else ""
    return _TABLE_OF_FILES.format(name=name, province="", projects="", current=current)


def _shown(frame: Frame, column: str, plain_text: frozenset[str]) -> str:
    if frame.is_plain(column, plain_text=plain_text):
        return f'"{column}"'
    return f'repeat(\'•\', length("{column}"::VARCHAR)::BIGINT) AS "{column}"'


def _require_condition(connection: DuckDBPyConnection, rule: Rule) -> None:
    try:
        connection.execute(f"SELECT ({rule.where})::BOOLEAN FROM checked LIMIT 0")
    except duckdb.Error as error:
        raise SpecError(f"{rule.where_in_spec}: where: {error}") from error


def _names(frame: Frame) -> tuple[str, str]:
    """Give the extra columns, and their joins, that turn a row's codes into names."""
    extra, joins = "", ""
    if "file_id" in frame.columns:
        extra += ", f.path"
        joins += " LEFT JOIN raw_file AS f ON f.file_id = c.file_id"
    if "province_code" in frame.columns and "name_th" not in frame.columns:
        extra += ", coalesce(p.name_th, c.province_code, 'ทั้งประเทศ') AS province_name"
        joins += " LEFT JOIN core_province AS p ON p.province_code = c.province_code"
    if "indicator_code" in frame.columns and "name_th" not in frame.columns:
        extra += (
            ", coalesce(d.name_th, CASE WHEN c.indicator_code LIKE 'unnamed_%' THEN 'ตัวเลขในคอลัมน์นี้'"
            " ELSE c.indicator_code END) AS indicator_name"
        )
        joins += " LEFT JOIN core_indicator_definition AS d ON d.indicator_code = c.indicator_code"
    return extra, joins


def _resolve(connection: DuckDBPyConnection, rule: Rule, value: Any) -> Any:
    if not (isinstance(value, dict) and set(value) == {"select"}):
        return value
    try:
        return [row[0] for row in connection.execute(value["select"]).fetchall()]
    except duckdb.Error as error:
        raise SpecError(f"{rule.where_in_spec}: select: {error}") from error
