"""Lines over years, one panel or small multiples."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, isnan
from typing import Any

import pandas as pd
from matplotlib import rc_context
from matplotlib.axes import Axes
from matplotlib.markers import TICKDOWN
from matplotlib.ticker import FuncFormatter, MaxNLocator

from pipeline.brief_text.evidence import Words
from pipeline.brief_text.numbers import format_number
from pipeline.charts.canvas import Canvas, line_cm, open_canvas
from pipeline.charts.chart import Chart, keep_chart
from pipeline.charts.style import LABEL_PT, QUIET, SMALL_PT, STYLE, TEXT, WIDTH_CM, wrap_text

PANELS_ACROSS = 3
PANEL_CM, PANEL_GAP_CM = 2.3, 0.75
LEFT_CM, RIGHT_CM = 1.15, 1.1


@dataclass(frozen=True)
class Line:
    """One line of a panel.

    Attributes:
        name: what the key calls it.
        column: the frame's column.
        style: how it is drawn, a matplotlib line style.
        colour: its ink.
        width: its width in points.
        marker: the mark at each year; empty for none.
        is_labelled: its first and last value are written beside it.
    """

    name: str
    column: str
    style: str
    colour: str
    width: float
    marker: str = ""
    is_labelled: bool = True


def draw_years(years: pd.DataFrame, words: Words, line: Line) -> Chart:
    """Draw one line over years, its first, last, lowest and highest values written; the axis need not begin at zero."""
    canvas = open_canvas(words, body_cm=3.85)
    axes = canvas.place(left=1.7, bottom=0.55, width=WIDTH_CM - 3.2, height=3.1)
    with rc_context(STYLE):
        _draw_line(axes, years, line)
        axes.margins(x=0.06, y=0.38)
        _style_years(axes, years, every=1)
        _style_values(axes)
    return keep_chart(canvas.figure, words)


def draw_panels(
    rows: pd.DataFrame, words: Words, *, panel: str, lines: Sequence[Line], decimals: int = 0
) -> Chart:
    """Draw one small panel a group, in the order of the rows; every panel begins at zero and has its own scale.

    Args:
        rows: year_be, the panel's name, and a column a line; one row a panel and year.
        words: the figure's words.
        panel: the column that names the panel.
        lines: the lines of each panel; a key stands after the last panel.
        decimals: decimals of the values written beside the lines.
    """
    names = list(dict.fromkeys(rows[panel]))
    across = min(PANELS_ACROSS, len(names) + 1)
    down = ceil((len(names) + 1) / across)
    titles = {
        name: wrap_text(name, width_cm=WIDTH_CM / across - 0.4, size=LABEL_PT, weight="bold")
        for name in names
    }
    head = max(len(lines_) for lines_ in titles.values()) * line_cm(LABEL_PT) + 0.15
    row_cm = head + PANEL_CM + PANEL_GAP_CM
    canvas = open_canvas(words, body_cm=down * row_cm)
    width = WIDTH_CM / across
    for number, name in enumerate(names):
        left, bottom = (number % across) * width, (down - 1 - number // across) * row_cm + PANEL_GAP_CM
        axes = canvas.place(
            left=left + LEFT_CM, bottom=bottom, width=width - LEFT_CM - RIGHT_CM, height=PANEL_CM
        )
        _draw_panel(axes, rows[rows[panel] == name], lines, decimals=decimals)
        _write_title(canvas, axes, titles[name])
    last = len(names)
    _draw_key(
        canvas,
        lines,
        left=(last % across) * width + LEFT_CM,
        bottom=(down - 1 - last // across) * row_cm + PANEL_GAP_CM,
    )
    return keep_chart(canvas.figure, words)


def fill_years(rows: pd.DataFrame) -> pd.DataFrame:
    """Give every year between the first and the last a row, so that a line breaks where there is no value."""
    by_year = rows.set_index("year_be")
    return by_year.reindex(range(int(by_year.index.min()), int(by_year.index.max()) + 1)).reset_index()


def _draw_panel(axes: Axes, rows: pd.DataFrame, lines: Sequence[Line], *, decimals: int) -> None:
    """Draw the lines of one panel and their first and last values."""
    with rc_context(STYLE):
        for line in lines:
            _draw_line(axes, rows, line, is_written=False)
        highest = max(
            (float(rows[line.column].max()) for line in lines if rows[line.column].notna().any()), default=1
        )
        axes.set_ylim(0, (highest or 1) * 1.22)
        _write_ends(axes, rows, [line for line in lines if line.is_labelled], decimals=decimals)
        _style_years(axes, rows, every=0)
        _style_values(axes, most=3)


def _look(line: Line) -> dict[str, Any]:
    """How a line and its sample in the legend are drawn."""
    return {
        "linestyle": line.style,
        "color": line.colour,
        "linewidth": line.width,
        "marker": line.marker or None,
        "markersize": 3.2,
        "markerfacecolor": "white" if line.style != "-" else line.colour,
        "markeredgewidth": 0.8,
        "clip_on": False,
    }


def _draw_line(axes: Axes, rows: pd.DataFrame, line: Line, *, is_written: bool = True) -> None:
    """Draw a line, broken where a year has no value; write the turning values where asked."""
    years = fill_years(rows)
    values = years[line.column].astype(float)
    axes.plot(
        years["year_be"],
        values,
        **_look(line),
    )
    lone = values[values.notna() & values.shift().isna() & values.shift(-1).isna()]
    axes.plot(
        years.loc[lone.index, "year_be"], lone, linestyle="none", color=line.colour, marker=".", markersize=3
    )
    if is_written:
        _write_turns(axes, years["year_be"], values)


def _write_turns(axes: Axes, years: pd.Series, values: pd.Series) -> None:
    """Write the first and last value of a line, and its lowest and highest where they stand clear of those."""
    points = [
        (int(year), float(value)) for year, value in zip(years, values, strict=True) if not isnan(value)
    ]
    first, last = points[0], points[-1]
    beside = {first: points[min(1, len(points) - 1)], last: points[max(-2, -len(points))]}
    turns = {min(points, key=_value_of): False, max(points, key=_value_of): True}
    labels = {turn: is_high for turn, is_high in turns.items() if _is_clear(turn[0], first[0], last[0])}
    labels |= {end: end[1] >= near[1] for end, near in beside.items()}
    for point, is_above in labels.items():
        axes.annotate(
            format_number(point[1]),
            point,
            xytext=(0, 7 if is_above else -7),
            textcoords="offset points",
            ha="center",
            va="bottom" if is_above else "top",
            size=LABEL_PT,
            bbox={"facecolor": "white", "edgecolor": "none", "pad": 0.5},
        )


def _value_of(point: tuple[int, float]) -> float:
    """Give a point's value."""
    return point[1]


def _is_clear(year: int, first: int, last: int) -> bool:
    """Say whether a value's label has room beside those of the first and the last year."""
    return min(year - first, last - year) > 1


def _write_ends(axes: Axes, rows: pd.DataFrame, lines: Sequence[Line], *, decimals: int) -> None:
    """Write the last value of each line beyond the panel's end, moved apart where they would touch."""
    low, high = axes.get_ylim()
    known = {line: rows.dropna(subset=[line.column]).sort_values("year_be")[line.column] for line in lines}
    ends = [(line, float(values.iloc[-1])) for line, values in known.items() if not values.empty]
    apart = (high - low) * line_cm(SMALL_PT) * 0.82 / PANEL_CM
    heights = _spread([value for _, value in ends], apart=apart)
    for (line, value), height in zip(ends, heights, strict=True):
        axes.annotate(
            format_number(value, decimals),
            (float(rows["year_be"].max()), height),
            xytext=(5, 0),
            textcoords="offset points",
            va="center",
            size=SMALL_PT,
            color=line.colour,
            annotation_clip=False,
        )


def _spread(heights: list[float], *, apart: float) -> list[float]:
    """Move labels up and down until neighbours are `apart`, keeping their order and never going below zero."""
    order = sorted(range(len(heights)), key=lambda n: heights[n])
    moved = list(heights)
    for lower, upper in zip(order, order[1:], strict=False):
        lack = apart - (moved[upper] - moved[lower])
        if lack > 0:
            moved[lower] -= lack / 2
            moved[upper] += lack / 2
    shift = max(0.0, -min(moved, default=0.0))
    return [height + shift for height in moved]


def _write_title(canvas: Canvas, axes: Axes, lines: tuple[str, ...]) -> None:
    """Write a panel's name above it, flush with its axis."""
    box = axes.get_position()
    left = box.x0 - (LEFT_CM - 0.15) / WIDTH_CM
    with rc_context(STYLE):
        for number, text in enumerate(reversed(lines)):
            bottom = box.y1 + (0.2 + number * line_cm(LABEL_PT)) / canvas.height_cm
            canvas.figure.text(
                left, bottom, text, size=LABEL_PT, weight="semibold", color=TEXT, va="baseline"
            )


def _draw_key(canvas: Canvas, lines: Sequence[Line], *, left: float, bottom: float) -> None:
    """Draw a sample of each line with its name where a further panel would stand."""
    axes = canvas.place(left=left - 0.5, bottom=bottom, width=4.2, height=PANEL_CM)
    with rc_context(STYLE):
        axes.set_axis_off()
        axes.set_xlim(0, 4.2)
        axes.set_ylim(0, PANEL_CM)
        for number, line in enumerate(lines):
            height = PANEL_CM - 0.35 - number * 0.6
            axes.plot(
                [0, 0.55, 1.1],
                [height] * 3,
                **_look(line),
            )
            axes.text(1.3, height, line.name, size=LABEL_PT, va="center", color=TEXT)


def _style_years(axes: Axes, rows: pd.DataFrame, *, every: int) -> None:
    """Set the years under the axis: every one, or the first and the last."""
    first, last = int(rows["year_be"].min()), int(rows["year_be"].max())
    axes.set_xticks(
        sorted({first, last}) if not every else range(first, last + 1, max(1, (last - first) // 12 + 1))
    )
    axes.xaxis.set_major_formatter(FuncFormatter(lambda year, _: f"{year:.0f}"))
    years = range(first, last + 1)
    # One line of marks: matplotlib's minor ticks are five objects each.
    axes.plot(
        years,
        [0] * len(years),
        transform=axes.get_xaxis_transform(),
        linestyle="none",
        marker=TICKDOWN,
        markersize=1.5,
        markeredgewidth=0.5,
        color=QUIET,
        clip_on=False,
        zorder=axes.xaxis.get_zorder(),
        scalex=False,
        scaley=False,
    )


def _style_values(axes: Axes, *, most: int = 5) -> None:
    """Set few round values with light lines across."""
    axes.yaxis.set_major_locator(MaxNLocator(nbins=most, steps=[1, 2, 2.5, 5, 10]))
    axes.yaxis.set_major_formatter(FuncFormatter(lambda value, _: _tick(value)))
    axes.grid(axis="y")
    axes.set_axisbelow(True)
    axes.spines["left"].set_visible(False)


def _tick(value: float) -> str:
    """Write a value on an axis with as many decimals as it has, two at most."""
    if isnan(value):
        return ""
    decimals = 0 if float(value).is_integer() else 1 if float(value * 10).is_integer() else 2
    return format_number(value, decimals)
