"""A brief whose inputs are those of the release before is that brief: it is linked, not made again.

What a brief is made of: the rows of the warehouse that are its province's or nobody's, the notebook, the program and
its templates, the specs, the versions of all libraries, the fonts among them, and the year in focus. It also is only
what it was when it was made: a file that is gone or edited since is made again.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline import store
from pipeline.briefs import Task
from pipeline.inputs import digest_files, digest_packages, digest_specs
from pipeline.noted import are_as_noted, link_files, note_files
from pipeline.settings import PROJECT

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

NATION = "nation"
ACROSS = "across"
PROVINCE = "province "
# What only the documents across all provinces read: how many days ago something came, which each day tells otherwise.
_READ_ACROSS = {"out_submission_board"}
# Rows of other provinces that every brief reads.
_READ_WHOLE = ("core_province", "out_budget_by_province")
# What no brief reads but by the views that are kept of it.
_NOT_READ = {
    "core_previous_figure",
    "quality_asked",
    "quality_check",
    "quality_former_submission",
    "quality_previous",
}
# What tells of a release when it was made and nothing of what is in it: a brief bears those of its own.
_NAMES_RELEASE = {"release_name", "earlier_release", "built_on", "data_cutoff"}
_COLUMNS = """
SELECT table_name, list(column_name ORDER BY column_index) FROM duckdb_columns()
WHERE NOT internal AND table_name IN (SELECT table_name FROM duckdb_tables() WHERE NOT internal)
GROUP BY table_name ORDER BY table_name"""
# Whose a row is that names no province: of the project's, or of every province that its file has anything of.
_OWNERS = {
    "project_id": "SELECT project_id, province_code FROM core_project",
    "file_id": """
        SELECT file_id, province_code FROM core_project UNION SELECT file_id, province_code FROM core_budget_line
        UNION SELECT file_id, province_code FROM core_indicator
        UNION SELECT file_id, province_code FROM quality_issue UNION SELECT file_id, province_code FROM raw_table""",
}
_DIGEST = """
SELECT {owner} AS province_code, concat_ws(' ', count(*), sum(hash(t)), bit_xor(hash(t)))
FROM (SELECT {columns} FROM {table}) AS t {join} GROUP BY ALL"""


@dataclass(frozen=True)
class Kept:
    """A brief as it was made.

    Attributes:
        release: the release that it was made in, whose name it bears.
        files: what was noted of each of its files, by name; see pipeline.noted.
    """

    release: str
    files: Mapping[str, str]


def list_brief_inputs(database: Path, notebooks: Collection[Path], *, fiscal_year_be: int) -> dict[str, str]:
    """List what briefs are made of, as digests: of what all share, and of each province under `PROVINCE` and its code.

    Args:
        database: the warehouse, its views kept.
        notebooks: the notebooks that are run.
        fiscal_year_be: the year in focus.
    """
    with store.open_for_reading(database) as connection:
        rows = _digest_rows(connection)
    return rows | {
        "code": _digest_program(),
        "specs": digest_specs(),
        "libraries": digest_packages(),
        "notebook": "".join(sorted(digest_files([path], root=path.parent) for path in notebooks)),
        "fiscal_year_be": str(fiscal_year_be),
    }


def _digest_program() -> str:
    """Digest all of pipeline/ but its specs: what is no program there is a template."""
    folder = PROJECT / "pipeline"
    apart = (folder / "specs", *folder.rglob("__pycache__"))
    files = (path for path in folder.rglob("*") if path.is_file() and not {*path.parents} & {*apart})
    return digest_files(files, root=folder)


def _digest_rows(connection: DuckDBPyConnection) -> dict[str, str]:
    """Digest the rows of each province, and those that are of none or that all briefs read."""
    digests: dict[str, Any] = {NATION: hashlib.sha256()}
    for table, columns in connection.execute(_COLUMNS).fetchall():
        if table in _NOT_READ:
            continue
        for code, digest in sorted(connection.execute(_digest_sql(table, columns)).fetchall(), key=str):
            name = _name_rows(table, code)
            digests.setdefault(name, hashlib.sha256()).update(f"{table} {digest}\n".encode())
    return {name: digest.hexdigest() for name, digest in digests.items()}


def _name_rows(table: str, code: str | None) -> str:
    """Name the input that rows of a table belong to."""
    if table in _READ_ACROSS:
        return ACROSS
    return NATION if code is None else PROVINCE + code


def _digest_sql(table: str, columns: Sequence[str]) -> str:
    """Write the query that digests a table's rows by whose they are; rows in no order."""
    kept = ", ".join(f'"{name}"' for name in columns if name not in _NAMES_RELEASE)
    key = next((name for name in _OWNERS if name in columns), None)
    owner, join = "NULL", ""
    if "province_code" in columns and table not in _READ_WHOLE:
        owner = "t.province_code"
    elif key:
        owner, join = "o.province_code", f"LEFT JOIN ({_OWNERS[key]}) AS o USING ({key})"
    return _DIGEST.format(owner=owner, columns=kept, table=table, join=join)


def link_briefs(
    before: Path,
    kept: Mapping[str, Kept],
    build: Path,
    *,
    tasks: Iterable[Task],
    changed: Collection[str],
) -> dict[str, Kept]:
    """Link the briefs whose inputs are the same, and that are still as they were made.

    Args:
        before: the folder of the release before.
        kept: its briefs by slug; one that failed is not among them.
        build: the folder of the release that is being made; nothing is written for the others.
        tasks: those that are wanted.
        changed: the names of the inputs that differ; see `list_brief_inputs`.

    Returns:
        Those that are linked, by slug.
    """
    linked = {}
    for task in tasks:
        place = Path(task.folder).relative_to(build.resolve())
        is_same = task.slug in kept and not _concerns(changed, task)
        files = kept[task.slug].files if is_same else {}
        if files and are_as_noted(before / place, files):
            link_files(before / place, build / place, files)
            linked[task.slug] = kept[task.slug]
    return linked


def _concerns(changed: Collection[str], task: Task) -> bool:
    """Whether a brief may come out otherwise; one across all provinces may where anything has changed."""
    is_own = PROVINCE + task.province_code in changed
    return bool(list_shared(changed)) or is_own or not task.province_code and bool(changed)


def list_shared(names: Iterable[str]) -> list[str]:
    """Keep the names of what all briefs are made of."""
    return sorted(name for name in names if name != ACROSS and not name.startswith(PROVINCE))


def keep_brief(folder: Path, release: str) -> Kept:
    """Say what a brief's folder holds."""
    return Kept(release, note_files(folder))
