"""Briefs as pictures of their pages, and whether a page still looks as the picture that is kept of it.

The pictures come from the bundled sample, with one name of release for all: the same data gives the same pages.
"""

from __future__ import annotations

import re
import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from PIL import Image

from pipeline.release import resolve_current
from pipeline.render.assemble import assemble
from pipeline.render.document import build_document
from pipeline.render.pdf import write_pdf

KEPT = Path(__file__).parent / "kept"
README_PICTURES = Path(__file__).parents[2] / ".github"
BOOKS = {"64": "briefs/64-sukhothai", "national": "national"}
README_BOOK, README_PAGES = "briefs/70-ratchaburi", (1, 2, 4, 10)
DPI, README_DPI = 50, 100
GREY_STEP, COLOURS = 17, 64
RELEASE = "20220101T000000Z"
NAMED_RELEASE = re.compile(r"\d{8}T\d{6}Z")
# A page is compared by the mean grey of squares of so many pixels, of which none may differ by more.
SQUARE, TOLERANCE = 8, 18.0


def published(out: Path) -> Path:
    """The release that an output folder shows."""
    release = resolve_current(out)
    assert release is not None
    return release


def page_pictures(executed: Path, folder: Path, *, dpi: int) -> list[Image.Image]:
    """Set an executed brief anew, as a brief of the release RELEASE, and draw its pages."""
    notebook, pdf = folder / "brief.ipynb", folder / "brief.pdf"
    notebook.write_text(NAMED_RELEASE.sub(RELEASE, executed.read_text(encoding="utf-8")), encoding="utf-8")
    write_pdf(build_document(assemble(notebook)), pdf)
    return draw_pages(pdf, dpi=dpi)


def draw_pages(pdf: Path, *, dpi: int) -> list[Image.Image]:
    """Draw every page of a PDF by poppler."""
    with TemporaryDirectory() as folder:
        done = subprocess.run(
            ["pdftoppm", "-r", str(dpi), pdf, f"{folder}/page"], capture_output=True, check=True
        )
        assert done.stderr == b""
        pictures = []
        for path in sorted(Path(folder).glob("page-*.ppm")):
            with Image.open(path) as page:
                page.load()
                pictures.append(page.copy())
    return pictures


def keep_grey(picture: Image.Image, path: Path) -> None:
    """Write a picture small, in 16 even greys."""
    levels = np.rint(np.asarray(picture.convert("L")) / GREY_STEP).astype(np.uint8)
    small = Image.fromarray(levels, mode="P")
    small.putpalette([level * GREY_STEP for level in range(16) for _band in "RGB"])
    small.save(path, optimize=True)


def keep_colour(picture: Image.Image, path: Path) -> None:
    """Write a picture small, in its own colours."""
    few = picture.quantize(COLOURS, Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE)
    few.save(path, optimize=True)


def changed_squares(kept: Image.Image, made: Image.Image) -> int:
    """How many squares of a page look otherwise than in the picture kept of it; all of them for another size."""
    if kept.size != made.size:
        return (kept.width // SQUARE) * (kept.height // SQUARE)
    before, after = (_squares(picture) for picture in (kept, made))
    return int((abs(before - after) > TOLERANCE).sum())


def _squares(picture: Image.Image) -> np.ndarray:
    grey = np.asarray(picture.convert("L"), dtype=float)
    high, wide = (size // SQUARE * SQUARE for size in grey.shape)
    return grey[:high, :wide].reshape(high // SQUARE, SQUARE, wide // SQUARE, SQUARE).mean(axis=(1, 3))


def show_change(kept: Image.Image, made: Image.Image, path: Path) -> None:
    """Write a picture of both: what is gone is red, what is new is blue."""
    before, after = kept.convert("L"), made.convert("L").resize(kept.size)
    Image.merge("RGB", (after, Image.fromarray(np.minimum(before, after)), before)).save(path)
