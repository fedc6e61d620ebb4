"""An executed notebook -> its cover, its text as one pandoc Markdown document, and its figures.

The document is, in order, the Markdown cells and the display outputs of the code cells:

* `text/markdown` is text; its metadata `{"brief": {"kind": "table", "id": ...}}` makes it a table;
* `image/svg+xml` with `image/png` and `{"brief": {"kind": "figure", "id", "caption", "alt", "source",
  "width_cm"}}` is a figure;
* `application/vnd.justice-brief.cover+json` is the cover, once;
* Markdown that is exactly `\\newpage` is a page break;
* a fenced div `::: {.source custom-style="Source Note"}` is a small note, below a table.

Code, streams and outputs that are only text or HTML are not part of it.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator
from dataclasses import MISSING, dataclass, field, fields
from pathlib import Path
from typing import Any

import nbformat

from pipeline.errors import BriefFailed

COVER_MIME = "application/vnd.justice-brief.cover+json"
PAGE_BREAK_CLASS = "brief-break"
FIGURE_CLASS = "brief-figure"
TABLE_CLASS = "brief-table"
SOURCE_CLASS = "source"


@dataclass(frozen=True)
class Cover:
    """What stands on the cover and in the running header."""

    title: str
    subtitle: str
    province: str
    fiscal_year_be: int | str
    data_cutoff: str
    release: str
    status: str
    is_sample: bool
    notes: tuple[str, ...]
    is_draft: bool = False
    grade: str = ""


@dataclass(frozen=True)
class Figure:
    """One figure: the same drawing as vectors and as pixels, its words, and the rows behind it, if they are given."""

    id: str
    caption: str
    alt: str
    source: str
    width_cm: float
    svg: str
    png: bytes
    behind: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Assembled:
    """A brief before it is parsed: Markdown with a marked, empty div for each figure and page break."""

    cover: Cover
    markdown: str
    figures: dict[str, Figure]


def assemble(executed: Path) -> Assembled:
    """Read an executed notebook.

    Raises:
        BriefFailed: a cell failed, there is not exactly one cover, or a figure or table lacks its words.
    """
    # As it was written: it was held to the schema then.
    notebook = nbformat.from_dict(json.loads(executed.read_text(encoding="utf-8")))
    _refuse_failed(notebook, executed)
    covers: list[Cover] = []
    figures: dict[str, Figure] = {}
    parts = [part for cell in notebook.cells for part in _parts(cell, covers, figures)]
    if len(covers) != 1:
        raise BriefFailed(f"{executed.name}: {len(covers)} covers, expected 1")
    return Assembled(cover=covers[0], markdown="\n\n".join(parts) + "\n", figures=figures)


def _refuse_failed(notebook: nbformat.NotebookNode, executed: Path) -> None:
    for number, cell in enumerate(notebook.cells, start=1):
        if any(output.output_type == "error" for output in cell.get("outputs", [])):
            raise BriefFailed(f"{executed.parent.name}/{executed.name}: cell {number} failed")


def _parts(cell: nbformat.NotebookNode, covers: list[Cover], figures: dict[str, Figure]) -> Iterator[str]:
    if cell.cell_type == "markdown":
        yield _read_text(_joined(cell.source), {})
    for output in cell.get("outputs", []):
        mimes = output.get("data", {})
        brief = output.get("metadata", {}).get("brief", {})
        if COVER_MIME in mimes:
            covers.append(_read_cover(mimes[COVER_MIME]))
        elif "image/svg+xml" in mimes or "image/png" in mimes:
            yield _place(_read_figure(mimes, brief), figures)
        elif "text/markdown" in mimes:
            yield _read_text(_joined(mimes["text/markdown"]), brief)


def _joined(text: str | list[str]) -> str:
    return text if isinstance(text, str) else "".join(text)


def _read_text(markdown: str, brief: dict[str, Any]) -> str:
    if markdown.strip() == "\\newpage":
        return f"::: {PAGE_BREAK_CLASS}\n:::"
    if brief.get("kind") == "table":
        return f"::: {{#{_named(brief, 'id')} .{TABLE_CLASS}}}\n{markdown.strip()}\n:::"
    return markdown.strip()


def _read_cover(content: dict[str, Any]) -> Cover:
    missing = sorted({field.name for field in fields(Cover) if field.default is MISSING} - set(content))
    if missing:
        raise BriefFailed(f"cover: {missing} missing")
    known = {field.name: content[field.name] for field in fields(Cover) if field.name in content}
    return Cover(**known | {"notes": tuple(known["notes"] or ())})


def _read_figure(mimes: dict[str, Any], brief: dict[str, Any]) -> Figure:
    if not {"image/svg+xml", "image/png"} <= set(mimes):
        raise BriefFailed(f"figure {brief.get('id')}: both image/svg+xml and image/png are needed")
    return Figure(
        id=_named(brief, "id"),
        caption=_named(brief, "caption"),
        alt=_named(brief, "alt"),
        source=str(brief.get("source") or ""),
        width_cm=float(brief.get("width_cm") or 16),
        svg=_joined(mimes["image/svg+xml"]),
        png=base64.b64decode(_joined(mimes["image/png"])),
        behind=brief.get("behind") or {},
    )


def _named(brief: dict[str, Any], key: str) -> str:
    value = brief.get(key)
    if not value:
        raise BriefFailed(f"{brief.get('kind', 'figure')} {brief.get('id', '')}: no {key}")
    return str(value)


def _place(figure: Figure, figures: dict[str, Figure]) -> str:
    if figure.id in figures:
        raise BriefFailed(f"figure {figure.id}: the id is used twice")
    figures[figure.id] = figure
    return f"::: {{#{figure.id} .{FIGURE_CLASS}}}\n:::"
