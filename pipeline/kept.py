"""What is made of the program and its libraries alone, kept between runs beside the program: it is made at most once.

It is told by a digest of all that it is made of. Where the program's folder cannot be written to, every run makes it.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from pipeline.settings import KEPT

_DIGEST_BYTES = 32


def keep(name: str, made_of: str, make: Callable[[], bytes]) -> bytes:
    """Give what was made before of the same, else make it and keep it.

    Args:
        name: what it is, as a file's name.
        made_of: a digest, in letters, of all that decides what comes out.
        make: makes it.
    """
    place = KEPT / f"{name}.{made_of[:_DIGEST_BYTES]}"
    content = _read(place)
    if content is None:
        content = make()
        # It is made again by whoever cannot keep it.
        with suppress(OSError):
            _write(place, content)
    return content


def _read(place: Path) -> bytes | None:
    """Read what is kept; None where there is nothing, or not all of it."""
    try:
        content = place.read_bytes()
    except OSError:
        return None
    head, body = content[:_DIGEST_BYTES], content[_DIGEST_BYTES:]
    return body if hashlib.sha256(body).digest() == head else None


def _write(place: Path, content: bytes) -> None:
    """Keep it in one step, in the place of what was made of something else."""
    place.parent.mkdir(exist_ok=True)
    for old in place.parent.glob(f"{place.stem}.*"):
        old.unlink(missing_ok=True)
    fresh = place.with_suffix(f".{os.getpid()}")
    fresh.write_bytes(hashlib.sha256(content).digest() + content)
    fresh.replace(place)
