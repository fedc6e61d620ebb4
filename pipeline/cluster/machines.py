"""The same work on other machines: a Dask cluster whose workers see the same folders (the optional extra `cluster`)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from math import ceil
from pathlib import Path
from secrets import token_hex
from tempfile import NamedTemporaryFile
from typing import TYPE_CHECKING, TypeVar

from pipeline.errors import UsageError
from pipeline.inputs import digest_code, digest_libraries, digest_specs

if TYPE_CHECKING:
    from distributed import Client, Future

Item = TypeVar("Item")
Result = TypeVar("Result")
Many = Callable[[list[Item]], list[Result]]
_SECONDS_TO_ANSWER = 10
# Small enough that the last worker to finish is not waited for long, large enough that a task costs nothing beside it.
_TASKS_A_WORKER = 8
_LARGEST = 32
_WORDS = {"program": "โปรแกรม", "specs": "ความรู้ใน specs/", "libraries": "รุ่นของไลบรารี", "folder": "โฟลเดอร์งาน"}
_LIBRARIES = ("duckdb", "pandas", "python-calamine", "nanoarrow", "typst", "matplotlib", "papermill")


def map_on_machines(
    work: Many[Item, Result],
    items: Sequence[Item],
    *,
    scheduler: str,
    died: Callable[[Item], Result],
    folder: Path,
) -> Iterator[Result]:
    """Do work on every item on the workers of a cluster; results come as they are done.

    What a worker had when it died is done by another; an item that several died of is answered by `died`.

    Args:
        work: what to do with some items, in a process of a worker; answers each, and what it raises is raised here.
        items: what to work on; they and what they lead to must be good on every worker.
        scheduler: its address, as tcp://host:8786.
        died: answers for an item that kills its worker.
        folder: what every worker must see at the same place.

    Raises:
        UsageError: nobody answers at the address, no worker is there, or one has another program or folder.
    """
    if not items:
        return
    with _connect(scheduler) as client:
        workers = _check_workers(client, folder, scheduler)
        size = min(max(ceil(len(items) / (workers * _TASKS_A_WORKER)), 1), _LARGEST)
        chunks = [list(items[start : start + size]) for start in range(0, len(items), size)]
        yield from _gather(client, work, chunks, died)


def _gather(
    client: Client, work: Many[Item, Result], chunks: list[list[Item]], died: Callable[[Item], Result]
) -> Iterator[Result]:
    """Take what is done as it is done; then each item of chunks that workers died of, with nothing else beside it.

    A worker that dies takes with it what only waits there, so that alone tells which item it dies of.
    """
    from distributed import KilledWorker, as_completed

    # The first in line are begun first: whoever takes results in order is not kept waiting.
    running: dict[Future[list[Result]], list[Item]] = {
        client.submit(work, chunk, pure=False, priority=-place): chunk for place, chunk in enumerate(chunks)
    }
    suspects: list[Item] = []
    for future in as_completed(list(running), loop=client.loop):
        chunk = running.pop(future)
        try:
            yield from future.result()
        except KilledWorker:
            suspects += chunk
        finally:
            future.release()
    for item in suspects:
        alone = client.submit(work, [item], pure=False)
        try:
            yield from alone.result()
        except KilledWorker:
            yield died(item)
        finally:
            alone.release()


def _connect(scheduler: str) -> Client:
    """Connect to a scheduler.

    Raises:
        UsageError: the extra is not installed, or nobody answers.
    """
    try:
        from distributed import Client
    except ImportError:
        raise UsageError(
            "SCHEDULER ต้องใช้ส่วนเสริม cluster  ติดตั้งด้วย .venv/bin/python -m pip install '.[cluster]'"
        ) from None
    try:
        return Client(scheduler, timeout=_SECONDS_TO_ANSWER, set_as_default=False)
    except (OSError, ValueError) as error:
        raise UsageError(
            f"ติดต่อ SCHEDULER={scheduler} ไม่ได้ ({type(error).__name__})  "
            "ตรวจที่อยู่ เช่น tcp://host:8786 และว่าเปิด python -m dask scheduler ไว้แล้ว"
        ) from None


def _check_workers(client: Client, folder: Path, scheduler: str) -> int:
    """Hold every worker to the program, the knowledge and the folder of this process; returns how many there are.

    Raises:
        UsageError: there is none, or one differs; names it.
    """
    try:
        client.wait_for_workers(1, timeout=_SECONDS_TO_ANSWER)
    except TimeoutError:
        raise UsageError(
            f"SCHEDULER={scheduler} ยังไม่มีเครื่องทำงาน  "
            f"เปิดในโฟลเดอร์โครงการของเครื่องนั้นด้วย .venv/bin/python -m dask worker {scheduler} --nthreads 1"
        ) from None
    with NamedTemporaryFile("w", dir=folder, prefix=".seen-", encoding="ascii") as mark:
        mark.write(token_hex())
        mark.flush()
        ours = describe_machine(mark.name)
        try:
            theirs = client.run(describe_machine, mark.name)
        except ModuleNotFoundError:
            theirs = dict.fromkeys(client.scheduler_info()["workers"], dict.fromkeys(ours, ""))
    for address, described in theirs.items():
        different = [_WORDS[name] for name in ours if described[name] != ours[name]]
        if different:
            raise UsageError(
                f"เครื่องทำงาน {address} ไม่ตรงกับเครื่องนี้: {', '.join(different)}  ทุกเครื่องต้องใช้โครงการชุดเดียวกัน "
                "ติดตั้งจาก requirements.lock เดียวกัน และเปิดโฟลเดอร์งานไว้ที่ path เดียวกัน"
            )
    return len(theirs)


def describe_machine(mark: str) -> dict[str, str]:
    """Digest what a process would do the work with, and what it reads at a place that all are to see."""
    try:
        seen = Path(mark).read_text(encoding="ascii")
    except OSError:
        seen = ""
    return {
        "program": digest_code(),
        "specs": digest_specs(),
        "libraries": digest_libraries(_LIBRARIES),
        "folder": seen,
    }
