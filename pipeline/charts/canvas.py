"""The sheet that every figure is drawn on, in centimetres: the finding and the unit stand above.

The source is kept beside the drawing, as text that can be searched and read aloud; the document sets it below.
"""

from __future__ import annotations

from dataclasses import dataclass

from matplotlib import rc_context
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from pipeline.brief_text.evidence import Words
from pipeline.charts.style import (
    CM_PER_INCH,
    LABEL_PT,
    LEADING,
    POINTS_PER_CM,
    QUIET,
    STYLE,
    TEXT,
    TITLE_PT,
    WIDTH_CM,
    balance_text,
    register_fonts,
    wrap_text,
)

MARGIN_CM = 0.1
GAP_CM = 0.3
# Room for a tone mark over an upper vowel on the first line, and for what hangs from the last.
TOP_CM, FOOT_CM = 0.2, 0.12


@dataclass(frozen=True)
class Canvas:
    """A figure whose middle is free to draw in.

    Attributes:
        figure: the figure, with its words on it.
        bottom_cm: where the free middle begins, from the figure's lower edge.
        height_cm: how high the figure is.
    """

    figure: Figure
    bottom_cm: float
    height_cm: float

    def place(self, *, left: float, bottom: float, width: float, height: float) -> Axes:
        """Add axes at a place in the free middle, in centimetres from its lower left corner."""
        box = (
            left / WIDTH_CM,
            (self.bottom_cm + bottom) / self.height_cm,
            width / WIDTH_CM,
            height / self.height_cm,
        )
        with rc_context(STYLE):
            return self.figure.add_axes(box)


def open_canvas(words: Words, *, body_cm: float) -> Canvas:
    """Begin a figure as high as its words and a body of the given height need."""
    register_fonts()
    width = WIDTH_CM - 2 * MARGIN_CM
    title = balance_text(words.title, width_cm=width, size=TITLE_PT, weight="bold")
    unit = wrap_text(words.unit, width_cm=width, size=LABEL_PT)
    above = TOP_CM + _height_of(title, TITLE_PT) + _height_of(unit, LABEL_PT) + GAP_CM
    height = above + body_cm + FOOT_CM
    with rc_context(STYLE):
        figure = Figure(figsize=(WIDTH_CM / CM_PER_INCH, height / CM_PER_INCH))
        _write_lines(figure, title, size=TITLE_PT, top=height - TOP_CM, weight="bold", colour=TEXT)
        _write_lines(
            figure, unit, size=LABEL_PT, top=height - TOP_CM - _height_of(title, TITLE_PT), colour=QUIET
        )
    return Canvas(figure, bottom_cm=FOOT_CM, height_cm=height)


def line_cm(size: float) -> float:
    """Give the height of a line of text of a size in points; Thai needs room for marks above and below."""
    return size * LEADING / POINTS_PER_CM


def _height_of(lines: tuple[str, ...], size: float) -> float:
    """Give the height of some lines."""
    return len(lines) * line_cm(size)


def _write_lines(
    figure: Figure, lines: tuple[str, ...], *, size: float, top: float, colour: str, weight: str = "normal"
) -> None:
    """Write lines from the left edge, the first one under `top` centimetres."""
    height = float(figure.get_size_inches()[1]) * CM_PER_INCH
    for number, line in enumerate(lines):
        baseline = top - (number + 0.74) * line_cm(size)
        figure.text(
            MARGIN_CM / WIDTH_CM,
            baseline / height,
            line,
            size=size,
            weight=weight,
            color=colour,
            va="baseline",
        )
