"""What `python -m pipeline trace` does, on the published release."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path

from pipeline.errors import EXIT_ATTENTION, EXIT_DONE, NothingToPublish, UsageError
from pipeline.store import open_for_reading
from pipeline.trace.address import EXAMPLE, Address, parse_figure
from pipeline.trace.cells import Cell, Reader, add_texts
from pipeline.trace.derived import Tracer
from pipeline.trace.figure import Traced, read_grains
from pipeline.trace.lines import describe_brief, describe_figure, write_cells
from pipeline.trace.record import read_figures
from pipeline.trace.rows import Rows


@dataclass(frozen=True)
class Question:
    """What is asked: one figure, or which figures a brief has.

    Attributes:
        address: a figure's address.
        brief: a brief's folder, as 64-sukhothai.
        shows_all: print every cell.
        target: where all cells are written as CSV, if anywhere.
    """

    address: str | None = None
    brief: str | None = None
    shows_all: bool = False
    target: Path | None = None


def answer(question: Question, release: Path | None, database: str) -> tuple[int, list[str]]:
    """Answer out of a release; returns the exit code (3 where the cells do not give the figure) and the lines to print.

    Args:
        question: what is asked.
        release: the release's folder; None where nothing is published.
        database: its warehouse's file name.

    Raises:
        UsageError: not one thing is asked, or it is of nothing that is known.
        NothingToPublish: there is no release.
    """
    if release is None:
        raise NothingToPublish("ยังไม่มีการเผยแพร่  พิมพ์ make refresh")
    if question.brief is not None and question.address is None:
        return EXIT_DONE, list_brief(release, question.brief)
    if question.address is None or question.brief is not None:
        raise UsageError(f"ใส่ที่อยู่ของตัวเลข เช่น {EXAMPLE} หรือ --brief ตามด้วยชื่อรายงาน อย่างใดอย่างหนึ่ง")
    return tell_figure(release / database, question)


def tell_figure(database: Path, question: Question) -> tuple[int, list[str]]:
    """Trace one figure; returns the exit code and the lines to print.

    Raises:
        UsageError: the address is of nothing that is known.
    """
    figure = parse_figure(question.address or "")
    with open_for_reading(database) as connection:
        traced = Tracer(Reader(connection), Rows(connection)).trace(figure)
        traced = _with_texts(traced, iter(add_texts(connection, traced.cells)))
        grain = read_grains(connection)[figure.view] if isinstance(figure, Address) else ""
        lines = describe_figure(traced, grain, shows_all=question.shows_all)
    if question.target is not None:
        write_cells(traced, question.target)
        lines.append(f"เขียนช่องทั้งหมดแล้วที่ {question.target}")
    return EXIT_DONE if traced.is_equal else EXIT_ATTENTION, lines


def _with_texts(traced: Traced, cells: Iterator[Cell]) -> Traced:
    """Put the cells with their texts in the place of those without, of all operands in order."""
    if not traced.operation:
        return replace(traced, cells=tuple(islice(cells, len(traced.cells))))
    operands = tuple(_with_texts(one, cells) if isinstance(one, Traced) else one for one in traced.operands)
    every = tuple(cell for one in operands if isinstance(one, Traced) for cell in one.cells)
    return replace(traced, operands=operands, cells=every)


def list_brief(release: Path, slug: str) -> list[str]:
    """List the addresses of a brief's figures.

    Raises:
        UsageError: the release has no such brief; says which it has.
    """
    known = sorted(path.parent.name for path in (release / "briefs").glob("*/brief.ipynb"))
    if slug not in known:
        raise UsageError(f"ไม่มีรายงานชื่อ {slug}  รายงานที่มีคือ {', '.join(known)}")
    figures = read_figures(release / "briefs" / slug / "brief.ipynb")
    return describe_brief(figures) or [f"รายงานนี้ไม่มีตัวเลขที่มีที่อยู่  ที่อยู่เขียนแบบนี้: {EXAMPLE}"]
