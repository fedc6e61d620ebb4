"""Fixtures that several functional tests share: a browser, a release on a stick, and two small releases."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from pipeline.errors import EXIT_ATTENTION
from pipeline.release import resolve_current
from pipeline.settings import PROJECT
from tests.functional.browsing import Reader, open_browser

if TYPE_CHECKING:
    from playwright.sync_api import Browser

WITHOUT_NETWORK = ["unshare", "--net", "--map-root-user"]
FILE = "สุโขทัย"


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


@pytest.fixture(scope="session")
def small(build_once: Callable[..., Path]) -> Path:
    """One province's sample files as raw/, and two releases of them in out/: the second has one before it."""

    def make(folder: Path) -> None:
        sample = PROJECT / "raw_data" / "sample"
        for path in (path for path in sample.rglob("*") if path.is_file() and FILE in path.as_posix()):
            target = folder / "raw" / path.relative_to(sample)
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(path, target)
        for cut in (WITHOUT_NETWORK if can_cut_network() else [], []):
            done = refresh(folder, "--full", before=cut)
            assert done.returncode == EXIT_ATTENTION, done.stderr

    return build_once("small-release", make)


def can_cut_network() -> bool:
    """Whether a process can be given a network of its own that leads nowhere."""
    return (
        shutil.which("unshare") is not None
        and not subprocess.run([*WITHOUT_NETWORK, "true"], capture_output=True, check=False).returncode
    )


def refresh(folder: Path, *more: str, before: Sequence[str] = ()) -> subprocess.CompletedProcess[str]:
    """Run the command itself, after what may stand before it."""
    command = [*before, sys.executable, "-m", "pipeline", "refresh", "--raw", str(folder / "raw"), *more]
    return subprocess.run(
        [*command, "--out", str(folder / "out")], cwd=PROJECT, capture_output=True, text=True, check=False
    )
