"""Runs one notebook through papermill: in this process without a kernel, or through the stock kernel.

A kernel costs seconds of imports; a shell in a process forked from one that has imported them costs none.
"""

from __future__ import annotations

import ast
import base64
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from io import TextIOBase
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import nbformat
import papermill
from IPython.core.displayhook import DisplayHook
from IPython.core.displaypub import DisplayPublisher
from IPython.core.interactiveshell import InteractiveShell
from IPython.core.profiledir import ProfileDir
from papermill.engines import Engine, papermill_engines
from papermill.exceptions import PapermillExecutionError
from traitlets import Type
from traitlets.config import Config

from pipeline.errors import BriefFailed

ENGINE = "justice-brief-in-process"
KERNEL = "python3"
SAVE_EVERY_SECONDS = 1.0
PARAMETERS_TAG = "parameters"
INJECTED_TAG = "injected-parameters"

Parameters = Mapping[str, str | int | float | bool | None]
_Mimes = Mapping[str, Any]


def run_notebook(notebook: Path, executed: Path, *, parameters: Parameters, in_process: bool) -> None:
    """Execute a notebook in the folder of its executed copy, and keep that copy also where a cell fails.

    Args:
        notebook: the notebook, with one cell tagged `parameters`.
        executed: where the executed copy goes; its folder is the working directory of the cells.
        parameters: a value for each name that the parameters cell assigns; types are kept ("07" stays text).
        in_process: run in this process (which should be a fork of its own), else in a stock kernel.

    Raises:
        BriefFailed: a parameter is unknown, missing or of another type; or a cell failed.
    """
    source = nbformat.read(notebook, as_version=4)
    check_parameters(source, parameters, name=notebook.name)
    papermill_engines.register(ENGINE, InProcessEngine)
    engine = {"engine_name": ENGINE, "checkpoint": executed} if in_process else {}
    try:
        papermill.execute_notebook(
            source, _literal_path(executed), dict(parameters),
            kernel_name=KERNEL, language="python", cwd=executed.parent,
            progress_bar=False, request_save_on_cell_execute=False, **engine,
        )
    except PapermillExecutionError as error:
        copy = f"{executed.parent.name}/{executed.name}"
        raise BriefFailed(f"{copy}, cell [{error.exec_count}]: {error.ename}: {error.evalue}") from error
    finally:
        if executed.is_file():
            _write_reproducibly(executed)


def _literal_path(path: Path) -> str:
    """A path as papermill wants it, which takes braces for placeholders."""
    return str(path).replace("{", "{{").replace("}", "}}")


def check_parameters(notebook: nbformat.NotebookNode, parameters: Parameters, *, name: str) -> None:
    """Compare parameters with the names and types of the literals that a notebook's parameters cell assigns.

    Raises:
        BriefFailed: there is no such cell, or a name is unknown or missing, or a type differs.
    """
    defaults = _defaults(notebook, name=name)
    unknown, missing = sorted(set(parameters) - set(defaults)), sorted(set(defaults) - set(parameters))
    if unknown or missing:
        raise BriefFailed(f"{name}: unknown parameters {unknown}, missing parameters {missing}")
    for parameter, default in defaults.items():
        value = parameters[parameter]
        if default is not None and type(value) is not type(default):
            kinds = type(value).__name__, type(default).__name__
            raise BriefFailed(f"{name}: {parameter} is {kinds[0]}, expected {kinds[1]}")


def _defaults(notebook: nbformat.NotebookNode, *, name: str) -> dict[str, object]:
    cells = [cell for cell in notebook.cells if PARAMETERS_TAG in cell.metadata.get("tags", [])]
    if len(cells) != 1:
        raise BriefFailed(f"{name}: {len(cells)} cells are tagged `{PARAMETERS_TAG}`, expected 1")
    statements = ast.parse(cells[0].source).body
    assignments = [node for node in statements if isinstance(node, ast.Assign | ast.AnnAssign)]
    return {target.id: _literal(node.value) for node in assignments for target in _targets(node)}


def _targets(node: ast.Assign | ast.AnnAssign) -> list[ast.Name]:
    targets = node.targets if isinstance(node, ast.Assign) else [node.target]
    return [target for target in targets if isinstance(target, ast.Name)]


def _literal(node: ast.expr | None) -> object:
    return node.value if isinstance(node, ast.Constant) else None


def _write_reproducibly(executed: Path) -> None:
    """Take out of an executed notebook what differs between two equal runs: times, random ids and places."""
    notebook = nbformat.read(executed, as_version=4)
    recorded = notebook.metadata.get("papermill", {})
    notebook.metadata["papermill"] = {"parameters": recorded.get("parameters", {})}
    for number, cell in enumerate(notebook.cells):
        cell.metadata.pop("papermill", None)
        cell.metadata.pop("execution", None)
        cell["id"] = f"cell-{number:03d}"
    nbformat.write(notebook, executed)


class InProcessEngine(Engine):  # type: ignore[misc]
    """A papermill engine that runs the cells in a fresh IPython shell of this process."""

    @classmethod
    def execute_managed_notebook(
        cls, nb_man: Any, kernel_name: str, *, checkpoint: Path | None = None, **_: object
    ) -> None:
        """Run the cells in order up to the first that fails, as papermill's own engine does.

        Args:
            nb_man: papermill's manager of the notebook and its execution state.
            kernel_name: not used; there is no kernel.
            checkpoint: where the notebook is saved now and then, so that a killed process leaves a copy.
        """
        saved = _save(nb_man.nb, checkpoint)
        with _shell() as shell:
            for index, cell in enumerate(nb_man.nb.cells):
                nb_man.cell_start(cell, index)
                is_done = shell.run_notebook_cell(cell)
                if not is_done:
                    nb_man.cell_exception(cell, cell_index=index)
                nb_man.cell_complete(cell, index)
                if not is_done:
                    break
                if time.monotonic() - saved > SAVE_EVERY_SECONDS:
                    saved = _save(nb_man.nb, checkpoint)


def _save(notebook: nbformat.NotebookNode, checkpoint: Path | None) -> float:
    if checkpoint is not None:
        nbformat.write(notebook, checkpoint)
    return time.monotonic()


class _Outputs:
    """The outputs of the cell that is running, in nbformat's shape and in the order they came."""

    def __init__(self) -> None:
        self._outputs: list[nbformat.NotebookNode] = []
        self._by_display_id: dict[str, list[nbformat.NotebookNode]] = {}
        self._clears_at_next = False
        self._number = 0

    def begin(self, cell: nbformat.NotebookNode) -> None:
        self._outputs, self._number, self._clears_at_next = cell.outputs, cell.execution_count, False

    def add(self, kind: str, **content: Any) -> nbformat.NotebookNode:
        if self._clears_at_next:
            self.clear(wait=False)
        output = nbformat.v4.new_output(kind, **content)
        self._outputs.append(output)
        return output

    def add_result(self, bundle: dict[str, Any]) -> None:
        self.add("execute_result", execution_count=self._number, **bundle)

    def add_stream(self, name: str, text: str) -> None:
        last = self._outputs[-1] if self._outputs and not self._clears_at_next else {}
        if last.get("output_type") == "stream" and last["name"] == name:
            last["text"] += text
        elif text:
            self.add("stream", name=name, text=text)

    def add_display(self, bundle: dict[str, Any], *, display_id: str | None, is_update: bool) -> None:
        if is_update:
            for output in self._by_display_id.get(display_id or "", []):
                output.update(nbformat.from_dict(bundle))
            return
        output = self.add("display_data", **bundle)
        if display_id is not None:
            self._by_display_id.setdefault(display_id, []).append(output)

    def clear(self, *, wait: bool) -> None:
        self._clears_at_next = wait
        if not wait:
            self._outputs.clear()


def _bundle(data: _Mimes, metadata: _Mimes | None) -> dict[str, Any]:
    as_text = {
        mime: base64.b64encode(value).decode("ascii") if isinstance(value, bytes) else value
        for mime, value in data.items()
    }
    return {"data": as_text, "metadata": dict(metadata or {})}


class _Publisher(DisplayPublisher):  # type: ignore[misc]
    def publish(
        self, data: _Mimes, metadata: _Mimes | None = None, *,
        transient: _Mimes | None = None, update: bool = False, **_: object,
    ) -> None:
        display_id = (transient or {}).get("display_id")
        outputs = self.shell.notebook_outputs
        outputs.add_display(_bundle(data, metadata), display_id=display_id, is_update=update)

    def clear_output(self, wait: bool = False) -> None:
        self.shell.notebook_outputs.clear(wait=wait)


class _ResultHook(DisplayHook):  # type: ignore[misc]
    def write_output_prompt(self) -> None:
        """Print no prompt: the cell's number is in the output."""

    def write_format_data(self, format_dict: _Mimes, md_dict: _Mimes | None = None) -> None:
        self.shell.notebook_outputs.add_result(_bundle(format_dict, md_dict))


class _Stream(TextIOBase):
    def __init__(self, name: str, outputs: _Outputs) -> None:
        self._name, self._outputs = name, outputs

    def writable(self) -> bool:
        return True

    def write(self, text: str) -> int:
        self._outputs.add_stream(self._name, text)
        return len(text)


class _NotebookShell(InteractiveShell):  # type: ignore[misc]
    """An IPython shell whose displays, streams and errors become the outputs of notebook cells."""

    display_pub_class = Type(_Publisher)
    displayhook_class = Type(_ResultHook)

    def __init__(self, **traits: object) -> None:
        self.notebook_outputs = _Outputs()
        super().__init__(**traits)

    def run_notebook_cell(self, cell: nbformat.NotebookNode) -> bool:
        """Run a cell and write its outputs into it; false where it failed."""
        if cell.cell_type != "code" or not cell.source.strip():
            return True
        cell.outputs = []
        cell.execution_count = self.execution_count
        self.notebook_outputs.begin(cell)
        out, err = _Stream("stdout", self.notebook_outputs), _Stream("stderr", self.notebook_outputs)
        with redirect_stdout(out), redirect_stderr(err):
            return bool(self.run_cell(cell.source, store_history=True).success)

    def _showtraceback(self, etype: type[BaseException], evalue: BaseException, stb: list[str]) -> None:
        self.notebook_outputs.add("error", ename=etype.__name__, evalue=str(evalue), traceback=stb)


@contextmanager
def _shell() -> Iterator[_NotebookShell]:
    """A fresh shell that is IPython's current one, leaves no files behind and starts no thread."""
    config = Config()
    config.HistoryManager.enabled = False
    config.InteractiveShell.colors = "nocolor"
    _NotebookShell.clear_instance()
    with TemporaryDirectory() as profile:
        place = ProfileDir.create_profile_dir(profile)
        shell = _NotebookShell.instance(config=config, profile_dir=place, ipython_dir=profile)
        try:
            yield shell
        finally:
            shell.restore_sys_module_state()
            _NotebookShell.clear_instance()
