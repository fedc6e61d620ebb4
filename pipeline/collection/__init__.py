"""Blank collection workbooks, one a province and fiscal year, prefilled from what was published."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from pipeline.cluster.processes import map_unordered
from pipeline.collection.book import Book
from pipeline.collection.feedback import feedback_path, write_feedback
from pipeline.collection.form import write_form
from pipeline.collection.guide import write_earlier, write_glossary, write_guide
from pipeline.collection.known import NOTHING_PUBLISHED, Published, read_known, read_published
from pipeline.collection.model import Known, Subject, load_template, say
from pipeline.provinces import load_gazetteer

__all__ = [
    "NOTHING_PUBLISHED",
    "Known",
    "Published",
    "Subject",
    "feedback_path",
    "list_subjects",
    "load_template",
    "read_known",
    "read_published",
    "template_path",
    "write_feedback",
    "write_template",
    "write_templates",
]


def list_subjects(codes: Iterable[str], year_be: int, known: Mapping[str, Known]) -> list[Subject]:
    """Say what each workbook is about, one a province, however often it is asked for.

    Args:
        codes: DOPA codes of the provinces.
        year_be: the fiscal year that is collected.
        known: by province what is known from before.
    """
    provinces = load_gazetteer().provinces
    return [Subject(provinces[code], year_be, known.get(code, Known())) for code in dict.fromkeys(codes)]


def write_templates(folder: Path, subjects: Iterable[Subject], *, jobs: int) -> list[Path]:
    """Write one workbook for each subject, in a folder for each province; equal subjects give equal bytes.

    Args:
        folder: the folder of all templates; a workbook of the same province and year there is replaced.
        subjects: province, year and what is known of it.
        jobs: processes at once.

    Returns:
        The workbooks, by province.

    Raises:
        RuntimeError: a process that wrote one died twice.
    """
    load_template()
    targets = [(folder, subject) for subject in subjects]
    return sorted(map_unordered(_write_one, targets, jobs=jobs, died=_tell_death))


def write_template(target: Path, subject: Subject) -> None:
    """Write one workbook."""
    with Book(target, load_template(), subject) as book:
        write_form(book)
        write_guide(book)
        write_earlier(book)
        write_glossary(book)
        book.write_lists()


def template_path(folder: Path, subject: Subject) -> Path:
    """Where the workbook of a subject is written: its name says province and year."""
    return folder / subject.province.slug / f"{say(load_template().words['file'], subject)}.xlsx"


def _write_one(order: tuple[Path, Subject]) -> Path:
    """Write one workbook beside its place and move it there when it is whole."""
    folder, subject = order
    target = template_path(folder, subject)
    target.parent.mkdir(parents=True, exist_ok=True)
    unfinished = target.with_name(f".{target.name}")
    write_template(unfinished, subject)
    return unfinished.replace(target)


def _tell_death(order: tuple[Path, Subject]) -> Path:
    """Say of which province no workbook could be written."""
    raise RuntimeError(f"the process that wrote the workbook of {order[1].province.slug} ended twice")
