"""What was understood of a file, to look at beside the spreadsheet program: lines to print and pages to open."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from pathlib import Path

from pipeline.errors import EXIT_ATTENTION, EXIT_DONE, UsageError
from pipeline.ingest import ingest_file
from pipeline.inspect.lines import describe_view
from pipeline.inspect.model import SheetView
from pipeline.inspect.page import iterate_views, list_chunks, write_all_pages, write_pages
from pipeline.inspect.remember import remember_form
from pipeline.store import open_for_reading
from pipeline.trace import INSPECT_FOLDER

__all__ = ["INSPECT_FOLDER", "Asked", "inspect_file", "list_chunks", "write_all_pages"]


@dataclass(frozen=True)
class Asked:
    """What to look at.

    Attributes:
        path: the file.
        raw: RAW; where the file is not under it, the file's own folder serves.
        out: the folder under which pages are written.
        sheet: one sheet's name; None for all.
        remember: the name to remember its form by; None not to.
        who: who remembers it.
    """

    path: Path
    raw: Path
    out: Path
    sheet: str | None = None
    remember: str | None = None
    who: str = ""


def inspect_file(asked: Asked) -> tuple[int, list[str]]:
    """Read one file, write its pages, and tell what was understood; returns the exit code and the lines to print.

    Raises:
        UsageError: there is no such file or sheet, or the form cannot be remembered.
    """
    if not asked.path.is_file():
        raise UsageError(f"ไม่พบไฟล์ {asked.path}  พิมพ์ python -m pipeline inspect ตามด้วยที่อยู่ของไฟล์")
    path = asked.path.resolve()
    raw = asked.raw.resolve() if asked.raw.resolve() in path.parents else path.parent
    with tempfile.TemporaryDirectory() as folder:
        database = Path(folder) / "inspect.duckdb"
        file_id = ingest_file(raw, path, database)
        views = [view for view in iterate_views(database, file_id) if asked.sheet in (None, view.name)]
        lines, needs_attention = _describe_file(database)
    if asked.sheet is not None and not views:
        raise UsageError(f'ไม่มีชีต "{asked.sheet}" ที่มีข้อมูลในไฟล์นี้')
    pages = [write_pages(view, asked.out / INSPECT_FOLDER)[0] for view in views]
    for view, page in zip(views, pages, strict=True):
        lines += [*describe_view(view), f"  หน้า: {page}"]
    if asked.remember:
        lines.append(_remember(views, asked))
    return EXIT_ATTENTION if needs_attention else EXIT_DONE, lines


def _describe_file(database: Path) -> tuple[list[str], bool]:
    """Tell what became of the file and of its lines in overrides.csv, and whether anything needs a person."""
    with open_for_reading(database) as connection:
        ((path, status, container, reason),) = connection.execute(
            "SELECT path, status, container, reason FROM raw_file"
        ).fetchall()
        told = connection.execute(
            "SELECT severity, message_th FROM quality_issue WHERE file_id IS NULL ORDER BY message_th"
        ).fetchall()
        loud = connection.execute("SELECT count(*) FROM quality_issue WHERE severity <> 'info'").fetchall()
    lines = [f"{path} ({container or 'ไม่รู้ชนิดไฟล์'}): {_STATUS[status]}{f' - {reason}' if reason else ''}"]
    lines += [f"  {message}" for _, message in told]
    return lines, bool(loud[0][0]) or status == "refused"


_STATUS = {
    "loaded": "นำเข้าได้",
    "superseded": "มีฉบับใหม่แทน",
    "duplicate": "ซ้ำ",
    "refused": "ปฏิเสธ",
    "ignored": "ไม่ใช่ข้อมูล",
}


def _remember(views: list[SheetView], asked: Asked) -> str:
    """Remember the form, and say so."""
    fingerprint = remember_form(views, str(asked.remember), who=asked.who)
    return f'จำแบบ "{asked.remember}" ({fingerprint}) ไว้ใน known_forms.yml แล้ว'
