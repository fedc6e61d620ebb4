"""Releases: built beside the published one, switched in one step, read by whoever resolves `current` first."""

from __future__ import annotations

import json
import shutil
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from pipeline.able import link_symbolically
from pipeline.errors import UsageError
from pipeline.release.condemned import read_condemned
from pipeline.release.durable import flush_folder, share_unchanged, write_out

CURRENT = "current"
RELEASES = "releases"
WAREHOUSE = "baseline.duckdb"
RECORD = "run.json"
# What the stages so far came to; a build without it was stopped in its first stage.
STATE = "stages.json"


def start_build(build: Path) -> None:
    """Make an empty folder for the next release; what an earlier run left there is thrown away."""
    discard_build(build)
    build.mkdir(parents=True)


def discard_build(build: Path) -> None:
    """Throw away a release that was not finished."""
    if build.exists():
        shutil.rmtree(build)


def continue_build(out: Path, build: Path) -> None:
    """Have a warehouse to go on with: the one being built once a stage of it is done, else the published one copied.

    Raises:
        UsageError: there is neither; says what to type first.
    """
    if (build / WAREHOUSE).exists() and (build / STATE).exists():
        return
    published = resolve_current(out)
    if published is None or published.name in read_condemned(out):
        raise UsageError("ยังไม่มีข้อมูลที่นำเข้า  พิมพ์ make ingest หรือ make refresh ก่อน")
    start_build(build)
    shutil.copy2(published / WAREHOUSE, build / WAREHOUSE)
    if (published / "quality").is_dir():
        shutil.copytree(published / "quality", build / "quality")


def find_previous(out: Path, *, is_sample: bool) -> Path | None:
    """Find the published warehouse that a new one is compared with and takes from.

    Sample data and real data are not compared, and nothing is taken from a release that has what was purged.
    """
    published = resolve_current(out)
    if published is None or not (published / RECORD).exists() or published.name in read_condemned(out):
        return None
    record = read_record(published)
    return published / WAREHOUSE if bool(record["counts"].get("is_sample")) == is_sample else None


def read_record(release: Path) -> dict[str, Any]:
    """Read a release's run.json."""
    record: dict[str, Any] = json.loads((release / RECORD).read_text(encoding="utf-8"))
    return record


def name_release(out: Path) -> str:
    """Name the next release by the time, a name that was never used."""
    stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%SZ")
    taken = {path.name for path in (out / RELEASES).glob(f"{stamp}*")}
    return next(
        name
        for number in range(len(taken) + 1)
        if (name := stamp if number == 0 else f"{stamp}-{number + 1}") not in taken
    )


def publish(out: Path, build: Path, name: str) -> Path:
    """Move a complete build among the releases and point `current` at it in one step; returns its folder.

    What is the same as in the published release is kept once; the disk holds it all before anybody is led there.
    """
    before = resolve_current(out)
    if before is not None:
        share_unchanged(build, before)
    write_out(build)
    release = out / RELEASES / name
    release.parent.mkdir(parents=True, exist_ok=True)
    build.rename(release)
    flush_folder(release.parent)
    point_current(out, name)
    return release


def withdraw(out: Path) -> None:
    """Lead nobody to any release any more; the releases stay where they are."""
    (out / CURRENT).unlink(missing_ok=True)
    flush_folder(out)


def resolve_current(out: Path) -> Path | None:
    """Find the published release's own folder, through a symbolic link or a text file; None where there is none."""
    pointer = out / CURRENT
    if pointer.is_symlink() or pointer.is_dir():
        target = pointer.resolve()
    elif pointer.is_file():
        target = (out / pointer.read_text(encoding="utf-8").strip()).resolve()
    else:
        return None
    return target if (target / WAREHOUSE).exists() else None


def point_current(out: Path, name: str) -> None:
    """Lead everybody to a release by one rename of the pointer; a text file serves where links cannot be made."""
    target = f"{RELEASES}/{name}"
    fresh = out / f".{CURRENT}.new"
    fresh.unlink(missing_ok=True)
    try:
        link_symbolically(fresh, target)
    except OSError:
        fresh.write_text(target + "\n", encoding="utf-8")
    fresh.replace(out / CURRENT)
    flush_folder(out)
