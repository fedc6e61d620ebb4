"""The evidence of many figures at once, short, for a page."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipeline.errors import UsageError
from pipeline.trace.address import parse_address
from pipeline.trace.cells import Cell, Reader
from pipeline.trace.figure import Traced, read_grain, trace_figure
from pipeline.trace.lines import format_place, say_cell, say_result

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

CELLS_SHOWN = 6
# A page that shows a sheet begins a new file after this many rows, and names each cell; see the room inspect.
_ROWS_OF_FIRST_PAGE = 2000


@dataclass(frozen=True)
class Proof:
    """One cell of the evidence: its place, what it holds, and where its sheet's page is, from the release's folder."""

    place: str
    told: str
    page: str


@dataclass(frozen=True)
class Evidence:
    """What a reader is shown of a figure.

    Attributes:
        address: its address.
        grain: what one row of its view is.
        how_th: how it is worked out; where it cannot be traced, why.
        result_th: what the cells give, and whether it is the figure.
        cells: the first cells.
        n_cells: how many there are.
    """

    address: str
    grain: str
    how_th: str
    result_th: str = ""
    cells: tuple[Proof, ...] = ()
    n_cells: int = 0


def collect_evidence(connection: DuckDBPyConnection, addresses: Iterable[str]) -> dict[str, Evidence]:
    """Trace figures, each once; one that cannot be traced says so in its evidence.

    Args:
        connection: the warehouse that the figures are of, read-only.
        addresses: their addresses.
    """
    reader = Reader(connection)
    return {address: _collect(reader, address) for address in dict.fromkeys(addresses)}


def _collect(reader: Reader, text: str) -> Evidence:
    address = parse_address(text)
    grain = read_grain(reader.connection, address.view)
    try:
        traced = trace_figure(reader, address)
    except UsageError as error:
        return Evidence(text, grain, f"ย้อนกลับไม่ได้: {error}")
    return Evidence(text, grain, traced.how_th, say_result(traced), _first_cells(traced), len(traced.cells))


def _first_cells(traced: Traced) -> tuple[Proof, ...]:
    """The first cells, of a rate some above and some below the line."""
    above = [cell for cell in traced.cells if not cell.is_divisor]
    below = [cell for cell in traced.cells if cell.is_divisor]
    half = CELLS_SHOWN // 2 if below else CELLS_SHOWN
    return tuple(
        Proof(format_place(cell), say_cell(cell), _page(cell)) for cell in above[:half] + below[:half]
    )


def _page(cell: Cell) -> str:
    """The page that shows a cell's sheet, at the cell where it is on the sheet's first page."""
    if cell.sheet_number is None:
        return ""
    row = re.search(r"\d+$", cell.cell)
    anchor = f"#{cell.cell}" if row and int(row[0]) <= _ROWS_OF_FIRST_PAGE else ""
    return f"inspect/{cell.file_id}/{cell.sheet_number}.html{anchor}"
