"""The story: ingest, check, analyse, brief, publish; one function a verb."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pipeline import release, stages, unchanged
from pipeline.clock import this_day
from pipeline.cluster.processes import in_child
from pipeline.errors import (
    EXIT_ATTENTION,
    EXIT_DONE,
    EXIT_NOT_PUBLISHED,
    PipelineError,
    StopAsked,
    UsageError,
)
from pipeline.lazily import spared
from pipeline.lock import held
from pipeline.provinces import load_gazetteer
from pipeline.release.kept import roll_back
from pipeline.run_record import Outcome, decide_exit_code, load_state, save_state
from pipeline.settings import Settings
from pipeline.stages import Progress
from pipeline.thai import fiscal_year_of, to_buddhist_year

TEMPLATES_FOLDER = "templates"


def refresh(settings: Settings, progress: Progress) -> Outcome:
    """Do all stages and publish a release; or nothing, where the published one is what would come out.

    Raises:
        UsageError: RAW, a province or the year does not exist, or a line of overrides.csv, corrections.csv or
            alignment.csv is wrong; nothing was touched.
        NothingToPublish: no file could be read; the release before stands.
        AlreadyRunning: another process works on the same releases.
    """
    _check_provinces(settings)
    with held(settings.out, "refresh"):
        made_of = unchanged.list_run_inputs(settings)
        same = None if settings.is_full else unchanged.find_same(settings, made_of)
        return same or make_release(settings, progress, made_of)


def make_release(settings: Settings, progress: Progress, made_of: dict[str, str]) -> Outcome:
    """Do all stages; the folder of releases is held meanwhile.

    Args:
        settings: where things are and what the run is about.
        progress: told how far it is.
        made_of: what the run is made of; see pipeline.unchanged.

    Raises:
        PipelineError: as `refresh`.
    """
    # What most stages stand on; their processes begin with it.
    with spared():
        from pipeline.alignment import read_settled
        from pipeline.focus import check_year

    read_settled(settings.raw, is_sample=False)
    with _nothing_left_on_error(settings):
        release.start_build(settings.build)
        outcome = stages.read_files(settings, progress)
        outcome.made_of[unchanged.REFRESH] = made_of
        in_child(lambda _: check_year(settings.database, settings.fiscal_year_be))
        stages.check_warehouse(settings, progress, outcome)
        return _analyse_and_publish(settings, progress, outcome)


def ingest(settings: Settings, progress: Progress) -> Outcome:
    """Do the first stage: read RAW into a warehouse that waits to be checked.

    Raises:
        NothingToPublish: no file could be read.
    """
    with held(settings.out, "ingest"), _nothing_left_on_error(settings):
        release.start_build(settings.build)
        outcome = stages.read_files(settings, progress)
        save_state(settings, outcome)
    outcome.exit_code = decide_exit_code(outcome)
    outcome.notes.append(f"คลังข้อมูลอยู่ที่ {settings.database}  ขั้นต่อไป: make check")
    return outcome


def check(settings: Settings, progress: Progress) -> Outcome:
    """Do the second stage on the warehouse that the stages before it left."""
    with held(settings.out, "check"):
        release.continue_build(settings.out, settings.build)
        outcome = load_state(settings)
        stages.check_warehouse(settings, progress, outcome)
        save_state(settings, outcome)
    outcome.exit_code = decide_exit_code(outcome)
    outcome.notes.append(f"ผลตรวจอยู่ที่ {settings.build / 'quality' / 'index.html'}  ขั้นต่อไป: make briefs")
    return outcome


def briefs(settings: Settings, progress: Progress) -> Outcome:
    """Do the last stages: analyse what was checked, make its briefs, and publish.

    Raises:
        UsageError: a province or the year does not exist, or nothing was ingested yet.
    """
    from pipeline.focus import check_year

    _check_provinces(settings)
    with held(settings.out, "briefs"):
        release.continue_build(settings.out, settings.build)
        in_child(lambda _: check_year(settings.database, settings.fiscal_year_be))
        outcome = load_state(settings)
        if not (settings.build / "quality").is_dir():
            stages.check_warehouse(settings, progress, outcome)
        return _analyse_and_publish(settings, progress, outcome)


def _analyse_and_publish(settings: Settings, progress: Progress, outcome: Outcome) -> Outcome:
    """Do the stages after the checks."""
    stages.analyse(settings, progress, outcome)
    stages.compare(settings, outcome)
    focus = stages.settle_focus(settings, outcome)
    stages.keep_views(settings, progress, outcome)
    stages.give_back(settings, progress, outcome)
    stages.make_all_briefs(settings, progress, outcome, focus)
    return stages.publish(settings, progress, outcome)


def rollback(settings: Settings) -> tuple[str, str]:
    """Publish the release before the published one again; returns the names of the one left and the one gone to.

    Raises:
        NothingToPublish: there is no older one.
    """
    with held(settings.out, "rollback"):
        return roll_back(settings.out)


def status(settings: Settings) -> tuple[int, list[str]]:
    """Tell what is published, what waits and what was refused; returns the exit code and the lines to print."""
    from pipeline.state import describe_state

    published = release.resolve_current(settings.out)
    if published is None:
        return EXIT_NOT_PUBLISHED, ["ยังไม่มีการเผยแพร่  พิมพ์ make refresh"]
    lines, needs_attention = describe_state(settings.raw, published, this_day())
    return EXIT_ATTENTION if needs_attention else EXIT_DONE, lines


def templates(settings: Settings) -> list[Path]:
    """Write blank collection workbooks under OUT/templates, one a province, prefilled from the published release.

    The provinces are those asked for, else those that the release has data of, else all 77; the fiscal year is the one
    asked for, else the one after the release's, else the one after this day's. Beside each, the form on which readers
    say what they think of the brief that is published; none where nothing is.

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
    year = settings.fiscal_year_be or (held.year_be or fiscal_year_of(this_day())) + 1
    if to_buddhist_year(year) != year:
        raise UsageError(f"ไม่มีปีงบประมาณ {year}  ใช้ปี พ.ศ. สี่หลัก เช่น FY=2569")
    known = in_child(lambda _: collection.read_known(database, before=year)) if database else {}
    codes = settings.province_codes or held.provinces or tuple(load_gazetteer().provinces)
    subjects = collection.list_subjects(codes, year, known)
    folder = settings.out / TEMPLATES_FOLDER
    for read in collection.list_subjects(codes if held.year_be else (), held.year_be or year, {}):
        collection.write_feedback(folder, read)
    return collection.write_templates(folder, subjects, jobs=settings.jobs)


@contextmanager
def _nothing_left_on_error(settings: Settings) -> Iterator[None]:
    """Throw the build away where it cannot be finished: a stage or the system says so, or somebody stops it."""
    try:
        yield
    except (PipelineError, OSError, StopAsked):
        release.discard_build(settings.build)
        raise


def _check_provinces(settings: Settings) -> None:
    """Hold the asked provinces to the 77 codes."""
    if not settings.province_codes:
        return
    provinces = load_gazetteer().provinces
    unknown = [code for code in settings.province_codes if code not in provinces]
    if unknown:
        raise UsageError(
            f'ไม่มีจังหวัดรหัส {", ".join(unknown)}  ใช้รหัส 2 หลักของกรมการปกครอง เช่น PROVINCES="64 48" (สุโขทัย นครพนม)'
        )
