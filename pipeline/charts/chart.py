"""A frozen Chart: one drawing kept as SVG and PNG with its words, which shows itself in a notebook."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from io import BytesIO, StringIO
from typing import Any

import numpy as np
from matplotlib import rc_context
from matplotlib.backends.backend_agg import FigureCanvasAgg, RendererAgg
from matplotlib.colors import to_rgb
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.text import Text
from matplotlib.ticker import FuncFormatter
from PIL import Image

from pipeline.brief_tables import Table
from pipeline.brief_text.evidence import Words
from pipeline.charts.style import CM_PER_INCH, INKS, PNG_DPI, STYLE, measure_text
from pipeline.thai.digits import are_thai, print_marked

XML_PROLOG = re.compile(r"\A.*?(?=<svg\b)", re.DOTALL)
SCREEN_DPI = 96
INK_STEPS = 20
NEARLY_WHITE = 248
STRIP_ROWS = 64


@dataclass(frozen=True)
class Chart:
    """One figure of a brief, drawn once.

    Attributes:
        words: its title and unit, which are in the drawing too, and its caption, source and alternative text.
        width_cm: its true width in print.
        height_cm: its true height in print.
        svg: the drawing with its letters as paths; the same words and data give the same bytes.
        png: the drawing at 300 dots an inch.
        behind: the rows that it draws, where no table of the brief lists them; the page shows them on demand.
        links: from the first text of each of those rows to where it is shown what the row stands on; or none.
    """

    words: Words
    width_cm: float
    height_cm: float
    svg: str = field(repr=False)
    png: bytes = field(repr=False)
    behind: Table | None = field(default=None, repr=False)
    links: tuple[str, ...] = field(default=(), repr=False)

    def with_rows(self, behind: Table, *, links: Sequence[str] = ()) -> Chart:
        """Put the rows that it draws behind it."""
        return replace(self, behind=behind, links=tuple(links))

    @property
    def caption(self) -> str:
        """What is shown, where and when."""
        return self.words.caption

    def numbered(self, number: int) -> Chart:
        """Put the number of the figure before its caption."""
        return replace(self, words=replace(self.words, caption=f"รูปที่ {number} {self.words.caption}"))

    def _repr_mimebundle_(self, **_: Any) -> tuple[dict[str, str], dict[str, Any]]:
        """Show itself to a notebook; the metadata holds what the renderer needs."""
        words = self.words
        bundle = {
            "image/svg+xml": self.svg,
            "image/png": b64encode(self.png).decode("ascii"),
            "text/plain": words.caption,
        }
        brief = {
            "kind": "figure",
            "id": words.figure_id,
            "caption": words.caption,
            "alt": words.alt,
            "source": words.source,
            "unit": words.unit,
            "width_cm": self.width_cm,
        } | ({"behind": _list_rows(self.behind, self.links)} if self.behind else {})
        width, height = (round(size / CM_PER_INCH * SCREEN_DPI) for size in (self.width_cm, self.height_cm))
        return bundle, {"brief": brief, "image/png": {"width": width, "height": height}}


def _list_rows(table: Table, links: Sequence[str]) -> dict[str, Any]:
    """The heads, and of each row its texts with their addresses, empty where they have none; and the rows' links."""
    addresses = {(one["row"], one["column"]): one["address"] for one in table.figures}
    rows = [
        [[str(text), addresses.get((row, column), "")] for column, text in enumerate(texts)]
        for row, texts in enumerate(table.cells)
    ]
    return {"head": [column.head for column in table.columns], "rows": rows, "links": [*links]}


class _Renderer(RendererAgg):  # type: ignore[misc]
    """Draws as ever, and measures what is measured already no more."""

    def get_text_width_height_descent(
        self, s: str, prop: FontProperties, ismath: Any
    ) -> tuple[float, float, float]:
        """The size of a text, in dots."""
        if ismath:
            measured: tuple[float, float, float] = super().get_text_width_height_descent(s, prop, ismath)
            return measured
        return measure_text(s, prop)


class _Canvas(FigureCanvasAgg):  # type: ignore[misc]
    """A canvas of that renderer, of a figure at the resolution of PNG."""

    def get_renderer(self) -> RendererAgg:
        """The one renderer of the figure."""
        if not hasattr(self, "renderer"):
            self.renderer = _Renderer(*self.get_width_height(physical=True), PNG_DPI)
        return self.renderer


def _draw_png(figure: Figure) -> bytes:
    """Draw a figure with a palette of our inks and their way to white: a third of the bytes, nothing to see."""
    figure.set_dpi(PNG_DPI)
    canvas = _Canvas(figure)
    canvas.draw()
    packed = BytesIO()
    _set_in_palette(canvas).save(packed, format="PNG", dpi=(PNG_DPI, PNG_DPI))
    return packed.getvalue()


def _set_in_palette(canvas: _Canvas) -> Image.Image:
    """Set what is drawn in our palette, a strip at a time: a copy of the whole is much fresh memory to fill."""
    (width, height), drawn = canvas.get_width_height(), np.asarray(canvas.buffer_rgba())
    picture = Image.new("P", (width, height))
    picture.putpalette(_palette().getpalette() or [])
    for top in range(0, height, STRIP_ROWS):
        rows = drawn[top : top + STRIP_ROWS]
        strip = Image.frombuffer("RGBA", (width, len(rows)), rows, "raw", "RGBA", 0, 1).convert("RGB")
        picture.paste(strip.quantize(palette=_palette(), dither=Image.Dither.NONE), (0, top))
    return picture


@cache
def _palette() -> Image.Image:
    """Make the palette: white, and each ink in steps towards it.

    Nothing else may come near white: the paper would take its colour.
    """
    inks = [[round(255 * part) for part in to_rgb(ink)] for ink in INKS]
    shades = [
        [round(255 + (part - 255) * step / INK_STEPS) for part in ink]
        for ink in inks
        for step in range(1, INK_STEPS + 1)
    ]
    palette = Image.new("P", (1, 1))
    palette.putpalette([255] * 3 + [part for shade in shades if max(shade) < NEARLY_WHITE for part in shade])
    return palette


def _set_digits(figure: Figure) -> None:
    """Write all that stands in a figure, and what its axes will write, with Thai digits."""
    for text in figure.findobj(Text):
        text.set_text(print_marked(text.get_text()))
    for axes in figure.axes:
        for axis in (axes.xaxis, axes.yaxis):
            written = axis.get_major_formatter()
            axis.set_major_formatter(
                FuncFormatter(lambda value, place, written=written: print_marked(written(value, place)))
            )


def keep_chart(figure: Figure, words: Words) -> Chart:
    """Draw a finished figure once as SVG and once as PNG."""
    width, height = (float(size) * CM_PER_INCH for size in figure.get_size_inches())
    svg = StringIO()
    if are_thai():
        _set_digits(figure)
    with rc_context(STYLE):
        figure.savefig(svg, format="svg", metadata={"Date": None, "Creator": None})
        png = _draw_png(figure)
    drawing = XML_PROLOG.sub("", svg.getvalue(), count=1)
    return Chart(words, width_cm=round(width, 2), height_cm=round(height, 2), svg=drawing, png=png)
