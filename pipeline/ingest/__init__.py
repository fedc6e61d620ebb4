"""Files under RAW -> the warehouse."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from pipeline.cluster import in_child, map_unordered
from pipeline.ingest.beside import Beside
from pipeline.ingest.compare import compare_forms
from pipeline.ingest.corrected import settle_corrections
from pipeline.ingest.corrections import CORRECTIONS_FILE, Correction, assign_corrections, read_corrections
from pipeline.ingest.files import FoundFile, find_file, find_files
from pipeline.ingest.overrides import OVERRIDES_FILE, Override, assign_overrides, read_overrides
from pipeline.ingest.reading import FileReading, read_file
from pipeline.ingest.settle import settle
from pipeline.ingest.unused import tell_unused
from pipeline.settings import SAMPLE_FOLDER
from pipeline.workbook import LIMITS, Limits

__all__ = ["Ingested", "ingest", "ingest_file"]


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
) -> Ingested:
    """Read every file under RAW into a new warehouse.

    Args:
        raw: the folder of received files; only read.
        database: the warehouse to make.
        jobs: processes at once.
        progress: told the stage's name, how many files are done, and of how many.
        limits: how long one file may take, and how much memory; then it is refused and the others go on.
        growing: files that are left to the next run, since they were seen to change.

    Raises:
        UsageError: RAW is no folder, or a line of its overrides.csv or corrections.csv is malformed or contradicts
            another.
    """
    files, is_sample = find_files(raw, growing=growing)
    overrides, corrections = (
        read_overrides(raw, is_sample=is_sample),
        read_corrections(raw, is_sample=is_sample),
    )
    files = assign_corrections(assign_overrides(files, overrides, raw), corrections, raw)
    with TemporaryDirectory(prefix="spool-", dir=database.parent) as folder:
        spool = Path(folder)
        readings = _read_all(files, spool, jobs=jobs, progress=progress, limits=limits)
        settle(readings)
        compare_forms(readings)
        beside = _settle_beside(readings, overrides, corrections)
        return in_child(lambda _: _load(readings, database, beside, is_sample=is_sample))


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
        readings = [_unopened(file) if file.ignored or file.buried else read_file(file, spool=spool)]
        settle(readings)
        compare_forms(readings)
        beside = _settle_beside(readings, file.overrides, file.corrections)
        _load(readings, database, beside, is_sample=is_sample)
    return file.file_id


def _settle_beside(
    readings: list[FileReading], overrides: tuple[Override, ...], corrections: tuple[Correction, ...]
) -> Beside:
    """Tell what came of the lines that an analyst keeps beside the data."""
    rows, told = settle_corrections(corrections, readings)
    return Beside({OVERRIDES_FILE: tell_unused(overrides, readings), CORRECTIONS_FILE: told}, rows)


def _read_all(
    files: list[FoundFile],
    spool: Path,
    *,
    jobs: int,
    progress: Callable[[str, int, int], None],
    limits: Limits,
) -> list[FileReading]:
    """Read every file that may be data, the others unopened; in the order in which they came."""
    done = {file.file_id: _unopened(file) for file in files if file.ignored or file.buried}
    waiting = [file for file in files if file.file_id not in done]
    progress("ingest", 0, len(waiting))
    answers = map_unordered(
        partial(read_file, spool=spool),
        waiting,
        jobs=jobs,
        died=_died,
        late=_late,
        seconds=limits.seconds,
        memory_bytes=limits.memory_bytes,
    )
    for count, reading in enumerate(answers, start=1):
        done[reading.file.file_id] = reading
        progress("ingest", count, len(waiting))
    return [done[file.file_id] for file in files]


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


def _load(readings: list[FileReading], database: Path, beside: Beside, *, is_sample: bool) -> Ingested:
    """Write the readings to a new warehouse, and count."""
    from pipeline import store
    from pipeline.ingest.load import file_row, load_readings
    from pipeline.reference import load_reference
    from pipeline.views import in_one_step

    with store.open_for_writing(database) as connection:
        with in_one_step(connection):
            store.create_tables(connection)
            load_reference(connection)
        load_readings(connection, readings, beside=beside)
        store.create_views(connection)
        findings = store.count_findings(connection)
    rows = [file_row(reading) for reading in readings]
    statuses = [row["status"] for row in rows]
    loaded = [row["received_on"] for row in rows if row["status"] == "loaded"]
    return Ingested(
        files={status: statuses.count(status) for status in sorted(set(statuses))},
        rows=sum(reading.rows for reading in readings),
        is_sample=is_sample,
        data_cutoff=max(loaded, default=None),
        findings=findings,
    )
