"""The same workbooks, read by each of those that are compared."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from pipeline.cluster.processes import map_unordered
from pipeline.ingest import ingest
from pipeline.ingest.files import find_files
from pipeline.ingest.reading import read_file
from pipeline.previous import list_check_inputs

DATABASE = "bench.duckdb"


def read_by_calamine(paths: list[Path], *, jobs: int) -> None:
    """Read every cell of every sheet and do nothing with it."""
    for _ in map_unordered(_calamine, paths, jobs=jobs, died=_died):
        pass


def read_by_openpyxl(paths: list[Path], *, jobs: int) -> None:
    """Read every sheet into a frame, as a notebook would."""
    for _ in map_unordered(_openpyxl, paths, jobs=jobs, died=_died):
        pass


def ingest_all(raw: Path, build: Path, rows: int, *, jobs: int, scheduler: str | None = None) -> None:
    """Do the whole ingest anew, and see that it took every project."""
    (build / DATABASE).unlink(missing_ok=True)
    result = ingest(raw, build / DATABASE, jobs=jobs, progress=_silent, scheduler=scheduler)
    if result.rows < rows or result.files.keys() != {"loaded"}:
        raise AssertionError(f"{result.rows} rows of {rows}, files {result.files}")


def start_checks() -> None:
    """Import what the checks need, which a refresh does once whatever it checks."""
    from datetime import UTC, datetime

    from pipeline.checks.suites import start_engine

    start_engine(datetime.now(UTC))


def check_all(build: Path) -> None:
    """Run every rule on the warehouse of ingest_all."""
    from pipeline.checks import run_checks

    run_checks(build / "bench.duckdb", build / "quality", progress=_silent)


def look_for_change(build: Path) -> None:
    """Tell what the checks depend on, all that a refresh does of them where nothing has changed."""
    list_check_inputs(build / "bench.duckdb", None)


def understand(raw: Path, path: Path) -> None:
    """Read one file up to its records, all that an ingest does but for the warehouse."""
    spool = raw.parent / "spool"
    spool.mkdir(exist_ok=True)
    file = next(file for file in find_files(raw)[0] if file.absolute == path)
    reading = read_file(file, spool=spool)
    if [table.status for table in reading.tables] != ["loaded"]:
        raise AssertionError(reading.reason or reading.tables[0].reason)


def _calamine(path: Path) -> int:
    """Read a workbook's cells."""
    import python_calamine

    book = python_calamine.CalamineWorkbook.from_path(str(path))
    sheets = [book.get_sheet_by_index(index) for index in range(len(book.sheet_names))]
    return sum(len(sheet.to_python(skip_empty_area=False)) for sheet in sheets)


def _openpyxl(path: Path) -> int:
    """Read a workbook's frames."""
    import pandas as pd

    frames = pd.read_excel(path, sheet_name=None, header=None, engine="openpyxl")
    return sum(map(len, frames.values()))


def _died(path: Path) -> int:
    """A reader that dies makes the comparison void."""
    raise AssertionError(f"{path.name}: the reading process died")


_silent = partial(lambda *_: None)
