"""The figures of a brief and their addresses, as its executed notebook records them."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Shown:
    """A figure that a brief shows.

    Attributes:
        table_id: the table that it stands in.
        caption: the table's number and caption.
        row: its row from 0, the head aside.
        column: its column from 0.
        shown: as it is written.
        address: its address; empty where it has none.
        start: from which character of the cell or sentence it stands; None where it is the whole cell.
        text: the sentence that it stands in; empty in a table.
        slot: the template and place that it fills, where it has no address.
    """

    table_id: str
    caption: str
    row: int
    column: int
    shown: str
    address: str
    start: int | None = None
    text: str = ""
    slot: str = ""

    @property
    def place(self) -> tuple[str, int, int]:
        """Table, row and column."""
        return self.table_id, self.row, self.column


def read_figures(executed: Path) -> list[Shown]:
    """Read the figures with an address out of an executed notebook, in the order in which they are shown."""
    notebook = json.loads(executed.read_text(encoding="utf-8"))
    outputs = [output for cell in notebook["cells"] for output in cell.get("outputs", [])]
    return [shown for output in outputs for shown in _read_output(output) if shown.address]


def _read_output(output: dict[str, Any]) -> list[Shown]:
    brief = output.get("metadata", {}).get("brief", {})
    caption = "".join(output.get("data", {}).get("text/plain", ""))
    if brief.get("kind") == "text":
        return [Shown("", figure["text"], **figure) for figure in brief["figures"]]
    return [Shown(str(brief["id"]), caption, **figure) for figure in brief.get("figures", [])]
