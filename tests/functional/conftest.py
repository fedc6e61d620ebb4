"""Fixtures of the tests that open a release in a browser."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from pipeline.release import resolve_current
from tests.functional.browsing import Reader, open_browser

if TYPE_CHECKING:
    from playwright.sync_api import Browser


# Not for the session: as long as the browser is open, no other test of the process could run an event loop.
@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with open_browser() as opened:
        yield opened


@pytest.fixture(scope="session")
def release(sample_release: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The release as it would lie on a stick: another path, with spaces and Thai letters in it."""
    published = resolve_current(sample_release / "out")
    assert published is not None
    stick = tmp_path_factory.mktemp("stick") / "แผ่น usb 1 #2"
    stick.symlink_to(published, target_is_directory=True)
    return stick


@pytest.fixture
def reader(browser: Browser, release: Path) -> Iterator[Reader]:
    """Whoever reads; in the end no page may have complained or asked for anything from elsewhere."""
    one = Reader(browser, release)
    with one.closing:
        yield one
    assert one.troubles == []
