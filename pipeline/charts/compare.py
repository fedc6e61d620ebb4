"""A province beside others: dots with intervals, and a strip of ticks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

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
    measure_cm,
    wrap_text,
)

MILLION = 1_000_000
NAME_CM = 4.9
ROW_CM, GROUP_GAP_CM = 0.5, 0.3
STRIP_CM = 2.7


@dataclass(frozen=True)
class Dot:
    """One value of a group, with its interval where it has one."""

    name: str
    value: float
    low: float | None = None
    high: float | None = None
    marker: str = "o"
    is_focus: bool = False


def draw_dots(groups: Sequence[tuple[str, Sequence[Dot]]], words: Words) -> Chart:
    """Draw a block of dots a group, each block on a scale of its own from zero, names and values beside the dots."""
    heights = [max(len(dots) * ROW_CM, 2 * line_cm(LABEL_PT)) for _, dots in groups]
    body = sum(heights) + GROUP_GAP_CM * len(groups)
    canvas = open_canvas(words, body_cm=body)
    top = body
    for (name, dots), height in zip(groups, heights, strict=True):
        top -= height
        axes = canvas.place(left=0, bottom=top, width=WIDTH_CM, height=height)
        with rc_context(STYLE):
            _draw_group(axes, name, dots, height=height)
        top -= GROUP_GAP_CM
    return keep_chart(canvas.figure, words)


def _draw_group(axes: Axes, name: str, dots: Sequence[Dot], *, height: float) -> None:
    """Draw one block: its name on the left, a line at zero, its dots."""
    axes.set_xlim(0, WIDTH_CM)
    axes.set_ylim(0, height)
    axes.set_axis_off()
    lines = wrap_text(name, width_cm=NAME_CM - 0.3, size=LABEL_PT, weight="semibold")
    for number, line in enumerate(lines):
        place = height - (number + 0.74) * line_cm(LABEL_PT)
        axes.text(0.1, place, line, size=LABEL_PT, weight="semibold", color=TEXT, va="baseline")
    axes.plot([NAME_CM] * 2, [0, height], color=MIDDLE, linewidth=0.6)
    room = max(measure_cm(_dot_text(dot), size=SMALL_PT) for dot in dots) + 0.5
    most = max(max(dot.value, dot.high or 0) for dot in dots) or 1.0
    scale = (WIDTH_CM - 0.1 - room - NAME_CM) / most
    for number, dot in enumerate(dots):
        _draw_dot(axes, dot, height - (number + 0.5) * ROW_CM, scale=scale)


def _draw_dot(axes: Axes, dot: Dot, middle: float, *, scale: float) -> None:
    """Draw one dot, its interval, and write its name and value after it."""
    colour = INK if dot.is_focus else MIDDLE
    axes.plot([NAME_CM, WIDTH_CM - 0.1], [middle] * 2, color=GRID, linewidth=0.6, zorder=1)
    end = dot.value
    if dot.low is not None and dot.high is not None:
        axes.plot(
            [NAME_CM + side * scale for side in (dot.low, dot.high)],
            [middle] * 2,
            color=colour,
            linewidth=1.4,
        )
        end = max(end, dot.high)
    fill = colour if dot.is_focus else "white"
    axes.plot(
        [NAME_CM + dot.value * scale],
        [middle],
        marker=dot.marker,
        markersize=5.5,
        color=colour,
        markerfacecolor=fill,
        markeredgewidth=1.1,
        linestyle="none",
        zorder=3,
    )
    axes.text(
        NAME_CM + end * scale + 0.25,
        middle,
        _dot_text(dot),
        size=SMALL_PT,
        va="center",
        color=TEXT,
        weight="semibold" if dot.is_focus else "normal",
        bbox={"facecolor": "white", "edgecolor": "none", "pad": 0.8},
    )


def _dot_text(dot: Dot) -> str:
    """Write a dot's name, value and interval."""
    interval = (
        ""
        if dot.low is None or dot.high is None
        else f" ({format_number(dot.low, 1)}–{format_number(dot.high, 1)})"
    )
    return f"{dot.name} {format_number(dot.value, 1)}{interval}"


def draw_strip(
    others: Sequence[float], own: float, words: Words, *, own_name: str, median_name: str
) -> Chart:
    """Draw a tick for every province on one scale from zero, the own one and the others' median named.

    Args:
        others: the other provinces' amounts, in baht.
        own: the province's amount, in baht.
        words: the figure's words.
        own_name: what is written at the own mark, with its value.
        median_name: what is written at the median of the others, with its value.
    """
    canvas = open_canvas(words, body_cm=STRIP_CM)
    axes = canvas.place(left=0.3, bottom=0.55, width=WIDTH_CM - 1.0, height=STRIP_CM - 0.55)
    middle = median(others)
    with rc_context(STYLE):
        axes.set_ylim(0, 3)
        axes.set_xlim(0, max(*others, own) * 1.02)
        axes.vlines(others, 1.05, 1.95, color=LIGHT, linewidth=1.3)
        axes.vlines([middle], 0.85, 1.95, color=MIDDLE, linewidth=1.6, linestyle=(0, (2, 1)))
        axes.vlines([own], 1.05, 2.15, color=INK, linewidth=3)
        _write_at(axes, (own, 2.5), own_name, colour=INK, weight="semibold")
        _write_at(axes, (middle, 0.5), median_name, colour=TEXT, weight="normal")
        axes.set_yticks([])
        axes.spines["left"].set_visible(False)
        axes.xaxis.set_major_formatter(lambda value, _: format_number(value / MILLION))
    return keep_chart(canvas.figure, words)


def _write_at(axes: Axes, spot: tuple[float, float], text: str, *, colour: str, weight: str) -> None:
    """Write a text at a value and height, turned inward where it stands near an end."""
    value, height = spot
    share = value / axes.get_xlim()[1]
    side = "left" if share < 0.2 else "right" if share > 0.8 else "center"
    axes.text(value, height, text, ha=side, va="center", size=LABEL_PT, color=colour, weight=weight)
