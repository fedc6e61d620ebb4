"""One brief taken apart: the CPU of its cells, its figures and each of its formats."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import redirect_stdout
from dataclasses import dataclass
from functools import partial
from io import StringIO
from pathlib import Path
from statistics import mean
from tempfile import TemporaryDirectory
from typing import Any, TypeVar

from pipeline import charts
from pipeline.briefs.maker import prove, warm_up
from pipeline.cluster import in_child
from pipeline.settings import PROJECT

CELLS, FIGURES = "เซลล์ของโน้ตบุ๊ก", "รูป"
PROOF, TREE = "ที่มาของตัวเลข", "อ่านโน้ตบุ๊กเป็นเอกสาร"
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


@dataclass(frozen=True)
class Parts:
    """CPU seconds of one brief, on average.

    Attributes:
        seconds: by part; together the whole of a brief.
        engine: of running the notebook, beyond its cells in a process that has run them before.
    """

    seconds: Mapping[str, float]
    engine: float

    @property
    def notebook(self) -> float:
        """CPU seconds of the executed notebook alone."""
        return self.seconds[CELLS] + self.seconds[FIGURES]


def run_by_papermill(given: Given, folder: Path, province_code: str) -> str:
    """Run the notebook for one province as papermill does by itself: in a stock kernel."""
    import papermill

    path = [str(PROJECT), *filter(None, [os.environ.get("PYTHONPATH")])]
    os.environ["PYTHONPATH"] = os.pathsep.join(path)
    target = folder / f"{province_code}.ipynb"
    parameters = given.parameters(province_code)
    papermill.execute_notebook(given.notebook, target, parameters, kernel_name="python3", progress_bar=False)
    return province_code


def measure_parts(given: Given, codes: Sequence[str]) -> Parts:
    """Make the briefs of some provinces, each in a fork of this process, which imports everything first."""
    with TemporaryDirectory() as place:
        folder = Path(place)
        warm_up([given.notebook], folder)
        made = [in_child(partial(_make, given, code, folder / code)) for code in codes]
        ran = [_cpu_of_child(partial(_run, given, code, folder / f"{code}-alone")) for code in codes]
        cells = in_child(partial(_run_cells, given, codes))
    return Parts({name: mean(one[name] for one in made) for name in made[0]}, mean(ran) - cells)


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
    """Make one brief, and tell the CPU seconds of its parts."""
    from pipeline.datasheet import write_datasheet
    from pipeline.plan import write_plan_draft
    from pipeline.render.assemble import assemble
    from pipeline.render.document import build_document
    from pipeline.render.docx import write_docx
    from pipeline.render.html import write_html
    from pipeline.render.pdf import write_pdf

    spent = dict.fromkeys((CELLS, FIGURES), 0.0)
    for name in charts.__all__:
        if name.startswith("draw_"):
            setattr(charts, name, _timed(spent, FIGURES, getattr(charts, name)))
    _timed(spent, CELLS, _run)(given, code, folder)
    spent[CELLS] -= spent[FIGURES]
    target = folder / "data.xlsx"
    _timed(spent, "data.xlsx", write_datasheet)(given.database, target, province_code=code)
    _timed(spent, "ร่างแผน", write_plan_draft)(
        given.database,
        folder / "plan_draft.docx",
        province_code=code,
        fiscal_year_be=given.fiscal_year_be,
    )
    proven = _timed(spent, PROOF, prove)(folder, given.database)
    document = _timed(spent, TREE, lambda: build_document(assemble(folder / "brief.ipynb")))()
    _timed(spent, "HTML", write_html)(document, folder / "brief.html", proven)
    _timed(spent, "DOCX", write_docx)(document, folder / "brief.docx")
    _timed(spent, "PDF", write_pdf)(document, folder / "brief.pdf")
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
    return sum(os.times()[:4])


def _cpu_of_child(work: Callable[..., None]) -> float:
    """CPU seconds of a piece of work in a fork, with those of the fork itself."""
    started = sum(os.times()[2:4])
    in_child(work)
    return sum(os.times()[2:4]) - started
