"""One look: the font, the inks, and how long Thai text breaks into lines."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import fontpkg_sarabun
from matplotlib import font_manager
from matplotlib.backends.backend_agg import FigureCanvasAgg, RendererAgg
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties, findfont, get_font
from matplotlib.ft2font import LoadFlags

from pipeline.charts.fonts import hold_fonts
from pipeline.thai.digits import keep_names, print_marked

FONT_FILES = ("Sarabun-Regular.ttf", "Sarabun-SemiBold.ttf", "Sarabun-Bold.ttf")
CM_PER_INCH = 2.54
POINTS_PER_CM = 72 / CM_PER_INCH
WIDTH_CM = 16.0
PNG_DPI = 300

# Inks that stay apart in black and white and to every kind of colour vision; dashes and markers tell lines apart too.
INK = "#14304f"
MIDDLE = "#6b7480"
LIGHT = "#b9c0c8"
TEXT = "#1a1a1a"
QUIET = "#555555"
GRID = "#e2e5e8"
INKS = (INK, MIDDLE, LIGHT, TEXT, QUIET, GRID)

TITLE_PT, LABEL_PT, SMALL_PT = 11.5, 9.0, 8.0
LEADING = 1.42

STYLE: dict[str, Any] = {
    "font.family": fontpkg_sarabun.FAMILY,
    "font.size": LABEL_PT,
    "text.color": TEXT,
    "axes.edgecolor": QUIET,
    "axes.labelcolor": TEXT,
    "axes.linewidth": 0.6,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.unicode_minus": False,
    "axes.grid": False,
    "grid.color": GRID,
    "grid.linewidth": 0.6,
    "xtick.color": QUIET,
    "ytick.color": QUIET,
    "xtick.labelsize": SMALL_PT,
    "ytick.labelsize": SMALL_PT,
    "xtick.major.size": 2.5,
    "ytick.major.size": 0,
    "ytick.alignment": "center",
    "xtick.major.width": 0.6,
    "svg.fonttype": "path",
    "svg.hashsalt": "justice-brief",
    "figure.facecolor": "white",
    "savefig.facecolor": "white",
}

# Shaping and hinting make a line at most this much wider or narrower than its letters.
UNSURE, UNSURE_CM = 0.1, 0.1

LEADING_VOWELS = "เแโใไ"
BEFORE_NUMBER = ("พ.ศ.", "ร้อยละ", "ณ")
AFTER_NUMBER = ("จาก", "กลุ่ม", "คน", "คดี", "ราย", "หลัง", "บาท", "ล้านบาท", "จังหวัด", "โครงการ", "รายการ", "ปี")


@cache
def register_fonts() -> tuple[Path, ...]:
    """Tell matplotlib of the packaged font files, once a process."""
    hold_fonts()
    files = tuple(Path(fontpkg_sarabun.ROOT) / "files" / name for name in FONT_FILES)
    for file in files:
        font_manager.fontManager.addfont(str(file))
    return files


@cache
def find_renderer() -> RendererAgg:
    """Keep one renderer to measure text with."""
    return FigureCanvasAgg(Figure(dpi=PNG_DPI)).get_renderer()


@cache
def measure_text(text: str, font: FontProperties) -> tuple[float, float, float]:
    """Measure one line of text in dots of a PNG: how wide it is, how high, and how far it hangs below its line."""
    width, height, descent = find_renderer().get_text_width_height_descent(text, font, False)
    return float(width), float(height), float(descent)


@cache
def measure_cm(text: str, *, size: float, weight: str = "normal") -> float:
    """Measure the width of one line of text, in centimetres."""
    register_fonts()
    text = print_marked(text)
    width, _, _ = measure_text(text, FontProperties(family=fontpkg_sarabun.FAMILY, size=size, weight=weight))
    return width / PNG_DPI * CM_PER_INCH


def is_wider(text: str, width_cm: float, *, size: float, weight: str = "normal") -> bool:
    """Say whether a line of text is wider than a width; it is measured only where its letters' widths leave a doubt."""
    about = sum([_advance_em(sign, weight) for sign in print_marked(text)]) * size / POINTS_PER_CM
    if abs(about - width_cm) > UNSURE * about + UNSURE_CM:
        return about > width_cm
    return measure_cm(text, size=size, weight=weight) > width_cm


@cache
def _advance_em(sign: str, weight: str) -> float:
    """How far a sign moves the next one, in em; marks above and below do not."""
    register_fonts()
    font = get_font(findfont(FontProperties(family=fontpkg_sarabun.FAMILY, weight=weight)))
    return float(font.load_char(ord(sign), flags=LoadFlags.NO_SCALE).horiAdvance) / font.units_per_EM


def wrap_text(text: str, *, width_cm: float, size: float, weight: str = "normal") -> tuple[str, ...]:
    """Break a text into lines that fit: at spaces, and within a long word before a leading vowel.

    Thai puts no space between words; เ แ โ ใ ไ always begin a syllable, so a line that must break within a run of
    letters breaks there and never between a consonant and its marks.
    """
    lines: list[str] = []
    line = ""
    for piece in _pieces(keep_names(text), width_cm=width_cm, size=size, weight=weight):
        if line and is_wider((line + piece).rstrip(), width_cm, size=size, weight=weight):
            lines.append(line.rstrip())
            line = piece.lstrip()
        else:
            line += piece
    return (*lines, line.rstrip())


def balance_text(text: str, *, width_cm: float, size: float, weight: str = "normal") -> tuple[str, ...]:
    """Break a text into as few lines as fit, of lengths as even as may be."""
    lines = wrap_text(text, width_cm=width_cm, size=size, weight=weight)
    narrower = width_cm
    while len(lines) > 1 and narrower > width_cm / 2:
        narrower -= width_cm / 25
        evener = wrap_text(text, width_cm=narrower, size=size, weight=weight)
        if len(evener) > len(lines):
            break
        lines = evener
    return lines


def _pieces(text: str, *, width_cm: float, size: float, weight: str) -> list[str]:
    """Cut a text at its spaces, and a word that is wider than a line before its leading vowels.

    A number stays with the word before it and with its unit; "4 จาก 5 กลุ่ม" stays together.
    """
    pieces: list[str] = []
    for word in _glue(text.split()):
        is_wide = is_wider(word.strip(), width_cm, size=size, weight=weight)
        pieces += _syllables(word) if is_wide else [word]
    return pieces


def _glue(words: list[str]) -> list[str]:
    """Join the words that may not stand on two lines; each ends with its space."""
    glued: list[str] = []
    for before, word in zip(["", *words], words, strict=False):
        is_counted = before[-1:].isdigit() and word.rstrip(",;)") in AFTER_NUMBER
        is_pair = bool(before) and (before in BEFORE_NUMBER or word[0].isdigit() or is_counted)
        if is_pair:
            glued[-1] += f"{word} "
        else:
            glued.append(f"{word} ")
    return glued


def _syllables(word: str) -> list[str]:
    """Cut a word before each leading vowel; what is too short to stand at a line's end stays with its neighbour."""
    cuts = [n for n, letter in enumerate(word) if letter in LEADING_VOWELS and 3 < n < len(word) - 4]
    ends = [*cuts, len(word)]
    return [word[start:end] for start, end in zip([0, *cuts], ends, strict=True)]
