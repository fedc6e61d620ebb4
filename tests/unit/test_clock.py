"""The day that a release is of."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from pipeline.clock import this_day


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        (datetime(2021, 4, 30, 16, 59, tzinfo=UTC), date(2021, 4, 30)),
        (datetime(2021, 4, 30, 17, 0, tzinfo=UTC), date(2021, 5, 1)),
    ],
)
def test_the_day_is_that_of_thailand_and_not_of_the_machine(
    monkeypatch: pytest.MonkeyPatch, moment: datetime, day: date
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(int(moment.timestamp())))
    assert this_day() == day


def test_without_a_moment_that_is_set_it_is_the_day_of_now(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    before = datetime.now(UTC).timestamp() + 7 * 3600
    day = this_day()
    after = datetime.now(UTC).timestamp() + 7 * 3600
    assert date.fromordinal(719163 + int(before // 86400)) <= day
    assert day <= date.fromordinal(719163 + int(after // 86400))
