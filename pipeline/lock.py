"""One run at a time: a lock on the folder of releases that ends with the process that holds it, however that ends."""

from __future__ import annotations

import json
import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from pipeline.errors import AlreadyRunning

LOCK = ".lock"
# Past what is written in it, so that others can read who holds it where a lock keeps readers out too.
_FIRST, _LENGTH = 1 << 20, 1


@contextmanager
def held(out: Path, verb: str) -> Iterator[None]:
    """Hold the folder of releases against every other run while a verb works on it.

    Args:
        out: the folder of releases; made where it is not there.
        verb: what is done, for whoever comes meanwhile.

    Raises:
        AlreadyRunning: another process holds it; says which one and since when.
    """
    out.mkdir(parents=True, exist_ok=True)
    with _open(out / LOCK) as file:
        _write_who(file, verb)
        try:
            yield
        finally:
            # Gone before it is let go: whoever waits at it sees that it is no longer the folder's own.
            with suppress(OSError):
                (out / LOCK).unlink()
            _unlock(file)


def _open(path: Path) -> BinaryIO:
    """Open and lock the file that has the lock's name now."""
    while True:
        file = path.open("a+b")
        if not try_lock(file):
            with file:
                raise AlreadyRunning(_say_who(file))
        with suppress(FileNotFoundError):
            if os.path.samestat(os.fstat(file.fileno()), path.stat()):
                return file
        file.close()


def try_lock(file: BinaryIO, *, first: int = _FIRST, length: int = _LENGTH) -> bool:
    """Lock a part of a file that is open for writing, for this process and not for its children.

    Args:
        file: the file; the lock goes when any handle of this process on it is closed.
        first: where the part begins, in bytes.
        length: how long it is; 0 for all that follows.

    Returns:
        False where another process has it.
    """
    try:
        if os.name == "nt":
            import msvcrt

            file.seek(first)
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, length or _LENGTH)  # type: ignore[attr-defined]
        else:
            import fcntl

            fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB, length, first)
    except OSError:
        return False
    return True


def _unlock(file: BinaryIO) -> None:
    """Let another have it."""
    if os.name == "nt":
        import msvcrt

        file.seek(_FIRST)
        msvcrt.locking(file.fileno(), msvcrt.LK_UNLCK, _LENGTH)  # type: ignore[attr-defined]
    else:
        import fcntl

        fcntl.lockf(file, fcntl.LOCK_UN, _LENGTH, _FIRST)


def _write_who(file: BinaryIO, verb: str) -> None:
    """Write who holds it."""
    who = {
        "verb": verb,
        "pid": os.getpid(),
        "host": socket.gethostname(),
        "since": datetime.now().astimezone().strftime("%H:%M"),
    }
    file.truncate(0)
    file.write(json.dumps(who).encode())
    file.flush()


def _say_who(file: BinaryIO) -> str:
    """Say who holds it, in one line."""
    who = {"verb": "?", "pid": "?", "host": "?", "since": "?"}
    file.seek(0)
    with suppress(ValueError):
        who |= json.loads(file.read())
    return (
        f"กำลังทำ {who['verb']} อยู่แล้วตั้งแต่ {who['since']} น. (โปรเซส {who['pid']} เครื่อง {who['host']}) "
        "ครั้งนี้จึงไม่ได้ทำ  รอให้เสร็จแล้วพิมพ์อีกครั้ง"
    )
