"""What is published and what waits, and what a run was made of."""

from __future__ import annotations

import sys
from datetime import date
from importlib.metadata import version
from pathlib import Path

from pipeline import store
from pipeline.board import print_board, read_board
from pipeline.ingest.files import find_files
from pipeline.release import WAREHOUSE

_LIBRARIES = (
    "duckdb",
    "great-expectations",
    "matplotlib",
    "pandas",
    "papermill",
    "pypandoc-binary",
    "python-calamine",
    "typst",
)


def list_versions() -> dict[str, str]:
    """The versions of Python and of the libraries that decide what comes out."""
    return {"python": sys.version.split()[0], **{name: version(name) for name in _LIBRARIES}}


def list_inputs(database: Path) -> list[dict[str, str]]:
    """Every input with its digest and what became of it."""
    with store.open_for_reading(database) as connection:
        rows = connection.execute("SELECT path, sha256, status FROM raw_file ORDER BY path").fetchall()
    return [{"path": path, "sha256": sha256, "status": status} for path, sha256, status in rows]


def describe_state(raw: Path, published: Path, today: date) -> tuple[list[str], bool]:
    """Tell what is published, what came or changed since, and what was refused and why.

    Args:
        raw: the folder of received files.
        published: the release.
        today: the day to which days on the board are counted.

    Returns:
        The lines to print, and whether anything needs a person.
    """
    with store.open_for_reading(published / WAREHOUSE) as connection:
        known = dict(connection.execute("SELECT path, sha256 FROM raw_file").fetchall())
        refused = connection.execute(
            "SELECT path, reason FROM raw_file WHERE status = 'refused' ORDER BY path"
        ).fetchall()
        findings = store.count_findings(connection)
        board = print_board(read_board(connection, today=today))
    waiting = _waiting(raw, known)
    briefs = sorted(path.name for path in (published / "briefs").glob("*") if path.is_dir())
    lines = [
        f"เผยแพร่แล้ว: {published.name}  รายงาน {len(briefs)} จังหวัด",
        f"ดูที่: {published / 'index.html'}",
        "ข้อค้นพบ: "
        + (", ".join(f"{severity} {count}" for severity, count in sorted(findings.items())) or "ไม่มี"),
        f"รอนำเข้า: {len(waiting)} ไฟล์",
        *(f"  {line}" for line in waiting),
        f"ปฏิเสธ: {len(refused)} ไฟล์",
        *(f"  {path}: {reason}" for path, reason in refused),
        *board,
    ]
    return lines, bool(waiting or refused)


def list_waiting(raw: Path, published: Path) -> list[str]:
    """List the files that are new, changed or gone since a release, a line each."""
    with store.open_for_reading(published / WAREHOUSE) as connection:
        return _waiting(raw, dict(connection.execute("SELECT path, sha256 FROM raw_file").fetchall()))


def _waiting(raw: Path, known: dict[str, str]) -> list[str]:
    """List the files that are new, changed or gone since the release."""
    if not raw.is_dir():
        return [f"ไม่พบโฟลเดอร์ {raw}"]
    now = {file.path: file.sha256 for file in find_files(raw)[0]}
    return (
        [f"ใหม่: {path}" for path in sorted(now.keys() - known.keys())]
        + [f"เปลี่ยน: {path}" for path in sorted(now.keys() & known.keys()) if now[path] != known[path]]
        + [f"หายไป: {path}" for path in sorted(known.keys() - now.keys())]
    )
