"""The stage that makes the briefs: it links those that would come out the same, and keeps what each was made of."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Sequence
from dataclasses import asdict
from pathlib import Path

from pipeline import release
from pipeline.briefs import NATIONAL, BriefResult, Making, Task, list_national, list_provincial, make_tasks
from pipeline.briefs.again import Kept, keep_brief, link_briefs, list_brief_inputs, list_shared
from pipeline.cluster.processes import in_child
from pipeline.focus import Focus
from pipeline.inputs import list_changed, say_changed
from pipeline.run_record import Outcome
from pipeline.settings import Settings

Progress = Callable[[str, int, int], None]


def make_what_changed(settings: Settings, progress: Progress, outcome: Outcome, focus: Focus) -> None:
    """Link the briefs whose inputs are those of the release before, make the others, and keep what each was made of.

    Args:
        settings: where things are, and the limits of one brief.
        progress: told how far it is.
        outcome: gets the counts, what was made of what, and the briefs that a later release may link.
        focus: the provinces and the year.
    """
    making = Making(seconds_at_most=settings.brief_seconds, memory_bytes=settings.brief_memory_bytes)
    folders = settings.build / "briefs", settings.build / NATIONAL
    for folder in folders:
        shutil.rmtree(folder, ignore_errors=True)
    tasks = [*list_provincial(folders[0], focus.provinces, making.notebook), *list_national(folders[1])]
    linked = _link_what_is_same(settings, progress, outcome, tasks, year=focus.fiscal_year_be)
    waiting = [task for task in tasks if task.slug not in linked]
    results = make_tasks(
        settings.database,
        waiting,
        fiscal_year_be=focus.fiscal_year_be,
        jobs=settings.jobs,
        progress=_count(progress, len(waiting)),
        making=making,
        scheduler=settings.scheduler,
    )
    _keep(outcome, tasks, linked, results)


def _link_what_is_same(
    settings: Settings, progress: Progress, outcome: Outcome, tasks: Sequence[Task], *, year: int
) -> dict[str, Kept]:
    """Link the briefs of the release before whose inputs are the same, and say why the others are made."""
    before = release.find_previous(settings.out, is_sample=bool(outcome.counts.get("is_sample")))
    notebooks = {Path(task.notebook) for task in tasks}
    made_of = in_child(lambda _: list_brief_inputs(settings.database, notebooks, fiscal_year_be=year))
    outcome.made_of["briefs"] = made_of
    if before is None or settings.is_full:
        return {}
    record = release.read_record(before.parent)
    made_of_before = record.get("made_of", {}).get("briefs")
    changed = list_changed(made_of, made_of_before)
    linked = link_briefs(
        before.parent,
        {slug: Kept(**brief) for slug, brief in record.get("briefs", {}).items()},
        settings.build,
        tasks=tasks,
        changed=changed,
    )
    shared = list_shared(changed)
    why = f" เปลี่ยนจากฉบับก่อน: {say_changed(shared)}" if shared else ""
    progress(f"briefs: ใช้ของฉบับก่อน {len(linked)} จาก {len(tasks)}{why}", 0, 0)
    return linked


def _keep(
    outcome: Outcome, tasks: Sequence[Task], linked: dict[str, Kept], results: Sequence[BriefResult]
) -> None:
    """Write down what became of each; one that failed is kept for nobody to link."""
    made = {result.slug for result in results if result.error is None}
    named = outcome.counts["release"]
    kept = linked | {task.slug: keep_brief(Path(task.folder), named) for task in tasks if task.slug in made}
    outcome.kept = {slug: asdict(brief) for slug, brief in kept.items()}
    outcome.counts["briefs"] = sum(bool(task.province_code) and task.slug in kept for task in tasks)
    outcome.counts["linked_briefs"] = {slug: brief.release for slug, brief in linked.items()}
    outcome.counts["failed_briefs"] = {result.slug: result.error for result in results if result.error}


def _count(progress: Progress, total: int) -> Callable[[str], None]:
    """Count briefs as they are done."""
    done: list[str] = []
    progress("briefs", 0, total)

    def tell(slug: str) -> None:
        done.append(slug)
        progress("briefs", len(done), total)

    return tell
