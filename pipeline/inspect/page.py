"""What was understood of each sheet, as pages to look at beside the spreadsheet program."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

import jinja2
from markupsafe import Markup

from pipeline import store
from pipeline.cluster.processes import map_unordered
from pipeline.inspect.grid import (
    Part,
    count_columns,
    grid_rows,
    meaning_rows,
    split_rows,
)
from pipeline.inspect.model import (
    SheetView,
    column_word,
    columns,
    decision,
    load_views,
    load_words,
    value_word,
)
from pipeline.inspect.places import find_row, say_cell
from pipeline.render.fonts import embedded_face
from pipeline.settings import TEMPLATES
from pipeline.trace import ROWS_A_PAGE, page_name
from pipeline.workbook import column_letters

CHANGES_SHOWN = 500
FINDINGS_SHOWN = 1000
# From a page of a sheet, inspect/<file>/<page>, to the portal.
HOME = "../../index.html"
_ROWS_A_CHUNK = 5000
_FILES = "SELECT file_id, count(*) FROM raw_row GROUP BY file_id ORDER BY file_id"

_Chunk = tuple[Path, Path, tuple[str, ...]]


def list_chunks(database: Path, folder: Path, *, without: Collection[str] = ()) -> list[_Chunk]:
    """Share the files with rows out over pieces of work of about equal size.

    Args:
        database: the warehouse.
        folder: where the pages go.
        without: the files whose pages are there.
    """
    chunks: list[_Chunk] = []
    held = 0
    files: list[str] = []
    with store.open_for_reading(database) as connection:
        counted = connection.execute(_FILES).fetchall()
    for file_id, rows in counted:
        if file_id in without:
            continue
        held, files = held + rows, [*files, file_id]
        if held >= _ROWS_A_CHUNK:
            chunks.append((database, folder, tuple(files)))
            held, files = 0, []
    return [*chunks, (database, folder, tuple(files))] if files else chunks


def write_all_pages(chunks: list[_Chunk], *, jobs: int) -> int:
    """Write the pages of every sheet of every file; returns how many pages there are.

    Raises:
        RuntimeError: a process died over a piece of the work.
    """
    _environment()
    return sum(map_unordered(_write_chunk, chunks, jobs=jobs, died=_died))


def write_pages(view: SheetView, folder: Path, *, home: str = "") -> list[Path]:
    """Write the pages of one sheet under folder/<file_id>/; returns them, the first first.

    Args:
        view: the sheet.
        folder: of the pages of all sheets.
        home: the link to the page that leads to all others; empty where there is none.
    """
    parts = split_rows(view)
    width = count_columns(view)
    meanings = meaning_rows(view, width)
    target = folder / view.file_id
    target.mkdir(parents=True, exist_ok=True)
    pages = []
    for part in parts:
        page = target / page_name(view.number, part.number)
        page.write_text(_render(view, part, width, meanings, home=home), encoding="utf-8")
        pages.append(page)
    return pages


def _died(chunk: _Chunk) -> int:
    """Say that pages could not be written."""
    raise RuntimeError(f"a process died while it wrote the pages of {len(chunk[2])} files")


def _write_chunk(chunk: _Chunk) -> int:
    """Write the pages of some files."""
    database, folder, file_ids = chunk
    with store.open_for_reading(database) as connection:
        return sum(len(write_pages(view, folder, home=HOME)) for view in load_views(connection, file_ids))


@lru_cache(maxsize=1)
def _environment() -> tuple[jinja2.Template, tuple[tuple[int, str], ...]]:
    """The compiled template and the typeface; made once, before processes are forked."""
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(TEMPLATES),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=jinja2.StrictUndefined,
    )
    environment.filters.update(
        column_word=column_word, value_word=value_word, name_field=_name_field, name_amounts=_name_amounts
    )
    faces = tuple((weight, embedded_face(face)) for weight, face in ((400, "Regular"), (700, "Bold")))
    return environment.get_template("inspect.html"), faces


def _name_field(field: str) -> str:
    """Name in Thai what changed; the words are learnt where a sheet changes another."""
    from pipeline.brief_text.since import name_field

    return name_field(field)


def _name_amounts(text: str) -> str:
    """Name in Thai the amounts of what came or went."""
    from pipeline.brief_text.since import name_amounts

    return name_amounts(text)


def _render(view: SheetView, part: Part, width: int, meanings: dict[int, str], *, home: str) -> str:
    """Fill the template for one page."""
    template, faces = _environment()
    findings = view.findings[:FINDINGS_SHOWN]
    return template.render(
        view=view,
        home=home,
        part=part,
        words=load_words(),
        faces=faces,
        tables=[_table(table) for table in view.tables],
        letters=[column_letters(index) for index in range(width)],
        rows=Markup("\n".join(grid_rows(view, part, width, meanings))),
        pages=[(number, page_name(view.number, number)) for number in range(1, part.count + 1)],
        siblings=[(name, page_name(number), number == view.number) for number, name in view.siblings],
        roles=Counter(role for _, role, _ in view.rows),
        findings=[_placed(finding, view, part) for finding in findings],
        findings_left=len(view.findings) - len(findings),
        changes=view.changes[:CHANGES_SHOWN],
        changes_left=max(len(view.changes) - CHANGES_SHOWN, 0),
    )


def _table(table: dict[str, Any]) -> dict[str, Any]:
    """A table with its decisions by what they are about."""
    named = {what: decision(table, what) for what in ("header", "kind", "province", "year", "stage", "roles")}
    return {
        **table,
        **{f"{what}_decision": entry for what, entry in named.items()},
        "columns": columns(table),
    }


def _placed(finding: dict[str, Any], view: SheetView, part: Part) -> dict[str, Any]:
    """A finding with the link to its cell, on this page or on the one that shows its row."""
    shown = {**finding, "place": say_cell(finding["cell"] or "")}
    row = find_row(finding["cell"]) if finding["sheet"] == view.name else None
    if row is None:
        return {**shown, "link": None}
    before = sum(number < row[0] for number, _, _ in view.rows)
    page = min(before // ROWS_A_PAGE + 1, part.count)
    name = "" if page == part.number else page_name(view.number, page)
    return {**shown, "link": f"{name}#{row[1]}"}


def iterate_views(database: Path, file_id: str) -> Iterator[SheetView]:
    """Every sheet of one file of a warehouse."""
    with store.open_for_reading(database) as connection:
        yield from load_views(connection, (file_id,))
