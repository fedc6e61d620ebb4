"""The process that makes the briefs: it imports everything and opens the database once, and forks for each brief."""

from __future__ import annotations

import gc
import json
import multiprocessing
import os
import signal
import sys
import time
from collections.abc import Iterator
from contextlib import nullcontext
from dataclasses import asdict, dataclass
from multiprocessing import resource_tracker
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, NoReturn

from pipeline.briefs import LESSONS, BriefResult, Order, Task
from pipeline.briefs.readied import read_for_forks, warm_up
from pipeline.cluster.family import adopt_orphans, die_with, end_others, list_children, with_room
from pipeline.cluster.processes import limit_memory
from pipeline.errors import PipelineError
from pipeline.lazily import spared

if TYPE_CHECKING:
    from pipeline.render.proofs import Proven

# What papermill fetches notebooks from elsewhere with.
_FOR_FETCHING = ("requests",)
EXECUTED, DATASHEET, PLAN = "brief.ipynb", "data.xlsx", "plan_draft.docx"
LOG_AT_MOST = 4000
WAIT_MORE = 0.05
ENDED = 128 + signal.SIGTERM


def main(parent: int) -> None:
    """Be the process that makes the briefs: read the order, write one line a brief.

    Args:
        parent: the process that asked; this one ends with it.
    """
    die_with(parent)
    adopt_orphans()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, _end)
    order = _read_order(sys.stdin.readline())
    with os.fdopen(os.dup(1), "w", encoding="utf-8") as answers, TemporaryDirectory() as logs:
        # What a library writes to the terminal must not come between the answers.
        os.dup2(2, 1)
        if order.forks:
            with spared(_FOR_FETCHING):
                warm_up({Path(task.notebook) for task in order.tasks}, Path(logs))
        try:
            with read_for_forks(Path(order.database)) if order.forks else nullcontext():
                for result in _make_all(order, Path(logs)):
                    answers.write(json.dumps(asdict(result)) + "\n")
                    answers.flush()
        finally:
            # What stays frozen is not taken apart at the end, and DuckDB's types then tell of a leak.
            gc.unfreeze()


def _end(*_: object) -> NoReturn:
    """End as on an error, so that what was started is ended first."""
    sys.exit(ENDED)


def _read_order(line: str) -> Order:
    """Read the order from its line of JSON."""
    given = json.loads(line)
    return Order(**given | {"tasks": [Task(**task) for task in given["tasks"]]})


def _make_all(order: Order, logs: Path) -> Iterator[BriefResult]:
    """Make every brief; whatever its cells have started is ended with each, and with this process."""
    resource_tracker.ensure_running()
    waiting, running, own = list(order.tasks), list[_Running](), list_children()
    try:
        while waiting or running:
            while waiting and len(running) < order.jobs:
                running.append(_start(order, waiting.pop(0), logs))
            wait([brief.process.sentinel for brief in running], timeout=_shortest_wait(running, order))
            for brief in [brief for brief in running if brief.is_over(order.seconds_at_most)]:
                running.remove(brief)
                result = brief.result(order.seconds_at_most)
                end_others(own | {other.process.pid or 0 for other in running})
                yield result
    finally:
        end_others(own)


def _shortest_wait(running: list[_Running], order: Order) -> float:
    """How long until the first brief is given up."""
    oldest = min(brief.started for brief in running)
    return max(oldest + order.seconds_at_most - time.monotonic(), 0) + WAIT_MORE


@dataclass(frozen=True)
class _Running:
    """One brief that is being made."""

    task: Task
    process: BaseProcess
    answer: Connection
    log: Path
    started: float

    def is_over(self, seconds_at_most: float) -> bool:
        """Say whether it has ended; one that takes too long is ended here."""
        if self.process.is_alive() and time.monotonic() - self.started > seconds_at_most:
            self.process.kill()
            self.process.join()
        return not self.process.is_alive()

    def result(self, seconds_at_most: float) -> BriefResult:
        """Say what became of it."""
        self.process.join()
        seconds, error = time.monotonic() - self.started, self._error()
        if self.process.exitcode == -signal.SIGKILL and seconds > seconds_at_most:
            error = f"ใช้เวลาเกิน {seconds_at_most:g} วินาที จึงถูกหยุด ({error})"
        return BriefResult(self.task.province_code, self.task.slug, round(seconds, 3), error)

    def _error(self) -> str | None:
        if self.process.exitcode == 0 and self.answer.poll():
            error: str | None = self.answer.recv()
            return error
        if (self.process.exitcode or 0) < 0:
            return f"killed by {signal.Signals(-(self.process.exitcode or 0)).name}"
        written = self.log.read_text(encoding="utf-8", errors="replace") if self.log.is_file() else ""
        return f"exit code {self.process.exitcode}: {written.strip()[-LOG_AT_MOST:]}"


def _start(order: Order, task: Task, logs: Path) -> _Running:
    context = multiprocessing.get_context("fork") if order.forks else multiprocessing.get_context("spawn")
    receiver, sender = context.Pipe(duplex=False)
    log = logs / f"{task.slug}.log"
    process = context.Process(target=_make_one, args=(order, task, sender, log, os.getpid()))
    process.start()
    sender.close()
    return _Running(task=task, process=process, answer=receiver, log=log, started=time.monotonic())


def _make_one(order: Order, task: Task, sender: Connection, log: Path, maker: int) -> None:
    """Be the process that makes one brief, and say at its end why it failed, or None."""
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    die_with(maker)
    # What the parent has read is never garbage here, and to look for it there would copy its memory.
    gc.freeze()
    limit_memory(order.memory_bytes)
    written = os.open(log, os.O_WRONLY | os.O_CREAT)
    os.dup2(written, 1)
    os.dup2(written, 2)
    try:
        make_brief(order, task)
    except PipelineError as error:
        sender.send(str(error))
    else:
        sender.send(None)


def make_brief(order: Order, task: Task) -> None:
    """Make one document with all that goes beside it, in this process.

    Args:
        order: what all documents of the run have in common.
        task: the document.

    Raises:
        BriefFailed: the notebook failed, or what it shows cannot be rendered.
    """
    from pipeline.readings import keep_readings
    from pipeline.store import open_for_reading

    # While it is open here, opening it again costs nothing, and has the one thread that a brief is given.
    with open_for_reading(Path(order.database)) as connection, keep_readings():
        connection.execute("SET threads = 1")
        _make_files(order, task)


def _make_files(order: Order, task: Task) -> None:
    from pipeline.briefs.execute import Parameters, run_notebook
    from pipeline.datasheet import write_datasheet, write_national_datasheet
    from pipeline.plan import write_plan_draft
    from pipeline.render import render_brief

    folder, database = Path(task.folder), Path(order.database)
    folder.mkdir(parents=True, exist_ok=True)
    if not task.province_code:
        write_national_datasheet(database, folder / DATASHEET, is_lessons=task.slug == LESSONS)
    else:
        write_datasheet(database, folder / DATASHEET, province_code=task.province_code)
        year = order.fiscal_year_be
        write_plan_draft(database, folder / PLAN, province_code=task.province_code, fiscal_year_be=year)
    parameters: Parameters = {
        "database": _from(folder, database),
        "province_code": task.province_code,
        "fiscal_year_be": order.fiscal_year_be,
    }
    run_notebook(Path(task.notebook), folder / EXECUTED, parameters=parameters, in_process=order.forks)
    proven = prove(folder, database, province_code=task.province_code)
    render_brief(folder / EXECUTED, folder, proven=proven)


def prove(folder: Path, database: Path, *, province_code: str = "") -> list[Proven]:
    """Lead the figures of an executed brief back to their cells, and write that down beside it.

    Args:
        folder: the brief's.
        database: the warehouse that it is made from.
        province_code: whose it is; empty for all provinces.
    """
    from pipeline.render.proofs import Proven
    from pipeline.store import open_for_reading
    from pipeline.trace import FIGURES, collect_evidence, read_figures, write_figures

    figures = read_figures(folder / EXECUTED)
    with open_for_reading(database) as connection:
        evidence = collect_evidence(
            connection, [figure.address for figure in figures], province_code=province_code
        )
    write_figures(figures, evidence, folder / FIGURES)
    root = Path(_from(folder, database)).parent.as_posix()
    return [
        Proven(number, figure, evidence[figure.address], root)
        for number, figure in enumerate(figures, start=1)
    ]


def _from(folder: Path, database: Path) -> str:
    """The database as seen from the brief's folder: it stays right when the release is moved or renamed."""
    try:
        return os.path.relpath(database, folder)
    except ValueError:  # On Windows, another drive.
        return str(database)


if __name__ == "__main__":
    with_room(lambda: main(int(sys.argv[1])))
    # To take apart all that was imported would take as long again as to import a third of it.
    sys.stderr.flush()
    os._exit(0)
