"""Releases that must go since what they have was purged: nobody is led back to them, nothing is taken from them."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

CONDEMNED = ".condemned.json"


def read_condemned(out: Path) -> frozenset[str]:
    """Read the names of the releases that must go."""
    path = out / CONDEMNED
    return frozenset(json.loads(path.read_text(encoding="utf-8"))) if path.is_file() else frozenset()


def condemn(out: Path, names: Iterable[str]) -> None:
    """Add releases to those that must go."""
    _write(out, read_condemned(out) | set(names))


def forget_condemned(out: Path, names: Iterable[str]) -> None:
    """Take releases that are gone off the list."""
    _write(out, read_condemned(out) - set(names))


def _write(out: Path, names: Iterable[str]) -> None:
    """Write the list in one step; no file where nothing has to go."""
    path = out / CONDEMNED
    listed = sorted(names)
    if not listed:
        path.unlink(missing_ok=True)
        return
    fresh = path.with_name(f"{CONDEMNED}.new")
    fresh.write_text(json.dumps(listed), encoding="utf-8")
    fresh.replace(path)
