"""What is wrong with this machine, and how to mend it: everything that a refresh needs, looked at without doing one."""

from __future__ import annotations

import importlib
import os
import re
import shutil
import sys
import tempfile
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from pipeline.able import link_symbolically
from pipeline.errors import EXIT_ATTENTION, EXIT_DONE, AlreadyRunning
from pipeline.lock import LOCK, held
from pipeline.operation.diary import read_runs
from pipeline.operation.schedule import describe
from pipeline.release import resolve_current
from pipeline.settings import PROJECT, Settings

_OLDEST_PYTHON = (3, 11)
_LOCK_FILE = PROJECT / "requirements.lock"
_PIN = re.compile(r"^([A-Za-z0-9._-]+)==([^\s\\;]+)\s*(?:;\s*([^\\]+?))?\s*\\?$", re.MULTILINE)
# A release is built beside the published one, and views and briefs need room meanwhile.
_ROOM_FOR_RELEASES, _LEAST_BYTES = 3, 500 * 2**20
_LATE = timedelta(hours=36)
_AHEAD = timedelta(minutes=10)
_NEEDED = ("duckdb", "great_expectations", "matplotlib", "papermill", "pypandoc", "python_calamine", "typst")


@dataclass(frozen=True)
class Look:
    """What was looked at and found.

    Attributes:
        what: what was looked at.
        found: what was found.
        mend: what to do; None where nothing is wrong.
    """

    what: str
    found: str
    mend: str | None = None


def examine(settings: Settings, *, now: datetime | None = None) -> tuple[int, list[str]]:
    """Look at everything; returns the exit code and the lines to print."""
    now = now or datetime.now(UTC)
    looks = [
        _python(),
        _packages(_LOCK_FILE),
        _libraries(),
        _fonts(),
        _disk(settings),
        _may_write(settings),
        _may_read(settings),
        _running(settings),
        _unfinished(settings),
        _clock(settings, now),
        _schedule(settings),
        _last_run(settings, now),
    ]
    lines = [_say(look) for look in looks]
    return EXIT_ATTENTION if any(look.mend for look in looks) else EXIT_DONE, lines


def _say(look: Look) -> str:
    if look.mend is None:
        return f"ดี      {look.what}: {look.found}"
    return f"ต้องดู  {look.what}: {look.found}\n          แก้: {look.mend}"


def _python() -> Look:
    found = ".".join(map(str, sys.version_info[:3]))
    is_good = sys.version_info[:2] >= _OLDEST_PYTHON
    return Look("Python", found, None if is_good else "ติดตั้ง Python 3.11 ขึ้นไป ลบ .venv/ แล้วพิมพ์ make อีกครั้ง")


def _packages(lock: Path) -> Look:
    """Hold what is installed to the lock."""
    from packaging.markers import Marker
    from packaging.version import Version

    pins = [
        (name, pinned)
        for name, pinned, marker in _PIN.findall(lock.read_text(encoding="utf-8"))
        if not marker or Marker(marker).evaluate()
    ]
    installed = [(name, pinned, _installed(name)) for name, pinned in pins]
    differing = [
        f"{name} {found or '(ไม่มี)'}"
        for name, pinned, found in installed
        if found is None or Version(found) != Version(pinned)
    ]
    if not differing:
        return Look("ไลบรารี", f"{len(pins)} รายการตรงกับ {lock.name}")
    shown = ", ".join(differing[:5]) + (f" และอีก {len(differing) - 5}" if len(differing) > 5 else "")
    return Look("ไลบรารี", f"ไม่ตรงกับ {lock.name}: {shown}", "ลบ .venv/ แล้วพิมพ์ make อีกครั้ง")


def _installed(name: str) -> str | None:
    try:
        return version(name)
    except PackageNotFoundError:
        return None


def _libraries() -> Look:
    """Import what does the work: a package may be installed and yet not run on this machine."""
    failed = [f"{name}: {error}" for name in _NEEDED if (error := _error_of(importlib.import_module, name))]
    return Look(
        "ไลบรารีทำงาน",
        "; ".join(failed) or ", ".join(_NEEDED),
        "ลบ .venv/ แล้วพิมพ์ make อีกครั้ง  ถ้ายังไม่ได้ เครื่องนี้อาจขาดไลบรารีของระบบ" if failed else None,
    )


def _fonts() -> Look:
    from pipeline.render.fonts import font_file

    missing = [face for face in ("Regular", "Bold", "Italic", "BoldItalic") if not font_file(face).is_file()]
    found = f"ขาด {', '.join(missing)}" if missing else "Sarabun ครบสี่แบบ"
    return Look("แบบอักษร", found, "ลบ .venv/ แล้วพิมพ์ make อีกครั้ง" if missing else None)


def _disk(settings: Settings) -> Look:
    place = next(path for path in (settings.out, *settings.out.parents) if path.exists())
    free = shutil.disk_usage(place).free
    published = resolve_current(settings.out)
    size = sum(path.stat().st_size for path in published.rglob("*") if path.is_file()) if published else 0
    needed = max(_ROOM_FOR_RELEASES * size, _LEAST_BYTES)
    found = f"ว่าง {free / 2**20:,.0f} MB ควรมี {needed / 2**20:,.0f} MB"
    return Look("เนื้อที่ของ OUT", found, None if free >= needed else "ลบไฟล์ที่ไม่ใช้ หรือย้าย OUT ไปดิสก์ที่ว่างกว่า")


def _may_write(settings: Settings) -> Look:
    try:
        settings.out.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=settings.out, prefix=".doctor-") as folder:
            links = _links_in(Path(folder))
    except OSError as error:
        return Look("เขียน OUT", f"{settings.out}: {error.strerror}", "ให้สิทธิ์เขียนแก่ผู้ใช้ที่รัน หรือใช้ OUT= เป็นที่อื่น")
    return Look("เขียน OUT", f"{settings.out} ({links})")


def _links_in(folder: Path) -> str:
    """Say how the published release is pointed at there."""
    try:
        link_symbolically(folder / "link", "target")
    except OSError:
        return "ไม่มีลิงก์สัญลักษณ์ current จึงเป็นไฟล์ข้อความ"
    return "current เป็นลิงก์สัญลักษณ์"


def _may_read(settings: Settings) -> Look:
    if not settings.raw.is_dir():
        return Look("อ่าน RAW", f"ไม่พบ {settings.raw}", "สร้างโฟลเดอร์ หรือใช้ RAW= เป็นที่อื่น")
    closed = [
        path.name for path in settings.raw.rglob("*") if path.is_file() and not os.access(path, os.R_OK)
    ]
    count = sum(path.is_file() for path in settings.raw.rglob("*"))
    if closed:
        return Look("อ่าน RAW", f"อ่านไม่ได้ {len(closed)} ไฟล์", "ให้สิทธิ์อ่านแก่ผู้ใช้ที่รัน")
    return Look("อ่าน RAW", f"{settings.raw} {count:,} ไฟล์")


def _running(settings: Settings) -> Look:
    if not (settings.out / LOCK).exists():
        return Look("รอบที่ทำอยู่", "ไม่มี")
    try:
        with held(settings.out, "doctor"):
            return Look("รอบที่ทำอยู่", "ไม่มี")
    except AlreadyRunning as error:
        return Look("รอบที่ทำอยู่", str(error))


def _unfinished(settings: Settings) -> Look:
    if not settings.build.exists() or (settings.out / LOCK).exists():
        return Look("งานที่ค้าง", "ไม่มี")
    return Look("งานที่ค้าง", f"{settings.build}", "พิมพ์ make refresh (เริ่มใหม่เอง) หรือ make clean (ลบทิ้ง)")


def _clock(settings: Settings, now: datetime) -> Look:
    """Hold the clock against the newest file and release: nothing comes from the future."""
    published = resolve_current(settings.out)
    marks = (
        [path.stat().st_mtime for path in settings.raw.rglob("*") if path.is_file()]
        if settings.raw.is_dir()
        else []
    )
    marks += (
        [(published / "run.json").stat().st_mtime] if published and (published / "run.json").exists() else []
    )
    newest = datetime.fromtimestamp(max(marks, default=0), tz=UTC)
    found = now.astimezone().strftime("%Y-%m-%d %H:%M %z")
    if newest <= now + _AHEAD:
        return Look("นาฬิกา", found)
    return Look("นาฬิกา", f"{found} แต่มีไฟล์จากอนาคต {newest:%Y-%m-%d}", "ตั้งนาฬิกาของเครื่อง หรือแก้เวลาของไฟล์นั้น")


def _schedule(settings: Settings) -> Look:
    found = describe(settings)
    return Look("ตั้งเวลา", found or "ไม่ได้ตั้ง (พิมพ์ make schedule เมื่อต้องการให้ทำทุกคืน)")


def _last_run(settings: Settings, now: datetime) -> Look:
    runs = read_runs(settings.out)
    if not runs:
        return Look("รอบล่าสุด", "ยังไม่มีบันทึก")
    last = runs[-1]
    found = f"{last.started[:16].replace('T', ' ')} รหัส {last.exit_code} {last.seconds:,.0f} วินาที"
    if last.exit_code not in (EXIT_DONE, EXIT_ATTENTION):
        return Look("รอบล่าสุด", f"{found}: {last.told}", "แก้ตามข้อความ แล้วพิมพ์ make refresh")
    is_late = describe(settings) is not None and now - datetime.fromisoformat(last.started) > _LATE
    return Look(
        "รอบล่าสุด",
        found,
        "รอบที่ตั้งเวลาไว้ไม่ได้ทำ: ดูว่าเครื่องเปิดอยู่เมื่อถึงเวลา แล้วพิมพ์ make refresh" if is_late else None,
    )


def _error_of(work: Callable[[str], object], argument: str) -> str | None:
    try:
        with warnings.catch_warnings(action="ignore"):
            work(argument)
    except (ImportError, OSError) as error:
        return f"{type(error).__name__}: {error}"
    return None
