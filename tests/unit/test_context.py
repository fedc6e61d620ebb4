import pytest

from pipeline.context import Spoken, decide_province, decide_stage, decide_year, years_in
from pipeline.errors import SourceError
from pipeline.layout import load_vocabulary
from pipeline.provinces import load_gazetteer

GAZETTEER = load_gazetteer()


def spoken(*texts: str) -> tuple[Spoken, ...]:
    return tuple(Spoken(text, f"ที่ {number}") for number, text in enumerate(texts))


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("ปีงบประมาณ พ.ศ. ๒๕๖๖", {2566}),
        ("แผนคำขอ ปีงบประมาณ 66", {2566}),
        ("traffic_2555_2014_09_16_13_30_21", {2555}),
        ("crime_2013_07_16_15_59_19", set()),
        ("51", set()),
        ("แผนพัฒนา พ.ศ. 2566-2570", set()),
        ("ประกาศ พ.ศ. 2564 แผนปีงบประมาณ 2565", {2565}),
        ("แผน65", set()),
    ],
)
def test_what_speaks_of_a_year(text: str, years: set[int]) -> None:
    assert years_in(text) == years


def test_all_that_speak_of_the_province_agree() -> None:
    answer = decide_province(spoken("โครงการจังหวัดนครราชสีมา", "Sheet1", "โครงการ", "โคราช"), GAZETTEER)
    assert answer.value == "30"
    assert answer.where == ("ที่ 0", "ที่ 3")


def test_two_provinces_are_refused_and_both_are_told() -> None:
    with pytest.raises(SourceError, match="เพชรบูรณ์") as caught:
        decide_province(spoken("แผนจังหวัดเพชรบุรี", "เพชรบูรณ์"), GAZETTEER)
    assert caught.value.code == "province_disagrees"


def test_two_years_are_refused() -> None:
    with pytest.raises(SourceError) as caught:
        decide_year(spoken("ปีงบประมาณ 2565", "ปีงบประมาณ 2566"))
    assert caught.value.code == "year_disagrees"


def test_silence_is_no_answer() -> None:
    assert decide_year(spoken("Sheet1", "แผน")).value is None
    assert decide_province(spoken("Sheet1"), GAZETTEER).value is None


@pytest.mark.parametrize(
    ("title", "stage"),
    [
        ("ตามร่างพระราชบัญญัติงบประมาณรายจ่ายประจำปี 2565", "bill"),
        ("ตามพระราชบัญญัติงบประมาณรายจ่าย 2565", "act"),
        ("แผนปฏิบัติราชการ", None),
    ],
)
def test_a_bill_is_no_act(title: str, stage: str | None) -> None:
    assert decide_stage(spoken(title), load_vocabulary()).value == stage
