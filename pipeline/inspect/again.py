"""The pages of a file of which nothing has changed are those of the release before: they are linked, not made again."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline import store
from pipeline.inspect.model import CHANGES
from pipeline.noted import are_as_noted, link_files, note_files

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

# What the pages of a file show, each row with its file; see pipeline.inspect.model.
_READS = (
    "SELECT s.*, f.path, f.status AS file_status FROM raw_sheet AS s JOIN raw_file AS f USING (file_id)",
    "FROM raw_table",
    "FROM raw_row",
    "FROM quality_issue",
    "FROM quality_correction",
    CHANGES,
)
_DIGEST = "SELECT file_id, concat_ws(' ', count(*), sum(hash(t)), bit_xor(hash(t))) FROM ({sql}) AS t GROUP BY file_id"


@dataclass(frozen=True)
class KeptPages:
    """The pages of a file as they were made.

    Attributes:
        made_of: the digest of the rows that they show.
        files: what was noted of each, by name; see pipeline.noted.
    """

    made_of: str
    files: Mapping[str, str]


def digest_shown(database: Path) -> dict[str, str]:
    """Digest what the pages of each file show, by the file's id; rows in no order.

    Args:
        database: the warehouse; nobody may be writing it.
    """
    with store.open_for_reading(database) as connection:
        digests: dict[str, list[str]] = {}
        for number, sql in enumerate(_READS):
            for file_id, digest in _digest(connection, sql):
                digests.setdefault(file_id, []).append(f"{number} {digest}")
    return {
        file_id: hashlib.sha256("\n".join(all_of).encode()).hexdigest() for file_id, all_of in digests.items()
    }


def _digest(connection: DuckDBPyConnection, sql: str) -> list[tuple[str, str]]:
    rows: list[tuple[str, str]] = connection.execute(_DIGEST.format(sql=sql)).fetchall()
    return [(file_id, digest) for file_id, digest in rows if file_id is not None]


def link_pages(
    before: Path, kept: Mapping[str, KeptPages], folder: Path, *, shown: Mapping[str, str]
) -> dict[str, KeptPages]:
    """Link the pages of the files of which they show the same, and that are still as they were made.

    Args:
        before: the folder of the pages of the release before.
        kept: its pages by file.
        folder: of the pages that are being made.
        shown: what the pages of each file show now; see `digest_shown`.

    Returns:
        Those that are linked, by file.
    """
    linked = {}
    for file_id, pages in kept.items():
        if shown.get(file_id) == pages.made_of and are_as_noted(before / file_id, pages.files):
            link_files(before / file_id, folder / file_id, pages.files)
            linked[file_id] = pages
    return linked


def keep_pages(folder: Path, made_of: str) -> KeptPages:
    """Say what the folder of a file's pages holds."""
    return KeptPages(made_of, note_files(folder))
