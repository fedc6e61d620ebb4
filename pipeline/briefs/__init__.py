"""One province -> its executed notebook and the files made from it; many at once, none able to spoil another.

One process of its own imports everything and opens the database once; each brief is made in a fork of it, which
may fail or die alone. Where there is no fork each brief starts afresh and papermill uses its stock kernel.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from functools import partial
from pathlib import Path

from pipeline.able import may_fork
from pipeline.cluster.executor import Executor
from pipeline.settings import BRIEF_MEMORY_BYTES, BRIEF_SECONDS, NOTEBOOKS, PROJECT

CAN_FORK = sys.platform == "linux" and may_fork()
NATIONAL, LESSONS = "national", "lessons"
LOST = "the process that makes the briefs ended before this one was made"
# One thread a process, no window, the same order of sets in every run, and our own code before any other.
ENVIRONMENT = {
    "MPLBACKEND": "Agg", "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "MKL_NUM_THREADS": "1",
    "RAYON_NUM_THREADS": "1", "PYTHONHASHSEED": "0", "PYTHONUTF8": "1", "SOURCE_DATE_EPOCH": "1640995200",
}  # fmt: skip


@dataclass(frozen=True)
class BriefResult:
    """What became of one brief.

    Attributes:
        province_code: whose.
        slug: the name of its folder.
        seconds: from its start to its end.
        error: why it failed; None where it did not. The executed notebook is kept either way.
    """

    province_code: str
    slug: str
    seconds: float
    error: str | None


@dataclass(frozen=True)
class Making:
    """How briefs are made.

    Attributes:
        notebook: the notebook to run.
        forks: make each brief in a fork; else in a fresh process with the stock kernel.
        seconds_at_most: after this a brief is given up.
        memory_bytes: how much address space a brief may take on top of what its process begins with, where the
            system can hold it to that.
    """

    notebook: Path = NOTEBOOKS / "province_brief.ipynb"
    forks: bool = CAN_FORK
    seconds_at_most: float = BRIEF_SECONDS
    memory_bytes: int = BRIEF_MEMORY_BYTES


@dataclass(frozen=True)
class Task:
    """One document to make, as text so that it can be handed to another process.

    Attributes:
        slug: what it is told by.
        notebook: the notebook to run.
        folder: where its files go.
        province_code: whose it is; empty for all provinces.
    """

    slug: str
    notebook: str
    folder: str
    province_code: str = ""


@dataclass(frozen=True)
class Order:
    """What all briefs of a run have in common, as text so that it can be handed to another process."""

    database: str
    fiscal_year_be: int
    jobs: int
    forks: bool
    seconds_at_most: float
    memory_bytes: int
    tasks: list[Task]


def list_national(folder: Path) -> list[Task]:
    """The documents across all provinces: a brief, and what the submissions so far teach.

    Args:
        folder: where they go.
    """
    brief, lessons = (str(NOTEBOOKS / f"{name}.ipynb") for name in ("national_brief", "lessons_learned"))
    own = folder.resolve()
    return [Task(NATIONAL, brief, str(own)), Task(LESSONS, lessons, str(own / LESSONS))]


def list_provincial(folder: Path, provinces: Sequence[tuple[str, str]], notebook: Path) -> list[Task]:
    """The briefs of provinces.

    Args:
        folder: gets a folder for each province.
        provinces: code and slug of each.
        notebook: the notebook to run.
    """
    own = folder.resolve()
    return [Task(slug, str(notebook.resolve()), str(own / slug), code) for code, slug in provinces]


def make_briefs(
    database: Path,
    folder: Path,
    *,
    provinces: Sequence[tuple[str, str]],
    fiscal_year_be: int,
    jobs: int,
    progress: Callable[[str], None],
    making: Making | None = None,
) -> list[BriefResult]:
    """Make the briefs of provinces; see `make_tasks`.

    Args:
        database: the warehouse; nobody may be writing it.
        folder: gets a folder for each province with brief.ipynb, brief.html, brief.docx, brief.pdf and data.xlsx.
        provinces: code and slug of each.
        fiscal_year_be: the Buddhist fiscal year in focus.
        jobs: briefs at once.
        progress: called with the slug of each brief that is done or has failed.
        making: how; by default as `Making` says.
    """
    making = making or Making()
    tasks = list_provincial(folder, provinces, making.notebook)
    return make_tasks(
        database, tasks, fiscal_year_be=fiscal_year_be, jobs=jobs, progress=progress, making=making
    )


def make_tasks(
    database: Path,
    tasks: Sequence[Task],
    *,
    fiscal_year_be: int,
    jobs: int,
    progress: Callable[[str], None],
    making: Making,
    scheduler: str | None = None,
) -> list[BriefResult]:
    """Make documents, each in a process of its own.

    Args:
        database: the warehouse; nobody may be writing it.
        tasks: the documents.
        fiscal_year_be: the Buddhist fiscal year in focus.
        jobs: documents at once.
        progress: called with the slug of each that is done or has failed.
        making: within which limits; each task names its own notebook.
        scheduler: the address of a Dask cluster whose workers make them instead, each one after the other.

    Returns:
        One result a task, in the order given; a failure is in its result and stops nobody else.
    """
    order = Order(
        database=str(database.resolve()),
        fiscal_year_be=fiscal_year_be,
        jobs=max(jobs, 1),
        forks=making.forks,
        seconds_at_most=making.seconds_at_most,
        memory_bytes=making.memory_bytes,
        tasks=list(tasks),
    )
    done: dict[str, BriefResult] = {}
    if order.tasks:
        for result in _results(order) if scheduler is None else _results_of(scheduler, order):
            done[result.slug] = result
            progress(result.slug)
    return [done.get(task.slug) or _lost(task) for task in order.tasks]


def _results(order: Order) -> Iterator[BriefResult]:
    with _maker() as maker:
        assert maker.stdin is not None and maker.stdout is not None, "both are pipes"
        maker.stdin.write(json.dumps(asdict(order)) + "\n")
        maker.stdin.close()
        for line in maker.stdout:
            yield BriefResult(**json.loads(line))


def _results_of(scheduler: str, order: Order) -> Iterator[BriefResult]:
    """Have the workers of a cluster make the documents."""
    executor = Executor(1, scheduler, Path(order.database).parent)
    return executor.map_many(partial(_make_some, replace(order, jobs=1, tasks=[])), order.tasks, died=_lost)


def _make_some(order: Order, tasks: list[Task]) -> list[BriefResult]:
    """Make some of the documents, in a process of a worker."""
    done = {result.slug: result for result in _results(replace(order, tasks=tasks))}
    return [done.get(task.slug) or _lost(task) for task in tasks]


def _lost(task: Task) -> BriefResult:
    """What is told of a document whose process ended before it was made."""
    return BriefResult(task.province_code, task.slug, 0.0, LOST)


@contextmanager
def _maker() -> Iterator[subprocess.Popen[str]]:
    """The process that makes the briefs; it ends with the block, whatever ends the block."""
    path = os.pathsep.join([str(PROJECT), *filter(None, [os.environ.get("PYTHONPATH")])])
    with subprocess.Popen(
        [sys.executable, "-m", "pipeline.briefs.maker", str(os.getpid())],
        env=os.environ | ENVIRONMENT | {"PYTHONPATH": path},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    ) as maker:
        try:
            yield maker
        except BaseException:
            maker.terminate()
            raise
