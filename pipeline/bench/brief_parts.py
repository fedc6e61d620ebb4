"""One brief taken apart: the CPU of its cells, its figures and each of its formats."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, redirect_stdout
from dataclasses import dataclass
from functools import partial
from importlib import import_module
from io import StringIO
from pathlib import Path
from statistics import mean
from tempfile import TemporaryDirectory
from typing import Any, TypeVar

from pipeline import charts
from pipeline.briefs import ENVIRONMENT, Order, Task, maker, readied
from pipeline.cluster.processes import in_child
from pipeline.settings import BRIEF_MEMORY_BYTES, BRIEF_SECONDS, PROJECT

CELLS, FIGURES, OTHERS = "เซลล์ของโน้ตบุ๊ก", "รูป", "เริ่มและจบกระบวนการ"
TREE = "อ่านโน้ตบุ๊กเป็นเอกสาร"
# The functions that do the parts of a brief.
PARTS = (
    (CELLS, "pipeline.briefs.execute", "run_notebook"),
    ("data.xlsx", "pipeline.datasheet", "write_datasheet"),
    ("ร่างแผน", "pipeline.plan", "write_plan_draft"),
    ("ที่มาของตัวเลข", "pipeline.briefs.maker", "prove"),
    (TREE, "pipeline.render.assemble", "assemble"),
    (TREE, "pipeline.render.document", "build_document"),
    ("HTML", "pipeline.render.html", "write_html"),
    ("DOCX", "pipeline.render.docx", "write_docx"),
    ("PDF", "pipeline.render.pdf", "write_pdf"),
)
_T = TypeVar("_T")


@dataclass(frozen=True)
class Given:
    """What briefs are made from: the warehouse, the notebook, and the Buddhist fiscal year in focus."""

    database: Path
    notebook: Path
    fiscal_year_be: int

    def parameters(self, province_code: str) -> dict[str, str | int | float | bool | None]:
        """The notebook's parameters for one province."""
        return {
            "database": str(self.database),
            "province_code": province_code,
            "fiscal_year_be": self.fiscal_year_be,
        }

    def order(self) -> Order:
        """What all briefs have in common, one at a time."""
        return Order(
            str(self.database), self.fiscal_year_be, 1, True, BRIEF_SECONDS, BRIEF_MEMORY_BYTES, tasks=[]
        )


@dataclass(frozen=True)
class Parts:
    """CPU seconds of one brief, on average; each is made in a process of its own, all of which is counted.

    Attributes:
        seconds: by part; together the whole of a brief in all its formats, from the start of its process to the end.
        notebook: of running the notebook by the engine and nothing else, from the start of its process to the end.
        engine: of running the notebook, beyond its cells in a process that has run them before.
    """

    seconds: Mapping[str, float]
    notebook: float
    engine: float


def run_by_papermill(given: Given, folder: Path, province_code: str) -> str:
    """Run the notebook for one province as papermill does by itself: in a stock kernel."""
    import papermill

    path = [str(PROJECT), *filter(None, [os.environ.get("PYTHONPATH")])]
    os.environ["PYTHONPATH"] = os.pathsep.join(path)
    target = folder / f"{province_code}.ipynb"
    with _errors_to(target.with_suffix(".log")):
        papermill.execute_notebook(
            given.notebook,
            target,
            given.parameters(province_code),
            kernel_name="python3",
            progress_bar=False,
        )
    return province_code


@contextmanager
def _errors_to(log: Path) -> Iterator[None]:
    """Let a process that starts here write what it warns of to a file, and not into the benchmark's table."""
    own = os.dup(2)
    with log.open("wb") as written:
        os.dup2(written.fileno(), 2)
    try:
        yield
    finally:
        os.dup2(own, 2)
        os.close(own)


def measure_parts(given: Given, codes: Sequence[str]) -> Parts:
    """Make the briefs of some provinces, each in a fork of this process, which imports everything first.

    It is given the environment that briefs are made in, with one thread for what asks for it by then.
    """
    os.environ |= ENVIRONMENT
    with TemporaryDirectory() as place:
        folder = Path(place)
        readied.warm_up([given.notebook], folder)
        made, ran = [], []
        with readied.read_for_forks(given.database):
            for code in codes:
                made.append(_cpu_of_child(partial(_make, given, code, folder / code)))
                ran.append(_cpu_of_child(partial(_run, given, code, folder / f"{code}-alone")))
            cells = in_child(partial(_run_cells, given, codes))
    seconds = {name: mean(spent[name] for _, spent in made) for name in made[0][1]}
    seconds[OTHERS] = mean(whole for whole, _ in made) - sum(seconds.values())
    alone = mean(whole for whole, _ in ran)
    return Parts(seconds, alone, alone - cells)


def _run(given: Given, code: str, folder: Path, *_: object) -> None:
    """Run the notebook by our engine."""
    from pipeline.briefs.execute import run_notebook

    folder.mkdir()
    run_notebook(given.notebook, folder / "brief.ipynb", parameters=given.parameters(code), in_process=True)


def _run_cells(given: Given, codes: Sequence[str], *_: object) -> float:
    """Run the notebook's cells in this process, as plain code; CPU seconds a notebook, the first one aside."""
    import nbformat

    cells = [cell for cell in nbformat.read(given.notebook, as_version=4).cells if cell.cell_type == "code"]
    spent = []
    for code in (codes[0], *codes):
        names: dict[str, Any] = {}
        started = time.process_time()
        with redirect_stdout(StringIO()):
            for number, cell in enumerate(cells):
                exec(compile(cell.source, f"cell {number}", "exec"), names)  # noqa: S102 - it is our own notebook
                names |= given.parameters(code) if number == 0 else {}
        spent.append(time.process_time() - started)
    return mean(spent[1:])


def _make(given: Given, code: str, folder: Path, *_: object) -> dict[str, float]:
    """Make one brief as `make briefs` does, and tell the CPU seconds of its parts; figures are drawn by cells."""
    spent: dict[str, float] = {CELLS: 0.0, FIGURES: 0.0}
    drawn = [(FIGURES, "pipeline.charts", name) for name in charts.__all__ if name.startswith("draw_")]
    for part, module, name in (*PARTS, *drawn):
        place = import_module(module)
        setattr(place, name, _timed(spent, part, getattr(place, name)))
    maker.make_brief(given.order(), Task(code, str(given.notebook), str(folder), code))
    spent[CELLS] -= spent[FIGURES]
    return spent


def _timed(spent: dict[str, float], name: str, work: Callable[..., _T]) -> Callable[..., _T]:
    """A piece of work that adds its CPU seconds, those of its children too, to what was spent."""

    def timed(*given: Any, **named: Any) -> _T:
        started = _cpu()
        try:
            return work(*given, **named)
        finally:
            spent[name] = spent.get(name, 0.0) + _cpu() - started

    return timed


def _cpu() -> float:
    """CPU seconds of this process and of its children that have ended."""
    return time.process_time() + _cpu_of_children()


def _cpu_of_children() -> float:
    """CPU seconds of the children that have ended; finer than the ticks of `os.times`, which most parts are few of."""
    # Not on every system; the other parts of the benchmark run there too.
    import resource

    ended = resource.getrusage(resource.RUSAGE_CHILDREN)
    return ended.ru_utime + ended.ru_stime


def _cpu_of_child(work: Callable[..., _T]) -> tuple[float, _T]:
    """CPU seconds of a piece of work in a fork, with those of the fork itself, and what it gives."""
    started = _cpu_of_children()
    result = in_child(work)
    return _cpu_of_children() - started, result
