"""Bars from zero, one under another, each with its name and value beside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from matplotlib import rc_context
from matplotlib.axes import Axes

from pipeline.brief_text.evidence import Words
from pipeline.charts.canvas import line_cm, open_canvas
from pipeline.charts.chart import Chart, keep_chart
from pipeline.charts.style import (
    INK,
    LABEL_PT,
    LIGHT,
    MIDDLE,
    STYLE,
    TEXT,
    WIDTH_CM,
    is_wider,
    measure_cm,
    wrap_text,
)

BAR_CM, SPACE_CM = 0.34, 0.3
SIDE_CM = 4.6
MARGIN_CM = 0.1


@dataclass(frozen=True)
class Bar:
    """One bar.

    Attributes:
        name: what it is of.
        value: its length; money in baht.
        written: its value as written at its end.
        is_rest: it sums what is not shown, and is drawn lighter.
    """

    name: str
    value: float
    written: str
    is_rest: bool = False


def draw_bars(bars: Sequence[Bar], words: Words) -> Chart:
    """Draw bars; short names stand before them, and where one is long all stand above theirs."""
    is_beside = not any(is_wider(bar.name, SIDE_CM, size=LABEL_PT) for bar in bars)
    width = SIDE_CM if is_beside else WIDTH_CM - 2 * MARGIN_CM
    names = [wrap_text(bar.name, width_cm=width, size=LABEL_PT) for bar in bars]
    heads = [0.0 if is_beside else len(lines) * line_cm(LABEL_PT) + 0.04 for lines in names]
    tops = _stack([head + BAR_CM + SPACE_CM for head in heads])
    canvas = open_canvas(words, body_cm=tops[-1])
    left = MARGIN_CM
    if is_beside:
        left = max(measure_cm(bar.name, size=LABEL_PT) for bar in bars) + 2 * MARGIN_CM + 0.25
    axes = canvas.place(left=0, bottom=0, width=WIDTH_CM, height=tops[-1])
    with rc_context(STYLE):
        _prepare(axes, height=tops[-1])
        scale = _Scale(bars, left=left, right=WIDTH_CM - MARGIN_CM)
        for bar, lines, head, bottom in zip(bars, names, heads, tops, strict=True):
            middle = tops[-1] - bottom + SPACE_CM + BAR_CM / 2
            _draw_bar(axes, bar, middle, scale=scale)
            _write_name(axes, lines, middle, head=head, right=left - 0.25 if is_beside else None)
    return keep_chart(canvas.figure, words)


class _Scale:
    """Turns a value into centimetres, leaving room for what is written at the ends."""

    def __init__(self, bars: Sequence[Bar], *, left: float, right: float) -> None:
        written = [measure_cm(bar.written, size=LABEL_PT) + 0.2 for bar in bars]
        after = [room for bar, room in zip(bars, written, strict=True) if bar.value >= 0]
        before = [room for bar, room in zip(bars, written, strict=True) if bar.value < 0]
        low, high = min(0.0, *(bar.value for bar in bars)), max(0.0, *(bar.value for bar in bars))
        start, end = left + max(before, default=0), right - max(after, default=0)
        self.per_unit = (end - start) / ((high - low) or 1.0)
        self.zero = start - low * self.per_unit

    def place(self, value: float) -> float:
        """Give the place of a value in centimetres."""
        return self.zero + value * self.per_unit


def _stack(heights: Sequence[float]) -> list[float]:
    """Add heights up: where each block of bar and name ends, from the top."""
    ends: list[float] = []
    for height in heights:
        ends.append((ends[-1] if ends else 0.0) + height)
    return ends


def _prepare(axes: Axes, *, height: float) -> None:
    """Make the axes a sheet of centimetres."""
    axes.set_xlim(0, WIDTH_CM)
    axes.set_ylim(0, height)
    axes.set_axis_off()


def _draw_bar(axes: Axes, bar: Bar, middle: float, *, scale: _Scale) -> None:
    """Draw one bar and write its value at its end."""
    end = scale.place(bar.value)
    axes.barh(
        [middle], [end - scale.zero], left=scale.zero, height=BAR_CM, color=LIGHT if bar.is_rest else INK
    )
    side = 1 if bar.value >= 0 else -1
    half = BAR_CM / 2 + 0.06
    axes.plot([scale.zero] * 2, [middle - half, middle + half], color=MIDDLE, linewidth=0.8, zorder=3)
    axes.text(
        end + side * 0.12, middle, bar.written, va="center", ha="left" if side > 0 else "right", size=LABEL_PT
    )


def _write_name(
    axes: Axes, lines: tuple[str, ...], middle: float, *, head: float, right: float | None
) -> None:
    """Write a bar's name before it, or above it where `right` is None."""
    for number, line in enumerate(lines):
        if right is None:
            place = middle + BAR_CM / 2 + head - (number + 0.74) * line_cm(LABEL_PT)
            axes.text(MARGIN_CM, place, line, size=LABEL_PT, color=TEXT, va="baseline")
        else:
            place = middle + ((len(lines) - 1) / 2 - number) * line_cm(LABEL_PT)
            axes.text(right, place, line, size=LABEL_PT, color=TEXT, va="center", ha="right")
