"""The story: ingest, check, analyse, brief, publish; one function a verb."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import TypeVar

from pipeline import release
from pipeline.cluster import in_child
from pipeline.errors import (
    EXIT_ATTENTION,
    EXIT_DONE,
    EXIT_NOT_PUBLISHED,
    NothingToPublish,
    PipelineError,
    UsageError,
)
from pipeline.provinces import load_gazetteer
from pipeline.run_record import STATE, Outcome, decide_exit_code, load_state, save_state, write_run_record
from pipeline.settings import Settings
from pipeline.thai import fiscal_year_of, to_buddhist_year

Progress = Callable[[str, int, int], None]
_T = TypeVar("_T")
TEMPLATES_FOLDER = "templates"
THAI_TIME = timezone(timedelta(hours=7))


def refresh(settings: Settings, progress: Progress) -> Outcome:
    """Do all stages and publish a release.

    Raises:
        UsageError: RAW, a province or the year does not exist; nothing was touched.
        NothingToPublish: no file could be read; the release before stands.
    """
    from pipeline.focus import check_year

    _check_provinces(settings)
    release.start_build(settings.build)
    with _nothing_left_on_error(settings):
        outcome = _ingest(settings, progress)
        in_child(lambda _: check_year(settings.database, settings.fiscal_year_be))
        _check(settings, progress, outcome)
        outcome.counts["release"] = release.name_release(settings.out)
        _give_back(settings, progress, outcome)
        _brief(settings, progress, outcome)
        return _publish(settings, outcome)


def ingest(settings: Settings, progress: Progress) -> Outcome:
    """Do the first stage: read RAW into a warehouse that waits to be checked.

    Raises:
        NothingToPublish: no file could be read.
    """
    release.start_build(settings.build)
    with _nothing_left_on_error(settings):
        outcome = _ingest(settings, progress)
    save_state(settings, outcome)
    outcome.exit_code = decide_exit_code(outcome)
    outcome.notes.append(f"คลังข้อมูลอยู่ที่ {settings.database}  ขั้นต่อไป: make check")
    return outcome


def check(settings: Settings, progress: Progress) -> Outcome:
    """Do the second stage on the warehouse that the stages before it left."""
    release.continue_build(settings.out, settings.build)
    outcome = load_state(settings)
    _check(settings, progress, outcome)
    save_state(settings, outcome)
    outcome.exit_code = decide_exit_code(outcome)
    outcome.notes.append(f"ผลตรวจอยู่ที่ {settings.build / 'quality' / 'index.html'}  ขั้นต่อไป: make briefs")
    return outcome


def briefs(settings: Settings, progress: Progress) -> Outcome:
    """Do the last stages: make the briefs of what was checked, and publish.

    Raises:
        UsageError: a province or the year does not exist, or nothing was ingested yet.
    """
    from pipeline.focus import check_year

    _check_provinces(settings)
    release.continue_build(settings.out, settings.build)
    in_child(lambda _: check_year(settings.database, settings.fiscal_year_be))
    outcome = load_state(settings)
    if not (settings.build / "quality").is_dir():
        _check(settings, progress, outcome)
    outcome.counts["release"] = release.name_release(settings.out)
    _give_back(settings, progress, outcome)
    _brief(settings, progress, outcome)
    return _publish(settings, outcome)


def status(settings: Settings) -> tuple[int, list[str]]:
    """Tell what is published, what waits and what was refused; returns the exit code and the lines to print."""
    from pipeline.state import describe_state

    published = release.resolve_current(settings.out)
    if published is None:
        return EXIT_NOT_PUBLISHED, ["ยังไม่มีการเผยแพร่  พิมพ์ make refresh"]
    lines, needs_attention = describe_state(settings.raw, published)
    return EXIT_ATTENTION if needs_attention else EXIT_DONE, lines


def templates(settings: Settings) -> list[Path]:
    """Write blank collection workbooks under OUT/templates, one a province, prefilled from the published release.

    The provinces are those asked for, else those that the release has data of, else all 77; the fiscal year is the one
    asked for, else the one after the release's, else the one after this day's.

    Raises:
        UsageError: a province or the year does not exist.
    """
    from pipeline import collection

    _check_provinces(settings)
    published = release.resolve_current(settings.out)
    database = published / release.WAREHOUSE if published else None
    held = (
        in_child(lambda _: collection.read_published(database)) if database else collection.NOTHING_PUBLISHED
    )
    year = settings.fiscal_year_be or (held.year_be or fiscal_year_of(datetime.now(THAI_TIME).date())) + 1
    if to_buddhist_year(year) != year:
        raise UsageError(f"ไม่มีปีงบประมาณ {year}  ใช้ปี พ.ศ. สี่หลัก เช่น FY=2569")
    known = in_child(lambda _: collection.read_known(database, before=year)) if database else {}
    codes = settings.province_codes or held.provinces or tuple(load_gazetteer().provinces)
    subjects = collection.list_subjects(codes, year, known)
    return collection.write_templates(settings.out / TEMPLATES_FOLDER, subjects, jobs=settings.jobs)


@contextmanager
def _nothing_left_on_error(settings: Settings) -> Iterator[None]:
    """Throw the build away where a stage says that it cannot be finished."""
    try:
        yield
    except PipelineError:
        release.discard_build(settings.build)
        raise


def _check_provinces(settings: Settings) -> None:
    """Hold the asked provinces to the 77 codes."""
    provinces = load_gazetteer().provinces
    unknown = [code for code in settings.province_codes if code not in provinces]
    if unknown:
        raise UsageError(
            f'ไม่มีจังหวัดรหัส {", ".join(unknown)}  ใช้รหัส 2 หลักของกรมการปกครอง เช่น PROVINCES="64 48" (สุโขทัย นครพนม)'
        )


def _timed(outcome: Outcome, stage: str, work: Callable[[], _T]) -> _T:
    """Do a stage's work and keep how long it took."""
    started = time.monotonic()
    result = work()
    outcome.seconds[stage] = round(time.monotonic() - started, 2)
    return result


def _ingest(settings: Settings, progress: Progress) -> Outcome:
    """Read every file into the warehouse."""
    from pipeline.ingest import ingest as read_raw

    outcome = Outcome()
    ingested = _timed(
        outcome,
        "ingest",
        lambda: read_raw(settings.raw, settings.database, jobs=settings.jobs, progress=progress),
    )
    outcome.counts["files"] = ingested.files
    outcome.counts["rows"] = ingested.rows
    outcome.counts["is_sample"] = ingested.is_sample
    outcome.counts["findings"] = ingested.findings
    outcome.counts["data_cutoff"] = ingested.data_cutoff.isoformat() if ingested.data_cutoff else None
    if not ingested.files.get("loaded"):
        refused = ingested.files.get("refused", 0)
        raise NothingToPublish(
            f"ไม่มีไฟล์ใดอ่านได้ใน {settings.raw} (ปฏิเสธ {refused} ไฟล์)  ฉบับที่เผยแพร่ก่อนหน้ายังอยู่ตามเดิม"
        )
    return outcome


def _check(settings: Settings, progress: Progress, outcome: Outcome) -> None:
    """Run every rule on the warehouse."""
    from pipeline.checks import run_checks
    from pipeline.state import count_findings

    docs = settings.build / "quality"
    previous = release.find_previous(settings.out, is_sample=bool(outcome.counts.get("is_sample")))
    summary = _timed(
        outcome,
        "check",
        lambda: in_child(
            lambda tell: run_checks(settings.database, docs, progress=tell, previous=previous),
            tell=lambda name: progress(f"check: {name}", 0, 0),
        ),
    )
    progress("check", 1, 1)
    outcome.counts["rules"] = summary.rules
    outcome.counts["findings"] = in_child(lambda _: count_findings(settings.database))


def _give_back(settings: Settings, progress: Progress, outcome: Outcome) -> None:
    """Write back the received files that have findings, each marked at its cell."""
    from pipeline.ingest.files import find_files
    from pipeline.returns import RETURNS_FOLDER, Run, return_files

    folder = settings.build / RETURNS_FOLDER
    if folder.exists():
        shutil.rmtree(folder)
    files, is_sample = find_files(settings.raw)
    day = datetime.now(THAI_TIME).date()
    due = day + timedelta(days=settings.days_to_correct)
    returned = _timed(
        outcome,
        "returns",
        lambda: return_files(
            settings.database,
            folder,
            Run(outcome.counts["release"], day, due, is_sample),
            {file.file_id: file.absolute for file in files},
            jobs=settings.jobs,
            progress=lambda done, total: progress("returns", done, total),
        ),
    )
    outcome.counts["returns"] = len(returned)
    outcome.counts["failed_returns"] = {one.path: one.failure for one in returned if one.failure}


def _brief(settings: Settings, progress: Progress, outcome: Outcome) -> None:
    """Make the brief of every province asked for."""
    from pipeline.focus import decide_focus

    name = outcome.counts["release"]
    focus = in_child(
        lambda _: decide_focus(
            settings.database,
            settings,
            release_name=name,
            is_sample=bool(outcome.counts.get("is_sample")),
            data_cutoff=outcome.counts.get("data_cutoff"),
        )
    )
    outcome.counts["fiscal_year_be"] = focus.fiscal_year_be
    from pipeline.briefs import make_briefs

    results = _timed(
        outcome,
        "briefs",
        lambda: make_briefs(
            settings.database,
            settings.build / "briefs",
            provinces=list(focus.provinces),
            fiscal_year_be=focus.fiscal_year_be,
            jobs=settings.jobs,
            progress=_brief_progress(progress, len(focus.provinces)),
        ),
    )
    outcome.counts["briefs"] = sum(result.error is None for result in results)
    outcome.counts["failed_briefs"] = {result.slug: result.error for result in results if result.error}


def _brief_progress(progress: Progress, total: int) -> Callable[[str], None]:
    """Count briefs as they are done."""
    done: list[str] = []
    progress("briefs", 0, total)

    def tell(slug: str) -> None:
        done.append(slug)
        progress("briefs", len(done), total)

    return tell


def _publish(settings: Settings, outcome: Outcome) -> Outcome:
    """Write the portal and the records, then switch `current` to the new release."""
    from pipeline.portal import write_portal

    outcome.exit_code = decide_exit_code(outcome)
    _timed(outcome, "inspect", lambda: _write_inspect_pages(settings))
    _timed(outcome, "portal", lambda: in_child(lambda _: write_portal(settings.build, outcome.counts)))
    (settings.build / STATE).unlink(missing_ok=True)
    write_run_record(settings, outcome)
    outcome.release = release.publish(settings.out, settings.build, outcome.counts["release"])
    return outcome


def _write_inspect_pages(settings: Settings) -> None:
    """Write what was understood of every sheet as a page; those that an earlier command left are made anew."""
    from pipeline.inspect import INSPECT_FOLDER, list_chunks, write_all_pages

    folder = settings.build / INSPECT_FOLDER
    chunks = in_child(lambda _: list_chunks(settings.database, folder))
    write_all_pages(chunks, jobs=settings.jobs)
