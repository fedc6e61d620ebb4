"""How fast the ingest and the checks are, as ratios within one run: against reading the same cells and no more."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from pipeline.bench.measure import Measured, measure
from pipeline.bench.workbooks import write_plans
from pipeline.provinces import load_gazetteer

PROVINCES, YEARS, ROWS = 77, 5, 600
TIMES_MORE_ROWS = 10
SHEET_ROWS = 1_000
# One workbook a province with so many projects of five amounts: half a million.
CHECK_ROWS = 1_300
AMOUNTS_A_PROJECT = 5


@dataclass(frozen=True)
class Line:
    """One line of the benchmark.

    Attributes:
        what: what was done.
        seconds: by the clock.
        ratio: how many times the seconds of calamine alone on the same files, on as many processes.
        rows: projects that were read, or amounts that were checked.
        peak_mb: the most memory of all processes together; None where the machine does not tell.
    """

    what: str
    seconds: float
    ratio: float
    rows: int
    peak_mb: float | None


def run_bench(*, jobs: int, rows: int = ROWS, tell: Callable[[str], None]) -> Iterator[Line]:
    """Measure on made-up workbooks, one a province and year, and on the same with ten times the rows.

    Args:
        jobs: processes at once, the same for every reader.
        rows: projects a workbook.
        tell: told what is being done.
    """
    with TemporaryDirectory(prefix="bench-") as folder:
        yield from _compare(Path(folder), rows, jobs=jobs, tell=tell, with_openpyxl=True)
    with TemporaryDirectory(prefix="bench-") as folder:
        yield from _compare(Path(folder), rows * TIMES_MORE_ROWS, jobs=jobs, tell=tell, with_openpyxl=False)
    with TemporaryDirectory(prefix="bench-") as folder:
        yield from _one_sheet(Path(folder), tell)
    with TemporaryDirectory(prefix="bench-") as folder:
        yield from _checks(Path(folder), jobs=jobs, tell=tell)


def _compare(
    folder: Path, rows: int, *, jobs: int, tell: Callable[[str], None], with_openpyxl: bool
) -> Iterator[Line]:
    """Measure each reader on one set of workbooks."""
    from pipeline.bench.readers import ingest_all, read_by_calamine, read_by_openpyxl

    raw, build = folder / "raw", folder / "build"
    provinces = list(load_gazetteer().provinces.values())[:PROVINCES]
    tell(f"เขียนสมุดงาน {len(provinces)} จังหวัด x {YEARS} ปี x {rows:,} โครงการ")
    paths = write_plans(raw, provinces, years=YEARS, rows=rows, jobs=jobs)
    count = len(paths) * rows
    tell("อ่าน")
    calamine = measure(lambda: read_by_calamine(paths, jobs=jobs))
    yield _line(f"calamine ({len(paths)} ไฟล์)", calamine, calamine, count)
    build.mkdir()
    yield _line("make ingest", measure(lambda: ingest_all(raw, build, count, jobs=jobs)), calamine, count)
    if with_openpyxl:
        yield from _views(build, provinces[0].province_code, calamine, count)
        openpyxl = measure(lambda: read_by_openpyxl(paths, jobs=jobs))
        yield _line("pandas.read_excel (openpyxl)", openpyxl, calamine, count)
        alone = measure(lambda: read_by_calamine(paths, jobs=1))
        yield _line("calamine โปรเซสเดียว", alone, alone, count)
        ingested = measure(lambda: ingest_all(raw, build, count, jobs=1))
        # Whoever fills the warehouse works beside, and on a processor that the readers leave free costs no time.
        yield _line("make ingest อ่านด้วยโปรเซสเดียว", ingested, alone, count)


def _views(build: Path, province_code: str, calamine: Measured, count: int) -> Iterator[Line]:
    """Measure every view of what was ingested: made for all provinces, and read for one."""
    from pipeline.bench.readers import DATABASE
    from pipeline.bench.views import make_all_views, read_one_province

    database = build / DATABASE
    made = measure(lambda: make_all_views(database))
    yield _line("ทุกมุมมอง ทุกจังหวัด", made, calamine, count)
    read = measure(lambda: read_one_province(database, province_code))
    yield _line("อ่านทุกมุมมองของจังหวัดเดียว", read, calamine, count)


def _one_sheet(folder: Path, tell: Callable[[str], None]) -> Iterator[Line]:
    """Measure one sheet of a thousand rows, read and understood in this process."""
    from pipeline.bench.readers import read_by_calamine, understand

    provinces = list(load_gazetteer().provinces.values())[:1]
    paths = write_plans(folder / "raw", provinces, years=2, rows=SHEET_ROWS, jobs=1)
    tell(f"ชีตเดียว {SHEET_ROWS:,} โครงการ")
    understand(folder / "raw", paths[0])
    calamine = measure(lambda: read_by_calamine(paths[1:], jobs=1))
    yield _line("calamine (1 ชีต)", calamine, calamine, SHEET_ROWS)
    yield _line(
        "อ่านและเข้าใจ 1 ชีต", measure(lambda: understand(folder / "raw", paths[1])), calamine, SHEET_ROWS
    )


def _checks(folder: Path, *, jobs: int, tell: Callable[[str], None]) -> Iterator[Line]:
    """Measure all checks of one warehouse, and the look whether anything has changed that stands before them."""
    from pipeline.bench.readers import check_all, ingest_all, look_for_change, read_by_calamine, start_checks

    provinces = list(load_gazetteer().provinces.values())[:PROVINCES]
    paths = write_plans(folder / "raw", provinces, years=1, rows=CHECK_ROWS, jobs=jobs)
    count = len(paths) * CHECK_ROWS
    amounts = count * AMOUNTS_A_PROJECT
    tell(f"ตรวจ {amounts:,} จำนวนเงิน")
    calamine = measure(lambda: read_by_calamine(paths, jobs=jobs))
    ingest_all(folder / "raw", folder, count, jobs=jobs)
    yield _line("make check (ไม่มีสิ่งใดเปลี่ยน)", measure(lambda: look_for_change(folder)), calamine, amounts)
    start_checks()
    yield _line(f"make check ({amounts:,} จำนวนเงิน)", measure(lambda: check_all(folder)), calamine, amounts)


def _line(what: str, measured: Measured, calamine: Measured, rows: int) -> Line:
    """Set what was measured against calamine."""
    return Line(what, measured.seconds, measured.seconds / calamine.seconds, rows, measured.peak_mb)
