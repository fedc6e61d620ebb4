"""Files under RAW -> the warehouse."""

from __future__ import annotations

import pickle
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import partial
from itertools import chain
from pathlib import Path
from tempfile import NamedTemporaryFile, TemporaryDirectory
from typing import TYPE_CHECKING, cast

from pipeline.cluster.executor import Executor
from pipeline.cluster.processes import feed_child
from pipeline.ingest.again.compare import compare_forms
from pipeline.ingest.again.settle import Settler
from pipeline.ingest.beside.corrected import settle_corrections
from pipeline.ingest.beside.corrections import (
    CORRECTIONS_FILE,
    Correction,
    assign_corrections,
    read_corrections,
)
from pipeline.ingest.beside.lines import Beside
from pipeline.ingest.beside.overrides import OVERRIDES_FILE, Override, assign_overrides, read_overrides
from pipeline.ingest.beside.unused import tell_unused
from pipeline.ingest.empty import write_empty
from pipeline.ingest.files import FoundFile, find_file, find_files
from pipeline.ingest.place import EARLY, Left, Settled, Shelves, place_rows
from pipeline.ingest.reading import FileReading, read_file
from pipeline.layout import load_vocabulary
from pipeline.provinces import load_gazetteer
from pipeline.settings import SAMPLE_FOLDER
from pipeline.workbook import LIMITS, Limits

if TYPE_CHECKING:
    import duckdb

__all__ = ["Ingested", "ingest", "ingest_file"]


# Fewer would each cost a statement of their own, and more would leave much to do when the last file is read.
_ROWS_AT_ONCE = 30_000


@dataclass(frozen=True)
class Ingested:
    """What an ingest came to.

    Attributes:
        files: how many files by status.
        rows: how many used rows were read.
        is_sample: whether it was the bundled sample.
        data_cutoff: when the newest loaded file came.
        findings: how many findings by severity.
    """

    files: dict[str, int]
    rows: int
    is_sample: bool
    data_cutoff: date | None
    findings: dict[str, int]


def ingest(
    raw: Path,
    database: Path,
    *,
    jobs: int,
    progress: Callable[[str, int, int], None],
    limits: Limits = LIMITS,
    growing: Collection[Path] = (),
    scheduler: str | None = None,
) -> Ingested:
    """Read every file under RAW into a new warehouse.

    Args:
        raw: the folder of received files; only read.
        database: the warehouse to make.
        jobs: processes at once.
        progress: told the stage's name, how many files are done, and of how many.
        limits: how long one file may take, and how much memory; then it is refused and the others go on.
        growing: files that are left to the next run, since they were seen to change.
        scheduler: the address of a Dask cluster that reads the files instead of processes of this machine.

    Raises:
        UsageError: RAW is no folder, a line of its overrides.csv or corrections.csv is malformed or contradicts
            another, or the cluster cannot be used.
    """
    files, is_sample = find_files(raw, growing=growing)
    overrides, corrections = (
        read_overrides(raw, is_sample=is_sample),
        read_corrections(raw, is_sample=is_sample),
    )
    files = assign_corrections(assign_overrides(files, overrides, raw), corrections, raw)
    # Learnt once, before processes are forked that would each learn it for themselves.
    load_vocabulary()
    load_gazetteer()
    with TemporaryDirectory(prefix="spool-", dir=database.parent) as folder:
        spool = Path(folder).absolute()
        executor = Executor(jobs, scheduler, spool)
        readings = _read_in_order(files, executor, progress=progress, limits=limits)
        settled = _settle(readings, spool, overrides, corrections)
        return feed_child(partial(_load, database, is_sample=is_sample), settled)


def ingest_file(raw: Path, path: Path, database: Path) -> str:
    """Read one file under RAW into a new warehouse of its own, by what overrides.csv and corrections.csv say of it.

    Returns:
        The file's id.

    Raises:
        UsageError: a line of overrides.csv or corrections.csv is malformed or contradicts another.
    """
    is_sample = raw / SAMPLE_FOLDER in path.parents
    overrides, corrections = (
        read_overrides(raw, is_sample=is_sample),
        read_corrections(raw, is_sample=is_sample),
    )
    (file,) = assign_corrections(assign_overrides([find_file(raw, path)], overrides, raw), corrections, raw)
    with TemporaryDirectory(prefix="spool-", dir=database.parent) as folder:
        spool = Path(folder)
        reading = _unopened(file) if file.ignored or file.buried else read_file(file, spool=spool)
        settled = _settle([reading], spool, file.overrides, file.corrections)
        _load(database, settled, is_sample=is_sample)
    return file.file_id


def _settle(
    readings: Iterable[FileReading],
    spool: Path,
    overrides: tuple[Override, ...],
    corrections: tuple[Correction, ...],
) -> Iterator[Path | Settled | None]:
    """Settle file after file, and leave what is known of their rows in files for the warehouse as soon as it is.

    How many files go into one does not depend on how fast they are read: the warehouse has the same order each time.

    Yields:
        Files that `load_rows` takes, None when there are no more of them, and at last what all files came to.
    """
    settler, shelves = Settler(), Shelves()
    left, rows = Left(), 0
    for reading in readings:
        reading.named_province_code = _named_province(reading.file.path)
        settler.add(reading)
        left.parts.extend(part for part in place_rows(reading) if part.layout.table in EARLY)
        left.done_with.extend(shelves.find_done(reading))
        reading.spooled = [part for part in reading.spooled if part.layout.table not in EARLY]
        rows += reading.rows
        if rows > _ROWS_AT_ONCE:
            yield _leave(left, spool)
            left, rows = Left(), 0
    yield _leave(left, spool)
    # What is loaded can be committed while the rest is settled.
    yield None
    settled = settler.finish()
    compare_forms(settled)
    yield Settled(settled, _settle_beside(settled, overrides, corrections))


def _named_province(path: str) -> str | None:
    """The one province that a file's folders and name say; None where they say none or several."""
    codes = load_gazetteer().find_all(path)
    return next(iter(codes)) if len(codes) == 1 else None


def _leave(left: Left, spool: Path) -> Path:
    """Leave what is known of rows in a file: a pipe would hold up who fills it until the warehouse is ready for it."""
    with NamedTemporaryFile(suffix=".parts", dir=spool, delete=False) as file:
        pickle.dump(left, file, pickle.HIGHEST_PROTOCOL)
    return Path(file.name)


def _settle_beside(
    readings: list[FileReading], overrides: tuple[Override, ...], corrections: tuple[Correction, ...]
) -> Beside:
    """Tell what came of the lines that an analyst keeps beside the data."""
    rows, told = settle_corrections(corrections, readings)
    return Beside({OVERRIDES_FILE: tell_unused(overrides, readings), CORRECTIONS_FILE: told}, rows)


def _read_in_order(
    files: list[FoundFile],
    executor: Executor,
    *,
    progress: Callable[[str, int, int], None],
    limits: Limits,
) -> Iterator[FileReading]:
    """Read every file that may be data, the others unopened; in the order in which they came."""
    done = {file.file_id: _unopened(file) for file in files if file.ignored or file.buried}
    waiting = [file for file in files if file.file_id not in done]
    progress("ingest", 0, len(waiting))
    answers = executor.map_unordered(
        partial(read_file, spool=executor.folder),
        waiting,
        died=_died,
        late=_late,
        seconds=limits.seconds,
        memory_bytes=limits.memory_bytes,
    )
    following = iter(files)
    file = next(following, None)
    for count, reading in enumerate(chain(answers, [None]), start=1):
        if reading:
            done[reading.file.file_id] = reading
            progress("ingest", count, len(waiting))
        while file and file.file_id in done:
            yield done.pop(file.file_id)
            file = next(following, None)


def _unopened(file: FoundFile) -> FileReading:
    """Answer for a file that is no data, or whose content was purged."""
    return FileReading(file, code="file_purged", reason=file.buried) if file.buried else FileReading(file)


def _died(file: FoundFile) -> FileReading:
    """Answer for a file that kills the process that reads it."""
    return FileReading(
        file, code="file_unreadable", reason="เปิดไฟล์นี้ไม่ได้: โปรแกรมอ่านหยุดทำงาน  บันทึกใหม่เป็น .xlsx แล้วส่งอีกครั้ง"
    )


def _late(file: FoundFile) -> FileReading:
    """Answer for a file that takes longer than any real one."""
    return FileReading(
        file,
        code="file_too_slow",
        reason="อ่านไฟล์นี้ไม่เสร็จในเวลาที่กำหนด จึงหยุดอ่าน  ลบชีตและสูตรที่ไม่ใช้ บันทึกใหม่เป็น .xlsx แล้วส่งอีกครั้ง",
    )


def _load(database: Path, items: Iterator[Path | Settled | None], *, is_sample: bool) -> Ingested:
    """Write to a new warehouse what comes, and count."""
    from pipeline import store
    from pipeline.ingest.load import load_readings
    from pipeline.views import in_one_step

    write_empty(database)
    with store.open_new(database) as connection:
        _load_as_they_come(connection, items)
        settled = cast("Settled", next(items))
        with in_one_step(connection):
            rows = load_readings(connection, settled.readings, beside=settled.beside)
        findings = store.count_findings(connection)
    statuses = [row["status"] for row in rows]
    loaded = [row["received_on"] for row in rows if row["status"] == "loaded"]
    return Ingested(
        files={status: statuses.count(status) for status in sorted(set(statuses))},
        rows=sum(reading.rows for reading in settled.readings),
        is_sample=is_sample,
        data_cutoff=max(loaded, default=None),
        findings=findings,
    )


def _load_as_they_come(connection: duckdb.DuckDBPyConnection, items: Iterator[Path | Settled | None]) -> None:
    """Load the rows that are left in files, until there are no more."""
    from pipeline.ingest.load import load_rows
    from pipeline.store import in_one_thread, open_writers

    # Back in all threads before all of it is written.
    with open_writers(connection, sorted(EARLY)) as writers, in_one_thread(connection):
        for item in items:
            if item is None:
                return
            left: Left = pickle.loads(cast("Path", item).read_bytes())
            for table, writer in writers.items():
                load_rows(writer, [part for part in left.parts if part.layout.table == table])
            for path in left.done_with:
                Path(path).unlink()
    raise EOFError("the files were not all read")
