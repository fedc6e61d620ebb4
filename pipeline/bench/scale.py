"""How the ingest grows with the number of workbooks, and what a cluster makes of it."""

from __future__ import annotations

import os
import signal
import threading
import time
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from pipeline.bench.briefs import BRIEFS_A_MINUTE, Told
from pipeline.bench.measure import measure_once
from pipeline.bench.readers import DATABASE, ingest_all
from pipeline.bench.workbooks import FIRST_YEAR_BE, write_plans
from pipeline.cluster.processes import in_child, map_unordered
from pipeline.inputs import digest_tables
from pipeline.provinces import load_gazetteer

ROWS, PROVINCES = 600, 77
SIZES = (77, 770, 7_700)
ON_CLUSTER = 770
WORKERS = 2
BODIES, MACHINES = 7_850, (1, 4, 16)
MS_A_WORKBOOK = "ms a workbook"
_YEARS = 10
_TEXTS = "xl/sharedStrings.xml"
_LARGEST_MB = 2_000
_TIMES_LOCAL = 1.3
# Ten times the files in at most so many times the time, noise and fixed costs aside.
_TIMES_TEN = 10
_TABLES = (
    "raw_file",
    "raw_table",
    "raw_row",
    "core_project",
    "core_amount",
    "quality_issue",
    "quality_total",
)


def run_scale_bench(
    *, jobs: int, sizes: Sequence[int] = SIZES, tell: Callable[[str], None]
) -> Iterator[Told]:
    """Measure the ingest of more and more made-up workbooks, and of one size on a cluster of this machine.

    Args:
        jobs: processes at once.
        sizes: how many workbooks, each ten times the one before.
        tell: told what is being done.

    Raises:
        AssertionError: the cluster made another warehouse.
    """
    before = None
    for size in sizes:
        with TemporaryDirectory(prefix="bench-") as place:
            raw, build = _lay_out(Path(place), size, jobs=jobs, tell=tell)
            tell(f"นำเข้า {size:,} สมุดงาน")
            done = measure_once(partial(ingest_all, raw, build, size * ROWS, jobs=jobs))
            yield Told(f"make ingest {size:,} สมุดงาน x {ROWS} โครงการ", done.seconds, "วินาที")
            yield Told("  ต่อสมุดงาน", done.seconds / size * 1000, "ms", key=MS_A_WORKBOOK)
            if done.peak_mb is not None:
                yield Told("  หน่วยความจำสูงสุด", done.peak_mb, "MB", f"≤ {_LARGEST_MB:,}")
            if before:
                yield Told("  เท่าของหนึ่งในสิบ", done.seconds / before, "", f"≤ {_TIMES_TEN}")
            before = done.seconds
            if size == ON_CLUSTER:
                yield from _on_cluster(raw, build, size, done.seconds, tell=tell)


def tell_on_paper(measured: Mapping[str, float]) -> Iterator[Told]:
    """Work out how long a workbook and a brief of every local body would take, by what was measured here.

    Machines as this one, each doing its share; what only one of them does (the warehouse, the checks, the release) is
    left out, and so is the network.

    Args:
        measured: by key, the values of the benchmark of briefs and of the largest ingest.
    """
    reading = measured[MS_A_WORKBOOK] / 1000 * BODIES / 60
    making = BODIES / measured[BRIEFS_A_MINUTE]
    for count in MACHINES:
        what = f"บนกระดาษ: {BODIES:,} สมุดงานและรายงาน {count} เครื่องอย่างเครื่องนี้"
        yield Told(what, (reading + making) / count, "นาที")


def _on_cluster(
    raw: Path, build: Path, size: int, local: float, *, tell: Callable[[str], None]
) -> Iterator[Told]:
    """Ingest the same on a cluster, once undisturbed and once with a worker killed half-way."""
    here = in_child(lambda _: _digest(build / DATABASE))
    with _cluster() as (address, workers):
        for kills, name in ((False, "บนคลัสเตอร์"), (True, "  ขณะที่เครื่องทำงานหนึ่งถูกฆ่ากลางคัน")):
            tell(f"นำเข้า {size:,} สมุดงาน{name}")
            # In the middle of what an undisturbed run takes.
            killer = threading.Timer(local / 2, partial(_kill_one, workers))
            if kills:
                killer.start()
            started = time.monotonic()
            ingest_all(raw, build, size * ROWS, jobs=WORKERS, scheduler=address)
            seconds = time.monotonic() - started
            killer.cancel()
            if in_child(lambda _: _digest(build / DATABASE)) != here:
                raise AssertionError(f"{name}: the cluster made another warehouse")
            yield Told(
                f"{name} {WORKERS} เครื่องทำงาน เท่าของเครื่องเดียว", seconds / local, "", f"≤ {_TIMES_LOCAL}"
            )


@contextmanager
def _cluster() -> Iterator[tuple[str, Callable[[], list[int]]]]:
    """A cluster of processes of this machine: its address, and what gives the processes of its workers now."""
    import dask
    from distributed import Client, LocalCluster

    with (
        dask.config.set({"distributed.worker.daemon": False}),
        LocalCluster(n_workers=WORKERS, threads_per_worker=1, dashboard_address=None) as cluster,
        Client(cluster, set_as_default=False) as client,
    ):
        yield cluster.scheduler_address, lambda: list(client.run(os.getpid).values())


def _kill_one(workers: Callable[[], list[int]]) -> None:
    """Kill one of the workers."""
    os.kill(workers()[0], signal.SIGKILL)


def _digest(database: Path) -> dict[str, str]:
    """Digest the tables of a warehouse by their rows."""
    from pipeline import store

    with store.open_for_reading(database) as connection:
        return digest_tables(connection, _TABLES)


def _lay_out(place: Path, size: int, *, jobs: int, tell: Callable[[str], None]) -> tuple[Path, Path]:
    """Write so many workbooks of all provinces, and make the folder of the warehouse; returns both."""
    raw, build = place / "raw", place / "build"
    build.mkdir()
    tell(f"เขียน {size:,} สมุดงาน")
    provinces = list(load_gazetteer().provinces.values())[:PROVINCES]
    first = write_plans(raw, provinces, years=1, rows=ROWS, jobs=jobs)
    copies = [(path, number) for path in first for number in range(1, size // len(first))]
    for _ in map_unordered(_write_again, copies, jobs=jobs, died=_died):
        pass
    return raw, build


def _write_again(copy: tuple[Path, int]) -> None:
    """Write a workbook again with other projects of another year: only its texts differ, and are packed anew."""
    path, number = copy
    year, series = FIRST_YEAR_BE + number % _YEARS, number // _YEARS
    target = path.with_name(f"แผน{year}-{number}.xlsx")
    with (
        zipfile.ZipFile(path) as old,
        zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as new,
    ):
        for name in old.namelist():
            content = old.read(name)
            if name == _TEXTS:
                text = content.decode("utf-8").replace(f"พ.ศ. {FIRST_YEAR_BE}", f"พ.ศ. {year}")
                content = text.replace(" ตำบลที่ ", f" ชุดที่ {number} รอบ {series} ตำบลที่ ").encode()
            new.writestr(name, content)


def _died(copy: tuple[Path, int]) -> None:
    """Without its workbooks there is nothing to measure."""
    raise AssertionError(f"{copy[0].name} {copy[1]}: the writing process died")
