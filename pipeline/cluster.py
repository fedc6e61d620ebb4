"""One Executor: processes of this machine."""

from __future__ import annotations

import multiprocessing
import traceback
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from multiprocessing.connection import Connection
from typing import TypeVar, cast

Item = TypeVar("Item")
Result = TypeVar("Result")
Tell = Callable[..., None]


def map_unordered(
    work: Callable[[Item], Result], items: Iterable[Item], *, jobs: int, died: Callable[[Item], Result]
) -> Iterator[Result]:
    """Do work on every item in as many processes as `jobs`; results come as they are done.

    A process that dies takes its item with it: each item that was lost is tried once more alone, and one that
    kills its process again is answered by `died`.
    """
    waiting = list(items)
    lost: list[Item] = []
    if jobs <= 1 or len(waiting) <= 1:
        yield from map(work, waiting)
        return
    with _pool(jobs) as pool:
        futures = {pool.submit(work, item): item for item in waiting}
        for future in as_completed(futures):
            try:
                yield future.result()
            except BrokenProcessPool:
                lost.append(futures[future])
    for item in lost:
        yield _alone(work, item, died)


def _pool(jobs: int) -> ProcessPoolExecutor:
    """Make a pool whose processes are forked where that is to be had, since they start at once."""
    method = "fork" if "fork" in multiprocessing.get_all_start_methods() else "spawn"
    return ProcessPoolExecutor(max_workers=jobs, mp_context=multiprocessing.get_context(method))


def _alone(work: Callable[[Item], Result], item: Item, died: Callable[[Item], Result]) -> Result:
    """Try one item in a process of its own."""
    with _pool(1) as pool:
        try:
            return pool.submit(work, item).result()
        except BrokenProcessPool:
            return died(item)


def in_child(work: Callable[[Tell], Result], *, tell: Tell | None = None) -> Result:
    """Do one piece of work in a forked child, so that its threads and open files end with it.

    The parent stays fit to fork again: a process that has DuckDB open must not be forked. Where there is no
    fork, the work is done here.

    Args:
        work: what to do; is given a function that tells how far it is.
        tell: called in this process with whatever the child tells; a child must not touch a terminal's progress bar.
    """
    tell = tell or _say_nothing
    if "fork" not in multiprocessing.get_all_start_methods():
        return work(tell)
    context = multiprocessing.get_context("fork")
    receiving, sending = context.Pipe(duplex=False)
    child = context.Process(target=_send_result, args=(work, sending))
    child.start()
    sending.close()
    try:
        while True:
            is_result, sent = receiving.recv()
            if is_result:
                break
            tell(*sent)
    except EOFError:
        child.join()
        raise RuntimeError(f"a stage's process ended without an answer, exit code {child.exitcode}") from None
    child.join()
    if isinstance(sent, BaseException):
        raise sent
    return cast("Result", sent)


def _say_nothing(*_: object) -> None:
    """Take what is told and do nothing with it."""


def _send_result(work: Callable[[Tell], Result], sending: Connection) -> None:
    """Run the work in the child and send back what it gave or what it raised."""
    try:
        sending.send((True, work(lambda *told: sending.send((False, told)))))
    except BaseException as error:  # noqa: BLE001 - the parent raises it again
        error.add_note(traceback.format_exc())
        sending.send((True, error))
