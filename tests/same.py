"""Whether two releases are the same: python -m tests.same RELEASE RELEASE; what differs by design is declared here.

Tables are compared row for row, text files by their text, DOCX and XLSX by their parts, PDF by the text and the
drawings of each page; of the stamp - the release's name, and the moment that it tells - only that both have it.
"""

from __future__ import annotations

import json
import re
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pypdf

from pipeline.release import RECORD, WAREHOUSE

# What names a release in its tables, and says nothing of what is in it.
STAMP_COLUMNS = {"release_name", "earlier_release", "built_on", "last_release"}
# A PDF with another name in it is packed into a few bytes more or less, and the way in tells its size.
SIZE = re.compile(r"(?<=<small>)[\d.]+ [KM]B(?=</small>)")
STAMP = re.compile(r"\d{8}T\d{6}(?:\.\d+)?Z(?:-\d+)?|\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
# How runs went is told of each run anew.
OF_THE_RUN = {RECORD, "runs.html"}
KEPT_OF_RECORD = ("pipeline", "versions", "exit_code", "inputs")
ARCHIVES = {".docx", ".xlsx"}


def compare(one: Path, other: Path) -> list[str]:
    """What differs between two releases, a line each; nothing where they are the same."""
    places = [
        {STAMP.sub("STAMP", place_in(release, path)): path for path in files(release)}
        for release in (one, other)
    ]
    told = [f"only in one of them: {name}" for name in sorted(places[0].keys() ^ places[1].keys())]
    for name in sorted((places[0].keys() & places[1].keys()) - OF_THE_RUN):
        told += [f"{name}: {where}" for where in compare_files(places[0][name], places[1][name])]
    return told + compare_records(one / RECORD, other / RECORD)


def files(release: Path) -> list[Path]:
    return [path for path in release.rglob("*") if path.is_file()]


def place_in(release: Path, path: Path) -> str:
    return path.relative_to(release).as_posix()


def compare_files(one: Path, other: Path) -> Iterator[str]:
    if one.name == WAREHOUSE:
        yield from compare_tables(one, other)
    elif one.suffix == ".pdf":
        yield from compare_pages(one, other)
    elif one.suffix in ARCHIVES:
        yield from compare_parts(one, other)
    elif without_stamp(one.read_bytes()) != without_stamp(other.read_bytes()):
        yield "its text"


def without_stamp(content: bytes) -> str:
    return SIZE.sub("SIZE", STAMP.sub("STAMP", content.decode("utf-8", "surrogateescape")))


def compare_parts(one: Path, other: Path) -> Iterator[str]:
    with zipfile.ZipFile(one) as first, zipfile.ZipFile(other) as second:
        if first.namelist() != second.namelist():
            yield "which parts it has"
            return
        for name in first.namelist():
            if without_stamp(first.read(name)) != without_stamp(second.read(name)):
                yield name


def compare_pages(one: Path, other: Path) -> Iterator[str]:
    first, second = pypdf.PdfReader(one), pypdf.PdfReader(other)
    if len(first.pages) != len(second.pages):
        yield f"{len(first.pages)} pages and {len(second.pages)}"
        return
    for number, (left, right) in enumerate(zip(first.pages, second.pages, strict=True), start=1):
        if page_of(left) != page_of(right):
            yield f"page {number}"


def page_of(page: pypdf.PageObject) -> tuple[str, object, list[tuple[str, int]]]:
    """What a page shows: its text, its size, and what is drawn in it by kind and length."""
    drawn = page.get("/Resources", {}).get("/XObject", {})
    shapes = sorted(
        (str(one.get_object()["/Subtype"]), len(one.get_object().get_data())) for one in drawn.values()
    )
    return STAMP.sub("STAMP", page.extract_text()), list(page.mediabox), shapes


def compare_tables(one: Path, other: Path) -> Iterator[str]:
    with duckdb.connect() as connection:
        for name, path in (("first", one), ("second", other)):
            connection.execute(f"ATTACH '{path}' AS {name} (READ_ONLY)")
        sql = (
            "SELECT table_name, list(column_name ORDER BY column_index) FROM duckdb_columns() "
            "WHERE database_name = ? AND NOT internal GROUP BY 1 ORDER BY 1"
        )
        tables, others = (dict(connection.execute(sql, [name]).fetchall()) for name in ("first", "second"))
        if tables != others:
            yield "its tables and columns"
            return
        for table, columns in tables.items():
            kept = ", ".join(f'"{column}"' for column in columns if column not in STAMP_COLUMNS)
            sides = [f'SELECT {kept} FROM {name}."{table}"' for name in ("first", "second")] if kept else []
            for left, right in (sides, sides[::-1]) if sides else ():
                rows = connection.execute(f"SELECT count(*) FROM ({left} EXCEPT ALL {right})").fetchall()[0][
                    0
                ]
                if rows:
                    yield f"{rows} rows of {table}"


def compare_records(one: Path, other: Path) -> list[str]:
    first, second = (json.loads(path.read_text(encoding="utf-8")) for path in (one, other))
    return [f"{RECORD}: {name}" for name in KEPT_OF_RECORD if first[name] != second[name]]


if __name__ == "__main__":
    differing = compare(*(Path(argument).resolve() for argument in sys.argv[1:3]))
    print("\n".join(differing) or "the same but for the stamp")
    sys.exit(bool(differing))
