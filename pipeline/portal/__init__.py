"""The way in: index.html, which leads to every brief, the state of the data, and what was refused and why."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from pipeline import store
from pipeline.portal.issues import write_issues
from pipeline.portal.page import render_page
from pipeline.release import WAREHOUSE

__all__ = ["write_portal"]


def write_portal(build: Path, counts: dict[str, Any]) -> None:
    """Write index.html and issues.csv of the release that is being built."""
    with store.open_for_reading(build / WAREHOUSE) as connection:
        page = render_page(connection, build, counts)
        write_issues(connection, build / "issues.csv")
    (build / "index.html").write_text(page, encoding="utf-8", newline="\n")
