"""plan_draft.docx: the skeleton of a province's strategic plan, its tables filled from the release.

What a plan concludes (strengths, vision, issues, strategies, projects, targets) is the committee's: each such place
is open, with a prompt that says what is asked for.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from pipeline.brief_text import say, write_cover
from pipeline.brief_text.numbers import format_number, format_year
from pipeline.plan.outline import SPEC, Outline, Part, fill, load_outline
from pipeline.plan.release import Release, read_release
from pipeline.plan.shown import show
from pipeline.plan.tables import open_table
from pipeline.plan.word import Body, write_word
from pipeline.render.assemble import Cover
from pipeline.render.digits import set_cover_digits


def write_plan_draft(database: Path, target: Path, *, province_code: str, fiscal_year_be: int) -> None:
    """Write the plan draft of one province.

    Args:
        database: the warehouse; opened read-only.
        target: the Word document.
        province_code: DOPA code, two digits.
        fiscal_year_be: the Buddhist fiscal year in focus.

    Raises:
        SpecError: the outline cannot be followed; says where.
        ValueError: there is no such province.
    """
    outline = load_outline()
    release = read_release(database, province_code=province_code, fiscal_year_be=fiscal_year_be)
    cover = set_cover_digits(make_cover(release, outline))
    write_word(write_body(release, outline), cover, target)


def warm_up() -> None:
    """Read once what every plan draft needs."""
    load_outline()


def write_body(release: Release, outline: Outline) -> Body:
    """Write the chapters: what the release holds, and the committee's places."""
    body = Body(table_word=outline.say("table"))
    for number, chapter in enumerate(outline.chapters, start=1):
        if number > 1:
            body.break_page()
        body.add_heading(1, outline.say("chapter", number=number, title=chapter.title))
        sections = 0
        for part in chapter.parts:
            sections += part.kind == "section"
            _write_part(body, part, f"{number}.{sections}", release=release, outline=outline)
    return body


def _write_part(body: Body, part: Part, number: str, *, release: Release, outline: Outline) -> None:
    if part.kind == "section":
        body.add_heading(2, outline.say("section", number=number, title=part.text))
    elif part.kind == "topic":
        body.add_heading(3, part.text)
    elif part.kind == "ask":
        body.add_prompt(outline.say("ask", ask=part.text))
    elif part.kind == "note":
        body.add_text(part.text, style="SourceNote")
    elif part.kind == "form":
        cell = outline.words["cell"]
        body.add_table(open_table(part.text, part.columns, part.rows, cell=cell))
    else:
        _show_part(body, part, release=release, outline=outline)


def _show_part(body: Body, part: Part, *, release: Release, outline: Outline) -> None:
    shown = show(part, release, outline)
    if len(shown.facts) == 1:
        body.add_text(shown.facts[0])
    else:
        body.add_list(shown.facts)
    for table in shown.tables:
        body.add_table(table)
    if not shown.facts and not shown.tables:
        body.add_text(outline.say("none"))


def make_cover(release: Release, outline: Outline) -> Cover:
    """Make the cover: the release as on the brief's, the words of the plan."""
    rows, words = release.rows, outline.cover
    told = write_cover(
        rows["releases"], release.place, release.fiscal_year_be, failed=rows["failed"], grades=rows["grades"]
    )
    brief = Cover(**told | {"notes": tuple(told["notes"])})  # type: ignore[arg-type]
    values = {"place": release.place.th, "year": format_year(release.fiscal_year_be)}
    failed = format_number(int(rows["failed"]["n_failed"].sum()))
    notes = [
        *([say("cover.note_sample")] if brief.is_sample else []),
        *([outline.say("draft", failed=failed)] if brief.is_draft else []),
        *words["notes"],
        *([] if outline.is_verified else [words["unverified"]]),
    ]
    return replace(
        brief,
        title=words["title"],
        subtitle=fill(words["subtitle"], where=f"{SPEC}, cover.subtitle", **values),
        status=words["status_draft" if brief.is_draft else "status"],
        notes=tuple(notes),
    )
