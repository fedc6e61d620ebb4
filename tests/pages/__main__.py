"""Keeps the pictures of the pages anew: `.venv/bin/python -m tests.pages`; look at each before it is committed."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from pipeline.settings import PROJECT
from tests.conftest import run_pipeline
from tests.pages import (
    BOOKS,
    DPI,
    KEPT,
    README_BOOK,
    README_DPI,
    README_PAGES,
    README_PICTURES,
    keep_colour,
    keep_grey,
    page_pictures,
    published,
)


def main() -> None:
    """Make the sample's release, and keep a picture of each page of BOOKS and of the four of the README."""
    with TemporaryDirectory() as place:
        out = Path(place) / "out"
        run_pipeline("refresh", "--raw", str(PROJECT / "raw_data"), "--out", str(out))
        for old in KEPT.glob("*.png"):
            old.unlink()
        for name, book in BOOKS.items():
            pictures = page_pictures(published(out) / book / "brief.ipynb", Path(place), dpi=DPI)
            for number, picture in enumerate(pictures, start=1):
                keep_grey(picture, KEPT / f"{name}-{number:02}.png")
        shown = page_pictures(published(out) / README_BOOK / "brief.ipynb", Path(place), dpi=README_DPI)
        for number in README_PAGES:
            keep_colour(shown[number - 1], README_PICTURES / f"page-{number}.png")


if __name__ == "__main__":
    main()
