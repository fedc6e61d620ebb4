"""The evidence of many figures at once, short, for a page."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.errors import UsageError
from pipeline.trace.address import Address, Formula, parse_figure
from pipeline.trace.cells import Cell, Reader, add_texts
from pipeline.trace.derived import Tracer
from pipeline.trace.figure import Traced, find_grains
from pipeline.trace.lines import format_place, format_value, say_cell, say_formula, say_result
from pipeline.trace.own import OwnRows
from pipeline.trace.pages import Pages
from pipeline.trace.record import Shown
from pipeline.trace.rows import Rows

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

FIGURES = "figures.json"
CELLS_SHOWN = 6
OPERANDS_SHOWN = 8


@dataclass(frozen=True)
class Proof:
    """One cell of the evidence: its place, what it holds, and where its sheet's page is, from the release's folder."""

    place: str
    told: str
    page: str


@dataclass(frozen=True)
class Operand:
    """A figure that another one is worked out of: its value as it is written, and its address."""

    told: str
    address: str


@dataclass(frozen=True)
class Evidence:
    """What a reader is shown of a figure.

    Attributes:
        address: its address.
        grain: what one row of its view is; empty where it is of no view.
        how_th: how it is worked out; where it cannot be traced, why.
        result_th: what the cells give, and whether it is the figure.
        cells: the first cells.
        n_cells: how many there are; 0 where they were not read, and `trace` reads them.
        operands: the first of the figures that it is worked out of.
        n_operands: how many there are.
    """

    address: str
    grain: str
    how_th: str
    result_th: str = ""
    cells: tuple[Proof, ...] = ()
    n_cells: int = 0
    operands: tuple[Operand, ...] = ()
    n_operands: int = 0


def collect_evidence(
    connection: DuckDBPyConnection, addresses: Iterable[str], *, province_code: str = ""
) -> dict[str, Evidence]:
    """Trace figures, each once; one that cannot be traced says so in its evidence.

    Args:
        connection: the warehouse that the figures are of, read-only.
        addresses: their addresses.
        province_code: whose figures most of them are; what was read of its views need not be asked again.
    """
    own = OwnRows(province_code)
    tracer = Tracer(Reader(connection, own), Rows(connection, own), is_deep=False)
    pages = Pages(connection)
    asked = {text: parse_figure(text) for text in dict.fromkeys(addresses)}
    tracer.prepare(asked.values())
    traced = {text: _trace(tracer, figure) for text, figure in asked.items()}
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
    grains = find_grains(connection)
    return {text: _tell(text, grains, one, proofs.get(text, ())) for text, one in traced.items()}


def _trace(tracer: Tracer, figure: Address | Formula) -> Traced | UsageError:
    """Trace a figure; what cannot be traced gives its reason, for its reader to see."""
    try:
        return tracer.trace(figure)
    except UsageError as error:
        return error


def _prove(cell: Cell, pages: Pages) -> Proof:
    return Proof(format_place(cell), say_cell(cell), pages.find(cell))


def _tell(
    text: str, grains: Mapping[str, str], traced: Traced | UsageError, proofs: tuple[Proof, ...]
) -> Evidence:
    """Put together what a reader is shown of a figure."""
    figure = parse_figure(text)
    grain = grains[figure.view] if isinstance(figure, Address) else ""
    if isinstance(traced, UsageError):
        return Evidence(text, grain, f"ย้อนกลับไม่ได้: {traced}")
    parts = list(_list_leaves(traced))
    return Evidence(
        text,
        grain,
        f"{traced.how_th}: {say_formula(traced)}" if traced.operation else traced.how_th,
        say_result(traced),
        proofs,
        len(traced.cells),
        tuple(Operand(format_value(one.stated), str(one.address)) for one in parts[:OPERANDS_SHOWN]),
        len(parts),
    )


def _list_leaves(traced: Traced) -> Iterator[Traced]:
    """The operands that have a place in a view, those of inner operations too."""
    for part in traced.parts:
        yield from [part] if isinstance(part.address, Address) else _list_leaves(part)


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
    return {
        name: [vars(one) for one in value] if isinstance(value, tuple) else value
        for name, value in vars(evidence).items()
        if name != "address"
    }
