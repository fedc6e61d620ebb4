"""What the process that makes the briefs does once, so that no fork of it does it again."""

from __future__ import annotations

import ast
import gc
from collections.abc import Collection, Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

from pipeline.cluster.family import count_threads, keep_memory
from pipeline.errors import BriefFailed

# So many objects are made before one is looked for that nobody has: of the usual 700, a brief makes a hundred times
# that many, and is looked through each time.
COLLECT_AFTER = 50_000


def warm_up(notebooks: Collection[Path], folder: Path) -> None:
    """Do once what every fork would else do again: imports, a first shell, a first drawing, the fonts.

    The forks also take over that memory which is let go of is kept for what is asked for next, and that garbage is
    seldom looked for.
    """
    import nbformat

    from pipeline import charts, datasheet, plan, render
    from pipeline.brief_text.alignment import are_rules_verified
    from pipeline.brief_text.templates import read_texts
    from pipeline.briefs import execute
    from pipeline.gates import load_gates
    from pipeline.grade import load_grading
    from pipeline.trace.lineage import load_lineage

    source = nbformat.v4.new_notebook(
        cells=[
            nbformat.v4.new_code_cell("", metadata={"tags": [execute.PARAMETERS_TAG]}),
            *(nbformat.v4.new_code_cell(_imports_of(notebook)) for notebook in sorted(notebooks)),
        ]
    )
    nbformat.write(source, folder / "first.ipynb")
    # An import that fails will fail in the briefs too, and be told there.
    with suppress(BriefFailed):
        execute.run_notebook(folder / "first.ipynb", folder / "done.ipynb", parameters={}, in_process=True)
    read_texts()
    are_rules_verified()
    load_grading()
    load_gates()
    load_lineage()
    charts.warm_up()
    render.warm_up()
    datasheet.warm_up()
    plan.warm_up()
    keep_memory()
    gc.set_threshold(COLLECT_AFTER)
    gc.freeze()


@contextmanager
def read_for_forks(database: Path) -> Iterator[bool]:
    """Hold a database open for forks, as `open_for_forks`, and with it what they read alike.

    Yields:
        Whether it is held.
    """
    import duckdb

    from pipeline.briefs.ahead import LOADED_AT_MOST, load_tables, read_ahead
    from pipeline.store import open_for_reading

    with open_for_forks(database) as is_held:
        if is_held:
            # What is wrong with it is told by the briefs.
            with suppress(duckdb.Error), open_for_reading(database) as connection:
                read_ahead(connection)
                if database.stat().st_size <= LOADED_AT_MOST:
                    load_tables(connection)
        yield is_held


@contextmanager
def open_for_forks(database: Path) -> Iterator[bool]:
    """Hold a database open that every fork then has open too, where this process stays of one thread.

    What is the same for all briefs is read here once.

    A fork has only the thread that made it: what another one held would stay locked in it for ever. Where there are
    others, or the system does not tell, each fork opens the database by itself.

    Yields:
        Whether it is held.
    """
    import duckdb

    from pipeline.readings import keep_readings
    from pipeline.store import open_for_reading
    from pipeline.trace.figure import find_grains

    with ExitStack() as held:
        is_held = False
        # What is wrong with it is told by the briefs.
        with suppress(duckdb.Error):
            connection = held.enter_context(open_for_reading(database))
            connection.execute("SET threads = 1")
            connection.execute("SET async_threads = 0")
            is_held = count_threads() == 1
            if is_held:
                held.enter_context(keep_readings())
                find_grains(connection)
        if not is_held:
            held.close()
        yield is_held


def _imports_of(notebook: Path) -> str:
    """The import statements of a notebook's cells, each on a line."""
    import nbformat

    cells = [cell.source for cell in nbformat.read(notebook, as_version=4).cells if cell.cell_type == "code"]
    lines: list[str] = []
    for source in cells:
        with suppress(SyntaxError):
            statements = ast.parse(source).body
            lines += [
                ast.unparse(node) for node in statements if isinstance(node, ast.Import | ast.ImportFrom)
            ]
    return "\n".join(lines)
