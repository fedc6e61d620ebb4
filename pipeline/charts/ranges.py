"""Dot ranges: a strip an indicator, each province one dot, the middle half and the median marked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import quantiles

from matplotlib import rc_context
from matplotlib.axes import Axes

from pipeline.brief_text.evidence import Words
from pipeline.brief_text.numbers import format_number
from pipeline.charts.canvas import line_cm, open_canvas
from pipeline.charts.chart import Chart, keep_chart
from pipeline.charts.style import (
    GRID,
    INK,
    LABEL_PT,
    LIGHT,
    MIDDLE,
    SMALL_PT,
    STYLE,
    TEXT,
    WIDTH_CM,
    wrap_text,
)

NAME_CM = 5.6
STRIP_CM, GAP_CM = 1.0, 0.15
FEWEST_FOR_MIDDLE = 8


@dataclass(frozen=True)
class Range:
    """The values of many provinces of one kind.

    Attributes:
        name: what they are of, with unit and year.
        values: one a province, in no order that says who is first.
        decimals: decimals of the lowest and the highest as written.
        own: the value of a province to show among them; None for none.
    """

    name: str
    values: tuple[float, ...]
    decimals: int = 1
    own: float | None = None


def draw_ranges(ranges: Sequence[Range], words: Words) -> Chart:
    """Draw a strip a range, each on a scale of its own from its lowest to its highest value, which are written."""
    names = [wrap_text(one.name, width_cm=NAME_CM - 0.4, size=LABEL_PT) for one in ranges]
    heights = [max(STRIP_CM, len(lines) * line_cm(LABEL_PT) + GAP_CM) for lines in names]
    canvas = open_canvas(words, body_cm=sum(heights))
    top = sum(heights)
    for one, lines, height in zip(ranges, names, heights, strict=True):
        top -= height
        axes = canvas.place(left=0, bottom=top, width=WIDTH_CM, height=height)
        with rc_context(STYLE):
            _draw_range(axes, one, lines, height=height)
    return keep_chart(canvas.figure, words)


def _draw_range(axes: Axes, one: Range, lines: tuple[str, ...], *, height: float) -> None:
    """Draw one strip: its name, the dots, the middle half, the ends as written."""
    axes.set_xlim(0, WIDTH_CM)
    axes.set_ylim(0, height)
    axes.set_axis_off()
    for number, line in enumerate(lines):
        axes.text(0.1, height - (number + 0.8) * line_cm(LABEL_PT), line, size=LABEL_PT, color=TEXT)
    low, high, middle = min(one.values), max(one.values), height - 0.42
    left, right = NAME_CM + 0.2, WIDTH_CM - 0.5
    scale = (right - left) / ((high - low) or 1.0)
    places = [left + (value - low) * scale for value in one.values]
    axes.plot([left, right], [middle, middle], color=GRID, linewidth=0.8, zorder=1)
    if len(places) >= FEWEST_FOR_MIDDLE:
        quarter, half, three = quantiles(places, n=4)
        axes.plot(
            [quarter, three], [middle, middle], color=LIGHT, linewidth=5, zorder=2, solid_capstyle="butt"
        )
        axes.plot([half, half], [middle - 0.2, middle + 0.2], color=MIDDLE, linewidth=1.6, zorder=4)
    axes.plot(
        places, [middle] * len(places), "o", markersize=3.4, markerfacecolor="white", color=MIDDLE, zorder=3
    )
    if one.own is not None:
        axes.plot([left + (one.own - low) * scale], [middle], "o", markersize=6, color=INK, zorder=5)
    for value, place in dict.fromkeys([(low, left), (high, right if high > low else left)]):
        _write(axes, (place, middle - 0.38), format_number(value, one.decimals))


def _write(axes: Axes, spot: tuple[float, float], text: str) -> None:
    """Write an end's value under it."""
    axes.text(*spot, text, size=SMALL_PT, color=TEXT, ha="center", va="center")
