"""What `python -m pipeline trace` does, on the published release."""

from __future__ import annotations

from pathlib import Path

from pipeline.errors import EXIT_ATTENTION, EXIT_DONE, UsageError
from pipeline.store import open_for_reading
from pipeline.trace.address import EXAMPLE, parse_address
from pipeline.trace.cells import Reader
from pipeline.trace.figure import read_grain, trace_figure
from pipeline.trace.lines import describe_brief, describe_figure, write_cells
from pipeline.trace.record import read_figures


def tell_figure(
    database: Path, text: str, *, shows_all: bool = False, target: Path | None = None
) -> tuple[int, list[str]]:
    """Trace one figure; returns the exit code and the lines to print.

    Args:
        database: the release's warehouse.
        text: the figure's address.
        shows_all: print every cell.
        target: where all cells are written as CSV, if anywhere.

    Raises:
        UsageError: the address is of nothing that is known.
    """
    address = parse_address(text)
    with open_for_reading(database) as connection:
        traced = trace_figure(Reader(connection), address)
        lines = describe_figure(traced, read_grain(connection, address.view), shows_all=shows_all)
    if target is not None:
        write_cells(traced, target)
        lines.append(f"เขียนเซลล์ทั้งหมดแล้วที่ {target}")
    return EXIT_DONE if traced.is_equal else EXIT_ATTENTION, lines


def list_brief(release: Path, slug: str) -> list[str]:
    """List the addresses of a brief's figures.

    Raises:
        UsageError: the release has no such brief; says which it has.
    """
    executed = release / "briefs" / slug / "brief.ipynb"
    if not executed.is_file():
        known = sorted(path.parent.name for path in (release / "briefs").glob("*/brief.ipynb"))
        raise UsageError(f"ไม่มีรายงานชื่อ {slug}  รายงานที่มีคือ {', '.join(known)}")
    return describe_brief(read_figures(executed)) or [f"รายงานนี้ไม่มีตัวเลขที่มีที่อยู่  ที่อยู่เขียนแบบนี้: {EXAMPLE}"]
