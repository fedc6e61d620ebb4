"""The brief's words: numbers, thresholds, and that each sentence says what the data says and no more."""

from __future__ import annotations

import re
import string
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline import brief_text as text
from pipeline.brief_text.change import Change, classify_change, is_covered
from pipeline.brief_text.crime import POLICE_ACTIVITY, find_empty_years, title_cases
from pipeline.brief_text.evidence import Place
from pipeline.brief_text.numbers import (
    MISSING,
    format_date_be,
    format_money,
    format_number,
    format_share,
    format_years,
    shorten,
)
from pipeline.brief_text.population import find_jumps, title_population
from pipeline.brief_text.rates import compare_newest, covered_areas, title_rates
from pipeline.brief_text.templates import label, read_texts, say
from pipeline.errors import SpecError
from tests.unit.brief_frames import SUKHOTHAI, areas_of, crime_of, population_of

CAUSAL = ("เพราะ", "เนื่องจาก", "ส่งผล", "ทำให้", "สาเหตุ", "เป็นผลจาก", "เนื่องมาจาก", "จนทำให้")


def templates(section: Mapping[str, Any] | None = None, path: str = "") -> Iterator[tuple[str, str]]:
    for name, value in (read_texts() if section is None else section).items():
        if isinstance(value, Mapping):
            yield from templates(value, f"{path}{name}.")
        elif isinstance(value, str):
            yield f"{path}{name}", value


# Numbers


@given(st.decimals(min_value=-(10**15), max_value=10**15, places=2))
def test_a_formatted_amount_reads_back_exactly(amount: Decimal) -> None:
    assert Decimal(format_number(amount, 2).replace(",", "")) == amount


@given(st.integers(min_value=0, max_value=10**12))
def test_thousands_are_separated_and_nothing_else_changes(count: int) -> None:
    written = format_number(count)
    assert re.fullmatch(r"\d{1,3}(,\d{3})*", written)
    assert int(written.replace(",", "")) == count


@pytest.mark.parametrize("nothing_there", [None, float("nan"), pd.NA, pd.NaT])
def test_missing_is_never_zero(nothing_there: object) -> None:
    written = {format_number(nothing_there), format_money(nothing_there), format_share(nothing_there)}
    assert written == {MISSING}


def test_halves_round_up_and_no_zero_is_negative() -> None:
    assert [format_number(Decimal(value), 1) for value in ("0.25", "-0.25", "-0.04")] == [
        "0.3",
        "-0.3",
        "0.0",
    ]


def test_money_in_sentences() -> None:
    assert format_money(Decimal("1234567.89")) == "1.23 ล้านบาท"
    assert format_money(Decimal("999999.50")) == "999,999.50 บาท"
    assert format_money(Decimal("-2500000")) == "-2.50 ล้านบาท"
    assert format_money(0) == "0 บาท"


def test_dates_and_years_are_buddhist() -> None:
    assert format_date_be(date(2024, 2, 29)) == "29 กุมภาพันธ์ 2567"
    assert format_years([2550, 2545, 2546, 2547, 2553]) == "2545–2547 2550 และ 2553"


def test_a_cut_text_keeps_marks_with_their_consonants() -> None:
    name = "กำกับผู้ต้องขังให้ได้รับการดูแลที่บ้าน"
    for limit in range(3, len(name)):
        cut = shorten(name, limit)
        assert len(cut) <= limit
        assert name[len(cut) - 1] not in "ิีึืุู่้๊๋ั็์ะาำ"
    assert shorten("สั้น", 10) == "สั้น"


# Templates


def test_no_template_claims_a_cause() -> None:
    assert [key for key, template in templates() for word in CAUSAL if word in template] == []


def test_the_bill_is_never_called_the_act() -> None:
    assert label("stage", "bill").startswith("ร่าง พ.ร.บ.")
    assert not label("stage", "act").startswith("ร่าง")


def test_every_template_has_only_named_places() -> None:
    for key, template in templates():
        names = [name for _, name, _, _ in string.Formatter().parse(template) if name is not None]
        assert all(name.isidentifier() for name in names), key


def test_a_template_that_does_not_fit_is_named() -> None:
    with pytest.raises(SpecError, match=r"population\.none: cannot be filled"):
        say("population.none")
    with pytest.raises(SpecError, match=r"population\.none: has no place for year"):
        say("population.none", place="ก", year=2565)
    with pytest.raises(SpecError, match=r"population\.nowhere: the text is missing"):
        say("population.nowhere")
    with pytest.raises(SpecError, match="a text is expected"):
        say("labels.stage")


def test_an_unlisted_code_stays_itself() -> None:
    assert label("measure", "somewhere") == "somewhere"


@given(st.text(alphabet=string.punctuation + "กข1 ", min_size=1, max_size=30))
def test_escaped_text_holds_no_bare_markup(given_text: str) -> None:
    escaped = text.as_paragraphs([given_text])
    assert not re.search(r"(?<!\\)(?:\\\\)*[*_`\[\]<>|$^~#@{}]", escaped)
    assert re.sub(r"\\(?=[!-/:-@\[-`{-~])", "", escaped).replace("\\", "") == " ".join(
        given_text.split()
    ).replace("\\", "")


# Change and cover


@pytest.mark.parametrize(
    ("first", "last", "kind"),
    [
        (100, 105, Change.UP),
        (100, 104.9, Change.STEADY),
        (100, 95, Change.DOWN),
        (100, 95.1, Change.STEADY),
        (19, 200, Change.TOO_SMALL),
        (20, 40, Change.UP),
        (200, 0, Change.TOO_SMALL),
    ],
)
def test_change_thresholds(first: float, last: float, kind: Change) -> None:
    assert classify_change(first, last, steady_pct=5) is kind


def test_an_area_is_compared_from_nine_tenths_of_its_provinces_on() -> None:
    assert [is_covered(*pair) for pair in ((4, 77), (69, 77), (70, 77), (4, 5), (5, 5))] == [
        False,
        False,
        True,
        False,
        True,
    ]


# Population


def test_population_says_size_change_and_what_is_missing() -> None:
    told = text.describe_population(population_of(None, 1000, 1100), SUKHOTHAI)
    assert told[0] == (
        "ประชากรตามทะเบียนราษฎรของจังหวัดสุโขทัย ณ 31 ธันวาคม 2547 มี 1,100 คน"
        " เทียบกับ พ.ศ. 2546 (1,000 คน) เพิ่มขึ้นร้อยละ 10.0"
    )
    assert "ไม่มีข้อมูลประชากร พ.ศ. 2545" in told
    assert "ไม่มีข้อมูลจำนวนบ้าน" in told


def test_no_population_is_one_sentence() -> None:
    assert text.describe_population(population_of(None, None), SUKHOTHAI) == (
        "ไม่มีข้อมูลประชากรของจังหวัดสุโขทัยในคลังข้อมูล",
    )


def test_a_jump_is_told_instead_of_a_trend() -> None:
    split = population_of(900_000, 910_000, 500_000)
    assert find_jumps(split) == [2547]
    assert find_jumps(population_of(100, 120)) == []
    assert "ร้อยละ 20" in title_population(split, SUKHOTHAI)
    assert "ลดลง" not in "".join(text.describe_population(split, SUKHOTHAI))


def test_sources_that_differ_are_told() -> None:
    told = text.describe_population(population_of(1000, is_conflict=True), SUKHOTHAI)
    assert any("ค่าไม่เท่ากัน" in sentence and "2545" in sentence for sentence in told)


def test_bangkok_is_no_province_in_name() -> None:
    assert Place("10", "กรุงเทพมหานคร").th == "กรุงเทพมหานคร"


# Crime


def test_the_title_counts_groups_without_the_polices_own_activity() -> None:
    crime = crime_of(
        {
            "person": {2545: 100, 2554: 50},
            "property": {2545: 100, 2554: 150},
            "violent": {2545: 100, 2554: 10},
            POLICE_ACTIVITY: {2545: 1000, 2554: 5000},
        }
    )
    assert title_cases(crime) == (
        "คดีที่รับแจ้งลดลง 1 กลุ่ม เพิ่มขึ้น 1 กลุ่ม น้อยเกินเทียบ 1 กลุ่ม ระหว่าง พ.ศ. 2545 กับ 2554 (ไม่นับคดีที่รัฐเป็นผู้เสียหาย)"
    )


def test_one_year_makes_no_trend() -> None:
    crime = crime_of({"person": {2553: None, 2554: 50}})
    assert title_cases(crime) == "มีข้อมูลคดีของตำรวจเพียงปีเดียว คือ พ.ศ. 2554"
    assert text.list_changes(crime) == ("คดีชีวิต ร่างกาย และเพศ: รับแจ้ง 50 คดีใน พ.ศ. 2554 (ไม่มีข้อมูลปีอื่นให้เทียบ)",)
    assert find_empty_years(crime) == [2553]
    assert not text.spans_years(text.known_cases(crime))


def test_small_counts_get_no_percentage() -> None:
    (told,) = text.list_changes(crime_of({"violent": {2545: 23, 2554: 16}}))
    assert "23 คดี" in told
    assert "ลดลง" not in told


def test_more_arrests_than_cases_are_told_and_never_divided() -> None:
    crime = crime_of({"person": {2545: 100, 2554: 50}}).assign(arrested=[10.0, 60.0])
    told = text.note_cases(crime)
    assert any("จับกุมมากกว่ารับแจ้งในกลุ่ม คดีชีวิต ร่างกาย และเพศ" in note for note in told)
    assert any("ไม่คำนวณสัดส่วนจับกุมต่อรับแจ้ง" in note for note in told)


def test_police_activity_is_explained_where_it_is_shown() -> None:
    assert "สะท้อนการปฏิบัติงานของตำรวจ" in text.note_cases(crime_of({POLICE_ACTIVITY: {2554: 50}}))[0]
    assert all("ปฏิบัติงาน" not in note for note in text.note_cases(crime_of({"person": {2554: 50}})))


def test_a_province_that_changed_its_area_gets_no_trend() -> None:
    before, after = (
        crime_of({"person": {2552: 500}}, persons=900_000),
        crime_of({"person": {2553: 250}}, persons=500_000),
    )
    assert "ให้ตรวจการเปลี่ยนเขตจังหวัด" in title_cases(pd.concat([before, after]))


@pytest.mark.parametrize(
    ("nation", "words"),
    [(50.0, "ต่ำกว่าประเทศ 1 กลุ่ม"), (5.0, "สูงกว่าประเทศ 1 กลุ่ม"), (18.0, "ไม่ต่างจากประเทศชัดเจน 1 กลุ่ม")],
)
def test_a_rate_is_compared_by_its_interval(nation: float, words: str) -> None:
    compared = compare_newest(crime_of({"person": {2554: 100}}), areas_of(nation))
    assert words in title_rates(compared, SUKHOTHAI)


def test_a_small_number_is_not_compared() -> None:
    compared = compare_newest(crime_of({"person": {2554: 19}}), areas_of(500.0))
    assert "น้อยเกินเทียบ 1 กลุ่ม" in title_rates(compared, SUKHOTHAI)


def test_a_nation_of_few_provinces_is_no_nation() -> None:
    crime, areas = crime_of({"person": {2554: 100}}), areas_of(50.0, known=4)
    assert covered_areas(areas).empty
    assert "ไม่มีข้อมูลประเทศให้เทียบ" in title_rates(compare_newest(crime, areas), SUKHOTHAI)
    assert not text.has_comparison(crime, areas)
    assert "ประเทศ มีข้อมูล 4 จาก 77 จังหวัด น้อยเกินกว่าจะใช้เทียบ" in text.describe_rates(crime, areas, SUKHOTHAI)
