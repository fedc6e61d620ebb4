"""One Executor: processes of this machine."""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
import time
import traceback
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any, Generic, TypeVar, cast

from pipeline.able import may_fork
from pipeline.cluster.family import die_with, keep_memory, with_room

Item = TypeVar("Item")
Result = TypeVar("Result")
Tell = Callable[..., None]
_DONE, _LATE, _DIED = "done", "late", "died"
_NO_MEMORY = 70


def map_unordered(
    work: Callable[[Item], Result],
    items: Iterable[Item],
    *,
    jobs: int,
    died: Callable[[Item], Result],
    late: Callable[[Item], Result] | None = None,
    seconds: float | None = None,
    memory_bytes: int | None = None,
) -> Iterator[Result]:
    """Do work on every item in as many processes as `jobs`; results come as they are done.

    An item whose process dies is tried once more, and one that kills its process again is answered by `died`.
    The other processes go on meanwhile.

    Args:
        work: what to do with an item; what it raises is raised here.
        items: what to work on.
        jobs: processes at once.
        died: answers for an item that kills its process.
        late: answers for an item that takes longer than `seconds`; `died` where it is not given.
        seconds: how long one item may take; then its process is ended, whatever it does.
        memory_bytes: how much address space a process may take on top of what it starts with, where the system can
            hold it to that.
    """
    waiting = list(items)[::-1]
    tried: list[Item] = []
    workers = [_Worker(work, memory_bytes) for _ in range(min(max(jobs, 1), len(waiting)))]
    try:
        for worker in workers:
            worker.give(waiting.pop(), seconds)
        while busy := [worker for worker in workers if worker.is_busy]:
            wait([worker.pipe for worker in busy], _shortest_wait(busy))
            for worker in busy:
                how, item, result = worker.take()
                if how == _DONE:
                    yield cast("Result", result)
                elif how == _LATE:
                    yield (late or died)(item)
                elif how == _DIED and item in tried:
                    yield died(item)
                elif how == _DIED:
                    tried.append(item)
                    waiting.insert(0, item)
                if waiting and not worker.is_busy:
                    worker.give(waiting.pop(), seconds)
    finally:
        for worker in workers:
            worker.end()


def _shortest_wait(workers: list[_Worker[Item, Result]]) -> float | None:
    """How long until the first of some workers is late; None where none can be."""
    deadlines = [worker.deadline for worker in workers if worker.deadline is not None]
    return max(min(deadlines) - time.monotonic(), 0) if deadlines else None


class _Worker(Generic[Item, Result]):
    """A process that works on one item after the other, and is started anew where it ends."""

    def __init__(self, work: Callable[[Item], Result], memory_bytes: int | None) -> None:
        self.work = work
        self.memory_bytes = memory_bytes
        self.is_busy = False
        self.deadline: float | None = None
        self.item: Item | None = None
        self._start()

    def _start(self) -> None:
        """Start the process."""
        self.pipe, theirs = multiprocessing.Pipe()
        arguments = (self.work, theirs, self.memory_bytes, os.getpid())
        if may_fork():
            fork = multiprocessing.get_context("fork")
            self.process: BaseProcess = fork.Process(target=_serve, args=arguments, daemon=True)
        else:
            spawn = multiprocessing.get_context("spawn")
            self.process = spawn.Process(target=_serve, args=arguments, daemon=True)
        self.process.start()
        theirs.close()

    def give(self, item: Item, seconds: float | None) -> None:
        """Give the process an item."""
        if not self.process.is_alive():
            self.end()
            self._start()
        self.item, self.is_busy = item, True
        self.deadline = time.monotonic() + seconds if seconds else None
        self.pipe.send(item)

    def take(self) -> tuple[str, Item, Result | None]:
        """Take what became of the item: done, late, died, or nothing yet; raises what the work raised."""
        item = cast("Item", self.item)
        if not self.pipe.poll():
            if self.deadline is None or time.monotonic() < self.deadline:
                return "", item, None
            self.end()
            return _LATE, item, None
        try:
            is_raised, sent = self.pipe.recv()
        except (EOFError, ConnectionResetError):
            self.end()
            return _DIED, item, None
        self.is_busy = False
        if is_raised:
            raise cast("BaseException", sent)
        return _DONE, item, sent

    def end(self) -> None:
        """End the process, whatever it does."""
        self.is_busy = False
        self.process.kill()
        self.process.join()
        self.pipe.close()


def _serve(work: Callable[[Item], Result], pipe: Connection, memory_bytes: int | None, parent: int) -> None:
    """Work on what comes through the pipe until it is closed; runs in the process."""
    _follow(parent)
    keep_memory()
    if memory_bytes:
        limit_memory(memory_bytes)
    with_room(lambda: _answer(work, pipe))


def _answer(work: Callable[[Item], Result], pipe: Connection) -> None:
    """Work on what comes through the pipe until it is closed."""
    while True:
        try:
            item = pipe.recv()
        except EOFError:
            return
        answer: tuple[bool, object]
        try:
            answer = (False, work(item))
        except MemoryError:
            os._exit(_NO_MEMORY)
        except BaseException as error:  # noqa: BLE001 - the parent raises it again
            error.add_note(traceback.format_exc())
            answer = (True, error)
        pipe.send(answer)


def limit_memory(more: int) -> None:
    """Let this process take so many bytes of address space more than it has, where the system can hold it to that."""
    try:
        import resource

        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
        limit = pages * resource.getpagesize() + more
        resource.setrlimit(resource.RLIMIT_AS, (limit, resource.getrlimit(resource.RLIMIT_AS)[1]))
    except (ImportError, OSError, ValueError):
        return


def in_child(work: Callable[[Tell], Result], *, tell: Tell | None = None) -> Result:
    """Do one piece of work in a forked child, so that its threads and open files end with it.

    The parent stays fit to fork again: a process that has DuckDB open must not be forked. Where there is no
    fork, the work is done here.

    Args:
        work: what to do; is given a function that tells how far it is.
        tell: called in this process with whatever the child tells; a child must not touch a terminal's progress bar.
    """
    tell = tell or _say_nothing
    if not may_fork():
        return work(tell)
    context = multiprocessing.get_context("fork")
    receiving, sending = context.Pipe(duplex=False)
    child = context.Process(target=_send_result, args=(work, sending, os.getpid()))
    child.start()
    sending.close()
    try:
        return cast("Result", _take_result(child, receiving, tell))
    finally:
        _end_child(child, receiving)


def feed_child(work: Callable[[Iterator[Item]], Result], items: Iterable[Item]) -> Result:
    """Do one piece of work in a forked child on items as they come, and otherwise as `in_child` does.

    Args:
        work: what to do with the items.
        items: what is sent to the child; gone through in this process. Each waits in a pipe until the child takes it,
            so keep those small that are followed by others.
    """
    if not may_fork():
        return work(iter(items))
    context = multiprocessing.get_context("fork")
    receiving, sending = context.Pipe(duplex=False)
    taking, feeding = context.Pipe(duplex=False)

    def consume(_: Tell) -> Result:
        feeding.close()
        return work(_take_items(taking))

    child = context.Process(target=_send_result, args=(consume, sending, os.getpid()))
    child.start()
    sending.close()
    taking.close()
    try:
        # A child that is gone says why by what it has sent, or has not.
        with suppress(BrokenPipeError):
            for item in items:
                feeding.send(item)
        feeding.close()
        return cast("Result", _take_result(child, receiving, _say_nothing))
    finally:
        feeding.close()
        _end_child(child, receiving)


def _take_items(taking: Connection) -> Iterator[Any]:
    """Take what the parent sends until it has no more."""
    with suppress(EOFError):
        while True:
            yield taking.recv()


def _take_result(child: BaseProcess, receiving: Connection, tell: Tell) -> object:
    """Wait for what the child's work gives, and raise what it raised."""
    try:
        while True:
            is_result, sent = receiving.recv()
            if is_result:
                break
            tell(*sent)
        child.join()
    except EOFError:
        child.join()
        raise RuntimeError(f"a stage's process ended without an answer, exit code {child.exitcode}") from None
    if isinstance(sent, BaseException):
        raise sent
    return sent


def _end_child(child: BaseProcess, receiving: Connection) -> None:
    """End a child, whatever it does."""
    child.kill()
    child.join()
    receiving.close()


def _say_nothing(*_: object) -> None:
    """Take what is told and do nothing with it."""


def _follow(parent: int) -> None:
    """Leave it to the parent when to end: whoever stops a run stops the parent, and the children go with it."""
    die_with(parent)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    if may_fork():
        # What the parent has is never garbage here, and to look for it there would copy its memory.
        gc.freeze()


def _send_result(work: Callable[[Tell], Result], sending: Connection, parent: int) -> None:
    """Run the work in the child and send back what it gave or what it raised."""
    _follow(parent)
    try:
        keep_memory()
        sending.send((True, with_room(lambda: work(lambda *told: sending.send((False, told))))))
    except BaseException as error:  # noqa: BLE001 - the parent raises it again
        error.add_note(traceback.format_exc())
        sending.send((True, error))
