"""Whether a refresh would make the published release again: told from files alone, with no database and no library.

What a release is made of: every file under RAW with its time, since a file's time may say when it came; the program,
the specs and the notebooks; the installed packages; and what the command line asks for.
"""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Mapping
from pathlib import Path

from pipeline import release
from pipeline.inputs import digest_files, digest_specs, list_changed, list_packages
from pipeline.release.condemned import read_condemned
from pipeline.run_record import Outcome
from pipeline.settings import NOTEBOOKS, PROJECT, Settings

REFRESH = "refresh"
_WORDS = {
    "raw": "ไฟล์ใน RAW",
    "program": "โปรแกรม",
    "specs": "ความรู้ใน specs/",
    "notebooks": "โน้ตบุ๊ก",
    "packages": "รุ่นของไลบรารี",
    "asked": "จังหวัด ปี หรือตัวเลือกที่ขอ",
}
_SHOWN = 10


def list_run_inputs(settings: Settings) -> dict[str, str]:
    """List what a whole run depends on, as digests by name."""
    folder = PROJECT / "pipeline"
    asked = [sorted(settings.province_codes), settings.fiscal_year_be, settings.days_to_correct]
    return {
        "raw": _digest(_list_raw(settings.raw)),
        "program": digest_files(
            (
                path
                for path in _files(folder)
                if path.suffix != ".pyc" and folder / "specs" not in path.parents
            ),
            root=folder,
        ),
        "specs": digest_specs(),
        "notebooks": digest_files(NOTEBOOKS.glob("*.ipynb"), root=NOTEBOOKS),
        "packages": _digest([sys.version, *list_packages()]),
        "asked": _digest(asked),
    }


def find_same(settings: Settings, made_of: Mapping[str, str]) -> Outcome | None:
    """Find out that the published release is what a run on these inputs would make, and is still whole.

    Args:
        settings: where the releases are.
        made_of: what a run would be made of; see `list_run_inputs`.

    Returns:
        What that release's own run came to; None where there is something to do.
    """
    published = release.resolve_current(settings.out)
    if (
        published is None
        or not (published / release.RECORD).is_file()
        or published.name in read_condemned(settings.out)
    ):
        return None
    record = release.read_record(published)
    counts = record["counts"]
    is_same = not list_changed(made_of, record["made_of"].get(REFRESH))
    if (
        not is_same
        or counts["failed_briefs"]
        or counts["failed_returns"]
        or not _is_whole(published, record["briefs"])
    ):
        return None
    return Outcome(exit_code=record["exit_code"], release=published, counts={"same": published.name})


def explain(settings: Settings) -> list[str]:
    """Say why a refresh would have something to do, or that it would not: lines to print."""
    published = release.resolve_current(settings.out)
    if published is None or not (published / release.RECORD).is_file():
        return ["ยังไม่มีการเผยแพร่: ทุกขั้นจะทำใหม่"]
    before = release.read_record(published)["made_of"].get(REFRESH)
    changed = list_changed(list_run_inputs(settings), before)
    if before is None:
        return [f"ฉบับ {published.name} ไม่ได้ทำด้วย refresh: ทุกขั้นจะทำใหม่"]
    if not changed:
        same = find_same(settings, list_run_inputs(settings))
        told = "ไม่มีสิ่งใดต้องทำ" if same else "มีรายงานที่ทำไม่สำเร็จหรือไฟล์ที่หายหรือถูกแก้ จะทำเฉพาะส่วนนั้น"
        return [f"ไม่มีสิ่งใดเปลี่ยนจากฉบับ {published.name}: {told}"]
    lines = [f"เปลี่ยนจากฉบับ {published.name}: " + ", ".join(_WORDS[name] for name in changed)]
    return [*lines, *(_explain_files(settings, published) if "raw" in changed else ())]


def _explain_files(settings: Settings, published: Path) -> list[str]:
    """Say which files are new, changed or gone; a long list is cut, and says so."""
    from pipeline.state import list_waiting

    waiting = list_waiting(settings.raw, published)
    more = len(waiting) - _SHOWN
    return [f"  {line}" for line in waiting[:_SHOWN]] + ([f"  และอีก {more} ไฟล์"] if more > 0 else [])


def _is_whole(published: Path, briefs: Mapping[str, Mapping[str, Mapping[str, str]]]) -> bool:
    """Whether what readers open is there: the way in, and every file of every brief."""
    folders = {folder.name: folder for folder in (*published.glob("briefs/*"), *published.glob("national/*"))}
    folders |= {folder.name: folder for folder in published.glob("national")}
    return (published / "index.html").is_file() and all(
        slug in folders and (folders[slug] / name).is_file()
        for slug, kept in briefs.items()
        for name in kept["files"]
    )


def _list_raw(raw: Path) -> list[list[object]]:
    """List the files under RAW: place, content, time in whole seconds; none where it is no folder."""
    return [
        [
            path.relative_to(raw).as_posix(),
            hashlib.sha256(path.read_bytes()).hexdigest(),
            int(path.stat().st_mtime),
        ]
        for path in _files(raw)
    ]


def _files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


def _digest(value: object) -> str:
    return hashlib.sha256(json.dumps(value).encode()).hexdigest()
