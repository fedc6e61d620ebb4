"""A release as a reader opens it: from a folder, in a browser that may ask nothing of anywhere."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page, Route

DESK, PHONE = (1280, 900), (360, 740)
# A machine that does other work beside is slow, not wrong.
PATIENCE_MS = 40_000


@contextmanager
def open_browser() -> Iterator[Browser]:
    """Start the system's own Chromium; skips where there is none, or nothing to drive it."""
    playwright_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    program = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if program is None:
        pytest.skip("no chromium on this machine")
    with playwright_api.sync_playwright() as playwright:
        # Chromium has no sandbox for the administrator, as whom a build machine often runs.
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        yield browser
        browser.close()


@dataclass
class Reader:
    """Somebody who reads a release.

    Attributes:
        browser: the browser.
        folder: where the release lies.
        troubles: what the pages complained of or asked for from elsewhere.
    """

    browser: Browser
    folder: Path
    troubles: list[str] = field(default_factory=list)
    closing: ExitStack = field(default_factory=ExitStack)

    def open(
        self,
        link: str,
        *,
        size: tuple[int, int] = DESK,
        scheme: Any = "light",
        scripts: bool = True,
    ) -> Page:
        """Open a page of the release, named from the release's folder."""
        context = self.browser.new_context(
            viewport={"width": size[0], "height": size[1]},
            color_scheme=scheme,
            java_script_enabled=scripts,
            locale="th-TH",
        )
        self.closing.callback(context.close)
        context.route("**/*", self._refuse_what_is_outside)
        page = context.new_page()
        page.set_default_timeout(PATIENCE_MS)
        page.on("console", lambda told: self._note(told.type, told.text))
        page.on("pageerror", lambda error: self._note("error", str(error)))
        file, mark, place = link.partition("#")
        page.goto((self.folder / file).as_uri() + mark + place)
        return page

    def _refuse_what_is_outside(self, route: Route) -> None:
        if route.request.url.startswith(("file:", "data:")):
            route.continue_()
        else:
            self.troubles.append(f"asked for {route.request.url}")
            route.abort()

    def _note(self, kind: str, text: str) -> None:
        if kind in ("error", "warning"):
            self.troubles.append(f"{kind}: {text}")


def texts(page: Page, selector: str) -> list[str]:
    """The texts of what matches, one line each."""
    return [" ".join(text.split()) for text in page.locator(selector).all_inner_texts()]


def await_focus(page: Page, name: str) -> None:
    """Wait until what has this id has the focus; fails where it does not get it."""
    from playwright.sync_api import expect

    expect(page.locator(f"[id='{name}']")).to_be_focused(timeout=PATIENCE_MS)
