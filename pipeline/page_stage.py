"""The stage that makes the pages of the sheets: it links those that would come out the same."""

from __future__ import annotations

import shutil
from dataclasses import asdict
from pathlib import Path

from pipeline import release
from pipeline.cluster.processes import in_child
from pipeline.inputs import list_changed
from pipeline.inspect import INSPECT_FOLDER, list_chunks, write_all_pages
from pipeline.inspect.again import KeptPages, digest_shown, keep_pages, link_pages
from pipeline.run_record import Outcome
from pipeline.settings import Settings

# What the pages and the briefs have in common; digested when the briefs were made.
_SHARED = ("code", "specs", "libraries")


def make_pages(settings: Settings, outcome: Outcome) -> None:
    """Write what was understood of every sheet as a page, or link it, and keep what each was made of.

    Args:
        settings: where things are.
        outcome: gets what the pages were made of, and those that a later release may link; the briefs are made.
    """
    folder = settings.build / INSPECT_FOLDER
    shutil.rmtree(folder, ignore_errors=True)
    outcome.made_of[INSPECT_FOLDER] = {name: outcome.made_of["briefs"][name] for name in _SHARED}
    shown = in_child(lambda _: digest_shown(settings.database))
    linked = _link_what_is_same(settings, outcome, folder, shown)
    chunks = in_child(lambda _: list_chunks(settings.database, folder, without=linked))
    if chunks:
        write_all_pages(chunks, jobs=settings.jobs)
    made = {name: keep_pages(folder / name, shown[name]) for chunk in chunks for name in chunk[2]}
    outcome.pages = {file_id: asdict(pages) for file_id, pages in sorted((linked | made).items())}


def _link_what_is_same(
    settings: Settings, outcome: Outcome, folder: Path, shown: dict[str, str]
) -> dict[str, KeptPages]:
    """Link the pages of the release before that would come out the same."""
    before = release.find_previous(settings.out, is_sample=bool(outcome.counts.get("is_sample")))
    if before is None or settings.is_full:
        return {}
    record = release.read_record(before.parent)
    if list_changed(outcome.made_of[INSPECT_FOLDER], record["made_of"].get(INSPECT_FOLDER)):
        return {}
    kept = {file_id: KeptPages(**pages) for file_id, pages in record.get("pages", {}).items()}
    return link_pages(before.parent / INSPECT_FOLDER, kept, folder, shown=shown)
