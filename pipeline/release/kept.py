"""Which releases are kept: by number and age, none that somebody reads, and the way back to the one before."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from pathlib import Path

from pipeline import specs
from pipeline.errors import NothingToPublish
from pipeline.lock import try_lock
from pipeline.release import RECORD, RELEASES, WAREHOUSE, point_current, resolve_current
from pipeline.release.condemned import forget_condemned, read_condemned

OPERATION_FILE = "operation.yml"
_STAMP = "%Y%m%dT%H%M%SZ"
_LIMITS = {"at_most", "days", "at_least"}
_GOING = ".going-"


@dataclass(frozen=True)
class Keeping:
    """How many releases are kept.

    Attributes:
        at_most: the newest so many.
        days: none that is older.
        at_least: but always the newest so many.
    """

    at_most: int
    days: int
    at_least: int


@lru_cache(maxsize=1)
def load_keeping() -> Keeping:
    """Load how many releases are kept.

    Raises:
        SpecError: a limit is missing, unknown, or no whole number of 1 or more.
    """
    where = f"{OPERATION_FILE}: releases"
    limits = specs.load_yaml(OPERATION_FILE)["releases"]
    specs.require(set(limits) == _LIMITS, where, f"exactly {', '.join(sorted(_LIMITS))}")
    for name, limit in limits.items():
        specs.require(type(limit) is int and limit >= 1, f"{where}: {name}", "a whole number of 1 or more")
    return Keeping(**limits)


def list_releases(out: Path) -> list[Path]:
    """List the complete releases, the oldest first."""
    return sorted(
        path
        for path in (out / RELEASES).glob("[0-9]*")
        if (path / RECORD).is_file() and (path / WAREHOUSE).is_file()
    )


def remove_old(out: Path, now: datetime, keeping: Keeping | None = None) -> list[str]:
    """Remove releases that are too many or too old, or have what was purged.

    The published one stays, and every one that somebody reads.

    Args:
        out: the folder of releases.
        now: to which their age is counted.
        keeping: how many are kept; None for what the specs say.

    Returns:
        The names of those that went.
    """
    keeping = keeping or load_keeping()
    _finish_removing(out)
    published = resolve_current(out)
    gone = remove_condemned(out)
    newest_first = list_releases(out)[::-1]
    for place, release in enumerate(newest_first):
        is_due = place >= keeping.at_most or _made_on(release, now) < now - timedelta(days=keeping.days)
        if place >= keeping.at_least and is_due and release != published and not is_read(release):
            _remove(release)
            gone.append(release.name)
    return gone


def remove_condemned(out: Path) -> list[str]:
    """Remove the releases that have what was purged, but for the published one and those that somebody reads.

    Returns:
        The names of those that went; the others stay on the list for the next run.
    """
    published = resolve_current(out)
    condemned = read_condemned(out)
    going = [out / RELEASES / name for name in sorted(condemned)]
    for release in (path for path in going if path.is_dir() and path != published and not is_read(path)):
        _remove(release)
    gone = [path.name for path in going if not path.exists()]
    if gone:
        forget_condemned(out, gone)
    return gone


def is_read(release: Path) -> bool:
    """Whether any process of this machine has a release's warehouse open; DuckDB locks it for its readers."""
    try:
        with (release / WAREHOUSE).open("r+b") as file:
            return not try_lock(file, first=0, length=0)
    except OSError:
        return True


def roll_back(out: Path) -> tuple[str, str]:
    """Publish the release before the published one again; returns the names of the one left and the one gone to.

    Raises:
        NothingToPublish: nothing is published, or nothing older is kept.
    """
    published = resolve_current(out)
    if published is None:
        raise NothingToPublish("ยังไม่มีการเผยแพร่ จึงไม่มีฉบับให้ย้อนกลับ  พิมพ์ make refresh")
    condemned = read_condemned(out)
    older = [
        release
        for release in list_releases(out)
        if release.name < published.name and release.name not in condemned
    ]
    if not older:
        raise NothingToPublish(f"ไม่มีฉบับที่เก่ากว่า {published.name} เก็บไว้  ฉบับนี้ยังเผยแพร่อยู่ตามเดิม")
    point_current(out, older[-1].name)
    return published.name, older[-1].name


def _made_on(release: Path, now: datetime) -> datetime:
    """When a release was made, as its name says; now where it says something else, so that it does not go."""
    try:
        return datetime.strptime(release.name.partition("-")[0], _STAMP).replace(tzinfo=UTC)
    except ValueError:
        return now


def _remove(release: Path) -> None:
    """Take a release away: first its name, so that nobody finds half of it."""
    going = release.with_name(f"{_GOING}{release.name}")
    release.rename(going)
    shutil.rmtree(going, ignore_errors=True)


def _finish_removing(out: Path) -> None:
    """Take away what a run that was stopped in the middle left."""
    for going in (out / RELEASES).glob(f"{_GOING}*"):
        shutil.rmtree(going, ignore_errors=True)
