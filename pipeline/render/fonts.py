"""The one typeface of a brief, Sarabun: its files, its widths and a small copy to embed in a page."""

from __future__ import annotations

import base64
import hashlib
import zlib
from collections.abc import Mapping
from functools import cache, lru_cache
from io import BytesIO
from pathlib import Path
from types import MappingProxyType

import fontpkg_sarabun
from fontTools.ttLib import TTFont  # type: ignore[import-untyped]

from pipeline.inputs import digest_code, digest_files, digest_libraries
from pipeline.kept import keep

FAMILY = "Sarabun"
# Every format asks for the widths of the same texts.
WIDTHS_KEPT = 20_000
UNDRAWABLE = "\ufffd"
ZERO_WIDTH = "\u200b\u200c\u200d\u2060"
FOLDER = Path(fontpkg_sarabun.ROOT) / "files"
# What a Thai brief is written in: Latin, Thai, and the signs of running text. Anything else falls back.
PAGE_CHARACTERS = (
    *range(0x20, 0x7F), *range(0xA0, 0x100), *range(0xE00, 0xE5C), 0x200B, 0x200D, *range(0x2010, 0x2015),
    0x2018, 0x2019, 0x201C, 0x201D, 0x2020, 0x2022, 0x2026, 0x2030, 0x2032, 0x2033, 0x203A, 0x2190, 0x2192,
    0x2212, 0x2248, 0x2260, 0x2264, 0x2265,
)  # fmt: skip


def font_file(face: str) -> Path:
    """The file of a face: Regular, Bold, Italic, BoldItalic."""
    return FOLDER / f"{FAMILY}-{face}.ttf"


@cache
def faces_made_of() -> str:
    """Digest all that decides what comes out where the faces are cut down, packed or made readable."""
    told = (
        digest_files(FOLDER.glob("*.ttf"), root=FOLDER),
        digest_code(("render",)),
        digest_libraries(("fonttools",)),
        zlib.ZLIB_RUNTIME_VERSION,
    )
    return hashlib.sha256("\n".join(told).encode()).hexdigest()


@cache
def advances() -> Mapping[str, float]:
    """The width of each character of the regular face, in em; marks above and below have none."""
    with TTFont(font_file("Regular"), lazy=True) as font:
        widths, em, glyphs = font["hmtx"], font["head"].unitsPerEm, font.getBestCmap()
        measured = {chr(code): widths[glyph][0] / em for code, glyph in glyphs.items()}
        return MappingProxyType(dict.fromkeys(ZERO_WIDTH, 0.0) | measured)


def fallback_file() -> Path:
    """The file of DejaVu Sans, which comes with matplotlib, for signs that Sarabun lacks."""
    from matplotlib import get_data_path

    return Path(get_data_path()) / "fonts" / "ttf" / "DejaVuSans.ttf"


@cache
def drawable() -> frozenset[str]:
    """The characters that Sarabun or its fallback can draw."""
    with TTFont(fallback_file(), lazy=True) as font:
        return frozenset(map(chr, font.getBestCmap())) | frozenset(advances())


def only_drawable(text: str) -> str:
    """A text with the replacement sign in the place of what neither typeface can draw.

    >>> only_drawable("กำ 漢\\n")
    'กำ \ufffd\\n'
    """
    lacking = {sign for sign in set(text) - drawable() if sign >= " "}
    return text.translate(dict.fromkeys(map(ord, lacking), UNDRAWABLE)) if lacking else text


@lru_cache(maxsize=WIDTHS_KEPT)
def width_em(text: str) -> float:
    """The width of a text set in the regular face, in em.

    >>> width_em("10") == 2 * width_em("1") and width_em("กี่") == width_em("ก")
    True
    """
    widths = advances()
    return sum([widths.get(character, 0.6) for character in text])


@cache
def embedded_face(face: str) -> str:
    """A face cut down to PAGE_CHARACTERS, as a data URI in WOFF."""
    packed = keep(f"page-{face}", faces_made_of(), lambda: _pack(face))
    return f"data:font/woff;base64,{base64.b64encode(packed).decode('ascii')}"


@cache
def small_face(face: str) -> bytes:
    """A face cut down to PAGE_CHARACTERS, as a font file."""
    return keep(f"small-{face}", faces_made_of(), lambda: _cut_down(face))


def _pack(face: str) -> bytes:
    """Pack a small face for the web; what is packed are its tables as they stand."""
    packed = BytesIO()
    with TTFont(BytesIO(small_face(face)), recalcTimestamp=False) as font:
        font.flavor = "woff"
        font.save(packed)
    return packed.getvalue()


def _cut_down(face: str) -> bytes:
    from fontTools.subset import Options, Subsetter  # type: ignore[import-untyped]

    options = Options()
    options.layout_features = ["*"]
    options.recalc_timestamp = False
    with TTFont(font_file(face), recalcTimestamp=False) as font:
        subsetter = Subsetter(options)
        subsetter.populate(unicodes=PAGE_CHARACTERS)
        subsetter.subset(font)
        packed = BytesIO()
        font.save(packed)
    return packed.getvalue()
