"""What is made of the typefaces and of nothing else, kept between runs beside the program: a run makes it at most once.

It is told by all that it is made of: the typefaces, the program of this room, and the versions of the libraries. Where
the program's folder cannot be written to, every run makes it.
"""

from __future__ import annotations

import hashlib
import os
import zlib
from collections.abc import Callable
from contextlib import suppress
from functools import cache
from pathlib import Path

from pipeline.inputs import digest_code, digest_files, digest_libraries
from pipeline.settings import KEPT

_LIBRARIES = ("fonttools",)
_DIGEST_BYTES = 32


def keep(name: str, fonts: Path, make: Callable[[], bytes]) -> bytes:
    """Give what was made before of the same, else make it and keep it.

    Args:
        name: what it is, as a file's name.
        fonts: the folder of the typefaces.
        make: makes it.
    """
    place = KEPT / f"{name}.{_made_of(fonts)}"
    content = _read(place)
    if content is None:
        content = make()
        # It is made again by whoever cannot keep it.
        with suppress(OSError):
            _write(place, content)
    return content


@cache
def _made_of(fonts: Path) -> str:
    """Digest all that decides what comes out."""
    told = (
        digest_files(fonts.glob("*.ttf"), root=fonts),
        digest_code(("render",)),
        digest_libraries(_LIBRARIES),
        zlib.ZLIB_RUNTIME_VERSION,
    )
    return hashlib.sha256("\n".join(told).encode()).hexdigest()[:_DIGEST_BYTES]


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
