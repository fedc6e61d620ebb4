"""A release as a Frictionless Data Package: CSV, Parquet, a descriptor, and a dictionary made of the comments."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import jinja2

from pipeline import store
from pipeline.release import WAREHOUSE
from pipeline.settings import TEMPLATES
from pipeline.specs import load_yaml

EXPORT_FOLDER = "export"
_BOM = b"\xef\xbb\xbf"
_CHUNK = 1 << 20
_TYPES = {
    "BIGINT": "integer",
    "INTEGER": "integer",
    "HUGEINT": "integer",
    "UBIGINT": "integer",
    "DOUBLE": "number",
    "FLOAT": "number",
    "BOOLEAN": "boolean",
    "DATE": "date",
}
_TABLES = """
SELECT table_name, comment FROM (
    SELECT table_name, comment FROM duckdb_tables() UNION ALL
    SELECT view_name, comment FROM duckdb_views() WHERE NOT internal)
ORDER BY table_name"""
_COLUMNS = """
SELECT table_name, column_name, data_type, is_nullable, coalesce(comment, '') FROM duckdb_columns()
WHERE NOT internal ORDER BY table_name, column_index"""


@dataclass(frozen=True)
class Column:
    """A column of a table: its name, the warehouse's type, whether it may be missing, and what it means."""

    name: str
    data_type: str
    is_nullable: bool
    meaning: str


@dataclass(frozen=True)
class Table:
    """A table or view that goes out: its name, its grain and its columns."""

    name: str
    grain: str
    columns: tuple[Column, ...]


def export_release(published: Path, out: Path) -> Path:
    """Write the published release as a Data Package under OUT/export/RELEASE; complete or not at all.

    Args:
        published: the release's folder.
        out: the OUT folder.

    Returns:
        The package's folder; an earlier one of the same release is replaced.
    """
    folder = out / EXPORT_FOLDER / published.name
    fresh = folder.with_name(f".{folder.name}.new")
    shutil.rmtree(fresh, ignore_errors=True)
    (fresh / "data").mkdir(parents=True)
    with store.open_for_reading(published / WAREHOUSE) as connection:
        tables = list_tables(connection)
        resources = [resource for table in tables for resource in _write_table(connection, table, fresh)]
        package = {**_describe_package(connection, published.name), "resources": resources}
    text = json.dumps(package, ensure_ascii=False, indent=2) + "\n"
    (fresh / "datapackage.json").write_text(text, encoding="utf-8")
    (fresh / "dictionary.html").write_text(render_dictionary(tables, published.name), encoding="utf-8")
    shutil.rmtree(folder, ignore_errors=True)
    fresh.rename(folder)
    return folder


def list_tables(connection: duckdb.DuckDBPyConnection) -> list[Table]:
    """List the tables and views that go out, by name."""
    spec = load_yaml("export.yml")
    prefixes, withheld = tuple(spec["prefixes"]), set(spec["withheld"])
    columns: dict[str, list[Column]] = {}
    for table, *column in connection.execute(_COLUMNS).fetchall():
        columns.setdefault(table, []).append(Column(*column))
    return [
        Table(name, grain or "", tuple(columns[name]))
        for name, grain in connection.execute(_TABLES).fetchall()
        if name.startswith(prefixes) and name not in withheld
    ]


def render_dictionary(tables: list[Table], release_name: str) -> str:
    """Make the data dictionary: every table's grain, every column's type and meaning, as one page."""
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(TEMPLATES),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=jinja2.StrictUndefined,
    )
    return environment.get_template("dictionary.html").render(tables=tables, release_name=release_name)


def _describe_package(connection: duckdb.DuckDBPyConnection, release_name: str) -> dict[str, Any]:
    """What the descriptor says of the package as a whole."""
    about = {name: value for name, value in load_yaml("export.yml")["package"].items() if value}
    row = connection.execute("SELECT CAST(built_on AS VARCHAR), is_sample FROM core_release").fetchone()
    built_on, is_sample = row or (None, False)
    files = connection.execute("SELECT path FROM raw_file WHERE status = 'loaded' ORDER BY path").fetchall()
    if is_sample:
        about["description"] = f"ข้อมูลตัวอย่าง: {about['description']}"
    return {
        **about,
        "version": release_name,
        "created": f"{built_on}T00:00:00Z",
        "sources": [{"title": path} for (path,) in files],
    }


def _write_table(
    connection: duckdb.DuckDBPyConnection, table: Table, folder: Path
) -> Iterator[dict[str, Any]]:
    """Write a table as CSV and as Parquet, in the order of its columns; yields what the descriptor says of each."""
    csv, parquet = (folder / "data" / f"{table.name}.{suffix}" for suffix in ("csv", "parquet"))
    rows = f'SELECT * FROM "{table.name}" ORDER BY ALL'
    connection.execute(f"COPY ({rows}) TO ? (FORMAT csv, HEADER)", [str(csv)])
    _put_before(csv, _BOM)
    connection.execute(f"COPY ({rows}) TO ? (FORMAT parquet, COMPRESSION zstd)", [str(parquet)])
    name = table.name.replace("_", "-")
    about = {"title": table.name, "description": table.grain}
    yield {
        "name": name,
        "path": f"data/{csv.name}",
        "type": "table",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8-sig",
        **about,
        **_digest(csv),
        "schema": _describe_columns(table),
    }
    yield {
        "name": f"{name}-parquet",
        "path": f"data/{parquet.name}",
        "type": "file",
        "format": "parquet",
        "mediatype": "application/vnd.apache.parquet",
        **about,
        **_digest(parquet),
    }


def _put_before(path: Path, start: bytes) -> None:
    """Put bytes before a file's content: a spreadsheet program takes a CSV for Thai only with a byte-order mark."""
    marked = path.with_suffix(".marked")
    with path.open("rb") as source, marked.open("wb") as target:
        target.write(start)
        shutil.copyfileobj(source, target, _CHUNK)
    marked.replace(path)


def _digest(path: Path) -> dict[str, Any]:
    """A file's size and digest."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            digest.update(chunk)
    return {"bytes": path.stat().st_size, "hash": f"sha256:{digest.hexdigest()}"}


def _describe_columns(table: Table) -> dict[str, Any]:
    """A table's schema: fields with the types of the Fiscal Data Package, and its keys."""
    known = load_yaml("export.yml")
    names = [column.name for column in table.columns]
    schema: dict[str, Any] = {"fields": [_describe_column(column, known) for column in table.columns]}
    key = known["primary_keys"].get(table.name)
    if key:
        schema["primaryKey"] = [key]
    links = {name: to for name, to in known["foreign_keys"].items() if name in names and to != table.name}
    if links and table.name.startswith("core_"):
        schema["foreignKeys"] = [
            {"fields": [name], "reference": {"resource": to.replace("_", "-"), "fields": [name]}}
            for name, to in links.items()
        ]
    return schema


def _describe_column(column: Column, known: dict[str, Any]) -> dict[str, Any]:
    """One field of a schema."""
    field: dict[str, Any] = {
        "name": column.name,
        "type": "number"
        if column.data_type.startswith("DECIMAL")
        else _TYPES.get(column.data_type, "string"),
        "description": column.meaning,
    }
    if column.name in known["column_types"]:
        field["columnType"] = known["column_types"][column.name]
    if not column.is_nullable:
        field["constraints"] = {"required": True}
    return field
