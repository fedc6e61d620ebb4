"""A tile map: one tile a province, placed as on the map; no borders, and no province larger than another."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from matplotlib import rc_context
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from pipeline.brief_text.evidence import Words
from pipeline.charts.canvas import open_canvas
from pipeline.charts.chart import Chart, keep_chart
from pipeline.charts.style import GRID, INK, LABEL_PT, LIGHT, MIDDLE, QUIET, SMALL_PT, STYLE, TEXT, WIDTH_CM
from pipeline.provinces.tiles import load_tiles

TILE_CM, GAP_CM, LEFT_CM = 0.76, 0.05, 1.6
KEY_CM, FOOT_CM = 0.62, 0.05
WHITE = "#ffffff"
# From little to much, each with the ink of what is written on it; the last stands for no data.
SHADES = {1: (INK,), 2: (LIGHT, INK), 3: (GRID, LIGHT, INK), 4: (GRID, LIGHT, MIDDLE, INK)}
ON_DARK = (INK, MIDDLE)
MOST_LEVELS = max(SHADES)


def draw_tiles(
    levels: Mapping[str, int], words: Words, *, names: Sequence[str], none_name: str, marked: str = ""
) -> Chart:
    """Draw the 77 provinces as tiles, shaded by level.

    Args:
        levels: by province code, from 0 (the lightest); a province that is not in it has no data and stays white.
        words: the figure's words.
        names: what each level is called, at most four.
        none_name: what a tile without data is called.
        marked: code of a province to frame; empty for none.
    """
    tiles = load_tiles()
    height = (max(row for row, _, _ in tiles.values()) + 1) * TILE_CM + FOOT_CM
    canvas = open_canvas(words, body_cm=height)
    axes = canvas.place(left=0, bottom=0, width=WIDTH_CM, height=height)
    shades = SHADES[len(names)]
    with rc_context(STYLE):
        axes.set_xlim(0, WIDTH_CM)
        axes.set_ylim(0, height)
        axes.set_axis_off()
        for code, (row, column, letters) in tiles.items():
            spot = (LEFT_CM + column * TILE_CM, height - (row + 1) * TILE_CM)
            _draw_tile(axes, spot, shades[levels[code]] if code in levels else WHITE, letters)
            if code == marked:
                _frame(axes, spot)
        _draw_key(axes, [*zip(names, shades, strict=True), (none_name, WHITE)], top=height * 0.35)
    return keep_chart(canvas.figure, words)


def _draw_tile(axes: Axes, spot: tuple[float, float], shade: str, letters: str) -> None:
    """Draw one tile and its letters; as an artist like any other, for a patch would work out the limits of the axes."""
    side = TILE_CM - GAP_CM
    axes.add_artist(Rectangle(spot, side, side, facecolor=shade, edgecolor=LIGHT, linewidth=0.6))
    axes.text(
        spot[0] + side / 2,
        spot[1] + side / 2,
        letters,
        size=LABEL_PT,
        color=WHITE if shade in ON_DARK else TEXT if shade != WHITE else QUIET,
        ha="center",
        va="center",
    )


def _frame(axes: Axes, spot: tuple[float, float]) -> None:
    """Frame the tile of the province that is looked for."""
    side = TILE_CM - GAP_CM
    axes.add_artist(Rectangle(spot, side, side, fill=False, edgecolor=TEXT, linewidth=2.0, zorder=4))


def _draw_key(axes: Axes, entries: Sequence[tuple[str, str]], *, top: float) -> None:
    """Draw a small tile of each shade with its name, on the right where no province stands."""
    left = LEFT_CM + 7 * TILE_CM
    for number, (name, shade) in enumerate(entries):
        low = top - number * KEY_CM
        axes.add_artist(Rectangle((left, low), 0.42, 0.42, facecolor=shade, edgecolor=LIGHT, linewidth=0.6))
        axes.text(left + 0.6, low + 0.21, name, size=SMALL_PT, color=TEXT, va="center")
