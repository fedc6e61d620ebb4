"""Whole forms drawn by hand: every amount found, nothing extra, and only the findings that they must give."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random
from types import ModuleType

import duckdb
import pytest

from tests.integration.workbooks import ingest_folder
from tests.messy import form_heads, form_plans, form_reports, form_rows, form_sheets, form_stages, form_words
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


FORMS = _drawn(form_heads, form_plans, form_reports, form_rows, form_sheets, form_stages, form_words)


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
    assert warehouse.execute(_WRONG_TOTALS, [name + "/"]).fetchall() == []
    rules = {rule for (rule,) in warehouse.execute(_RULES, [name + "/"]).fetchall()}
    assert form.rules <= rules
    assert not form.silent or rules <= form.rules


_WRONG_TOTALS = """
SELECT t.cell, t.difference_baht FROM quality_total AS t JOIN raw_file AS f USING (file_id)
WHERE starts_with(f.path, ?) AND t.difference_baht <> 0
"""
_RULES = "SELECT DISTINCT rule FROM quality_issue WHERE starts_with(path, ?)"


def refusals(warehouse: duckdb.DuckDBPyConnection, name: str) -> list[str]:
    """What was told of a form, to see why it was not read."""
    told = "SELECT message_th FROM quality_issue WHERE starts_with(path, ?)"
    return [text for (text,) in warehouse.execute(told, [name + "/"]).fetchall()]


SPOILING = (
    None,
    "รวม",
    "ลงชื่อ....",
    '"',
    "1.1",
    "(บาท)",
    "ยุทธศาสตร์ที่ 1",
    "- กิจกรรม",
    "หน้า 1/2",
    "แผน",
    "ผล",
    5,
    "#REF!",
)


def test_every_row_of_spoilt_forms_is_kept_once(tmp_path: Path) -> None:
    rng, used = Random(65), 0
    for name, draw in FORMS.items():
        form = draw(Random(name))
        for grid in form.sheets.values():
            for _ in range(rng.randint(1, 6)):
                row = rng.choice(grid.rows)
                row[:] = [rng.choice(SPOILING) if rng.random() < 0.3 else cell for cell in row]
            grid.rows.insert(rng.randrange(len(grid.rows)), list(rng.choice(grid.rows)))
            grid.merges.clear()
            used += sum(any(cell is not None for cell in row) for row in grid.rows)
        write_form(form, tmp_path / "raw" / name)
    with ingest_folder(tmp_path / "raw", tmp_path / "b.duckdb")[1] as connection:
        rows = "SELECT count(*), count(DISTINCT (file_id, sheet, row_number)), count(role) FROM raw_row"
        assert connection.execute(rows).fetchall() == [(used, used, used)]
