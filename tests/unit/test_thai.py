from contextlib import suppress
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.errors import CellError
from pipeline.thai import (
    Unit,
    clean_text,
    fiscal_year_of,
    parse_baht,
    parse_number,
    to_arabic_digits,
    to_buddhist_year,
    to_thai_digits,
)

MILLION = Unit("ล้านบาท", Decimal(1_000_000))


@pytest.mark.parametrize(
    ("text", "baht"),
    [
        ("๑,๒๓๔.๕๐", "1234.50"),
        ("500,000.-", "500000"),
        ("๗๖,๘๐๐ บาท", "76800"),
        (" 18,237.94 ", "18237.94"),
        ("(1,000)", "-1000"),
        ("-250.5", "-250.5"),
        ("1.2 ล้าน", "1200000"),
        ("5 แสนบาท", "500000"),
        ("฿1,500", "1500"),
        ("0", "0"),
        ("(บาท) 300000", "300000"),
        ("5 แสน", "500000"),
        ("2 หมื่นบาท", "20000"),
    ],
)
def test_amounts_as_offices_write_them(text: str, baht: str) -> None:
    assert parse_baht(text) == Decimal(baht)


@pytest.mark.parametrize(
    "text", ["300,0", "22,7", "7,863,52", "ประมาณ 5 แสน", "300,000 ถึง 3", "1,,000", "", "บาท", "12.3.4"]
)
def test_what_is_no_amount_is_refused_and_never_another_number(text: str) -> None:
    with pytest.raises(CellError) as caught:
        parse_baht(text)
    assert caught.value.code == "amount_unreadable"


@pytest.mark.parametrize(
    ("text", "proposal"),
    [
        ("100,000-200,000", "100,000 หรือ 200,000"),
        ("100+200", "300 (100+200)"),
        ("1 ล้าน 5 แสน", "1,500,000 (1ล้าน5แสน)"),
        ("ประมาณ 5 แสน", "500,000"),
        ("300,000 บาท/รุ่น", "300,000"),
        ("”", "ใส่จำนวนเดียวกับช่องข้างบน"),
        ("รอจัดสรร", "เว้นว่าง หรือใส่ - จนกว่าจะทราบจำนวน"),
        ("ฯลฯ", "เว้นว่าง หรือใส่ - จนกว่าจะทราบจำนวน"),
        ("538800.0000ล้านบาท", "538,800.0000 บาท"),
        ("ดูเอกสารแนบ", None),
    ],
)
def test_what_is_no_single_amount_is_refused_and_a_reading_proposed(text: str, proposal: str | None) -> None:
    with pytest.raises(CellError) as caught:
        parse_baht(text)
    assert caught.value.proposal == proposal


@pytest.mark.parametrize(
    ("text", "baht"),
    [
        ("300,000 x 3", 900_000),
        ("300,000 x 3 รุ่น", 900_000),
        ("10,000*12", 120_000),
        ("๒๐,๐๐๐ บาท x ๕ คน x ๒ วัน", 200_000),
    ],
)
def test_so_much_times_so_many_is_multiplied(text: str, baht: int) -> None:
    assert parse_baht(text) == baht


def test_so_much_times_so_many_is_only_proposed_where_the_column_counts_in_thousands() -> None:
    with pytest.raises(CellError) as caught:
        parse_baht("300,000 x 3", unit=Unit("พันบาท", Decimal(1000)))
    assert caught.value.proposal == "900,000 (300,000 x 3)"


def test_a_wrong_comma_is_refused_with_both_readings_proposed() -> None:
    with pytest.raises(CellError) as caught:
        parse_baht("7,863,52")
    assert caught.value.proposal == "7,863.52 หรือ 786,352"
    assert "7,863,52" in caught.value.message_th


def test_the_refusal_names_the_text_as_it_was_written() -> None:
    with pytest.raises(CellError, match="ประมาณ 5 แสน"):
        parse_baht("ประมาณ 5 แสน")


def test_a_column_in_million_baht() -> None:
    assert parse_baht("0.31", unit=MILLION) == Decimal("310000.00")
    assert parse_baht("0.31 ล้านบาท", unit=MILLION) == Decimal("310000.00")


def test_a_unit_that_contradicts_the_column_is_refused() -> None:
    with pytest.raises(CellError) as caught:
        parse_baht("500 บาท", unit=MILLION)
    assert caught.value.code == "amount_unit_conflict"


def test_baht_labelled_as_million_baht_is_suspected() -> None:
    with pytest.raises(CellError) as caught:
        parse_baht("538800.0000ล้านบาท")
    assert caught.value.code == "amount_unit_suspect"


@given(st.decimals(min_value=0, max_value=10**13, places=2))
def test_parsing_gives_again_what_was_formatted(amount: Decimal) -> None:
    for text in (f"{amount:,}", to_thai_digits(f"{amount:,}"), f"{amount:,} บาท", f"({amount:,})"):
        assert abs(parse_baht(text)) == amount


@given(st.text(alphabet="กขคงจฉชซญดตถทนบปผพมยรลวสหอะาำิีึืุูเแโใไ็่้๊๋์ํ\u200b\u00a0 12๓๔", max_size=40))
def test_cleaning_twice_is_cleaning_once(text: str) -> None:
    assert clean_text(clean_text(text)) == clean_text(text)


@pytest.mark.parametrize(
    ("received", "clean"),
    [
        ("ลําดับที่", "ลำดับที่"),
        ("น้ํา", "น้ำ"),
        ("ยุุติิธรรม", "ยุติธรรม"),
        ("เเพร่", "แพร่"),
        ("สุ\u200bโขทัย\u00a0 ", "สุโขทัย"),
        ("ที\u0e48\u0e48", "ที่"),
        ("กร่ม", "กร่ม"),
    ],
)
def test_text_repair(received: str, clean: str) -> None:
    assert clean_text(received) == clean


@pytest.mark.parametrize(
    ("day", "year"),
    [
        (date(2021, 9, 30), 2564),
        (date(2021, 10, 1), 2565),
        (date(2021, 12, 31), 2565),
        (date(2022, 1, 1), 2565),
        (date(2022, 9, 30), 2565),
    ],
)
def test_fiscal_years(day: date, year: int) -> None:
    assert fiscal_year_of(day) == year


def test_years_of_both_eras() -> None:
    assert [to_buddhist_year(year) for year in (2022, 2565, 1999, 65, 3000)] == [2565, 2565, 2542, None, None]


@given(st.text())
def test_digits_survive_the_way_there_and_back(text: str) -> None:
    arabic = to_arabic_digits(text)
    assert to_arabic_digits(to_thai_digits(arabic)) == arabic


@given(st.text(max_size=20))
def test_any_text_is_a_number_or_an_error_of_ours(text: str) -> None:
    with suppress(CellError):
        assert isinstance(parse_number(text), Decimal)
