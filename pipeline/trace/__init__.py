"""Every figure's way back: from its address to the view, the rows and the cells, and to the figure worked out anew."""

from __future__ import annotations

from pipeline.trace.address import Address, Formula, make_address, parse_address, parse_figure
from pipeline.trace.command import Question, answer
from pipeline.trace.evidence import FIGURES, Evidence, Proof, collect_evidence, write_figures
from pipeline.trace.lineage import list_keys_of
from pipeline.trace.pages import INSPECT_FOLDER, ROWS_A_PAGE, page_name, row_anchor
from pipeline.trace.record import Shown, read_figures

__all__ = [
    "FIGURES",
    "INSPECT_FOLDER",
    "ROWS_A_PAGE",
    "Address",
    "Evidence",
    "Formula",
    "Proof",
    "Question",
    "Shown",
    "answer",
    "collect_evidence",
    "list_keys_of",
    "make_address",
    "page_name",
    "parse_address",
    "parse_figure",
    "read_figures",
    "row_anchor",
    "write_figures",
]
