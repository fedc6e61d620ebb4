"""The stages of a run, each on what the one before it left; a verb is a row of them."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from pipeline import release
from pipeline.clock import THAI_TIME, this_day
from pipeline.cluster.family import peak_mb
from pipeline.cluster.processes import Tell, in_child
from pipeline.errors import CheckFailed, NothingToPublish
from pipeline.inputs import list_changed, say_changed
from pipeline.release.kept import remove_old
from pipeline.run_record import Outcome, decide_exit_code, write_run_record
from pipeline.settings import Settings
from pipeline.unchanged import REFRESH

if TYPE_CHECKING:
    from pipeline.focus import Focus
    from pipeline.leaks import Leak

Progress = Callable[[str, int, int], None]
_T = TypeVar("_T")
# How long files that were written lately are watched, to see whether they still grow.
_LOOK_SECONDS = 0.5


def _timed(outcome: Outcome, stage: str, work: Callable[[], _T]) -> _T:
    """Do a stage's work and keep how long it took."""
    started = time.monotonic()
    result = work()
    outcome.seconds[stage] = round(time.monotonic() - started, 2)
    peak = peak_mb()
    if peak is not None:
        outcome.peaks[stage] = peak
    return result


def _counting(
    settings: Settings, outcome: Outcome, work: Callable[[Tell], _T], tell: Tell | None = None
) -> _T:
    """Do in a child what leaves findings in the warehouse, and count those there are; it is opened once for both."""
    from pipeline import store

    def work_and_count(tell: Tell) -> tuple[_T, dict[str, int]]:
        with store.open_for_writing(settings.database) as connection:
            return work(tell), store.count_findings(connection)

    result, outcome.counts["findings"] = in_child(work_and_count, tell=tell)
    return result


def read_files(settings: Settings, progress: Progress) -> Outcome:
    """Read every file into a new warehouse.

    Raises:
        NothingToPublish: no file could be read.
    """
    from pipeline.ingest import ingest as read_raw
    from pipeline.ingest.files import find_growing

    outcome = Outcome()
    growing = find_growing(settings.raw, seconds=_LOOK_SECONDS)
    ingested = _timed(
        outcome,
        "ingest",
        lambda: read_raw(
            settings.raw,
            settings.database,
            jobs=settings.jobs,
            progress=progress,
            growing=growing,
            scheduler=settings.scheduler,
        ),
    )
    outcome.counts.update(files=ingested.files, rows=ingested.rows, is_sample=ingested.is_sample)
    outcome.counts["findings"] = ingested.findings
    outcome.counts["data_cutoff"] = ingested.data_cutoff.isoformat() if ingested.data_cutoff else None
    if not ingested.files.get("loaded"):
        refused = ingested.files.get("refused", 0)
        raise NothingToPublish(
            f"ไม่มีไฟล์ใดอ่านได้ใน {settings.raw} (ปฏิเสธ {refused} ไฟล์)  ฉบับที่เผยแพร่ก่อนหน้ายังอยู่ตามเดิม"
        )
    return outcome


def check_warehouse(settings: Settings, progress: Progress, outcome: Outcome) -> None:
    """Run every rule on the warehouse, or take the result over from the published release where nothing has changed."""
    _timed(outcome, "check", lambda: _check_what_changed(settings, progress, outcome))


def _check_what_changed(settings: Settings, progress: Progress, outcome: Outcome) -> None:
    """Check, or take over, and keep what the result was made of."""
    from pipeline.previous import list_check_inputs, take_over_checks

    docs = settings.build / "quality"
    before = release.find_previous(settings.out, is_sample=bool(outcome.counts.get("is_sample")))
    made_of = in_child(lambda _: list_check_inputs(settings.database, before))
    record = release.read_record(before.parent) if before else {}
    changed = list_changed(made_of, record.get("made_of", {}).get("check"))
    if before and not changed and not settings.is_full:
        _counting(
            settings, outcome, lambda _: take_over_checks(settings.database, docs, before.parent, before)
        )
        outcome.counts["rules"] = record["counts"]["rules"]
        progress(f"check: ไม่มีสิ่งใดเปลี่ยนจากฉบับ {before.parent.name} จึงใช้ผลตรวจของฉบับนั้น", 1, 1)
    else:
        why = f"เปลี่ยนจากฉบับก่อน: {say_changed(changed)}" if changed else "ทำใหม่ทั้งหมด"
        progress(f"check: {why if record else 'ยังไม่มีฉบับก่อน'}", 0, 0)
        _run_checks(settings, progress, outcome, docs, before)
    outcome.made_of["check"] = made_of


def _run_checks(
    settings: Settings, progress: Progress, outcome: Outcome, docs: Path, previous: Path | None
) -> None:
    """Run every rule on the warehouse."""
    from pipeline.checks import run_checks

    check = partial(run_checks, settings.database, docs, previous=previous)
    summary = _counting(
        settings, outcome, lambda tell: check(progress=tell), lambda name: progress(f"check: {name}", 0, 0)
    )
    progress("check", 1, 1)
    outcome.counts["rules"] = summary.rules


def analyse(settings: Settings, progress: Progress, outcome: Outcome) -> None:
    """Resolve the names in the warehouse and align every project with the plans, by what is settled and by rules.

    Raises:
        UsageError: a line of RAW/alignment.csv is malformed or contradicts another.
    """
    from pipeline.alignment import TO_SETTLE_FILE, analyse, read_settled

    settled = read_settled(settings.raw, is_sample=bool(outcome.counts.get("is_sample")))
    progress("analyse", 0, 1)
    analysed = _timed(
        outcome,
        "analyse",
        lambda: _counting(settings, outcome, lambda _: analyse(settings.database, settings.build, settled)),
    )
    progress("analyse", 1, 1)
    outcome.counts["alignment"] = analysed.projects
    unsure, projects = analysed.projects.get("unsure", 0), sum(analysed.projects.values())
    if unsure:
        outcome.notes.append(
            f"โครงการที่ยังไม่จัดเข้ามิติของแผนแม่บท {unsure:,} จาก {projects:,} โครงการ: ตัดสินใน {TO_SETTLE_FILE} ของฉบับนี้ "
            "แล้วย้ายไปเป็น alignment.csv ข้างข้อมูล"
        )


def compare(settings: Settings, outcome: Outcome) -> None:
    """Compare findings and submissions with those of the release before."""
    from pipeline.since import compare_with

    previous = release.find_previous(settings.out, is_sample=bool(outcome.counts.get("is_sample")))
    _timed(outcome, "compare", lambda: in_child(lambda _: compare_with(settings.database, previous)))


def settle_focus(settings: Settings, outcome: Outcome) -> Focus:
    """Name the release and decide what it is about; the views and everything made of them say so."""
    from pipeline.focus import decide_focus

    name = outcome.counts["release"] = release.name_release(settings.out)
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
    return focus


def keep_views(settings: Settings, progress: Progress, outcome: Outcome) -> None:
    """Keep the views for people as tables, and set their figures beside those of the release before."""
    from pipeline import store
    from pipeline.gates import load_gates

    previous = release.find_previous(settings.out, is_sample=bool(outcome.counts.get("is_sample")))
    # Only a run of all stages knows that it made the views: between two others the program may have changed.
    keep = partial(store.keep_views, settings.database, are_made=REFRESH in outcome.made_of)
    score = load_gates().near_project_score
    progress("views", 0, 1)
    _timed(outcome, "views", lambda: in_child(lambda _: keep(near_score=score, previous=previous)))
    progress("views", 1, 1)


def give_back(settings: Settings, progress: Progress, outcome: Outcome) -> None:
    """Write back the received files that have findings, each marked at its cell."""
    from pipeline.ingest.files import find_files
    from pipeline.returns import RETURNS_FOLDER, Run, return_files

    folder = settings.build / RETURNS_FOLDER
    if folder.exists():
        shutil.rmtree(folder)
    files, is_sample = find_files(settings.raw)
    day = this_day()
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


def make_all_briefs(settings: Settings, progress: Progress, outcome: Outcome, focus: Focus) -> None:
    """Make the briefs, or link those that nothing has changed of: of every province asked for, and of all together."""
    from pipeline.brief_stage import make_what_changed

    _timed(outcome, "briefs", lambda: make_what_changed(settings, progress, outcome, focus))


def publish(settings: Settings, progress: Progress, outcome: Outcome) -> Outcome:
    """Write the portal and the records, then switch `current` to the new release.

    Raises:
        CheckFailed: there is personal data in what would be published; the build is thrown away.
    """
    from pipeline.changes import write_changes
    from pipeline.leaks import look_into
    from pipeline.page_stage import make_pages
    from pipeline.portal import write_portal

    outcome.exit_code = decide_exit_code(outcome)
    _timed(outcome, "inspect", lambda: make_pages(settings, outcome))
    _timed(outcome, "changes", lambda: in_child(lambda _: write_changes(settings.build)))
    _timed(outcome, "portal", lambda: in_child(lambda _: write_portal(settings.build, outcome.counts)))
    in_child(lambda _: _write_runs(settings))
    (settings.build / release.STATE).unlink(missing_ok=True)
    _timed(outcome, "release_check", lambda: _look_for_people(settings, progress, outcome))
    write_run_record(settings, outcome)
    _stop_at(settings, look_into(settings.build / release.RECORD, settings.build))
    outcome.release = release.publish(settings.out, settings.build, outcome.counts["release"])
    remove_old(settings.out, datetime.now(UTC))
    return outcome


def _write_runs(settings: Settings) -> None:
    """Draw the runs up to this one."""
    from pipeline.operation import load_operation
    from pipeline.operation.diary import read_runs
    from pipeline.operation.table import render_page
    from pipeline.portal.page import page_faces

    now = datetime.now(THAI_TIME)
    page = render_page(read_runs(settings.out), load_operation(), now=now, is_live=False, faces=page_faces())
    (settings.build / "runs.html").write_text(page, encoding="utf-8")


def _look_for_people(settings: Settings, progress: Progress, outcome: Outcome) -> None:
    """Look through the build for personal data; what the release before has, and was looked through alike, is not."""
    from pipeline.leaks import find_leaks, list_rules
    from pipeline.release.durable import share_unchanged

    before = release.resolve_current(settings.out)
    rules = outcome.made_of["release_check"] = list_rules()
    if before is not None:
        share_unchanged(settings.build, before)
        record = release.read_record(before) if (before / release.RECORD).is_file() else {}
        before = before if record.get("made_of", {}).get("release_check") == rules else None
    looked = find_leaks(
        settings.build,
        None if settings.is_full else before,
        jobs=settings.jobs,
        progress=lambda done, total: progress("release_check", done, total),
    )
    outcome.counts["release_check"] = {"files": looked.files, "same": looked.same}
    _stop_at(settings, looked.leaks)


def _stop_at(settings: Settings, leaks: Sequence[Leak]) -> None:
    """Publish nothing that has personal data in it."""
    if leaks:
        from pipeline.leaks import say_leaks

        release.discard_build(settings.build)
        raise CheckFailed(say_leaks(tuple(leaks)))
