"""A papermill engine of ours: it runs a notebook in this process, in a fresh IPython shell, without a kernel.

A kernel costs seconds of imports; a shell in a process forked from one that has imported them costs none.
"""

from __future__ import annotations

import base64
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from io import TextIOBase
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import nbformat
from IPython.core.displayhook import DisplayHook
from IPython.core.displaypub import DisplayPublisher
from IPython.core.interactiveshell import InteractiveShell
from IPython.core.profiledir import ProfileDir
from papermill.engines import Engine, papermill_engines
from traitlets import Type
from traitlets.config import Config

ENGINE = "justice-brief-in-process"
SAVE_EVERY_SECONDS = 5.0

_Mimes = Mapping[str, Any]


def register_engine() -> str:
    """Make the engine known to papermill; returns the name to call it by."""
    papermill_engines.register(ENGINE, InProcessEngine)
    return ENGINE


def make_reproducible(notebook: nbformat.NotebookNode) -> None:
    """Take out of an executed notebook what differs between two equal runs: times, random ids and places."""
    recorded = notebook.metadata.get("papermill", {})
    notebook.metadata["papermill"] = {"parameters": recorded.get("parameters", {})}
    for number, cell in enumerate(notebook.cells):
        cell.metadata.pop("papermill", None)
        cell.metadata.pop("execution", None)
        cell["id"] = f"cell-{number:03d}"


class InProcessEngine(Engine):  # type: ignore[misc]
    """A papermill engine that runs the cells in a fresh IPython shell of this process."""

    @classmethod
    def execute_notebook(cls, nb: nbformat.NotebookNode, *given: object, **options: object) -> Any:
        """Run a notebook as papermill's engines do, and leave no times or random ids in it."""
        done = super().execute_notebook(nb, *given, **options)
        make_reproducible(done)
        return done

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
        """Turn to the next cell."""
        self._outputs, self._number, self._clears_at_next = cell.outputs, cell.execution_count, False

    def add(self, kind: str, **content: Any) -> nbformat.NotebookNode:
        """Add an output of one of nbformat's kinds."""
        if self._clears_at_next:
            self.clear(wait=False)
        # Not nbformat's own maker: it checks each output against the schema, as the writing of the notebook does.
        output = nbformat.from_dict({"output_type": kind, **content})
        self._outputs.append(output)
        return output

    def add_result(self, bundle: dict[str, Any]) -> None:
        """Add the value of the cell's last line."""
        self.add("execute_result", execution_count=self._number, **bundle)

    def add_stream(self, name: str, text: str) -> None:
        """Add to a stream, which goes on where it was the last output."""
        last = self._outputs[-1] if self._outputs and not self._clears_at_next else {}
        if last.get("output_type") == "stream" and last["name"] == name:
            last["text"] += text
        elif text:
            self.add("stream", name=name, text=text)

    def add_display(self, bundle: dict[str, Any], *, display_id: str | None, is_update: bool) -> None:
        """Add a display, or put it in the place of those with the same id."""
        if is_update:
            for output in self._by_display_id.get(display_id or "", []):
                output.update(nbformat.from_dict(bundle))
            return
        output = self.add("display_data", **bundle)
        if display_id is not None:
            self._by_display_id.setdefault(display_id, []).append(output)

    def clear(self, *, wait: bool) -> None:
        """Drop the cell's outputs, now or when the next comes."""
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
        self,
        data: _Mimes,
        metadata: _Mimes | None = None,
        *,
        transient: _Mimes | None = None,
        update: bool = False,
        **_: object,
    ) -> None:
        """Keep a display in the cell."""
        display_id = (transient or {}).get("display_id")
        outputs = self.shell.notebook_outputs
        outputs.add_display(_bundle(data, metadata), display_id=display_id, is_update=update)

    def clear_output(self, wait: bool = False) -> None:
        """Drop what the cell has put out."""
        self.shell.notebook_outputs.clear(wait=wait)


class _ResultHook(DisplayHook):  # type: ignore[misc]
    def write_output_prompt(self) -> None:
        """Print no prompt: the cell's number is in the output."""

    def write_format_data(self, format_dict: _Mimes, md_dict: _Mimes | None = None) -> None:
        """Keep the value of the cell's last line."""
        self.shell.notebook_outputs.add_result(_bundle(format_dict, md_dict))


class _Stream(TextIOBase):
    def __init__(self, name: str, outputs: _Outputs) -> None:
        self._name, self._outputs = name, outputs

    def writable(self) -> bool:
        """Say that it can be written to."""
        return True

    def write(self, text: str) -> int:
        """Keep a text that a cell prints."""
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


class _Profile(ProfileDir):  # type: ignore[misc]
    """A profile without the folders that only kernels use: to make each, and to take it away, waits for the disk."""

    def _mkdir(self, path: str, mode: int | None = None) -> bool:
        return False


@contextmanager
def _shell() -> Iterator[_NotebookShell]:
    """A fresh shell that is IPython's current one, leaves no files behind and starts no thread."""
    config = Config()
    config.HistoryManager.enabled = False
    config.InteractiveShell.colors = "nocolor"
    _NotebookShell.clear_instance()
    with TemporaryDirectory() as profile:
        place = _Profile(location=profile)
        shell = _NotebookShell.instance(config=config, profile_dir=place, ipython_dir=profile)
        try:
            yield shell
        finally:
            shell.restore_sys_module_state()
            _NotebookShell.clear_instance()
