"""Runs one notebook through papermill, with parameters held to the notebook's own."""

from __future__ import annotations

import ast
from collections.abc import Mapping
from pathlib import Path

import nbformat
import papermill
from papermill.exceptions import PapermillExecutionError

from pipeline.engine import make_reproducible, register_engine
from pipeline.errors import BriefFailed

KERNEL = "python3"
PARAMETERS_TAG = "parameters"

Parameters = Mapping[str, str | int | float | bool | None]


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
    engine = {"engine_name": register_engine(), "checkpoint": executed} if in_process else {}
    try:
        papermill.execute_notebook(
            source,
            _literal_path(executed),
            dict(parameters),
            kernel_name=KERNEL,
            language="python",
            cwd=executed.parent,
            progress_bar=False,
            request_save_on_cell_execute=False,
            **engine,
        )
    except PapermillExecutionError as error:
        _rewrite(executed)
        copy, said = f"{executed.parent.name}/{executed.name}", str(error.evalue).partition("\n")[0]
        raise BriefFailed(f"{copy}, cell [{error.exec_count}]: {error.ename}: {said}") from error
    if not in_process:
        _rewrite(executed)


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


def _rewrite(executed: Path) -> None:
    notebook = nbformat.read(executed, as_version=4)
    make_reproducible(notebook)
    # A kernel tells of itself what an engine without one does not know.
    notebook.metadata["language_info"] = {"name": "python"}
    executed.write_text(nbformat.writes(notebook), encoding="utf-8")
