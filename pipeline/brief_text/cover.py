"""Words of the cover."""

from __future__ import annotations

import pandas as pd

from pipeline.brief_text.evidence import Place
from pipeline.brief_text.numbers import MISSING, format_date_be, format_number, format_year
from pipeline.brief_text.templates import say
from pipeline.gates import load_gates
from pipeline.grade import say_grade

COVER_MIME = "application/vnd.justice-brief.cover+json"


def write_cover(
    releases: pd.DataFrame,
    place: Place,
    fiscal_year_be: int,
    *,
    failed: pd.DataFrame | None = None,
    grades: pd.DataFrame | None = None,
) -> dict[str, object]:
    """Write what the cover says.

    Args:
        releases: rows of core_release, of which there is one.
        place: the province.
        fiscal_year_be: the fiscal year in focus, Buddhist.
        failed: rows of out_failed_identity of the province; with more than the limit of specs/limits.yml the brief
            is a draft of data that has not passed.
        grades: rows of out_quality_grade of the province, of which there is one at most.

    Returns:
        title, subtitle, province, fiscal_year_be, data_cutoff (a Thai date), release, status, is_sample, is_draft,
        grade and notes.
    """
    release = releases.iloc[0]
    cutoff = format_date_be(release.data_cutoff)
    notes = [say("cover.note_machine"), say("cover.note_unverified")]
    n_failed = 0 if failed is None else int(failed["n_failed"].sum())
    is_draft = n_failed > load_gates().draft_over
    if is_draft:
        notes.insert(0, say("cover.note_draft", failed=format_number(n_failed)))
    return {
        "title": say("cover.title"),
        "subtitle": say("cover.subtitle", place=place.th, year=format_year(fiscal_year_be)),
        "province": place.th,
        "fiscal_year_be": fiscal_year_be,
        "data_cutoff": say("cover.no_date") if cutoff == MISSING else cutoff,
        "release": str(release.release_name),
        "status": say("cover.status_draft" if is_draft else "cover.status"),
        "is_sample": bool(release.is_sample),
        "is_draft": is_draft,
        "grade": say_grade(None if grades is None or grades.empty else grades.iloc[0].to_dict()),
        "notes": [say("cover.note_sample"), *notes] if release.is_sample else notes,
    }


def note_sample(releases: pd.DataFrame) -> tuple[str, ...]:
    """Say that the figures are a sample where they are; rows of core_release."""
    return (say("summary.sample"),) if bool(releases["is_sample"].any()) else ()


def bundle_cover(cover: dict[str, object]) -> dict[str, object]:
    """Put the cover into one output: for the renderer, and readable in JupyterLab."""
    sample = f" · {say('cover.sample')}" if cover["is_sample"] else ""
    html = f"<h1>{cover['title']}</h1><p>{cover['subtitle']}</p><p>{cover['status']}{sample} · {cover['release']}</p>"
    return {COVER_MIME: cover, "text/html": html}
