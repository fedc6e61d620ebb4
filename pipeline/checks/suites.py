"""The rules as Great Expectations suites: one validation a table, its failing rows by their key.

Importing Great Expectations takes long, so only start_engine does it, when a check stage runs.
"""

from __future__ import annotations

import os
import warnings
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import pandas as pd

from pipeline.checks.frames import condition_column
from pipeline.checks.rules import Rule
from pipeline.errors import SpecError
from pipeline.lazily import spared

# What only expectations about distributions use.
_FOR_DISTRIBUTIONS = ("scipy.stats", "altair")
# Named index columns would make the engine collect every failing row cell by cell, which takes minutes where many
# rows fail; without them it gives the frame's own index, which is the row_key that leads back to file, sheet and cell.
_COMPLETE = {
    "result_format": "COMPLETE",
    "partial_unexpected_count": 0,
    "return_unexpected_index_query": False,
}
_SEVERITY = {"error": "critical", "warning": "warning", "info": "info"}
_SEVERITY_TH = {"error": "ผิดแน่", "warning": "ควรตรวจ", "info": "ให้ทราบ"}


@dataclass(frozen=True)
class Engine:
    """Great Expectations, started, with nothing on disk and nothing sent anywhere.

    Attributes:
        gx: the package.
        context: the data context, which keeps suites and results in memory.
        run_time: when the run began; one for all its results.
    """

    gx: Any
    context: Any
    run_time: datetime


@dataclass(frozen=True)
class Outcome:
    """What one rule came to.

    Attributes:
        rule: the rule.
        holds: whether the data meets it.
        keys: the keys of the failing rows; empty for a rule about the whole table.
        observed: what a rule about the whole table saw.
        result: Great Expectations' own result, for its Data Docs.
    """

    rule: Rule
    holds: bool
    keys: Sequence[int]
    observed: Any
    result: Any


@dataclass(frozen=True)
class SuiteRun:
    """One table's suite, run.

    Attributes:
        name: the table's name.
        outcomes: one a rule, in the order of the rules.
        result: Great Expectations' result of the whole suite.
    """

    name: str
    outcomes: tuple[Outcome, ...]
    result: Any


def start_engine(run_time: datetime, tables: Sequence[str] = ()) -> Engine:
    """Import Great Expectations, with its usage statistics off.

    Args:
        run_time: when the run begins.
        tables: what will be validated; added one by one, the whole context would be written out again for each.
    """
    os.environ["GX_ANALYTICS_ENABLED"] = "false"
    with warnings.catch_warnings(), spared(_FOR_DISTRIBUTIONS):
        # great-expectations 1.24 imports sre_constants, which Python 3.11 deprecates.
        warnings.filterwarnings("ignore", message="module 'sre_", category=DeprecationWarning)
        import great_expectations as gx
        from great_expectations.data_context.types.base import DataContextConfig, InMemoryStoreBackendDefaults
    config = DataContextConfig(
        store_backend_defaults=InMemoryStoreBackendDefaults(init_temp_docs_sites=False),
        progress_bars={"globally": False, "metric_calculations": False},
        analytics_enabled=False,
    )
    context = gx.get_context(mode="ephemeral", project_config=config)
    context.data_sources.add_pandas(
        "warehouse", assets=[{"name": name, "type": "dataframe"} for name in tables]
    )
    return Engine(gx=gx, context=context, run_time=run_time)


def run_suite(
    engine: Engine,
    name: str,
    values: pd.DataFrame,
    *,
    grain: str,
    rules: Sequence[tuple[Rule, Mapping[str, Any]]],
) -> SuiteRun:
    """Validate one table against its rules.

    Args:
        engine: the started engine.
        name: the table's name, which becomes the suite's.
        values: what the rules look at, by row_key.
        grain: what one row is.
        rules: each rule with its arguments, queries resolved.

    Raises:
        SpecError: an expectation is not known, its arguments do not fit, or it cannot be computed.
    """
    expectations = [_expectation(engine, rule, arguments) for rule, arguments in rules]
    # Added one by one, all would be written out again for each.
    suite = engine.context.suites.add(
        engine.gx.ExpectationSuite(name=name, notes=grain, expectations=expectations)
    )
    asset = engine.context.data_sources.get("warehouse").get_asset(name)
    batch = asset.get_batch(asset.build_batch_request(options={"dataframe": values}))
    result = batch.validate(suite, result_format=_COMPLETE)
    by_code = {one.expectation_config.meta["code"]: one for one in result.results}
    outcomes = tuple(_outcome(rule, by_code[rule.code]) for rule, _ in rules)
    return SuiteRun(name=name, outcomes=outcomes, result=result)


def _expectation(engine: Engine, rule: Rule, arguments: Mapping[str, Any]) -> Any:
    from great_expectations.expectations.registry import get_expectation_impl
    from great_expectations.expectations.row_conditions import Column

    condition = {"row_condition": Column(condition_column(rule)) == True} if rule.where else {}  # noqa: E712
    try:
        return get_expectation_impl(rule.expectation)(
            **arguments,
            **condition,
            severity=_SEVERITY[rule.severity],
            description=f"{rule.title_th} · {_SEVERITY_TH[rule.severity]} · {rule.code}",
            meta={"code": rule.code},
        )
    except (ValueError, TypeError, engine.gx.exceptions.GreatExpectationsError) as error:
        raise SpecError(f"{rule.where_in_spec}: {rule.expectation}: {error}") from error


def _outcome(rule: Rule, result: Any) -> Outcome:
    if _raised(result.exception_info):
        raise SpecError(
            f"{rule.where_in_spec}: {rule.expectation} cannot be computed on columns of these types"
        )
    keys = [] if result.success else result.result.get("unexpected_index_list") or []
    return Outcome(
        rule=rule,
        holds=bool(result.success),
        keys=[int(key) for key in keys],
        observed=result.result.get("observed_value"),
        result=result,
    )


def _raised(information: Mapping[str, Any]) -> bool:
    """Tell whether an expectation raised; the engine keys what it says by metric where several did."""
    inner = [entry for entry in information.values() if isinstance(entry, Mapping)]
    return any(entry.get("raised_exception") for entry in (information, *inner))
