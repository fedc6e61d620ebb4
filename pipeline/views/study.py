"""specs/study.yml and specs/districts.csv -> the tables that views read beside the data."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from pipeline import specs

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

SPEC, DISTRICTS = "study.yml", "districts.csv"
_PARTS = {
    "settings", "units", "summed_over_months", "parts", "peers", "chains", "kpi_words", "area_words", "rates",
}  # fmt: skip
Row = tuple[Any, ...]


@lru_cache(maxsize=1)
def load_study() -> dict[str, Any]:
    """Load specs/study.yml.

    Raises:
        SpecError: a part is missing or unknown.
    """
    study: dict[str, Any] = specs.load_yaml(SPEC)
    specs.require(set(study) == _PARTS, SPEC, f"exactly {', '.join(sorted(_PARTS))}")
    return study


def lay_study(connection: DuckDBPyConnection) -> None:
    """Fill, or fill anew, the tables that come from specs/study.yml and specs/districts.csv.

    Raises:
        SpecError: an entry lacks something, or is no number where it must be one.
    """
    study = load_study()
    for table, list_rows in _TABLES.items():
        rows = list(list_rows(study))
        connection.execute(f"DELETE FROM {table}")
        marks = ", ".join("?" for _ in rows[0])
        if len(rows) == 1:
            connection.execute(f"INSERT INTO {table} VALUES ({marks})", rows[0])
        else:
            _insert(connection, table, rows)


def _insert(connection: DuckDBPyConnection, table: str, rows: Sequence[Row]) -> None:
    """Insert rows in one statement, however many."""
    columns = [f"c{number}" for number in range(len(rows[0]))]
    lists = ", ".join(f"unnest(${column}) AS {column}" for column in columns)
    values = {column: [row[number] for row in rows] for number, column in enumerate(columns)}
    connection.execute(f"INSERT INTO {table} SELECT {lists}", values)


def _list_settings(study: Mapping[str, Any]) -> Iterator[Row]:
    for name, entry in study["settings"].items():
        where = f"{SPEC}: settings: {name}"
        fits = set(entry) == {"value", "note"} and isinstance(entry["value"], int | float)
        specs.require(fits and entry["value"] > 0, where, "value, a number above 0, and note")
        yield name, float(entry["value"]), entry["note"]


def _list_units(study: Mapping[str, Any]) -> Iterator[Row]:
    units = study["units"]
    for unit in dict.fromkeys([*units["additive"], *units["events"]]):
        yield unit, unit in units["additive"], unit in units["events"]


def _list_rates(study: Mapping[str, Any]) -> Iterator[Row]:
    for order, (pattern, entry) in enumerate(study["rates"].items(), start=1):
        specs.require(set(entry) == {"unit", "by", "per"}, f"{SPEC}: rates: {pattern}", "unit, by and per")
        yield order, pattern, entry["unit"], entry["by"], float(entry["per"])


def _list_parts(study: Mapping[str, Any]) -> Iterator[Row]:
    for total, parts in study["parts"].items():
        yield from ((total, part, "indicator") for part in parts)
    yield from ((code, code, "month") for code in study["summed_over_months"])


def _list_peer_variables(study: Mapping[str, Any]) -> Iterator[Row]:
    for order, (name, entry) in enumerate(study["peers"].items(), start=1):
        specs.require(
            {"name", "unit", "value"} <= set(entry), f"{SPEC}: peers: {name}", "name, unit and value"
        )
        times, is_log = float(entry.get("times", 1)), bool(entry.get("log", False))
        yield name, order, entry["name"], entry["unit"], entry["value"], entry.get("per"), times, is_log


def _list_steps(study: Mapping[str, Any]) -> Iterator[Row]:
    for order, (chain, entry) in enumerate(study["chains"].items(), start=1):
        names = [step["step"] for step in entry["steps"]]
        for place, step in enumerate(entry["steps"], start=1):
            of_step = step.get("of")
            where = f"{SPEC}: chains: {chain}: {step['step']}"
            specs.require(of_step is None or of_step in names[: place - 1], where, "of: a step before it")
            head = (chain, entry["name"], order, step["step"], step["name"], place)
            yield *head, step["value"], of_step


def _list_kpi_words(study: Mapping[str, Any]) -> Iterator[Row]:
    for kind, words in study["kpi_words"].items():
        yield from ((kind, word) for word in words)


def _list_districts(_: Mapping[str, Any]) -> Iterator[Row]:
    columns = ("district_code", "province_code", "name_th")
    for line in specs.load_csv(DISTRICTS, columns=columns):
        yield tuple(line[column] for column in columns)


_TABLES: Mapping[str, Callable[[Mapping[str, Any]], Iterator[Row]]] = {
    "core_setting": _list_settings,
    "core_unit": _list_units,
    "core_rate_base": _list_rates,
    "core_indicator_part": _list_parts,
    "core_peer_variable": _list_peer_variables,
    "core_chain_step": _list_steps,
    "core_word": _list_kpi_words,
    "core_district": _list_districts,
}
