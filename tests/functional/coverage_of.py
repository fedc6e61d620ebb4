"""Which numbers of a brief's page have an address, by the marks of the page and of the notebook that it is made of.

A number of a table is a cell that stands right and has a digit. A number of a sentence is what fills a place of its
template as a figure; years, page and list numbers, limits and names are none.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path
from typing import Any

from lxml import html

from pipeline.brief_tables.body import WHOLE
from pipeline.trace.lineage import load_lineage


def count_cells(brief: Path) -> tuple[int, Counter[str]]:
    """How many figures of tables have an address, and those that have none by table and column."""
    page = html.fromstring((brief / "brief.html").read_text(encoding="utf-8"))
    linked, without = 0, Counter[str]()
    for table in page.xpath("//main//figure[contains(@class, 'table')]"):
        for row in table.xpath(".//tbody/tr"):
            for column, cell in enumerate(row.xpath("td")):
                links = cell.xpath(".//a[@class='traced']")
                linked += len(links)
                if cell.get("class") == "number" and not links and re.search(r"\d", cell.text_content()):
                    without[f"{table.get('id').removesuffix(WHOLE)}.{column}"] += 1
    return linked, without


def sentences_of(brief: Path) -> list[dict[str, Any]]:
    """The figures of sentences as the notebook records them."""
    notebook = json.loads((brief / "brief.ipynb").read_text(encoding="utf-8"))
    marks = [
        output.get("metadata", {}).get("brief", {})
        for cell in notebook["cells"]
        for output in cell.get("outputs", [])
    ]
    return [figure for brief in marks if brief.get("kind") == "text" for figure in brief["figures"]]


def count_figures(brief: Path) -> tuple[int, Counter[str]]:
    """How many figures of a brief have an address, and those that have none by where they stand."""
    linked, without = count_cells(brief)
    figures = sentences_of(brief)
    linked += sum(bool(figure["address"]) for figure in figures)
    without.update(figure["slot"] for figure in figures if not figure["address"])
    return linked, Counter(
        {slot: count for slot, count in without.items() if slot not in load_lineage().not_data}
    )
