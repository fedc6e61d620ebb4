from __future__ import annotations

from contextlib import suppress
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.errors import CellError
from pipeline.thai import to_thai_digits
from pipeline.thai.dates import Period, is_buddhist, load_months, read_day, read_period

NAMES = "มกราคม กุมภาพันธ์ มีนาคม เมษายน พฤษภาคม มิถุนายน กรกฎาคม สิงหาคม กันยายน ตุลาคม พฤศจิกายน ธันวาคม"
FULL = dict(enumerate(NAMES.split(), start=1))
DAYS = st.dates(min_value=date(2007, 1, 1), max_value=date(2055, 12, 31))


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("1 ต.ค. 63 – 30 ก.ย. 64", date(2020, 10, 1), date(2021, 9, 30)),
        ("ต.ค.63-ก.ย.64", date(2020, 10, 1), date(2021, 9, 30)),
        ("ต ค 63 - ก ย 64", date(2020, 10, 1), date(2021, 9, 30)),
        ("ตค63-กย64", date(2020, 10, 1), date(2021, 9, 30)),
        ("ต.ค 63-ก.ย 64", date(2020, 10, 1), date(2021, 9, 30)),
        ("ต.ค. 58", date(2015, 10, 1), date(2015, 10, 31)),
        ("ก.ย.59", date(2016, 9, 1), date(2016, 9, 30)),
        ("มี.ค. – พ.ค.65", date(2022, 3, 1), date(2022, 5, 31)),
        ("ต.ค. - ก.ย. 65", date(2021, 10, 1), date(2022, 9, 30)),
        ("๑-๓ พฤศภาคม ๒๕๖๕", date(2022, 5, 1), date(2022, 5, 3)),
        ("กรกฏาคม 2565", date(2022, 7, 1), date(2022, 7, 31)),
        ("01/10/2564 - 30/09/2565", date(2021, 10, 1), date(2022, 9, 30)),
        ("ตุลาคม 2564 ถึง กันยายน 2565", date(2021, 10, 1), date(2022, 9, 30)),
        ("29 ก.พ. 2563", date(2020, 2, 29), date(2020, 2, 29)),
        ("ก.พ. 63", date(2020, 2, 1), date(2020, 2, 29)),
        ("2021-10-01 00:00:00", date(2021, 10, 1), date(2021, 10, 1)),
        ("ไตรมาส 2-3", date(2022, 1, 1), date(2022, 6, 30)),
        ("ไตรมาสที่ ๑", date(2021, 10, 1), date(2021, 12, 31)),
        ("ไตรมาส 1/2566", date(2022, 10, 1), date(2022, 12, 31)),
        ("ตลอดปีงบประมาณ", date(2021, 10, 1), date(2022, 9, 30)),
        ("12 เดือน", date(2021, 10, 1), date(2022, 9, 30)),
        ("12 เดือน (ต.ค.64-ก.ย.65)", date(2021, 10, 1), date(2022, 9, 30)),
        ("ต.ค. - ธ.ค.", date(2021, 10, 1), date(2021, 12, 31)),
        ("ธ.ค. - ก.พ.", date(2021, 12, 1), date(2022, 2, 28)),
    ],
)
def test_periods_as_offices_write_them(text: str, start: date, end: date) -> None:
    assert read_period(text, fiscal_year_be=2565) == Period(start, end)


@pytest.mark.parametrize("text", ["60 วัน", "ตามแผน", "3 เดือน", "1 ครั้ง", "พ.ศ. 2565", "ตามความเหมาะสม"])
def test_what_names_no_day_is_no_period(text: str) -> None:
    assert read_period(text, fiscal_year_be=2565) is None


@pytest.mark.parametrize("text", ["ตลอดปีงบประมาณ", "ต.ค. - ธ.ค."])
def test_without_a_year_anywhere_a_period_is_not_guessed(text: str) -> None:
    with suppress(CellError):
        assert read_period(text, fiscal_year_be=None) is None


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("30 ก.พ. 64", "date_impossible"),
        ("29 ก.พ. 2564", "date_impossible"),
        ("31/04/2564", "date_impossible"),
        ("1 ต.ค. 65 - 30 ก.ย. 64", "period_backwards"),
        ("1 ต.ค. 64 และ 5 พ.ย. 64", "date_unreadable"),
        ("1 ต.ค. 21", "date_unreadable"),
    ],
)
def test_what_is_no_real_period_is_told(text: str, code: str) -> None:
    with pytest.raises(CellError) as caught:
        read_period(text, fiscal_year_be=2565)
    assert caught.value.code == code
    assert "แก้" in caught.value.message_th or "ใช้" in caught.value.message_th


def test_dates_typed_in_buddhist_years() -> None:
    assert read_day(date(2564, 10, 1)) == read_day(datetime(2564, 10, 1)) == date(2021, 10, 1)
    assert is_buddhist(date(2564, 10, 1))
    assert not is_buddhist(date(2021, 10, 1))
    with pytest.raises(CellError) as caught:
        read_day(
            date(2564, 2, 29)
        )  # a spreadsheet takes it, since 2564 is a leap year of its own count; 2021 is none
    assert caught.value.code == "date_impossible"


@given(DAYS)
def test_a_day_is_read_again_from_every_way_of_writing_it(day: date) -> None:
    year = day.year + 543
    for text in (
        f"{day.day} {FULL[day.month]} {year}",
        f"{day.day} {FULL[day.month]} พ.ศ. {year}",
        to_thai_digits(f"{day.day} {FULL[day.month]} {year}"),
        f"{day.day}/{day.month}/{year}",
        f"{day.day:02d}-{day.month:02d}-{year % 100}",
        f"{day.day}/{day.month}/{day.year}",
        day.isoformat(),
        f"วันที่ {day.day} {FULL[day.month]}{year}",
    ):
        assert read_day(text) == day, text


@given(DAYS, st.integers(0, 500))
def test_a_period_is_read_again(day: date, length: int) -> None:
    end = day + timedelta(days=length)
    first, last = (f"{d.day} {FULL[d.month]} {d.year + 543}" for d in (day, end))
    for between in (" - ", "–", " ถึง ", "-"):
        assert read_period(f"{first}{between}{last}", fiscal_year_be=None) == Period(day, end)


@given(st.text(alphabet="ตคกยมพธ.0123456789๑๒ -–/ถึงไตรมาสปีงบประมาณเดือน()", max_size=24))
def test_any_text_is_a_period_or_none_or_an_error_of_ours(text: str) -> None:
    with suppress(CellError):
        period = read_period(text, fiscal_year_be=2565)
        assert period is None or period.start <= period.end


def test_every_spelling_of_a_month_leads_to_it() -> None:
    for word, month in load_months().items():
        period = read_period(f"{word} 2565", fiscal_year_be=None)
        assert period is not None, word
        assert period.start == date(2022, month, 1)
