"""Every figure's way back: from its address to the view, the rows and the cells, and to the figure worked out anew."""

from __future__ import annotations

from pipeline.trace.address import Address, make_address, parse_address
from pipeline.trace.command import list_brief, tell_figure
from pipeline.trace.evidence import Evidence, collect_evidence
from pipeline.trace.record import Shown, read_figures

__all__ = [
    "Address",
    "Evidence",
    "Shown",
    "collect_evidence",
    "list_brief",
    "make_address",
    "parse_address",
    "read_figures",
    "tell_figure",
]
