"""What a person at the terminal sees, or a log: how far a run is, and in one line what stood in its way."""

from __future__ import annotations

import errno
import os
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, NoReturn

from pipeline.errors import EXIT_NOT_PUBLISHED, PipelineError, StopAsked

Progress = Callable[[str, int, int], None]
_UNTIL_HEARD_SECONDS = 3.0
_STANDS = "ฉบับที่เผยแพร่ก่อนหน้ายังอยู่ตามเดิม"
_FULL = "ดิสก์เต็ม  ลบไฟล์ที่ไม่ใช้หรือย้าย OUT ไปที่ที่ว่างกว่า แล้วพิมพ์อีกครั้ง"
_DENIED = "ไม่มีสิทธิ์อ่านหรือเขียน  ตรวจสิทธิ์ของโฟลเดอร์นี้ หรือใช้ RAW= และ OUT= เป็นที่อื่น"
_LOST = "ติดต่อไดรฟ์ไม่ได้  ตรวจว่าโฟลเดอร์ที่ใช้ร่วมกันหรือไดรฟ์ยังต่ออยู่ แล้วพิมพ์อีกครั้ง"
_TOO_MANY = "เปิดไฟล์พร้อมกันเกินที่ระบบยอม  ลด JOBS หรือเพิ่มขีดจำกัดด้วย ulimit -n"
_ADVICE = {
    errno.ENOSPC: _FULL,
    errno.EDQUOT: _FULL,
    errno.EACCES: _DENIED,
    errno.EPERM: _DENIED,
    errno.EROFS: _DENIED,
    errno.EIO: _LOST,
    errno.ESTALE: _LOST,
    errno.ENOTCONN: _LOST,
    errno.EHOSTDOWN: _LOST,
    errno.EMFILE: _TOO_MANY,
    errno.ENFILE: _TOO_MANY,
}
# What the warehouse says of the system's errors, which it has words for and no numbers.
_IN_WORDS = {
    os.strerror(number).lower(): number for number in (errno.ENOSPC, errno.EACCES, errno.EROFS, errno.EIO)
}


@contextmanager
def errors_told() -> Iterator[None]:
    """Print an error of ours, or of the system's that a person can mend, in one line, and leave with its exit code."""
    try:
        with _stoppable():
            yield
    except PipelineError as error:
        print(error, file=sys.stderr)
        sys.exit(error.exit_code)
    except StopAsked:
        print(f"หยุดตามคำสั่ง  {_STANDS}", file=sys.stderr)
        sys.exit(EXIT_NOT_PUBLISHED)
    except Exception as error:
        told = say_system_error(error)
        if told is None:
            raise
        print(told, file=sys.stderr)
        sys.exit(EXIT_NOT_PUBLISHED)


@contextmanager
def _stoppable() -> Iterator[None]:
    """Take what stops a process for a wish: what was started is ended, and what is half done goes."""
    kept = {number: signal.signal(number, _stop) for number in (signal.SIGTERM, signal.SIGINT)}
    try:
        yield
    finally:
        _stop_again_in(0)
        for number, handler in kept.items():
            signal.signal(number, handler)


def _stop(*_: object) -> NoReturn:
    """Stop where the run is; what is raised in a callback of the interpreter's is lost, so again until it is heard."""
    _stop_again_in(_UNTIL_HEARD_SECONDS)
    raise StopAsked


def _stop_again_in(seconds: float) -> None:
    """Stop again after a while, 0 for never, where the system has a timer."""
    if hasattr(signal, "setitimer"):
        signal.signal(signal.SIGALRM, _stop)
        signal.setitimer(signal.ITIMER_REAL, seconds)


def say_system_error(error: BaseException) -> str | None:
    """Say in a line what the system refused and what to do; None for what no person can mend there.

    >>> say_system_error(OSError(errno.ENOSPC, "No space left on device", "outputs/x"))
    'outputs/x: ดิสก์เต็ม  ลบไฟล์ที่ไม่ใช้หรือย้าย OUT ไปที่ที่ว่างกว่า แล้วพิมพ์อีกครั้ง  ฉบับที่เผยแพร่ก่อนหน้ายังอยู่ตามเดิม'
    >>> say_system_error(ValueError("x"))
    """
    number = error.errno if isinstance(error, OSError) else _number_in_words(error)
    if number not in _ADVICE:
        return None
    where = f"{error.filename}: " if isinstance(error, OSError) and error.filename else ""
    return f"{where}{_ADVICE[number]}  {_STANDS}"


def _number_in_words(error: BaseException) -> int | None:
    """The system's error that the warehouse's own error tells of."""
    if not type(error).__module__.lstrip("_").startswith("duckdb"):
        return None
    said = str(error).lower()
    return next((number for words, number in _IN_WORDS.items() if words in said), None)


@contextmanager
def show_progress() -> Iterator[Progress]:
    """Show a bar to a person, and a plain line a stage to a log."""
    if not sys.stderr.isatty():
        yield _plain_progress()
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True)) as bars:
        tasks: dict[str, Any] = {}

        def tell(stage: str, done: int, total: int) -> None:
            name = stage.partition(":")[0]
            if name not in tasks:
                tasks[name] = bars.add_task(name, total=None)
            bars.update(tasks[name], description=stage, completed=done, total=total or None)

        yield tell


def _plain_progress() -> Progress:
    """Print a line when a stage begins and when it is done."""
    told: set[tuple[str, bool]] = set()

    def tell(stage: str, done: int, total: int) -> None:
        (name, _, detail), is_done = stage.partition(":"), bool(total) and done >= total
        if (name, is_done) not in told:
            told.add((name, is_done))
            far = detail.strip() or f"{done}/{total}"
            print(f"{name}: {far}" if total else f"{name} ...{detail}", file=sys.stderr, flush=True)

    return tell
