"""Whole forms drawn by hand: every amount found, nothing extra, and only the findings that they must give."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random
from types import ModuleType

import duckdb
import pytest

from tests.integration.workbooks import ingest_folder
from tests.messy import form_heads, form_plans, form_reports, form_rows, form_sheets
from tests.messy.form import Form, write_form
from tests.messy.score import compare


def _drawn(*rooms: ModuleType) -> dict[str, Callable[[Random], Form]]:
    """Every form of these rooms by name."""
    return {
        name: draw
        for room in rooms
        for name, draw in vars(room).items()
        if getattr(draw, "__module__", "") == room.__name__ and not name.startswith("_")
    }


FORMS = _drawn(form_heads, form_plans, form_reports, form_rows, form_sheets)


@pytest.fixture(scope="session")
def warehouse(
    build_once: Callable[[str, Callable[[Path], None]], Path],
) -> Iterator[duckdb.DuckDBPyConnection]:
    """All forms ingested once, each in a folder of its own."""

    def make(folder: Path) -> None:
        for name, draw in FORMS.items():
            write_form(draw(Random(name)), folder / "raw" / name)
        ingest_folder(folder / "raw", folder / "b.duckdb")[1].close()

    with duckdb.connect(str(build_once("messy_forms", make) / "b.duckdb"), read_only=True) as connection:
        yield connection


@pytest.mark.parametrize("name", FORMS)
def test_every_amount_is_found_and_nothing_extra(warehouse: duckdb.DuckDBPyConnection, name: str) -> None:
    form = FORMS[name](Random(name))
    missed, extra = compare(warehouse, form.truth, folder=name)
    assert (missed, extra) == ([], []), refusals(warehouse, name)
    rules = {rule for (rule,) in warehouse.execute(_RULES, [name + "/"]).fetchall()}
    assert form.rules <= rules
    assert not form.silent or rules <= form.rules


_RULES = "SELECT DISTINCT rule FROM quality_issue WHERE starts_with(path, ?)"


def refusals(warehouse: duckdb.DuckDBPyConnection, name: str) -> list[str]:
    """What was told of a form, to see why it was not read."""
    told = "SELECT message_th FROM quality_issue WHERE starts_with(path, ?)"
    return [text for (text,) in warehouse.execute(told, [name + "/"]).fetchall()]
