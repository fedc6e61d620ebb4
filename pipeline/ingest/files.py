"""Which files lie under RAW, in what order they came, and which of them are not data."""

from __future__ import annotations

import csv
import hashlib
import re
import time
from collections.abc import Collection, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.clock import THAI_TIME
from pipeline.errors import UsageError
from pipeline.ingest.cleared.legible import mask_name
from pipeline.settings import BUNDLED_SAMPLE, SAMPLE_FOLDER
from pipeline.thai import BUDDHIST_ERA
from pipeline.tombstones import TOMBSTONES_FILE, Tombstone, read_tombstones

if TYPE_CHECKING:
    from pipeline.ingest.beside.corrections import Correction
    from pipeline.ingest.beside.overrides import Override

_IGNORED_NAMES = {
    "readme.md", "manifest.csv", "overrides.csv", "corrections.csv", "alignment.csv", TOMBSTONES_FILE,
}  # fmt: skip
# What browsers and copying programs call a file that is not all there yet.
_PARTIAL = {".part", ".partial", ".crdownload", ".download", ".tmp"}
_LATELY_SECONDS = 60
_STAMP = re.compile(
    r"(?<!\d)(20\d\d|25\d\d)[-_]?(\d\d)[-_]?(\d\d)(?:[-_T]?(\d\d)[-_]?(\d\d)[-_]?(\d\d))?(?!\d)"
)


@dataclass(frozen=True)
class FoundFile:
    """One file under RAW.

    Attributes:
        file_id: made of its path and content, the same in every run on the same input.
        path: relative to RAW, with forward slashes, personal data masked.
        absolute: where it is.
        received: when it came, as well as is known.
        received_how: what said so: manifest, overrides.csv, name or file.
        ignored: why it is no data, or none yet; None where it may be.
        buried: why it is refused unopened, since its content was purged; None where it was not.
        is_waiting: whether it is left to the next run, since somebody still writes it or nobody may open it.
        overrides: the lines of overrides.csv that speak of it.
        corrections: the lines of corrections.csv that correct it.
    """

    file_id: str
    path: str
    absolute: Path
    sha256: str
    size: int
    received: datetime
    received_how: str
    ignored: str | None
    is_waiting: bool = False
    buried: str | None = None
    overrides: tuple[Override, ...] = ()
    corrections: tuple[Correction, ...] = ()


def find_files(raw: Path, *, growing: Collection[Path] = ()) -> tuple[list[FoundFile], bool]:
    """List every file under RAW in the order in which it came, and tell whether it is the bundled sample.

    The sample is read only where RAW holds nothing else.

    Args:
        raw: the folder of received files.
        growing: those that were seen to change just now; see `find_growing`.

    Raises:
        UsageError: RAW is no folder.
    """
    if not raw.is_dir():
        raise UsageError(f"ไม่พบโฟลเดอร์ข้อมูล RAW={raw}  พิมพ์ เช่น make refresh RAW=raw_data")
    paths = sorted(path for path in raw.rglob("*") if path.is_file())
    own = [path for path in paths if not _is_sample(path, raw)]
    has_sample_only = not any(_why_ignored(path, raw) is None for path in own) and len(own) < len(paths)
    is_sample = has_sample_only or raw.resolve() == BUNDLED_SAMPLE
    received_on = {path: day for folder in {raw, raw / SAMPLE_FOLDER} for path, day in _read_manifest(folder)}
    purged = read_tombstones(raw)
    found = [
        _bury(_describe(path, raw, received_on, is_sample=is_sample, is_growing=path in growing), purged)
        for path in paths
    ]
    return sorted(found, key=lambda file: (file.received, file.path)), is_sample


def find_file(raw: Path, path: Path) -> FoundFile:
    """Describe one file under RAW, the bundled sample's too."""
    received_on = {one: day for folder in {raw, raw / SAMPLE_FOLDER} for one, day in _read_manifest(folder)}
    return _bury(_describe(path, raw, received_on, is_sample=True), read_tombstones(raw))


def _bury(file: FoundFile, purged: Mapping[str, Tombstone]) -> FoundFile:
    """Refuse a file whose content was purged; where it lies is told as for any other."""
    one = purged.get(file.sha256)
    return replace(file, buried=one.told) if one and file.ignored is None else file


def _is_sample(path: Path, raw: Path) -> bool:
    """Whether a file belongs to the bundled sample."""
    return path.relative_to(raw).parts[0] == SAMPLE_FOLDER


def _why_ignored(path: Path, raw: Path) -> str | None:
    """Say why a file is no data: a lock file, a hidden one, or one of ours."""
    parts = path.relative_to(raw).parts
    if path.name.startswith("~$"):
        return "ไฟล์ล็อกของโปรแกรมตาราง"
    if any(part.startswith(".") for part in parts):
        return "ไฟล์ซ่อน"
    if path.name.lower() in _IGNORED_NAMES:
        return "ไฟล์ประกอบ ไม่ใช่ข้อมูล"
    return None


def find_growing(raw: Path, *, seconds: float) -> set[Path]:
    """Find the files under RAW that change while one looks: they are still being copied or saved.

    Args:
        raw: the folder of received files.
        seconds: how long to look; nobody waits where nothing was written lately.
    """
    before = _list_states(raw)
    newest = max((changed for _, changed in before.values()), default=0)
    if time.time() - newest / 1e9 > _LATELY_SECONDS:
        return set()
    time.sleep(seconds)
    return {path for path, state in _list_states(raw).items() if before.get(path) != state}


def _list_states(raw: Path) -> dict[Path, tuple[int, int]]:
    """By file its size in bytes, and when it was changed in nanoseconds."""
    states = {}
    for path in raw.rglob("*"):
        with suppress(FileNotFoundError):
            if path.is_file():
                states[path] = (path.stat().st_size, path.stat().st_mtime_ns)
    return states


def _why_waiting(path: Path, *, is_growing: bool) -> str | None:
    """Say why a file is left to the next run: it grows, a part of it is still to come, or it was saved while open.

    What a spreadsheet program has open and has not saved since is on the disk as it was, and is read.
    """
    if is_growing:
        return "กำลังถูกคัดลอกหรือบันทึกอยู่ จะอ่านในรอบถัดไป"
    if path.suffix.lower() in _PARTIAL:
        return "ยังดาวน์โหลดหรือคัดลอกไม่เสร็จ จะอ่านในรอบถัดไป"
    for owner in (path.with_name(f"~${path.name}"), path.with_name(f".~lock.{path.name}#")):
        with suppress(OSError):
            if owner.stat().st_mtime < path.stat().st_mtime:
                return "มีผู้เปิดแก้ไขอยู่และบันทึกระหว่างนั้น จะอ่านในรอบถัดไปเมื่อปิดแล้ว"
    return None


def _describe(
    path: Path, raw: Path, received_on: dict[Path, date], *, is_sample: bool, is_growing: bool = False
) -> FoundFile:
    """Read what is known of a file without understanding it."""
    relative = path.relative_to(raw).as_posix()
    ignored = _why_ignored(path, raw)
    if ignored is None and _is_sample(path, raw) and not is_sample:
        ignored = "ข้อมูลตัวอย่าง ไม่ใช้เมื่อมีข้อมูลจริง"
    waiting = None if ignored else _why_waiting(path, is_growing=is_growing)
    content = b""
    try:
        content = path.read_bytes()
        received, how = _received(path, received_on)
    except (PermissionError, FileNotFoundError) as error:
        # One file that nobody may open, or that has just gone, holds up no other; a lost share does.
        waiting = waiting or f"เปิดอ่านไม่ได้ในขณะนี้ ({error.strerror}) จะลองใหม่ในรอบถัดไป"
        received, how = datetime.now(THAI_TIME), "file"
    sha256 = hashlib.sha256(content).hexdigest()
    return FoundFile(
        file_id=hashlib.sha256(f"{relative}\n{sha256}".encode()).hexdigest()[:12],
        path=mask_name(relative),
        absolute=path.absolute(),
        sha256=sha256,
        size=len(content),
        received=received,
        received_how=how,
        ignored=ignored or waiting,
        is_waiting=ignored is None and waiting is not None,
    )


def _received(path: Path, received_on: dict[Path, date]) -> tuple[datetime, str]:
    """Tell when a file came: by the manifest, else a date in its name, else the file's time."""
    if path in received_on:
        return datetime.combine(received_on[path], datetime.min.time(), tzinfo=THAI_TIME), "manifest"
    stamp = _STAMP.search(path.stem)
    if stamp:
        moment = _stamp_time(stamp)
        if moment:
            return moment, "name"
    return datetime.fromtimestamp(path.stat().st_mtime, tz=THAI_TIME), "file"


def _stamp_time(stamp: re.Match[str]) -> datetime | None:
    """Read a date, and a time where there is one, in a file's name; None where it is none."""
    year, month, day, hour, minute, second = (int(part or 0) for part in stamp.groups())
    try:
        return datetime(
            year - BUDDHIST_ERA if year > 2400 else year, month, day, hour, minute, second, tzinfo=THAI_TIME
        )
    except ValueError:
        return None


def _read_manifest(folder: Path) -> Iterator[tuple[Path, date]]:
    """Read manifest.csv: paths count from its own folder."""
    manifest = folder / "manifest.csv"
    if not manifest.is_file():
        return
    with manifest.open(encoding="utf-8-sig", newline="") as lines:
        for number, row in enumerate(csv.DictReader(lines), start=2):
            try:
                yield folder / row["path"], date.fromisoformat(row["received_on"])
            except (KeyError, ValueError):
                raise UsageError(
                    f"manifest.csv บรรทัด {number}: ต้องมี path และ received_on เป็นวันที่ เช่น 2021-04-30"
                ) from None
