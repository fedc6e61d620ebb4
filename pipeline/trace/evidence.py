"""The evidence of many figures at once, short, for a page."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.errors import UsageError
from pipeline.trace.address import parse_address
from pipeline.trace.cells import Cell, Reader, add_texts
from pipeline.trace.figure import Traced, read_grains, trace_figure
from pipeline.trace.lines import format_place, say_cell, say_result
from pipeline.trace.pages import Pages
from pipeline.trace.record import Shown

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

FIGURES = "figures.json"
CELLS_SHOWN = 6


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
    reader, pages = Reader(connection), Pages(connection)
    traced = {text: _trace(reader, text) for text in dict.fromkeys(addresses)}
    first = {text: _first_cells(one.cells) for text, one in traced.items() if isinstance(one, Traced)}
    texts = {
        cell.place: cell for cell in add_texts(connection, [cell for some in first.values() for cell in some])
    }
    proofs = {
        text: tuple(
            _prove(replace(texts[cell.place], is_divisor=cell.is_divisor, is_hidden=cell.is_hidden), pages)
            for cell in some
        )
        for text, some in first.items()
    }
    grains = read_grains(connection)
    return {text: _tell(text, grains, one, proofs.get(text, ())) for text, one in traced.items()}


def _trace(reader: Reader, text: str) -> Traced | UsageError:
    """Trace a figure; what cannot be traced gives its reason, for its reader to see."""
    try:
        return trace_figure(reader, parse_address(text))
    except UsageError as error:
        return error


def _prove(cell: Cell, pages: Pages) -> Proof:
    return Proof(format_place(cell), say_cell(cell), pages.find(cell))


def _tell(
    text: str, grains: Mapping[str, str], traced: Traced | UsageError, proofs: tuple[Proof, ...]
) -> Evidence:
    """Put together what a reader is shown of a figure."""
    grain = grains[parse_address(text).view]
    if isinstance(traced, UsageError):
        return Evidence(text, grain, f"ย้อนกลับไม่ได้: {traced}")
    return Evidence(text, grain, traced.how_th, say_result(traced), proofs, len(traced.cells))


def _first_cells(cells: Sequence[Cell]) -> list[Cell]:
    """The first cells, of a rate some above and some below the line."""
    above = [cell for cell in cells if not cell.is_divisor]
    below = [cell for cell in cells if cell.is_divisor]
    half = CELLS_SHOWN // 2 if below else CELLS_SHOWN
    return above[:half] + below[:half]


def write_figures(figures: Iterable[Shown], evidence: Mapping[str, Evidence], target: Path) -> None:
    """Write a brief's figures, each with its address and its evidence, as JSON for other programs."""
    listed = [asdict(figure) | _without_address(evidence[figure.address]) for figure in figures]
    lines = ",\n".join(json.dumps(figure, ensure_ascii=False) for figure in listed)
    target.write_text(f'{{"figures": [\n{lines}\n]}}\n', encoding="utf-8")


def _without_address(evidence: Evidence) -> dict[str, Any]:
    return {name: value for name, value in asdict(evidence).items() if name != "address"}
