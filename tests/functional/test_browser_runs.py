"""The page of runs in a real browser: what is late is told by the page itself, and anybody can read it."""

from __future__ import annotations

from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from pipeline.errors import EXIT_ATTENTION, EXIT_NOT_PUBLISHED
from pipeline.operation import load_operation
from pipeline.operation.diary import LOGS, Run, note_run
from pipeline.operation.table import PAGE, write_table
from tests.functional.browsing import PHONE, Reader
from tests.functional.test_browser_briefs import TAGS

if TYPE_CHECKING:
    from playwright.sync_api import Browser


def write_nights(out: Path, last: datetime) -> None:
    """Ten nights that the schedule started, of which one failed, one had nothing to do, and two did not come."""
    for number in (10, 9, 8, 7, 6, 3, 2, 1, 0):
        started = (last - timedelta(days=number)).isoformat(timespec="seconds")
        stages = {"ingest": 4.0, "briefs": 20.0 + number} if number not in (2, 8) else {}
        code = EXIT_NOT_PUBLISHED if number == 2 else EXIT_ATTENTION
        run = Run(
            started, 25.0 + number, code, f"R{number}", is_same=number == 8, stages=stages, is_scheduled=True
        )
        note_run(out, run, ["สรุป"], days=400)
    write_table(out, load_operation())


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("days_ago", "is_late"), [(0, False), (3, True)])
def test_a_run_that_did_not_come_shows(
    browser: Browser, tmp_path: Path, days_ago: int, is_late: bool, scheme: str
) -> None:
    write_nights(tmp_path, datetime.now().astimezone() - timedelta(days=days_ago, minutes=1))
    reader = Reader(browser, tmp_path / LOGS)
    with closing(reader.closing):
        page = reader.open(PAGE, scheme=scheme, size=PHONE)
        assert page.locator("#late").is_visible() == is_late
        assert page.get_by_text("ไม่ได้ทำตามเวลาที่ตั้งไว้ 2 คืน").is_visible()
        assert page.locator("figure").count() == 4
        assert page.evaluate("document.documentElement.scrollWidth") == PHONE[0]
        axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe-core is not installed")
        found = axe.Axe().run(page, options={"runOnly": TAGS, "resultTypes": ["violations"]})
        assert [one["id"] for one in found.response["violations"]] == []
    assert reader.troubles == []
