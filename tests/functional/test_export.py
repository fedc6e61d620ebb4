"""The release as a Data Package: valid by Frictionless' own validator, and the same figures as in the warehouse."""

from __future__ import annotations

import csv
import json
import shutil
import subprocess
import sys
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import pytest
from lxml import html

from pipeline.export import export_release
from pipeline.release import WAREHOUSE, resolve_current
from tests.conftest import run_pipeline

# Small numbers of sensitive indicators stand in these, or which figures are hidden.
WITHHELD = {
    "core_feedback",
    "core_indicator",
    "core_chosen_value",
    "core_hidden_value",
    "core_yearly_value",
    "core_rate",
    "core_suppression",
}


@pytest.fixture(scope="module")
def published(sample_release: Path) -> Path:
    folder = resolve_current(sample_release / "out")
    assert folder is not None
    return folder


@pytest.fixture(scope="module")
def package(published: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return export_release(published, tmp_path_factory.mktemp("out"))


def described(package: Path) -> dict[str, Any]:
    read: dict[str, Any] = json.loads((package / "datapackage.json").read_text(encoding="utf-8"))
    return read


def test_frictionless_finds_nothing_wrong(package: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "frictionless", "validate", "datapackage.json", "--json"],
        cwd=package,
        capture_output=True,
        text=True,
        check=False,
    )
    report = json.loads(done.stdout)
    assert report["valid"], report["errors"] + [task["errors"] for task in report["tasks"] if task["errors"]]
    assert report["stats"]["tasks"] == len(described(package)["resources"])


def test_frictionless_finds_a_figure_that_is_none(package: Path, tmp_path: Path) -> None:
    copy = tmp_path / "package"
    shutil.copytree(package, copy)
    path = copy / "data" / "core_amount.csv"
    text = path.read_text(encoding="utf-8-sig")
    amount = next(row["amount_baht"] for row in csv.DictReader(text.splitlines()) if row["amount_baht"])
    path.write_text("\ufeff" + text.replace(amount, "มาก", 1), encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "frictionless", "validate", "datapackage.json", "--json"],
        cwd=copy,
        capture_output=True,
        text=True,
        check=False,
    )
    assert not json.loads(done.stdout)["valid"]


def test_every_table_goes_out_and_nothing_as_received(package: Path, published: Path) -> None:
    with duckdb.connect(str(published / WAREHOUSE), read_only=True) as connection:
        names = {name for (name,) in connection.execute("SELECT table_name FROM duckdb_tables()").fetchall()}
        views = "SELECT view_name FROM duckdb_views() WHERE NOT internal"
        names |= {name for (name,) in connection.execute(views).fetchall()}
    written = {path.stem for path in (package / "data").glob("*.csv")}
    assert written == {path.stem for path in (package / "data").glob("*.parquet")}
    assert written == {name for name in names if not name.startswith("raw_")} - WITHHELD
    assert names >= WITHHELD


def test_figures_are_those_of_the_warehouse(package: Path, published: Path) -> None:
    with duckdb.connect(str(published / WAREHOUSE), read_only=True) as connection:
        rows = connection.execute("SELECT count(*), sum(amount_baht) FROM core_amount").fetchone()
        assert rows is not None
        count, total = rows
        parquet = str(package / "data" / "core_amount.parquet")
        assert (
            connection.execute("SELECT count(*), sum(amount_baht) FROM read_parquet(?)", [parquet]).fetchone()
            == rows
        )
    with (package / "data" / "core_amount.csv").open(encoding="utf-8-sig", newline="") as file:
        amounts = [row["amount_baht"] for row in csv.DictReader(file)]
    assert len(amounts) == count > 0
    assert sum(Decimal(amount) for amount in amounts if amount) == total


def test_a_spreadsheet_program_is_told_that_the_text_is_unicode(package: Path) -> None:
    assert all(path.read_bytes().startswith(b"\xef\xbb\xbf") for path in (package / "data").glob("*.csv"))


def test_money_years_and_places_have_the_types_of_the_fiscal_data_package(package: Path) -> None:
    resource = next(one for one in described(package)["resources"] if one["name"] == "core-budget-line")
    types = {field["name"]: field.get("columnType") for field in resource["schema"]["fields"]}
    assert types["amount_baht"] == "value"
    assert types["fiscal_year_be"] == "date:fiscal-year"
    assert types["ministry"] == "administrative-classification:generic:level1:label"
    assert types["line_id"] == "budget-line-id"
    assert types["cell"] is None


def test_the_dictionary_says_what_every_column_means(package: Path) -> None:
    page = html.fromstring((package / "dictionary.html").read_text(encoding="utf-8"))
    rows = page.xpath("//section//tbody/tr")
    fields = [
        field for one in described(package)["resources"] for field in one.get("schema", {}).get("fields", [])
    ]
    assert len(rows) == len(fields) > 100
    assert all(row.xpath("string(td[3])").strip() for row in rows)


def test_without_a_release_there_is_nothing_to_export(tmp_path: Path) -> None:
    done = run_pipeline("export", "--out", str(tmp_path))
    assert done.returncode == 4
    assert "make refresh" in done.stderr
