"""The house's measures: rooms, functions, arguments and the directions of imports."""

from __future__ import annotations

import ast
import statistics
from collections.abc import Iterator
from pathlib import Path

from pipeline.settings import PROJECT

PIPELINE = sorted((PROJECT / "pipeline").rglob("*.py"))
MAX_LINES, MAX_FUNCTION, MAX_MEDIAN, MAX_POSITIONAL = 300, 40, 10, 5
# From the ground up: a room may import only rooms that stand before it, or its own.
FLOORS = (
    "errors", "able", "noted", "lazily", "clock", "settings", "lock", "specs", "inputs", "kept", "gates", "thai",
    "grade", "personal", "findings", "provinces", "workbook", "tombstones", "layout", "context", "records",
    "cluster", "spool", "near", "views", "store", "readings", "reference", "previous", "ingest", "since", "checks",
    "alignment", "trace", "brief_text", "brief_tables", "charts", "engine", "render", "datasheet", "plan",
    "collection", "figures", "national", "lessons", "briefs", "returns", "release", "opened", "export", "inspect",
    "leaks", "changes", "board", "portal", "focus", "lab", "state", "run_record", "brief_stage", "page_stage",
    "unchanged", "summary", "operation", "stages", "refresh", "purge", "purging", "bench", "supply", "commands",
    "__main__",
)  # fmt: skip


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def body_lines(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Lines of a function without its docstring."""
    body = function.body[1:] if ast.get_docstring(function) else function.body
    return (function.end_lineno or 0) - body[0].lineno + 1 if body else 0


def room(path: Path) -> str:
    return path.relative_to(PROJECT / "pipeline").parts[0].removesuffix(".py")


def test_no_room_is_crowded() -> None:
    lengths = {
        path.relative_to(PROJECT): len(path.read_text(encoding="utf-8").splitlines()) for path in PIPELINE
    }
    assert {path: length for path, length in lengths.items() if length > MAX_LINES} == {}


def test_functions_are_short() -> None:
    lengths = {f"{path.name}:{item.name}": body_lines(item) for path in PIPELINE for item in functions(path)}
    assert {name: length for name, length in lengths.items() if length > MAX_FUNCTION} == {}
    assert statistics.median(lengths.values()) < MAX_MEDIAN


def test_few_arguments_are_positional() -> None:
    crowded = {
        f"{path.name}:{item.name}": len(item.args.args)
        for path in PIPELINE
        for item in functions(path)
        if len(item.args.args) > MAX_POSITIONAL and path.name not in ("__main__.py", "upkeep.py")
    }
    assert crowded == {}


def imported_rooms(path: Path) -> set[str]:
    """Rooms of the pipeline that a module imports where it is loaded, and not only inside a function."""
    rooms = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.split(".")[0] == "pipeline":
            parts = node.module.split(".")
            rooms |= {parts[1]} if len(parts) > 1 else {alias.name for alias in node.names}
    return {
        name
        for name in rooms
        if (PROJECT / "pipeline" / name).exists() or (PROJECT / "pipeline" / f"{name}.py").exists()
    }


def test_imports_point_down() -> None:
    wrong = []
    for path in PIPELINE:
        if path.parent == PROJECT / "pipeline" and path.name == "__init__.py":
            continue
        for name in imported_rooms(path) - {room(path)}:
            if FLOORS.index(name) > FLOORS.index(room(path)):
                wrong.append(f"{path.relative_to(PROJECT)} imports {name}")
    assert wrong == []


def test_each_library_has_one_keeper() -> None:
    keepers = {
        "great_expectations": {"checks"},
        "papermill": {"bench", "briefs", "engine"},
        "typer": {"__main__", "commands"},
    }
    for library, rooms in keepers.items():
        users = {
            room(path)
            for path in PIPELINE
            if f"import {library}" in path.read_text(encoding="utf-8")
            or f"from {library}" in path.read_text(encoding="utf-8")
        }
        assert users == rooms, library


def test_only_the_door_prints() -> None:
    printers = {
        path.name
        for path in PIPELINE
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "print"
    }
    assert printers == {"__main__.py", "terminal.py", "upkeep.py", "workshop.py"}


def public_functions(path: Path) -> Iterator[ast.FunctionDef]:
    """Functions of a module and methods of its classes that others may call."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    owners: list[ast.Module | ast.ClassDef] = [
        tree,
        *(node for node in tree.body if isinstance(node, ast.ClassDef)),
    ]
    for owner in owners:
        yield from (
            node for node in owner.body if isinstance(node, ast.FunctionDef) and not node.name.startswith("_")
        )


def test_public_functions_say_what_they_do() -> None:
    silent = [
        f"{path.name}:{item.name}"
        for path in PIPELINE
        for item in public_functions(path)
        if not ast.get_docstring(item)
    ]
    assert silent == []
