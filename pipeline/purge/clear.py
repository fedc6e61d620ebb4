"""Takes it away: the stones that keep it from coming back are laid first, then it goes and what was made of it."""

from __future__ import annotations

import shutil
from collections.abc import Collection
from contextlib import suppress
from datetime import date
from pathlib import Path

from pipeline.operation import load_operation
from pipeline.operation.diary import LOGS, forget_words
from pipeline.operation.table import write_table
from pipeline.purge.beside import remove_lines
from pipeline.purge.found import Holding
from pipeline.release import RELEASES, discard_build
from pipeline.release.condemned import condemn, read_condemned
from pipeline.settings import Settings
from pipeline.tombstones import Tombstone, read_tombstones, write_tombstones


def clear(settings: Settings, holding: Holding, *, on: date, reason: str) -> None:
    """Take a submission away, but for the releases: these go once one without it stands.

    Stopped in the middle, it is done again by the same command: what it has taken away is found no more.

    Args:
        settings: where things are.
        holding: what to take away.
        on: the day that the stones say.
        reason: the code that they say.
    """
    stones = read_tombstones(settings.raw)
    fresh = {digest: Tombstone(digest, on, reason) for digest in holding.sha256s}
    write_tombstones(settings.raw, (fresh | stones).values())
    condemn(settings.out, holding.releases)
    for path, numbers in holding.lines.items():
        remove_lines(path, numbers)
    for path in holding.received:
        _remove_received(path, settings.raw)
    discard_build(settings.build)
    for folder in holding.made:
        shutil.rmtree(folder)
    forget_words(settings.out, _words(holding))
    if (settings.out / LOGS).is_dir():
        write_table(settings.out, load_operation())


def _remove_received(path: Path, raw: Path) -> None:
    """Remove a received file, what its program left beside it, and folders that are then empty."""
    path.unlink()
    for owner in (path.with_name(f"~${path.name}"), path.with_name(f".~lock.{path.name}#")):
        owner.unlink(missing_ok=True)
    for folder in path.parents:
        if folder == raw or raw not in folder.parents or any(folder.iterdir()):
            break
        with suppress(OSError):
            folder.rmdir()


def _words(holding: Holding) -> Collection[str]:
    """What a log may say of it: its names, with and without folders; no log quotes what is in a file."""
    return (
        holding.paths | {Path(path).name for path in holding.paths} | {path.name for path in holding.received}
    )


def list_left(settings: Settings) -> list[str]:
    """List the releases that still have what was purged: somebody reads them, or none could take their place."""
    return sorted(name for name in read_condemned(settings.out) if (settings.out / RELEASES / name).is_dir())
